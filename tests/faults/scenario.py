"""A profile in use, in thirty steps, each of which can be done again from the state before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from artist_console.commands.conflicts import resolve
from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.console import Console
from artist_console.commands.drafts import clear_drafts, save_drafts
from artist_console.commands.overview import mark_seen
from artist_console.commands.undo import undo
from artist_console.commands.wishes import Wish
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance, UseScope, UseScopeKind
from artist_console.domain.uses import Use
from artist_console.formats.kinds import Kind
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal, private, profile
from artist_console.store.opening import Part
from artist_console.store.private import PrivateKind
from artist_console.sync.engine import run_round
from tests.faults.power import Note
from tests.store.records import PROGRAMME, artist_id, listed, on_work, work_id
from tests.store.records import decide as a_decision
from tests.sync.devices import Device, Service
from tests.sync.test_engine import statement_rows

STEPS = 30

ARTIST = artist_id(0)
WORKS = 3


class Scenario:
    """A profile in use, step by step; each step can be done again from the state before it."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service = service
        self.other = Device(folder / "other", service)

    def steps(self) -> list[Step]:
        no, yes, back = Stance.REFUSE, Stance.ALLOW, Stance.CLEAR
        one, two, three = (on_work(0, number) for number in range(WORKS))
        all_works, drafts = ALL_MY_WORKS, self._drafts
        return [
            Step("open", lambda device: device.store),
            Step("the first round", _round, single=False),
            Step("a decision", self._decide(no, one)),
            Step("drafts", drafts(yes, two, three)),
            Step("an act that answers a draft", self._decide(no, two, one)),
            Step("outcomes", _round, single=False),
            Step("a private object", self._private("a", 40)),
            Step("a yes", self._decide(yes, three)),
            Step("an attached file", self._attach),
            Step("a wide no that keeps a yes", self._decide(no, all_works)),
            Step("other drafts", drafts(no, one)),
            Step("news", _round, self._news, single=False),
            Step("a yes, taken back", _undo),
            Step("a private object that grows", self._private("a", 9_000)),
            Step("outcomes again", _round, single=False),
            Step("a yes against a no", self._decide(yes, one), self._meanwhile_no),
            Step("a conflict comes back", _round, single=False),
            Step("the conflict is dealt with", _settle, single=False),
            Step("a visit", lambda device: mark_seen(_console(device, "visit"))),
            Step("start again", _restart),
            Step("a snapshot", _snapshot, single=False),
            Step("something unreadable", _unreadable),
            Step("it is parked", _round, single=False),
            Step("a decision behind it", self._decide(no, three)),
            Step("a private object goes", _remove_private),
            Step("no drafts", lambda device: clear_drafts(_console(device, "none"))),
            Step("an answer goes", self._decide(back, three)),
            Step("a restored service", _round, self._restore, single=False),
            Step("statements", _round, self._statements, single=False),
            Step("the last decision", self._decide(no, two)),
        ]

    # -- what a step does

    def _decide(self, stance: Stance, *subjects: Any) -> Callable[[Device], object]:
        wide = stance is not Stance.ALLOW and subjects == (ALL_MY_WORKS,)
        programme, use = (None, ANY_USE) if wide else (PROGRAMME, UseScope.of(Use.TRAIN_GENERATIVE))
        wishes = [Wish(ARTIST, each, programme, use, stance) for each in subjects]
        name = f"{stance.value} {[each.id for each in subjects]}"
        return lambda device: decide(_console(device, name), wishes, KeepChoice.KEEP_THEM)

    def _drafts(self, stance: Stance, *subjects: Any) -> Callable[[Device], object]:
        use = UseScope.of(Use.TRAIN_GENERATIVE)
        wishes = [Wish(ARTIST, each, PROGRAMME, use, stance) for each in subjects]
        return lambda device: save_drafts(_console(device, "drafts"), wishes)

    def _private(self, id: str, size: int) -> Callable[[Device], object]:
        kept = Note(id, "x" * size)
        return lambda device: private.put(
            device.store, PrivateKind.INTERVIEW, ARTIST, [kept], self.service.clock()
        )

    def _attach(self, device: Device) -> None:
        private.attach(device.store, "agreement.pdf", b"%PDF" * 5_000, self.service.clock())

    # -- what happens on the other side before

    def _news(self) -> None:
        self.service.add([(Kind.INCLUSION, listed(work_id(0, 1)))])

    def _meanwhile_no(self) -> None:
        self.other.sync()
        journal.append(self.other.store, [a_decision(Stance.REFUSE, on_work(0, 0))])
        self.other.sync()
        self.other.close()

    def _restore(self) -> None:
        self.service.back_up()
        self.service.restore()

    def _statements(self) -> None:
        statement, lines = statement_rows(1_200)
        self.service.add([(Kind.STATEMENT, statement)], lines)


@dataclass(frozen=True)
class Step:
    name: str
    do: Callable[[Device], object]
    before: Callable[[], None] = lambda: None  # on the other side, once
    single: bool = True  # one transaction of what is precious: its problem means that nothing was recorded


def _console(device: Device, name: str) -> Console:
    """Hands that make the same ids whenever the same step is done."""
    numbers = iter(range(1_000))
    folder = ProfileFolder(device.folder)
    return Console(
        device.store, None, device.service.clock, lambda: f"{name}-{next(numbers)}", folder, _no_key
    )


def _no_key() -> SigningKey:
    raise AssertionError("nothing is signed on a device here")


def _round(device: Device) -> None:
    with device.calling() as api:
        run_round(device.store, api, device.service.clock)


def _undo(device: Device) -> None:
    undo(_console(device, "undo"))


def _settle(device: Device) -> None:
    for entry in journal.needing_person(device.store):
        resolve(_console(device, "settle"), entry.decision.id, keep_mine=False)


def _restart(device: Device) -> None:
    device.close()
    _ = device.store


def _snapshot(device: Device) -> None:
    with device.store.transaction(Part.MIRROR):
        profile.put(device.store, "cursor", "unknown")
    _round(device)


def _unreadable(device: Device) -> None:
    wish = a_decision(Stance.REFUSE, on_work(0, 1))
    unheard_of = UseScope(UseScopeKind.KEY, "train.future")
    made = replace(wish, id="unreadable", act="unreadable", register=replace(wish.register, use=unheard_of))  # type: ignore[arg-type]
    journal.append(device.store, [made])


def _remove_private(device: Device) -> None:
    private.remove(device.store, PrivateKind.INTERVIEW, "a")
