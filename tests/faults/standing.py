"""What begins to count in a ledger, and whether it may: the rules about a yes, from PROTOCOL alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from artist_console.domain.decisions import Decision, EntryKind
from artist_console.domain.ids import DecisionId, PartyId
from artist_console.domain.registers import Register, Stance, is_allow_like

from .cast import OWNER_OF
from .folding import Shown, fold, meets


class Entry(Protocol):
    """A line of a ledger, the real one's or the model's."""

    @property
    def n(self) -> int: ...
    @property
    def kind(self) -> EntryKind: ...
    @property
    def decision(self) -> Decision | None: ...
    @property
    def names(self) -> DecisionId | None: ...


@dataclass(frozen=True, slots=True)
class Event:
    """A decision beginning to count, at the place of the entry that made it count."""

    n: int
    decision: Decision
    signed: bool  # it was a proposal, and the artist signed it


def events_of(entries: Sequence[Entry]) -> list[Event]:
    """What counts, in the order in which it began to."""
    proposed: dict[DecisionId, Decision] = {}
    events: list[Event] = []
    for entry in entries:
        if entry.kind is EntryKind.DECISION and entry.decision is not None:
            events.append(Event(entry.n, entry.decision, False))
        elif entry.kind is EntryKind.PROPOSAL and entry.decision is not None:
            proposed[entry.decision.id] = entry.decision
        elif entry.kind is EntryKind.CO_SIGNATURE and entry.names in proposed:
            events.append(Event(entry.n, proposed.pop(entry.names), True))
        elif entry.kind is EntryKind.PROPOSAL_DECLINED and entry.names is not None:
            proposed.pop(entry.names, None)
    return events


class Known(Protocol):
    """What whoever gave a decision, or signed it, had seen; None where that is not known."""

    def __call__(self, event: Event) -> frozenset[DecisionId] | None: ...


def wrong_yeses(events: Sequence[Event], known_to: Known) -> Iterator[tuple[Decision, str]]:
    """Whatever loosens an answer and should not count, with the reason."""
    for place, event in enumerate(events):
        decision, before = event.decision, events[:place]
        if not is_allow_like(decision.stance):
            continue
        known = known_to(event)
        if known is not None:
            for former in before:
                if _is_an_unseen_no(former.decision, decision, known):
                    yield decision, f"had not seen {former.decision.id}"
        if event.signed:
            continue
        replaced = _replaced(decision, before)
        if replaced is not None and known is not None and replaced.id not in known:
            yield decision, f"replaced {replaced.id} unseen"
        if _changes_the_artists_no(decision, before):
            yield decision, "changed what the artist's own no decides"


def _is_an_unseen_no(former: Decision, decision: Decision, known: frozenset[DecisionId]) -> bool:
    return (
        former.stance is Stance.REFUSE
        and former.id not in known
        and meets(decision.register, former.register)
    )


def _replaced(decision: Decision, before: Sequence[Event]) -> Decision | None:
    """The answer of its own register that a decision replaced."""
    for former in reversed(before):
        if former.decision.register == decision.register:
            return None if former.decision.stance is Stance.CLEAR else former.decision
    return None


def _changes_the_artists_no(decision: Decision, before: Sequence[Event]) -> bool:
    """Whether somebody else's decision loosens a cell that the artist's own no decides."""
    owner = OWNER_OF[PartyId(decision.register.artist)]
    if decision.made_by == owner:
        return False
    standing: set[Register] = set()
    for event in before:
        if event.decision.stance is Stance.CLEAR:
            standing.discard(event.decision.register)
        elif event.decision.stance is Stance.REFUSE and (event.signed or event.decision.made_by == owner):
            standing.add(event.decision.register)
    if decision.stance is Stance.CLEAR:
        return decision.register in standing
    covered = any(meets(decision.register, register) for register in standing)
    return covered and fold(decision.register, [e.decision for e in before]).shown is not Shown.ALLOWED
