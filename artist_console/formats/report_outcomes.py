"""Outcomes that a report states: computed from the report's own rows, and again by whoever reads it.

Where the rule needs a fact that is not shared with the reader, an outcome cannot be recomputed; it never
"differs" for that reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.parties import PartyKind
from artist_console.domain.permission import Question, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import Programme
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.uses import PERSONAL_RIGHTS, Use, rights_touched

from .report_content import ReportContent, StatedOutcome
from .report_kinds import StatedTrace

# Kinds of rows that the permission rule reads: `ReportContent.facts`.
FACT_TABLES = frozenset(
    {
        *("parties", "works", "releases", "stakeholders", "controls", "programmes", "terms", "agreements"),
        *("opt_ins", "attestations", "recorded_answers", "others_answers", "entries"),
    }
)


def state_outcomes(content: ReportContent, facts: FactBook | None = None) -> tuple[StatedOutcome, ...]:
    """Every work of every artist of the report, in every programme and use it declares; and each person.

    `facts` where the maker knows more than the report may hold.
    """
    facts = content.facts() if facts is None else facts
    table = OutcomeTable(facts, content.header.instant)
    stated: list[StatedOutcome] = []
    for artist in content.header.artists:
        own = [work.id for work in content.works if artist in work.artists]
        for programme in content.programmes:
            for use in programme.uses:
                for work in own:
                    answer, outcome = table.outcome(artist, work, programme.id, use)
                    stated.append(
                        StatedOutcome(artist, SubjectKind.WORK, work, programme.id, use, answer, outcome)
                    )
            stated += _of_person(artist, programme, content, facts)
    return tuple(stated)


def _of_person(
    artist: ArtistId, programme: Programme, content: ReportContent, facts: FactBook
) -> list[StatedOutcome]:
    party = facts.parties.get(artist)
    if party is None or party.kind is not PartyKind.PERSON:
        return []
    stated = []
    for use in programme.uses:
        if rights_touched(use) <= PERSONAL_RIGHTS:
            question = Question(
                artist, Subject(SubjectKind.PERSON, artist), programme.id, use, content.header.instant
            )
            found = permission(question, facts)
            stated.append(
                StatedOutcome(
                    artist,
                    SubjectKind.PERSON,
                    artist,
                    programme.id,
                    use,
                    found.answer.kind,
                    found.outcome,
                )
            )
    return stated


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How the stated outcomes compare with those that follow from the rows."""

    agree: int
    differ: tuple[StatedOutcome, ...]
    lacking: tuple[StatedOutcome, ...]  # a fact that the rule needs was left out, or is not shared

    @property
    def cannot(self) -> int:
        return len(self.lacking)


def recompute(content: ReportContent, has_gaps: bool = False) -> Recomputed:
    """Ask the rule again for every outcome that the report states.

    `has_gaps`: rows of `FACT_TABLES` were taken out, so that what differs may follow from these.
    """
    facts = content.facts()
    table = OutcomeTable(facts, content.header.instant)
    agree = 0
    differ: list[StatedOutcome] = []
    lacking: list[StatedOutcome] = []
    for stated in content.outcomes:
        if stated.kind is SubjectKind.WORK and WorkId(stated.subject) in facts.works:
            found = table.outcome(stated.artist, WorkId(stated.subject), stated.programme, stated.use)
        else:
            asked = permission(_question(stated, stated.use, content), facts)
            found = (asked.answer.kind, asked.outcome)
        if found == (stated.answer, stated.outcome):
            agree += 1
        elif has_gaps or _needs_more(_question(stated, stated.use, content), content, facts):
            lacking.append(stated)
        else:
            differ.append(stated)
    return Recomputed(agree, tuple(differ), tuple(lacking))


def lacks_facts(content: ReportContent, has_gaps: bool = False) -> Callable[[StatedTrace], bool]:
    """Whether the rule lacks something for a trace that the report states: see `recompute`."""
    facts = content.facts()

    def lacks(stated: StatedTrace) -> bool:
        return has_gaps or any(
            _needs_more(_question(stated, use, content), content, facts) for use in stated.uses
        )

    return lacks


def _question(stated: StatedOutcome | StatedTrace, use: Use, content: ReportContent) -> Question:
    subject = Subject(stated.kind, stated.subject)
    return Question(stated.artist, subject, stated.programme, use, content.header.instant)


def _needs_more(question: Question, content: ReportContent, facts: FactBook) -> bool:
    """Whether the rule lacks something: an answer that is not shared, a work that is not in the report."""
    artist, subject = question.artist, question.subject
    if artist is None or artist not in facts.said or question.programme not in facts.programmes:
        return True
    if content.header.rates_left_out and any(
        recording.decision.conditions.minimum_rate is not None for recording in facts.said[artist]
    ):
        return True
    party = facts.parties.get(artist)
    if party is not None and any(not facts.is_in_reach(m.member) for m in party.members):
        return True
    if subject.kind is SubjectKind.WORK:
        work = facts.works.get(WorkId(subject.id))
        if work is None or any(song not in facts.works for song in work.compositions):
            return True
    return not permission(question, facts).recomputable
