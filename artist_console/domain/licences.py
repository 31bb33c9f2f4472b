"""What is known of licences for one cell: which shares of which rights are covered, by whom, on what clause.

PRODUCT, rule 8: nothing is allowed unless every share of every touched right is covered by a known
agreement in force. Voice and likeness need the person, not a licensor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .answers import ALLOWED, REFUSED, PartyAnswer, Silence, Spoken
from .decisions import UNDECIDED
from .grounds import Carrier, Ground, InForce, Place, Scene
from .ids import PartyId
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
    """All that is known for one cell in one place, or for one right in it."""

    held: tuple[Licence, ...]
    gaps: tuple[Gap, ...]
    spoken: Spoken  # what organisations say by agreement or opt-in
    facts: tuple[FactRef, ...]


def known_licences(
    carriers: tuple[Carrier, ...], in_force: InForce, scene: Scene, place: Place, objected: frozenset[str]
) -> Licences:
    """Collect the licences for the given rights and carriers.

    `in_force`: the agreements that cover the use asked about. `objected`: the carriers about which the artist
    said no before the day to object ran out; an agreement that takes silence as a yes then covers nothing.
    """
    rights = tuple(pair for pair in carriers if pair[0] not in PERSONAL_RIGHTS)
    key = ("licences", rights, id(in_force), place, objected)
    known = scene.found.get(key)
    if not isinstance(known, Licences):
        known = _together(_of_right(pair, in_force, scene, place, pair[1] in objected) for pair in rights)
        scene.found[key] = known
    return known


def _together(parts: Iterable[Licences]) -> Licences:
    held: list[Licence] = []
    gaps: list[Gap] = []
    spoken: dict[tuple[PartyId | None, Right, str], PartyAnswer] = {}
    used: dict[FactRef, None] = {}
    for part in parts:
        held += part.held
        gaps += part.gaps
        spoken |= part.spoken
        used |= dict.fromkeys(part.facts)
    return Licences(tuple(held), tuple(gaps), spoken, tuple(used))


def _of_right(pair: Carrier, in_force: InForce, scene: Scene, place: Place, objected: bool) -> Licences:
    """The same for one right of one work, kept: uses under the same agreements share it."""
    key = ("licence", pair, id(in_force), place, objected)
    known = scene.found.get(key)
    if not isinstance(known, Licences):
        known = scene.found[key] = _licensed(*pair, in_force, scene, place, objected)
    return known


def _licensed(
    right: Right, carrier: str, in_force: InForce, scene: Scene, place: Place, objected: bool
) -> Licences:
    held: list[Licence] = []
    spoken: dict[tuple[PartyId | None, Right, str], PartyAnswer] = {}
    used: dict[FactRef, None] = {}
    covered = 0
    for control in scene.controls(right, carrier, place):
        for agreement in in_force.of(control.licensor):
            if not _reaches(agreement, control, right, place):
                continue
            used[ref(FactKind.CONTROL, control.id)] = None
            used[ref(FactKind.AGREEMENT, agreement.id)] = None
            if control.through_member is not None:
                opted = _opt_in(agreement, control, scene.ground)
                said = _member_answer(control.through_member, right, carrier, agreement, opted)
                spoken.setdefault((said.party, right, carrier), said)
                if opted is not None:
                    used[ref(FactKind.OPT_IN, opted.id)] = None
                if opted is None or not opted.accepted:
                    continue
            if not _is_past_its_notice(agreement, scene.ground) or (
                objected and agreement.clause is ApprovalClause.DEFAULT_AFTER_NOTICE
            ):
                continue
            held.append(Licence(agreement, control, right, carrier))
            named = (ref(FactKind.AGREEMENT, agreement.id),)
            said = PartyAnswer(agreement.licensor, right, carrier, ALLOWED, facts=named)
            spoken.setdefault((said.party, right, carrier), said)
            covered += control.share_bp
            break
    is_covered = covered >= WHOLE_BP - SPLIT_TOLERANCE_BP
    gaps = () if is_covered else (Gap(right, carrier, WHOLE_BP - covered),)
    return Licences(tuple(held), gaps, spoken, tuple(used))


def _reaches(agreement: Agreement, control: Control, right: Right, place: Place) -> bool:
    """Whether an agreement of the licensor, in force for the use, licenses this share of a right."""
    if right not in agreement.rights or not agreement.territories.covers(place):
        return False
    match agreement.scope:
        case ScopeKind.NAMED_WORKS:
            return control.work in agreement.works
        case ScopeKind.LABEL:
            return control.label == agreement.label
        case ScopeKind.ALL_CONTROLLED:
            return True


def _opt_in(agreement: Agreement, control: Control, ground: Ground) -> MemberOptIn | None:
    said = [
        row
        for row in ground.facts.opt_ins.get(agreement.id, ())
        if row.member == control.through_member and row.on <= ground.instant.date()
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


def _is_past_its_notice(agreement: Agreement, ground: Ground) -> bool:
    if agreement.clause is not ApprovalClause.DEFAULT_AFTER_NOTICE:
        return True
    return agreement.object_until is not None and ground.instant.date() > agreement.object_until
