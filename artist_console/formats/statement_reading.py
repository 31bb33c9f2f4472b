"""Reading a statement file of any size: a look at its beginning, then its lines one by one.

What is told of the whole file (notes, totals, months, currencies, warnings) is complete at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import BinaryIO

from artist_console.domain.money import NumberForm
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import StatementLevel

from .income_words import AiIncomeWords
from .incoming import CatalogueRow, RejectedRow, RowNote, StatementRow
from .statement_clicknclear import LAYOUT as CLICKNCLEAR
from .statement_clicknclear import ClicknClearRows
from .statement_columns import HEADER_WITHIN, STATEMENT_FIELDS, Located
from .statement_lines import LineMaker
from .statement_look import (
    NO_HINTS,
    StatementHints,
    StatementLook,
    look_at_rows,
    look_at_statement,
    look_at_text,
    start_of,
)
from .statement_numbers import FormEvidence
from .statement_rows import ROWS_LOOKED_AT, OpenedRows, open_rows
from .table_start import START_BYTES

__all__ = [
    "STATEMENT_FIELDS",
    "StatementHints",
    "StatementLook",
    "StatementReader",
    "look_at_statement",
    "look_into",
    "start_of",
]

MOST_ROWS = 50_000_000


def look_into(file: BinaryIO, file_name: str, hints: StatementHints = NO_HINTS) -> StatementLook:
    """Look at a file that can be sought, packed or not; never raises an InputProblem, it tells it."""
    return look_at_statement(start_of(file), file_name, hints)


class StatementReader:
    """A statement being read, once, from its beginning, in bounded memory."""

    def __init__(
        self, file: BinaryIO, file_name: str, words: AiIncomeWords, hints: StatementHints = NO_HINTS
    ) -> None:
        """`file` can be sought. Raises InputProblem, ColumnsUnknown where it cannot be used as it is."""
        self.file_name = file_name
        self.rows_read = 0  # of the file, with those that are left out
        self.period_from: date | None = None
        self.period_until: date | None = None
        self.currencies: tuple[str, ...] = ()
        self._file = file
        self._hints = hints
        self._opened = self._open()
        self.look = self._look()
        found = self.look.located
        assert found is not None
        self.found: Located = found
        if "currency" in self.look.asks:
            raise InputProblem(
                "“{file}” does not say in which currency its amounts are",
                "Say which currency the statement is in, as a code such as EUR (by command: --currency EUR).",
                file=file_name,
            )
        self._report = ClicknClearRows() if found.layout is CLICKNCLEAR else None
        self._maker = LineMaker(
            found, words, self._numbers(), self.look.days, hints.currency.upper(), hints.month
        )

    # What it is

    @property
    def layout(self) -> str:
        return self.look.layout

    @property
    def issuer(self) -> str:
        return self.look.issuer

    @property
    def level(self) -> StatementLevel:
        return self.look.level

    @property
    def size(self) -> int:
        """Bytes of the file as it came."""
        return self._opened.opened.size

    @property
    def bytes_read(self) -> int:
        """Of the file as it came."""
        return self._opened.opened.bytes_read

    # What came of its rows

    @property
    def notes(self) -> tuple[RowNote, ...]:
        """The first ones; `notes_left_out` counts the others."""
        return tuple(self._maker.notes)

    @property
    def notes_left_out(self) -> int:
        return self._maker.notes_left_out

    @property
    def rejected(self) -> tuple[RejectedRow, ...]:
        """The first rows that were left out; `rejected_count` counts all of them."""
        return tuple(self._maker.rejected)

    @property
    def rejected_count(self) -> int:
        return self._maker.rejected_count

    @property
    def declared_totals(self) -> tuple[tuple[str, Decimal], ...]:
        """What the file itself says its lines add up to, per currency, sorted by code."""
        if self._report is not None:
            return self._report.declared(self.currencies)
        return self._maker.totals.declared(self.currencies)

    @property
    def warnings(self) -> tuple[str, ...]:
        """About the file as a whole."""
        maker = self._maker
        told = [*self._opened.warnings, *self.look.warnings]
        if maker.some_without_month:
            told.append("The file does not say for every line in which month it was earned.")
        if maker.some_from_spreadsheet:
            told.append(
                "Amounts were read from a spreadsheet's numbers (spreadsheet precision): a spreadsheet keeps"
                " about 15 digits of each."
            )
        if self.currencies and not maker.some_ai:
            told.append("No line was recognised as AI income.")
        if maker.rejected_count:
            rows = "1 row was" if maker.rejected_count == 1 else f"{maker.rejected_count:,} rows were"
            told.append(f"{rows} left out, so totals are partial.")
        if self._report is not None:
            told.extend(self._report.warnings())
        return tuple(dict.fromkeys(told))

    def sha256(self) -> str:
        """Of the file as it came, once all rows were read."""
        return self._opened.opened.sha256()

    # Its rows

    def rows(self) -> Iterator[StatementRow]:
        """The lines, once. Raises InputProblem where the file turns out to be damaged: use none then."""
        maker = self._maker
        currencies: set[str] = set()
        for number, cells, binary in self._sales():
            line = maker.line(number, cells, binary)
            if line is None:
                continue
            if line.currency not in currencies:
                currencies.add(line.currency)
            month = line.month
            if month is not None:
                if self.period_from is None or month < self.period_from:
                    self.period_from = month
                if self.period_until is None or month > self.period_until:
                    self.period_until = month
            yield line
        self.currencies = tuple(sorted(currencies))
        if self.period_until is not None:
            self.period_until = _last_day(self.period_until)
        self._opened.opened.sha256()

    def works(self) -> Iterator[CatalogueRow]:
        """The works that the rows are about, once, whatever became of their amounts; instead of `rows`."""
        for number, cells, _ in self._sales():
            work = self._maker.work(number, cells)
            if work is not None:
                yield work
        self._opened.opened.sha256()

    def _sales(self) -> Iterator[tuple[int, Sequence[str], frozenset[int]]]:
        """The rows below the header that hold something."""
        first = self.found.first
        for place, row in enumerate(self._opened.rows()):
            self.rows_read += 1
            if self.rows_read > MOST_ROWS:
                raise InputProblem(
                    "“{file}” has more than {limit} rows",
                    "Split it into smaller files and import them one by one.",
                    file=self.file_name,
                    limit=f"{MOST_ROWS:,}",
                )
            if place < first:
                continue
            cells = row.cells
            if cells is None:
                self._maker.reject(row.number, "The row holds a text that is too long.")
                continue
            if not any(cells):
                continue
            if self._report is not None:
                sale, why = self._report.take(cells)
                if sale is None:
                    if why:
                        self._maker.reject(row.number, why)
                    continue
                cells = sale
            yield row.number, cells, row.binary

    def _open(self) -> OpenedRows:
        return open_rows(self._file, self.file_name, self._hints.encoding, self._hints.delimiter)

    def _look(self) -> StatementLook:
        opened = self._opened
        if opened.text is None:
            rows = opened.sheet[: ROWS_LOOKED_AT + HEADER_WITHIN]
            return look_at_rows(rows, self.file_name, self._hints)
        head = opened.opened.stream.peek(START_BYTES)[:START_BYTES]
        return look_at_text(head, self.file_name, self._hints, is_whole=len(head) < START_BYTES)

    def _numbers(self) -> NumberForm:
        """How the file writes its numbers; where its beginning leaves it open, all its amounts are asked."""
        if self.look.numbers is not None:
            return self.look.numbers
        evidence = FormEvidence(self.found.layout)
        columns = self.found.columns
        evidence.weigh(columns.cell(row, "amount") for row in self._cells_below())
        form = evidence.form()
        self._opened = self._open()
        if form is None:
            raise InputProblem(
                "“{file}” leaves open whether a comma or a point marks decimals (as in “{cell}”)",
                "Say which it is, or export it again with more decimals or plain numbers such as 1234.56.",
                file=self.file_name,
                cell=evidence.differing[:40],
            )
        return form

    def _cells_below(self) -> Iterator[tuple[str, ...]]:
        for place, row in enumerate(self._opened.rows()):
            if place >= self.found.first and row.cells:
                yield row.cells


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
