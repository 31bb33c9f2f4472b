"""Letters of direction: somebody has a part of what is theirs paid to another, who need hold no right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .ids import FactId, PartyId, WorkId
from .parties import WHOLE_BP
from .periods import ALWAYS, Period, Recorded
from .uses import Right


@dataclass(frozen=True, slots=True)
class Direction:
    """A share of what `directed_by` is due by their own split goes to `payee` in place of them.

    It passes on nothing that came to `directed_by` by another letter: so the order of letters says nothing,
    and no circle of them can pay anybody twice.
    """

    id: FactId
    directed_by: PartyId
    payee: PartyId
    share_bp: int  # of the share of `directed_by`
    recorded: Recorded
    payer: str = ""  # name of whoever issues the statements; empty: all of them
    work: WorkId | None = None  # None: all works
    right: Right | None = None  # None: all rights
    period: Period = ALWAYS  # by the month in which a line was earned
    source: str = ""  # the letter: its date, where it lies


def payer_key(name: str) -> str:
    """What two spellings of an issuer's name have in common."""
    return " ".join(name.casefold().split())


def directions_total(directions: Iterable[Direction]) -> int:
    """What letters that hold at once pass on, in basis points."""
    return sum(direction.share_bp for direction in directions)


def overlap(new: Direction, others: Iterable[Direction]) -> int:
    """The most that letters of the same person, which may hold together with this one, pass on with it."""
    beside = [
        other
        for other in others
        if other.id != new.id and other.directed_by == new.directed_by and _may_meet(new, other)
    ]
    return directions_total([new, *beside])


def _may_meet(one: Direction, other: Direction) -> bool:
    payers = {payer_key(one.payer), payer_key(other.payer)} - {""}
    if len(payers) > 1 or (None not in (one.work, other.work) and one.work != other.work):
        return False
    if None not in (one.right, other.right) and one.right is not other.right:
        return False
    return _days_meet(one.period, other.period)


def _days_meet(one: Period, other: Period) -> bool:
    starts = [day for day in (one.since, other.since) if day is not None]
    ends = [day for day in (one.until, other.until) if day is not None]
    return not starts or not ends or max(starts) <= min(ends)


def is_share(share_bp: int) -> bool:
    """Whether it is a share that can be paid by: above nothing, at most all."""
    return 0 < share_bp <= WHOLE_BP
