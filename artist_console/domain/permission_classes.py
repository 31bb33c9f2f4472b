"""Works that the permission rule cannot tell apart, so that many cells cost one answer.

Two recordings with the same parties, standings, shares, controls and releases, about which the same was said
at the same place among the wider decisions, have the same outcome in every programme and use. `OutcomeTable`
asks the rule once per class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from copy import copy
from datetime import datetime

from .decisions import AnswerKind
from .facts import FactBook
from .ids import ArtistId, DecisionId, ProgrammeId, WorkId
from .outcomes import PermissionOutcome
from .permission import Question, permission
from .registers import Subject, SubjectKind
from .uses import Use


class OutcomeTable:
    """Answers and outcomes of many cells of one artist at one instant, from one book of facts."""

    def __init__(self, facts: FactBook, instant: datetime) -> None:
        self._facts = facts
        self._instant = instant
        self._classes: dict[WorkId, int] = {}
        self._numbers: dict[Hashable, int] = {}  # a class by its description, which is long to hash
        self._known: dict[Hashable, tuple[AnswerKind, PermissionOutcome]] = {}
        self._said_singly = _said_singly(facts)
        self._releases_spoken_of = {
            recording.decision.register.subject.id
            for said in facts.said.values()
            for recording in said
            if recording.decision.register.subject.kind is SubjectKind.RELEASE
        }

    def at(self, instant: datetime) -> OutcomeTable:
        """A table for another instant over the same facts; what tells works apart is shared with this one."""
        other = copy(self)
        other._instant, other._known = instant, {}
        return other

    def outcome(
        self, artist: ArtistId | None, work: WorkId, programme: ProgrammeId | None, use: Use
    ) -> tuple[AnswerKind, PermissionOutcome]:
        """The artist's answer and the outcome for one cell."""
        key = (artist, self.class_of(work), programme, use)
        if key not in self._known:
            question = Question(artist, Subject(SubjectKind.WORK, work), programme, use, self._instant)
            found = permission(question, self._facts)
            self._known[key] = (found.answer.kind, found.outcome)
        return self._known[key]

    def outcomes(
        self, artist: ArtistId | None, work: WorkId, cells: Iterable[tuple[ProgrammeId | None, Use]]
    ) -> tuple[tuple[AnswerKind, PermissionOutcome], ...]:
        """The same for several programmes and uses of one work, in the order given."""
        return tuple(self.outcome(artist, work, programme, use) for programme, use in cells)

    def one_of_each(self, works: Iterable[WorkId]) -> tuple[WorkId, ...]:
        """One work of each class among these: what holds for them holds for all."""
        return tuple({self.class_of(work): work for work in works}.values())

    def class_of(self, work: WorkId) -> int:
        """A number that works share which cannot be told apart."""
        if work not in self._classes:
            self._classes[work] = self._numbers.setdefault(self._describe(work), len(self._numbers))
        return self._classes[work]

    def _describe(self, work: WorkId) -> Hashable:
        known = self._facts.works.get(work)
        if known is None:
            return work
        carriers = (work, *known.compositions)
        songs = [self._facts.works.get(song) for song in known.compositions]
        if known.merged_ids or any(song is not None and song.merged_ids for song in songs):
            return work  # answered under several ids: asked by itself
        described = tuple(
            (
                frozenset(
                    (
                        s.party,
                        s.right,
                        s.standing,
                        s.share_bp,
                        s.territories,
                        s.period,
                        s.recorded.at,
                        s.disputed,
                    )
                    for s in self._facts.stakeholders.get(carrier, ())
                ),
                tuple(
                    sorted(
                        (
                            c.licensor,
                            c.right.value,
                            c.share_bp,
                            c.label,
                            c.territories.codes,
                            c.through_member or "",
                            str(c.period),
                            str(c.recorded.at),
                        )
                        for c in self._facts.controls.get(WorkId(carrier), ())
                    )
                ),
                frozenset(
                    (m.release, m.track.period)
                    for m in self._facts.memberships.get(WorkId(carrier), ())
                    if m.release in self._releases_spoken_of
                ),
                self._said_singly.get(carrier, ()),
            )
            for carrier in carriers
        )
        unreleased = (known.unreleased, *(song is not None and song.unreleased for song in songs))
        return (known.kind, known.artists, unreleased, described)


def _said_singly(facts: FactBook) -> dict[str, tuple[Hashable, ...]]:
    """What names works one by one, without the ids that make two like answers different.

    A decision counts by its place among the artist's wider ones, since only those can end it or be ended.
    """
    found: defaultdict[str, list[Hashable]] = defaultdict(list)
    for artist, said in facts.said.items():
        keeping: defaultdict[DecisionId, list[int]] = defaultdict(list)
        for recording in said:
            for kept in recording.decision.keeps:
                keeping[kept].append(recording.n)
        wider = 0
        for recording in said:
            decision, subject = recording.decision, recording.decision.register.subject
            if subject.kind is not SubjectKind.WORK:
                wider += 1
                continue
            register = decision.register
            answer = (decision.stance, decision.terms, decision.conditions, tuple(keeping[decision.id]))
            found[subject.id].append((artist, wider, recording.at, register.programme, register.use, answer))
    for artist, proposals in facts.proposals.items():
        for proposal in proposals:
            register = proposal.register
            if register.subject.kind is SubjectKind.WORK:
                found[register.subject.id].append((artist, register.programme, register.use, proposal.stance))
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
    return {work: tuple(things) for work, things in found.items()}
