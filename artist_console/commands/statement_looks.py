"""Looking at a statement file before it is brought in: nothing is taken over, nothing leaves the computer."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from artist_console.commands import layouts
from artist_console.commands.console import Console
from artist_console.commands.file_kinds import FileKind
from artist_console.commands.import_authority import check_authority
from artist_console.commands.import_hints import Hints
from artist_console.commands.income_words import the_ai_income_words
from artist_console.commands.statement_preview import OpenQuestion, PreviewRow, StatementPreview
from artist_console.domain.ids import ArtistId
from artist_console.domain.money import COMMA, POINT, NumberForm, read_amount
from artist_console.domain.problems import ColumnsUnknown, InputProblem
from artist_console.domain.statements import LineKind, StatementLevel
from artist_console.formats.incoming import RejectedRow, StatementRow
from artist_console.formats.statement_reading import (
    StatementHints,
    StatementLook,
    StatementReader,
    look_at_statement,
    start_of,
)
from artist_console.formats.table_cells import DayOrder, read_date
from artist_console.host.files import open_file
from artist_console.store import source_names

ROWS_SHOWN = 200
_CELLS_SHOWN = 4  # rows, to tell what a column holds
_FORMS = {"point": POINT, "comma": COMMA}
_ANY_CURRENCY = "EUR"  # stands in while it is asked for, and is shown nowhere
_ANY_TABLE = "table"  # a form that is known by nothing but the names of its columns


def statement_hints(hints: Hints) -> StatementHints:
    """What the reader takes of what a person says."""
    return StatementHints(
        currency=hints.currency,
        month=date.fromisoformat(f"{hints.month}-01") if hints.month else None,
        issuer=hints.issuer,
        columns=hints.columns,
        numbers=_FORMS.get(hints.numbers),
        days=DayOrder(hints.days) if hints.days else None,
        level=hints.level,
        delimiter=hints.delimiter,
        encoding=hints.encoding,
        header_row=hints.header_row,
    )


def look_into_statement(
    console: Console | None, path: Path, hints: Hints, artist: ArtistId | None = None
) -> StatementPreview:
    """How a file will be read, its first rows, and what a person has to say yet.

    Without a profile nothing is known of what was said before.

    Raises InputProblem where the file is of no use, FileProblem, and AuthorityProblem where the account may
    bring in no statement for `artist`.
    """
    if console is not None:
        check_authority(console, FileKind.STATEMENT, artist)
    name = file_name_of(path)
    with open_file(path) as file:
        start = start_of(file)
        look, known, as_before = _looked(console, start, name, hints)
        problem = look.problem
        if isinstance(problem, ColumnsUnknown) and problem.columns:
            return _unknown(name, known, problem)
        if problem is not None:
            raise problem
        found = _Previewing(name, known, look, as_before).preview(_to_read(file, start, look))
        return found if console is None else _with_meanings(console, found)


def _with_meanings(console: Console, preview: StatementPreview) -> StatementPreview:
    """The rows as they will count: what a store is held to stand for is laid over them, as over lines."""
    meanings = source_names.overlay(console.store, {row.source for row in preview.rows if row.source})
    rows = tuple(
        replace(row, kind=meanings[row.source].kind)
        if row.kind is LineKind.OTHER and row.source in meanings
        else row
        for row in preview.rows
    )
    return replace(preview, rows=rows)


def with_what_was_said(console: Console, path: Path, hints: Hints) -> Hints:
    """The hints with what a person said of such a table before. Raises FileProblem."""
    with open_file(path) as file:
        return _looked(console, start_of(file), file_name_of(path), hints)[1]


def file_name_of(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text


def what_to_remember(preview: StatementPreview) -> tuple[dict[str, str], dict[str, str]] | None:
    """Columns, and what else was said, to be kept for the next such table; None for a form that is known."""
    if preview.layout != _ANY_TABLE or not preview.header or not preview.columns:
        return None
    hints = preview.hints
    said = {
        "level": hints.level.value if hints.level is not None else "",
        "numbers": hints.numbers,
        "days": hints.days,
        "issuer": hints.issuer,
        "currency": hints.currency,
    }
    return dict(preview.columns), {name: value for name, value in said.items() if value}


def _looked(
    console: Console | None, start: bytes, name: str, hints: Hints
) -> tuple[StatementLook, Hints, bool]:
    """The look, with what was said before of such a table where nothing is said now."""
    look = look_at_statement(start, name, statement_hints(hints))
    problem = look.problem
    header = problem.columns if isinstance(problem, ColumnsUnknown) else look.header
    if console is None or look.layout not in ("", _ANY_TABLE) or not header:
        return look, hints, False
    columns = layouts.remembered(console, FileKind.STATEMENT, header)
    if columns is None:
        return look, hints, False
    said = layouts.said_beside(console, FileKind.STATEMENT, header)
    known = replace(
        hints,
        columns=hints.columns or tuple(columns.items()),
        level=hints.level or (StatementLevel(said["level"]) if "level" in said else None),
        numbers=hints.numbers or said.get("numbers", ""),
        days=hints.days or said.get("days", ""),
        issuer=hints.issuer or said.get("issuer", ""),
        currency=hints.currency or said.get("currency", ""),
    )
    return look_at_statement(start, name, statement_hints(known)), known, not hints.columns


def _unknown(name: str, hints: Hints, problem: ColumnsUnknown) -> StatementPreview:
    """A table whose columns nobody named: nothing else can be told before somebody does."""
    return StatementPreview(
        file_name=name,
        hints=hints,
        layout="",
        issuer=hints.issuer,
        level=hints.level,
        currency=hints.currency,
        currencies=(),
        months=None,
        numbers=hints.numbers,
        days=hints.days,
        encoding=hints.encoding,
        delimiter=hints.delimiter,
        header_row=hints.header_row,
        preamble=(),
        header=problem.columns,
        columns=tuple(problem.recognised.items()),
        as_before=False,
        cells=problem.rows,
        rows=(),
        is_whole=False,
        warnings=(),
        questions=(OpenQuestion.COLUMNS,),
    )


def _to_read(file: BinaryIO, start: bytes, look: StatementLook) -> BinaryIO:
    """What the first rows are read from: of a plain text its beginning alone, whatever is wrong with it."""
    file.seek(0)
    if not look.delimiter or start[:2] == b"\x1f\x8b" or start[:4] == b"PK\x03\x04":
        return file
    is_cut = bool(file.seek(0, io.SEEK_END) > len(start))
    file.seek(0)
    return io.BytesIO(start[: start.rfind(b"\n") + 1] if is_cut and b"\n" in start else start)


@dataclass(frozen=True, slots=True)
class _Previewing:
    """One file that can be read, but for what is asked."""

    name: str
    hints: Hints
    look: StatementLook
    as_before: bool

    def preview(self, file: BinaryIO) -> StatementPreview:
        look, hints = self.look, self.hints
        asked = set(look.asks)
        said = statement_hints(hints)
        cell, readings = "", _NO_READINGS
        questions: list[OpenQuestion] = []
        if look.numbers is None:
            cell, readings = self._open_amount()
            if readings:
                questions.append(OpenQuestion.NUMBERS)
            said = replace(said, numbers=POINT)
        if look.days is DayOrder.NOT_DECLARED:
            day, orders = self._open_day()
            if orders:
                questions.append(OpenQuestion.DAYS)
                if questions[0] is OpenQuestion.DAYS:
                    cell, readings = day, orders
        if "currency" in asked:
            questions.append(OpenQuestion.CURRENCY)
            said = replace(said, currency=_ANY_CURRENCY)
        if "month" in asked:
            questions.append(OpenQuestion.MONTH)
        if look.layout == _ANY_TABLE and hints.level is None:
            questions.append(OpenQuestion.LEVEL)
        rows, is_whole = self._rows(file, said, frozenset(questions))
        months = [row.month for row in rows if row.month is not None]
        by_row = any(field == "currency" for field, _ in look.columns)
        return StatementPreview(
            file_name=self.name,
            hints=hints,
            layout=look.layout,
            issuer=look.issuer,
            level=None if OpenQuestion.LEVEL in questions else look.level,
            currency="" if by_row or len(look.currencies) != 1 else look.currencies[0],
            currencies=look.currencies,
            months=(min(months), max(months)) if months else None,
            numbers=""
            if look.located is None or OpenQuestion.NUMBERS in questions
            else _numbers_key(look.numbers),
            days=look.days.value if look.days is not DayOrder.NOT_DECLARED else "",
            encoding=look.encoding,
            delimiter=look.delimiter,
            header_row=look.header_row or None,
            preamble=tuple(" ".join(cell for cell in row if cell) for row in look.preamble if any(row)),
            header=look.header,
            columns=look.columns,
            as_before=self.as_before,
            cells=tuple(row[: len(look.header)] for row in look.rows[:_CELLS_SHOWN]),
            rows=rows,
            is_whole=is_whole,
            warnings=look.warnings,
            questions=tuple(questions),
            cell=cell,
            readings=readings,
        )

    # What can be read in two ways

    def _cells_of(self, field: str) -> list[str]:
        located = self.look.located
        if located is None or not located.columns.has(field):
            return []
        return [cell for row in self.look.rows if (cell := located.columns.cell(row, field))]

    def _open_amount(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """An amount that is two different ones by point and by comma, and both."""
        for cell in self._cells_of("amount"):
            values = {key: read_amount(cell, form).value for key, form in _FORMS.items()}
            if None not in values.values() and values["point"] != values["comma"]:
                return cell, tuple((key, f"{value:f}") for key, value in values.items())
        return "", ()

    def _open_day(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """A day that is in two different months by day and by month first, and both."""
        orders = (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST)
        for cell in self._cells_of("month"):
            if read_date(cell, DayOrder.NOT_DECLARED).value is not None:
                continue
            days = {order.value: read_date(cell, order).value for order in orders}
            found = [(key, day.isoformat()) for key, day in days.items() if day is not None]
            if len(found) == len(orders) and found[0][1] != found[1][1]:
                return cell, tuple(found)
        return "", ()

    # The first rows

    def _rows(
        self, file: BinaryIO, said: StatementHints, questions: frozenset[OpenQuestion]
    ) -> tuple[tuple[PreviewRow, ...], bool]:
        try:
            reader = StatementReader(file, self.name, the_ai_income_words(), said)
            lines: list[StatementRow] = []
            is_whole = True
            for line in reader.rows():
                lines.append(line)
                if len(lines) + reader.rejected_count >= ROWS_SHOWN:
                    is_whole = False
                    break
        except InputProblem:
            if questions:
                return (), False  # told by the question that is open
            raise
        by_numbers = OpenQuestion.NUMBERS in questions
        by_currency = OpenQuestion.CURRENCY in questions
        shown = [_row(line, without_amount=by_numbers, without_currency=by_currency) for line in lines]
        shown += [self._left_out(row) for row in reader.rejected] if not by_numbers else []
        shown.sort(key=lambda row: row.row)
        return tuple(shown[:ROWS_SHOWN]), is_whole

    def _left_out(self, rejected: RejectedRow) -> PreviewRow:
        located = self.look.located

        def cell(field: str) -> str:
            return located.columns.cell(rejected.cells, field) if located is not None else ""

        return PreviewRow(
            row=rejected.row,
            title=cell("title"),
            artist=cell("artist"),
            source=cell("store"),
            month=None,
            territory=cell("territory"),
            quantity=None,
            amount=None,
            currency="",
            kind=None,
            reason=rejected.what,
            delivered=cell("amount"),
        )


_NO_READINGS: tuple[tuple[str, str], ...] = ()


def _row(line: StatementRow, *, without_amount: bool, without_currency: bool) -> PreviewRow:
    return PreviewRow(
        row=line.row,
        title=line.title or line.identifier,
        artist=line.artist,
        source=line.store,
        month=line.month,
        territory=line.territory,
        quantity=line.quantity,
        amount=None if without_amount else line.amount,
        currency="" if without_currency else line.currency,
        kind=line.kind,
    )


def _numbers_key(form: NumberForm | None) -> str:
    """What the person is shown of a form: declared, or told by the cells alone."""
    if form is None:
        return "seen_point"  # no amount of the first rows has any sign
    declared = next((key for key, each in _FORMS.items() if each == form), "")
    return declared or ("seen_comma" if form.decimal == "," else "seen_point")
