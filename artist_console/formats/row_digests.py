"""The one number that stands for all rows of a table: the Merkle tree head (RFC 9162) over its records.

A leaf is SHA-256 over a zero byte and the bytes of a record without its line end. Each record carries a salt
of its own, so that nobody finds a removed row by trying. From the rows that are left and the leaves of those
that are not, the head is worked out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO

from .merkle import EMPTY_ROOT

KEPT = b"+"  # stands in a proof for a row that is here
_LEAF = re.compile(rb"[0-9a-f]{64}")
_PROOF_STEP_BYTES = 64 * 1024


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
        peaks, place = self._peaks, self.rows
        while place & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            place >>= 1
        peaks.append(leaf)
        self.rows += 1

    def extend(self, records: Iterable[bytes]) -> None:
        for record in records:
            self.append(record)

    @property
    def root(self) -> str:
        """The tree head (hex) of the rows so far."""
        if not self._peaks:
            return EMPTY_ROOT.hex()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = sha256(b"\x01" + peak + root).digest()
        return root.hex()


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


def rebuilt_root(proof: Iterable[bytes], records: Iterable[bytes]) -> tuple[int, int, str]:
    """Rows of the original table, how many of them are not here, and its tree head (hex).

    Raises MalformedProof where a line of the proof is none, or where it speaks of more or fewer rows than are
    here.
    """
    roots = Roots()
    left = iter(records)
    removed = 0
    for line in proof:
        if line == KEPT:
            record = next(left, None)
            if record is None:
                raise MalformedProof("the proof speaks of more rows than are here")
            roots.append(record)
        elif _LEAF.fullmatch(line):
            roots.append_leaf(bytes.fromhex(line.decode("ascii")))
            removed += 1
        else:
            raise MalformedProof(f"line {roots.rows + 1} of the proof is none")
    if next(left, None) is not None:
        raise MalformedProof("there are rows here of which the proof does not speak")
    return roots.rows, removed, roots.root
