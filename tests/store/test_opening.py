"""Opening the two databases: encryption, settings, what an unreadable or newer file gets."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from artist_console.domain.problems import StorageProblem
from artist_console.host.files import set_aside
from artist_console.store import heard, journal
from artist_console.store.opening import Store, open_store
from artist_console.store.problems import JournalGone, StoreTooNew, StoreUnreadable
from tests.store.conftest import JOURNAL_KEY, MIRROR_KEY, Place
from tests.store.records import decide, fill

# A file layer of SQLite that locks as some network disks do.
WITHOUT_SHARED_MEMORY = "unix-dotfile"


def test_settings_of_durability_are_in_force(store: Store) -> None:
    asked = {
        "main.synchronous": 3,  # EXTRA
        "main.journal_mode": "wal",
        "mirror.synchronous": 1,  # NORMAL
        "mirror.journal_mode": "wal",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
    }
    assert {name: store.value(f"PRAGMA {name}") for name in asked} == asked


def said_to_open(place: Place) -> list[str]:
    """All that the library is told while a store is opened, in order and without blanks."""
    said: list[str] = []

    def listen(connection: apsw.Connection) -> None:
        def hear(_cursor: object, sql: str, _bindings: object) -> bool:
            said.append("".join(sql.split()).strip(";").replace('"', "").lower())
            return True

        connection.exec_trace = hear

    apsw.connection_hooks.append(listen)
    try:
        place.open().close()
    finally:
        apsw.connection_hooks.remove(listen)
    return said


@pytest.mark.parametrize("start", ["new", "there already"])
def test_each_file_is_made_safe_before_its_log_begins_and_before_anything_is_written(
    place: Place, start: str
) -> None:
    """The other order leaves a window: commits of a log that begins under weaker settings may be lost."""
    if start == "there already":
        place.open().close()
    said = said_to_open(place)
    order = [
        f"pragmakey('raw:{JOURNAL_KEY.hex()}')",
        "pragmamain.synchronous=extra",
        "pragmamain.journal_mode=wal",
        "pragmafullfsync=1",
        "pragmatrusted_schema=off",
    ]
    mirror = ["pragmamirror.synchronous=normal", "pragmamirror.journal_mode=wal"]
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    assert said.index(order[-1]) < said.index(mirror[0]) < said.index(mirror[1])
    writes = [number for number, sql in enumerate(said) if sql.startswith(("begin", "create", "insert"))]
    assert bool(writes) == (start == "new")
    for number in writes:
        assert number > places[-1]


@pytest.mark.skipif(WITHOUT_SHARED_MEMORY not in apsw.vfs_names(), reason="no such file layer on this system")
def test_a_disk_that_cannot_share_memory_gets_a_rollback_journal_that_is_as_safe(place: Place) -> None:
    with place.open(vfs=f"multipleciphers-{WITHOUT_SHARED_MEMORY}") as store:
        for database in ("main", "mirror"):
            assert store.value(f"PRAGMA {database}.journal_mode") == "truncate"
            assert store.value(f"PRAGMA {database}.synchronous") == 3
        journal.append(store, [decide()])
    with place.open() as store:
        assert journal.count_pending(store) == 1


def test_neither_file_shows_what_it_holds(place: Place) -> None:
    with place.open() as store:
        fill(store, 1, 3)
        journal.append(store, [decide()])
    for path in (place.journal, place.mirror):
        content = path.read_bytes()
        assert len(content) > 4096
        assert b"SQLite format 3" not in content
        assert b"CREATE TABLE" not in content
        assert b"Salt Lines" not in content


def test_two_files_have_two_keys(place: Place) -> None:
    place.open().close()
    with pytest.raises(StoreUnreadable):
        open_store(place.mirror, place.folder / "other.db", JOURNAL_KEY, MIRROR_KEY)


def test_a_wrong_key_of_the_journal_is_told_and_leaves_the_file_as_it_is(place: Place) -> None:
    with place.open() as store:
        journal.append(store, [decide()])
    before = place.journal.read_bytes()
    with pytest.raises(StoreUnreadable, match=r"journal\.db cannot be opened with the key of this profile"):
        place.open(journal_key=bytes(32))
    assert place.journal.read_bytes() == before
    with place.open() as store:
        assert journal.count_pending(store) == 1


@pytest.mark.parametrize("damage", ["key", "noise", "empty page", "cut"])
def test_an_unreadable_mirror_is_made_anew_and_the_decisions_stay(place: Place, damage: str) -> None:
    with place.open() as store:
        fill(store, 1, 3)
        journal.append(store, [decide()])
    content = place.mirror.read_bytes()
    if damage == "noise":
        place.mirror.write_bytes(b"\x5a" * len(content))
    elif damage == "empty page":
        place.mirror.write_bytes(bytes(4096) + content[4096:])
    elif damage == "cut":
        place.mirror.write_bytes(content[:5000])
    with place.open(mirror_key=bytes(32) if damage == "key" else MIRROR_KEY) as store:
        assert heard.is_empty(store)
        assert journal.count_pending(store) == 1


def test_a_page_of_the_mirror_that_is_damaged_later_on_costs_the_mirror_alone(place: Place) -> None:
    with place.open() as store:
        fill(store, 2, 300)
        journal.append(store, [decide()])
    content = bytearray(place.mirror.read_bytes())
    for start in range(len(content) // 8192 * 4096, len(content) - 4096, 4096):
        content[start + 100 : start + 200] = bytes(100)
    place.mirror.write_bytes(bytes(content))
    with place.open() as store, pytest.raises(StorageProblem, match=r"^mirror\.db, the copy"):
        store.rows("SELECT sum(length(body)) FROM mirror.row")
    with place.open() as store:
        assert heard.is_empty(store)
        assert journal.count_pending(store) == 1


def test_a_damaged_page_of_the_journal_is_told(place: Place) -> None:
    with place.open() as store:
        journal.append(store, [decide() for _ in range(300)])
    content = bytearray(place.journal.read_bytes())
    for start in range(4096, len(content) - 4096, 4096):
        content[start + 100 : start + 200] = bytes(100)
    place.journal.write_bytes(bytes(content))
    with pytest.raises(StorageProblem, match=r"journal\.db"):
        place.open()


@pytest.mark.parametrize("which", ["journal", "mirror"])
def test_a_file_of_a_newer_version_is_not_touched_or_fetched_again(place: Place, which: str) -> None:
    with place.open() as store:
        fill(store, 1, 3)
        store.run(f"PRAGMA {'main' if which == 'journal' else 'mirror'}.user_version = 99")
    if which == "journal":
        with pytest.raises(StoreTooNew, match=r"journal\.db was written by a newer version"):
            place.open()
    else:
        with place.open() as store:
            assert heard.is_empty(store)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem):
        open_store(tmp_path / "no" / "journal.db", tmp_path / "no" / "mirror.db", JOURNAL_KEY, MIRROR_KEY)


def test_another_process_that_holds_the_journal_is_told(place: Place, store: Store) -> None:
    store.connection.set_busy_timeout(1)
    with place.open() as other:
        other.run("BEGIN IMMEDIATE")
        with pytest.raises(StorageProblem, match="Another program holds the records"):
            journal.append(store, [decide()])
        other.run("ROLLBACK")
    assert journal.count_pending(store) == 0
    journal.append(store, [decide()])
    assert journal.count_pending(store) == 1


def test_a_decision_does_not_wait_for_a_mirror_that_is_being_written(place: Place, store: Store) -> None:
    store.connection.set_busy_timeout(1)
    with place.open() as network_lane:
        network_lane.run("BEGIN")
        network_lane.run("UPDATE mirror.meta SET value = value WHERE false")
        journal.append(store, [decide()])
        network_lane.run("ROLLBACK")
    assert journal.count_pending(store) == 1


def test_the_library_is_new_enough() -> None:
    assert tuple(map(int, apsw.sqlite_lib_version().split(".")[:3])) >= (3, 51, 3)


@pytest.mark.parametrize("emptied", [True, False])
def test_a_journal_that_has_gone_is_told_and_no_new_one_hides_it(place: Place, emptied: bool) -> None:
    with place.open() as store:
        fill(store, 1, 3)
        journal.append(store, [decide()])
    place.journal.unlink()
    if emptied:
        place.journal.write_bytes(b"")
    with pytest.raises(JournalGone, match=r"journal\.db, which holds your decisions, is missing or empty"):
        place.open()
    assert not place.journal.exists() or place.journal.stat().st_size == 0
    place.mirror.rename(place.folder / "elsewhere.db")
    place.open().close()


def test_a_journal_that_was_set_aside_by_choice_gives_way_to_a_new_one(place: Place) -> None:
    with place.open() as store:
        journal.append(store, [decide()])
    set_aside(place.journal)
    with place.open() as store:
        assert journal.count_pending(store) == 0
