"""Tables that go out: CSV and XLSX whose cells a spreadsheet shows and never runs.

A text that begins like a formula gets an apostrophe before it in CSV, the sign by which spreadsheets keep a
cell as text; in XLSX every text is written as text, so nothing has to be added there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO

from artist_console.domain.problems import InputProblem


@dataclass(frozen=True, slots=True)
class ReadingNumber:
    """An exact number that a sheet shows as a number of its own, rounded to what such a number holds.

    The exact one stands as text in a column beside it.
    """

    value: Decimal


Value = str | int | bool | Decimal | ReadingNumber | date | None

# Full-width forms count too: spreadsheets in East Asian settings read them alike.
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_TEXT = 32_767  # characters in a cell of XLSX
MOST_ROWS = 1_048_576  # rows of a sheet, its heading with them
_LARGEST_NUMBER = 10**15  # beyond it a sheet rounds


class TableKind(Enum):
    """What a table is written as; the value is the ending of the file."""

    CSV = "csv"
    XLSX = "xlsx"


class TableTooLong(InputProblem):
    title_template = "A sheet of XLSX holds {most:,} rows, and these are {rows:,}"
    advice_template = "Write them as CSV, or narrow them down"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, and about how many characters wide a sheet shows it."""

    title: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Table:
    """What is written. `title` names the sheet."""

    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Value]]


def kind_of(name: str) -> TableKind | None:
    """By the ending of a file's name; None for any other."""
    ending = name.rpartition(".")[2].casefold()
    return next((kind for kind in TableKind if kind.value == ending), None)


def table_file(table: Table, kind: TableKind) -> bytes:
    """The file as bytes. Raises TableTooLong."""
    return csv_file(table) if kind is TableKind.CSV else xlsx_file(table)


# CSV


def csv_file(table: Table) -> bytes:
    """Comma-separated, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    writer.writerows([written(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_RUN_BY_SPREADSHEETS) else text


def written(value: Value) -> str:
    """A value as a cell of CSV."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return harmless(value)
        case Decimal():
            return format(value, "f")
        case ReadingNumber():
            return format(value.value, "f")
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case _:
            return str(value)


# XLSX


def xlsx_file(table: Table) -> bytes:
    """One sheet with a heading that stays in place and can be filtered by. Raises TableTooLong."""
    check_rows(len(table.rows))
    out = io.BytesIO()
    with new_book(out, table.title, {"in_memory": True}) as book:
        fill_sheet(book, table.title, table.columns, table.rows)
    return out.getvalue()


@contextmanager
def new_book(out: BinaryIO, title: str, options: Mapping[str, object]) -> Iterator[Any]:
    """A workbook in which every text stays a text; complete in `out` when the block ends."""
    # Late: only an export needs it.
    import xlsxwriter

    texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {**options, **texts}) as book:
        # Else the file holds the time at which it was made, and no two are alike.
        book.set_properties({"title": title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        yield book


def check_rows(count: int) -> None:
    """Raises TableTooLong where a sheet does not hold so many rows below its heading."""
    if count + 1 > MOST_ROWS:
        raise TableTooLong(most=MOST_ROWS - 1, rows=count)


def fill_sheet(
    book: Any, title: str, columns: Sequence[TableColumn], rows: Iterable[Sequence[Value]]
) -> None:
    """Add a sheet with a heading that stays in place; rows are written one after the other."""
    sheet = book.add_worksheet(_sheet_name(title))
    heading = book.add_format({"bold": True, "bottom": 1})
    styles: dict[type[object], Any] = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        ReadingNumber: book.add_format({"num_format": "#,##0.00####"}),
    }
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, heading)
    line = 0
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            _write_cell(sheet, line, place, value, styles)
    if line:
        sheet.autofilter(0, 0, line, len(columns) - 1)


def foot_of_sheets(book: Any, title: str, foot: str) -> None:
    """What stands above and below every printed page of every sheet; pages are numbered."""
    # "&" begins a code there, and 255 characters are all that such a line holds.
    above, below = (" ".join(text.split()).replace("&", "&&") for text in (title, foot))
    for sheet in book.worksheets():
        sheet.set_header(f"&L{above[:200]}")
        sheet.set_footer(f"&L{below[:200]}&RPage &P of &N")


def _write_cell(sheet: Any, line: int, place: int, value: Value, styles: Mapping[type[object], Any]) -> None:
    """Times in UTC, as a sheet knows no zones; a number that a sheet would round is written as text."""
    match value:
        case None | "":
            return
        case bool():
            sheet.write_string(line, place, "yes" if value else "no")
        case str():
            sheet.write_string(line, place, _fitting(value))
        case datetime():
            sheet.write_datetime(line, place, value.astimezone(UTC).replace(tzinfo=None), styles[datetime])
        case date():
            sheet.write_datetime(line, place, value, styles[date])
        case int() if abs(value) < _LARGEST_NUMBER:
            sheet.write_number(line, place, value)
        case Decimal():
            sheet.write_string(line, place, format(value, "f"))
        case ReadingNumber():
            sheet.write_number(line, place, value.value, styles[ReadingNumber])
        case _:
            sheet.write_string(line, place, str(value))


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"


def _sheet_name(title: str) -> str:
    """Sheets take 31 characters, and not all of them."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip(" '")
    return plain[:31] or "Table"
