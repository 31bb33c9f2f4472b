"""Signed heads: the keeper of a ledger vouches for all of it at one size, with one signature.

A signed head is a compact JWS over canonical JSON, as a receipt is; docs/formats/ledger.md describes it for
other programs. It names the Merkle root, which short proofs lead to, and the head of the chain, which pins
and receipts name: both are over the same entries. One size has one signed head in an epoch, so that two of
them that differ are evidence against their signer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from artist_console.domain.decisions import Pin
from artist_console.domain.ids import ArtistId

from .canonical import NotCanonical, canonical_bytes
from .encoding import as_plain
from .receipts import ReceiptSigner
from .signatures import (
    MalformedSignature,
    PublicKey,
    SignatureFault,
    SigningKey,
    UnverifiedJws,
    check_signature,
    read_jws,
    sign_jws,
)

HEAD_TYPE = "artist-console-signed-head"
HEAD_VERSION = 1
JWS_TYP = "artist-console-head+jws"
# Of a path: a tree of 2^63 leaves needs no more hashes.
MAX_PATH = 64
MAX_SIZE = 2**53 - 1

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class MalformedHead(ValueError):
    """Text that is not a signed head, or hashes that are no path. `str()` says where."""


class SignedHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a signed head says: this artist's ledger had this size, and came to these two hashes."""

    type: str
    version: int
    artist: ArtistId
    size: int
    root: str  # hex; of the Merkle tree over the entries without their heads
    head: str  # hex; of the chain; empty where the size is 0
    epoch: str
    signed_at: datetime
    signer: ReceiptSigner

    @property
    def pin(self) -> Pin:
        return Pin(self.size, self.head)

    def contradicts(self, other: SignedHead) -> bool:
        """Whether both cannot be true: one ledger, one epoch, one size, and other hashes."""
        same = (self.artist, self.epoch, self.size) == (other.artist, other.epoch, other.size)
        return same and (self.root, self.head) != (other.root, other.head)


@dataclass(frozen=True, slots=True)
class UnverifiedHead:
    """A signed head as it claims to be."""

    text: str
    jws: UnverifiedJws
    claims: SignedHead


@dataclass(frozen=True, slots=True)
class VerifiedHead:
    """A signed head whose signature was checked, and the key that made it."""

    text: str
    claims: SignedHead
    key: PublicKey


def make_head(
    artist: ArtistId,
    pin: Pin,
    root: bytes,
    key: SigningKey,
    signer: ReceiptSigner,
    epoch: str,
    signed_at: datetime,
) -> str:
    """Sign the head of a ledger at a position of its chain."""
    claims = SignedHead(
        HEAD_TYPE, HEAD_VERSION, artist, pin.n, root.hex(), pin.head, epoch, signed_at, signer
    )
    return sign_jws(canonical_bytes(as_plain(claims)), key, JWS_TYP)


_PAYLOAD = msgspec.json.Decoder(SignedHead)


def read_head(text: str) -> UnverifiedHead:
    """Read a signed head without believing it. Raises MalformedHead."""
    try:
        jws = read_jws(text)
        claims = _PAYLOAD.decode(jws.payload)
        spelled = canonical_bytes(as_plain(claims))
    except (MalformedSignature, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, NotCanonical) as e:
        raise MalformedHead(str(e)) from e
    if jws.typ != JWS_TYP or claims.type != HEAD_TYPE:
        raise MalformedHead("it is signed, but it is not the head of a ledger")
    if claims.version != HEAD_VERSION:
        raise MalformedHead("it was written by a newer version")
    if spelled != jws.payload:
        raise MalformedHead("its content is not in canonical spelling")
    if not 0 <= claims.size <= MAX_SIZE:
        raise MalformedHead("no ledger has that size")
    if not _HASH.fullmatch(claims.root) or not (_HASH.fullmatch(claims.head) or _is_empty(claims)):
        raise MalformedHead("a hash has 64 digits from 0 to 9 and a to f")
    return UnverifiedHead(text, jws, claims)


def _is_empty(claims: SignedHead) -> bool:
    return claims.size == 0 and claims.head == ""


def verify_head(head: UnverifiedHead, keys: Mapping[str, PublicKey]) -> VerifiedHead | SignatureFault:
    """Check a signed head against the keys that are known, by key id."""
    match check_signature(head.jws, keys):
        case SignatureFault() as fault:
            return fault
        case verified:
            return VerifiedHead(head.text, head.claims, verified.key)


# What a service answers about heads


class HeadsPage(msgspec.Struct, frozen=True):
    """Signed heads of ledgers in reach, by artist; `next` is None on the last page."""

    heads: list[str]
    next: str | None = None


class HeadReply(msgspec.Struct, frozen=True):
    """The signed head of one ledger as it is now."""

    head: str


class ConsistencyReply(msgspec.Struct, frozen=True):
    """The path that leads from the root at one size to the root at another (RFC 9162, 2.1.4.1)."""

    first: int
    second: int
    path: list[str]


class InclusionReply(msgspec.Struct, frozen=True):
    """The path that leads from entry `n`, counted from 1, to the root at a size (RFC 9162, 2.1.3.1)."""

    n: int
    size: int
    path: list[str]


def read_path(path: Sequence[str]) -> tuple[bytes, ...]:
    """The hashes of a path as they travel. Raises MalformedHead."""
    if len(path) > MAX_PATH:
        raise MalformedHead("a path is not that long")
    if not all(_HASH.fullmatch(each) for each in path):
        raise MalformedHead("a hash has 64 digits from 0 to 9 and a to f")
    return tuple(bytes.fromhex(each) for each in path)
