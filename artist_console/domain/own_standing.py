"""What is mine to decide: how much an artist's answers can do, counted over all works."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from .contract_rows import Origin, carriers, least_power, origin_of, own_works
from .contracts import OWNED_RIGHTS, Owned
from .facts import FactBook
from .ids import ArtistId
from .parties import Standing
from .uses import Right


@dataclass(frozen=True, slots=True)
class MineRow:
    """So many works on which the artist's answer can do the same, for the same reason."""

    of: Owned
    right: Right
    standing: Standing
    count: int
    source: str  # who or what says so; empty where nothing is known
    origin: Origin | None  # the contract or statement, where it is one of this profile


def what_is_mine(artist: ArtistId, facts: FactBook, now: datetime) -> tuple[MineRow, ...]:
    """By kind of thing and right; the standing with the most works first.

    Where it differs by place, what the answer can do least counts. Rights that nobody holds in any work are
    left out but for the first of each kind of thing: recording, song, voice.
    """
    works = own_works(artist, facts)
    rows: list[MineRow] = []
    for of, rights in OWNED_RIGHTS.items():
        for right in rights:
            counted: defaultdict[tuple[Standing, str, Origin | None], int] = defaultdict(int)
            for subject in carriers(right, works, artist, facts) - {artist}:
                counted[_now(artist, subject, right, facts, now)] += 1
            found = [
                MineRow(of, right, standing, count, source, origin)
                for (standing, source, origin), count in counted.items()
            ]
            found.sort(key=lambda row: (-row.count, row.standing.value, row.source))
            if right is rights[0] or any(row.standing is not Standing.UNKNOWN for row in found):
                rows += found
    return tuple(rows)


def _now(
    artist: ArtistId, subject: str, right: Right, facts: FactBook, now: datetime
) -> tuple[Standing, str, Origin | None]:
    held = [
        row
        for row in facts.stakeholders.get(subject, ())
        if row.party == artist and row.right is right and row.period.contains(now)
    ]
    least = least_power(held)
    return (least.standing, least.source, origin_of(least.id)) if least else (Standing.UNKNOWN, "", None)
