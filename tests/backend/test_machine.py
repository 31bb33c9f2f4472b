"""Two devices of the artist and one of a manager, with lost replies, resends and restarts.

The model keeps only what the devices were told. At every step the ledger is one gapless chain, and nothing
that was confirmed is lost, doubled or in another order than its stream sent it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry, Outcome, Pin, recordings
from artist_console.domain.ids import AccountId
from artist_console.domain.registers import ALL_MY_WORKS, Stance
from artist_console.domain.uses import Use
from artist_console.formats.encoding import decode
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import check_chain
from artist_console.formats.wire import PushReply, decode_row

from .places import InFile, Place
from .world import (
    HARBOUR,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    SALT,
    Backend,
    Device,
    a_backend,
    a_decision,
    a_mandate,
    an_allow,
    mandate_step,
    work_subject,
)

APPLIED = (Outcome.ACCEPTED, Outcome.ACCEPTED_OVER, Outcome.DUPLICATE)


class Client:
    """A device with its journal, what it was told, and what it has seen of the ledger."""

    def __init__(self, device: Device, account: AccountId) -> None:
        self.device = device
        self.account = account
        self.journal: list[Decision] = []
        self.told: dict[str, Outcome] = {}
        self.seen = Pin()
        self.entries: list[LedgerEntry] = []

    def look(self) -> None:
        self.entries = ledger(self.device)
        self.seen = Pin(self.entries[-1].n, self.entries[-1].head) if self.entries else Pin()

    def decide(self, decision: Decision) -> Decision:
        """As a person decides who sees what this device shows."""
        shown = None
        own = [d for d in self.journal if d.id not in self.told]
        for said in (*(r.decision for r in recordings(self.entries)), *own):
            if said.register == decision.register:
                shown = None if said.stance is Stance.CLEAR else said.id
        made = replace(decision, base=shown, seen=self.seen, made_by=self.account)
        self.journal.append(made)
        return made

    def push(self, lose_reply: bool) -> None:
        pending = [d for d in self.journal if d.id not in self.told]
        if not pending:
            return
        first = self.journal.index(pending[0]) + 1
        answer = self.device.send(self.device.batch(*pending, first=first))
        assert answer.status_code == 200, answer.text
        if lose_reply:
            return
        reply = decode(PushReply, answer.content)
        assert [o.decision_id for o in reply.outcomes] == [d.id for d in pending]
        assert reply.next_seq == len(self.journal) + 1
        self.told |= {o.decision_id: o.outcome for o in reply.outcomes}


def ledger(device: Device) -> list[LedgerEntry]:
    items = device.get(f"ledger/{MARA}")["items"]
    return [decode_row(Kind.ENTRY, msgspec.json.encode(item)) for item in items]


class Devices(RuleBasedStateMachine):
    clients = Bundle("clients")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.backend: Backend = self.stack.enter_context(a_backend(place, mandate_step(a_mandate())))
        self.all: list[Client] = []

    @initialize(target=clients, account=st.just(MARA_ACCOUNT))
    def first(self, account: AccountId) -> Client:
        return self.add(account)

    @initialize(target=clients, account=st.just(MARA_ACCOUNT))
    def second(self, account: AccountId) -> Client:
        return self.add(account)

    @initialize(target=clients, account=st.just(MANAGER))
    def third(self, account: AccountId) -> Client:
        return self.add(account)

    def add(self, account: AccountId) -> Client:
        client = Client(self.backend.sign_in(account), account)
        self.all.append(client)
        return client

    @rule(client=clients, work=st.sampled_from([SALT, HARBOUR]))
    def refuse_a_work(self, client: Client, work: str) -> None:
        client.decide(a_decision(Stance.REFUSE, work_subject(work)))

    @rule(client=clients)
    def refuse_everything(self, client: Client) -> None:
        client.decide(a_decision(Stance.REFUSE, ALL_MY_WORKS))

    @rule(client=clients)
    def take_back(self, client: Client) -> None:
        client.decide(a_decision(Stance.CLEAR, ALL_MY_WORKS))

    @rule(client=clients, work=st.sampled_from([SALT, HARBOUR]))
    def allow(self, client: Client, work: str) -> None:
        client.decide(an_allow(work, Use.TRAIN_GENERATIVE))

    @rule(client=clients, lose_reply=st.booleans())
    def push(self, client: Client, lose_reply: bool) -> None:
        client.push(lose_reply)

    @rule(client=clients)
    def look(self, client: Client) -> None:
        client.look()

    @rule(client=clients)
    def resend_everything_in_a_new_stream(self, client: Client) -> None:
        """As after a rewound backend: what is known comes back as it was told."""
        if not client.journal or any(d.id not in client.told for d in client.journal):
            return
        client.device.stream += "'"
        reply = client.device.push(*client.journal, first=1)
        for outcome in reply.outcomes:
            former = client.told[outcome.decision_id]
            assert outcome.outcome is former or (former in APPLIED and outcome.outcome is Outcome.DUPLICATE)

    @rule()
    def restart(self) -> None:
        self.backend.restart()

    @invariant()
    def the_ledger_is_one_chain_with_everything_confirmed_once(self) -> None:
        if not self.all:
            return
        entries = ledger(self.all[0].device)
        assert check_chain(entries).holds
        ids = [e.decision.id for e in entries if e.decision is not None]
        assert len(ids) == len(set(ids))
        applied = {e.decision.id for e in entries if e.kind is EntryKind.DECISION and e.decision}
        for client in self.all:
            for decision in client.journal:
                told = client.told.get(decision.id)
                if told in APPLIED:
                    assert decision.id in applied
                elif told is not None:
                    assert decision.id not in applied
            order = [ids.index(d.id) for d in client.journal if d.id in ids]
            assert order == sorted(order)

    def teardown(self) -> None:
        self.stack.close()


def test_devices(new_place: Callable[[], Place]) -> None:
    run_state_machine_as_test(
        lambda: Devices(new_place()),
        settings=settings(
            max_examples=12 if isinstance(new_place(), InFile) else 5,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
