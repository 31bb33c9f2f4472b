"""A disk that is full, fails or loses power: what was acknowledged is there, nothing is half recorded.

`ARTIST_CONSOLE_LONG_TESTS=1` runs the long form of the simulation of power loss.
"""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import apsw
import pytest

from artist_console.domain.decisions import Decision
from artist_console.domain.problems import StorageProblem
from artist_console.store import journal
from artist_console.store.opening import Part, Store
from artist_console.store.problems import DiskFailed, DiskFull
from tests.store.conftest import Place
from tests.store.disks import FailingDisk, RecordingDisk, after_power_loss, registered
from tests.store.records import decide, fill

CRASHES = 3_000 if os.environ.get("ARTIST_CONSOLE_LONG_TESTS") else 120


def trouble_of(store: Store, decisions: list[Decision]) -> StorageProblem | None:
    """What recording these decisions comes to: a problem, or None."""
    try:
        journal.append(store, decisions)
    except StorageProblem as problem:
        return problem
    return None


@pytest.mark.parametrize("once", [True, False], ids=["once", "from then on"])
@pytest.mark.parametrize(
    ("error", "problem"), [(apsw.FullError, DiskFull), (apsw.IOError, DiskFailed)], ids=["full", "failing"]
)
def test_whichever_write_of_an_append_fails_nothing_is_half_recorded(
    tmp_path: Path, error: type[apsw.Error], problem: type[StorageProblem], once: bool
) -> None:
    before, act = [decide(), decide()], [decide(act="one") for _ in range(40)]
    original = Place(tmp_path / "original")
    original.folder.mkdir()
    with original.open() as store:
        journal.append(store, before)
    disk = FailingDisk(f"failing-{error.__name__}-{once}", error, once=once)
    refused = 0
    with registered(disk):
        for allowed in range(200):
            place = Place(tmp_path / f"try-{allowed}")
            shutil.copytree(original.folder, place.folder)
            with place.open(vfs=disk.vfs_name) as store:
                disk.left = allowed
                told = trouble_of(store, act)
                if told is not None:
                    refused += 1
                    assert type(told) is problem
                    assert told.sentence.endswith("try again.")
                kept = before if told is not None else before + act
                disk.left = None
                assert list(journal.undelivered(store)) == kept
                after = decide()
                journal.append(store, [after])
            with place.open() as store:
                assert list(journal.undelivered(store)) == [*kept, after]
                assert store.value("PRAGMA main.integrity_check") == "ok"
            if kept != before:
                break
        else:
            pytest.fail("no append came through")
    assert refused >= 3


def acknowledged_run(disk: RecordingDisk, place: Place, appends: int) -> list[tuple[int, list[str]]]:
    """Make decisions, over restarts too; gives after each act the calls so far and the ids acknowledged."""
    told: list[tuple[int, list[str]]] = []
    ids: list[str] = []
    store = place.open(vfs=disk.vfs_name)
    try:
        fill(store, 1, 3)
        store.run("PRAGMA main.wal_autocheckpoint = 12")  # so that a short run meets checkpoints
        for number in range(appends):
            if number % 9 == 8:
                store.close()
                store = place.open(vfs=disk.vfs_name)
            made = [decide(act=f"act-{number}") for _ in range(1 + number % 3)]
            journal.append(store, made)
            ids += [decision.id for decision in made]
            told.append((len(disk.calls), list(ids)))
            if number % 4 == 3:
                with store.transaction(Part.BOTH):  # an outcome beside a change of the mirror
                    store.run("UPDATE mirror.meta SET value = value")
                    journal.note_pins(store, {})
    finally:
        store.close()
    return told


def lost_after(
    disk: RecordingDisk,
    told: list[tuple[int, list[str]]],
    folder: Path,
    seed: int,
    *,
    syncs_lie: bool = False,
) -> set[str]:
    """Cut the power at a random call; the acknowledged decisions that are missing afterwards."""
    chance = random.Random(seed)
    cut = chance.randrange(told[0][0], len(disk.calls) + 1)
    acknowledged = [ids for calls, ids in told if calls <= cut][-1]
    everything = told[-1][1]
    place = Place(folder)
    folder.mkdir()
    for name, content in after_power_loss(disk.calls[:cut], chance, syncs_lie=syncs_lie).items():
        (folder / name).write_bytes(content)
    with place.open() as store:
        found = [entry.decision.id for entry in journal.pending(store)]
        assert store.value("PRAGMA main.integrity_check") == "ok"
        if not syncs_lie:
            # A beginning of what was decided, in its order, and never a part of an act.
            assert found == everything[: len(found)]
            assert len(found) in {0, *(len(ids) for _, ids in told)}
    shutil.rmtree(folder)
    return set(acknowledged) - set(found)


def test_a_loss_of_power_at_any_moment_takes_no_acknowledged_decision(tmp_path: Path) -> None:
    disk = RecordingDisk("recording")
    with registered(disk):
        place = Place(tmp_path / "run")
        place.folder.mkdir()
        told = acknowledged_run(disk, place, 40)
        for seed in range(CRASHES):
            assert lost_after(disk, told, tmp_path / f"crash-{seed}", seed) == set(), f"seed {seed}"


def test_the_simulation_sees_decisions_lost_when_the_disk_lies_about_syncing(tmp_path: Path) -> None:
    disk = RecordingDisk("lying")
    losses = 0
    with registered(disk):
        place = Place(tmp_path / "run")
        place.folder.mkdir()
        told = acknowledged_run(disk, place, 12)
        for seed in range(20):
            try:
                losses += bool(lost_after(disk, told, tmp_path / f"crash-{seed}", seed, syncs_lie=True))
            except (StorageProblem, AssertionError):
                losses += 1
    assert losses > 5
