"""Who is paid what of a work, said by hand: a split for paying alone, which no permission rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .ids import FactId, PartyId, WorkId
from .parties import SPLIT_TOLERANCE_BP, WHOLE_BP
from .periods import ALWAYS, Period, Recorded
from .phrases import Sentence, say
from .uses import SONG_RIGHTS, Right
from .work_kinds import WorkKind

MOST_SHARES = 100
BY_HAND = "Split set by hand"


@dataclass(frozen=True, slots=True)
class PaidShare:
    """A party's share of what is paid for a right, in basis points."""

    party: PartyId
    share_bp: int


@dataclass(frozen=True, slots=True)
class PaidSplit:
    """Who is paid what of one right of one work, for a time. It says nothing about who may answer for it."""

    id: FactId
    work: WorkId
    right: Right
    shares: tuple[PaidShare, ...]
    recorded: Recorded
    period: Period = ALWAYS  # by the month in which a line was earned
    source: str = ""  # who or what says so


def total_bp(shares: Iterable[PaidShare]) -> int:
    """What shares come to, in basis points."""
    return sum(share.share_bp for share in shares)


def is_whole(shares: Iterable[PaidShare]) -> bool:
    """Whether shares come to all of a right, give or take the tolerance."""
    return abs(total_bp(shares) - WHOLE_BP) <= SPLIT_TOLERANCE_BP


def split_on(every: Iterable[PaidSplit], right: Right, day: date) -> PaidSplit | None:
    """The split of a right that holds on a day; the one that began last, where several do."""
    held = [split for split in every if split.right is right and _holds_on(split.period, day)]
    return max(held, key=lambda split: (split.period.since or date.min, split.id), default=None)


def paid_split_fault(split: PaidSplit, kind: WorkKind) -> Sentence | None:
    """Why a split cannot be kept; None where it can. A sum that misses the whole is kept, and told."""
    if not split.shares:
        return say("Say who is paid, and which share.")
    if len(split.shares) > MOST_SHARES:
        return say("There is room for {most} shares.", most=str(MOST_SHARES))
    if any(not 0 < share.share_bp <= WHOLE_BP for share in split.shares):
        return say("A share has to be above 0 and at most 10,000 basis points.")
    if len({share.party for share in split.shares}) < len(split.shares):
        return say("Somebody is named twice: give them one share.")
    if split.right in SONG_RIGHTS and kind is WorkKind.RECORDING:
        return say("A song is shared by itself, not in each of its recordings: name the song.")
    if split.right not in SONG_RIGHTS and kind is WorkKind.COMPOSITION:
        return say("A song has no such right; name the recording.")
    since, until = split.period.since, split.period.until
    if since is not None and until is not None and until < since:
        return say("The last day is before the first. Correct one of them.")
    return None


@dataclass(frozen=True, slots=True)
class SplitsAfter:
    """What follows of a new split for those of the same right and work that are kept."""

    ended: tuple[PaidSplit, ...] = ()  # as they stand from now on
    replaced: PaidSplit | None = None  # began on the same day: the new one takes its place
    fault: Sentence | None = None  # why the new one cannot be kept beside them


def make_room(new: PaidSplit, others: Iterable[PaidSplit]) -> SplitsAfter:
    """End what the new split follows. Days of which it would leave nothing said are never taken silently."""
    first, last = date.min, date.max
    since, until = new.period.since or first, new.period.until or last
    ended: list[PaidSplit] = []
    replaced: PaidSplit | None = None
    for other in sorted(others, key=lambda each: each.id):
        if other.id == new.id or (other.work, other.right) != (new.work, new.right):
            continue
        began, ends = other.period.since or first, other.period.until or last
        if ends < since or began > until:
            continue
        if began > since:
            words = "Another split is kept from {day} on: say --until, or remove that one first."
            return SplitsAfter(fault=say(words, day=began.isoformat()))
        if ends > until:
            words = "The split that is kept holds beyond {day}: leave out the last day, or remove that one."
            return SplitsAfter(fault=say(words, day=until.isoformat()))
        if began == since:
            replaced = other
            continue
        ended.append(replace(other, period=Period(other.period.since, since - timedelta(days=1))))
    return SplitsAfter(tuple(ended), replaced)


def _holds_on(period: Period, day: date) -> bool:
    return (period.since is None or period.since <= day) and (period.until is None or day <= period.until)
