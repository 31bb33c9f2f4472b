"""The service inside the application: a thread, a random port of the loopback address, a token in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from artist_console.formats.receipts import SignerRole
from artist_console.formats.wire import UNNAMED_ACCOUNT

from .app import create_app
from .authentication import new_token
from .service import Clock, NewId, Service, ensure_owner, make_service, random_id
from .serving import Serving
from .storage.database import Database, open_database
from .storage.hashes import sha256_of


def system_clock() -> datetime:
    return datetime.now(UTC)


class EmbeddedBackend:
    """A service that lives until `stop` or the end of the `with` block."""

    def __init__(self, service: Service, serving: Serving, token: str) -> None:
        self.service = service
        self._serving = serving
        self._token = token

    @property
    def base_url(self) -> str:
        return self._serving.base_url

    @property
    def token(self) -> str:
        """Good for as long as this service runs."""
        return self._token

    def stop(self) -> None:
        """Finish what is being answered, end the jobs, close the database. May be called twice."""
        self._serving.stop()
        self.service.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"EmbeddedBackend({self.base_url!r})"


def start_embedded(
    database: Path,
    data_key: bytes,
    signing_key: bytes,
    *,
    host_name: str = "this computer",
    clock: Clock = system_clock,
    new_id: NewId = random_id,
    keep_files_in: Path | None = None,
) -> EmbeddedBackend:
    """Open (or make) the database and serve it; returns once it serves.

    Both keys are 32 raw bytes: `data_key` opens the database, `signing_key` signs receipts. Imported files
    are kept, sealed, in `keep_files_in` where it is given. Raises StorageProblem, SetupProblem.
    """
    return embed(
        open_database(database, data_key),
        signing_key,
        host_name=host_name,
        clock=clock,
        new_id=new_id,
        keep_files_in=keep_files_in,
    )


def embed(
    opened: Database,
    signing_key: bytes,
    *,
    host_name: str = "this computer",
    clock: Clock = system_clock,
    new_id: NewId = random_id,
    keep_files_in: Path | None = None,
) -> EmbeddedBackend:
    """The same over a database that is open; it is closed with the service, or where that cannot start."""
    try:
        service = make_service(
            opened,
            signing_key,
            host_name=host_name,
            role=SignerRole.THIS_COMPUTER,
            clock=clock,
            new_id=new_id,
            keep_files_in=keep_files_in,
        )
        token = new_token()
        service.fixed_tokens[sha256_of(token)] = ensure_owner(service, UNNAMED_ACCOUNT)
        try:
            serving = Serving(create_app(service))
        except BaseException:
            service.close()
            raise
    except BaseException:
        opened.close()
        raise
    return EmbeddedBackend(service, serving, token)
