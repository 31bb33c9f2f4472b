"""The totals of a whole statement file before it is brought in: exact, and equal to what its reader adds up.

Text in UTF-8 is added up by DuckDB with the columns that the look found. Every row that is not plain (a
total, marks between thousands, a cell that is no number) is judged by the reader's own rules, one by one.
What DuckDB does not read exactly as the reader does is left to the reader.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Literal, Protocol, cast

from artist_console.domain.currencies import is_currency
from artist_console.domain.money import COMMA
from artist_console.domain.statements import exact_sum

from .control_signs import spaced
from .income_words import AiIncomeWords
from .lines_problems import LinesFileProblem
from .statement_clicknclear import LAYOUT as CLICKNCLEAR
from .statement_columns import Located
from .statement_lines import LineMaker
from .statement_look import NO_HINTS, StatementHints, StatementLook
from .statement_reading import StatementReader
from .statement_totals_rows import MAY_BEGIN, TOTAL_WORDS
from .tables import MAX_CELL, tab_cells

_PLAIN_LENGTH = 19  # no more than 18 decimals
_PLAIN = r"[+-]?[0-9]{1,19}([.][0-9]{1,18})?"
_HEAD_BYTES = 256 * 1024
_AT_ONCE = 5_000
_MEMORY_MB = 400
_ADDED_TOGETHER = 10_000


@dataclass(frozen=True, slots=True)
class FileTotals:
    """Of all lines of a file; `rejected` rows are in none of them."""

    count: int
    totals: tuple[tuple[str, Decimal], ...]  # per currency, sorted by code
    rejected: int


class FilePath(Protocol):
    """A `pathlib.Path`: this package opens nothing but what is handed to it."""

    @property
    def name(self) -> str: ...

    def open(self, mode: Literal["rb"]) -> BinaryIO: ...

    def resolve(self) -> object: ...


def total_of_file(
    file: FilePath | BinaryIO, look: StatementLook, hints: StatementHints = NO_HINTS, file_name: str = ""
) -> FileTotals:
    """Add up a file that can be sought, or one at a path. `look` is the one that its beginning gave.

    Raises InputProblem where it cannot be used as a statement.
    """
    if look.problem is not None:
        raise look.problem
    if hasattr(file, "resolve"):
        path = cast(FilePath, file)
        with path.open("rb") as opened:
            return _total(opened, str(path.resolve()), look, hints, file_name or path.name)
    return _total(file, "", look, hints, file_name or "statement")


def _total(
    file: BinaryIO, path: str, look: StatementLook, hints: StatementHints, file_name: str
) -> FileTotals:
    plan = _plan_of(file, look, hints)
    found = plan.total(file, path) if plan is not None else None
    return found if found is not None else _by_reader(file, file_name, look, hints)


def _by_reader(file: BinaryIO, file_name: str, look: StatementLook, hints: StatementHints) -> FileTotals:
    file.seek(0)
    reader = StatementReader(file, file_name, AiIncomeWords(()), hints)
    sums = _Sums()
    for line in reader.rows():
        sums.add(line.currency, line.amount)
    return sums.totals(reader.rejected_count)


class _Sums:
    """Exact sums per currency, in bounded memory."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: dict[str, list[Decimal]] = {}

    def add(self, currency: str, amount: Decimal, lines: int = 1) -> None:
        self.count += lines
        waiting = self._waiting.setdefault(currency, [])
        waiting.append(amount)
        if len(waiting) >= _ADDED_TOGETHER:
            self._waiting[currency] = [exact_sum(waiting)]

    def totals(self, rejected: int) -> FileTotals:
        found = tuple((code, exact_sum(self._waiting[code])) for code in sorted(self._waiting))
        return FileTotals(self.count, found, rejected)


def _plan_of(file: BinaryIO, look: StatementLook, hints: StatementHints) -> _Plan | None:
    """How DuckDB reads the file; None where it would not read it as the reader does."""
    found = look.located
    if found is None or look.numbers is None or look.encoding != "utf-8" or len(look.delimiter) != 1:
        return None
    if found.layout is CLICKNCLEAR or found.columns.has("conversion") or found.header < 0:
        return None
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    if head[:2] in (b"\x1f\x8b", b"PK") or b"\r" in head.replace(b"\r\n", b""):
        return None
    lines = head.decode("utf-8-sig", errors="replace").split("\n", found.header + 1)
    if len(lines) <= found.header + 1 or any(line.count('"') % 2 for line in lines[: found.header + 1]):
        return None
    named = lines[found.header].rstrip("\r")
    cells = next(csv.reader([named], delimiter=look.delimiter), [])
    if look.delimiter == "\t":
        cells = list(tab_cells(named) or ())
    # Where a row before the header goes over several lines, the lines are not the rows.
    if tuple(cells) != found.columns.names:
        return None
    return _Plan(look, found, hints)


@dataclass(frozen=True, slots=True)
class _Plan:
    look: StatementLook
    found: Located
    hints: StatementHints

    def total(self, file: BinaryIO, path: str) -> FileTotals | None:
        """The totals; None where the file turns out not to be as it should."""
        import duckdb  # late: a quarter of a second, and only for this

        from .statement_duck import asked  # late: it loads the library

        try:
            with asked(file, path, _MEMORY_MB) as (address, rows_of):
                source = self._source(address)
                quick = self._quick(rows_of, source)
                return quick if quick is not None else self._careful(rows_of, source)
        except (duckdb.Error, LinesFileProblem):
            return None

    # The parts of a query

    def _source(self, address: str) -> str:
        columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(self.found.columns.names)))
        is_tab = self.look.delimiter == "\t"
        quote = "quote = '', escape = ''" if is_tab else "quote = '\"', escape = '\"'"
        return (
            f"read_csv({address}, auto_detect = false, header = false, skip = {self.found.first},"
            f" delim = '{_quoted(self.look.delimiter)}', {quote}, columns = {{{columns}}},"
            " null_padding = true, strict_mode = true,"
            f" max_line_size = {MAX_CELL}, buffer_size = 16000000)"
        )

    def _cell(self, field: str) -> str:
        place = self.found.columns.places.get(field)
        return f"c{place}" if place is not None else "''"

    @property
    def _amount(self) -> str:
        return self._cell("amount")

    @property
    def _value(self) -> str:
        """The amount as a number, where its text is one."""
        text = f"replace({self._amount}, ',', '.')" if self._has_comma else self._amount
        return f"try_cast({text} AS DECIMAL(38, 18))"

    @property
    def _has_comma(self) -> bool:
        assert self.look.numbers is not None
        return self.look.numbers.decimal == COMMA.decimal

    @property
    def _is_odd(self) -> str:
        """Texts that DuckDB takes for a number and the reader does not, or for another one."""
        signs = ["e", "E", "_", *("." if self._has_comma else "")]
        return "(" + " OR ".join(f"contains({self._amount}, '{sign}')" for sign in signs) + ")"

    def _groups(self) -> tuple[str, ...]:
        """What the currency of a line and whether it is one hang on."""
        fields = ["currency"] if self.found.columns.has("currency") else []
        if self.found.layout.not_money:
            fields.append("sales_type")
        if self.found.columns.has("month"):
            fields.append("month")
        return tuple(fields)

    def _quick(self, rows_of: Callable[[str], Iterator[tuple[Any, ...]]], source: str) -> FileTotals | None:
        """One pass, where every row is plain; None where some are not."""
        groups = [each for each in self._groups() if each != "month" or not self._holds_always()]
        keys = ", ".join(self._cell(each) for each in groups) or "''"
        query = (
            f"SELECT {keys}, count(*), count({self._value}), sum({self._value}),"
            f" coalesce(max(strlen({self._amount})), 0), coalesce(bool_or({self._is_odd}), true),"
            " bool_or(c0 IS NULL OR c0 < '0' OR c0 >= ':')"
            f" FROM {source} GROUP BY {', '.join(str(n + 1) for n in range(max(len(groups), 1)))}"
        )
        maker = self._maker()
        sums = _Sums()
        width = max(len(groups), 1)
        for row in rows_of(query):
            count, read, amount, longest, odd, words = row[width:]
            if count != read or longest > _PLAIN_LENGTH or odd or words:
                return None
            if not self._take(maker, sums, dict(zip(groups, row, strict=False)), count, amount):
                return None
        return sums.totals(maker.notes.rejected_count)

    def _careful(self, rows_of: Callable[[str], Iterator[tuple[Any, ...]]], source: str) -> FileTotals | None:
        """Plain rows are added up, the others judged one by one."""
        groups = self._groups()
        keys = ", ".join(self._cell(each) for each in groups) or "''"
        begins = ", ".join(f"'{_quoted(sign)}'" for sign in MAY_BEGIN)
        quoted = " OR ".join(f"contains(c{n}, '\"')" for n in self.found.columns.places.values())
        plain = (
            f"coalesce({self._value} IS NOT NULL AND NOT {self._is_odd}"
            f" AND (strlen({self._amount}) <= {_PLAIN_LENGTH} OR"
            f" regexp_full_match(replace({self._amount}, ',', '.'), '{_PLAIN}'))"
            # With a total in its first cell a row is none; with nothing in it, another cell is the first.
            " AND CASE WHEN c0 < '!' THEN false"
            f" WHEN left(c0, 1) IN ({begins}) THEN NOT regexp_full_match(trim(c0), '{TOTAL_WORDS}', 'i')"
            " ELSE true END" + (f" AND NOT ({quoted})" if self.look.delimiter == "\t" else "") + ", false)"
        )
        maker = self._maker()
        sums = _Sums()
        width = max(len(groups), 1)
        query = (
            f"SELECT {keys}, count(*), sum({self._value}) FROM {source} WHERE {plain}"
            f" GROUP BY {', '.join(str(n + 1) for n in range(width))}"
        )
        for row in rows_of(query):
            if not self._take(maker, sums, dict(zip(groups, row, strict=False)), row[-2], row[-1]):
                return None
        for row in rows_of(f"SELECT * FROM {source} WHERE NOT {plain}"):
            cells = self._as_read(row)
            if any(cells):
                line = maker.line(0, cells)
                if line is not None:
                    sums.add(line.currency, line.amount)
        return sums.totals(maker.notes.rejected_count)

    def _as_read(self, row: Sequence[str | None]) -> tuple[str, ...]:
        texts = tuple(cell or "" for cell in row)
        if self.look.delimiter == "\t":
            texts = tab_cells("\t".join(texts)) or ()
        return tuple(spaced(text)[0] for text in texts)

    def _take(
        self, maker: LineMaker, sums: _Sums, group: dict[str, str | None], count: int, amount: Decimal
    ) -> bool:
        """Judge one group of plain rows by a row that stands for all of them."""
        cells = [""] * len(self.found.columns.names)
        for field, text in group.items():
            cells[self.found.columns.places[field]] = text or ""
        cells[self.found.columns.places["amount"]] = "0"
        before = maker.notes.rejected_count
        line = maker.line(0, cells)
        if line is None:
            # The row that stands for them was counted once.
            maker.notes.rejected_count = before + count
            return True
        sums.add(line.currency, amount, count)
        return True

    def _holds_always(self) -> bool:
        """Whether the currency of the whole file is one at any time."""
        if self.found.columns.has("currency"):
            return False
        code = self.found.currency or self.hints.currency.upper()
        return is_currency(code, date.min) and is_currency(code, date.max)

    def _maker(self) -> LineMaker:
        assert self.look.numbers is not None
        currency, month = self.hints.currency.upper(), self.hints.month
        words, numbers, days = AiIncomeWords(()), self.look.numbers, self.look.days
        no_currency = self.look.names_no_currency
        return LineMaker(self.found, words, numbers, days, currency, month, no_currency)


def _quoted(text: str) -> str:
    return text.replace("'", "''")
