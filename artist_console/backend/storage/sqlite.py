"""SQLite, encrypted by SQLCipher: how it is opened and begun, and what its trouble means."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from artist_console.domain.problems import StorageProblem
from artist_console.host.subkeys import KEY_BYTES

from .revisions import HEAD
from .troubles import DatabaseUnreadable, NotDurable
from .upgrading import current_revision, upgrade

# SQLite 3.7.0 to 3.51.2 can lose a commit when two connections meet at the reset of the write-ahead log.
_FIRST_SOUND_WAL = (3, 51, 3)
_BUSY_TIMEOUT_S = 30.0
_REASONS = {
    "full": "the disk is full",
    "readonly": "it may not be written to",
    "disk I/O error": "the disk reports an error",
    "unable to open": "it cannot be opened",
    "locked": "another program holds it",
}


class Sqlite:
    """The dialect of a database in one file, which one process at a time serves."""

    shared = False
    driver_error: type[Exception] = dbapi2.DatabaseError

    def reading(self, engine: Engine) -> Connection:
        return engine.connect()

    def writing(self, engine: Engine) -> Connection:
        return engine.connect().execution_options(writes=True)

    def begun(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE has taken the writer's lock already."""

    def announce(self, connection: Connection, message: str) -> None:
        """Nobody outside this process waits."""

    def problem_of(self, error: BaseException | None, name: str) -> StorageProblem | None:
        words = str(error)
        if "not a database" in words or "malformed" in words or "encrypted" in words:
            return DatabaseUnreadable(name=name)
        found = next((reason for sign, reason in _REASONS.items() if sign in words), None)
        return NotDurable(name=name, reason=found) if found else None


def sqlite_engine(path: Path, key: bytes) -> Engine:
    """Makes the file where there is none. `key` is 32 raw bytes."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=32,
    )
    event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path, key: bytes) -> dbapi2.Connection:
    """A connection with every setting that keeps it durable."""
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


def faults_of(connection: dbapi2.Connection) -> list[str]:
    """What is wrong with the pages of a file, by checksums and by SQLite's own check; empty: nothing."""
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    return found + [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]


def upgrade_file(engine: Engine, path: Path, *, copy_first: bool = True) -> None:
    """Bring the file to the current revision; before tables of an existing one are changed, it is copied."""
    with engine.connect() as connection:
        current = current_revision(connection, path.name)
        connection.rollback()
        if current == HEAD:
            return
        if current is not None and copy_first:
            _copy(connection, path, path.with_name(f"{path.stem}.before-{HEAD}{path.suffix}"))
        connection = connection.execution_options(writes=True)
        with connection.begin():
            upgrade(connection, current)


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
