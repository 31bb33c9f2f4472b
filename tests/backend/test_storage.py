"""The tables that the revisions make are those that the queries name; ids that a work had lead to it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from artist_console.backend.reach import artist_key
from artist_console.backend.storage import rows
from artist_console.backend.storage.database import DatabaseTooNew, DatabaseUnreadable, open_database
from artist_console.backend.storage.tables import metadata
from artist_console.domain.ids import WorkId
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind

from .places import Place
from .world import DATA_KEY, MARA, SALT


def test_the_revisions_make_the_tables_that_the_queries_name(place: Place) -> None:
    database = place.open()
    with database.reading() as connection:
        found = sa.inspect(connection)
        for table in metadata.sorted_tables:
            columns = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
            keys = found.get_pk_constraint(table.name)["constrained_columns"]
            assert set(columns) == {c.name for c in table.columns}, table.name
            assert set(keys) == {c.name for c in table.primary_key}, table.name
            for column in table.columns:
                if not column.primary_key:
                    assert columns[column.name] == column.nullable, (table.name, column.name)
        kinds = {str(c["type"]) for t in metadata.sorted_tables for c in found.get_columns(t.name)}
    assert kinds <= {"TEXT", "INTEGER", "BLOB", "BIGINT", "BYTEA"}
    database.close()


def test_a_database_of_a_newer_version_is_told_and_left_alone(tmp_path: Path) -> None:
    database = open_database(tmp_path / "b.db", DATA_KEY)
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(DatabaseTooNew):
        open_database(tmp_path / "b.db", DATA_KEY)


def test_a_database_that_cannot_be_read_is_told_once_and_nothing_is_printed_beside_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.db").write_bytes(b"no database " * 1000)
    with pytest.raises(DatabaseUnreadable):
        open_database(tmp_path / "b.db", DATA_KEY)
    assert capfd.readouterr() == ("", "")


def test_the_settings_that_keep_it_durable_hold_on_every_connection(tmp_path: Path) -> None:
    database = open_database(tmp_path / "b.db", DATA_KEY)
    with database.writing() as writing, database.reading() as reading:
        for connection in (writing, reading):
            found = {
                name: connection.execute(sa.text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "recursive_triggers", "trusted_schema")
            }
            assert found == {
                "journal_mode": "wal",
                "synchronous": 3,
                "recursive_triggers": 1,
                "trusted_schema": 0,
            }
    database.close()


def test_a_merged_work_is_found_under_the_id_it_had(place: Place) -> None:
    database = place.open()
    with database.writing() as connection:
        work = Work(SALT, WorkKind.RECORDING, "Salt Lines", (MARA,), merged_ids=(WorkId("old"),))
        assert rows.put(connection, [(Kind.WORK, work)]) == 1
        assert rows.put(connection, [(Kind.WORK, work)]) == 0
        assert rows.present_id(connection, "old") == SALT
        assert rows.present_id(connection, "other") is None
    database.close()


def test_a_row_that_is_removed_is_a_tombstone_for_those_who_saw_it(place: Place) -> None:
    database = place.open()
    keys = {artist_key(MARA)}
    with database.writing() as connection:
        rows.put(connection, [(Kind.WORK, Work(SALT, WorkKind.RECORDING, "Salt Lines", (MARA,)))])
        at = rows.position(connection)
        rows.remove(connection, Kind.WORK, SALT)
        later = rows.changed(connection, keys, at, rows.position(connection), 10)
        assert [(row.id, row.body) for row in later] == [(SALT, None)]
        assert rows.one(connection, Kind.WORK, SALT, keys) is None
        assert rows.standing(connection, keys, 0, rows.position(connection), 10) == []
        assert rows.changed(connection, {"artist/other/see_works"}, 0, 99, 10) == []
    database.close()


def test_what_a_push_asks_of_its_stream_has_an_index(tmp_path: Path) -> None:
    database = open_database(tmp_path / "b.db", DATA_KEY)
    with database.reading() as connection:
        for column in ("act", "decision"):
            plan = connection.execute(
                sa.text(
                    f"EXPLAIN QUERY PLAN SELECT 1 FROM stream_items "
                    f"WHERE account = 'a' AND stream = 's' AND {column} = 'x'"
                )
            ).all()
            assert f"ix_stream_items_{column}" in str(plan)
    database.close()
