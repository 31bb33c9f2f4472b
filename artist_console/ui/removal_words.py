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
    """Never more than is known: who says "removed" is named."""
    meaning = _MEANING[case.step]
    who = next((mark.said_by for mark in reversed(case.history) if mark.step is case.step), "")
    return ChipValue(meaning, chip_words(meaning, who or case.operator))


def due_words(case: RemovalCase, day: str) -> str:
    """Until when an answer is due; empty where nobody waits for one."""
    if case.deadline is None:
        return ""
    if case.overdue_days is not None:
        return say_count(
            "removal",
            "An answer was due on {day}, 1 day ago.",
            "An answer was due on {day}, {n} days ago.",
            case.overdue_days,
            day=day,
        )
    return say("removal", "An answer is due by {day}.", day=day)
