"""The world without sockets: one host, the devices of several people, and what is true of them.

What is true is noted beside the product: what a person saw when they decided, whose mandate held when a
decision arrived, what the service had committed at the moment of a backup. `oracle` compares both in the end.
"""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from artist_console.backend.seed import GivenMandate, seed
from artist_console.commands.consent import KeepChoice, KeepsNotChosen
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId, DecisionId, PartyId
from artist_console.domain.mandates import Mandate
from artist_console.domain.problems import Problem, StorageProblem
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Stance
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import GiveMandate, PushBatch, PushReply, Recorded
from artist_console.store import journal, projection
from artist_console.sync.engine import SyncReport

from .cast import (
    ACCOUNTS,
    DATA_KEY,
    FIRST_MANDATES,
    OWNER_OF,
    ROWS,
    SEEDED,
    SIGNING_KEY,
    START,
)
from .devices import Clock, Device, Refusal
from .folding import contains, fold
from .host import Host, Message
from .line import NO_HARM, Harm, Line


@dataclass(frozen=True, slots=True)
class Made:
    """One decision, and what its person had before them when they made it."""

    decision: Decision
    device: str
    by: AccountId
    known: frozenset[DecisionId]  # on the screen, or recorded on this device before
    poison: bool = False  # no service of today reads it


@dataclass(frozen=True, slots=True)
class Judged:
    """The circumstances in which the service first took a decision in."""

    at: datetime
    account: AccountId
    mandates: tuple[Mandate, ...]
    terms: tuple[TermsVersion, ...]


@dataclass
class Truth:
    """What holds on the side of the host; a backup takes a copy of it along."""

    mandates: dict[str, Mandate] = field(default_factory=dict)
    terms: list[TermsVersion] = field(default_factory=list)
    judged: dict[str, Judged] = field(default_factory=dict)
    written: dict[tuple[str, int], str] = field(default_factory=dict)  # artist and place -> head
    signed: dict[str, frozenset[DecisionId]] = field(default_factory=dict)  # what a signer had seen

    def copy(self) -> Truth:
        return Truth(
            dict(self.mandates), list(self.terms), dict(self.judged), dict(self.written), dict(self.signed)
        )


class Bench:
    """Files that every world begins with, made once a process, and a host whose queries stay compiled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = START
        self.host = Host(folder / "backend.db", lambda: self.now)
        self._template = folder / "template.db"
        seed(
            self._template,
            DATA_KEY,
            SIGNING_KEY,
            rows=ROWS,
            accounts=SEEDED,
            steps=[
                GivenMandate(OWNER_OF[PartyId(m.artist)], START - timedelta(days=1), m)
                for m in FIRST_MANDATES
            ],
        )
        self.fresh()
        for account in ACCOUNTS:
            self._prepare(account)

    def fresh(self) -> None:
        self.host.stop()
        self.host.page, self.host.tokens = 1_000, {}
        self.host.on_done = lambda account, asked, said: None
        self.now = START
        self.host.put(self._template)

    def profile_of(self, account: AccountId) -> Path:
        """A profile that has synced once and decided nothing."""
        return self.folder / f"profile-{account}"

    def _prepare(self, account: AccountId) -> None:
        folder = self.profile_of(account)
        folder.mkdir()
        self.host.tokens[account] = account
        line, clock = Line(self.host, []), Clock(lambda: self.now)
        device = Device(account, account, folder, line, clock, account, lambda: "")
        device.round()
        device.close()

    def close(self) -> None:
        self.host.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@cache
def bench() -> Bench:
    """The bench of this process, in memory where the system has a folder for that."""
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="artist-console-faults-", dir=memory if memory.is_dir() else None)
    made = Bench(Path(folder))
    atexit.register(made.close)
    return made


class World:
    """One schedule's world. Devices come into being when they are first named."""

    def __init__(self, page: int = 1_000) -> None:
        self.bench = bench()
        self.bench.fresh()
        self.host = self.bench.host
        self.host.page = page
        self.host.on_done = self._note_done
        self.folder = self.bench.folder / "world"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.devices: dict[str, Device] = {}
        self.late: list[Message] = []
        self.made: dict[DecisionId, Made] = {}
        self.truth = Truth({m.id: m for m in FIRST_MANDATES}, [r for k, r in ROWS if k is Kind.TERMS])
        self.backups: list[tuple[Path, Truth]] = []
        self.kept: dict[str, list[tuple[Path, list[DecisionId]]]] = {}  # copies of folders, by device
        self.met: Counter[str] = Counter()
        self.wrong: list[tuple[str, str]] = []  # figure and words, found on the way
        self._numbers = itertools.count(1)
        self._signing: frozenset[DecisionId] = frozenset()
        self._closing = ExitStack()

    def leave_tables_alone(self) -> None:
        """Work out no rows of tables in this world: half of the time goes there, and no decision does."""
        for name in ("refresh", "refresh_rows"):
            self._closing.callback(setattr, projection, name, getattr(projection, name))
            setattr(projection, name, lambda store, today: False)

    def close(self) -> None:
        self._closing.close()
        for device in self.devices.values():
            device.close()
        self.host.on_done = lambda account, asked, said: None

    # -- time and ids

    @property
    def now(self) -> datetime:
        return self.bench.now

    def pass_time(self, span: timedelta) -> None:
        self.bench.now += span

    def number(self) -> int:
        return next(self._numbers)

    def new_id(self) -> str:
        return f"{self.number():032x}"

    # -- what is true

    def _note_done(self, account: AccountId, asked: object, said: object) -> None:
        truth = self.truth
        if isinstance(asked, PushBatch) and isinstance(said, PushReply):
            for item in asked.items:
                if item.decision.id not in truth.judged:
                    held = tuple(m for m in truth.mandates.values() if m.holder == account)
                    truth.judged[item.decision.id] = Judged(self.now, account, held, tuple(truth.terms))
            artist_of = {item.decision.id: item.decision.register.artist for item in asked.items}
            for outcome in said.outcomes:
                if outcome.n is not None and outcome.head is not None:
                    place = (artist_of[DecisionId(outcome.decision_id)], outcome.n)
                    self._note_written(place, outcome.head)
        elif isinstance(said, Recorded):
            entry = said.entry
            self._note_written((entry.artist, entry.n), entry.head)
            if entry.mandate is not None:
                truth.mandates[entry.mandate.id] = entry.mandate
            if entry.names is not None:
                truth.signed[entry.names] = self._signing

    def _note_written(self, place: tuple[str, int], head: str) -> None:
        if self.truth.written.setdefault(place, head) != head:
            self.wrong.append(("acknowledged_lost", f"{place} of the ledger is another entry now"))

    # -- devices

    def device(self, name: str, account: AccountId | None = None) -> Device:
        """The device of this name; `account` for one that is new."""
        found = self.devices.get(name)
        if found is not None:
            return found
        account = account or AccountId(name.rsplit("-", 1)[0])
        folder = self.folder / name
        shutil.copytree(self.bench.profile_of(account), folder)
        return self._add(name, account, folder)

    def _add(self, name: str, account: AccountId, folder: Path, token: str = "") -> Device:
        token = token or f"token-{name}"
        self.host.tokens[token] = account
        line, clock = Line(self.host, self.late), Clock(lambda: self.now)
        device = Device(name, account, folder, line, clock, token, self.new_id)
        self.devices[name] = device
        return device

    def clone(self, device: Device) -> Device:
        """A copy of the folder on another computer, run beside the first."""
        name = f"{device.name}'"
        while name in self.devices:
            name += "'"
        device.copy_to(self.folder / name)
        twin = self._add(name, device.account, self.folder / name, device.token)
        twin.said = list(device.said)
        twin.clock.skew = device.clock.skew
        twin.away = device.away
        return twin

    def keep_copy(self, device: Device) -> None:
        target = self.folder / f"copy-{self.number()}"
        device.copy_to(target)
        self.kept.setdefault(device.name, []).append((target, list(device.said)))

    def put_back(self, device: Device, which: int = -1) -> None:
        device.put_back(*self.kept[device.name][which])

    def put_mirror_back(self, device: Device, which: int = -1) -> None:
        """An old mirror beside the present journal."""
        source, _ = self.kept[device.name][which]
        device.lose_mirror()
        for path in source.glob("mirror.db*"):
            shutil.copyfile(path, device.folder / path.name)

    def revoke(self, device: Device) -> None:
        """The sign-in of a device, and of whoever runs a copy of it, ends."""
        self.host.tokens.pop(device.token, None)
        for each in self.devices.values():
            each.away = each.away or each.token == device.token

    def sign_in_again(self, device: Device) -> None:
        device.token = f"token-{device.name}-{self.number()}"
        device.away = False
        self.host.tokens[device.token] = device.account

    # -- deciding

    def decide(
        self,
        device: Device,
        wishes: Sequence[Wish],
        keeps: KeepChoice | None = None,
        *,
        disk: Refusal | None = None,
        after: int = 0,
    ) -> tuple[Decision, ...]:
        """What a person decides there; nothing where the device does not offer it. Raises KeepsNotChosen."""
        said = {wish.artist: device.said_of(wish.artist) for wish in wishes}
        made = self._record(device, lambda: device.decide(wishes, keeps), wishes, disk, after)
        if keeps is KeepChoice.KEEP_THEM:
            self._check_kept(made, said)
        return made

    def _check_kept(self, made: Sequence[Decision], said: Mapping[PartyId, Sequence[Decision]]) -> None:
        """A person who chose to keep narrower allows has kept them."""
        for refusal in (decision for decision in made if decision.stance is Stance.REFUSE):
            before = said[PartyId(refusal.register.artist)]
            for register in {d.register for d in before if d.stance is Stance.ALLOW} - {refusal.register}:
                if contains(refusal.register, register):
                    for allow in fold(register, before).allows:
                        if allow not in refusal.keeps:
                            self.wrong.append(("lost", f"{refusal.id} fells {allow}, which was to be kept"))

    def resolve(self, device: Device, decision: Decision, *, keep_mine: bool) -> tuple[Decision, ...]:
        return self._record(device, lambda: device.resolve(decision.id, keep_mine=keep_mine), (decision,))

    def append(self, device: Device, decisions: Sequence[Decision], *, poison: bool = False) -> None:
        """Decisions that no command would make."""

        def record() -> tuple[Decision, ...]:
            device.append(decisions)
            return tuple(decisions)

        self._record(device, record, decisions, poison=poison)

    def _record(
        self,
        device: Device,
        act: Callable[[], tuple[Decision, ...]],
        about: Sequence[Wish | Decision],
        disk: Refusal | None = None,
        after: int = 0,
        *,
        poison: bool = False,
    ) -> tuple[Decision, ...]:
        artists = {each.artist if isinstance(each, Wish) else each.register.artist for each in about}
        known = {artist: device.on_screen(artist) for artist in artists}
        before = self._journal(device)
        made: tuple[Decision, ...] = ()
        told = False
        try:
            with _disk(device, disk, after):
                made = act()
            told = bool(made)
        except KeepsNotChosen:
            raise
        except Problem as problem:
            self.met[f"decide: {type(problem).__name__}"] += 1
            self._check_nothing_new(device, before, problem)
            return ()
        # After a crash it is recorded or it is not; the person was told neither.
        fresh = [id for id in self._journal(device) if id not in set(before)]
        own = frozenset(before)
        for entry in _entries(device, fresh):
            self.made[entry.id] = Made(
                entry, device.name, device.account, known[PartyId(entry.register.artist)] | own, poison
            )
            own |= {entry.id}
        if told:
            device.said += [decision.id for decision in made]
        self.check_journal(device)
        return made

    def _check_nothing_new(self, device: Device, before: Sequence[DecisionId], problem: Problem) -> None:
        after = self._journal(device)
        if after == list(before):
            return
        if isinstance(problem, StorageProblem):
            self.wrong.append(("acknowledged_lost", "recorded, and the person was told that it was not"))
        for entry in _entries(device, [id for id in after if id not in set(before)]):
            self.made[entry.id] = Made(entry, device.name, device.account, frozenset(after))

    def _journal(self, device: Device) -> list[DecisionId]:
        return [DecisionId(id) for (id,) in device.store.rows("SELECT id FROM decision ORDER BY place")]

    def check_journal(self, device: Device) -> None:
        """What was told to be recorded is there, in the order in which it was told."""
        held = self._journal(device)
        rest = iter(held)
        if not all(id in rest for id in device.said):
            self.wrong.append(("acknowledged_lost", f"{device.name} does not hold what it said it had"))

    # -- exchange

    def round(
        self,
        device: Device,
        harm: Mapping[int, Harm] = NO_HARM,
        *,
        disk: Refusal | None = None,
        after: int = 0,
    ) -> SyncReport | Problem | None:
        """One round; gives its report, its problem, or None where the process ended in it."""
        report: SyncReport | Problem | None = None
        try:
            with _disk(device, disk, after):
                report = device.round(harm)
        except Problem as problem:
            report = problem
            self.met[f"round: {type(problem).__name__}"] += 1
        if isinstance(report, SyncReport) and report.restored:
            self.met["started again"] += 1
        for each in device.line.met:
            self.met[f"line: {each.value}"] += 1
        device.line.met.clear()
        self.check_journal(device)
        return report

    def deliver_late(self, which: int = 0) -> None:
        """Carry a request out that was held up somewhere; nobody hears the answer."""
        if self.late:
            self.host.answer(self.late.pop(which))

    def answer_proposal(
        self, device: Device, decision: DecisionId, artist: str, harm: Mapping[int, Harm], *, signs: bool
    ) -> None:
        """The artist signs or declines what the device shows as proposed."""
        self._signing = device.on_screen(artist) | frozenset(self._journal(device))
        device.line.plan(harm)
        try:
            device.answer_proposal(decision, signs=signs)
        except Problem as problem:
            self.met[f"proposal: {type(problem).__name__}"] += 1
        finally:
            device.line.calm()

    # -- the host's side

    def back_up(self) -> None:
        target = self.folder / f"backup-{self.number()}.db"
        self.host.back_up(target)
        self.backups.append((target, self.truth.copy()))

    def restore(self, which: int = -1, *, says_so: bool) -> None:
        source, truth = self.backups[which]
        self.truth = truth.copy()
        self.host.restore(source, says_so=says_so)

    def add_terms(self, terms: TermsVersion) -> None:
        self.truth.terms.append(terms)
        self.host.add([(Kind.TERMS, terms)])

    def give(self, device: Device, mandate: Mandate) -> None:
        with _online(self, device):
            device.api.give_mandate(GiveMandate(mandate))

    def take_back(self, device: Device, mandate: str) -> None:
        with _online(self, device):
            device.api.revoke_mandate(mandate)  # type: ignore[arg-type]


@contextmanager
def _online(world: World, device: Device) -> Iterator[None]:
    try:
        yield
    except Problem as problem:
        world.met[f"mandate: {type(problem).__name__}"] += 1


@contextmanager
def _disk(device: Device, disk: Refusal | None, after: int) -> Iterator[None]:
    if disk is None:
        yield
        return
    with device.refusing(disk, after):
        yield


def _entries(device: Device, ids: Sequence[DecisionId]) -> list[Decision]:
    return [entry.decision for entry in journal.of_ids(device.store, ids)] if ids else []
