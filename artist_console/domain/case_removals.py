"""What a letter about a removal, and its answer, mean for the removal: marks that come and go with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .case_standing import current, in_force, reply_of
from .cases import Case, CaseEvent, EventKind, Outcome, OutcomeKind
from .inclusion_states import EvidenceGrade, at_least
from .letter_kinds import LetterKind
from .phrases import day_in_words
from .removal_steps import OF_A_CASE, RemovalMark, RemovalStep

_STEP: dict[OutcomeKind, RemovalStep] = {
    OutcomeKind.SAYS_REMOVED: RemovalStep.REMOVED,
    OutcomeKind.SAYS_LEFT_OUT: RemovalStep.EXCLUDED_FROM_FUTURE,
    OutcomeKind.REFUSES: RemovalStep.REFUSED_WITH_REASON,
}


def removal_marks(case: Case) -> tuple[RemovalMark, ...]:
    """The marks that follow from what is in force; none where the case is about no removal.

    A reminder is no new request: it does not begin the time to wait anew.
    """
    if not case.about.removal:
        return ()
    asks = {letter.id for letter in case.letters if letter.kind is LetterKind.REMOVAL}
    found: list[RemovalMark] = []
    for event in in_force(case):
        if event.kind is EventKind.SENT and event.letter in asks:
            note = f"Letter of {day_in_words(event.on)}, case {case.id}"
            found.append(_mark(case, event, RemovalStep.REQUESTED, event.on, note))
        elif event.outcome is not None:
            found += _answer(case, event, event.outcome)
    return tuple(found)


def _answer(case: Case, event: CaseEvent, outcome: Outcome) -> Iterator[RemovalMark]:
    """An answer that is about this removal. In a reply, less than a licensor's word settles nothing."""
    step = _STEP.get(outcome.kind)
    if step is None or not _is_about(case.about.removal, outcome):
        return
    reply = current(case, reply_of(case, event))
    if outcome.kind is not OutcomeKind.REFUSES and not _settles(outcome, reply):
        return
    on = outcome.as_of or (reply.on if reply is not None else event.on)
    note = f"“{outcome.words}” (case {case.id})" if outcome.words else f"Case {case.id}"
    # Without a file nobody's statement is here: it is what the person noted, as on the removal itself.
    yield _mark(case, event, step, on, note, outcome.said_by if reply is not None else "")


def _settles(outcome: Outcome, reply: CaseEvent | None) -> bool:
    if outcome.grade is None:
        return False
    return reply is None or at_least(outcome.grade, EvidenceGrade.LICENSOR_STATED)


def _is_about(removal: str, outcome: Outcome) -> bool:
    """Whether work and place are those of the removal, as far as they are named."""
    place = outcome.dataset or outcome.model
    names_place = place is None or removal.endswith(f"/{place}")
    return names_place and (not outcome.works or any(f"/{work}/" in removal for work in outcome.works))


def _mark(
    case: Case, event: CaseEvent, step: RemovalStep, on: date, note: str, said_by: str = ""
) -> RemovalMark:
    id = f"{OF_A_CASE}{case.id}/{event.id}"
    return RemovalMark(id, case.about.removal, case.artist, step, on, note, said_by=said_by)
