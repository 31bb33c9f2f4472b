"""What a start finds before it does anything: clean ends, unclean ones, every damaged page after those."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from artist_console.host.files import set_aside
from artist_console.store import heard, journal
from artist_console.store.checking import StoreCheck, check_key, check_store
from artist_console.store.problems import JournalGone, StoreDamaged, StoreTooNew, StoreUnreadable
from tests.store.conftest import JOURNAL_KEY, MIRROR_KEY, Place
from tests.store.records import decide, fill

CLEAN, BAD = StoreCheck(False, False), StoreCheck(True, False)
PAGE = 4096


def check(place: Place, *, journal_key: bytes = JOURNAL_KEY) -> StoreCheck:
    return check_store(place.journal, place.mirror, journal_key, MIRROR_KEY)


def killed(place: Place, decisions: int = 300, folder: str = "killed") -> Place:
    """The files as they are while a program has them open: so they stay when it is killed."""
    left = Place(place.folder / folder)
    with place.open() as store:
        fill(store, 1, 3)
        journal.append(store, [decide() for _ in range(decisions)])
        store.run("PRAGMA main.wal_checkpoint(PASSIVE)")
        store.run("PRAGMA mirror.wal_checkpoint(PASSIVE)")
        journal.append(store, [decide()])  # in the log alone
        left.folder.mkdir()
        for file in place.folder.glob("*.db*"):
            shutil.copy(file, left.folder)
    return left


def files_of(place: Place) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.folder.iterdir() if not file.name.endswith("-shm")}


def test_a_new_profile_and_one_that_was_closed_are_clean(place: Place) -> None:
    assert check(place) == CLEAN
    assert not place.journal.exists()
    with place.open() as store:
        journal.append(store, [decide()])
    assert check(place) == CLEAN
    assert sorted(files_of(place)) == ["journal.db", "mirror.db"]


def test_an_unclean_end_is_seen_and_costs_nothing(place: Place) -> None:
    left = killed(place)
    assert check(left) == BAD
    with left.open() as store:
        assert journal.count_pending(store) == 301
    assert check(left) == CLEAN


def test_one_changed_bit_of_any_page_is_found_after_an_unclean_end_and_nothing_is_touched(
    place: Place,
) -> None:
    left = killed(place, decisions=60)
    content = left.journal.read_bytes()
    pages = len(content) // PAGE
    assert pages > 10
    for page in range(pages):
        changed = bytearray(content)
        changed[page * PAGE + 1000] ^= 1
        left.journal.write_bytes(bytes(changed))
        before = files_of(left)
        # A page that stands in the log, too, is read from there and is sound; the others are refused.
        if refused(left):
            assert files_of(left) == before
        else:
            with Place(copied(left, f"page-{page}")).open() as store:
                assert store.value("PRAGMA main.integrity_check") == "ok"
                assert journal.count_pending(store) == 61
    left.journal.write_bytes(content)
    assert check(left) == BAD


def refused(place: Place) -> bool:
    """Whether the check refuses the journal."""
    try:
        assert check(place) == BAD
    except (StoreDamaged, StoreUnreadable):
        return True
    return False


def copied(place: Place, name: str) -> Path:
    target = place.folder.parent / name
    shutil.copytree(place.folder, target)
    return target


def test_most_pages_are_not_in_the_log(place: Place) -> None:
    """The test above would mean little otherwise."""
    left = killed(place, decisions=60)
    content = left.journal.read_bytes()
    seen = 0
    for page in range(len(content) // PAGE):
        changed = bytearray(content)
        changed[page * PAGE + 1000] ^= 1
        left.journal.write_bytes(bytes(changed))
        seen += refused(left)
    assert seen > len(content) // PAGE // 2


def test_a_damaged_journal_that_is_met_at_work_is_looked_at_whole_at_the_next_start(place: Place) -> None:
    with place.open() as store:
        journal.append(store, [decide() for _ in range(600)])
    content = bytearray(place.journal.read_bytes())
    middle = len(content) // PAGE // 2 * PAGE
    content[middle + 100] ^= 1
    place.journal.write_bytes(bytes(content))
    assert check(place) == CLEAN  # nobody has met it yet
    with place.open() as store, pytest.raises(StoreDamaged):
        store.rows("PRAGMA main.integrity_check")
    for _ in range(2):
        with pytest.raises(StoreDamaged, match=r"journal\.db is damaged"):
            check(place)
    set_aside(place.journal)
    check(place)
    with place.open() as store:
        assert journal.count_pending(store) == 0
    assert check(place) == CLEAN


def test_a_damaged_mirror_is_dropped_after_an_unclean_end_and_the_decisions_stay(place: Place) -> None:
    left = killed(place)
    content = bytearray(left.mirror.read_bytes())
    for page in range(len(content) // PAGE):
        content[page * PAGE + 50] ^= 1
    left.mirror.write_bytes(bytes(content))
    (left.folder / "mirror.db-wal").write_bytes(b"")
    assert check(left) == StoreCheck(ended_badly=True, mirror_dropped=True)
    assert not left.mirror.exists()
    with left.open() as store:
        assert heard.is_empty(store)
        assert journal.count_pending(store) == 301


@pytest.mark.parametrize("unclean", [False, True])
def test_a_wrong_key_is_told_and_leaves_every_file_as_it_is(place: Place, unclean: bool) -> None:
    left = killed(place)
    if not unclean:
        left.open().close()
    before = files_of(left)
    with pytest.raises(StoreUnreadable):
        check(left, journal_key=bytes(32))
    with pytest.raises(StoreUnreadable):
        check_key(left.journal, bytes(32))
    assert files_of(left) == before
    check_key(left.journal, JOURNAL_KEY)
    with left.open() as store:
        assert journal.count_pending(store) == 301


def test_a_journal_that_is_gone_or_newer_is_told(place: Place) -> None:
    with place.open() as store:
        fill(store, 1, 3)
        store.run("PRAGMA main.user_version = 99")
    with pytest.raises(StoreTooNew):
        check(place)
    place.journal.unlink()
    with pytest.raises(JournalGone):
        check(place)
