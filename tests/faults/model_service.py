"""The service of the model: ledger, streams and outcomes of one artist in memory, judged by the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from artist_console.backend import judging
from artist_console.backend.judging import Said, Sight, fault_of_act
from artist_console.domain.decisions import Decision, EntryKind, Outcome, Pin, Recording
from artist_console.domain.ids import AccountId, DecisionId, ProgrammeId, ReleaseId
from artist_console.domain.mandates import Mandate
from artist_console.domain.programmes import TermsVersion
from artist_console.domain.registers import Stance
from artist_console.domain.works import Release
from artist_console.formats import wire
from artist_console.formats.kinds import Kind

from .cast import A_MARA, MARA, ROWS, START

APPLIED = (Outcome.ACCEPTED, Outcome.ACCEPTED_OVER, Outcome.DUPLICATE)
_TERMS = {
    programme: tuple(row for kind, row in ROWS if kind is Kind.TERMS and row.programme == programme)
    for programme in {row.programme for kind, row in ROWS if kind is Kind.TERMS}
}
_RELEASES: dict[str, Release] = {row.id: row for kind, row in ROWS if kind is Kind.RELEASE}
_ARTISTS = frozenset({A_MARA})


class StreamUnknown(Exception):
    """A gap, or another decision at a place."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger."""

    n: int
    head: str
    kind: EntryKind
    decision: Decision | None
    names: DecisionId | None = None

    @property
    def pin(self) -> Pin:
        return Pin(self.n, self.head)


def applied(lines: list[Line]) -> list[Decision]:
    """What counts, in ledger order."""
    proposed: dict[DecisionId | None, Decision] = {}
    found: list[Decision] = []
    for line in lines:
        if line.kind is EntryKind.DECISION and line.decision is not None:
            found.append(line.decision)
        elif line.kind is EntryKind.PROPOSAL and line.decision is not None:
            proposed[line.decision.id] = line.decision
        elif line.kind is EntryKind.CO_SIGNATURE and line.names in proposed:
            found.append(proposed.pop(line.names))
    return found


@lru_cache(maxsize=4_096)
def digest_of(decision: Decision) -> str:
    """What tells two decisions apart; the real one hashes the canonical record."""
    return f"{hash(decision):x}"


@dataclass(frozen=True, slots=True)
class _Item:
    digest: str
    outcome: wire.ItemOutcome


class ModelService:
    """One epoch's worth of a service."""

    def __init__(self, mandates: tuple[Mandate, ...]) -> None:
        self.epoch = 0
        self.mandates = mandates
        self.lines: list[Line] = []
        self.streams: dict[str, list[_Item]] = {}
        self.known: dict[DecisionId, _Item] = {}
        self.proposals: dict[DecisionId, Decision] = {}
        self.co_signed: frozenset[DecisionId] = frozenset()
        self.judged: dict[DecisionId, tuple[Mandate, ...]] = {}  # the mandates when a decision arrived
        self._said = Said()

    def copy(self) -> ModelService:
        made = ModelService(self.mandates)
        made.epoch = self.epoch
        made.lines = list(self.lines)
        made.streams = {id: list(items) for id, items in self.streams.items()}
        made.known = dict(self.known)
        made.proposals = dict(self.proposals)
        made.co_signed = self.co_signed
        made.judged = dict(self.judged)
        made._said = self._said
        return made

    def sees(self, account: str) -> bool:
        return account == A_MARA or bool(self.mandates)

    @property
    def pin(self) -> Pin:
        return self.lines[-1].pin if self.lines else Pin()

    def holds(self, pin: Pin) -> bool:
        if pin.n == 0:
            return pin.head == ""
        return pin.n <= len(self.lines) and self.lines[pin.n - 1].head == pin.head

    def receive(self, account: str, batch: wire.PushBatch) -> wire.PushReply:
        """PROTOCOL, rules 3 to 7. Raises StreamUnknown."""
        pins = batch.pins
        seen = self.sees(account) and bool(batch.items or pins)
        heads: dict[str, Pin] = {MARA: self.pin} if seen else {}
        stream = self.streams.get(batch.stream_id, [])
        expected = len(stream) + 1
        if not all(self.holds(pin) for pin in pins.values()):
            return wire.PushReply(str(self.epoch), batch.stream_id, expected, [], heads, rewound=True)
        if batch.items and batch.items[0].seq > expected:
            raise StreamUnknown
        known = [item for item in batch.items if item.seq < expected]
        if any(stream[item.seq - 1].digest != item.digest for item in known):
            raise StreamUnknown
        fresh = batch.items[len(known) :]
        outcomes = [stream[item.seq - 1].outcome for item in known]
        if fresh:
            stream = self.streams.setdefault(batch.stream_id, [])
            for _, act in groupby(fresh, key=lambda item: item.decision.act):
                outcomes += self._act(account, batch.stream_id, list(act), stream)
            heads = {MARA: self.pin} if self.sees(account) else {}
        return wire.PushReply(str(self.epoch), batch.stream_id, len(stream) + 1, outcomes, heads)

    def _act(
        self, account: str, stream_id: str, items: list[wire.PushItem], stream: list[_Item]
    ) -> list[wire.ItemOutcome]:
        new = [item for item in items if item.decision.id not in self.known]
        assert fault_of_act([item.decision for item in items]) is None
        judged = iter(self._judge(account, stream_id, new))
        outcomes = []
        for item in items:
            known = self.known.get(item.decision.id)
            outcome = next(judged) if known is None else _again(item, known.outcome)
            self.known.setdefault(item.decision.id, _Item(item.digest, outcome))
            outcomes.append(outcome)
        stream += [_Item(item.digest, outcome) for item, outcome in zip(items, outcomes, strict=True)]
        return outcomes

    def _judge(self, account: str, stream_id: str, items: list[wire.PushItem]) -> list[wire.ItemOutcome]:
        if not items:
            return []
        verdicts = judging.judge_act(self._sight(account, stream_id), [item.decision for item in items])
        outcomes = []
        for item, verdict in zip(items, verdicts, strict=True):
            self.judged[item.decision.id] = self.mandates
            place: Pin | None = None
            if verdict.outcome in APPLIED:
                place = self._write(EntryKind.DECISION, item.decision)
            elif verdict.outcome is Outcome.PROPOSED:
                place = self._write(EntryKind.PROPOSAL, item.decision)
                self.proposals[item.decision.id] = item.decision
            n, head = (place.n, place.head) if place is not None else (None, None)
            outcomes.append(
                wire.ItemOutcome(
                    item.seq, item.decision.id, verdict.outcome, None, n, head, "", verdict.against
                )
            )
        return outcomes

    def _sight(self, account: str, stream_id: str) -> Sight:
        own = {item.outcome.decision_id for item in self.streams.get(stream_id, [])}
        return Sight(
            account=AccountId(account),
            is_artist=account == A_MARA,
            mandates=self.mandates if account != A_MARA else (),
            artist_accounts=_ARTISTS,
            said=self._said,
            co_signed=self.co_signed,
            now=START,
            from_stream=lambda id: id in own,
            holds_pin=self.holds,
            terms_of=_terms_of,
            answers_for=lambda subject: True,
            release=_release,
        )

    def _write(self, kind: EntryKind, decision: Decision | None, names: DecisionId | None = None) -> Pin:
        before = self.lines[-1].head if self.lines else ""
        head = f"{hash((before, kind.value, decision.id if decision else '', names or '')):x}"
        line = Line(len(self.lines) + 1, head, kind, decision, names)
        self.lines.append(line)
        counts = decision if kind is EntryKind.DECISION else None
        if kind is EntryKind.CO_SIGNATURE and names is not None:
            counts = self.proposals.pop(names)
            self.co_signed |= {names}
        if counts is not None:
            self._said = self._said.and_then([Recording(line.n, START, counts)])
        return line.pin

    def answer(self, proposal: DecisionId, *, signs: bool, seen: Pin) -> bool:
        """The artist signs or declines; gives whether it was recorded."""
        found = self.proposals.get(proposal)
        if found is None:
            return False
        if not signs:
            self.proposals.pop(proposal)
            self._write(EntryKind.PROPOSAL_DECLINED, None, proposal)
            return True
        if found.stance is not Stance.REFUSE:
            sight = self._sight(A_MARA, "")
            known = seen.n if self.holds(seen) else 0
            if any(
                r.n > known and sight.meet(found.register, r.decision.register) for r in self._said.refusals
            ):
                return False
        self._write(EntryKind.CO_SIGNATURE, None, proposal)
        return True


def _terms_of(programme: ProgrammeId) -> tuple[TermsVersion, ...]:
    return _TERMS.get(programme, ())


def _release(id: str) -> Release | None:
    return _RELEASES.get(ReleaseId(id))


def _again(item: wire.PushItem, first: wire.ItemOutcome) -> wire.ItemOutcome:
    outcome = Outcome.DUPLICATE if first.outcome in APPLIED else first.outcome
    return wire.ItemOutcome(
        item.seq, first.decision_id, outcome, None, first.n, first.head, "", first.against
    )
