"""Which rows of a report a redaction reaches: those that are named, and those that tell the same elsewhere.

A row names a work, person or thing where a cell, or a text inside one, is its id; it mentions it where its
title or name stands in a text. What tells of other tables in words (permissions, traces, findings, the
overview) goes with what it tells of, unless it is to be left.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, BinaryIO

import msgspec

from .data_package import OVERVIEW, Descriptor, FileSeal, Resource
from .package import Package, open_entry, read_entry
from .records import head_and_records
from .report_parts import Progress, silently
from .report_redaction import copies_of, own_files
from .row_cells import MalformedRow, cells_of, unguarded

_MAX_TEXT_FILE_BYTES = 4 * 1024 * 1024
_PROGRESS_ROWS = 20_000

_RULE = frozenset(
    {
        *("entries", "stakeholders", "controls", "programmes", "terms", "agreements", "opt_ins"),
        *("attestations", "recorded_answers", "others_answers", "contracts"),
    }
)
# Table -> tables that it tells of in other words.
TELLS_OF: Mapping[str, frozenset[str]] = {
    "receipts": frozenset({"entries"}),
    "lines": frozenset({"statements"}),
    "opt_ins": frozenset({"agreements"}),
    "outcomes": _RULE,
    "traces": _RULE | {"outcomes"},
    "findings": _RULE | {"outcomes", "inclusions", "datasets", "models", "statements", "lines"},
    OVERVIEW: _RULE | {"outcomes", "inclusions", "works", "parties"},
}
# Table -> the table that each of its rows hangs on, with its columns that are the other's key.
_HANGS_ON: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "receipts": ("entries", ("artist", "n")),
    "lines": ("statements", ("statement",)),
    "opt_ins": ("agreements", ("agreement",)),
}
# Of tables in other words: the columns in which a row says what it is about.
_ABOUT, _ABOUT_SEVERAL = ("work", "subject"), "works"
# The order in which tables are gone through: each after those that it hangs on or tells of.
_LATE = ("opt_ins", "receipts", "lines", "outcomes", "traces", "findings", OVERVIEW)


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is to be taken out."""

    tables: frozenset[str] = frozenset()  # whole
    ids: frozenset[str] = frozenset()  # every row that names one of these
    words: frozenset[str] = frozenset()  # every row in whose texts one of these stands
    rows: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)  # by table: their keys
    leave: frozenset[str] = frozenset()  # tables that stay though they tell of what goes


class Cause(IntEnum):
    """Why a row goes; 0 for one that stays."""

    CHOSEN = 1
    NAMED = 2
    MENTIONED = 3
    ALONG = 4  # it tells of what goes, or hangs on it


@dataclass(frozen=True, slots=True)
class TableReach:
    """What goes of one table. `causes` has a byte for each row; it is empty where the table goes as one."""

    of: int  # rows in this file
    as_one: Cause | None  # why the table goes as one
    causes: bytes = field(default=b"", repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether no row stays."""
        return self.as_one is not None or (bool(self.causes) and 0 not in self.causes)

    @property
    def gone(self) -> int:
        return self.of if self.as_one is not None else len(self.causes) - self.causes.count(0)

    def count(self, cause: Cause) -> int:
        """How many rows go for this cause."""
        if self.as_one is not None:
            return self.of if self.as_one is cause else 0
        return self.causes.count(cause)


@dataclass(frozen=True, slots=True)
class Reach:
    """What goes of a report. Tables and files of which nothing goes are not in it."""

    tables: Mapping[str, TableReach]
    files: frozenset[str]
    not_searched: tuple[str, ...]  # files that stay and whose words nobody looked through

    @property
    def is_empty(self) -> bool:
        return not self.tables


def reach_of(
    source: BinaryIO,
    package: Package,
    descriptor: Descriptor,
    wish: Redaction,
    progress: Progress = silently,
) -> Reach:
    """What a redaction of a verified report reaches.

    Raises MalformedTable or MalformedRow where the signer wrote what is no table.
    """
    search = _Search(source, package, descriptor, wish, progress)
    for resource in sorted(descriptor.resources, key=lambda each: _place(each.name)):
        search.go_through(resource)
    tables = {
        each.name: search.found[each.name] for each in descriptor.resources if search.found[each.name].gone
    }
    files, unsearched = search.files(frozenset(tables))
    return Reach(tables, files, unsearched)


def _place(name: str) -> int:
    return _LATE.index(name) + 1 if name in _LATE else 0


def goes_along(tables: Iterable[str], leave: Iterable[str] = ()) -> frozenset[str]:
    """The tables that tell of these in other words, or of those that tell of them."""
    gone = set(tables)
    stays = set(leave)
    while True:
        more = {name for name, of in TELLS_OF.items() if name not in gone | stays and not of.isdisjoint(gone)}
        if not more:
            return frozenset(gone - set(tables))
        gone |= more


class _Search:
    """Goes through the tables of a report one by one and remembers what later ones hang on."""

    def __init__(
        self,
        source: BinaryIO,
        package: Package,
        descriptor: Descriptor,
        wish: Redaction,
        progress: Progress,
    ) -> None:
        self._source, self._package, self._descriptor, self._wish = source, package, descriptor, wish
        self._progress = progress
        self._done, self._total = 0, sum(each.bytes for each in descriptor.resources)
        self._along = goes_along(wish.tables, wish.leave)
        self._mentions = Mentions(wish.words)
        self._keys: dict[str, set[tuple[str, ...]]] = {table: set() for table, _ in _HANGS_ON.values()}
        # By table, what each row that was chosen names; all rows of a ledger name its artist.
        self._chosen: dict[str, list[frozenset[str]]] = {}
        self._artists = frozenset(descriptor.header.artists)
        self._file_marks = {mark: each.name for each in own_files(descriptor) for mark in _marks(each)}
        self._files: set[str] = set()
        self.found: dict[str, TableReach] = {}

    def go_through(self, resource: Resource) -> None:
        name = resource.name
        of = self._descriptor.artist_console.tables[name].rows
        as_one = Cause.CHOSEN if name in self._wish.tables else Cause.ALONG if name in self._along else None
        about = self._about(name, resource) if as_one is None else frozenset()
        if about is None:
            as_one = Cause.ALONG
        causes = self._causes(resource, about) if as_one is None and about is not None else b""
        self.found[name] = TableReach(of, as_one, bytes(causes))
        self._done += resource.bytes
        self._progress(self._done, self._total)

    def _about(self, name: str, resource: Resource) -> frozenset[str] | None:
        """Of a table in other words: what the rows are about that go along. None: all of it may tell."""
        if name in self._wish.leave or name in _HANGS_ON:
            return frozenset()
        told = [
            named
            for table, rows in self._chosen.items()
            if table in TELLS_OF.get(name, frozenset())
            for named in rows
        ]
        if not told:
            return frozenset()
        subjects = _subjects_in(resource)
        said = {subject for row in self._rows(resource) for subject in subjects(row)}
        if any(said.isdisjoint(named) for named in told):
            return None
        return frozenset(said & frozenset().union(*told))

    def _causes(self, resource: Resource, about: frozenset[str]) -> bytearray:
        """A byte for each row of a table of which single rows may go."""
        wish, name = self._wish, resource.name
        columns = _columns(resource)
        key = [columns[each] for each in resource.schema.primaryKey]
        subjects = _subjects_in(resource)
        hangs = _HANGS_ON.get(name)
        hangs_at = [columns[each] for each in hangs[1] if each in columns] if hangs is not None else []
        gone_keys = self._keys.get(hangs[0], set()) if hangs is not None else set()
        chosen = wish.rows.get(name, frozenset())
        within = _texts_within(resource)
        searched = bool(wish.ids or wish.words)
        causes = bytearray()
        for row in self._rows(resource):
            own_key = tuple(row[place] for place in key)
            cause = 0
            if own_key in chosen:
                cause = Cause.CHOSEN
                self._chosen.setdefault(name, []).append(frozenset({*row, *within(row)}) - self._artists)
            elif (gone_keys and tuple(row[place] for place in hangs_at) in gone_keys) or (
                about and not about.isdisjoint(subjects(row))
            ):
                cause = Cause.ALONG
            elif searched:
                inside = within(row)
                if not (wish.ids.isdisjoint(row) and wish.ids.isdisjoint(inside)):
                    cause = Cause.NAMED
                elif self._mentions.stand_in(row) or self._mentions.stand_in(inside):
                    cause = Cause.MENTIONED
            causes.append(cause)
            if cause:
                if name in self._keys:
                    self._keys[name].add(own_key)
                if self._file_marks:
                    self._files |= {
                        self._file_marks[each] for each in (*row, *within(row)) if each in self._file_marks
                    }
        return causes

    def _rows(self, resource: Resource) -> Iterator[list[str]]:
        """The cells of each row without the salt, texts without the apostrophe of formula signs."""
        entry = self._package.entry(resource.path)
        assert entry is not None, "the report was verified"
        _, records = head_and_records(open_entry(self._source, entry))
        texts = [place for place, each in enumerate(resource.schema.fields) if each.type == "string"]
        rows = max(self._descriptor.artist_console.tables[resource.name].rows, 1)
        for number, record in enumerate(records, start=1):
            try:
                row = cells_of(record.decode("utf-8"))
            except UnicodeDecodeError:
                raise MalformedRow(f"row {number} of {resource.name} is not UTF-8") from None
            if len(row) != len(resource.schema.fields):
                raise MalformedRow(f"row {number} of {resource.name} has {len(row)} cells")
            row.pop()
            for place in texts[:-1]:
                row[place] = unguarded(row[place])
            yield row
            if number % _PROGRESS_ROWS == 0:
                done = resource.bytes * number // rows
                self._progress(min(self._done + done, self._total), self._total)

    def files(self, touched: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
        """The files that go, and those that stay unsearched though something was to be looked for."""
        gone = {each.name for each in own_files(self._descriptor)} & (self._files | copies_of(touched))
        unsearched = []
        for each in own_files(self._descriptor):
            if each.name in gone or not (self._wish.ids or self._wish.words):
                continue
            texts = self._texts_of(each)
            if texts is None:
                unsearched.append(each.name)
            elif self._mentions.stand_in(texts) or any(id in text for id in self._wish.ids for text in texts):
                gone.add(each.name)
        return frozenset(gone), tuple(unsearched)

    def _texts_of(self, file: FileSeal) -> list[str] | None:
        if not file.mediatype.startswith(("text/", "application/json", "application/jsonl")):
            return None
        entry = self._package.entry(file.name)
        assert entry is not None, "the report was verified"
        if entry.size > _MAX_TEXT_FILE_BYTES:
            return None
        try:
            return [read_entry(self._source, entry, _MAX_TEXT_FILE_BYTES).decode("utf-8")]
        except UnicodeDecodeError:
            return None


def _marks(file: FileSeal) -> tuple[str, str]:
    return file.name, file.sha256


def _columns(resource: Resource) -> dict[str, int]:
    return {each.name: place for place, each in enumerate(resource.schema.fields)}


def _subjects_in(resource: Resource) -> Callable[[list[str]], set[str]]:
    """Gives the ids of what a row is about."""
    columns = _columns(resource)
    places = [columns[each] for each in _ABOUT if each in columns]
    several = columns.get(_ABOUT_SEVERAL)

    def subjects(row: list[str]) -> set[str]:
        found = {row[place] for place in places}
        if several is not None:
            found.update(_texts_in(_json(row[several].encode("utf-8"))))
        return found - {""}

    return subjects


def _texts_within(resource: Resource) -> Callable[[list[str]], list[str]]:
    """Gives the texts inside the cells of a row that hold more than one value."""
    nested = [place for place, each in enumerate(resource.schema.fields) if each.type in ("object", "array")]
    signed = [place for place, each in enumerate(resource.schema.fields) if each.name == "receipt"]

    def within(row: list[str]) -> list[str]:
        texts: list[str] = []
        for place in nested:
            if row[place] not in ("", "[]", "{}"):
                texts += _texts_in(_json(row[place].encode("utf-8")))
        for place in signed:
            texts += _texts_in(_json(_signed_text(row[place])))
        return texts

    return within


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return data.decode("utf-8", "replace")  # searched as it stands


def _signed_text(jws: str) -> bytes:
    """What a compact signature is over; the text itself where it is none."""
    payload = jws.split(".")[1] if jws.count(".") == 2 else ""
    try:
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)) or jws.encode("utf-8")
    except (binascii.Error, ValueError):
        return jws.encode("utf-8")


def _texts_in(value: Any) -> Iterator[str]:
    """All texts in a value, names too; however deep a stranger nested it."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            left += each
            left += each.values()
        elif isinstance(each, list):
            left += each


class Mentions:
    """Finds words in texts: in any case and composition, and not inside other words of their script."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {plain for each in words if (plain := _plain(each).strip())}
        self._patterns = [_pattern(each) for each in self._words]

    def stand_in(self, texts: Iterable[str]) -> bool:
        if not self._words:
            return False
        joined = _plain("\n".join(texts))
        return any(
            word in joined and pattern.search(joined) is not None
            for word, pattern in zip(self._words, self._patterns, strict=True)
        )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pattern(word: str) -> re.Pattern[str]:
    # Scripts with letters of two cases put spaces between words; in others a word has no visible end.
    before = r"(?<!\w)" if _has_word_ends(word[0]) else ""
    after = r"(?!\w)" if _has_word_ends(word[-1]) else ""
    return re.compile(before + re.escape(word) + after)


def _has_word_ends(sign: str) -> bool:
    return sign.isdigit() or sign.upper() != sign
