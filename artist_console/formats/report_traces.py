"""Why each outcome of a report is what it is, in words: worked out from the report's own rows, and again.

A trace is stated only where the rows that leave lead to the outcome that is stated. Where the outcome rests
on something that is not shared, its reason would tell it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.facts import FactBook
from artist_console.domain.grounds import Ground, Scene
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.use_classes import UseClasses
from artist_console.domain.uses import Use

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
    """The traces of the outcomes that are worth telling and follow from `facts`, each with its uses.

    `told` hears how many outcomes were looked at.
    """
    tracer = _Tracer(header, facts)
    together: defaultdict[_Place, list[StatedOutcome]] = defaultdict(list)
    done = 0
    for stated in outcomes:
        if is_worth_telling(stated):
            together[(stated.artist, stated.kind, stated.subject, stated.programme)].append(stated)
        else:
            done += 1
    for place, here in together.items():
        found: dict[tuple[str, ...], list[Use]] = {}
        for stated in here:
            answer, outcome, words = tracer.traced(place, stated.use)
            if (answer, outcome) == (stated.answer, stated.outcome):
                found.setdefault(words, []).append(stated.use)
        for words, uses in found.items():
            yield StatedTrace(*place, uses=tuple(uses), words=words)
        done += len(here)
        told(done)


@dataclass(frozen=True, slots=True)
class Retraced:
    """How the stated traces compare with those that follow from the rows."""

    agree: int
    differ: tuple[StatedTrace, ...]
    cannot: int  # something that the rule needs is not in the report


def retrace(content: ReportContent, cannot: Callable[[StatedTrace], bool]) -> Retraced:
    """Ask the rule again for every trace that the report states. `cannot`: whether the rule lacks a fact."""
    tracer = _Tracer(content.header, content.facts())
    agree = lacking = 0
    differ: list[StatedTrace] = []
    for stated in content.traces:
        place = (stated.artist, stated.kind, stated.subject, stated.programme)
        if all(tracer.traced(place, use)[2] == stated.words for use in stated.uses):
            agree += 1
        elif cannot(stated):
            lacking += 1
        else:
            differ.append(stated)
    return Retraced(agree, tuple(differ), lacking)


_Place = tuple[ArtistId, SubjectKind, str, ProgrammeId]
_Found = tuple[AnswerKind, PermissionOutcome, tuple[str, ...]]


class _Tracer:
    """Traces of many cells; of uses that the rule cannot tell apart it is asked once."""

    def __init__(self, header: ReportHeader, facts: FactBook) -> None:
        self._header, self._facts = header, facts
        self._ground = Ground(facts, header.instant)
        self._alike = UseClasses(self._ground)
        self._place: _Place | None = None
        self._classes: Mapping[Use, int] = {}
        self._known: dict[int, _Found] = {}

    def traced(self, place: _Place, use: Use) -> _Found:
        """Quick for one use after the other of the same place."""
        artist, kind, subject, programme = place
        if place != self._place:
            scene = Scene(self._ground, Subject(kind, subject))
            self._place, self._classes, self._known = place, self._alike.of(scene, programme), {}
        number = self._classes[use]
        if number not in self._known:
            question = Question(artist, Subject(kind, subject), programme, use, self._header.instant)
            found = permission(question, self._facts)
            words = tuple(step.text for step in found.trace)
            self._known[number] = (found.answer.kind, found.outcome, words)
        return self._known[number]
