"""Layouts that grow by numbered files: each once, whole or not at all, the journal copied before."""

from __future__ import annotations

import apsw
import pytest

from artist_console.store import journal, opening
from artist_console.store.migrations import Migration, migrate, migrations_of, version_of
from artist_console.store.opening import Store, open_store
from artist_console.store.problems import StoreTooNew
from tests.store.conftest import JOURNAL_KEY, MIRROR_KEY, Place
from tests.store.disks import RecordingDisk, registered
from tests.store.records import decide

KNOWN = migrations_of("journal")
NEXT = KNOWN[-1].number + 1
MORE = (
    *KNOWN,
    Migration(NEXT, "CREATE TABLE main.second (a INTEGER) STRICT"),
    Migration(NEXT + 1, "CREATE TABLE main.third (a INTEGER) STRICT; INSERT INTO main.third VALUES (3)"),
)


@pytest.mark.parametrize("schema", ["journal", "mirror"])
def test_the_files_are_numbered_without_gaps_and_name_their_database(schema: str) -> None:
    files = migrations_of(schema)
    assert [file.number for file in files] == list(range(1, len(files) + 1))
    database = "main" if schema == "journal" else "mirror"
    for file in files:
        for line in file.sql.splitlines():
            words = line.split()
            if words[:1] == ["CREATE"]:
                assert f" {database}." in line, line


def test_what_is_new_is_added_and_what_is_there_is_left(store: Store) -> None:
    journal.append(store, [decide()])
    migrate(store.connection, "main", MORE, "journal.db")
    migrate(store.connection, "main", MORE, "journal.db")
    assert version_of(store.connection, "main") == NEXT + 1
    assert store.rows("SELECT a FROM main.third") == [(3,)]
    assert journal.count_pending(store) == 1


def test_a_file_that_fails_leaves_the_layout_before_it(store: Store) -> None:
    broken = (*MORE[:-1], Migration(NEXT + 1, "CREATE TABLE main.third (a INTEGER) STRICT; SELECT nonsense"))
    with pytest.raises(apsw.SQLError):
        migrate(store.connection, "main", broken, "journal.db")
    assert version_of(store.connection, "main") == NEXT
    assert not store.rows("SELECT 1 FROM main.sqlite_schema WHERE name = 'third'")


def test_a_newer_layout_is_not_touched(store: Store) -> None:
    migrate(store.connection, "main", MORE, "journal.db")
    with pytest.raises(StoreTooNew):
        migrate(store.connection, "main", MORE[:1], "journal.db")


def test_the_copy_before_a_change_is_the_whole_journal_under_the_same_key(place: Place, store: Store) -> None:
    made = [decide() for _ in range(50)]
    journal.append(store, made)
    opening._copy(store.connection, place.journal, 1)
    journal.append(store, [decide()])
    copy = place.folder / "journal.version-1.db"
    assert b"SQLite format 3" not in copy.read_bytes()
    with open_store(copy, place.folder / "another.db", JOURNAL_KEY, MIRROR_KEY) as copied:
        assert list(journal.undelivered(copied)) == made


def test_the_copy_is_on_the_disk_before_it_gets_its_name(place: Place) -> None:
    disk = RecordingDisk("copied")
    with registered(disk), place.open(vfs=disk.vfs_name) as store:
        journal.append(store, [decide() for _ in range(50)])
        disk.calls.clear()
        opening._copy(store.connection, place.journal, 1)
        touched = [call.kind for call in disk.calls if call.file == "journal.version-1-unfinished.db"]
    assert "write" in touched
    assert touched[-1] == "sync"
