"""Looks at the databases of a profile before anything is done in them; at all decisions after an unclean end.

A database that was closed has no write-ahead log: SQLite takes it away with the last connection. One that is
found beside a database whose profile nobody holds is left by a program that was killed or lost its power.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import apsw

from .migrations import migrations_of, version_of
from .opening import (
    check_journal_is_there,
    check_library,
    close_anyhow,
    damage_mark,
    keep_log,
    open_with_key,
    remove_database,
)
from .problems import StoreDamaged, StoreTooNew, StoreUnreadable, translated


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What was found. A journal that is not sound is no value but a problem."""

    ended_badly: bool  # the last program on this profile was killed, or lost its power
    mirror_dropped: bool  # what the service said was damaged and will be fetched again


def check_store(
    journal: Path, mirror: Path, journal_key: bytes, mirror_key: bytes, *, vfs: str | None = None
) -> StoreCheck:
    """Look at both databases; at the whole journal after an unclean end. Nobody else may have them open.

    Raises JournalGone, StoreUnreadable, StoreDamaged, StoreTooNew or another StorageProblem about the
    journal, which is left as it is. A mirror that is not sound is removed: it is fetched again.
    """
    check_library()
    check_journal_is_there(journal, mirror)
    badly = _ended_badly(journal) or _ended_badly(mirror)
    if journal.exists() and journal.stat().st_size:
        _look_at(journal, journal_key, "journal", whole=badly, vfs=vfs)
    damage_mark(journal).unlink(missing_ok=True)
    dropped = False
    if badly and mirror.exists():
        try:
            # Not the whole of it, which is large: a page that is damaged is refused when it is read, and what
            # the service said is then fetched again.
            _look_at(mirror, mirror_key, "mirror", whole=False, vfs=vfs)
        except (StoreDamaged, StoreUnreadable, StoreTooNew):
            remove_database(mirror)
            dropped = True
    return StoreCheck(badly, dropped)


def check_key(path: Path, key: bytes) -> None:
    """Whether a database opens with this key. Raises StoreUnreadable and other StorageProblems."""
    try:
        open_with_key(path, key, None).close()
    except apsw.Error as error:
        raise (translated(error, path.name) or error) from error


def _ended_badly(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() or damage_mark(path).exists()


def _look_at(path: Path, key: bytes, schema: str, *, whole: bool, vfs: str | None) -> None:
    connection: apsw.Connection | None = None
    try:
        connection = open_with_key(path, key, vfs)
        keep_log(connection, whole)
        if version_of(connection, "main") > migrations_of(schema)[-1].number:
            raise StoreTooNew(name=path.name)
        # Every page is read for it, and the encryption refuses each that is not as it was written.
        if whole and connection.execute("PRAGMA main.integrity_check(1)").get != "ok":
            raise StoreDamaged(name=path.name)
    except apsw.Error as error:
        raise (translated(error, path.name) or error) from error
    finally:
        if connection is not None:
            close_anyhow(connection)
