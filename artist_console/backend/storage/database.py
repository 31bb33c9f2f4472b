"""An open database, whichever it is: reading and writing transactions, and trouble told as a problem.

One writer at a time, readers beside it on their own snapshot. What differs between SQLite (`sqlite.py`) and
PostgreSQL (`postgresql.py`) is their `Dialect`. An unreadable file is for the caller to set aside, never
deleted here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from artist_console.domain.problems import Problem

from .sqlite import Sqlite, sqlite_engine, upgrade_file
from .troubles import DatabaseBusy, DatabaseTooNew, DatabaseUnreadable, NotDurable


class Dialect(Protocol):
    """What differs between the databases."""

    @property
    def shared(self) -> bool:
        """Whether other processes may write to the same database."""

    @property
    def driver_error(self) -> type[Exception]: ...
    def reading(self, engine: Engine) -> Connection: ...
    def writing(self, engine: Engine) -> Connection: ...
    def begun(self, connection: Connection) -> None:
        """A writing transaction has begun: wait until it is the only one."""

    def announce(self, connection: Connection, message: str) -> None:
        """Tell other processes, as part of the transaction."""

    def problem_of(self, error: BaseException | None, name: str) -> Problem | None:
        """None: a fault of our own queries."""


class Watching(Protocol):
    """Hears what other processes announce; see `postgresql_watch.py`."""

    def close(self) -> None: ...
    def listen(self, heard: Callable[[str], None]) -> None: ...
    @property
    def process(self) -> str: ...
    def lives(self, connection: Connection, process: str) -> bool: ...


class Database:
    """An open database. `close` it at the end."""

    def __init__(self, engine: Engine, name: str, dialect: Dialect, watch: Watching | None = None) -> None:
        self._engine = engine
        self._dialect = dialect
        self._watch = watch
        self._writer = threading.Lock()
        self._rolled_back: list[Callable[[], None]] = []
        self.name = name

    @property
    def shared(self) -> bool:
        """Whether other processes may write to the same database."""
        return self._dialect.shared

    @property
    def process(self) -> str:
        """The name of this process among those that share the database; empty where it is alone."""
        return self._watch.process if self._watch is not None else ""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one unchanging state of everything."""
        with (
            translated(self._dialect, self.name),
            self._dialect.reading(self._engine) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one writing transaction: durable at the end of the block, or nothing of it is kept."""
        with self._writer:
            try:
                with (
                    translated(self._dialect, self.name),
                    self._dialect.writing(self._engine) as connection,
                    connection.begin(),
                ):
                    self._dialect.begun(connection)
                    yield connection
            except BaseException:
                for forget in self._rolled_back:
                    forget()
                raise

    def on_rollback(self, forget: Callable[[], None]) -> None:
        """Call this whenever a writing transaction was rolled back: for what is remembered outside it."""
        self._rolled_back.append(forget)

    def announce(self, connection: Connection, message: str) -> None:
        """Inside a writing transaction: tell the other processes on this database, if it is committed."""
        self._dialect.announce(connection, message)

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call this, from another thread, with what other processes announce; "" where some may be missed."""
        if self._watch is not None:
            self._watch.listen(heard)

    def lives(self, connection: Connection, process: str) -> bool:
        """Whether the process of this name still runs; where there can be no other, only this one does."""
        return self._watch is not None and self._watch.lives(connection, process)

    def close(self) -> None:
        """May be called twice."""
        if self._watch is not None:
            self._watch.close()
        self._engine.dispose()


@contextmanager
def translated(dialect: Dialect, name: str) -> Iterator[None]:
    """Tell trouble of the database driver as a problem; faults of our own queries pass as they are."""
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise DatabaseBusy(name=name, reason="all connections are in use") from error
    except sa.exc.DBAPIError as error:
        problem = dialect.problem_of(error.orig, name)
        if problem is None:
            raise
        raise problem from error
    except dialect.driver_error as error:
        problem = dialect.problem_of(error, name)
        if problem is None:
            raise
        raise problem from error


def open_database(path: Path, key: bytes) -> Database:
    """Open the encrypted SQLite database at `path`, or make it, and bring it to the current revision.

    `key` is 32 raw bytes. Before tables of an existing file are changed, the file is copied beside itself.
    Raises DatabaseUnreadable, DatabaseTooNew, NotDurable.
    """
    engine = sqlite_engine(path, key)
    dialect = Sqlite()
    try:
        with translated(dialect, path.name):
            upgrade_file(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, path.name, dialect)


__all__ = [
    "Database",
    "DatabaseTooNew",
    "DatabaseUnreadable",
    "Dialect",
    "NotDurable",
    "Watching",
    "open_database",
    "translated",
]
