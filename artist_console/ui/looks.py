"""How further values look: evidence, checks, outcomes and answers as chips, what waits and what changed."""

from __future__ import annotations

from artist_console.commands.authority import RosterPower
from artist_console.commands.overview import ChangeKind
from artist_console.domain import words, work_words
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.inclusion import MatchBand
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.match_answers import Verdict
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.statements import CheckResult
from artist_console.domain.waiting import WaitingKind
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

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


_BAND = {
    MatchBand.IDENTIFIER: ChipMeaning.BY_IDENTIFIER,
    MatchBand.KEY: ChipMeaning.SAME_TITLE,
    MatchBand.LIKELY: ChipMeaning.LIKELY,
    MatchBand.CHECK: ChipMeaning.CHECK_THIS,
}


def band_chip(band: MatchBand) -> ChipValue:
    """How surely a row of a list speaks of a work."""
    return ChipValue(_BAND[band])


def verdict_chip(verdict: Verdict) -> ChipValue:
    mine = verdict is Verdict.CONFIRMED
    return ChipValue(ChipMeaning.SAID_MINE if mine else ChipMeaning.SAID_NOT_MINE)


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
    return ChipValue(_OUTCOME[outcome], domain_words(work_words.OUTCOME[outcome]))


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
    WaitingKind.UNAUTHORISED: (Icon.PEOPLE, Tint.ASK),
    WaitingKind.CASE: (Icon.LETTER, Tint.ASK),
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
