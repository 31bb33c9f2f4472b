"""The words of one row of the works table; the rest of the vocabulary is in `words`."""

from __future__ import annotations

from .finding_kinds import FindingKind
from .inclusion_states import InclusionState
from .outcomes import PermissionOutcome
from .phrases import Sentence, say
from .work_kinds import WorkKind
from .work_rows import OwnStance, WorkFilter, WorkSummary

WORK_KIND: dict[WorkKind, str] = {WorkKind.RECORDING: "Recording", WorkKind.COMPOSITION: "Song"}


STATE: dict[InclusionState, str] = {
    InclusionState.NOTHING_REPORTED: "Nothing reported",
    InclusionState.ATTESTED_ABSENT: "{who} says: not included",
    InclusionState.SUSPECTED: "Listed publicly",
    InclusionState.CLEARED: "Cleared",
    InclusionState.DELIVERED: "Delivered",
    InclusionState.IN_DATASET: "In a dataset",
    InclusionState.SCHEDULED: "Scheduled",
    InclusionState.TRAINED: "{who} says: trained, {n} models",
    InclusionState.EXCLUDED_FROM_FUTURE: "Not in the next one",
    InclusionState.REMOVAL_REQUESTED: "Removal asked",
    InclusionState.REMOVED: "{who} says: removed",
    InclusionState.REMOVAL_REFUSED: "Removal refused",
    InclusionState.TRAINED_BEFORE_REFUSAL: "Trained before your refusal",
    InclusionState.RETRAINED_WITHOUT: "Retrained without",
    InclusionState.QUARANTINED: "Quarantined",
}


TRAINED_IN_ONE = "{who} says: trained, 1 model"
TRAINED_SOMEWHERE = "{who} says: trained"  # no model is named


FINDING_CHIP = "Finding: {what}"


OUTCOME: dict[PermissionOutcome, str] = {
    PermissionOutcome.REFUSED: "Refused",
    PermissionOutcome.REFUSED_UNCHECKED: "Refused, power not checked",
    PermissionOutcome.LICENSED_AGAINST_WISH: "Licensed against your wish",
    PermissionOutcome.OBJECTED: "Objected",
    PermissionOutcome.NOT_LICENSED: "Not licensed",
    PermissionOutcome.NO_AGREEMENT_KNOWN: "No agreement known",
    PermissionOutcome.LICENSED_BY_OTHERS: "Licensed by others",
    PermissionOutcome.EXPIRED: "Expired",
    PermissionOutcome.TERMS_CHANGED: "New terms",
    PermissionOutcome.CONDITIONS_UNMET: "Conditions not met",
    PermissionOutcome.UNDECIDED: "Not everyone has agreed",
    PermissionOutcome.PROPOSED: "Waits for co-signature",
    PermissionOutcome.ALLOWED: "Allowed",
    PermissionOutcome.DIFFERS: "Differs by use",
}


NO_PROGRAMME = "No programme known"


OUTCOME_FROM_RELEASE = "{outcome}, from {release}"


OUTCOME_DECIDED_BY = "{outcome}, {who} decides"


OWN_STANCE: dict[OwnStance, str] = {
    OwnStance.ALLOW: "Allow",
    OwnStance.REFUSE: "Refuse",
    OwnStance.FOLLOW: "Follow",
    OwnStance.MIXED: "Mixed",
}


FILTER: dict[WorkFilter, str] = {
    WorkFilter.ALL: "All",
    WorkFilter.REPORTED: "Reported",
    WorkFilter.NEEDS_YOU: "Needs you",
    WorkFilter.REFUSED: "Refused",
    WorkFilter.FINDINGS: "Findings",
}


FINDING: dict[FindingKind, str] = {
    FindingKind.USED_AFTER_REFUSAL: "Used after your refusal",
    FindingKind.USED_AGAINST_WISH: "Used against your wish",
    FindingKind.OUTSIDE_AGREEMENT: "Outside what was agreed",
    FindingKind.REPORTED_WITHOUT_AGREEMENT: "Reported without an agreement",
    FindingKind.REMOVAL_OVERDUE: "Removal overdue",
    FindingKind.LICENSED_BY_CO_OWNER: "Licensed by a co-owner",
    FindingKind.LICENSED_BY_OTHERS: "Licensed by others",
    FindingKind.SUCCESSOR_OTHER_TERMS: "A successor model under other terms",
    FindingKind.REPORTED_NOT_PAID: "Reported but not paid",
    FindingKind.PAID_NOT_REPORTED: "Paid but not reported",
    FindingKind.SET_OTHERWISE: "Set otherwise elsewhere",
    FindingKind.LISTED_PUBLICLY: "Listed in a public dataset",
    FindingKind.MANDATE_ENDS: "Mandate ends",
}


def state_words(state: InclusionState, who: str, models: int) -> Sentence:
    """A state as its chip says it."""
    if state is InclusionState.TRAINED and models < 2:
        return say(TRAINED_IN_ONE if models else TRAINED_SOMEWHERE, who=who)
    return say(STATE[state], who=who, n=str(models))


_OF_A_TITLE = "{who} says: {what}; which recording is meant is not known"
_SAYS = "{who} says: {what}"
_SAID: dict[InclusionState, str] = {
    InclusionState.NOTHING_REPORTED: "nothing",
    InclusionState.ATTESTED_ABSENT: "not included",
    InclusionState.SUSPECTED: "suspected",
    InclusionState.CLEARED: "cleared",
    InclusionState.DELIVERED: "delivered",
    InclusionState.IN_DATASET: "in a dataset",
    InclusionState.SCHEDULED: "scheduled",
    InclusionState.TRAINED: "trained",
    InclusionState.EXCLUDED_FROM_FUTURE: "not in the next one",
    InclusionState.REMOVAL_REQUESTED: "removal asked",
    InclusionState.REMOVED: "removed",
    InclusionState.REMOVAL_REFUSED: "removal refused",
    InclusionState.TRAINED_BEFORE_REFUSAL: "trained before your refusal",
    InclusionState.RETRAINED_WITHOUT: "retrained without",
    InclusionState.QUARANTINED: "quarantined",
}


def stated_words(state: InclusionState, who: str, of_a_title: InclusionState | None) -> Sentence:
    """What one statement says; of a title alone it is not known which recording is meant."""
    if of_a_title is not None:
        return say(_OF_A_TITLE, who=who, what=_SAID[of_a_title])
    return state_words(state, who, 1)


def said_words(state: InclusionState, who: str) -> Sentence:
    """A state as somebody's words, without a number: in a line that names the place itself."""
    return say(_SAYS, who=who, what=_SAID[state])


def where_words(summary: WorkSummary) -> Sentence:
    """What "Where it is" says of a work; a finding comes first."""
    if summary.finding is not None:
        return say(FINDING[summary.finding])
    return state_words(summary.where, summary.stated_by, summary.models)


# A no that has no power is nobody's to follow: who decides is what matters then.
_DECIDED_ELSEWHERE = frozenset({PermissionOutcome.OBJECTED, PermissionOutcome.LICENSED_AGAINST_WISH})


def permission_words(summary: WorkSummary) -> Sentence:
    """What stands beside the control: "Refused, from Night Ferry", "Objected, Fieldnote decides"."""
    if summary.outcome is None:
        return say(NO_PROGRAMME)
    outcome = OUTCOME[summary.outcome]
    if summary.outcome in _DECIDED_ELSEWHERE and summary.decider:
        return say(OUTCOME_DECIDED_BY, outcome=outcome, who=summary.decider)
    if summary.follows:
        return say(OUTCOME_FROM_RELEASE, outcome=outcome, release=summary.follows)
    return say(outcome)
