"""A model of the protocol in lists and dictionaries, a few milliseconds a schedule.

What decides is the product's own: batches and replies (`sync.plan`), the judgement (`backend.judging`), the
ledger. Around it is only what a reader of PROTOCOL would write down: streams, pins, epochs, copies put back,
clones. So a million schedules can be played where the real classes play twenty thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from types import MappingProxyType

from artist_console.domain.decisions import Decision, EntryKind, Outcome, Pin
from artist_console.domain.ids import ActId, DecisionId, TermsId
from artist_console.domain.mandates import Mandate, Power
from artist_console.domain.registers import ALL_MY_WORKS, Register, Stance, UseScope
from artist_console.formats import wire
from artist_console.store.journal import Entry
from artist_console.sync import plan

from .cast import (
    A_MANAGER,
    A_MARA,
    DECIDES,
    FERRY,
    KEYS,
    MARA,
    PROGRAMMES,
    START,
    WORKS_OF,
    a_mandate,
    on_release,
    on_work,
    wide_uses,
)
from .counts import Counts, Tell
from .folding import contains, fold
from .model_service import APPLIED, Line, ModelService, StreamUnknown, applied, digest_of
from .standing import Event, events_of, wrong_yeses

NAME = "model of the protocol"
SHORT, LONG = 10_000, 1_000_000
STEPS = 26
PASSES = 6


class Cut(Exception):
    """Nothing comes back."""


class Senseless(Exception):
    """The service is not the same from one moment to the next."""


@dataclass
class Stream:
    """One stream of a journal: places in their order, the outcomes that came, and the pins since it began."""

    id: str
    places: list[int]
    outcomes: dict[int, wire.ItemOutcome] = field(default_factory=dict)  # by seq
    pins: dict[str, Pin] = field(default_factory=dict)

    def copy(self) -> Stream:
        return Stream(self.id, list(self.places), dict(self.outcomes), dict(self.pins))


@dataclass
class Client:
    """A profile: journal and mirror."""

    account: str
    journal: list[Decision] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    epoch: int | None = None
    mirror: list[Line] = field(default_factory=list)

    def copy(self) -> Client:
        streams = [stream.copy() for stream in self.streams]
        return Client(self.account, list(self.journal), streams, self.epoch, list(self.mirror))

    @property
    def tip(self) -> Pin:
        return self.mirror[-1].pin if self.mirror else Pin()

    def pending(self) -> list[Entry]:
        stream = self.streams[-1]
        first = max(stream.outcomes, default=0)
        return [
            _entry(place, self.journal[place], stream.id, seq)
            for seq, place in enumerate(stream.places[first:], first + 1)
        ]

    def outcome_of(self, place: int) -> wire.ItemOutcome | None:
        """The last word on a decision: that of the last stream which held it."""
        for stream in reversed(self.streams):
            if place in stream.places:
                return stream.outcomes.get(stream.places.index(place) + 1)
        return None

    def shown(self) -> list[Decision]:
        """What counts on the screen: the mirror, and own answers over it that it does not hold."""
        said = applied(self.mirror)
        held = {line.decision.id for line in self.mirror if line.decision is not None}
        for place, decision in enumerate(self.journal):
            outcome = self.outcome_of(place)
            if decision.id not in held and (outcome is None or outcome.outcome in APPLIED):
                said.append(decision)
        return said

    def record(self, decisions: Iterable[Decision], new_stream: str) -> None:
        if not self.streams:
            self.streams.append(Stream(new_stream, []))
        for decision in decisions:
            self.streams[-1].places.append(len(self.journal))
            self.journal.append(decision)


def _entry(place: int, decision: Decision, stream: str, seq: int) -> Entry:
    digest = digest_of(decision)
    return Entry(place, decision, stream, seq, digest, None, None, None, "", None, None, None, "")


@dataclass(frozen=True, slots=True)
class Made:
    decision: Decision
    known: frozenset[DecisionId]


class Model:
    """One schedule."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.rough = self.chance.choice((0.05, 0.2, 0.45))
        self.service = ModelService((a_mandate(DECIDES, MARA, A_MANAGER, Power.DECIDE, START.date()),))
        self.clients = [Client(A_MARA), Client(A_MARA), Client(A_MANAGER)]
        self.made: dict[DecisionId, Made] = {}
        self.late: list[tuple[str, wire.PushBatch]] = []
        self.backups: list[ModelService] = []
        self.copies: list[tuple[int, Client]] = []
        self.signed: dict[DecisionId, frozenset[DecisionId]] = {}
        self.wrong: list[tuple[str, str]] = []
        self.met: Counter[str] = Counter()
        self._numbers = iter(range(1, 10**9))

    # -- what happens

    def play(self) -> None:
        steps = (
            (self.decides, 9.0),
            (self.syncs, 9.0),
            (self.late_arrives, 1.0),
            (self.is_backed_up, 0.8),
            (self.is_restored, 0.8),
            (self.is_copied, 0.6),
            (self.is_put_back, 0.6),
            (self.is_cloned, 0.3),
            (self.loses_its_mirror, 0.4),
            (self.mandate_changes, 0.5),
            (self.answers_a_proposal, 0.8),
        )
        kinds, weights = [step for step, _ in steps], [weight for _, weight in steps]
        for step in self.chance.choices(kinds, weights, k=STEPS):
            step()
            self.met[step.__name__] += 1
        self.come_to_rest()
        self.check()

    def decides(self) -> None:
        client = self.chance.choice(self.clients)
        said = client.shown()
        known = frozenset(d.id for d in said) | frozenset(d.id for d in client.journal)
        act = ActId(f"act-{next(self._numbers)}")
        kind = self.chance.random()
        if kind < 0.45:
            count = self.chance.choice((1, 1, 1, 2, 3))
            registers = list(dict.fromkeys(self._narrow() for _ in range(count)))
            stance = Stance.ALLOW
        elif kind < 0.85:
            registers = [self._wide() if self.chance.random() < 0.5 else self._narrow()]
            stance = Stance.REFUSE
        else:
            last = {d.register: d for d in said}
            registers = [r for r, d in last.items() if d.stance is not Stance.CLEAR][-1:]
            stance = Stance.CLEAR
        made = [self._decision(client, register, stance, act, said) for register in registers]
        client.record(made, f"stream-{next(self._numbers)}")
        own = known
        for decision in made:
            self.made[decision.id] = Made(decision, own)
            own |= {decision.id}

    def _narrow(self) -> Register:
        work = self.chance.choice(WORKS_OF[MARA])
        return Register(
            MARA, on_work(work), self.chance.choice(PROGRAMMES), _KEY_SCOPES[self.chance.randrange(2)]
        )

    def _wide(self) -> Register:
        subject = self.chance.choice(_WIDE)
        programme = self.chance.choice((None, *PROGRAMMES))
        return Register(MARA, subject, programme, self.chance.choice(_USES))

    def _decision(
        self, client: Client, register: Register, stance: Stance, act: ActId, said: list[Decision]
    ) -> Decision:
        shown = next((d for d in reversed(said) if d.register == register), None)
        base = shown.id if shown is not None and shown.stance is not Stance.CLEAR else None
        allowing = stance is Stance.ALLOW
        return Decision(
            DecisionId(f"d{next(self._numbers)}"),
            register,
            stance,
            client.account,  # type: ignore[arg-type]
            START,
            act,
            terms=TermsId(f"terms-{register.programme}-1") if allowing else None,
            terms_sha256="01" * 32 if allowing else "",
            base=base,
            seen=client.tip,
            keeps=self._keeps(register, said) if stance is Stance.REFUSE else (),
        )

    def _keeps(self, register: Register, said: list[Decision]) -> tuple[DecisionId, ...]:
        if self.chance.random() < 0.5:
            return ()
        allowed = {d.register for d in said if d.stance is Stance.ALLOW} - {register}
        return tuple(
            id
            for cell in sorted(allowed, key=repr)
            if contains(register, cell)
            for id in fold(cell, said).allows
        )

    def syncs(self) -> None:
        client = self.chance.choice(self.clients)
        try:
            self.round(client, self.rough)
        except (Cut, Senseless) as error:
            self.met[type(error).__name__] += 1

    def late_arrives(self) -> None:
        if self.late:
            account, batch = self.late.pop(self.chance.randrange(len(self.late)))
            self._deliver(account, batch)

    def _deliver(self, account: str, batch: wire.PushBatch) -> None:
        try:
            self.service.receive(account, batch)
        except StreamUnknown:
            self.met["late and refused"] += 1

    def is_backed_up(self) -> None:
        self.backups.append(self.service.copy())

    def is_restored(self) -> None:
        if self.backups:
            self.service = self.chance.choice(self.backups).copy()
            if self.chance.random() < 0.5:
                self.service.epoch = next(self._numbers)

    def is_copied(self) -> None:
        which = self.chance.randrange(len(self.clients))
        self.copies.append((which, self.clients[which].copy()))

    def is_put_back(self) -> None:
        if self.copies:
            which, copy = self.chance.choice(self.copies)
            self.clients[which] = copy.copy()

    def is_cloned(self) -> None:
        if len(self.clients) < 5:
            self.clients.append(self.chance.choice(self.clients).copy())

    def loses_its_mirror(self) -> None:
        self.chance.choice(self.clients).mirror = []

    def mandate_changes(self) -> None:
        power = self.chance.choice((None, Power.DECIDE, Power.PROPOSE))
        mandates: tuple[Mandate, ...] = ()
        if power is not None:
            mandates = (a_mandate(DECIDES, MARA, A_MANAGER, power, START.date()),)
        self.service.mandates = mandates

    def answers_a_proposal(self) -> None:
        client = self.clients[0]
        open_ones = [line for line in client.mirror if line.kind is EntryKind.PROPOSAL]
        if not open_ones:
            return
        proposal = self.chance.choice(open_ones).decision
        assert proposal is not None
        known = frozenset(d.id for d in client.shown()) | frozenset(d.id for d in client.journal)
        if self.service.answer(proposal.id, signs=self.chance.random() < 0.6, seen=client.tip):
            self.signed[proposal.id] = known

    # -- a round

    def round(self, client: Client, rough: float = 0.0) -> bool:
        """One round over a rough line; gives whether it brought nothing new."""
        again = [False]
        quiet = self._exchange(client, [], rough, again)
        for _ in range(2):
            while batches := plan.plan_push(client.pending()) if client.streams else ():
                quiet = False
                for batch in batches:
                    if not self._exchange(client, list(batch), rough, again):
                        break
            quiet = self._pull(client, rough, again) and quiet
            if not client.streams or not client.pending():
                break
        return quiet and not again[0]

    def _exchange(self, client: Client, entries: list[Entry], rough: float, again: list[bool]) -> bool:
        """Send one batch, empty or not, and carry out what the plan of its reply says."""
        stream = client.streams[-1] if client.streams else Stream("pins", [])
        pins = dict(stream.pins)
        message = (
            plan.batch_of(entries, pins)
            if entries
            else wire.PushBatch(stream_id=stream.id, items=[], pins=pins)
        )
        try:
            reply = self._ask(client.account, message, rough)
        except StreamUnknown:
            self._start_again(client, again)
            return False
        epoch = str(client.epoch) if client.epoch is not None else None
        actions = plan.plan_reply(entries, stream.id, pins, epoch, reply)
        if isinstance(actions[0], plan.StartAgain):
            client.epoch = int(reply.epoch)
            self._start_again(client, again)
            return False
        if isinstance(actions[0], plan.Senseless):
            raise Senseless
        client.epoch = int(reply.epoch)
        for action in actions:
            if isinstance(action, plan.RecordOutcome):
                seq = action.entry.seq
                if seq in stream.outcomes:
                    self.wrong.append(("doubled", "an outcome is recorded once"))
                stream.outcomes[seq] = next(o for o in reply.outcomes if o.seq == seq)
        moved = actions[-1]
        assert isinstance(moved, plan.MovePins)
        self._move_pins(stream, moved.seen)
        return True

    def _move_pins(self, stream: Stream, seen: Mapping[str, Pin]) -> None:
        for artist, pin in seen.items():
            if pin.n and pin.n > stream.pins.get(artist, Pin()).n:
                stream.pins[artist] = pin

    def _ask(self, account: str, message: wire.PushBatch, rough: float) -> wire.PushReply:
        luck = self.chance.random() if rough else 1.0
        if luck < rough * 0.3:
            if self.chance.random() < 0.5:
                self.late.append((account, message))
            raise Cut
        if luck < rough * 0.6:
            self.service.receive(account, message)
            raise Cut
        reply = self.service.receive(account, message)
        if luck < rough * 0.8:
            reply = self.service.receive(account, message)
        elif luck < rough:
            self.late.append((account, message))
        return reply

    def _start_again(self, client: Client, again: list[bool]) -> None:
        if again[0]:
            raise Senseless
        again[0] = True
        client.streams.append(Stream(f"stream-{next(self._numbers)}", list(range(len(client.journal)))))
        client.mirror = []

    def _pull(self, client: Client, rough: float, again: list[bool]) -> bool:
        if rough and self.chance.random() < rough * 0.3:
            raise Cut
        if client.epoch is not None and client.epoch != self.service.epoch:
            client.epoch = self.service.epoch
            self._start_again(client, again)
        lines = self.service.lines if self.service.sees(client.account) else []
        tip = client.tip
        follows = len(lines) >= tip.n and (not tip.n or lines[tip.n - 1].head == tip.head)
        if lines and not follows:
            self._start_again(client, again)
        quiet = len(lines) == len(client.mirror)
        client.mirror = list(lines)
        if client.streams and lines:
            self._move_pins(client.streams[-1], {MARA: client.tip})
        return quiet

    # -- the end

    def come_to_rest(self) -> None:
        for account, batch in self.late:
            self._deliver(account, batch)
        for _ in range(PASSES):
            try:
                quiet = [self.round(client) for client in self.clients]
                if all(quiet):
                    return
            except Senseless:
                continue
        self.wrong.append(("stuck", "no rest"))

    def check(self) -> None:
        lines = self.service.lines
        ids = [line.decision.id for line in lines if line.decision is not None]
        if len(ids) != len(set(ids)):
            self.wrong.append(("doubled", "a decision stands twice"))
        places = {id: n for n, id in enumerate(ids)}
        counting = {line.decision.id for line in lines if line.decision and line.kind is EntryKind.DECISION}
        for client in self.clients:
            self._check_client(client, places, counting)
            if self.service.sees(client.account) and client.mirror != lines:
                self.wrong.append(("diverged", "a device shows another ledger"))
        self._check_yes()

    def _check_client(self, client: Client, places: dict[DecisionId, int], counting: set[DecisionId]) -> None:
        order = [places[d.id] for d in client.journal if d.id in places]
        if order != sorted(order):
            self.wrong.append(("reordered", "a decision overtook another of its device"))
        ends: dict[str, set[str]] = {}
        for place, decision in enumerate(client.journal):
            given = client.outcome_of(place)
            if given is None:
                self.wrong.append(("lost", f"{decision.id} has no outcome"))
                continue
            outcome = given.outcome
            self.met[f"end: {outcome.value}"] += 1
            end = "applied" if outcome in APPLIED else outcome.value
            ends.setdefault(decision.act, set()).add(end)
            if outcome in APPLIED and decision.id not in counting:
                self.wrong.append(("acknowledged_lost", f"{decision.id} was told and is not there"))
            if outcome is Outcome.PROPOSED and decision.id not in places:
                self.wrong.append(("acknowledged_lost", f"{decision.id} was proposed and is not there"))
            if decision.stance is Stance.REFUSE:
                own = client.account == A_MARA
                if outcome is Outcome.CONFLICT or (own and end != "applied"):
                    self.wrong.append(("refusal_blocked", f"{decision.id} is a no and {outcome.value}"))
        if any(len(each) > 1 for each in ends.values()):
            self.wrong.append(("diverged", "an act came to several ends"))

    def _check_yes(self) -> None:
        events = events_of(self.service.lines)

        def known_to(event: Event) -> frozenset[DecisionId] | None:
            id = event.decision.id
            return self.signed.get(id) if event.signed else self.made[id].known

        for decision, why in wrong_yeses(events, known_to):
            self.wrong.append(("stale_allow", f"{decision.id} counts, and {why}"))
        for event in events:
            decision = event.decision
            held = self.service.judged[decision.id]
            decides = any(Power.DECIDE in mandate.powers for mandate in held)
            if decision.made_by != A_MARA and not event.signed and not decides:
                self.wrong.append(("stale_allow", f"{decision.id} counts without power"))


_KEY_SCOPES = [UseScope.of(key) for key in KEYS[:2]]
_USES = wide_uses()
_WIDE = (ALL_MY_WORKS, on_release(FERRY), on_work(WORKS_OF[MARA][0]))


def play(seed: int) -> Model:
    model = Model(seed)
    model.play()
    return model


def _figures(model: Model) -> dict[str, int]:
    return dict(Counter(figure for figure, _ in model.wrong))


def run(seeds: Iterable[int], tell: Tell) -> Counts:
    """The counts of the schedules of these seeds."""
    total, met = Counts(NAME), Counter[str]()
    runs = 0
    for seed in seeds:
        model = play(seed)
        runs += 1
        met += model.met
        if model.wrong:
            tell(f"model {seed}: {model.wrong}")
            total += Counts(NAME, seeds=(seed,), met=MappingProxyType({}), **_figures(model))
    return replace(total, runs=runs, met=MappingProxyType(dict(met)))
