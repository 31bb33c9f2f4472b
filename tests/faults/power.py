"""The power goes while a real profile is in use: what was acknowledged is there then, whole and in order.

A profile is used over a file layer that notes every call to the disk (`tests.store.disks`): a journal of an
earlier version is brought to the present layout, a snapshot is staged and swapped, decisions, acts, drafts
and private objects are recorded, rounds bring outcomes. Then the files are made as they may be found when the
power goes at one moment of that: what was synced is there, of the rest any part, torn at sectors. The moment
falls on every kind of step equally often, however few calls it makes.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import apsw

from artist_console.domain.decisions import Decision, LedgerEntry, Outcome, Pin
from artist_console.domain.ids import ActId, DecisionId, StatementId
from artist_console.domain.problems import StorageProblem
from artist_console.domain.registers import Stance
from artist_console.domain.statements import Line
from artist_console.formats import encoding, wire
from artist_console.formats.kinds import Kind
from artist_console.store import drafts, journal, mirror, private, profile, statements
from artist_console.store.journal import Settled
from artist_console.store.migrations import migrate, migrations_of
from artist_console.store.opening import Part, Store, open_store
from artist_console.store.private import PrivateKind
from tests.faults.counts import Counts, Tell
from tests.store.disks import RecordingDisk, after_power_loss, registered
from tests.store.records import artist_id, decide, on_work
from tests.store.statement_files import a_line, a_statement, files_in
from tests.sync.devices import DATA_KEY, SIGNING_KEY, Device, Service, serving

NAME = "losses of power"
SHORT, LONG = 300, 5_000

ARTIST = artist_id(0)
WORKS = 6
LOSSES_A_RUN = 50
STEPS = 24
PAGES_BEFORE_CHECKPOINT = 40  # so that a short run meets checkpoints


@dataclass(frozen=True)
class Held:
    """What a profile holds that cannot be fetched again from anywhere."""

    decisions: tuple[str, ...] = ()
    outcomes: frozenset[tuple[str, str]] = frozenset()
    receipts: frozenset[tuple[str, str]] = frozenset()
    settled: frozenset[str] = frozenset()
    drafts: tuple[bytes, ...] = ()
    private: frozenset[tuple[str, bytes]] = frozenset()


def held_by(store: Store) -> Held:
    entries = journal.entries(store, limit=1_000_000)[::-1]
    receipts = store.rows("SELECT d.id, r.jws FROM main.receipt r JOIN main.decision d USING (place)")
    outcomes = store.rows("SELECT d.id, o.outcome FROM main.outcome o JOIN main.decision d USING (place)")
    return Held(
        tuple(entry.decision.id for entry in entries),
        frozenset(outcomes),
        frozenset(receipts),
        frozenset(entry.decision.id for entry in entries if entry.settled is not None),
        tuple(encoding.encode(each) for each in drafts.drafts(store)),
        frozenset(store.rows("SELECT kind || '/' || id, body FROM main.private")),
    )


@dataclass(frozen=True)
class Step:
    """One step of the run: the calls it made, and what was held after it."""

    kind: str
    first: int
    last: int
    held: Held


@dataclass(frozen=True)
class Note:
    """A private object of this test."""

    id: str
    words: str


@dataclass
class RecordedDevice(Device):
    """A device whose disk is noted."""

    vfs: str | None = field(kw_only=True)

    @property
    def store(self) -> Store:
        if self.opened is None:
            self.opened = open_store(
                self.folder / "journal.db",
                self.folder / "mirror.db",
                DATA_KEY,
                SIGNING_KEY,
                files=files_in(self.folder),
                vfs=self.vfs,
            )
            for part in ("main", "mirror"):
                self.opened.run(f"PRAGMA {part}.wal_autocheckpoint = {PAGES_BEFORE_CHECKPOINT}")
        return self.opened


class Run:
    """A profile in use over a disk that is noted."""

    def __init__(self, seed: int, service: Service, folder: Path, disk: RecordingDisk) -> None:
        self.chance = random.Random(seed)
        self.service = service
        self.disk = disk
        folder.mkdir()
        self.device = RecordedDevice(folder, service, vfs=disk.vfs_name)
        self.other = Device(folder.with_name(f"{folder.name}-other"), service)
        self.steps: list[Step] = []
        self.acts: dict[str, str] = {}
        self.snapshots = 0
        self.statements: dict[str, list[Line]] = {}

    def play(self) -> None:
        try:
            earlier = self.a_journal_of_an_earlier_version()
            self.steps.append(Step("before", 0, len(self.disk.calls), earlier))
            self._step("migrations", lambda: self.device.store)
            self._step("snapshot", self.device.sync)
            self.other.sync()
            kinds: list[tuple[str, Callable[[], object]]] = [
                ("decision", self.a_decision),
                ("act", self.an_act),
                ("drafts", self.drafts),
                ("private object", self.a_private_object),
                ("outcomes", self.a_round),
                ("settled", self.a_conflict_is_settled),
                ("restart", self.a_restart),
                ("snapshot", self.a_snapshot),
                ("lines", self.lines_of_a_statement),
            ]
            for _ in range(STEPS):
                self._step(*self.chance.choice(kinds))
            self._step("outcomes", self.a_round)
        finally:
            self.device.close()
            self.other.close()

    def _step(self, kind: str, do: Callable[[], object]) -> None:
        first = len(self.disk.calls)
        do()
        last = len(self.disk.calls)
        self.steps.append(Step(kind, first, last, held_by(self.device.store)))

    # -- steps

    def a_journal_of_an_earlier_version(self) -> Held:
        """As the first version left it: its tables, some decisions, a stream."""
        path = self.device.folder / "journal.db"
        connection = apsw.Connection(str(path), vfs=self.disk.vfs_name)
        connection.pragma("cipher", "aegis")
        connection.pragma("key", f"raw:{DATA_KEY.hex()}")
        for pragma in ("synchronous = EXTRA", "journal_mode = WAL", "fullfsync = 1"):
            connection.execute(f"PRAGMA {pragma}")
        migrate(connection, "main", migrations_of("journal")[:1], path.name)
        made = [decide(Stance.REFUSE, on_work(0, number)) for number in range(3)]
        with connection:
            connection.execute(
                "INSERT INTO stream (id, reason) VALUES (?, 'first')", (f"{self.chance.random()}",)
            )
            for place, each in enumerate(made, 1):
                connection.execute(
                    "INSERT INTO decision (place, id, artist, act, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
                    (place, each.id, ARTIST, each.act, wire.digest_of(each), encoding.encode(each)),
                )
                connection.execute(
                    "INSERT INTO sending (stream, seq, place) VALUES (1, ?, ?)", (place, place)
                )
        connection.close()
        self.acts |= {each.id: each.act for each in made}
        return Held(tuple(each.id for each in made))

    def _record(self, *made: Decision) -> None:
        self.acts |= {each.id: each.act for each in made}
        journal.append(self.device.store, made)

    def a_decision(self) -> None:
        self._record(self._decision(self.chance.choice((Stance.REFUSE, Stance.ALLOW))))

    def _decision(self, stance: Stance, act: str = "") -> Decision:
        wish = decide(stance, on_work(0, self.chance.randrange(WORKS)), act=act)
        said = [e.decision for e in mirror.ledger(self.device.store, ARTIST)] + list(
            journal.undelivered(self.device.store)
        )
        base = [d.id for d in said if d is not None and d.register == wish.register]
        pin = journal.pins(self.device.store).get(ARTIST, Pin())
        return replace(wish, base=DecisionId(base[-1]) if base else None, seen=pin)

    def an_act(self) -> None:
        act = ActId(f"act-{self.chance.random()}")
        self._record(*(self._decision(Stance.REFUSE, act) for _ in range(self.chance.randrange(2, 40))))

    def drafts(self) -> None:
        wishes = [decide(Stance.REFUSE, on_work(0, number)) for number in range(self.chance.randrange(4))]
        drafts.replace_drafts(self.device.store, [drafts.Draft(w.register, w.stance) for w in wishes])

    def a_private_object(self) -> None:
        note = Note(f"note-{self.chance.randrange(3)}", "x" * self.chance.randrange(20, 9_000))
        private.put(self.device.store, PrivateKind.INTERVIEW, ARTIST, [note], self.service.clock())

    def a_round(self) -> None:
        self.service.clock.tick()
        self.device.sync()

    def a_conflict_is_settled(self) -> None:
        """Another device refuses what this one allows without having seen it; the person leaves it so."""
        work = on_work(0, self.chance.randrange(WORKS))
        self.other.sync()
        journal.append(self.other.store, [decide(Stance.REFUSE, work)])
        self.other.sync()
        self._record(decide(Stance.ALLOW, work))
        self.device.sync()
        for entry in journal.needing_person(self.device.store):
            journal.settle(self.device.store, entry.decision.id, Settled.LEFT, self.service.clock())

    def a_restart(self) -> None:
        self.device.close()
        _ = self.device.store

    def lines_of_a_statement(self) -> None:
        id = f"statement-{len(self.statements)}"
        lines = [a_line(number, id) for number in range(1, self.chance.randrange(2, 60))]
        self.statements[id] = lines
        self.service.add([(Kind.STATEMENT, a_statement(lines, id))], lines)
        self.device.sync()

    def a_snapshot(self) -> None:
        """The place in the feed is not known to the service any more."""
        with self.device.store.transaction(Part.MIRROR):
            profile.put(self.device.store, "cursor", "unknown")
        self.device.sync()


@dataclass
class Recorded:
    """A run that was played, and the service that it was played with, which holds all of it."""

    run: Run
    service: Service
    folder: Path

    @cached_property
    def ledger(self) -> tuple[LedgerEntry, ...]:
        """As a new device sees it; asked for once, because nothing changes any more."""
        device = Device(self.folder / "reader", self.service)
        try:
            device.sync()
            return mirror.ledger(device.store, ARTIST)
        finally:
            device.close()


@contextmanager
def recorded(number: int) -> Iterator[Recorded]:
    """Run `number`, always the same steps."""
    folder = Path(tempfile.mkdtemp(prefix="power-"))
    disk = RecordingDisk(f"power-{number}")
    try:
        with registered(disk), serving(folder, 1, WORKS) as service:
            played = Run(number, service, folder / "profile", disk)
            played.play()
            yield Recorded(played, service, folder)
    finally:
        shutil.rmtree(folder)


class Loss:
    """One loss of power in a run, and what is found afterwards."""

    def __init__(self, of: Recorded, seed: int, *, syncs_lie: bool = False) -> None:
        self.of = of
        self.chance = random.Random(seed)
        self.syncs_lie = syncs_lie
        self.figures: Counter[str] = Counter()
        self.words: list[str] = []
        steps = of.run.steps
        self.kind = self.chance.choice(sorted({step.kind for step in steps[1:]}))
        number = self.chance.choice([n for n, step in enumerate(steps) if n and step.kind == self.kind])
        self.before, self.during = steps[number - 1], steps[number]
        self.cut = self.chance.randint(self.during.first, self.during.last)

    def note(self, figure: str, words: str) -> None:
        self.figures[figure] += 1
        self.words.append(f"{figure}: {words}")

    def examine(self) -> None:
        """Switch on again: open what is found, compare, exchange with the service, compare again."""
        folder = Path(tempfile.mkdtemp(prefix="after-", dir=self.of.folder))
        calls = self.of.run.disk.calls[: self.cut]
        for name, content in after_power_loss(calls, self.chance, syncs_lie=self.syncs_lie).items():
            (folder / name).write_bytes(content)
        device = Device(folder, self.of.service)
        try:
            self._sound(device.store)
            self._nothing_missing(held_by(device.store))
            device.sync()
            self._goes_on(device.store)
        except StorageProblem as problem:
            self.note("corrupt", problem.sentence)
        finally:
            device.close()
            shutil.rmtree(folder)

    def _sound(self, store: Store) -> None:
        for part in ("main", "mirror"):
            said = store.value(f"PRAGMA {part}.integrity_check")
            if said != "ok":
                self.note("corrupt", f"{part}: {said}")

    def _nothing_missing(self, found: Held) -> None:
        """Everything acknowledged before is there; of the step that was cut, each act is there or not."""
        least, most = self.before.held, self.during.held
        if found.decisions != most.decisions[: len(found.decisions)]:
            self.note("reordered", f"{found.decisions[-5:]} is not how {most.decisions[-5:]} begins")
        missing = set(least.decisions) - set(found.decisions)
        if missing:
            self.note("acknowledged_lost", f"decisions {sorted(missing)}")
        acts = self.of.run.acts
        rest = most.decisions[len(found.decisions) :]
        if found.decisions and rest and acts[found.decisions[-1]] == acts[rest[0]]:
            self.note("corrupt", f"a part of the act {acts[rest[0]]}")
        for name in ("outcomes", "receipts", "settled"):
            gone = getattr(least, name) - getattr(found, name)
            made_up = getattr(found, name) - getattr(most, name)
            if gone or made_up:
                self.note("acknowledged_lost", f"{name}: {sorted(gone)} gone, {sorted(made_up)} made up")
        for name in ("drafts", "private"):
            if getattr(found, name) not in (getattr(least, name), getattr(most, name)):
                self.note("acknowledged_lost", f"{name} are neither those before nor those after")

    def _goes_on(self, store: Store) -> None:
        """The service knows all of it: each decision gets its outcome, and the ledgers are the same."""
        if journal.count_pending(store):
            self.note("stuck", f"{journal.count_pending(store)} still wait")
        # None of their files came through the loss: what the mirror says is here has to be here all the same.
        for id, lines in self.of.run.statements.items():
            if statements.lines(store, StatementId(id)) != tuple(lines):
                self.note("acknowledged_lost", f"lines of {id}")
        known = dict(self.of.run.steps[-1].held.outcomes)
        for entry in journal.entries(store, limit=1_000_000):
            applied = entry.outcome in journal.APPLIED
            if applied is not (Outcome(known[entry.decision.id]) in journal.APPLIED):
                self.note("diverged", f"{entry.decision.id} is {entry.outcome}")
        here, there = mirror.ledger(store, ARTIST), self.of.ledger
        if here != there:
            self.note("diverged", f"{len(here)} of {len(there)} entries of the ledger")


def run(seeds: range, tell: Tell, *, syncs_lie: bool = False) -> Counts:
    """Lose the power once for each seed; fifty in a row are of the same run."""
    total = Counts(NAME)
    for number in sorted({seed // LOSSES_A_RUN for seed in seeds}):
        with recorded(number) as of:
            for seed in seeds:
                if seed // LOSSES_A_RUN == number:
                    total += _one(of, seed, tell, syncs_lie=syncs_lie)
    return total


def _one(of: Recorded, seed: int, tell: Tell, *, syncs_lie: bool) -> Counts:
    loss = Loss(of, seed, syncs_lie=syncs_lie)
    loss.examine()
    if loss.words:
        tell("\n  ".join([f"{NAME}: seed {seed}, call {loss.cut}, during {loss.kind}", *loss.words]))
    seeds = (seed,) if loss.words else ()
    return Counts(NAME, 1, **loss.figures, seeds=seeds, met=MappingProxyType({loss.kind: 1}))
