"""Two devices of one account, one service, a line that loses calls, restarts and restores, in any order.

However they interleave: every decision ends in the ledger once, in the order of its device, or as a conflict
that the device keeps showing; and in the end both devices show what the service holds.
`ARTIST_CONSOLE_LONG_TESTS=1` plays longer and more often.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from artist_console.domain.decisions import Decision, Outcome, Pin, effective
from artist_console.domain.problems import NetworkProblem
from artist_console.domain.registers import Stance
from artist_console.formats import ledger_proof
from artist_console.store import journal, mirror, projection
from tests.store.records import artist_id, decide, on_work
from tests.sync.devices import START, Device, serving

ARTIST = artist_id(0)
WORKS = 3
LONG = bool(os.environ.get("ARTIST_CONSOLE_LONG_TESTS"))
devices = st.integers(0, 1)


class TwoDevices(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="two-devices-"))
        self.closing = ExitStack()
        self.service = self.closing.enter_context(serving(self.folder, 1, WORKS))
        self.devices = [Device(self.folder / f"device-{n}", self.service) for n in range(2)]
        self.made: list[list[Decision]] = [[], []]
        self.backed_up = False

    def teardown(self) -> None:
        try:
            self.settle_down()
        finally:
            for device in self.devices:
                device.close()
            self.closing.close()
            shutil.rmtree(self.folder)

    # -- what happens

    @rule(who=devices, work=st.integers(0, WORKS - 1), allow=st.booleans(), wide=st.booleans())
    def somebody_decides(self, who: int, work: int, allow: bool, wide: bool) -> None:
        device = self.devices[who]
        wish = decide(Stance.ALLOW, on_work(0, work)) if allow else decide()
        if not allow and not wide:
            wish = decide(Stance.REFUSE, on_work(0, work))
        said = mirror.facts(device.store, START).said.get(ARTIST, ())
        shown = effective(wish.register, said)
        made = replace(
            wish,
            base=shown.id if shown else None,
            seen=journal.pins(device.store).get(ARTIST, Pin()),
        )
        journal.append(device.store, [made])
        self.made[who].append(made)

    @rule(who=devices)
    def a_round(self, who: int) -> None:
        self.devices[who].sync()

    @rule(who=devices, after=st.integers(0, 5), on_the_way_back=st.booleans())
    def a_round_that_is_cut(self, who: int, after: int, on_the_way_back: bool) -> None:
        line = self.devices[who].line
        line.after = after
        if on_the_way_back:
            line.lose_replies = 1
        else:
            line.lose_requests = 1
        with suppress(NetworkProblem):
            self.devices[who].sync()
        line.after = line.lose_replies = line.lose_requests = 0

    @rule(who=devices)
    def a_device_restarts(self, who: int) -> None:
        self.devices[who].close()

    @rule(who=devices)
    def a_mirror_is_lost(self, who: int) -> None:
        self.devices[who].close()
        for path in self.devices[who].folder.glob("mirror.db*"):
            path.unlink()

    @precondition(lambda self: not self.backed_up)
    @rule()
    def the_service_is_backed_up(self) -> None:
        self.service.back_up()
        self.backed_up = True

    @precondition(lambda self: self.backed_up)
    @rule(says_so=st.booleans())
    def the_service_is_restored(self, says_so: bool) -> None:
        self.service.restore(says_so=says_so)

    # -- what holds all the time

    @invariant()
    def no_decision_is_gone_from_its_journal(self) -> None:
        for device, made in zip(self.devices, self.made, strict=True):
            kept = [e.decision for e in journal.entries(device.store, limit=10_000)]
            assert kept == made[::-1]

    @invariant()
    def the_ledger_holds_nothing_twice(self) -> None:
        ids = [decision.id for decision in self.ledger()]
        assert len(ids) == len(set(ids))

    # -- what holds in the end

    def settle_down(self) -> None:
        for _ in range(2):
            for device in self.devices:
                device.sync()
        ledger = self.ledger()
        for device, made in zip(self.devices, self.made, strict=True):
            assert journal.count_pending(device.store) == 0
            self.check_journal(device, made, ledger)
            held = mirror.ledger(device.store, ARTIST)
            assert [e.decision for e in held] == ledger
            assert ledger_proof.check_chain(held).holds
            assert mirror.own_decisions(device.store).laid_over == ()
            projection.refresh(device.store, START.date())

    def check_journal(self, device: Device, made: list[Decision], ledger: list[Decision]) -> None:
        applied = []
        for decision in made:
            entry = journal.entry(device.store, decision.id)
            assert entry is not None
            if entry.outcome is Outcome.CONFLICT:
                assert decision.stance is Stance.ALLOW, "a refusal always applies"
                assert decision not in ledger
                assert entry in journal.needing_person(device.store)
            else:
                assert entry.outcome in journal.APPLIED
                assert journal.receipts(device.store, decision.id)
                applied.append(decision)
        assert _in_order(applied, ledger)

    def ledger(self) -> list[Decision]:
        with self.service.backend.service.database.reading() as connection:
            state = self.service.backend.service.ledgers.state(connection, ARTIST)
        return [recording.decision for recording in state.said.recordings]


def _in_order(some: list[Decision], everything: Iterable[Decision]) -> bool:
    """Whether all of `some` stand in `everything`, in their order."""
    rest = iter(everything)
    return all(decision in rest for decision in some)


TwoDevices.TestCase.settings = settings(
    max_examples=80 if LONG else 6,
    stateful_step_count=30 if LONG else 14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_two_devices_and_one_service_lose_double_and_reorder_nothing = TwoDevices.TestCase
