"""What counts where and when: places and days cut where a contract begins, ends or stops to apply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from .contracts import Contract, Ownership
from .parties import Standing
from .periods import Period
from .territories import Territories, everywhere_but

# From the least that an answer can do to the most.
_POWER = (
    Standing.WISH,
    Standing.THROUGH_BODY,
    Standing.UNKNOWN,
    Standing.APPROVES,
    Standing.SHARES,
    Standing.CONTROLS,
    Standing.PERSONAL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some places, for some days, with what counts there."""

    places: Territories
    period: Period
    contracts: tuple[Contract, ...]  # that hold, the one that counts first
    returned: Contract | None  # from which the rights have come back, where none holds
    ownership: Ownership | None


def power_of(standing: Standing | None) -> int:
    return _POWER.index(standing) if standing is not None else len(_POWER)


def cut(contracts: Sequence[Contract], ownership: Ownership | None) -> Iterable[Piece]:
    for places, there in _by_place(contracts):
        pieces: list[Piece] = []
        for period in _spans(there, ownership):
            piece = _piece(places, period, there, ownership)
            if pieces and _same(pieces[-1], piece):
                joined = Period(pieces[-1].period.since, period.until)
                pieces[-1] = replace(piece, period=joined)
            else:
                pieces.append(piece)
        yield from pieces


def _by_place(contracts: Sequence[Contract]) -> Iterable[tuple[Territories, tuple[Contract, ...]]]:
    """Places in which the same contracts apply; the rest of the world comes last."""
    named = sorted({code for contract in contracts for code in contract.territories.named})
    elsewhere = tuple(c for c in contracts if c.territories.covers(None))
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    applying: dict[tuple[str, ...], tuple[Contract, ...]] = {}
    for code in named:
        there = tuple(c for c in contracts if c.territories.covers(code))
        if there != elsewhere:
            key: tuple[str, ...] = tuple(c.id for c in there)
            groups[key].append(code)
            applying[key] = there
    apart = [code for codes in groups.values() for code in codes]
    for key, codes in sorted(groups.items()):
        yield Territories(tuple(codes)), applying[key]
    yield everywhere_but(apart), elsewhere


def _spans(contracts: Iterable[Contract], ownership: Ownership | None) -> Iterable[Period]:
    """The days between two of which nothing begins or ends."""
    begins: set[date] = set()
    for contract in contracts:
        held = contract.holds
        begins |= {held.since} if held.since else set()
        begins |= {held.until + timedelta(days=1)} if held.until else set()
    if ownership is not None and ownership.since is not None:
        begins.add(ownership.since)
    edges: list[date | None] = [None, *sorted(begins), None]
    for since, following in pairwise(edges):
        yield Period(since, following - timedelta(days=1) if following is not None else None)


def _piece(
    places: Territories, period: Period, contracts: Sequence[Contract], ownership: Ownership | None
) -> Piece:
    holding = [c for c in contracts if both_periods(c.holds, period) is not None]
    holding.sort(key=lambda c: (power_of(c.standing), c.signed_on or date.min, c.id))
    back = None
    if not holding and period.since is not None:
        gone = [c for c in contracts if c.reversion_on is not None and c.reversion_on <= period.since]
        # The last to come back is what the rights came back from.
        back = max(gone, key=lambda c: (c.reversion_on or date.min, c.id), default=None)
    said = ownership
    if said is not None and said.since is not None and both_periods(Period(said.since), period) is None:
        said = None
    return Piece(places, period, tuple(holding), back, said)


def _same(one: Piece, other: Piece) -> bool:
    return (one.contracts, one.returned, one.ownership) == (other.contracts, other.returned, other.ownership)


def both_periods(one: Period, other: Period) -> Period | None:
    """The days that lie in both."""
    since = max((day for day in (one.since, other.since) if day is not None), default=None)
    until = min((day for day in (one.until, other.until) if day is not None), default=None)
    return None if since is not None and until is not None and until < since else Period(since, until)
