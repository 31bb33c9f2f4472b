"""What two reports say that differs: rows added, gone and changed, found while both are read side by side.

Rows are told apart by the key of their table, and compared without their salts. Tables are written in the
order of their keys, so two are gone through like two sorted lists and neither is held; a table that is not in
that order cannot be compared. Lines of statements are the business of `report_compare_lines`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context
from enum import Enum
from functools import cache
from typing import Any

from artist_console.domain.statements import PRECISION
from artist_console.domain.uses import Use

from .report_rows import Report
from .report_tables import codec_of
from .row_cells import MalformedRow, RowCodec, cells_of, unguarded, without_salt

# Hears how many rows of both reports were gone through, of how many, and may end it by raising.
Progress = Callable[[int, int], None]
_STEP_ROWS = 1 << 14
_EXACT = Context(prec=PRECISION)
_AMOUNT = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?", re.ASCII)
_MOST_STATEMENTS = 20_000  # told by themselves, so that memory stays bounded

Key = tuple[str | int, ...]


def silently(_done: int, _total: int) -> None:
    """For callers that do not watch."""


class NotInOrder(ValueError):
    """A table whose rows do not stand in the order of their keys."""


class Change(Enum):
    """What became of a row from the first report to the second."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that is not the same in both. `before` is None for one that was added, `after` for one gone."""

    table: str
    change: Change
    before: Any
    after: Any


def differences(
    table: str, first: Report, second: Report, progress: Progress = silently
) -> Iterator[RowDifference]:
    """The rows of a table that differ, in the order of their keys, as a stream.

    Raises MalformedRow, MalformedTable, NotInOrder, ReportChanged, also on the way.
    """
    codec = codec_of(table)
    for was, now in _pairs(table, first, second, progress):
        yield RowDifference(
            table,
            _change(was, now),
            codec.row(was) if was is not None else None,
            codec.row(now) if now is not None else None,
        )


def count_differences(
    table: str, first: Report, second: Report, progress: Progress = silently
) -> dict[Change, int]:
    """How many rows of a table differ, without looking into them. Raises as `differences`."""
    found = dict.fromkeys(Change, 0)
    for was, now in _pairs(table, first, second, progress):
        found[_change(was, now)] += 1
    return found


def _change(was: bytes | None, now: bytes | None) -> Change:
    return Change.ADDED if was is None else Change.GONE if now is None else Change.CHANGED


def cells_in(report: Report, table: str, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Some cells of each row, without reading the others: for names and titles. Raises MalformedRow."""
    if table not in report.tables:
        return
    codec = codec_of(table)
    columns = [column.name for column in codec.columns]
    places = [columns.index(name) for name in names]
    for record in report.records(table):
        try:
            cells = cells_of(record.decode())
            yield tuple([unguarded(cells[place]) for place in places])
        except (UnicodeDecodeError, IndexError):
            raise MalformedRow("it has too few cells") from None


# Side by side


def _pairs(
    table: str, first: Report, second: Report, progress: Progress
) -> Iterator[tuple[bytes | None, bytes | None]]:
    """The records that are not the same but for their salts, by key; None where one report has none."""
    total = sum(side.tables[table].rows for side in (first, second) if table in side.tables)
    told = _Told(progress, total)
    before = _Side(table, first, told)
    after = _Side(table, second, told)
    while before.record is not None and after.record is not None:
        if without_salt(before.record) == without_salt(after.record):
            before.advance()
            after.advance()
            continue
        was, now = before.key(), after.key()
        if was == now:
            yield before.record, after.record
            before.advance()
            after.advance()
        elif was < now:
            yield before.record, None
            before.advance()
        else:
            yield None, after.record
            after.advance()
    while before.record is not None:
        before.key()
        yield before.record, None
        before.advance()
    while after.record is not None:
        after.key()
        yield None, after.record
        after.advance()


class _Told:
    """Passes on how far two readings are together, a step at a time."""

    __slots__ = ("_done", "_progress", "_total")

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def step(self) -> None:
        self._done += _STEP_ROWS
        self._progress(min(self._done, self._total), self._total)


class _Side:
    """One report's records of a table: the one that is looked at now, and its key once that is asked for."""

    __slots__ = ("_codec", "_key", "_last", "_order", "_passed", "_records", "_told", "record")

    def __init__(self, table: str, report: Report, told: _Told) -> None:
        self._codec: RowCodec[Any] = codec_of(table)
        self._order = _order_of(table)
        self._records = report.records(table) if table in report.tables else iter(())
        self._told = told
        self._passed = 0
        self._key: Key | None = None
        self._last: Key | None = None
        self.record = next(self._records, None)

    def advance(self) -> None:
        self._passed += 1
        if not self._passed % _STEP_ROWS:
            self._told.step()
        if self._key is not None:
            self._last, self._key = self._key, None
        self.record = next(self._records, None)

    def key(self) -> Key:
        """Of the record that is looked at. Raises NotInOrder where it stands before an earlier one."""
        if self._key is None:
            assert self.record is not None, "there is a record to be looked at"
            self._key = self._order(self._codec.key_of(self.record))
            if self._last is not None and self._key <= self._last:
                raise NotInOrder("the rows do not stand in their order")
        return self._key


@cache
def _order_of(table: str) -> Callable[[tuple[str, ...]], Key]:
    """The key as it orders rows in a report: numbers by size, uses in the order of their list."""
    codec = codec_of(table)
    types = {column.name: column.type for column in codec.columns}
    places = {use.value: place for place, use in enumerate(Use)}
    turned: list[Callable[[str], str | int]] = [
        _number
        if types[name] == "integer"
        else (lambda cell: places.get(cell, len(places)))
        if name == "use"
        else unguarded
        for name in codec.key
    ]

    def order(cells: tuple[str, ...]) -> Key:
        return tuple([turn(cell) for turn, cell in zip(turned, cells, strict=True)])

    return order


def _number(cell: str) -> int:
    try:
        return int(cell)
    except ValueError:
        raise MalformedRow("a number is none") from None
