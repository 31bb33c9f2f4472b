"""Rows of a table from a stream of its text, with their numbers: row n of the file is number n.

A cell too long costs its row. A quotation mark that is never closed costs the file: nobody can tell where its
rows end.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain

from .tables import END_OF_TABLE, spreadsheet_rows, tab_cells, too_wide, unclosed
from .text_stream import TextStream
from .workbook_bounds import MOST_COLUMNS

Row = tuple[int, tuple[str, ...] | None]  # None: one of its cells is too long


def csv_rows(text: TextStream, delimiter: str, file_name: str) -> Iterator[Row]:
    """Raises InputProblem where a quotation mark is never closed."""
    reader = csv.reader(chain(text.lines(), [END_OF_TABLE]), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        before = reader.line_num
        try:
            cells = next(reader)
        except csv.Error as error:
            if reader.line_num - before > 1:
                raise unclosed(file_name, number) from error
            yield number, None
            continue
        if cells and cells[-1].endswith(END_OF_TABLE):
            if cells == [END_OF_TABLE]:
                return
            raise unclosed(file_name, number)
        if len(cells) > MOST_COLUMNS:
            raise too_wide(file_name)
        too_long = bool(text.too_long) and before < text.too_long[-1] <= reader.line_num
        yield number, None if too_long else tuple(cells)


def tab_rows(text: TextStream, file_name: str) -> Iterator[Row]:
    """Raises InputProblem where a row is wider than a table is."""
    for number, line in enumerate(text.lines(), 1):
        left_out = bool(text.too_long) and text.too_long[-1] == number
        cells = None if left_out else tab_cells(line.rstrip("\r\n"))
        if cells is not None and len(cells) > MOST_COLUMNS:
            raise too_wide(file_name)
        yield number, cells


def spreadsheet_rows_of(data: bytes, file_name: str) -> Iterator[Row]:
    """Of a workbook, which is loaded whole."""
    return enumerate(spreadsheet_rows(data, file_name), 1)
