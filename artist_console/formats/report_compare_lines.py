"""Which lines of statements two reports do not have alike, told by what they come to, not one by one.

There may be hundreds of thousands on either side, and of two reports of different quarters none is the same.
So both tables are gone through statement by statement, a line is taken apart only as far as its amount, and
amounts are checked and added up many at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import PRECISION

from .report_compare import Change, NotInOrder, Progress, silently
from .report_rows import Report
from .report_tables import LINES, codec_of
from .row_cells import MalformedRow, cells_of, record_of, unguarded, without_salt

_STEP_ROWS = 1 << 14
_TOGETHER = 1 << 12  # amounts that are added up at once
_MOST_STATEMENTS = 20_000  # told by themselves, so that memory stays bounded
_MOST_CURRENCIES = 1_000  # of a stranger's file; the world has fewer than 200
_EXACT = Context(prec=PRECISION)
_AMOUNTS = re.compile(r"(?:-?[0-9]{1,60}(?:\.[0-9]{1,60})?,)*", re.ASCII)
_NUMBER = re.compile(rb"0|-?[1-9][0-9]{0,18}", re.ASCII)
_FIRST_COLUMNS = ["statement", "number", "kind", "amount", "currency"]
assert [column.name for column in codec_of(LINES).columns][: len(_FIRST_COLUMNS)] == _FIRST_COLUMNS

Money = tuple[bytes, bytes]  # amount and currency as they stand in a record


@dataclass(frozen=True, slots=True)
class LinesDifference:
    """What differs among lines of one currency: how many were added, gone, changed, and what they come to.

    A changed line whose currency changed too counts in both.
    """

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


def compare_lines(first: Report, second: Report, progress: Progress = silently) -> LinesCompared:
    """What the lines that differ come to, per currency and per statement.

    Raises MalformedRow, MalformedTable, NotInOrder, ReportChanged.
    """
    told = _Told(first, second, progress)
    before, after = _Side(first, told), _Side(second, told)
    found = _Found()
    while before.statement is not None or after.statement is not None:
        if after.statement is None or (before.statement is not None and before.statement < after.statement):
            found.add(str(before.statement), _one_sided(before, Change.GONE))
        elif before.statement is None or after.statement < before.statement:
            found.add(after.statement, _one_sided(after, Change.ADDED))
        else:
            found.add(after.statement, _both_sided(before, after))
    return found.told()


def _one_sided(side: _Side, change: Change) -> _Sums:
    sums = _Sums()
    add = sums.gone if change is Change.GONE else sums.added
    for record in side.group():
        add(side.money(record))
    side.next_group()
    return sums


def _both_sided(before: _Side, after: _Side) -> _Sums:
    """A statement that both have: lines by number."""
    sums = _Sums()
    was_left, now_left = before.group(), after.group()
    was, now = next(was_left, None), next(now_left, None)
    was_last = now_last = None
    while was is not None or now is not None:
        if was is not None and now is not None and without_salt(was) == without_salt(now):
            was, now = next(was_left, None), next(now_left, None)
            continue
        was_number = before.number(was, was_last) if was is not None else None
        now_number = after.number(now, now_last) if now is not None else None
        if was is not None and now is not None and was_number == now_number:
            sums.changed(before.money(was), after.money(now))
            was_last, now_last = was_number, now_number
            was, now = next(was_left, None), next(now_left, None)
        elif now_number is None or (was_number is not None and was_number < now_number):
            assert was is not None, "one of the two is there"
            sums.gone(before.money(was))
            was_last, was = was_number, next(was_left, None)
        else:
            assert now is not None, "one of the two is there"
            sums.added(after.money(now))
            now_last, now = now_number, next(now_left, None)
    before.next_group()
    after.next_group()
    return sums


class _Told:
    """Passes on how many lines of both were gone through, a step at a time."""

    def __init__(self, first: Report, second: Report, progress: Progress) -> None:
        self._total = sum(side.tables[LINES].rows for side in (first, second) if LINES in side.tables)
        self._done, self._progress = 0, progress

    def step(self) -> None:
        self._done += _STEP_ROWS
        self._progress(min(self._done, self._total), self._total)


class _Side:
    """The lines of one report, statement by statement. `statement`: whose come next; None at the end."""

    def __init__(self, report: Report, told: _Told) -> None:
        self._records = report.records(LINES) if LINES in report.tables else iter(())
        self._told = told
        self._passed = 0
        self._ahead = next(self._records, None)
        self._begin = b""  # of every record of the statement: its cell and the comma
        self.statement: str | None = None
        self._open()

    def _open(self) -> None:
        record = self._ahead
        if record is None:
            self.statement = None
            return
        try:
            if record.startswith(b'"'):
                cell = cells_of(record.decode())[0]
                self._begin = f"{record_of([cell])},".encode()
            else:
                self._begin = record[: record.index(b",") + 1]
                cell = self._begin[:-1].decode()
        except (UnicodeDecodeError, ValueError):
            raise MalformedRow("a line names no statement") from None
        former, self.statement = self.statement, unguarded(cell)
        if former is not None and self.statement <= former:
            raise NotInOrder("the rows do not stand in their order")

    def group(self) -> Iterator[bytes]:
        """The records of the statement, of which all are to be taken before `next_group`."""
        begin = self._begin
        record = self._ahead
        while record is not None and record.startswith(begin):
            yield record
            self._passed += 1
            if not self._passed % _STEP_ROWS:
                self._told.step()
            record = next(self._records, None)
        self._ahead = record

    def next_group(self) -> None:
        self._open()

    def number(self, record: bytes, last: int | None) -> int:
        """Of a line. Raises NotInOrder where it is not larger than the last one that was asked for."""
        start = len(self._begin)
        cell = record[start : record.find(b",", start)]
        if _NUMBER.fullmatch(cell) is None:
            raise MalformedRow("a line has no number")
        number = int(cell)
        if last is not None and number <= last:
            raise NotInOrder("the rows do not stand in their order")
        return number

    def money(self, record: bytes) -> Money:
        cells = record[len(self._begin) :].split(b",", 4)
        if len(cells) < 4:
            raise MalformedRow("a line has too few cells")
        return cells[2], cells[3]


class _Amounts:
    """Adds up amounts of one currency that are lines alike: added, gone, or changed on one side."""

    __slots__ = ("_held", "_sum", "count")

    def __init__(self) -> None:
        self.count = 0
        self._held: list[bytes] = []
        self._sum = Decimal(0)

    def add(self, amount: bytes) -> None:
        self.count += 1
        self._held.append(amount)
        if len(self._held) == _TOGETHER:
            self._add_up()

    def _add_up(self) -> None:
        try:
            text = b",".join(self._held).decode("ascii")
        except UnicodeDecodeError:
            raise MalformedRow("an amount is not a number") from None
        if self._held and _AMOUNTS.fullmatch(text + ",") is None:
            raise MalformedRow("an amount is not a number")
        with localcontext(_EXACT):
            self._sum = sum(map(Decimal, text.split(",") if text else ()), self._sum)
        self._held.clear()

    def add_all(self, other: _Amounts) -> None:
        self.count += other.count
        self._sum = _EXACT.add(self._sum, other.sum)

    @property
    def sum(self) -> Decimal:
        self._add_up()
        return self._sum


class _OfCurrency:
    """What differs in one currency."""

    __slots__ = ("added", "changed", "gone", "now", "was")

    def __init__(self) -> None:
        self.added, self.gone, self.was, self.now = _Amounts(), _Amounts(), _Amounts(), _Amounts()
        self.changed = 0

    def add_all(self, other: _OfCurrency) -> None:
        self.changed += other.changed
        self.added.add_all(other.added)
        self.gone.add_all(other.gone)
        self.was.add_all(other.was)
        self.now.add_all(other.now)

    def told(self, currency: str) -> LinesDifference:
        added, gone = self.added, self.gone
        return LinesDifference(
            currency, added.count, added.sum, gone.count, gone.sum, self.changed, self.was.sum, self.now.sum
        )


class _Sums:
    """What differs, by currency as it stands in the records."""

    def __init__(self) -> None:
        self.by_currency: dict[bytes, _OfCurrency] = {}

    def _of(self, currency: bytes) -> _OfCurrency:
        found = self.by_currency.get(currency)
        if found is None:
            if len(self.by_currency) == _MOST_CURRENCIES:
                raise MalformedRow("there are more currencies than in the world")
            found = self.by_currency[currency] = _OfCurrency()
        return found

    def added(self, money: Money) -> None:
        self._of(money[1]).added.add(money[0])

    def gone(self, money: Money) -> None:
        self._of(money[1]).gone.add(money[0])

    def changed(self, was: Money, now: Money) -> None:
        before, after = self._of(was[1]), self._of(now[1])
        before.was.add(was[0])
        after.now.add(now[0])
        before.changed += 1
        if after is not before:
            after.changed += 1

    def add_all(self, other: _Sums) -> None:
        for currency, each in other.by_currency.items():
            self._of(currency).add_all(each)

    def told(self) -> Iterator[LinesDifference]:
        found = [each.told(_currency(currency)) for currency, each in self.by_currency.items()]
        return iter(sorted(found, key=lambda each: each.currency))


def _currency(cell: bytes) -> str:
    try:
        return unguarded(cell.decode())
    except UnicodeDecodeError:
        raise MalformedRow("a currency is not UTF-8") from None


class _Found:
    """Everything that differs, for all statements and each."""

    def __init__(self) -> None:
        self._all = _Sums()
        self._rest = _Sums()
        self._statements: list[tuple[str, _Sums]] = []

    def add(self, statement: str, sums: _Sums) -> None:
        if not sums.by_currency:
            return
        self._all.add_all(sums)
        if len(self._statements) < _MOST_STATEMENTS:
            self._statements.append((statement, sums))
        else:
            self._rest.add_all(sums)

    def told(self) -> LinesCompared:
        each = [*self._statements, *([("", self._rest)] if self._rest.by_currency else ())]
        return LinesCompared(
            tuple(self._all.told()),
            tuple((StatementId(statement), told) for statement, sums in each for told in sums.told()),
        )
