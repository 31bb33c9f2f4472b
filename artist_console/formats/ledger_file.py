"""A ledger as a file that anybody can check: entries, receipts, signed heads, and a path for every entry.

JSON Lines, read line by line under limits; docs/formats/ledger.md describes it for other programs. Whoever
hands it over is not believed: everything in it is checked by `ledger_checks`, and keys that only stand in the
file are told as that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from artist_console.domain.decisions import LedgerEntry

from .headless import MalformedEntry, headless, read_headless
from .ledger_checks import GivenConflict, GivenKey, LedgerChecking, LedgerFound
from .merkle import Tree, inclusion_path, leaf_hash
from .receipt_proof import key_members
from .signatures import NotAKey, PublicKey
from .signed_head import MalformedHead, SignedHead, read_head, read_path
from .strict_json import MalformedJson, placed, read_json
from .wire import entry_bytes

FILE_TYPE = "artist-console-ledger"
FILE_VERSION = 1
MAX_FILE_BYTES = 2_000_000_000
MAX_LINE_BYTES = 1_000_000
MAX_KEYS = 100
MAX_LEDGERS = 100_000
MAX_ENTRIES = 10_000_000
MAX_HEADS = 100_000  # and as many conflicts
_LONGEST_NAME = 1_000


class MalformedLedgerFile(ValueError):
    """Lines that are no such file. `str()` says what and in which line."""


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """One ledger as it goes into a file."""

    artist: str
    name: str
    epoch: str | None  # of its keeper, as last heard
    heads: Sequence[str]  # signed heads, oldest first; paths lead to the last
    conflicts: Sequence[GivenConflict]
    entries: Sequence[tuple[LedgerEntry, str | None]]  # with their receipts


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line."""

    type: str
    version: int
    exported_at: datetime
    keys: list[dict[str, str]]


class _Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is told of a ledger before its lines, and how many of each kind follow."""

    artist: str
    name: str
    epoch: str | None
    heads: int
    conflicts: int
    entries: int


class _LedgerLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ledger: _Ledger


class _HeadLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    signed_head: str


class _Conflict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    kept: str | None
    shown: str
    n: int


class _ConflictLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    conflict: _Conflict


class _EntryLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: dict[str, Any]
    receipt: str | None
    path: list[str] | None


_Line = TypeVar("_Line", _Head, _LedgerLine, _HeadLine, _ConflictLine, _EntryLine)


# Writing


def ledger_lines(parts: Iterable[LedgerPart], keys: Iterable[PublicKey], at: datetime) -> Iterator[bytes]:
    """The lines of the file, each with its end. Raises NotCanonical."""
    yield _written(_Head(FILE_TYPE, FILE_VERSION, at, [key_members(key) for key in keys]))
    for part in parts:
        yield from _lines_of(part)


def _lines_of(part: LedgerPart) -> Iterator[bytes]:
    told = _Ledger(
        part.artist, part.name, part.epoch, len(part.heads), len(part.conflicts), len(part.entries)
    )
    yield _written(_LedgerLine(told))
    for text in part.heads:
        yield _written(_HeadLine(text))
    for each in part.conflicts:
        yield _written(_ConflictLine(_Conflict(each.kind, each.kept, each.shown, each.n)))
    tree = Tree(leaf_hash(entry_bytes(entry)) for entry, _ in part.entries)
    size = _size_proved(part, tree)
    for place, (entry, receipt) in enumerate(part.entries):
        path = None
        if place < size:
            path = [each.hex() for each in inclusion_path(place, size, tree.node)]
        yield _written(_EntryLine(headless(entry), receipt, path))


def _size_proved(part: LedgerPart, tree: Tree) -> int:
    """How many entries have a path to the last head; 0 where it is not one of these entries."""
    newest = _claims(part.heads[-1]) if part.heads else None
    if newest is None or newest.size > tree.size or tree.root_at(newest.size).hex() != newest.root:
        return 0
    return newest.size


def _claims(text: str) -> SignedHead | None:
    try:
        return read_head(text).claims
    except MalformedHead:
        return None


def _written(line: msgspec.Struct) -> bytes:
    plain = msgspec.to_builtins(line)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


# Reading and checking


@dataclass(frozen=True, slots=True)
class LedgerInFile:
    """One ledger of a file, checked. The name is what the file says."""

    name: str
    found: LedgerFound


def check_ledger_lines(lines: Iterable[bytes], known: Mapping[str, GivenKey]) -> Iterator[LedgerInFile]:
    """Check a file line by line, with the keys that are known here; gives one ledger after the other.

    Raises MalformedLedgerFile at the first line that is not what it should be.
    """
    reading = _Reading(iter(lines))
    header = reading.next(_Head)
    if header.type != FILE_TYPE:
        raise reading.malformed(f"its type is “{header.type[:60]}”, not that of a ledger")
    if header.version != FILE_VERSION:
        raise reading.malformed("it was written by a newer version of Artist Console")
    keys = {**reading.keys(header.keys), **known}
    for _ in range(MAX_LEDGERS):
        if reading.is_at_end():
            return
        yield _checked(reading, keys)
    raise reading.malformed(f"more than {MAX_LEDGERS:,} ledgers are not read")


def _checked(reading: _Reading, keys: Mapping[str, GivenKey]) -> LedgerInFile:
    told = reading.next(_LedgerLine).ledger
    if min(told.heads, told.conflicts, told.entries) < 0:
        raise reading.malformed("a count is below zero")
    if told.entries > MAX_ENTRIES or max(told.heads, told.conflicts) > MAX_HEADS:
        raise reading.malformed("it counts more lines than are read of one ledger")
    checking = LedgerChecking(told.artist, keys, told.epoch, known_here=False)
    for _ in range(told.heads):
        checking.add_head(reading.next(_HeadLine).signed_head)
    for _ in range(told.conflicts):
        given = reading.next(_ConflictLine).conflict
        checking.add_conflict(GivenConflict(given.kind, given.kept, given.shown, given.n))
    for _ in range(told.entries):
        line = reading.next(_EntryLine)
        try:
            entry = read_headless(line.entry)
            path = read_path(line.path) if line.path is not None else None
        except (MalformedEntry, MalformedHead) as error:
            raise reading.malformed(str(error)) from error
        checking.take(entry, line.receipt, path)
    return LedgerInFile(told.name[:_LONGEST_NAME], checking.found())


class _Reading:
    """Takes lines in order, and knows the number of the last."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._number = 0
        self._ahead: bytes | None = None

    def malformed(self, why: str) -> MalformedLedgerFile:
        return MalformedLedgerFile(f"line {self._number:,}: {why}" if self._number else why)

    def is_at_end(self) -> bool:
        if self._ahead is None:
            self._ahead = next(self._lines, None)
        return self._ahead is None

    def next(self, kind: type[_Line]) -> _Line:
        """The next line, which has to be of this kind."""
        if self.is_at_end():
            raise self.malformed("lines are missing after it" if self._number else "the file is empty")
        line, self._ahead = self._ahead, None
        self._number += 1
        assert line is not None
        if len(line) > MAX_LINE_BYTES:
            raise self.malformed("it is longer than a line can be")
        try:
            return msgspec.convert(
                read_json(line.decode("utf-8-sig" if self._number == 1 else "utf-8")), kind
            )
        except UnicodeDecodeError as error:
            raise self.malformed(f"byte {error.start + 1} is not text in UTF-8") from error
        except MalformedJson as error:
            raise self.malformed(str(error).removeprefix("line 1, ")) from error
        except msgspec.ValidationError as error:
            raise self.malformed(placed(error)) from error

    def keys(self, listed: list[dict[str, str]]) -> dict[str, GivenKey]:
        """The keys that the file gives: nobody vouches for them."""
        if len(listed) > MAX_KEYS:
            raise self.malformed(f"more than {MAX_KEYS} keys are not read")
        try:
            found = [PublicKey.from_jwk(each) for each in listed]
        except NotAKey as error:
            raise self.malformed(f"at “keys”: {error}") from error
        return {key.kid: GivenKey(key) for key in found}
