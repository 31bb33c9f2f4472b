"""Works that the permission rule cannot tell apart, so that many cells cost one answer.

Two recordings with the same parties, standings, shares, controls and releases, about which nothing was said
singly, have the same outcome in every programme and use. `OutcomeTable` asks the rule once per class.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime

from .decisions import AnswerKind, Stance, Subject, SubjectKind
from .facts import FactBook
from .ids import ArtistId, ProgrammeId, WorkId
from .permission import PermissionOutcome, Question, permission
from .uses import Use


class OutcomeTable:
    """Answers and outcomes of many cells of one artist at one instant, from one book of facts."""

    def __init__(self, facts: FactBook, instant: datetime) -> None:
        self._facts = facts
        self._instant = instant
        self._classes: dict[WorkId, int] = {}
        self._numbers: dict[Hashable, int] = {}  # a class by its description, which is long to hash
        self._known: dict[Hashable, tuple[AnswerKind, PermissionOutcome]] = {}
        self._singled_out = _named_singly(facts)
        self._releases_spoken_of = {
            recording.decision.register.subject.id
            for said in facts.said.values()
            for recording in said
            if recording.decision.register.subject.kind is SubjectKind.RELEASE
        }

    def outcome(
        self, artist: ArtistId | None, work: WorkId, programme: ProgrammeId | None, use: Use
    ) -> tuple[AnswerKind, PermissionOutcome]:
        """The artist's answer and the outcome for one cell."""
        key = (artist, self._class_of(work), programme, use)
        if key not in self._known:
            question = Question(artist, Subject(SubjectKind.WORK, work), programme, use, self._instant)
            found = permission(question, self._facts)
            self._known[key] = (found.answer.kind, found.outcome)
        return self._known[key]

    def one_of_each(self, works: Iterable[WorkId]) -> tuple[WorkId, ...]:
        """One work of each class among these: what holds for them holds for all."""
        return tuple({self._class_of(work): work for work in works}.values())

    def _class_of(self, work: WorkId) -> int:
        if work not in self._classes:
            self._classes[work] = self._numbers.setdefault(self._describe(work), len(self._numbers))
        return self._classes[work]

    def _describe(self, work: WorkId) -> Hashable:
        known = self._facts.works.get(work)
        if known is None or known.merged_ids:
            return work
        carriers = (work, *known.compositions)
        if not self._singled_out.isdisjoint(carriers):
            return work
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
            )
            for carrier in carriers
        )
        return (known.kind, known.artists, described)


def _named_singly(facts: FactBook) -> set[str]:
    """Works that a decision, proposal, agreement or recorded answer names one by one."""
    named = {
        recording.decision.register.subject.id
        for said in facts.said.values()
        for recording in said
        if recording.decision.register.subject.kind is SubjectKind.WORK
        and recording.decision.stance is not Stance.CLEAR
    }
    named |= {
        proposal.register.subject.id
        for proposals in facts.proposals.values()
        for proposal in proposals
        if proposal.register.subject.kind is SubjectKind.WORK
    }
    for agreements in facts.agreements.values():
        named.update(work for agreement in agreements for work in agreement.works)
    for answers in facts.recorded_answers.values():
        named.update(answer.subject for answer in answers if answer.subject)
    named.update(work for work, *_ in facts.others)
    return named
