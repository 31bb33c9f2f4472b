"""Reading a statement file of any size: a look at its beginning, then its lines one by one.

What is told of the whole file (notes, totals, months, currencies, warnings) is complete at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from artist_console.domain.money import NumberForm
from artist_console.domain.periods import last_day_of
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import StatementLevel

from .dsr_in import DsrLines
from .dsr_text import DsrFiles
from .income_words import AiIncomeWords
from .incoming import CatalogueRow, RejectedRow, RowNote, StatementRow
from .statement_columns import HEADER_WITHIN, STATEMENT_FIELDS, Located
from .statement_lines import LineMaker
from .statement_look import (
    DSR,
    NO_HINTS,
    StatementHints,
    StatementLook,
    look_at_report,
    look_at_rows,
    look_at_statement,
    look_at_text,
    start_of,
)
from .statement_numbers import FormEvidence
from .statement_rows import ROWS_LOOKED_AT, OpenedRows, open_rows
from .statement_table_lines import TableLines
from .statement_zip import choice_in
from .table_start import START_BYTES
from .unpacking import OpenedFile, OpenedPart

__all__ = [
    "STATEMENT_FIELDS",
    "StatementHints",
    "StatementLook",
    "StatementReader",
    "look_at_statement",
    "look_into",
    "start_of",
]


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
        self.period_from: date | None = None
        self.period_until: date | None = None
        self.currencies: tuple[str, ...] = ()
        self._file = file
        self._hints = hints
        self._opened: OpenedRows | None = None
        self._files: DsrFiles | None = None
        self._lines: DsrLines | TableLines
        self._choice = choice_in(file, file_name)
        if self._choice.is_dsr_set:
            self._files = DsrFiles(file, file_name)
            self.look = look_at_report(self._files.head_text, file_name, hints)
        else:
            self._opened = self._open()
            self.look = self._look(self._opened)
            if self.look.layout == DSR:
                self._opened = None
                self._files = DsrFiles(file, file_name)
        if self._files is not None:
            self._lines = DsrLines(self._files, words, self.look.dsr_head)
        else:
            self._lines = self._table(words)

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
        return self._source.size

    @property
    def bytes_read(self) -> int:
        """Of the file as it came."""
        return self._source.bytes_read

    # What came of its rows

    @property
    def rows_read(self) -> int:
        """Of the file, with those that are left out."""
        return self._lines.rows_read

    @property
    def notes(self) -> tuple[RowNote, ...]:
        """The first ones; `notes_left_out` counts the others."""
        return tuple(self._lines.notes.notes)

    @property
    def notes_left_out(self) -> int:
        return self._lines.notes.left_out

    @property
    def rejected(self) -> tuple[RejectedRow, ...]:
        """The first rows that were left out; `rejected_count` counts all of them."""
        return tuple(self._lines.notes.rejected)

    @property
    def rejected_count(self) -> int:
        return self._lines.notes.rejected_count

    @property
    def declared_totals(self) -> tuple[tuple[str, Decimal], ...]:
        """What the file itself says its lines add up to, per currency, sorted by code."""
        return self._lines.declared(self.currencies)

    @property
    def warnings(self) -> tuple[str, ...]:
        """About the file as a whole."""
        lines = self._lines
        told = [*self._choice.warnings, *lines.warnings(), *self.look.warnings]
        if lines.some_without_month:
            told.append("The file does not say for every line in which month it was earned.")
        if self.currencies and not lines.some_ai:
            told.append("No line was recognised as AI income.")
        if rejected := self.rejected_count:
            rows = "1 row was" if rejected == 1 else f"{rejected:,} rows were"
            told.append(f"{rows} left out, so totals are partial.")
        return tuple(dict.fromkeys(told))

    def sha256(self) -> str:
        """Of the file as it came, once all rows were read."""
        return self._source.sha256()

    # Its rows

    def rows(self) -> Iterator[StatementRow]:
        """The lines, once. Raises InputProblem where the file turns out to be damaged: use none then."""
        currencies: set[str] = set()
        for line in self._lines.lines():
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
            self.period_until = last_day_of(self.period_until)
        self._end()

    def works(self) -> Iterator[CatalogueRow]:
        """The works that the rows are about, once, whatever became of their amounts; instead of `rows`."""
        yield from self._lines.works()
        self._end()

    def _end(self) -> None:
        self._source.sha256()

    # Opening

    @property
    def _source(self) -> OpenedFile | OpenedPart | DsrFiles:
        if self._files is not None:
            return self._files
        assert self._opened is not None
        return self._opened.opened

    def _table(self, words: AiIncomeWords) -> TableLines:
        found = self.look.located
        assert found is not None
        if not (found.columns.has("currency") or found.currency or self._hints.currency):
            raise InputProblem(
                "“{file}” does not say in which currency its amounts are",
                "Say which currency the statement is in, as a code such as EUR (by command: --currency EUR).",
                file=self.file_name,
            )
        numbers = self._numbers(found)
        currency, month = self._hints.currency.upper(), self._hints.month
        maker = LineMaker(found, words, numbers, self.look.days, currency, month, self.look.names_no_currency)
        maker.guarded = found.layout.guarded and bool(self.look.delimiter)
        assert self._opened is not None
        return TableLines(self._opened, maker, self.file_name)

    def _open(self) -> OpenedRows:
        return open_rows(
            self._file, self.file_name, self._hints.encoding, self._hints.delimiter, self._choice.name
        )

    def _look(self, opened: OpenedRows) -> StatementLook:
        if opened.sheet is not None:
            rows = opened.sheet.rows[: ROWS_LOOKED_AT + HEADER_WITHIN]
            return look_at_rows(rows, self.file_name, self._hints)
        head = opened.opened.stream.peek(START_BYTES)[:START_BYTES]
        return look_at_text(head, self.file_name, self._hints, is_whole=len(head) < START_BYTES)

    def _numbers(self, found: Located) -> NumberForm:
        """How the file writes its numbers; where its beginning leaves it open, all its amounts are asked."""
        if self.look.numbers is not None:
            return self.look.numbers
        evidence = FormEvidence(found.layout)
        evidence.weigh(found.columns.cell(row, "amount") for row in self._cells_below(found))
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

    def _cells_below(self, found: Located) -> Iterator[tuple[str, ...]]:
        assert self._opened is not None
        for place, row in enumerate(self._opened.rows()):
            if place >= found.first and row.cells:
                yield row.cells
