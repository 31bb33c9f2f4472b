"""The lines of a statement that is a table: its rows below the header, read one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from artist_console.domain.problems import InputProblem

from .incoming import CatalogueRow, StatementRow
from .statement_clicknclear import LAYOUT as CLICKNCLEAR
from .statement_clicknclear import ClicknClearRows
from .statement_lines import LineMaker
from .statement_notes import RowNotes
from .statement_rows import FileRow, OpenedRows

MOST_ROWS = 50_000_000
MOST_EMPTY = 2_000_000  # rows without anything, one behind the other: twice what a spreadsheet can save


class TableLines:
    """The lines of one table. What is told of the whole of it is complete at its end."""

    def __init__(self, opened: OpenedRows, maker: LineMaker, file_name: str) -> None:
        self.rows_read = 0
        self._opened = opened
        self._maker = maker
        self._file_name = file_name
        self._amount = maker.found.columns.places.get("amount", -1)
        self._report = ClicknClearRows() if maker.found.layout is CLICKNCLEAR else None

    @property
    def notes(self) -> RowNotes:
        return self._maker.notes

    @property
    def some_ai(self) -> bool:
        return self._maker.some_ai

    @property
    def some_without_month(self) -> bool:
        return self._maker.some_without_month

    def lines(self) -> Iterator[StatementRow]:
        for number, cells, row in self._sales():
            if self._amount in row.unworked:
                what = (
                    "The amount is a formula without a stored value: open the file, save it, and try again."
                )
                self._maker.reject(number, what, cells)
                continue
            line = self._maker.line(number, cells, row.binary)
            if line is not None:
                yield line

    def works(self) -> Iterator[CatalogueRow]:
        for number, cells, _ in self._sales():
            work = self._maker.work(number, cells)
            if work is not None:
                yield work

    def declared(self, currencies: Sequence[str]) -> tuple[tuple[str, Decimal], ...]:
        if self._report is not None:
            return self._report.declared(currencies)
        return self._maker.totals.declared(currencies)

    def warnings(self) -> tuple[str, ...]:
        told = [*self._opened.warnings]
        if self._maker.some_from_spreadsheet:
            told.append(
                "Amounts were read from a spreadsheet's numbers (spreadsheet precision): a spreadsheet keeps"
                " about 15 digits of each."
            )
        if self._report is not None:
            told.extend(self._report.warnings())
        return tuple(told)

    def _sales(self) -> Iterator[tuple[int, Sequence[str], FileRow]]:
        """The rows below the header that hold something."""
        first = self._maker.found.first
        empty = 0
        for place, row in enumerate(self._opened.rows()):
            self.rows_read += 1
            if self.rows_read > MOST_ROWS:
                raise InputProblem(
                    "“{file}” has more than {limit} rows",
                    "Split it into smaller files and import them one by one.",
                    file=self._file_name,
                    limit=f"{MOST_ROWS:,}",
                )
            if place < first:
                continue
            cells = row.cells
            if cells is None:
                self._maker.reject(row.number, "The row holds a text that is too long.")
                continue
            if not any(cells):
                empty += 1
                if empty > MOST_EMPTY:
                    raise InputProblem(
                        "“{file}” has more than {limit} empty rows one behind the other",
                        "Take them out, or ask the sender for the file again.",
                        file=self._file_name,
                        limit=f"{MOST_EMPTY:,}",
                    )
                continue
            empty = 0
            if self._report is not None:
                sale, why = self._report.take(cells)
                if sale is None:
                    if why:
                        self._maker.reject(row.number, why)
                    continue
                cells = sale
            yield row.number, cells, row
