"""How far a removal has come: from what is stated of a place, and what a person noted of asking for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from .ids import ArtistId, WorkId
from .inclusion import InclusionStatement, Whereabouts
from .inclusion_states import EvidenceGrade, InclusionState, at_least

# Marks and statements that follow from a letter and its answer have ids that begin so.
OF_A_CASE = "case/"
# No promise of a time is known for most programmes: a month is when a reminder is reasonable.
REMOVAL_PATIENCE_DAYS = 30
# A longer one is a slip or no promise of a day.
_MOST_STATED_DAYS = 3_650


class RemovalStep(Enum):
    """How far a removal has come, as it is stated or was told."""

    OPEN = "open"  # refused; nothing asked yet
    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    EXCLUDED_FROM_FUTURE = "excluded_from_future"
    REMOVED = "removed"
    TRAINED_BEFORE_REFUSAL = "trained_before_refusal"
    REFUSED_WITH_REASON = "refused_with_reason"
    RETRAINED_WITHOUT = "retrained_without"


# Steps that somebody waits in: an answer is due.
WAITS = frozenset({RemovalStep.REQUESTED, RemovalStep.ACKNOWLEDGED})
# Steps after which nothing is left to ask.
SETTLED = frozenset({RemovalStep.REMOVED, RemovalStep.RETRAINED_WITHOUT})

_STEP_OF: dict[InclusionState, RemovalStep] = {
    InclusionState.DELIVERED: RemovalStep.OPEN,
    InclusionState.SCHEDULED: RemovalStep.OPEN,
    InclusionState.IN_DATASET: RemovalStep.OPEN,
    InclusionState.TRAINED: RemovalStep.OPEN,
    InclusionState.REMOVAL_REQUESTED: RemovalStep.REQUESTED,
    InclusionState.EXCLUDED_FROM_FUTURE: RemovalStep.EXCLUDED_FROM_FUTURE,
    InclusionState.REMOVED: RemovalStep.REMOVED,
    InclusionState.REMOVAL_REFUSED: RemovalStep.REFUSED_WITH_REASON,
    InclusionState.TRAINED_BEFORE_REFUSAL: RemovalStep.TRAINED_BEFORE_REFUSAL,
    InclusionState.RETRAINED_WITHOUT: RemovalStep.RETRAINED_WITHOUT,
}


@dataclass(frozen=True, slots=True)
class RemovalMark:
    """One step of a case. `said_by` empty: the person noted it; else who stated it."""

    id: str
    case: str
    artist: ArtistId
    step: RemovalStep
    on: date
    note: str = ""
    deadline: date | None = None  # what the other side promised, where it did
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one place has come."""

    step: RemovalStep
    since: date
    asked_on: date | None  # None: nobody has asked, or what was asked is settled
    promised: date | None  # a day that was noted
    history: tuple[RemovalMark, ...]


def case_id(artist: ArtistId, work: WorkId, said: InclusionStatement) -> str:
    """The same for the same work, asset and place, whatever is stated of it. `work`: the id that stays."""
    return f"removal/{artist}/{work}/{said.asset.value}/{said.dataset or said.model}"


def names_a_place(said: InclusionStatement) -> bool:
    """Whether a statement says in which dataset or model: an old one may name its programme alone."""
    return said.dataset is not None or said.model is not None


def by_case(marks: Iterable[RemovalMark]) -> Mapping[str, tuple[RemovalMark, ...]]:
    found: defaultdict[str, list[RemovalMark]] = defaultdict(list)
    for mark in marks:
        found[mark.case].append(mark)
    return {case: tuple(each) for case, each in found.items()}


def progress(id: str, artist: ArtistId, place: Whereabouts, marks: Sequence[RemovalMark]) -> Progress | None:
    """Statements and marks in the order of their days; None where nothing speaks of the work being there.

    On one day a letter that was sent comes before its answer, and statements come before what the
    person noted, who may have read them; among either what is settled comes first and what asks comes last:
    two statements that contradict each other leave a case open.
    That a work is (still) there reopens what was settled, and changes nothing else.
    """
    stated = [
        RemovalMark(said.id, id, artist, _STEP_OF[said.state], said.as_of, said_by=said.stated_by)
        for said in place.history
        if said.state in _STEP_OF and at_least(said.grade, EvidenceGrade.LICENSOR_STATED)
    ]
    if not stated:
        return None
    # An answer to a letter is a mark, and a statement where it names the place: once is enough.
    once = {(mark.step, mark.on, mark.said_by) for mark in stated}
    told = [mark for mark in marks if not mark.said_by or (mark.step, mark.on, mark.said_by) not in once]
    moments = sorted((*stated, *told), key=lambda m: (m.on, _turn(m), _rank(m.step), m.id))
    step, since = RemovalStep.OPEN, moments[0].on
    asked_on: date | None = None
    promised: date | None = None
    settled = False
    for moment in moments:
        if moment.step is RemovalStep.OPEN:
            if not settled:
                continue
            step, since, asked_on, promised, settled = RemovalStep.OPEN, moment.on, None, None, False
            continue
        settled = moment.step in SETTLED
        if moment.step in WAITS:
            asked_on = moment.on if asked_on is None or moment.step is RemovalStep.REQUESTED else asked_on
        elif settled:
            asked_on = promised = None
        promised = moment.deadline or promised
        step, since = moment.step, moment.on
    return Progress(step, since, asked_on, promised, tuple(moments))


def _turn(mark: RemovalMark) -> int:
    """Which comes first of what is of one day."""
    if mark.id.startswith(OF_A_CASE):
        return 1 if mark.step is RemovalStep.REQUESTED else 2
    return 0 if mark.said_by else 3


def _rank(step: RemovalStep) -> int:
    if step in SETTLED:
        return 0
    return 1 if step is RemovalStep.OPEN else 2 + _STEPS.index(step)


_STEPS = tuple(RemovalStep)


def due(found: Progress, stated_days: int | None) -> date | None:
    """Until when an answer is due; None where nobody waits for one."""
    if found.step not in WAITS or found.asked_on is None:
        return None
    days = stated_days if stated_days is not None else REMOVAL_PATIENCE_DAYS
    return found.promised or found.asked_on + timedelta(days=days)


_DAYS = re.compile(r"\bwithin (\d{1,4}) (days?|weeks?|months?)\b", re.IGNORECASE)
_LENGTH = {"day": 1, "week": 7, "month": 30}


def stated_days(text: str) -> int | None:
    """How many days a text on withdrawing promises ("within 14 days"); None where it names not just one."""
    named = {int(n) * _LENGTH[unit.lower().rstrip("s")] for n, unit in _DAYS.findall(text)}
    only = named.pop() if len(named) == 1 else None
    return only if only is not None and 0 < only <= _MOST_STATED_DAYS else None
