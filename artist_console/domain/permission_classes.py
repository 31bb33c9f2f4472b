"""Cells that the permission rule cannot tell apart, so that many cost one answer.

Two recordings with the same parties, standings, shares, controls and releases, about which the same was said
at the same place among the wider decisions, have the same outcome in every programme and use. Inside one
work two uses of a programme have the same outcome that touch the same rights, are covered by the same
agreements and by the same of all answers that can count there. `OutcomeTable` asks the rule once per class.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from copy import copy
from datetime import datetime

from .decisions import AnswerKind, Decision
from .facts import FactBook
from .grounds import Ground, Scene
from .ids import ArtistId, DecisionId, ProgrammeId, WorkId
from .outcomes import PermissionOutcome
from .parties import Stakeholder
from .permission import Question, judge
from .programmes import Control
from .registers import Subject, SubjectKind
from .use_classes import UseClasses
from .uses import Use

Found = tuple[AnswerKind, PermissionOutcome]
_Cell = tuple[ProgrammeId | None, Use]


class OutcomeTable:
    """Answers and outcomes of many cells of one artist at one instant, from one book of facts."""

    def __init__(self, facts: FactBook, instant: datetime, like: OutcomeTable | None = None) -> None:
        """`like`: a table over the same works and rights; what tells those apart is shared with it."""
        self._facts = facts
        shares = like is not None and like._rights.are_of(facts)
        self._rights: _Rights = like._rights if like is not None and shares else _Rights(facts)
        self._ground = Ground(facts, instant)
        self._alike = UseClasses(self._ground)
        self._classes: dict[WorkId, int] = {}
        self._numbers: dict[Hashable, int] = {}  # a class by its description, which is long to hash
        self._known: dict[tuple[ArtistId | None, int], dict[_Cell, Found]] = {}
        self._said = _SaidSingly(facts)
        self._releases_spoken_of = {
            recording.decision.register.subject.id
            for said in facts.said.values()
            for recording in said
            if recording.decision.register.subject.kind is SubjectKind.RELEASE
        }

    def at(self, instant: datetime) -> OutcomeTable:
        """A table for another instant over the same facts; what tells works apart is shared with this one."""
        other = copy(self)
        other._ground, other._known = Ground(self._facts, instant), {}
        other._alike = self._alike.on(other._ground)
        return other

    def outcome(
        self, artist: ArtistId | None, work: WorkId, programme: ProgrammeId | None, use: Use
    ) -> Found:
        """The artist's answer and the outcome for one cell."""
        return self.outcomes(artist, work, ((programme, use),))[0]

    def outcomes(self, artist: ArtistId | None, work: WorkId, cells: Sequence[_Cell]) -> tuple[Found, ...]:
        """The same for several programmes and uses of one work, in the order given."""
        key = (artist, self.class_of(work))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = {}
        if any(cell not in known for cell in cells):
            self._ask(artist, work, cells, known)
        return tuple(known[cell] for cell in cells)

    def _ask(
        self, artist: ArtistId | None, work: WorkId, cells: Sequence[_Cell], known: dict[_Cell, Found]
    ) -> None:
        scene = Scene(self._ground, Subject(SubjectKind.WORK, work))
        for programme in dict.fromkeys(programme for programme, _ in cells):
            alike = self._alike.of(scene, programme)
            found = {alike[use]: result for (asked, use), result in known.items() if asked == programme}
            for asked, use in cells:
                if asked != programme:
                    continue
                if alike[use] not in found:
                    question = Question(artist, scene.subject, programme, use, self._ground.instant)
                    found[alike[use]] = judge(question, scene)
                known[asked, use] = found[alike[use]]

    def one_of_each(self, works: Iterable[WorkId]) -> tuple[WorkId, ...]:
        """One work of each class among these: what holds for them holds for all."""
        return tuple({self.class_of(work): work for work in works}.values())

    def class_of(self, work: WorkId) -> int:
        """A number that works share which cannot be told apart."""
        if work not in self._classes:
            self._classes[work] = self._numbers.setdefault(self._describe(work), len(self._numbers))
        return self._classes[work]

    def _describe(self, id: WorkId) -> Hashable:
        """All that can make a difference to the rule, without the ids that make like works different."""
        facts = self._facts
        known = facts.works.get(id)
        if known is None:
            return id
        carriers = (id, *known.compositions)
        for carrier in carriers:
            work = facts.works.get(carrier)
            if work is not None and work.merged_ids:
                return id  # answered under several ids: asked by itself
        return tuple(
            (
                self._rights.of(carrier),
                self._said.about(carrier),
                self._in_spoken_of(carrier) if self._releases_spoken_of else (),
            )
            for carrier in carriers
        )

    def _in_spoken_of(self, carrier: WorkId) -> Hashable:
        """The releases that hold it, as far as anything was said about them."""
        return _unordered(
            (held.release, held.track.period.since, held.track.period.until)
            for held in self._facts.memberships.get(carrier, ())
            if held.release in self._releases_spoken_of
        )


class _Rights:
    """What is known of a work beside what was said: a number that works share which are alike in it."""

    def __init__(self, facts: FactBook) -> None:
        self._facts = facts
        self._known: dict[WorkId, int] = {}
        self._numbers: dict[Hashable, int] = {}

    def are_of(self, facts: FactBook) -> bool:
        own = self._facts
        return (
            facts.works is own.works
            and facts.stakeholders is own.stakeholders
            and facts.controls is own.controls
        )

    def of(self, carrier: WorkId) -> int:
        if carrier not in self._known:
            work = self._facts.works.get(carrier)
            described = (
                (work.kind, work.artists, work.unreleased) if work is not None else None,
                _unordered([_of_stakeholder(row) for row in self._facts.stakeholders.get(carrier, ())]),
                _unordered([_of_control(row) for row in self._facts.controls.get(carrier, ())]),
            )
            self._known[carrier] = self._numbers.setdefault(described, len(self._numbers))
        return self._known[carrier]


def _unordered(rows: Iterable[Hashable]) -> Hashable:
    """Rows whose order says nothing. A share that is recorded twice counts twice."""
    given = tuple(rows)
    different = frozenset(given)
    return different if len(different) == len(given) else frozenset(Counter(given).items())


# Plain text and dates: to hash values of our own takes ten times as long.


def _of_stakeholder(row: Stakeholder) -> Hashable:
    return (
        row.party,
        row.right,
        row.standing,
        row.share_bp,
        row.territories.codes,
        row.period.since,
        row.period.until,
        row.recorded.at,
        row.disputed,
    )


def _of_control(row: Control) -> Hashable:
    return (
        row.licensor,
        row.right,
        row.share_bp,
        row.label,
        row.territories.codes,
        row.through_member,
        row.period.since,
        row.period.until,
        row.recorded.at,
    )


class _SaidSingly:
    """What names works one by one, without the ids that make two like answers different.

    A decision counts by its place among the artist's wider ones, since only those can end it or be ended.
    """

    def __init__(self, facts: FactBook) -> None:
        self._facts = facts
        self._wider = {
            artist: [r.n for r in said if r.decision.register.subject.kind is not SubjectKind.WORK]
            for artist, said in facts.said.items()
        }
        self._keepers: defaultdict[DecisionId, list[int]] = defaultdict(list)
        for said in facts.said.values():
            for recording in said:
                for kept in recording.decision.keeps:
                    self._keepers[kept].append(recording.n)
        self._beside = _beside_decisions(facts)

    def about(self, work: WorkId) -> tuple[Hashable, ...]:
        found: list[Hashable] = []
        for artist, wider in self._wider.items():
            for recording in self._facts.said_on(artist, SubjectKind.WORK, work):
                decision = recording.decision
                keepers = tuple(self._keepers[decision.id]) if decision.id in self._keepers else ()
                place = bisect(wider, recording.n)
                found.append((artist, place, recording.at, _said(decision), keepers))
        return (*found, *self._beside.get(work, ()))


def _beside_decisions(facts: FactBook) -> dict[str, list[Hashable]]:
    """Proposals, agreements and answers without a ledger that name single works."""
    found: defaultdict[str, list[Hashable]] = defaultdict(list)
    for artist, proposals in facts.proposals.items():
        for proposal in proposals:
            if proposal.register.subject.kind is SubjectKind.WORK:
                found[proposal.register.subject.id].append((artist, _said(proposal)))
    for agreements in facts.agreements.values():
        for agreement in agreements:
            for work in agreement.works:
                found[work].append(agreement.id)
    for answers in facts.recorded_answers.values():
        for each in answers:
            if each.subject:
                found[each.subject].append(each.id)
    for (work, *rest), told in facts.others.items():
        found[work].append((*rest, told.everyone_agreed))
    return found


def _said(decision: Decision) -> Hashable:
    register = decision.register
    return (register.programme, register.use, decision.stance, decision.terms, decision.conditions)
