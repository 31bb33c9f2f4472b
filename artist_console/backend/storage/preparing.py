"""Prepares a PostgreSQL database as its owner: tables, and a service's account that may only add to ledgers.

Run again after every update of the program. SQLite needs none of it: the file belongs to its one process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from artist_console.domain.problems import UnknownThing

from .database import translated
from .dsn import Dsn
from .postgresql import Postgresql, check_server, postgresql_engine
from .postgresql_watch import LOCKS, SERVING
from .revisions import HEAD
from .settings import begin_epoch
from .troubles import NotReady
from .upgrading import current_revision, upgrade


class NoSuchRole(UnknownThing):
    title_template = "The database server has no account named {role}"
    advice_template = "Make it first, as an administrator: createuser {role}"


class RoleTooMighty(NotReady):
    title_template = "The account {role} may change what is recorded in {name}: {reason}"
    advice_template = "Give the service an account of its own that owns nothing: createuser NAME"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` found and did."""

    name: str
    before: str | None  # the revision that it had
    revision: str
    role: str | None
    append_only: tuple[str, ...]  # tables that the account may only add to


def prepare(dsn: Dsn, role: str | None) -> Prepared:
    """Make or upgrade the tables, and let `role` use them. Idempotent.

    Raises StorageProblem, NoSuchRole, RoleTooMighty.
    """
    with _owner(dsn) as engine:
        with alone(engine, dsn.name) as connection:
            check_server(connection, dsn.name)
            before = current_revision(connection, dsn.name)
            if before != HEAD:
                upgrade(connection, before)
            guarded = append_only_tables(connection)
            if role is not None:
                _grant(connection, role, guarded)
                _check_role(connection, role, dsn.name, guarded)
        return Prepared(dsn.name, before, HEAD, role, guarded)


def new_epoch(dsn: Dsn) -> str:
    """Say to every client that the database was restored. Raises StorageProblem."""
    with _owner(dsn) as engine, alone(engine, dsn.name) as connection:
        if current_revision(connection, dsn.name) is None:
            raise NotReady(name=dsn.name, reason="it has no tables; run artist-console backend prepare")
        return begin_epoch(connection)


@contextmanager
def _owner(dsn: Dsn) -> Iterator[Engine]:
    engine = postgresql_engine(dsn)
    try:
        with translated(Postgresql(), dsn.name):
            yield engine
    finally:
        engine.dispose()


@contextmanager
def alone(engine: Engine, name: str) -> Iterator[Connection]:
    """A writing transaction while no service runs, and none can start. Raises NotReady where one does."""
    dialect = Postgresql()
    with dialect.writing(engine) as connection, connection.begin():
        free = connection.execute(sa.text(f"SELECT pg_try_advisory_xact_lock({LOCKS}, {SERVING})")).scalar()
        if not free:
            raise NotReady(
                advice="Stop every service on it first", name=name, reason="a service is running on it"
            )
        dialect.begun(connection)
        yield connection


def append_only_tables(connection: Connection) -> tuple[str, ...]:
    """Those with the trigger, so that no list has to be kept beside the revisions."""
    query = sa.text(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE p.proname = 'artist_console_append_only' AND c.relnamespace = current_schema()::regnamespace"
        " ORDER BY 1"
    )
    return tuple(connection.execute(query).scalars())


def may_change_ledgers(connection: Connection) -> bool:
    """Whether the account of this connection could change what it may only add to."""
    owned = sa.text(
        "SELECT pg_has_role(current_user, relowner, 'MEMBER')"
        " OR has_table_privilege(oid, 'UPDATE,DELETE,TRUNCATE')"
        " FROM pg_class WHERE oid = 'ledger'::regclass"
    )
    return bool(connection.execute(owned).scalar())


def _grant(connection: Connection, role: str, guarded: tuple[str, ...]) -> None:
    known = connection.execute(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    if known.first() is None:
        raise NoSuchRole(role=role)
    quote = connection.dialect.identifier_preparer.quote_identifier
    to = quote(role)
    schema = quote(str(connection.execute(sa.text("SELECT current_schema()")).scalar()))
    database = quote(str(connection.execute(sa.text("SELECT current_database()")).scalar()))
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {to}, PUBLIC")
    connection.exec_driver_sql(f"REVOKE CREATE ON SCHEMA {schema} FROM {to}, PUBLIC")
    connection.exec_driver_sql(f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM {to}, PUBLIC")
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {to}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {to}")
    for table in sa.inspect(connection).get_table_names():
        rights = "SELECT, INSERT, UPDATE, DELETE"
        if table == "alembic_version":
            rights = "SELECT"
        elif table in guarded:
            rights = "SELECT, INSERT"
        connection.exec_driver_sql(f"GRANT {rights} ON {quote(table)} TO {to}")


def _check_role(connection: Connection, role: str, name: str, guarded: tuple[str, ...]) -> None:
    """Rights may come from elsewhere: a superuser, membership in the owner, a predefined role."""
    one = sa.text(
        "SELECT r.rolsuper, pg_has_role(r.oid, c.relowner, 'MEMBER'),"
        " has_table_privilege(r.oid, c.oid, 'UPDATE,DELETE,TRUNCATE')"
        " FROM pg_roles r, pg_class c WHERE r.rolname = :role AND c.oid = cast(:table AS regclass)"
    )
    for table in guarded:
        superuser, owner, privilege = connection.execute(one, {"role": role, "table": table}).one()
        if superuser:
            raise RoleTooMighty(role=role, name=name, reason="it is an administrator of the server")
        if owner:
            raise RoleTooMighty(role=role, name=name, reason="it owns the tables, or is a member of who does")
        if privilege:
            raise RoleTooMighty(role=role, name=name, reason=f"it has rights on {table} from elsewhere")
