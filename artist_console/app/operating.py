"""What the commands of whoever runs a service do: the backend's part of them, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from artist_console.cli.hands import ServeWishes
from artist_console.host.paths import ProfileFolder


def serve_it(folder: ProfileFolder, wishes: ServeWishes) -> int:
    # Late: the web framework, and the databases.
    from artist_console.backend.doors import Door
    from artist_console.backend.serve import UNNAMED, serve

    door = Door(
        wishes.host,
        wishes.port,
        wishes.certificate,
        wishes.key,
        wishes.behind_proxy,
        wishes.public_url,
    )
    return serve(
        folder.root,
        door,
        database=wishes.database,
        host_name=wishes.name or UNNAMED,
        warn=wishes.warn,
        minimum_client=wishes.minimum_client,
    )


def back_up(folder: ProfileFolder, file: Path) -> Mapping[str, Any]:
    # Late: the databases.
    from artist_console.backend.keeping import back_up

    found = back_up(folder, file)
    return {
        "bytes": found.size_bytes,
        "ledgers": found.ledgers,
        "entries": found.entries,
        "epoch": found.epoch,
    }


def restore(folder: ProfileFolder, file: Path) -> Mapping[str, Any]:
    # Late: the databases.
    from artist_console.backend.keeping import restore

    done = restore(folder, file, datetime.now(UTC))
    return {
        "ledgers": done.contents.ledgers,
        "entries": done.contents.entries,
        "epoch": done.contents.epoch,
        "former": str(done.former) if done.former is not None else None,
    }


def new_epoch(folder: ProfileFolder, database: str | None) -> str:
    # Late: the databases.
    from artist_console.backend.keeping import begin_new_epoch
    from artist_console.backend.storage.dsn import dsn_given

    dsn = dsn_given(database)
    if dsn is None:
        return begin_new_epoch(folder)
    # Late: the driver of PostgreSQL, an extra.
    from artist_console.backend.storage.preparing import new_epoch

    return new_epoch(dsn)


def prepare(database: str | None, role: str | None) -> Mapping[str, Any]:
    # Late: the databases.
    from artist_console.backend.storage.dsn import NotAnAddress, dsn_given

    dsn = dsn_given(database)
    if dsn is None:
        raise NotAnAddress
    # Late: the driver of PostgreSQL, an extra.
    from artist_console.backend.storage.preparing import prepare

    done = prepare(dsn, role)
    return {
        "database": done.name,
        "before": done.before,
        "revision": done.revision,
        "role": done.role,
        "append_only": list(done.append_only),
    }
