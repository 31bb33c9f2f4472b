"""The figures of a statement's lines, worked out while the lines go by: none of them is kept.

What checks and charts need: totals per currency, months, lines that say the same, how lines were made. Lines
that say the same are found by a number of eight bytes for each, gone through part by part.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from artist_console.domain.ids import ProgrammeId
from artist_console.domain.line_figures import LineFigures
from artist_console.domain.statement_checks import FEW_REPEATED, LinesMade, check_figures
from artist_console.domain.statements import (
    PRECISION,
    CheckResult,
    Line,
    LineKind,
    Statement,
    StatementCheck,
    is_earned,
)

_EXACT = Context(prec=PRECISION)
_AT_ONCE = 1 << 17  # of the numbers of eight bytes, so that a million lines take no more memory than these
_MOST_CURRENCIES = 1_000  # in a file from a stranger; the world has fewer than 200
_MOST_NUMBER = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class MonthOfLines:
    """Earned lines of one month, currency, kind and programme added up."""

    month: date
    currency: str
    kind: LineKind
    programme: ProgrammeId | None
    amount: Decimal  # exact


class EarnedByMonth:
    """Adds up what was earned, over all statements."""

    def __init__(self) -> None:
        self._sums: dict[tuple[date, str, LineKind, ProgrammeId | None], Decimal] = {}

    def add(self, line: Line) -> None:
        if is_earned(line.kind):
            key = (line.month, line.currency, line.kind, line.programme)
            self._sums[key] = _EXACT.add(self._sums.get(key, Decimal(0)), line.amount)

    @property
    def months(self) -> Iterator[MonthOfLines]:
        return (MonthOfLines(*key, amount) for key, amount in self._sums.items())


class PassingLines:
    """Hears the lines of one statement in the order of their numbers, then tells their figures."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._totals: dict[str, Decimal] = {}
        self._months: tuple[date, date] | None = None
        self._odd: tuple[int, str] | None = None
        self._twice: int | None = None
        self._last = 0
        self._numbers = array("q")
        self._said = array("q")
        self._made = LinesMade()

    def add(self, line: Line, said: bytes) -> None:
        """`said`: what the line says without its number, in its one spelling."""
        number = max(-_MOST_NUMBER, min(line.number, _MOST_NUMBER))
        if self._numbers and self._twice is None and number == self._last:
            self._twice = line.number
        self._last = number
        self._numbers.append(number)
        self._said.append(hash(said))
        code = line.currency
        if code not in self._totals and len(self._totals) >= _MOST_CURRENCIES:
            code = self._statement.currency  # that it is another one is told by `_odd`
        self._totals[code] = _EXACT.add(self._totals.get(code, Decimal(0)), line.amount)
        first, last = self._months or (line.month, line.month)
        self._months = (min(first, line.month), max(last, line.month))
        if self._odd is None and line.currency != self._statement.currency:
            self._odd = (line.number, line.currency)
        self._made.add(line)

    @property
    def count(self) -> int:
        return len(self._numbers)

    @property
    def amount(self) -> Decimal:
        """Of all lines together, as the statement adds them."""
        found = Decimal(0)
        for amount in self._totals.values():
            found = _EXACT.add(found, amount)
        return found

    def check(self) -> StatementCheck:
        """The statement checked against its lines, as `statement_checks.check` does."""
        return check_figures(self._statement, self._figures(), made=self._made)

    def _figures(self) -> LineFigures:
        repeated, repeated_count = _repeated(self._said, self._numbers)
        return LineFigures(
            count=len(self._numbers),
            totals=tuple(sorted(self._totals.items())),
            first_month=self._months[0] if self._months else None,
            last_month=self._months[1] if self._months else None,
            other_currency=self._odd,
            twice_numbered=self._twice,
            repeated=repeated,
            repeated_count=repeated_count,
            made=(),
        )


def _repeated(said: array[int], numbers: array[int]) -> tuple[tuple[tuple[int, int], ...], int]:
    """Lines that say the same as an earlier one: the first few with it, and how many."""
    parts = max(1, -(-len(said) // _AT_ONCE))
    count = 0
    found: list[tuple[int, int]] = []
    for part in range(parts):
        first: dict[int, int] = {}
        few: list[tuple[int, int]] = []
        for number, each in zip(numbers, said, strict=True):
            if each % parts != part:
                continue
            earlier = first.setdefault(each, number)
            if earlier != number:
                count += 1
                if len(few) < FEW_REPEATED:
                    few.append((number, earlier))
        found += few
    return tuple(heapq.nsmallest(FEW_REPEATED, found)), count


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """What came of one statement of a report; `lines`: how many of it are here."""

    statement: Statement
    lines: int
    amount: Decimal  # of the lines that are here; where there are none, what the statement declares
    check: StatementCheck

    @property
    def lacks_lines(self) -> bool:
        """Whether none is here of a statement that has some: they did not travel, or were taken out."""
        return not self.lines and self.statement.line_count > 0

    @property
    def result(self) -> CheckResult:
        return self.check.result
