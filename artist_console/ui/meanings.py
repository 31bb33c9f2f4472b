"""How values of the domain look: which chip, which tint, which words. The words are those of domain.words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from artist_console.domain import work_words
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Stance
from artist_console.domain.work_rows import OwnStance, WorkSummary
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue, chip_words

if TYPE_CHECKING:
    from artist_console.domain.trace import TraceStep

# Templates of the domain are translated under one context.
DOMAIN = "domain"


def sentence(words_of: Sentence | TraceStep) -> str:
    """A sentence of the domain in the reader's language."""
    return say(DOMAIN, words_of.template, **dict(words_of.fields))


def domain_words(template: str, **fields: object) -> str:
    """A template of domain.words in the reader's language."""
    return say(DOMAIN, template, **fields)


def problem_title(problem: Problem) -> str:
    return say("problem", problem.title_template, **problem.fields)


def problem_advice(problem: Problem) -> str:
    advice = say("problem", problem.advice_template, **problem.fields) if problem.advice_template else ""
    return advice if not advice or advice.endswith((".", "?")) else f"{advice}."


def problem_words(problem: Problem) -> str:
    """Title and advice as two sentences."""
    title = problem_title(problem)
    title = title if title.endswith((".", "?")) else f"{title}."
    return " ".join(part for part in (title, problem_advice(problem)) if part)


_STATE = {
    InclusionState.NOTHING_REPORTED: ChipMeaning.NOTHING_REPORTED,
    InclusionState.ATTESTED_ABSENT: ChipMeaning.NOT_INCLUDED,
    InclusionState.SUSPECTED: ChipMeaning.SUSPECTED,
    InclusionState.CLEARED: ChipMeaning.CLEARED,
    InclusionState.DELIVERED: ChipMeaning.DELIVERED,
    InclusionState.IN_DATASET: ChipMeaning.IN_DATASET,
    InclusionState.SCHEDULED: ChipMeaning.SCHEDULED,
    InclusionState.TRAINED: ChipMeaning.TRAINED,
    InclusionState.EXCLUDED_FROM_FUTURE: ChipMeaning.NOT_IN_NEXT,
    InclusionState.REMOVAL_REQUESTED: ChipMeaning.REMOVAL_ASKED,
    InclusionState.REMOVED: ChipMeaning.REMOVED,
    InclusionState.REMOVAL_REFUSED: ChipMeaning.REMOVAL_REFUSED,
    InclusionState.TRAINED_BEFORE_REFUSAL: ChipMeaning.TRAINED_BEFORE_REFUSAL,
    InclusionState.RETRAINED_WITHOUT: ChipMeaning.RETRAINED_WITHOUT,
    InclusionState.QUARANTINED: ChipMeaning.QUARANTINED,
}


def state_chip(state: InclusionState, who: str, models: int = 1) -> ChipValue:
    return ChipValue(_STATE[state], sentence(work_words.state_words(state, who, models)))


def where_chip(summary: WorkSummary) -> ChipValue:
    """What "Where it is" shows of a work; a finding comes first."""
    if summary.finding is not None:
        return ChipValue(ChipMeaning.FINDING, sentence(work_words.where_words(summary)))
    if summary.where is InclusionState.TRAINED and summary.models == 1:
        # One model is what "trained" says by itself; the column is narrow.
        return ChipValue(ChipMeaning.TRAINED, chip_words(ChipMeaning.TRAINED, summary.stated_by))
    return ChipValue(_STATE[summary.where], sentence(work_words.where_words(summary)))


# Words beside a control: only an answer that stands, and what asks for one, has a colour.
_OUTCOME_TINT = {
    PermissionOutcome.ALLOWED: Tint.ALLOW,
    PermissionOutcome.REFUSED: Tint.REFUSE,
    PermissionOutcome.REFUSED_UNCHECKED: Tint.REFUSE,
    PermissionOutcome.OBJECTED: Tint.REFUSE,
    PermissionOutcome.LICENSED_AGAINST_WISH: Tint.REFUSE,
    PermissionOutcome.TERMS_CHANGED: Tint.ASK,
    PermissionOutcome.EXPIRED: Tint.ASK,
    PermissionOutcome.PROPOSED: Tint.ASK,
}


def outcome_tint(outcome: PermissionOutcome | None) -> Tint:
    """The tint of an outcome in words; neutral for most."""
    return _OUTCOME_TINT.get(outcome, Tint.NEUTRAL) if outcome is not None else Tint.NEUTRAL


def shown_stance(own: OwnStance) -> Stance | None:
    """What the three-state control shows; mixed answers show no value."""
    return {
        OwnStance.ALLOW: Stance.ALLOW,
        OwnStance.REFUSE: Stance.REFUSE,
        OwnStance.FOLLOW: Stance.CLEAR,
        OwnStance.MIXED: None,
    }[own]


def follow_words(summary: WorkSummary) -> str:
    """What the middle of the control says: what the work follows when it has no answer of its own."""
    if summary.release is not None and summary.release_title:
        return say("decision", "Follow album")
    return say("decision", "Follow my default")
