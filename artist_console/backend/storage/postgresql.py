"""PostgreSQL, by psycopg: how transactions are begun there, and what its trouble means.

Several processes may share one database. A writing transaction first takes a lock that there is once for the
database, so that what it reads is what its predecessor left, whichever process that was; the lock goes with
the transaction, and with the connection where a process is killed. Readers have a snapshot of their own.
"""

from __future__ import annotations

import psycopg
import sqlalchemy as sa
from psycopg import errors
from sqlalchemy.engine import Connection, Engine

from artist_console.domain.problems import Problem

from .database import Database, translated
from .dsn import Dsn
from .postgresql_watch import CHANNEL, LOCKS, Watch
from .revisions import HEAD
from .troubles import DatabaseAway, DatabaseBusy, DatabaseUnreadable, NotDurable, NotReady, NotStorable
from .upgrading import current_revision

_WRITER = 1
_LOCK_TIMEOUT_MS = 30_000
# A process that froze with the writer's lock lets the others go on after this.
_IDLE_TIMEOUT_MS = 300_000
_POOL = 5
_MORE = 15

_SETTINGS = f"""
    SELECT set_config('lock_timeout', '{_LOCK_TIMEOUT_MS}', false),
        set_config('idle_in_transaction_session_timeout', '{_IDLE_TIMEOUT_MS}', false),
        set_config('client_encoding', 'UTF8', false),
        CASE WHEN current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
            THEN set_config('synchronous_commit', 'on', false) END
"""

# By the class of an SQLSTATE, or the whole of it.
_AWAY = {"08": "the connection was lost", "57P": "the server stops or starts"}
_BUSY = {
    "40": "two transactions were in each other's way",
    "55P03": "another transaction takes too long",
    "53300": "the server has no connection left",
    "57014": "the server ended a query",
    "25P03": "a transaction stood still for too long",
}
_FULL = {
    "53100": "its disk is full",
    "53200": "its server is out of memory",
    "25006": "it may not be written to",
    "58": "its server reports an error of the disk",
}
_NOT_READY = {
    "28": "it does not let this account in",
    "3D": "there is no database of this name",
    "42501": "the account lacks a privilege; run artist-console backend prepare",
    "42P01": "tables are missing; run artist-console backend prepare",
}


class Postgresql:
    """The dialect of a database that several processes may share."""

    shared = True
    driver_error: type[Exception] = psycopg.Error

    def reading(self, engine: Engine) -> Connection:
        return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writing(self, engine: Engine) -> Connection:
        # Not REPEATABLE READ: the snapshot would be from before the lock was there to be had.
        return engine.connect().execution_options(isolation_level="READ COMMITTED", postgresql_readonly=False)

    def begun(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCKS}, {_WRITER})")

    def announce(self, connection: Connection, message: str) -> None:
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, message)))

    def problem_of(self, error: BaseException | None, name: str) -> Problem | None:
        if not isinstance(error, psycopg.Error):
            return None
        state = error.sqlstate or ""
        if isinstance(error, errors.IndexCorrupted | errors.DataCorrupted):
            return DatabaseUnreadable(name=name)
        for reasons, problem in (
            (_BUSY, DatabaseBusy),
            (_AWAY, DatabaseAway),
            (_FULL, NotDurable),
            (_NOT_READY, NotReady),
        ):
            reason = next((words for sign, words in reasons.items() if state.startswith(sign)), None)
            if reason is not None:
                return problem(name=name, reason=reason)
        if isinstance(error, psycopg.OperationalError) and not state:
            return _not_connected(error, name)
        if isinstance(error, errors.ProgramLimitExceeded):
            return NotStorable(reason="it is too long")
        if isinstance(error, psycopg.DataError) and (not state or state in ("22021", "22P05")):
            return NotStorable(reason="it holds a character that texts do not have")
        return None


def _not_connected(error: psycopg.OperationalError, name: str) -> Problem:
    """Trouble before the server has spoken has no state; libpq's words may name hosts and stay inside."""
    words = str(error)
    if "certificate" in words or "SSL" in words:
        return NotReady(name=name, reason="the server's certificate is not trusted here, or it has none")
    if "authentication failed" in words or "no password supplied" in words or "pg_hba.conf" in words:
        return NotReady(name=name, reason=_NOT_READY["28"])
    if "does not exist" in words and "database" in words:
        return NotReady(name=name, reason=_NOT_READY["3D"])
    if "too many clients" in words or "connection slots" in words:
        return DatabaseBusy(name=name, reason=_BUSY["53300"])
    return DatabaseAway(name=name, reason="the server does not answer")


def postgresql_engine(dsn: Dsn) -> Engine:
    """Connects when it is first asked."""
    return sa.create_engine(
        "postgresql+psycopg://",  # without a name or a password that a message could repeat
        creator=lambda: connect(dsn),
        pool_size=_POOL,
        max_overflow=_MORE,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def connect(dsn: Dsn) -> psycopg.Connection:
    connection = psycopg.connect(**dsn.connecting())  # type: ignore[arg-type]  # all of libpq's are texts
    try:
        connection.execute(_SETTINGS)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def open_hosted(dsn: Dsn) -> Database:
    """Open a database that `backend prepare` has prepared; changes no table, needs no right to.

    Raises StorageProblem: DatabaseAway, DatabaseTooNew, NotReady.
    """
    engine = postgresql_engine(dsn)
    dialect = Postgresql()
    try:
        with translated(dialect, dsn.name):
            with engine.connect() as connection:
                check_server(connection, dsn.name)
                if current_revision(connection, dsn.name) != HEAD:
                    reason = "its tables are not those of this version; run artist-console backend prepare"
                    raise NotReady(name=dsn.name, reason=reason)
            watch = Watch(lambda: connect(dsn), dsn.name)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, dsn.name, dialect, watch)


def check_server(connection: Connection, name: str) -> None:
    """What the promises rest on. Raises NotReady."""
    found = connection.execute(
        sa.text(
            "SELECT current_setting('server_encoding'), current_setting('fsync'),"
            " current_setting('full_page_writes'), 'B' < 'a', current_setting('server_version_num')::int"
        )
    ).one()
    encoding, fsync, whole_pages, bytewise, version = found
    advice = "Make it with: createdb --template=template0 --encoding=UTF8 --locale=C NAME"
    if version < 130000:
        raise NotReady(name=name, reason="the server is older than PostgreSQL 13")
    if encoding != "UTF8" or not bytewise:
        raise NotReady(advice=advice, name=name, reason="its texts are not UTF-8 in the order of their bytes")
    if fsync != "on" or whole_pages != "on":
        reason = "its server runs with fsync or full_page_writes off, and loses decisions with the power"
        raise NotReady(name=name, reason=reason)
