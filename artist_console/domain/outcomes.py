"""What a permission comes to: the word that every row, report and filter shows."""

from __future__ import annotations

from enum import Enum


class PermissionOutcome(Enum):
    """What follows. In the order in which the first that applies is the outcome."""

    __hash__ = object.__hash__  # by identity: the rule looks thousands of them up

    REFUSED = "refused"
    REFUSED_UNCHECKED = "refused_unchecked"
    LICENSED_AGAINST_WISH = "licensed_against_wish"
    OBJECTED = "objected"
    NOT_LICENSED = "not_licensed"
    NO_AGREEMENT_KNOWN = "no_agreement_known"
    LICENSED_BY_OTHERS = "licensed_by_others"
    EXPIRED = "expired"
    TERMS_CHANGED = "terms_changed"
    CONDITIONS_UNMET = "conditions_unmet"
    UNDECIDED = "undecided"
    PROPOSED = "proposed"
    ALLOWED = "allowed"
    DIFFERS = "differs"  # over several cells or territories


# From the one that permits least to the one that permits most. A programme may use a work only where the
# outcome is ALLOWED; the two "licensed" outcomes report what a licensor claims.
PERMISSIVENESS: dict[PermissionOutcome, int] = {
    outcome: (1 if outcome is PermissionOutcome.ALLOWED else 0) for outcome in PermissionOutcome
}
