"""The i-th call to the disk fails, for every i of thirty steps of a profile in use, each failure by itself.

Before each step the profile is as the steps before it leave it. The step is tried over a disk that
refuses its i-th call (EIO: once, reads as well; ENOSPC: that write and every later one), or beside a process
that takes one of the two databases just before its i-th transaction. The step is then wholly there or not at
all, its problem is told in a sentence that is true, and once the disk is mended it is done again and comes to
the same as without a failure.
"""

from __future__ import annotations

import shutil
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from unittest.mock import patch

import apsw

from artist_console.domain.problems import Problem, StorageProblem
from artist_console.store import journal, opening
from artist_console.store.opening import Store
from tests.faults.counts import Counts, Tell
from tests.faults.power import Held, RecordedDevice, held_by
from tests.faults.scenario import STEPS, WORKS, Scenario, Step
from tests.store.disks import FailingDisk, registered
from tests.sync.devices import DATA_KEY, SIGNING_KEY, Device, Service, serving

NAME = "failing disk operations"
# The calls of a step are dealt out to several seeds: seed `step + 30 * part` fails every twelfth call of a
# round, which makes hundreds of them and asks the service each time, and every third of any other step. The
# long form fails every single one.
PARTS_OF_ROUND, PARTS_OF_OTHER = 12, 3
SHORT, LONG = STEPS, STEPS * PARTS_OF_ROUND

_MOST_CALLS = 100_000
_SAYS_NOTHING_RECORDED = "nothing was recorded"


class ReadsFailToo(FailingDisk):
    """Refuses its i-th call, once, whether it reads or changes something."""

    def __init__(self, name: str) -> None:
        super().__init__(name, apsw.IOError, once=True)

    def on_read(self, name: str) -> None:
        self._count()


# -- failures


class Failure:
    """One way in which the world does not let something be written; told apart by what fails and when."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.struck = False

    @property
    def vfs(self) -> str | None:
        return None

    def arm(self, device: Device, after: int) -> None:
        """From now on, the call or transaction numbered so (from 0) fails."""

    def mend(self) -> None:
        """Nothing fails any more."""


class DiskFailure(Failure):
    def __init__(self, kind: str, disk: FailingDisk) -> None:
        super().__init__(kind)
        self.disk = disk

    @property
    def vfs(self) -> str | None:
        return self.disk.vfs_name

    def arm(self, device: Device, after: int) -> None:
        self.disk.struck = False
        self.disk.left = after

    def mend(self) -> None:
        self.struck = self.disk.struck
        self.disk.left = None


class Locked(Failure):
    """Another process takes a database just before a transaction begins, and lets go when the world mends."""

    def __init__(self, kind: str, file: str, key: bytes) -> None:
        super().__init__(kind)
        self.file, self.key = file, key
        self.holder: apsw.Connection | None = None
        self.left = 0
        self.traced: list[apsw.Connection] = []

    def arm(self, device: Device, after: int) -> None:
        self.struck, self.left = False, after
        if device.opened is None:
            return
        device.opened.connection.set_busy_timeout(0)
        device.opened.connection.exec_trace = self._look(device)
        self.traced.append(device.opened.connection)

    def _look(self, device: Device) -> Callable[[Any, str, Any], bool]:
        def look(_: Any, sql: str, __: Any) -> bool:
            if sql.startswith("BEGIN") and self.holder is None:
                if self.left == 0:
                    self._take(device.folder / self.file)
                self.left -= 1
            return True

        return look

    def _take(self, path: Path) -> None:
        self.struck = True
        self.holder = apsw.Connection(str(path))
        self.holder.pragma("cipher", "aegis")
        self.holder.pragma("key", f"raw:{self.key.hex()}")
        self.holder.execute("BEGIN IMMEDIATE")

    def mend(self) -> None:
        for connection in self.traced:
            with suppress(apsw.ConnectionClosedError):  # the step started again
                connection.exec_trace = None
        self.traced.clear()
        if self.holder is not None:
            self.holder.close()
            self.holder = None


@contextmanager
def failures() -> Iterator[list[Failure]]:
    failing, full = ReadsFailToo("failing-at"), FailingDisk("full-from", apsw.FullError, once=False)
    with registered(failing), registered(full):
        yield [
            DiskFailure("EIO", failing),
            DiskFailure("ENOSPC", full),
            Locked("journal locked", "journal.db", DATA_KEY),
            Locked("mirror locked", "mirror.db", SIGNING_KEY),
        ]


# -- trying


@dataclass
class Attempts:
    """All failures of one step, and what they came to."""

    step: Step
    folder: Path
    service: Service
    figures: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.before = self._held(self.folder)
        done = self._copy("done")
        device = Device(done, self.service)
        try:
            self.step.do(device)
            self.after, self.shown = held_by(device.store), _shown(device.store)
        finally:
            device.close()
        self.done = done

    def begin(self) -> None:
        """Count from nothing again."""
        self.figures, self.words, self.met = Counter(), [], Counter()

    def _held(self, folder: Path) -> Held:
        if not (folder / "journal.db").exists():
            return Held()
        device = Device(self._copy("before"), self.service)
        try:
            return held_by(device.store)
        finally:
            device.close()

    def _copy(self, name: str) -> Path:
        target = self.folder.with_name(f"{self.folder.name}-{name}")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target)
        return target

    def all_of(self, failure: Failure, calls: range) -> None:
        """Fail these calls, one after the other, until the step makes no such call any more."""
        for number in calls:
            self._number = f"{failure.kind} {number}"
            if not self._one(failure, number):
                return
            self.met[failure.kind] += 1

    def note(self, figure: str, words: str) -> None:
        self.figures[figure] += 1
        self.words.append(f"{figure}: {self._number}: {words}")

    def _one(self, failure: Failure, number: int) -> bool:
        folder = self._copy("tried")
        device = RecordedDevice(folder, self.service, vfs=failure.vfs)
        try:
            if self.step.name != "open":
                _ = device.store
            failure.arm(device, number)
            told = self._try(device)
            failure.mend()
            if not failure.struck:
                return False
            self._whole_or_not(held_by(device.store), told)
            self._again(device)
        except Problem as problem:
            self.note("stuck", f"mended, and still: {problem.sentence}")
        finally:
            failure.mend()
            device.close()
        self._after_restart(folder)
        return True

    def _try(self, device: Device) -> Problem | None:
        """The problem that the step is told to have; None where it came through all the same."""
        try:
            self.step.do(device)
        except Problem as problem:
            if not problem.sentence.endswith("."):
                self.note("lost", f"no sentence: {problem.sentence!r}")
            return problem
        except apsw.Error as error:
            if not _at_close(error):
                self.note("lost", f"told as {type(error).__name__}, which no person reads")
            return StorageProblem()
        return None

    def _whole_or_not(self, found: Held, told: Problem | None) -> None:
        if told is None:
            if found != self.after and self.step.single:
                self.note("acknowledged_lost", "done, it was said, and it is not there")
        elif self.step.single:
            if found not in (self.before, self.after):
                self.note("corrupt", "half of the step is there")
            elif found != self.before and _SAYS_NOTHING_RECORDED in told.sentence:
                self.note("lost", f"it is recorded, and told so: {told.sentence}")
        elif not _lies_between(self.before, found, self.after):
            self.note("acknowledged_lost", "something that was there before is gone")

    def _again(self, device: Device) -> None:
        if held_by(device.store) != self.after or not self.step.single:
            self.step.do(device)
        if not _same(held_by(device.store), self.after):
            self.note("diverged", "done again, it came to something else")

    def _after_restart(self, folder: Path) -> None:
        device = Device(folder, self.service)
        try:
            store = device.store
            for part in ("main", "mirror"):
                said = store.value(f"PRAGMA {part}.integrity_check")
                if said != "ok":
                    self.note("corrupt", f"{part}: {said}")
            if not _same(held_by(store), self.after):
                self.note("acknowledged_lost", "after a restart it is something else")
            if _shown(store) != self.shown:
                self.note("diverged", "the mirror holds other rows than without the failure")
        except StorageProblem as problem:
            self.note("corrupt", problem.sentence)
        finally:
            device.close()


def _at_close(error: apsw.Error) -> bool:
    """Whether it came out of closing: SQLite keeps such errors to itself, a file layer in Python does not."""
    return any(frame.name == "Connection.close" for frame in traceback.extract_tb(error.__traceback__))


def _lies_between(least: Held, found: Held, most: Held) -> bool:
    return (
        found.decisions[: len(least.decisions)] == least.decisions
        and least.receipts <= found.receipts
        and {id for id, _ in least.outcomes} <= {id for id, _ in found.outcomes}
        and least.settled <= found.settled
        and found.drafts in (least.drafts, most.drafts)
        and found.private in (least.private, most.private)
    )


def _same(one: Held, other: Held) -> bool:
    """Whether both hold the same; what a service has been told before, it confirms as known."""
    return replace(one, outcomes=_ends(one), receipts=frozenset()) == replace(
        other, outcomes=_ends(other), receipts=frozenset()
    )


def _ends(held: Held) -> frozenset[tuple[str, str]]:
    applied = {outcome.value for outcome in journal.APPLIED}
    return frozenset((id, "applied" if outcome in applied else outcome) for id, outcome in held.outcomes)


def _shown(store: Store) -> tuple[object, ...]:
    """The rows of the mirror and of the tables worked out from them."""
    return (
        store.rows("SELECT kind, id, body FROM mirror.row ORDER BY kind, id"),
        store.rows("SELECT artist, n FROM mirror.ledger ORDER BY artist, n"),
        store.rows("SELECT * FROM mirror.roll_up ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"),
        store.rows("SELECT * FROM mirror.fetched ORDER BY statement"),
    )


def run(seeds: range, tell: Tell) -> Counts:
    """Play the scenario, and let every call of the steps numbered so (from 0) fail, one after the other."""
    total = Counts(NAME)
    folder = Path(tempfile.mkdtemp(prefix="failing-disk-"))
    with ExitStack() as closing:
        closing.callback(shutil.rmtree, folder)
        service = closing.enter_context(serving(folder, 1, WORKS))
        scenario = Scenario(service, folder)
        closing.callback(scenario.other.close)
        ways = closing.enter_context(failures())
        closing.enter_context(patch.object(opening, "BUSY_MS", 0))
        state = folder / "profile"
        state.mkdir()
        steps = scenario.steps()
        assert len(steps) == STEPS
        for number, step in enumerate(steps):
            step.before()
            tried = Attempts(step, state, service)
            for seed in seeds:
                if seed % STEPS == number:
                    total += _part(seed, tried, ways, tell)
            shutil.rmtree(state)
            tried.done.rename(state)
    return total


def _part(seed: int, tried: Attempts, ways: Sequence[Failure], tell: Tell) -> Counts:
    part = seed // STEPS
    tried.begin()
    for way in ways:
        parts = PARTS_OF_OTHER if tried.step.single else PARTS_OF_ROUND
        if part < parts:
            tried.all_of(way, range(part, _MOST_CALLS, parts))
    if tried.words:
        tell("\n  ".join([f"{NAME}: seed {seed}, {tried.step.name}", *tried.words[:20]]))
    seeds = (seed,) if tried.words else ()
    met = MappingProxyType(dict(tried.met))
    return Counts(NAME, tried.met.total(), **tried.figures, seeds=seeds, met=met)
