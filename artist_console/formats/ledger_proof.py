"""The hash chain of an artist's ledger: each head follows from the one before and from the entry.

h_n = SHA-256(h_(n-1) || canonical bytes of entry n without its head); before the first entry the head is
empty. PROTOCOL, "Identities".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from artist_console.domain.decisions import LedgerEntry, Pin

from .canonical import NotCanonical
from .wire import entry_bytes

NOTHING_YET = Pin()


class ChainFault(Enum):
    """What is wrong at the first bad position of a chain."""

    MISSING = "missing"  # another position stands where this one should
    OTHER_ARTIST = "other_artist"
    DOES_NOT_FOLLOW = "does_not_follow"  # the entry, or one before it, is not what was recorded


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How far a chain holds. `end` is the last good position, `bad_at` the first bad one."""

    end: Pin
    fault: ChainFault | None = None
    bad_at: int | None = None

    @property
    def holds(self) -> bool:
        return self.fault is None


def next_head(previous_head: str, entry: LedgerEntry) -> str:
    """The head (hex) after `entry`; the entry's own head is not read. `previous_head` "" before the first.

    Raises NotCanonical when the entry holds something that has no one spelling.
    """
    return head_over(previous_head, entry_bytes(entry))


def head_over(previous_head: str, entry: bytes) -> str:
    """The same from the canonical bytes of the entry."""
    return hashlib.sha256(bytes.fromhex(previous_head) + entry).hexdigest()


def check_chain(entries: Iterable[LedgerEntry], after: Pin = NOTHING_YET) -> ChainCheck:
    """Check entries of one artist, in ledger order, that follow `after`. No entries hold."""
    end = after
    artist = None
    for entry in entries:
        artist = artist or entry.artist
        fault = _fault_of(entry, end, artist)
        if fault is not None:
            return ChainCheck(end, fault, end.n + 1)
        end = Pin(entry.n, entry.head)
    return ChainCheck(end)


def _fault_of(entry: LedgerEntry, before: Pin, artist: str) -> ChainFault | None:
    if entry.n != before.n + 1:
        return ChainFault.MISSING
    if entry.artist != artist:
        return ChainFault.OTHER_ARTIST
    try:
        follows = entry.head == next_head(before.head, entry)
    except (NotCanonical, ValueError):
        follows = False
    return None if follows else ChainFault.DOES_NOT_FOLLOW
