"""Who shares one right of a work on a day, in a place: shares that can be paid by, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum

from .ids import PartyId
from .paid_splits import BY_HAND, PaidSplit, is_whole, split_on, total_bp
from .parties import WHOLE_BP, Stakeholder, Standing, split_fault
from .uses import Right


class LeftReason(Enum):
    """Why money of a line is not paid on."""

    NO_WORK = "no_work"
    NO_SONG = "no_song"
    NO_RIGHT_PARTS = "no_right_parts"
    NO_SPLIT = "no_split"
    NO_RATE = "no_rate"
    DISPUTED_SPLIT = "disputed_split"
    SPLIT_TOTAL = "split_total"
    DIRECTIONS_TOTAL = "directions_total"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Share:
    """A party's share of a right: `share_bp` of `total_bp`, which is 10,000 give or take the tolerance."""

    party: PartyId
    share_bp: int
    total_bp: int
    source: str = ""


def shares_of(
    holders: Iterable[Stakeholder], right: Right, day: date, place: str | None
) -> tuple[Share, ...] | LeftReason:
    """The split in force, by party; or why it cannot be paid by.

    A split that misses 10,000 within the tolerance is paid in proportion. Where no share is stated at all, a
    single holder who controls the right has all of it.
    """
    instant = datetime.combine(day, time(), UTC)
    held = tuple(
        sorted(
            (
                holder
                for holder in holders
                if holder.right is right
                and holder.period.contains(instant)
                and holder.territories.covers(place)
            ),
            key=lambda holder: (holder.party, holder.id),
        )
    )
    fault = split_fault(right, held)
    if fault is not None:
        return LeftReason.DISPUTED_SPLIT if fault.total_bp is None else LeftReason.SPLIT_TOTAL
    shares: dict[PartyId, int] = {}
    sources: dict[PartyId, str] = {}
    for holder in held:
        if holder.share_bp:
            shares[holder.party] = shares.get(holder.party, 0) + holder.share_bp
            sources.setdefault(holder.party, holder.source)
    total = sum(shares.values())
    if total:
        return tuple(Share(party, share, total, sources[party]) for party, share in sorted(shares.items()))
    alone = [holder for holder in held if holder.share_bp is None and holder.standing is Standing.CONTROLS]
    if len({holder.party for holder in alone}) == 1:
        return (Share(alone[0].party, WHOLE_BP, WHOLE_BP, alone[0].source),)
    return LeftReason.NO_SPLIT


def said_shares(every: Iterable[PaidSplit], right: Right, day: date) -> tuple[Share, ...] | LeftReason:
    """The split that was set by hand for paying; it counts where no stakeholder's share is known."""
    split = split_on(every, right, day)
    if split is None:
        return LeftReason.NO_SPLIT
    if not is_whole(split.shares):
        return LeftReason.SPLIT_TOTAL
    total, source = total_bp(split.shares), split.source or BY_HAND
    held = sorted(split.shares, key=lambda share: share.party)
    return tuple(Share(share.party, share.share_bp, total, source) for share in held)
