"""The one number that stands for all rows of a table: the Merkle tree head (RFC 9162) over its records.

A leaf is SHA-256 over a zero byte and the bytes of a record without its line end. Each record carries a salt
of its own, so that nobody finds a removed row by trying. From the rows that are left and the leaves of those
that are not, the head is worked out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import BinaryIO

from .merkle import EMPTY_ROOT

KEPT = b"+"  # stands in a proof for a row that is here
_LEAF = re.compile(rb"[0-9a-f]{64}")
_PROOF_STEP_BYTES = 64 * 1024
_BLOCK_ROWS = 1 << 10  # whose digests are folded together at once


class MalformedProof(ValueError):
    """A proof that is not one of this table; `str()` says why."""


def leaf_of(record: bytes) -> bytes:
    """The digest of one row."""
    return sha256(b"\x00" + record).digest()


class Roots:
    """Grows row by row and keeps one hash for each bit of their number."""

    __slots__ = ("_peaks", "rows")

    def __init__(self) -> None:
        self.rows = 0
        self._peaks: list[bytes] = []

    def append(self, record: bytes) -> None:
        self.append_leaf(sha256(b"\x00" + record).digest())

    def append_leaf(self, leaf: bytes) -> None:
        """The same for a row of which only the digest is here."""
        self._put(leaf, self.rows)
        self.rows += 1

    def _put(self, top: bytes, place: int) -> None:
        """The head of the next whole subtree, which is the `place`-th of its size."""
        peaks = self._peaks
        while place & 1:
            top = sha256(b"\x01" + peaks.pop() + top).digest()
            place >>= 1
        peaks.append(top)

    def extend(self, records: Iterable[bytes]) -> None:
        left = iter(records)
        while batch := list(islice(left, _BLOCK_ROWS)):
            self.extend_leaves([sha256(b"\x00" + record).digest() for record in batch])

    def extend_leaves(self, leaves: Sequence[bytes]) -> None:
        """Many digests of rows at once: whole subtrees are folded level by level, in half the time."""
        at, left = 0, len(leaves)
        while left:
            size = min(self.rows & -self.rows or _BLOCK_ROWS, 1 << left.bit_length() - 1, _BLOCK_ROWS)
            self._put(_folded(leaves[at : at + size]), self.rows // size)
            self.rows += size
            at, left = at + size, left - size

    @property
    def root(self) -> str:
        """The tree head (hex) of the rows so far."""
        if not self._peaks:
            return EMPTY_ROOT.hex()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = sha256(b"\x01" + peak + root).digest()
        return root.hex()


def _folded(level: Sequence[bytes]) -> bytes:
    """The head of a whole subtree, whose leaves are a power of two."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=True)
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return level[0]


def proof_line(leaf: bytes | None) -> bytes:
    """One line of a proof with its end: of a row that was taken out, or of one that is here (None)."""
    return (KEPT if leaf is None else leaf.hex().encode("ascii")) + b"\n"


def proof_lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines of a proof without their ends. Raises MalformedProof where one is none."""
    begun = b""
    while step := source.read(_PROOF_STEP_BYTES):
        lines = (begun + step).split(b"\n")
        begun = lines.pop()
        if len(begun) > 64:
            raise MalformedProof("a line of the proof is too long")
        yield from lines
    if begun:
        raise MalformedProof("the last line of the proof does not end")


def rebuilt_root(
    proof: Iterable[bytes], records: Iterable[bytes], here: Roots | None = None
) -> tuple[int, int, str]:
    """Rows of the original table, how many of them are not here, and its tree head (hex).

    `here` grows by the records alone, whose digests are made once for both. Raises MalformedProof where a
    line of the proof is none, or where it speaks of more or fewer rows than are here.
    """
    roots, kept = Roots(), here or Roots()
    lines, left = iter(proof), iter(records)
    removed = 0
    while batch := list(islice(lines, _BLOCK_ROWS)):
        own = [sha256(b"\x00" + record).digest() for record in islice(left, batch.count(KEPT))]
        if len(own) != batch.count(KEPT):
            raise MalformedProof("the proof speaks of more rows than are here")
        kept.extend_leaves(own)
        if len(own) < len(batch):
            removed += len(batch) - len(own)
            own = list(_together(batch, own, roots.rows))
        roots.extend_leaves(own)
    if next(left, None) is not None:
        raise MalformedProof("there are rows here of which the proof does not speak")
    return roots.rows, removed, roots.root


def _together(lines: Iterable[bytes], kept: Iterable[bytes], before: int) -> Iterator[bytes]:
    """The leaves of the original: those of rows that are here, and those that the proof names."""
    own = iter(kept)
    for number, line in enumerate(lines, start=before + 1):
        if line == KEPT:
            yield next(own)
        elif _LEAF.fullmatch(line):
            yield bytes.fromhex(line.decode("ascii"))
        else:
            raise MalformedProof(f"line {number} of the proof is none")
