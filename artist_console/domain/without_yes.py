"""Uses of an artist's works that do not rest on the artist's yes: by whose word, and what can be done.

Two sources speak: agreements whose clause asks no artist, and inclusion statements with their basis. Both are
told as what somebody says. Works whose every such use the artist allowed, with power, are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from .answers import Asked, ledger_answer
from .decisions import Answer, AnswerKind, Context
from .finding_records import Records, in_scope
from .ids import AgreementId, ArtistId, FactId, PartyId, ProgrammeId, WorkId
from .inclusion import Asset, Basis, BasisGroup, InclusionStatement, group_of
from .inclusion_states import EvidenceGrade, InclusionState
from .permission import Question, permission
from .permission_classes import OutcomeTable
from .programmes import ASKS_THE_ARTIST, Agreement, ApprovalClause, Control
from .registers import Subject, SubjectKind
from .uses import Right, Use
from .works import Work

# Where a statement says that a use is, was or will be; what left, or was never there, is none.
_IS_A_USE = frozenset(InclusionState) - {
    InclusionState.NOTHING_REPORTED,
    InclusionState.ATTESTED_ABSENT,
    InclusionState.REMOVED,
    InclusionState.RETRAINED_WITHOUT,
}
_GROUP: Mapping[ApprovalClause, BasisGroup] = {
    ApprovalClause.BLANKET: BasisGroup.LICENSED_BY_OTHERS,
    ApprovalClause.DEFAULT_AFTER_NOTICE: BasisGroup.LICENSED_BY_OTHERS,
    ApprovalClause.COLLECTIVE: BasisGroup.LICENSED_BY_OTHERS,
    ApprovalClause.STATUTORY: BasisGroup.CLAIMED_UNDER_THE_LAW,
}
_CLAUSE_OF: Mapping[Basis, ApprovalClause] = {
    Basis.CONTRACT_SINGLE_USE: ApprovalClause.SINGLE_USE_APPROVAL,
    Basis.CONTRACT_BLANKET: ApprovalClause.BLANKET,
    Basis.DEFAULT_AFTER_NOTICE: ApprovalClause.DEFAULT_AFTER_NOTICE,
    Basis.COLLECTIVE: ApprovalClause.COLLECTIVE,
    Basis.STATUTORY: ApprovalClause.STATUTORY,
}
_RIGHT_OF: Mapping[Asset, Right] = {
    Asset.MASTER: Right.MASTER,
    Asset.STEM: Right.MASTER,
    Asset.LYRICS: Right.LYRICS,
    Asset.COMPOSITION: Right.COMPOSITION,
    Asset.VOICE: Right.VOICE,
}
GROUPS: tuple[BasisGroup, ...] = (
    BasisGroup.LICENSED_BY_OTHERS,
    BasisGroup.CLAIMED_UNDER_THE_LAW,
    BasisGroup.NO_BASIS_STATED,
)


@dataclass(frozen=True, slots=True)
class ArtistSaid:
    """What the artist has said about these uses, in works: one that was answered both ways counts as a no."""

    refused: int
    allowed: int  # a yes that by itself permits nothing here
    undecided: int


@dataclass(frozen=True, slots=True)
class UseWithoutYes:
    """One agreement, or like statements of one party about one dataset or model version."""

    key: str  # stays the same while what it is about does
    group: BasisGroup
    said_by: str  # name of the licensor, or whoever states it as it names itself
    licensor: PartyId | None  # of an agreement, or of the one that a statement rests on
    programme: ProgrammeId | None  # None: a public list that no programme is known for
    uses: tuple[Use, ...]  # empty: not stated
    rights: tuple[Right, ...]
    works: tuple[WorkId, ...]
    clause: ApprovalClause | None  # of an agreement
    basis: Basis | None  # of statements
    state: InclusionState | None  # of statements
    place: str  # dataset or model version by name
    since: date | None
    agreement: AgreementId | None  # that it is, or rests on; None where none is known
    statements: tuple[FactId, ...]
    source: str  # document behind it
    grade: EvidenceGrade
    object_until: date | None
    is_open: bool  # the day to object has not passed
    said: ArtistSaid
    of_a_title: InclusionState | None = None  # of statements: which recording is meant is not known


def uses_without_yes(records: Records, artist: ArtistId, instant: datetime) -> tuple[UseWithoutYes, ...]:
    """Open deadlines first, soonest first; then by group, what is against the artist's wish, and name."""
    table = _Answers(records, artist, instant)
    found = [*_by_agreement(records, artist, table), *_by_statement(records, artist, table)]

    def place(each: UseWithoutYes) -> tuple[bool, date, int, bool, str, str]:
        deadline = each.object_until if each.is_open and each.object_until else date.max
        return (
            not each.is_open,
            deadline,
            GROUPS.index(each.group),
            each.said.refused == 0,
            each.said_by.casefold(),
            each.key,
        )

    return tuple(sorted(found, key=place))


class _Answers:
    """What the artist said about cells, and whether it has power: asked once for works that are alike."""

    def __init__(self, records: Records, artist: ArtistId, instant: datetime) -> None:
        self._facts, self._artist, self._instant = records.facts, artist, instant
        self._table = OutcomeTable(records.facts, instant)
        self._power: dict[tuple[int, ProgrammeId | None, Use], bool] = {}
        self._party = records.facts.parties[artist]
        self._answers: dict[tuple[Hashable, ProgrammeId | None, Use], Answer] = {}
        self._spoken: dict[WorkId, Hashable] = {}

    def rests_on_a_yes(self, work: WorkId, programme: ProgrammeId | None, use: Use) -> bool:
        """Whether the artist allowed it with power: a yes without power licenses nothing."""
        if self.kind(work, programme, use) is not AnswerKind.ALLOWED:
            return False
        key = (self._table.class_of(work), programme, use)
        if key not in self._power:
            subject = Subject(SubjectKind.WORK, work)
            question = Question(self._artist, subject, programme, use, self._instant)
            self._power[key] = permission(question, self._facts).has_power
        return self._power[key]

    def kind(self, work: WorkId, programme: ProgrammeId | None, use: Use) -> AnswerKind:
        return self._answer(work, programme, use).kind

    def _answer(self, work: WorkId, programme: ProgrammeId | None, use: Use) -> Answer:
        """The artist's answer: works about which nothing was said by themselves have it in common."""
        key = (self._said_by_itself(work), programme, use)
        if key not in self._answers:
            subject = Subject(SubjectKind.WORK, work)
            terms = self._facts.terms_at(programme, self._instant)
            asked = Asked(subject, programme, use, Context(self._instant, terms, self._facts.terms, None))
            self._answers[key] = ledger_answer(self._party, subject, asked, self._facts)[0]
        return self._answers[key]

    def _said_by_itself(self, work: WorkId) -> Hashable:
        """The decisions about a work and its releases, of the artist and of a group's members."""
        if work not in self._spoken:
            known = self._facts.works.get(work)
            ids = (known.id, *known.merged_ids) if known is not None else (work,)
            subjects = [(SubjectKind.WORK, str(id)) for id in ids]
            held = self._facts.memberships.get(ids[0], ())
            subjects += [(SubjectKind.RELEASE, str(membership.release)) for membership in held]
            speakers = (self._artist, *(member.member for member in self._party.members))
            said = tuple(
                recording.decision.id
                for speaker in speakers
                for kind, id in subjects
                for recording in self._facts.said_on(speaker, kind, id)
            )
            # What was said about a release counts by how long the work has been on it.
            alone = bool(said) or (known is not None and known.unreleased)
            self._spoken[work] = work if alone else ""
        return self._spoken[work]

    def objected_by(self, work: WorkId, agreement: Agreement, use: Use) -> bool:
        """Whether the artist's no came before the last day to object: silence is not taken as a yes then."""
        if (
            agreement.object_until is None
            or self.kind(work, agreement.programme, use) is not AnswerKind.REFUSED
        ):
            return False
        said = self._answer(work, agreement.programme, use).recorded_at
        return said is not None and said.date() <= agreement.object_until

    def said(self, works: Iterable[WorkId], cells: tuple[tuple[ProgrammeId | None, Use], ...]) -> ArtistSaid:
        refused = allowed = undecided = 0
        for work in works:
            kinds = {self.kind(work, programme, use) for programme, use in cells}
            if AnswerKind.REFUSED in kinds:
                refused += 1
            elif kinds == {AnswerKind.ALLOWED}:
                allowed += 1
            else:
                undecided += 1
        return ArtistSaid(refused, allowed, undecided)


# Agreements


def _by_agreement(records: Records, artist: ArtistId, answers: _Answers) -> Iterator[UseWithoutYes]:
    for agreements in records.facts.agreements.values():
        for agreement in agreements:
            over = agreement.period.until is not None and agreement.period.until < records.today
            if agreement.clause in ASKS_THE_ARTIST or agreement.licensor == artist or over:
                continue
            found = _of_agreement(records, artist, agreement, answers)
            if found is not None:
                yield found


def _of_agreement(
    records: Records, artist: ArtistId, agreement: Agreement, answers: _Answers
) -> UseWithoutYes | None:
    by_notice = agreement.clause is ApprovalClause.DEFAULT_AFTER_NOTICE
    is_open = by_notice and agreement.object_until is not None and records.today <= agreement.object_until
    works: list[WorkId] = []
    rights: set[Right] = set()
    uses: set[Use] = set()
    for work, reached in _reached(records, artist, agreement).items():
        left = [
            use
            for use in agreement.uses
            if not answers.rests_on_a_yes(work, agreement.programme, use)
            and (is_open or not (by_notice and answers.objected_by(work, agreement, use)))
        ]
        if left:
            works.append(work)
            uses.update(left)
            rights.update(reached)
    if not works:
        return None
    shown = tuple(use for use in Use if use in uses)
    return UseWithoutYes(
        key=f"agreement/{agreement.id}",
        group=_GROUP[agreement.clause],
        said_by=records.party_name(agreement.licensor),
        licensor=agreement.licensor,
        programme=agreement.programme,
        uses=shown,
        rights=tuple(right for right in Right if right in rights),
        works=tuple(works),
        clause=agreement.clause,
        basis=None,
        state=None,
        place="",
        since=agreement.notice_given_on or agreement.period.since or agreement.recorded.at.date(),
        agreement=agreement.id,
        statements=(),
        source=agreement.source,
        grade=EvidenceGrade.LICENSOR_STATED,
        object_until=agreement.object_until,
        is_open=is_open,
        said=answers.said(works, tuple((agreement.programme, use) for use in shown)),
    )


def _reached(records: Records, artist: ArtistId, agreement: Agreement) -> dict[WorkId, set[Right]]:
    """The artist's works in an agreement's scope, each with the rights by which it is reached."""
    found: dict[WorkId, set[Right]] = {}
    for work, control in records.licensable.get((artist, agreement.licensor), ()):
        if control.right not in agreement.rights or not in_scope(agreement, control):
            continue
        until = control.period.until
        if (until is None or until >= records.today) and _member_agreed(records, agreement, control):
            found.setdefault(work.id, set()).add(control.right)
    return found


def _member_agreed(records: Records, agreement: Agreement, control: Control) -> bool:
    """A licensing body licenses what a member controls only if that member opted in."""
    if control.through_member is None:
        return True
    said = [
        row
        for row in records.facts.opt_ins.get(agreement.id, ())
        if row.member == control.through_member and row.on <= records.today
    ]
    latest = max(said, key=lambda row: (row.on, row.recorded.at, row.id), default=None)
    return latest is not None and latest.accepted


# Statements


def _by_statement(records: Records, artist: ArtistId, answers: _Answers) -> Iterator[UseWithoutYes]:
    alike: defaultdict[tuple[object, ...], list[tuple[Work, InclusionStatement]]] = defaultdict(list)
    for work in records.works.get(artist, ()):
        for place in records.places.get(work.id, ()):
            said = place.current
            if said.state in _IS_A_USE and group_of(said.basis) is not BasisGroup.YOUR_YES:
                about = (said.dataset, said.model, records.programme_of(said), said.use, said.asset)
                alike[(said.basis, said.stated_by, said.state, said.grade, said.of_a_title, *about)].append(
                    (work, said)
                )
    for found in alike.values():
        made = _of_statements(records, found, answers)
        if made is not None:
            yield made


def _of_statements(
    records: Records, found: list[tuple[Work, InclusionStatement]], answers: _Answers
) -> UseWithoutYes | None:
    first = found[0][1]
    programme = records.programme_of(first)
    uses = records.uses_meant(first)
    cells = tuple((programme, use) for use in uses) or ((programme, Use.TRAIN_GENERATIVE),)
    left = [
        (work, said)
        for work, said in found
        if not all(answers.rests_on_a_yes(work.id, *cell) for cell in cells)
    ]
    if not left:
        return None
    agreement = _rests_on(records, left[0][0], left[0][1], programme)
    until = agreement.object_until if agreement is not None else None
    works = tuple(work.id for work, _ in left)
    about = (first.basis.value, first.state.value, first.model or first.dataset or "")
    named = (first.of_a_title.value,) if first.of_a_title is not None else ()
    more = (first.stated_by, first.use.value if first.use else "", first.asset.value, *named)
    return UseWithoutYes(
        key="/".join(("statement", *about, *more, first.grade.value)),
        group=group_of(first.basis),
        said_by=first.stated_by,
        licensor=agreement.licensor if agreement is not None else None,
        programme=programme,
        uses=(first.use,) if first.use is not None else (),
        rights=(_RIGHT_OF[first.asset],),
        works=works,
        clause=None,
        basis=first.basis,
        state=first.state,
        place=records.place_name(first),
        since=min(said.as_of for _, said in left),
        agreement=agreement.id if agreement is not None else None,
        statements=tuple(said.id for _, said in left),
        source=first.evidence.source,
        grade=first.grade,
        object_until=until,
        is_open=until is not None and records.today <= until,
        said=answers.said(works, cells),
        of_a_title=first.of_a_title,
    )


def _rests_on(
    records: Records, work: Work, said: InclusionStatement, programme: ProgrammeId | None
) -> Agreement | None:
    """The known agreement with the clause that a statement names as its basis, for what it says is used."""
    clause, right = _CLAUSE_OF.get(said.basis), _RIGHT_OF[said.asset]
    if programme is None or clause is None:
        return None
    controls = [
        control
        for carrier in (work.id, *work.compositions)
        for control in records.facts.controls.get(carrier, ())
        if control.right is right
    ]
    return next(
        (
            agreement
            for agreement in records.facts.agreements.get(programme, ())
            if agreement.clause is clause
            and right in agreement.rights
            and (said.use is None or said.use in agreement.uses)
            and any(in_scope(agreement, control) for control in controls)
        ),
        None,
    )
