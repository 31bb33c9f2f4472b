"""Tables of any length that go out row by row: CSV and XLSX as `table_out` writes them, in bounded memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from .table_out import TableColumn, Value, fill_sheet, harmless, new_book, written

_ROWS_TOGETHER = 2_000


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet: its name, its columns, and rows that are taken once, in order."""

    title: str
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Value]]


def write_csv(out: BinaryIO, sheet: SheetRows) -> None:
    """As `table_out.csv_file`."""
    out.write("\ufeff".encode())
    out.write(_csv_rows([[harmless(column.title) for column in sheet.columns]]))
    rows = iter(sheet.rows)
    while some := list(islice(rows, _ROWS_TOGETHER)):
        out.write(_csv_rows([[written(value) for value in row] for row in some]))


def _csv_rows(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def write_xlsx(out: BinaryIO, title: str, sheets: Iterable[SheetRows], folder: str) -> None:
    """Several sheets, one after the other; `folder` takes what a sheet needs while it is written.

    How many rows a sheet holds is for the caller to check (`table_out.check_rows`).
    """
    with new_book(out, title, {"constant_memory": True, "tmpdir": folder}) as book:
        for sheet in sheets:
            fill_sheet(book, sheet.title, sheet.columns, sheet.rows)
