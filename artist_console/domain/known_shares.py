"""What share of a right of a work somebody has in a month, where the whole split is known and adds up."""

from __future__ import annotations

from datetime import date, datetime

from .facts import FactBook
from .finding_records import NOON
from .ids import PartyId, WorkId
from .parties import SPLIT_TOLERANCE_BP, WHOLE_BP
from .share_checks import KnownShares
from .territories import WORLDWIDE
from .uses import Right


def known_shares(facts: FactBook, party: PartyId) -> KnownShares:
    """The shares of one party, looked up once for each right, work and month."""
    found: dict[tuple[WorkId, Right, date], int | None] = {}

    def share_of(work: WorkId, right: Right, month: date) -> int | None:
        key = (work, right, month)
        if key not in found:
            found[key] = _share(facts, party, work, right, month)
        return found[key]

    return share_of


def _share(facts: FactBook, party: PartyId, work: WorkId, right: Right, month: date) -> int | None:
    """None: not known, told for some territories only, disputed, not adding up, or none at all."""
    at = datetime.combine(month, NOON)
    held = [row for row in facts.stakeholders.get(work, ()) if row.right is right and row.period.contains(at)]
    if any(row.disputed or row.share_bp is None or row.territories != WORLDWIDE for row in held):
        return None
    if abs(sum(row.share_bp or 0 for row in held) - WHOLE_BP) > SPLIT_TOLERANCE_BP:
        return None
    # Whoever has none is paid by a letter of direction, or by an agreement that is not known here.
    return sum(row.share_bp or 0 for row in held if row.party == party) or None
