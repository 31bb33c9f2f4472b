"""A digest over what all registers of an artist say: two sides that agree have the same one.

It is taken over the effective decision of every register, so it shows what a chain of hashes cannot: that
both sides read the same entries in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from artist_console.domain.decisions import Decision
from artist_console.domain.registers import Register

from .canonical import canonical_sha256
from .encoding import as_plain


class RegisterDigest(msgspec.Struct, frozen=True):
    """What the registers of one artist come to at one place of the ledger. `n` 0: nothing was said yet."""

    artist: str
    n: int
    digest: str


class RegisterDigests(msgspec.Struct, frozen=True):
    """Of artists in reach, in the order of their ids; `next` is what to give as `after`, None at the end."""

    epoch: str
    digests: list[RegisterDigest]
    next: str | None


def digest_of_registers(effective: Mapping[Register, Decision]) -> str:
    """SHA-256 (hex) over the canonical JSON of [register, decision id] pairs, ordered by decision id.

    A register without an answer is not in it, however it came to have none.
    """
    pairs = [[as_plain(register), decision.id] for register, decision in effective.items()]
    return canonical_sha256(sorted(pairs, key=lambda pair: str(pair[1])))
