"""A real service with a small roster, and devices that sync with it over a line that can be cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from artist_console.backend.embedded import EmbeddedBackend, start_embedded
from artist_console.backend.seed import SeedAccount, fill, seed
from artist_console.backend.storage import settings
from artist_console.domain.ids import AccountId
from artist_console.domain.statements import Line
from artist_console.formats.kinds import Kind
from artist_console.store.opening import Store, open_store
from artist_console.sync.api import Api
from artist_console.sync.engine import SyncReport, run_round
from tests.store.records import ACCOUNT, Pair, artist_id, artist_rows, programme_rows
from tests.store.statement_files import files_in

DATA_KEY, SIGNING_KEY = bytes(range(32)), bytes(range(32, 64))
START = datetime(2025, 11, 18, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def tick(self) -> None:
        self.now += timedelta(seconds=1)


class Wire(HTTPAdapter):
    """A real connection that can lose the next request on its way out, or the next reply on its way back."""

    def __init__(self) -> None:
        super().__init__()
        self.lose_requests = 0
        self.lose_replies = 0
        self.after = 0  # so many calls go through before

    def send(self, request: Any, *args: Any, **more: Any) -> requests.Response:
        if self.after:
            self.after -= 1
            return super().send(request, *args, **more)
        if self.lose_requests:
            self.lose_requests -= 1
            raise requests.ConnectionError("cut on the way out")
        answer = super().send(request, *args, **more)
        if self.lose_replies:
            self.lose_replies -= 1
            answer.content  # noqa: B018 - the service has answered
            answer.close()
            raise requests.ConnectionError("cut on the way back")
        return answer


@dataclass
class Service:
    """The embedded service over one database, which can be stopped, copied and put back."""

    folder: Path
    clock: Clock
    running: EmbeddedBackend | None = None

    @property
    def database(self) -> Path:
        return self.folder / "backend.db"

    @property
    def backend(self) -> EmbeddedBackend:
        assert self.running is not None
        return self.running

    def start(self) -> None:
        self.running = start_embedded(self.database, DATA_KEY, SIGNING_KEY, clock=self.clock)

    def stop(self) -> None:
        if self.running is not None:
            self.running.stop()
            self.running = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def back_up(self, name: str = "copy") -> None:
        """Keep the database as it is now."""
        self.stop()
        shutil.copy(self.database, self.folder / name)
        self.start()

    def restore(self, name: str = "copy", *, says_so: bool = True) -> None:
        """Put an earlier state back; a restore that is done well says so by a new epoch."""
        self.stop()
        for ending in ("-wal", "-shm", "-journal"):
            self.database.with_name(self.database.name + ending).unlink(missing_ok=True)
        shutil.copy(self.folder / name, self.database)
        self.start()
        if says_so:
            with self.backend.service.changing() as connection:
                settings.begin_epoch(connection)
            self.restart()

    def add(self, pairs: Iterable[Pair], lines: Iterable[Line] = ()) -> None:
        """Something new on the side of the service."""
        with self.backend.service.changing() as connection:
            fill(connection, self.backend.service, pairs, (), lines)

    def take_away(self, kind: Kind, id: str) -> None:
        from artist_console.backend.storage import rows  # beside its one use

        with self.backend.service.changing() as connection:
            rows.remove(connection, kind, id)


@contextmanager
def serving(
    folder: Path, artists: int = 1, works: int = 4, lines: Iterable[Line] = (), rows: Iterable[Pair] = ()
) -> Iterator[Service]:
    clock = Clock()
    service = Service(folder, clock)
    owner = SeedAccount(AccountId(ACCOUNT), "Ines Vale", tuple(artist_id(n) for n in range(artists)))
    seed(
        service.database,
        DATA_KEY,
        SIGNING_KEY,
        rows=[*programme_rows(), *(p for n in range(artists) for p in artist_rows(n, works)), *rows],
        accounts=[owner],
        lines=lines,
        owner=owner.id,
    )
    service.start()
    try:
        yield service
    finally:
        service.stop()


@dataclass
class Device:
    """One profile on one computer."""

    folder: Path
    service: Service
    line: Wire = field(default_factory=Wire)
    opened: Store | None = None

    @property
    def store(self) -> Store:
        if self.opened is None:
            self.folder.mkdir(exist_ok=True)
            self.opened = open_store(
                self.folder / "journal.db",
                self.folder / "mirror.db",
                DATA_KEY,
                SIGNING_KEY,
                files=files_in(self.folder),
            )
        return self.opened

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    @contextmanager
    def calling(self) -> Iterator[Api]:
        session = requests.Session()
        session.mount("http://", self.line)
        with Api(self.service.backend.base_url, self.service.backend.token, session=session) as api:
            yield api

    def sync(self) -> SyncReport:
        with self.calling() as api:
            return run_round(self.store, api, self.service.clock)
