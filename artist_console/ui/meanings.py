"""How values of the domain look: which chip, which tint, which words. The words are those of domain.words."""

from __future__ import annotations

from artist_console.commands.artists import RosterPower
from artist_console.commands.overview import ChangeKind
from artist_console.domain import words
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Stance
from artist_console.domain.statements import CheckResult
from artist_console.domain.trace import TraceStep
from artist_console.domain.waiting import WaitingKind
from artist_console.domain.work_rows import OwnStance, WorkSummary
from artist_console.ui.icons import Icon
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue, chip_words

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
    return ChipValue(_STATE[state], sentence(words.state_words(state, who, models)))


def where_chip(summary: WorkSummary) -> ChipValue:
    """What "Where it is" shows of a work; a finding comes first."""
    if summary.finding is not None:
        return ChipValue(ChipMeaning.FINDING, sentence(words.where_words(summary)))
    if summary.where is InclusionState.TRAINED and summary.models == 1:
        # One model is what "trained" says by itself; the column is narrow.
        return ChipValue(ChipMeaning.TRAINED, chip_words(ChipMeaning.TRAINED, summary.stated_by))
    return ChipValue(_STATE[summary.where], sentence(words.where_words(summary)))


_GRADE = {
    EvidenceGrade.OPERATOR_SIGNED: ChipMeaning.SIGNED_BY_OPERATOR,
    EvidenceGrade.AUDITED: ChipMeaning.AUDITED,
    EvidenceGrade.OPERATOR_STATED: ChipMeaning.OPERATOR_SAYS,
    EvidenceGrade.LICENSOR_STATED: ChipMeaning.LICENSOR_SAYS,
    EvidenceGrade.PUBLIC_DATASET: ChipMeaning.PUBLIC_LIST,
    EvidenceGrade.INFERRED: ChipMeaning.INFERRED,
    EvidenceGrade.SELF_REPORTED: ChipMeaning.YOU_REPORTED,
}


def grade_chip(grade: EvidenceGrade) -> ChipValue:
    return ChipValue(_GRADE[grade], domain_words(words.GRADE[grade]))


_CHECK = {
    CheckResult.ADDS_UP: ChipMeaning.ADDS_UP,
    CheckResult.DOES_NOT_ADD_UP: ChipMeaning.DOES_NOT_ADD_UP,
    CheckResult.PART_CANNOT_BE_CHECKED: ChipMeaning.NOT_CHECKED,
    CheckResult.NOT_CHECKED: ChipMeaning.NOT_CHECKED,
}


def check_chip(check: CheckResult) -> ChipValue:
    return ChipValue(_CHECK[check], domain_words(words.CHECK[check]))


_OUTCOME = {
    PermissionOutcome.REFUSED: ChipMeaning.REFUSED,
    PermissionOutcome.REFUSED_UNCHECKED: ChipMeaning.REFUSED_UNCHECKED,
    PermissionOutcome.LICENSED_AGAINST_WISH: ChipMeaning.LICENSED_AGAINST_WISH,
    PermissionOutcome.OBJECTED: ChipMeaning.OBJECTED,
    PermissionOutcome.NOT_LICENSED: ChipMeaning.NOT_LICENSED,
    PermissionOutcome.NO_AGREEMENT_KNOWN: ChipMeaning.NO_AGREEMENT,
    PermissionOutcome.LICENSED_BY_OTHERS: ChipMeaning.LICENSED_BY_OTHERS,
    PermissionOutcome.EXPIRED: ChipMeaning.EXPIRED,
    PermissionOutcome.TERMS_CHANGED: ChipMeaning.NEW_TERMS,
    PermissionOutcome.CONDITIONS_UNMET: ChipMeaning.CONDITIONS_UNMET,
    PermissionOutcome.UNDECIDED: ChipMeaning.UNDECIDED,
    PermissionOutcome.PROPOSED: ChipMeaning.CO_SIGNATURE,
    PermissionOutcome.ALLOWED: ChipMeaning.ALLOWED,
    PermissionOutcome.DIFFERS: ChipMeaning.DIFFERS,
}


def outcome_chip(outcome: PermissionOutcome) -> ChipValue:
    return ChipValue(_OUTCOME[outcome], domain_words(words.OUTCOME[outcome]))


_ANSWER = {
    AnswerKind.ALLOWED: ChipMeaning.ALLOWED,
    AnswerKind.REFUSED: ChipMeaning.REFUSED,
    AnswerKind.UNDECIDED: ChipMeaning.UNDECIDED,
    AnswerKind.EXPIRED: ChipMeaning.EXPIRED,
    AnswerKind.TERMS_CHANGED: ChipMeaning.NEW_TERMS,
    AnswerKind.CONDITIONS_UNMET: ChipMeaning.CONDITIONS_UNMET,
}


def answer_chip(answer: AnswerKind) -> ChipValue:
    return ChipValue(_ANSWER[answer], domain_words(words.ANSWER[answer]))


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


def power_chip(may: RosterPower) -> ChipValue:
    match may:
        case RosterPower.OWN:
            return ChipValue(ChipMeaning.MAY_DECIDE, say("roster", "Your own music"))
        case RosterPower.DECIDE:
            return ChipValue(ChipMeaning.MAY_DECIDE, say("roster", "You can decide"))
        case RosterPower.PROPOSE:
            return ChipValue(ChipMeaning.MAY_PROPOSE, say("roster", "You can propose"))
        case RosterPower.VIEW:
            return ChipValue(ChipMeaning.MAY_VIEW, say("roster", "View only"))


_WAITING = {
    WaitingKind.REQUEST: (Icon.QUESTION, Tint.ASK),
    WaitingKind.CONFLICT: (Icon.TWO_ARROWS, Tint.CONFLICT),
    WaitingKind.NEW_TERMS: (Icon.CLOCK, Tint.ASK),
    WaitingKind.PROPOSAL: (Icon.PEOPLE, Tint.ASK),
    WaitingKind.FINDING: (Icon.TRIANGLE, Tint.DENY),
    WaitingKind.REMOVAL_UNCONFIRMED: (Icon.CLOCK, Tint.ASK),
    WaitingKind.STATEMENT_CHECK: (Icon.EARNINGS, Tint.INFO),
    WaitingKind.MANDATE_ENDS: (Icon.CALENDAR, Tint.ASK),
    WaitingKind.EXPIRING: (Icon.CLOCK, Tint.ASK),
}


def waiting_look(kind: WaitingKind) -> tuple[Icon, Tint]:
    return _WAITING[kind]


_CHANGE = {
    ChangeKind.DECISION: (Icon.CONSENT, Tint.NEUTRAL),
    ChangeKind.INCLUSION: (Icon.LAYERS, Tint.INFO),
    ChangeKind.STATEMENT: (Icon.EARNINGS, Tint.INFO),
    ChangeKind.TERMS: (Icon.DOCUMENT, Tint.ASK),
    ChangeKind.MANDATE: (Icon.ROSTER, Tint.NEUTRAL),
    ChangeKind.CONFLICT: (Icon.TWO_ARROWS, Tint.CONFLICT),
}


def change_look(kind: ChangeKind) -> tuple[Icon, Tint]:
    return _CHANGE[kind]
