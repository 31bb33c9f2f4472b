"""What two reports say that differs: rows added, gone and changed, found while both are read side by side.

Rows are told apart by the key of their table, and compared without their salts. Tables are written in the
order of their keys, so two are gone through like two sorted lists and neither is held; a table that is not in
that order cannot be compared. Lines of statements are told by what they come to, not one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import Enum
from functools import cache
from typing import Any, NamedTuple

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import PRECISION
from artist_console.domain.uses import Use

from .report_rows import Report
from .report_tables import LINES, codec_of
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


@dataclass(frozen=True, slots=True)
class LinesDifference:
    """What differs among lines of one currency: how many were added, gone, changed, and what they come to."""

    currency: str
    added: int = 0
    added_amount: Decimal = Decimal(0)
    gone: int = 0
    gone_amount: Decimal = Decimal(0)
    changed: int = 0
    changed_from: Decimal = Decimal(0)
    changed_to: Decimal = Decimal(0)

    @property
    def difference(self) -> Decimal:
        """How much more the lines of the second come to than those of the first."""
        more = _EXACT.add(self.added_amount, self.changed_to)
        return _EXACT.subtract(more, _EXACT.add(self.gone_amount, self.changed_from))


@dataclass(frozen=True, slots=True)
class LinesCompared:
    """`by_statement` holds those of which a line differs; "" stands for the rest where they are too many."""

    by_currency: tuple[LinesDifference, ...]
    by_statement: tuple[tuple[StatementId, LinesDifference], ...]

    @property
    def is_empty(self) -> bool:
        return not self.by_currency


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


def compare_lines(first: Report, second: Report, progress: Progress = silently) -> LinesCompared:
    """What the lines that differ come to, per currency and per statement. Raises as `differences`."""
    by_currency: dict[str, _Sums] = {}
    by_statement: dict[tuple[str, str], _Sums] = {}
    statements: set[str] = set()
    for was, now in _pairs(LINES, first, second, progress):
        change = _change(was, now)
        before = _money_in(was) if was is not None else None
        after = _money_in(now) if now is not None else None
        is_one = before is not None and after is not None and before.currency == after.currency
        for money, is_after in ((before, False), (after, True)):
            if money is None:
                continue
            statement = money.statement
            if statement not in statements:
                if len(statements) < _MOST_STATEMENTS:
                    statements.add(statement)
                else:
                    statement = ""
            counts = is_after or not is_one
            for sums in (
                by_currency.setdefault(money.currency, _Sums()),
                by_statement.setdefault((statement, money.currency), _Sums()),
            ):
                sums.add(change, money.amount, is_after, counts)
    return LinesCompared(
        tuple(sums.told(currency) for currency, sums in sorted(by_currency.items())),
        tuple(
            (StatementId(statement), sums.told(currency))
            for (statement, currency), sums in sorted(by_statement.items())
        ),
    )


def _change(was: bytes | None, now: bytes | None) -> Change:
    return Change.ADDED if was is None else Change.GONE if now is None else Change.CHANGED


class _Sums:
    """Adds up lines of one currency; a changed line whose currency changed too counts in both."""

    __slots__ = ("amounts", "counts")

    def __init__(self) -> None:
        self.counts = dict.fromkeys(Change, 0)
        self.amounts = {(change, side): Decimal(0) for change in Change for side in (False, True)}

    def add(self, change: Change, amount: Decimal, is_after: bool, counts: bool) -> None:
        key = (change, is_after)
        self.amounts[key] = _EXACT.add(self.amounts[key], amount)
        self.counts[change] += counts

    def told(self, currency: str) -> LinesDifference:
        return LinesDifference(
            currency,
            self.counts[Change.ADDED],
            self.amounts[Change.ADDED, True],
            self.counts[Change.GONE],
            self.amounts[Change.GONE, False],
            self.counts[Change.CHANGED],
            self.amounts[Change.CHANGED, False],
            self.amounts[Change.CHANGED, True],
        )


class _Money(NamedTuple):
    statement: str
    amount: Decimal
    currency: str


def _money_in(record: bytes) -> _Money:
    """Statement, amount and currency of a line, without reading the rest of it."""
    cells = record.split(b",", _LINE_CELLS)[:_LINE_CELLS]
    if any(b'"' in cell for cell in cells):
        texts = cells_of(record.decode())
    else:
        texts = [cell.decode() for cell in cells]
    amount = texts[_AMOUNT_AT]
    if _AMOUNT.fullmatch(amount) is None:
        raise MalformedRow("an amount is not a number")
    return _Money(unguarded(texts[_STATEMENT_AT]), Decimal(amount), unguarded(texts[_CURRENCY_AT]))


_LINE_COLUMNS = [column.name for column in codec_of(LINES).columns]
_STATEMENT_AT, _AMOUNT_AT, _CURRENCY_AT = map(_LINE_COLUMNS.index, ("statement", "amount", "currency"))
_LINE_CELLS = max(_STATEMENT_AT, _AMOUNT_AT, _CURRENCY_AT) + 1


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
