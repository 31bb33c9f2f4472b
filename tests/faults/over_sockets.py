"""Devices and a real service with lines between them that do harm: decisions, rounds, restores, then quiet.

Every device has a line of its own (`proxy`), so that what happens on it is the same each time a seed is
played, also where two devices exchange at once. Each schedule draws its harms from a deck in which every kind
comes equally often.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.console import Console
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import LedgerEntry, effective
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import AuthorityProblem, InputProblem, NetworkProblem, UnknownThing
from artist_console.domain.registers import ALL_MY_WORKS, Stance, UseScope
from artist_console.domain.uses import Use
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal, mirror
from artist_console.sync.api import Api
from artist_console.sync.engine import run_round
from tests.faults import truth
from tests.faults.counts import Counts, Tell
from tests.faults.proxy import Harm, Proxy
from tests.store.records import PROGRAMME, artist_id, on_work
from tests.sync.devices import Device, Service, serving

NAME = "schedules over real sockets"
SHORT, LONG = 60, 1_000

ARTIST = artist_id(0)
WORKS = 4
STEPS = 8
HARMS_EACH = 5
QUIET_ROUNDS = 3
# How long a device waits on a line that says nothing. The answers here take a hundredth of it.
SILENCE_S = 0.25
USES = (Use.TRAIN_GENERATIVE, Use.GEN_COVER)


@dataclass
class SocketDevice(Device):
    """A device whose every byte goes through a proxy of its own."""

    proxy: Proxy = field(kw_only=True)
    silence_s: float = SILENCE_S

    @contextmanager
    def calling(self) -> Iterator[Api]:
        with Api(self.proxy.base_url, self.service.backend.token, silence_s=self.silence_s) as api:
            yield api

    def sync_through(self) -> bool:
        """One round; whether it came through."""
        try:
            with self.calling() as api:
                run_round(self.store, api, self.service.clock)
        except NetworkProblem:
            return False
        return True


class Schedule:
    """One seed: several devices of one account, one service, harm on every line."""

    def __init__(self, seed: int, folder: Path, closing: ExitStack) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.service: Service = closing.enter_context(serving(folder, 1, WORKS))
        self.devices = [self._device(number, closing) for number in range(self.chance.choice((2, 2, 3)))]
        kinds = list(Harm)
        random.Random(seed // len(kinds)).shuffle(kinds)
        self.deck = deque(kinds[(seed * HARMS_EACH + place) % len(kinds)] for place in range(HARMS_EACH))
        self.made: list[truth.Made] = []
        self.done: Counter[str] = Counter()
        self.log: list[str] = []
        self.backed_up = False

    def _device(self, number: int, closing: ExitStack) -> SocketDevice:
        proxy = closing.enter_context(Proxy(self.service.backend.base_url))
        device = SocketDevice(self.folder / f"device-{number}", self.service, proxy=proxy)
        closing.callback(device.close)
        return device

    def play(self) -> truth.Found:
        for device in self.devices:
            device.sync_through()
        steps: dict[Callable[[], None], int] = {
            self.somebody_decides: 6,
            self.a_round_with_harm: 6,
            self.all_at_once: 1,
            self.the_service_restarts: 1,
            self.a_copy_is_made_or_put_back: 1,
            self.a_device_restarts: 1,
            self.a_mirror_is_lost: 1,
        }
        for step in self.chance.choices(list(steps), weights=list(steps.values()), k=STEPS):
            step()
        while self.deck:
            self.somebody_decides()
            self.a_round_with_harm()
        return self.settle_down()

    # -- what happens

    def somebody_decides(self) -> None:
        number, device = self._somebody()
        console = Console(
            device.store, None, self.service.clock, self._new_id, ProfileFolder(device.folder), _no_key
        )
        subjects = [ALL_MY_WORKS, *(on_work(0, work) for work in range(WORKS))]
        stance = self.chance.choices(
            list(Stance), weights=[4 if s is not Stance.CLEAR else 1 for s in Stance]
        )[0]
        wide = stance is Stance.REFUSE and self.chance.random() < 0.3
        chosen = subjects[:1] if wide else self.chance.sample(subjects[1:], self.chance.choice((1, 1, 2)))
        whole = stance is Stance.REFUSE and self.chance.random() < 0.3
        use = UseScope.of(self.chance.choice(USES))
        wishes = [Wish(ARTIST, each, None if whole else PROGRAMME, use, stance) for each in chosen]
        on_screen = _ledger_ids(device)
        said = mirror.facts(device.store, self.service.clock()).said.get(ARTIST, ())
        try:
            decided = decide(console, wishes, self.chance.choice(list(KeepChoice))).value
        except (InputProblem, UnknownThing, AuthorityProblem) as problem:  # not with what is shown now
            self._note(f"device {number} wants {stance.value}: {type(problem).__name__}")
            return
        for decision in decided:
            shown = effective(decision.register, said)
            self.made.append(truth.Made(decision, number, on_screen, shown.id if shown else None))
        self._note(f"device {number}: {stance.value} {[d.id[-6:] for d in decided]}")
        self.service.clock.tick()

    def a_round_with_harm(self) -> None:
        number, device = self._somebody()
        plan = self._plan(device)
        device.proxy.harm(plan)
        through = device.sync_through()
        self._tidy(device, plan)
        self._note(f"device {number}: a round with {_words(plan)}, {'through' if through else 'cut'}")

    def all_at_once(self) -> None:
        """All devices exchange at the same time, each with harm of its own."""
        plans = [self._plan(device) for device in self.devices]
        for device, plan in zip(self.devices, plans, strict=True):
            _ = device.store
            device.proxy.harm(plan)
        lanes = [threading.Thread(target=device.sync_through) for device in self.devices]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
        for device, plan in zip(self.devices, plans, strict=True):
            self._tidy(device, plan)
        self._note(f"all at once with {[_words(plan) for plan in plans]}")

    def the_service_restarts(self) -> None:
        self.service.restart()
        self._aim()
        self._note("the service restarts")

    def a_copy_is_made_or_put_back(self) -> None:
        if self.backed_up:
            says_so = self.chance.random() < 0.5
            self.service.restore(says_so=says_so)
            self._note(f"the service is restored{'' if says_so else ' in silence'}")
        else:
            self.service.back_up()
            self.backed_up = True
            self._note("the service is copied")
        self._aim()

    def a_device_restarts(self) -> None:
        number, device = self._somebody()
        device.close()
        self._note(f"device {number} restarts")

    def a_mirror_is_lost(self) -> None:
        number, device = self._somebody()
        device.close()
        for path in device.folder.glob("mirror.db*"):
            path.unlink()
        self._note(f"device {number} loses its mirror")

    # -- harm

    def _plan(self, device: SocketDevice) -> dict[int, Harm]:
        """One or two of the deck, somewhere in the few requests of a round."""
        places = self.chance.sample(range(4), k=self.chance.choice((1, 1, 2)))
        return {place: self.deck.popleft() for place in sorted(places) if self.deck}

    def _tidy(self, device: SocketDevice, plan: dict[int, Harm]) -> None:
        """What did not come about, because the round ended before, is for a later round."""
        device.proxy.calm()
        came = device.proxy.done.copy()
        device.proxy.done.clear()
        for harm in plan.values():
            if came[harm]:
                came[harm] -= 1
                self.done[harm.value] += 1
            else:
                self.deck.append(harm)

    def _aim(self) -> None:
        for device in self.devices:
            device.proxy.aim(self.service.backend.base_url)

    # -- the end

    def settle_down(self) -> truth.Found:
        """No harm any more: after a few rounds each, everything has come to its end."""
        found = truth.Found()
        for device in self.devices:
            device.silence_s = 60.0
        for _ in range(QUIET_ROUNDS):
            for number, device in enumerate(self.devices):
                if not device.sync_through():
                    found.note("stuck", f"device {number} has no round although the line is quiet")
        entries = self._ledger()
        decisions = [entry.decision for entry in entries if entry.decision is not None]
        truth.of_ledger(decisions, self.made, found)
        for number, device in enumerate(self.devices):
            own = [each for each in self.made if each.device == number]
            if journal.count_pending(device.store):
                found.note("stuck", f"device {number} still has something to send")
            truth.of_device(device.store, own, entries, ARTIST, found)
            truth.of_files(device.store, found)
        return found

    def _ledger(self) -> list[LedgerEntry]:
        """The ledger as a device that is new sees it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            fresh = Device(Path(place), self.service)
            try:
                fresh.sync()
                return list(mirror.ledger(fresh.store, ARTIST))
            finally:
                fresh.close()

    # -- chance

    def _somebody(self) -> tuple[int, SocketDevice]:
        number = self.chance.randrange(len(self.devices))
        return number, self.devices[number]

    def _new_id(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def _note(self, words: str) -> None:
        self.log.append(words)


def _ledger_ids(device: Device) -> frozenset[DecisionId]:
    held = mirror.ledger(device.store, ARTIST)
    return frozenset(entry.decision.id for entry in held if entry.decision is not None)


def _words(plan: dict[int, Harm]) -> str:
    return ", ".join(f"{harm.value} at {place}" for place, harm in plan.items()) or "no harm"


def _no_key() -> SigningKey:
    raise AssertionError("nothing is signed on a device here")


def run(seeds: range, tell: Tell) -> Counts:
    """Play a schedule for each seed; one that does not hold is told with all that happened in it."""
    total = Counts(NAME)
    for seed in seeds:
        folder = Path(tempfile.mkdtemp(prefix="over-sockets-"))
        with suppress(FileNotFoundError), ExitStack() as closing:
            closing.callback(shutil.rmtree, folder)
            schedule = Schedule(seed, folder, closing)
            found = schedule.play()
        total += _counted(seed, schedule, found)
        if found.words:
            tell("\n  ".join([f"{NAME}: seed {seed}", *schedule.log, *found.words]))
    return total


def _counted(seed: int, schedule: Schedule, found: truth.Found) -> Counts:
    seeds = (seed,) if found.words else ()
    return Counts(NAME, 1, **found.figures, seeds=seeds, met=MappingProxyType(dict(schedule.done)))
