"""Whom a check may count as known: keys with their names, handovers between keys, and keys taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from artist_console.domain.phrases import day_in_words

from .handovers import ChainFault, Handover, way_to
from .signatures import KnownKey, PublicKey


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody knows of signers, by kid; a key that was taken back need not be among the known ones."""

    keys: Mapping[str, KnownKey] = field(default_factory=dict)
    handovers: tuple[Handover, ...] = ()
    revoked: Mapping[str, tuple[date, str]] = field(default_factory=dict)  # since when, and why

    @classmethod
    def of(cls, keys: Iterable[KnownKey]) -> Self:
        return cls({each.key.kid: each for each in keys})

    def look_up(self, key: PublicKey, carried: Iterable[Handover] = ()) -> KnownKey | ChainFault | None:
        """Who this key is here: known itself, or by handovers that are here or that a file `carried`.

        A key that was taken back or replaced is given with that said of it: what it means is the caller's
        business. A fault says that handovers lead here from a known key, and count for nothing.
        """
        handovers = (*self.handovers, *carried)
        kid = key.kid
        found = self.keys.get(kid)
        if found is None:
            taken_back = {kid for kid, each in self.keys.items() if each.revoked is not None}
            way = way_to(key, self.keys, handovers, taken_back.union(self.revoked))
            if not isinstance(way, tuple):
                return way
            found = _handed_to(key, self.keys[way[0].former.kid], way)
        replaced = min((each.on for each in handovers if each.former.kid == kid), default=None)
        return replace(
            found,
            replaced=found.replaced or replaced,
            revoked=found.revoked or self.revoked.get(kid),
        )


def _handed_to(key: PublicKey, known: KnownKey, way: tuple[Handover, ...]) -> KnownKey:
    day = day_in_words(way[-1].on)
    if len(way) == 1:
        return KnownKey(
            key, known.name, f"a handover of {day}, signed by the key that you know as {known.name}"
        )
    steps = f"{len(way)} handovers, the last of {day}, from the key that you know as {known.name}"
    return KnownKey(key, known.name, steps)
