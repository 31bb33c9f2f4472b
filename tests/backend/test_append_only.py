"""Ledger, stream items and outcomes can be added to and never changed, whoever asks, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from artist_console.backend.storage.preparing import RoleTooMighty, append_only_tables, prepare
from artist_console.backend.storage.troubles import NotReady
from artist_console.domain.problems import Problem

from .places import InFile, OnServer, Place
from .postgres import OWNER, SERVICE, Cluster
from .world import DATA_KEY, MARA_ACCOUNT, a_backend, a_decision

TABLES = ("ledger", "stream_items", "decisions", "ledger_nodes", "signed_heads")
CHANGES = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}")
COLUMN = {
    "ledger": "body",
    "stream_items": "outcome",
    "decisions": "outcome",
    "ledger_nodes": "hash",
    "signed_heads": "jws",
}
REPLACES = (
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "REPLACE INTO {table} SELECT * FROM {table}",
    "UPDATE OR REPLACE {table} SET {column} = {column}",
)


def filled(place: Place) -> None:
    with a_backend(place) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        mara.push(a_decision())
        mara.get("ledger/mara/head")  # signs it


def test_nothing_that_is_recorded_can_be_changed(place: Place) -> None:
    filled(place)
    changes = [*CHANGES, *(REPLACES if isinstance(place, InFile) else ("TRUNCATE {table}",))]
    database = place.open()
    try:
        for table in TABLES:
            with database.reading() as connection:
                before = connection.execute(sa.text(f"SELECT * FROM {table}")).all()
            assert before, table
            for change in changes:
                with pytest.raises((sa.exc.DBAPIError, NotReady)), database.writing() as connection:
                    connection.execute(sa.text(change.format(table=table, column=COLUMN[table])))
            with database.reading() as connection:
                assert connection.execute(sa.text(f"SELECT * FROM {table}")).all() == before
    finally:
        database.close()


def test_a_row_is_not_replaced_by_another_key_either(tmp_path: Path) -> None:
    """The ledger's second key: a row under a new place with a known row id would push the first one out."""
    place = InFile(tmp_path / "backend.db", DATA_KEY)
    filled(place)
    database = place.open()
    statement = (
        "INSERT OR REPLACE INTO ledger SELECT artist, n + 1, row_id, head, kind, decision, body, receipt"
        " FROM ledger WHERE n = (SELECT MAX(n) FROM ledger)"
    )
    with pytest.raises(sa.exc.DBAPIError), database.writing() as connection:  # noqa: PT012
        connection.execute(sa.text("PRAGMA recursive_triggers = OFF"))
        connection.execute(sa.text(statement))
    database.close()


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> OnServer:
    """One for all: nothing that is tried on it changes anything."""
    place = OnServer(cluster, cluster.new_database())
    filled(place)
    return place


@pytest.mark.parametrize("user", [SERVICE, OWNER, "postgres"])
@pytest.mark.parametrize("table", TABLES)
def test_the_server_refuses_it_to_every_account(server: OnServer, table: str, user: str) -> None:
    import psycopg

    sql = server.cluster.sql
    for change in (*CHANGES, "TRUNCATE {table}"):
        statement = change.format(table=table, column=COLUMN[table])
        expected = psycopg.errors.InsufficientPrivilege if user == SERVICE else psycopg.errors.RaiseException
        with pytest.raises((expected, psycopg.errors.RestrictViolation)):
            sql(statement, database=server.name, user=user)
    if user == "postgres":  # a session that claims to replay a log skips ordinary triggers
        with pytest.raises(psycopg.errors.RestrictViolation):
            sql(
                "SET session_replication_role = replica",
                f"DELETE FROM {table}",
                database=server.name,
                user=user,
            )


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "DROP TRIGGER ledger_append_only ON ledger",
        "ALTER TABLE ledger DISABLE TRIGGER ALL",
        "ALTER TABLE ledger ADD COLUMN mine int",
        "DROP TABLE ledger",
        "CREATE FUNCTION artist_console_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "CREATE OR REPLACE FUNCTION artist_console_append_only() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "SET ROLE owner",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_the_account_of_the_service_changes_no_table(server: OnServer, statement: str) -> None:
    import psycopg

    with pytest.raises(psycopg.Error) as refused:
        server.cluster.sql(statement, database=server.name, user=SERVICE)
    assert refused.value.sqlstate == "42501"


def test_a_ledger_has_no_gap_and_no_second_entry_on_the_server(server: OnServer) -> None:
    import psycopg

    copied = (
        "INSERT INTO ledger SELECT artist, n + {by}, 'x', head, kind, decision, body, receipt FROM ledger"
    )
    for by in (0, 2):
        with pytest.raises(psycopg.errors.RestrictViolation):
            server.cluster.sql(copied.format(by=by), database=server.name, user=SERVICE)
    server.cluster.sql(copied.format(by=1), database=server.name, user=SERVICE)


def test_every_guarded_table_is_found_by_its_trigger(server: OnServer) -> None:
    database = server.open()
    with database.reading() as connection:
        assert set(append_only_tables(connection)) == set(TABLES)
    database.close()


@pytest.mark.parametrize("role", ["postgres", OWNER])
def test_an_account_that_could_change_the_ledger_is_not_let_in(server: OnServer, role: str) -> None:
    with pytest.raises(RoleTooMighty):
        prepare(server.cluster.dsn(server.name, "postgres"), role)


def test_rights_from_elsewhere_are_noticed(server: OnServer) -> None:
    server.cluster.sql("CREATE ROLE writer LOGIN", "GRANT pg_write_all_data TO writer", database=server.name)
    try:
        with pytest.raises(Problem, match="elsewhere"):
            prepare(server.cluster.dsn(server.name), "writer")
    finally:
        server.cluster.sql("DROP OWNED BY writer", "DROP ROLE writer", database=server.name)
