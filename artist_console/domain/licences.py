"""What is known of licences for one cell: which shares of which rights are covered, by whom, on what clause.

PRODUCT, rule 8: nothing is allowed unless every share of every touched right is covered by a known
agreement in force. Voice and likeness need the person, not a licensor.
"""

from __future__ import annotations

from dataclasses import dataclass

from .answers import ALLOWED, REFUSED, Asked, PartyAnswer, Silence
from .decisions import UNDECIDED
from .facts import FactBook
from .ids import PartyId, WorkId
from .parties import SPLIT_TOLERANCE_BP, WHOLE_BP
from .programmes import ASKS_THE_ARTIST, Agreement, ApprovalClause, Control, MemberOptIn, ScopeKind
from .trace import FactKind, FactRef, ref
from .uses import PERSONAL_RIGHTS, Right


@dataclass(frozen=True, slots=True)
class Licence:
    """A licensor's agreement that covers a share of one right of one work."""

    agreement: Agreement
    control: Control
    right: Right
    carrier: str

    @property
    def asks_the_artist(self) -> bool:
        return self.agreement.clause in ASKS_THE_ARTIST


@dataclass(frozen=True, slots=True)
class Gap:
    """A share of a right that no known agreement covers. `carrier` "" where not even the song is known."""

    right: Right
    carrier: str
    missing_bp: int


@dataclass(frozen=True, slots=True)
class Licences:
    """All that is known for one cell in one place."""

    held: tuple[Licence, ...]
    gaps: tuple[Gap, ...]
    spoken: tuple[PartyAnswer, ...]  # what organisations say by agreement or opt-in
    facts: tuple[FactRef, ...]


def known_licences(
    carriers: tuple[tuple[Right, str], ...], asked: Asked, facts: FactBook, place: str | None, objected: bool
) -> Licences:
    """Collect the licences for the given rights and carriers.

    `objected`: the artist said no before the day to object ran out; an agreement that takes silence as a
    yes then covers nothing.
    """
    held: list[Licence] = []
    gaps: list[Gap] = []
    spoken: list[PartyAnswer] = []
    used: dict[FactRef, None] = {}
    agreements = facts.agreements.get(asked.programme, ()) if asked.programme else ()
    for right, carrier in carriers:
        if right in PERSONAL_RIGHTS:
            continue
        covered = 0
        for control in _controls(right, carrier, asked, facts, place):
            for agreement in agreements:
                if not _reaches(agreement, control, right, asked, place):
                    continue
                used[ref(FactKind.CONTROL, control.id)] = None
                used[ref(FactKind.AGREEMENT, agreement.id)] = None
                opted = _opt_in(agreement, control, asked, facts)
                if control.through_member is not None:
                    spoken.append(_member_answer(control.through_member, right, carrier, agreement, opted))
                    if opted is not None:
                        used[ref(FactKind.OPT_IN, opted.id)] = None
                    if opted is None or not opted.accepted:
                        continue
                if not _is_past_its_notice(agreement, asked) or (
                    objected and agreement.clause is ApprovalClause.DEFAULT_AFTER_NOTICE
                ):
                    continue
                held.append(Licence(agreement, control, right, carrier))
                spoken.append(
                    PartyAnswer(
                        agreement.licensor,
                        right,
                        carrier,
                        ALLOWED,
                        facts=(ref(FactKind.AGREEMENT, agreement.id),),
                    )
                )
                covered += control.share_bp
                break
        if covered < WHOLE_BP - SPLIT_TOLERANCE_BP:
            gaps.append(Gap(right, carrier, WHOLE_BP - covered))
    return Licences(tuple(held), tuple(gaps), tuple(spoken), tuple(used))


def _controls(
    right: Right, carrier: str, asked: Asked, facts: FactBook, place: str | None
) -> tuple[Control, ...]:
    rows = [
        row
        for row in facts.controls.get(WorkId(carrier), ())
        if row.territories.covers(place) and row.period.contains(asked.context.instant)
    ]
    own = tuple(row for row in rows if row.right is right)
    if right is Right.PERFORMANCE and not own:
        return tuple(
            row for row in rows if row.right is Right.MASTER
        )  # performers' consent travels with the master
    return own


def _reaches(agreement: Agreement, control: Control, right: Right, asked: Asked, place: str | None) -> bool:
    """Whether an agreement in force licenses this controlled share for the use asked about."""
    if (
        agreement.licensor != control.licensor
        or asked.use not in agreement.uses
        or right not in agreement.rights
    ):
        return False
    if not (agreement.territories.covers(place) and agreement.period.contains(asked.context.instant)):
        return False
    match agreement.scope:
        case ScopeKind.NAMED_WORKS:
            return control.work in agreement.works
        case ScopeKind.LABEL:
            return control.label == agreement.label
        case ScopeKind.ALL_CONTROLLED:
            return True


def _opt_in(agreement: Agreement, control: Control, asked: Asked, facts: FactBook) -> MemberOptIn | None:
    said = [
        row
        for row in facts.opt_ins.get(agreement.id, ())
        if row.member == control.through_member and row.on <= asked.context.instant.date()
    ]
    return max(said, key=lambda row: (row.on, row.recorded.at, row.id), default=None)


def _member_answer(
    member: PartyId, right: Right, carrier: str, agreement: Agreement, opted: MemberOptIn | None
) -> PartyAnswer:
    named = (ref(FactKind.AGREEMENT, agreement.id),)
    if opted is None:
        return PartyAnswer(member, right, carrier, UNDECIDED, Silence.NO_ANSWER_YET, facts=named)
    answer = ALLOWED if opted.accepted else REFUSED
    return PartyAnswer(member, right, carrier, answer, facts=(*named, ref(FactKind.OPT_IN, opted.id)))


def _is_past_its_notice(agreement: Agreement, asked: Asked) -> bool:
    if agreement.clause is not ApprovalClause.DEFAULT_AFTER_NOTICE:
        return True
    return agreement.object_until is not None and asked.context.instant.date() > agreement.object_until
