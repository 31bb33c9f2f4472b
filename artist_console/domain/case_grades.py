"""What somebody's word counts for as evidence: by who says it, and by whose the place is that it is about.

An operator speaks as one of its own datasets, models and programmes alone. Of somebody else's place it speaks
as a licensor where it licenses to it, and else as anybody who concludes something.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .addressees import AddresseeKind
from .inclusion_states import EvidenceGrade

_GRADE: dict[AddresseeKind, EvidenceGrade | None] = {
    AddresseeKind.OPERATOR: EvidenceGrade.OPERATOR_STATED,
    AddresseeKind.LABEL: EvidenceGrade.LICENSOR_STATED,
    AddresseeKind.PUBLISHER: EvidenceGrade.LICENSOR_STATED,
    AddresseeKind.DISTRIBUTOR: EvidenceGrade.LICENSOR_STATED,
    AddresseeKind.SOCIETY: EvidenceGrade.LICENSOR_STATED,
    AddresseeKind.LICENSING_BODY: EvidenceGrade.LICENSOR_STATED,
    AddresseeKind.PERSON: None,
    AddresseeKind.OTHER: None,
}


class Relation(Enum):
    """How whoever speaks stands to the place, by the records."""

    OPERATES = "operates"
    LICENSES = "licenses"  # the place is somebody else's, and it licenses to it
    ANOTHERS = "anothers"  # the place is somebody else's
    NOT_KNOWN = "not_known"  # nothing says whose the place is, or no place is named


@dataclass(frozen=True, slots=True)
class Weight:
    grade: EvidenceGrade | None  # None: it is no statement of a place
    why: str = ""  # where it counts for less than the word of such a one does


def told_without_file(weight: Weight) -> Weight:
    """What somebody's word counts for where only the person who records it has heard it."""
    if weight.grade is None:
        return weight
    return Weight(EvidenceGrade.SELF_REPORTED, HEARD_ONLY)


HEARD_ONLY = "It was told without a file: it counts as self-reported, by whoever recorded it."


def grade_of(kind: AddresseeKind) -> EvidenceGrade | None:
    """What an addressee's word counts for; None: it is no statement of a place."""
    return _GRADE[kind]


def weighed(kind: AddresseeKind, relation: Relation, who: str, place: str, whose: str) -> Weight:
    """What it counts for that `who` says something of `place`, which is of `whose` by the records."""
    grade = _GRADE[kind]
    if grade is not EvidenceGrade.OPERATOR_STATED:
        # Whoever licenses speaks of what it licenses, wherever that went.
        return Weight(grade)
    match relation:
        case Relation.LICENSES:
            why = f"By the records {place} is of {whose}, and {who} licenses to it: a licensor says so."
            return Weight(EvidenceGrade.LICENSOR_STATED, why)
        case Relation.ANOTHERS:
            why = f"By the records {place} is of {whose}, not of {who}: it counts as inferred."
            return Weight(EvidenceGrade.INFERRED, why)
        case Relation.OPERATES | Relation.NOT_KNOWN:
            return Weight(grade)
