"""Backup and restore of a service in a folder: online, checked, set aside, and never silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from artist_console.backend.keeping import (
    IsThere,
    NotABackup,
    NothingToKeep,
    StillServing,
    back_up,
    begin_new_epoch,
    restore,
)
from artist_console.backend.opening import open_service
from artist_console.backend.seed import fill
from artist_console.backend.service import Service
from artist_console.backend.storage import ledgers, settings
from artist_console.domain.decisions import Decision
from artist_console.domain.registers import Stance
from artist_console.formats.ledger_proof import check_chain
from artist_console.formats.wire import PushBatch, PushItem, digest_of
from artist_console.host.lock import hold_profile
from artist_console.host.paths import ProfileFolder

from .world import ACCOUNTS, MARA, MARA_ACCOUNT, ROWS, START, Clock, a_decision, work_subject


@pytest.fixture
def folder(tmp_path: Path) -> ProfileFolder:
    """Of a service with one decision in its ledger."""
    made = ProfileFolder(tmp_path / "service")
    made.create()
    with running(made) as service:
        with service.changing() as connection:
            fill(connection, service, ROWS, ACCOUNTS)
        push(service, a_decision(id="first"))
    return made


@contextmanager
def running(folder: ProfileFolder) -> Iterator[Service]:
    service = open_service(folder, host_name="test", clock=Clock())
    try:
        yield service
    finally:
        service.close()


def push(service: Service, decision: Decision, stream: str = "s") -> None:
    from artist_console.backend.pushing import receive
    from artist_console.backend.storage import streams

    with service.changing() as connection:
        seq = streams.next_seq(connection, MARA_ACCOUNT, stream)
        batch = PushBatch(stream, [PushItem(seq, digest_of(decision), decision)])
        receive(connection, service.desk, MARA_ACCOUNT, batch, 0, START)


def decided(folder: ProfileFolder) -> list[str]:
    """The ids of what is in the ledger, whose chain holds."""
    with running(folder) as service, service.database.reading() as connection:
        entries = ledgers.all_entries(connection, MARA)
    assert check_chain(entries).holds
    return [entry.decision.id for entry in entries if entry.decision is not None]


def epoch(folder: ProfileFolder) -> str:
    with running(folder) as service:
        return service.identity.epoch


def test_a_backup_comes_back_under_a_new_epoch_and_the_former_is_set_aside(
    folder: ProfileFolder, tmp_path: Path
) -> None:
    before = epoch(folder)
    copy = tmp_path / "monday.db"
    held = back_up(folder, copy)
    assert (held.ledgers, held.entries, held.epoch) == (1, 1, before)
    with running(folder) as service:
        push(service, a_decision(Stance.REFUSE, work_subject("salt-lines"), id="second"))
    done = restore(folder, copy, START)
    assert decided(folder) == ["first"]
    assert epoch(folder) == done.contents.epoch != before
    assert done.former is not None
    assert done.former.name == "backend.before-restore-20250601t120000z.db"
    assert folder.holds(done.former.name)
    restore(folder, done.former, START)
    assert decided(folder) == ["first", "second"]


def test_a_backup_is_taken_while_the_service_writes_and_is_one_state(
    folder: ProfileFolder, tmp_path: Path
) -> None:
    with running(folder) as service:
        ended, written = threading.Event(), threading.Event()

        def write() -> None:
            while not ended.is_set():
                push(service, a_decision())
                written.set()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(5):
                written.clear()
                written.wait(60)
                back_up(folder, tmp_path / f"{number}.db")
        finally:
            ended.set()
            writer.join()
    counts = []
    for number in range(5):
        restore(folder, tmp_path / f"{number}.db", START)
        counts.append(len(decided(folder)))
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_a_backup_is_as_unreadable_as_the_records(folder: ProfileFolder, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy.db")
    content = (tmp_path / "copy.db").read_bytes()
    assert b"Salt Lines" not in content
    assert not content.startswith(b"SQLite format")
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


def test_a_backup_overwrites_nothing(folder: ProfileFolder, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"mine")
    with pytest.raises(IsThere):
        back_up(folder, there)
    assert there.read_bytes() == b"mine"
    assert {path.name for path in tmp_path.iterdir()} == {"service", "there.db"}


def test_what_is_no_backup_of_this_service_changes_nothing(folder: ProfileFolder, tmp_path: Path) -> None:
    other = ProfileFolder(tmp_path / "other")
    other.create()
    with running(other):
        pass
    back_up(other, tmp_path / "others.db")
    back_up(folder, tmp_path / "damaged.db")
    damaged = bytearray((tmp_path / "damaged.db").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.db").write_bytes(damaged)
    (tmp_path / "text.db").write_bytes(b"no database " * 1000)
    before = epoch(folder)
    there = {path.name for path in folder.root.iterdir()} | {"lock"}
    for name in ("others.db", "damaged.db", "text.db"):
        with pytest.raises(NotABackup):
            restore(folder, tmp_path / name, START)
    assert decided(folder) == ["first"]
    assert epoch(folder) == before
    assert {path.name for path in folder.root.iterdir()} == there


def test_a_damaged_database_is_set_aside_with_what_belongs_to_it(
    folder: ProfileFolder, tmp_path: Path
) -> None:
    back_up(folder, tmp_path / "copy.db")
    folder.backend.write_bytes(b"damaged" * 1000)
    folder.backend.with_name("backend.db-wal").write_bytes(b"its log")
    done = restore(folder, tmp_path / "copy.db", START)
    assert decided(folder) == ["first"]
    assert done.former is not None
    assert done.former.read_bytes() == b"damaged" * 1000
    assert done.former.with_name(done.former.name + "-wal").read_bytes() == b"its log"


def test_into_a_folder_that_has_only_the_keys(folder: ProfileFolder, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy.db")
    new = ProfileFolder(tmp_path / "new")
    new.create()
    with pytest.raises(NothingToKeep):
        restore(new, tmp_path / "copy.db", START)
    new.keys.write_bytes(folder.keys.read_bytes())
    new.keys.chmod(0o600)
    assert restore(new, tmp_path / "copy.db", START).former is None
    assert decided(new) == ["first"]


def test_nothing_is_put_under_a_service_that_runs(folder: ProfileFolder, tmp_path: Path) -> None:
    back_up(folder, tmp_path / "copy.db")
    with hold_profile(folder.lock):
        with pytest.raises(StillServing):
            restore(folder, tmp_path / "copy.db", START)
        with pytest.raises(StillServing):
            begin_new_epoch(folder)
    before = epoch(folder)
    assert begin_new_epoch(folder) == epoch(folder) != before


def test_a_new_epoch_ends_every_cursor(folder: ProfileFolder) -> None:
    with running(folder) as service, service.database.reading() as connection:
        before = settings.value(connection, "cursor_key")
    begin_new_epoch(folder)
    with running(folder) as service, service.database.reading() as connection:
        assert settings.value(connection, "cursor_key") != before
        assert connection.execute(sa.text("SELECT count(*) FROM ledger")).scalar() == 1
