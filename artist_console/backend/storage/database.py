"""Opens the database, brings it to its revision, and gives transactions. Only this module knows SQLite.

One writer at a time (a lock in this process), readers beside it on their own snapshot. Trouble with the file
comes out as one of the problems below; an unreadable file is for the caller to set aside, never deleted here.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from artist_console.domain.problems import StorageProblem
from artist_console.host.subkeys import KEY_BYTES

from .revisions import HEAD, REVISIONS

# SQLite 3.7.0 to 3.51.2 can lose a commit when two connections meet at the reset of the write-ahead log.
_FIRST_SOUND_WAL = (3, 51, 3)
_BUSY_TIMEOUT_S = 30.0

_version = sa.table("alembic_version", sa.column("version_num", sa.Text))


class DatabaseUnreadable(StorageProblem):
    """The file is damaged, is no database, or the key does not fit."""

    title_template = "The records in {name} cannot be opened: the file is damaged or the key is not its own"
    advice_template = "The file was left as it is; put back a copy from your backup, or set it aside"


class DatabaseTooNew(StorageProblem):
    """A newer version of the program has changed the tables."""

    title_template = "The records in {name} were written by a newer version of Artist Console"
    advice_template = "Install that version or a newer one; the file was left as it is"


class NotDurable(StorageProblem):
    """The disk is full, read-only or failing: the transaction was rolled back."""

    title_template = "Nothing could be saved in {name}: {reason}"
    advice_template = "Make room on the disk or check it, then try again; what was saved before is safe"


class Database:
    """An open database. `close` it at the end."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._writer = threading.Lock()
        self._rolled_back: list[Callable[[], None]] = []

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one unchanging state of everything."""
        with translated(self._name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one writing transaction: durable at the end of the block, or nothing of it is kept."""
        with self._writer:
            try:
                with translated(self._name), self._engine.connect() as connection:
                    connection = connection.execution_options(writes=True)
                    with connection.begin():
                        yield connection
            except BaseException:
                for forget in self._rolled_back:
                    forget()
                raise

    def on_rollback(self, forget: Callable[[], None]) -> None:
        """Call this whenever a writing transaction was rolled back: for what is remembered outside it."""
        self._rolled_back.append(forget)

    def close(self) -> None:
        self._engine.dispose()


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Tell trouble of the database driver as a StorageProblem; faults of our own queries pass as they are."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        problem = _problem_of(error.orig, name)
        if problem is None:
            raise
        raise problem from error
    except dbapi2.DatabaseError as error:
        problem = _problem_of(error, name)
        if problem is None:
            raise
        raise problem from error


def _problem_of(error: BaseException | None, name: str) -> StorageProblem | None:
    words = str(error)
    if "not a database" in words or "malformed" in words or "encrypted" in words:
        return DatabaseUnreadable(name=name)
    reasons = {
        "full": "the disk is full",
        "readonly": "it may not be written to",
        "disk I/O error": "the disk reports an error",
        "unable to open": "it cannot be opened",
        "locked": "another program holds it",
    }
    found = next((reason for sign, reason in reasons.items() if sign in words), None)
    return NotDurable(name=name, reason=found) if found else None


def open_database(path: Path, key: bytes) -> Database:
    """Open the encrypted SQLite database at `path`, or make it, and bring it to the current revision.

    `key` is 32 raw bytes. Before tables of an existing file are changed, the file is copied beside itself.
    Raises DatabaseUnreadable, DatabaseTooNew, NotDurable.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _connect(path, key),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=32,
    )
    event.listen(engine, "begin", _begin)
    try:
        with translated(path.name):
            _upgrade(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, path.name)


def _connect(path: Path, key: bytes) -> dbapi2.Connection:
    connection = dbapi2.connect(
        str(path), timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    try:
        # SQLCipher prints to standard error by itself; what is wrong is told by the error that it raises.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # The order matters (PROTOCOL): key, synchronous, then the journal mode.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA synchronous = EXTRA")
        sound = dbapi2.sqlite_version_info >= _FIRST_SOUND_WAL
        connection.execute(f"PRAGMA journal_mode = {'WAL' if sound else 'TRUNCATE'}")
        for pragma in (
            "fullfsync = 1",
            "checkpoint_fullfsync = 1",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "recursive_triggers = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """Python's driver would begin late and only for some statements; a writer takes its lock at once."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        current = _current_revision(connection)
        connection.rollback()
        if current == HEAD:
            return
        known = [revision.revision for revision in REVISIONS]
        if current is not None and current not in known:
            raise DatabaseTooNew(name=path.name)
        if current is not None:
            _copy(connection, path, path.with_name(f"{path.stem}.before-{HEAD}{path.suffix}"))
        connection = connection.execution_options(writes=True)
        with connection.begin():
            operations = Operations(MigrationContext.configure(connection))
            for revision in REVISIONS[known.index(current) + 1 if current is not None else 0 :]:
                revision.upgrade(operations)
            if current is None:
                connection.execute(sa.text("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)"))
            connection.execute(_version.delete())
            connection.execute(_version.insert().values(version_num=HEAD))


def _current_revision(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.select(_version.c.version_num)).scalar()
    return found


def _copy(connection: Connection, path: Path, copy: Path) -> None:
    """A copy of the whole file, in which everything committed stands: the log is written back first."""
    connection.rollback()
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        raise NotDurable(name=copy.name, reason=error.strerror or type(error).__name__) from error
