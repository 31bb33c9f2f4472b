"""Where a work can stand in a programme, and how strong the evidence for it is."""

from __future__ import annotations

from enum import Enum


class InclusionState(Enum):
    """Where a work stands, as somebody states it (PRODUCT, "inclusion statement")."""

    NOTHING_REPORTED = "nothing_reported"
    ATTESTED_ABSENT = "attested_absent"
    SUSPECTED = "suspected"
    CLEARED = "cleared"
    DELIVERED = "delivered"
    IN_DATASET = "in_dataset"
    SCHEDULED = "scheduled"
    TRAINED = "trained"
    EXCLUDED_FROM_FUTURE = "excluded_from_future"
    REMOVAL_REQUESTED = "removal_requested"
    REMOVED = "removed"
    REMOVAL_REFUSED = "removal_refused"
    TRAINED_BEFORE_REFUSAL = "trained_before_refusal"
    RETRAINED_WITHOUT = "retrained_without"
    QUARANTINED = "quarantined"


# `trained` and what follows it name a model version, not a dataset version.
NAMES_A_MODEL = frozenset(
    {
        InclusionState.TRAINED,
        InclusionState.TRAINED_BEFORE_REFUSAL,
        InclusionState.REMOVAL_REFUSED,
        InclusionState.RETRAINED_WITHOUT,
    }
)


# The work is stated not to be there, or there no more.
NOT_THERE = frozenset(
    {InclusionState.ATTESTED_ABSENT, InclusionState.REMOVED, InclusionState.RETRAINED_WITHOUT}
)


# What DESIGN shows first when a work stands differently in several places.
STRENGTH: tuple[InclusionState, ...] = (
    InclusionState.TRAINED,
    InclusionState.TRAINED_BEFORE_REFUSAL,
    InclusionState.REMOVAL_REFUSED,
    InclusionState.REMOVAL_REQUESTED,
    InclusionState.IN_DATASET,
    InclusionState.SCHEDULED,
    InclusionState.DELIVERED,
    InclusionState.CLEARED,
    InclusionState.QUARANTINED,
    InclusionState.SUSPECTED,
    InclusionState.EXCLUDED_FROM_FUTURE,
    InclusionState.REMOVED,
    InclusionState.RETRAINED_WITHOUT,
    InclusionState.ATTESTED_ABSENT,
    InclusionState.NOTHING_REPORTED,
)


# States in which the work is reported in a programme (the second figure of Overview).
REPORTED = frozenset(STRENGTH[:9]) - {InclusionState.CLEARED}


class EvidenceGrade(Enum):
    """Who vouches, strongest first."""

    OPERATOR_SIGNED = "operator_signed"
    AUDITED = "audited"
    OPERATOR_STATED = "operator_stated"
    LICENSOR_STATED = "licensor_stated"
    PUBLIC_DATASET = "public_dataset"
    INFERRED = "inferred"
    SELF_REPORTED = "self_reported"


GRADE_ORDER: tuple[EvidenceGrade, ...] = tuple(EvidenceGrade)


def at_least(grade: EvidenceGrade, floor: EvidenceGrade) -> bool:
    """Whether `grade` is as strong as `floor` or stronger."""
    return GRADE_ORDER.index(grade) <= GRADE_ORDER.index(floor)
