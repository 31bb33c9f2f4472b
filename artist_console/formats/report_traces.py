"""Why each outcome of a report is what it is, in words: worked out from the report's own rows, and again.

A trace is stated only where the rows that leave lead to the outcome that is stated. Where the outcome rests
on something that is not shared, its reason would tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.facts import FactBook
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import Subject

from .report_content import ReportContent, ReportHeader, StatedOutcome
from .report_kinds import StatedTrace

# Nobody said anything and nothing is licensed: thousands of cells, and one sentence for all of them.
_NOTHING_SAID = (AnswerKind.UNDECIDED, PermissionOutcome.NO_AGREEMENT_KNOWN)


def is_worth_telling(stated: StatedOutcome) -> bool:
    """Whether there is a reason to tell beside that nobody said anything."""
    return (stated.answer, stated.outcome) != _NOTHING_SAID


def state_traces(
    header: ReportHeader,
    outcomes: Iterable[StatedOutcome],
    facts: FactBook,
    told: Callable[[int], None] = lambda _done: None,
) -> Iterator[StatedTrace]:
    """A trace of each outcome that is worth telling and follows from `facts`, in the order given.

    `told` hears after each how many outcomes were looked at.
    """
    for done, stated in enumerate(outcomes, start=1):
        if is_worth_telling(stated):
            found = permission(_question(stated, header), facts)
            if (found.answer.kind, found.outcome) == (stated.answer, stated.outcome):
                yield StatedTrace(
                    stated.artist,
                    stated.kind,
                    stated.subject,
                    stated.programme,
                    stated.use,
                    tuple(step.text for step in found.trace),
                )
        told(done)


@dataclass(frozen=True, slots=True)
class Retraced:
    """How the stated traces compare with those that follow from the rows."""

    agree: int
    differ: tuple[StatedTrace, ...]
    cannot: int  # something that the rule needs is not in the report


def retrace(content: ReportContent, cannot: Callable[[StatedTrace], bool]) -> Retraced:
    """Ask the rule again for every trace that the report states. `cannot`: whether the rule lacks a fact."""
    facts = content.facts()
    agree = lacking = 0
    differ: list[StatedTrace] = []
    for stated in content.traces:
        found = permission(_question(stated, content.header), facts)
        if tuple(step.text for step in found.trace) == stated.words:
            agree += 1
        elif cannot(stated):
            lacking += 1
        else:
            differ.append(stated)
    return Retraced(agree, tuple(differ), lacking)


def _question(stated: StatedOutcome | StatedTrace, header: ReportHeader) -> Question:
    subject = Subject(stated.kind, stated.subject)
    return Question(stated.artist, subject, stated.programme, stated.use, header.instant)
