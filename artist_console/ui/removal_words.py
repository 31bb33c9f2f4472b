"""How steps of a removal look and what they are called."""

from __future__ import annotations

from artist_console.domain.removal_steps import RemovalStep
from artist_console.domain.removals import RemovalCase
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue, chip_words

_MEANING = {
    RemovalStep.OPEN: ChipMeaning.NOTHING_ASKED,
    RemovalStep.REQUESTED: ChipMeaning.REMOVAL_ASKED,
    RemovalStep.ACKNOWLEDGED: ChipMeaning.ACKNOWLEDGED,
    RemovalStep.EXCLUDED_FROM_FUTURE: ChipMeaning.NOT_IN_NEXT,
    RemovalStep.REMOVED: ChipMeaning.REMOVED,
    RemovalStep.TRAINED_BEFORE_REFUSAL: ChipMeaning.TRAINED_BEFORE_REFUSAL,
    RemovalStep.REFUSED_WITH_REASON: ChipMeaning.REMOVAL_REFUSED,
    RemovalStep.RETRAINED_WITHOUT: ChipMeaning.RETRAINED_WITHOUT,
}

# What a person can record; that nothing was asked yet is where a case begins.
STEPS: tuple[tuple[RemovalStep, str], ...] = (
    (RemovalStep.REQUESTED, "I asked for removal"),
    (RemovalStep.ACKNOWLEDGED, "They have my request"),
    (RemovalStep.EXCLUDED_FROM_FUTURE, "They say: left out of future versions"),
    (RemovalStep.REMOVED, "They say: removed"),
    (RemovalStep.TRAINED_BEFORE_REFUSAL, "They say: trained before my refusal, and not again"),
    (RemovalStep.REFUSED_WITH_REASON, "They say: it will not be taken out"),
    (RemovalStep.RETRAINED_WITHOUT, "They say: trained again without it"),
)


def step_words(step: RemovalStep) -> str:
    return say("removal", dict(STEPS).get(step, "You said no; nothing asked yet"))


def step_chip(case: RemovalCase) -> ChipValue:
    """Never more than is known: who says "removed" is named, and what was only noted here is told apart."""
    meaning = _MEANING[case.step]
    last = next((mark for mark in reversed(case.history) if mark.step is case.step), None)
    if last is not None and not last.said_by and case.step is not RemovalStep.REQUESTED:
        noted = say("removal", "You noted: {words}", words=chip_words(meaning))
        return ChipValue(ChipMeaning.YOU_REPORTED, noted)
    return ChipValue(meaning, chip_words(meaning, last.said_by if last is not None else case.operator))


def due_words(case: RemovalCase, day: str) -> str:
    """Until when one waits for an answer; empty where nobody does. What is promised is told by the case."""
    if case.deadline is None:
        return ""
    if case.overdue_days is not None:
        return say_count(
            "removal",
            "No answer by {day}, 1 day ago.",
            "No answer by {day}, {n} days ago.",
            case.overdue_days,
            day=day,
        )
    return say("removal", "Wait for an answer until {day}.", day=day)
