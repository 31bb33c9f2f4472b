"""Of which kinds findings are (PRODUCT, "Findings")."""

from __future__ import annotations

from enum import Enum


class FindingKind(Enum):
    """In the order in which a work shows the first of several."""

    USED_AFTER_REFUSAL = "used_after_refusal"
    USED_AGAINST_WISH = "used_against_wish"
    OUTSIDE_AGREEMENT = "outside_agreement"
    REPORTED_WITHOUT_AGREEMENT = "reported_without_agreement"
    REMOVAL_OVERDUE = "removal_overdue"
    LICENSED_BY_CO_OWNER = "licensed_by_co_owner"
    LICENSED_BY_OTHERS = "licensed_by_others"
    SUCCESSOR_OTHER_TERMS = "successor_other_terms"
    REPORTED_NOT_PAID = "reported_not_paid"
    PAID_NOT_REPORTED = "paid_not_reported"
    SET_OTHERWISE = "set_otherwise"
    LISTED_PUBLICLY = "listed_publicly"
    MANDATE_ENDS = "mandate_ends"
