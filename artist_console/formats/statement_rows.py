"""The rows of a statement file, plain or packed, text or workbook, as a stream with their numbers.

A file is opened anew for each pass. Of a workbook the first sheet is read in which a statement is recognised.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from artist_console.domain.problems import InputProblem

from .statement_columns import HEADER_WITHIN, locate_by_names
from .table_stream import csv_rows, tab_rows
from .tables import (
    MAX_BYTES,
    cell_text,
    delimiter_of,
    not_a_table,
    of_another_kind,
    sheets_of,
    split_rows,
    too_large,
)
from .text_stream import TextStream
from .unpacking import OpenedFile, OpenedPart
from .workbook_formulas import formulas_in

ROWS_LOOKED_AT = 200
MOST_SHEETS = 20
# What a person can say of a file, and the codec of Python that it is.
ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "iso-8859-1": "latin-1",
    "iso-8859-15": "iso8859-15",
    "windows-1250": "cp1250",
    "windows-1251": "cp1251",
    "windows-1254": "cp1254",
    "mac-roman": "mac-roman",
    "shift-jis": "shift_jis",
    "gb18030": "gb18030",
    "euc-kr": "euc_kr",
}
_NAMES = {
    "utf-8-sig": "utf-8",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "cp1252": "windows-1252",
    "cp1251": "windows-1251",
}
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row; `cells` is None where one of them is too long.

    Of a spreadsheet: `binary` are the places of numbers, `unworked` those of formulas without a stored value.
    """

    number: int
    cells: tuple[str, ...] | None
    binary: frozenset[int] = _NONE
    unworked: frozenset[int] = _NONE


@dataclass(slots=True)
class OpenedRows:
    """A file opened for one pass over its rows."""

    opened: OpenedFile | OpenedPart
    encoding: str = ""  # of a text: utf-8, windows-1252 ...; empty for a workbook
    delimiter: str = ""  # empty for a workbook
    text: TextStream | None = None
    sheet: Sheet | None = None

    def rows(self) -> Iterator[FileRow]:
        """All rows, once. Raises InputProblem where the file turns out to be damaged."""
        if self.text is None:
            yield from self.sheet.rows if self.sheet is not None else ()
            return
        found = (
            tab_rows(self.text, self.opened.file_name)
            if self.delimiter == "\t"
            else csv_rows(self.text, self.delimiter, self.opened.file_name)
        )
        for number, cells in found:
            yield FileRow(number, cells)

    @property
    def warnings(self) -> tuple[str, ...]:
        if self.text is not None:
            return self.text.warnings
        return self.sheet.warnings if self.sheet is not None else ()


def codec_of(encoding: str, file_name: str) -> str:
    """The codec of what a person said. Raises InputProblem."""
    known = ENCODINGS.get(encoding.strip().lower().replace("_", "-"), "")
    if not known:
        raise InputProblem(
            "“{file}” cannot be read as “{encoding}”",
            "Encodings that can be said: {known}",
            file=file_name,
            encoding=encoding[:40],
            known=", ".join(ENCODINGS),
        )
    codecs.lookup(known)
    return known


def name_of(codec: str) -> str:
    """How a codec is called for a person."""
    said = next((name for name, each in ENCODINGS.items() if each == codec), "")
    return _NAMES.get(codec) or said or codec


def open_rows(
    file: BinaryIO, file_name: str, encoding: str = "", delimiter: str = "", part: str = ""
) -> OpenedRows:
    """Open a file that can be sought, from its beginning, or one table in a zip.

    Raises InputProblem where it is no table.
    """
    codec = codec_of(encoding, file_name) if encoding else ""
    opened = OpenedPart(file, file_name, part) if part else OpenedFile(file, file_name)
    if opened.workbook:
        if opened.size > MAX_BYTES:
            raise too_large(file_name)
        return OpenedRows(opened, sheet=sheet_of(opened.stream.read(), file_name))
    text = TextStream(opened, codec)
    kind = not_a_table(text.head)
    if kind and kind != "dsr":
        raise of_another_kind(file_name, kind)
    return OpenedRows(opened, name_of(text.codec), delimiter or delimiter_of(text.head), text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, and what is to be said of its formulas."""

    rows: list[FileRow]
    warnings: tuple[str, ...] = ()


def sheet_of(data: bytes, file_name: str) -> Sheet:
    """The sheet that is a statement, else the first."""
    first: tuple[int, Sequence[Sequence[object]]] | None = None
    for number, sheet in enumerate(sheets_of(data, file_name)):
        head = [tuple(cell_text(cell) for cell in row) for row in sheet[:HEADER_WITHIN]]
        if locate_by_names(head) is not None:
            return _sheet(data, number, sheet)
        if first is None:
            first = (number, sheet)
        if number + 1 >= MOST_SHEETS:
            break
    return _sheet(data, *first) if first is not None else Sheet([])


def _sheet(data: bytes, number: int, sheet: Sequence[Sequence[object]]) -> Sheet:
    formulas = formulas_in(data, number)
    unworked = formulas.by_row()
    rows = [
        FileRow(
            row,
            tuple(cell_text(cell) for cell in cells),
            frozenset(place for place, cell in enumerate(cells) if isinstance(cell, float)),
            unworked.get(row, _NONE),
        )
        for row, cells in enumerate(sheet, 1)
    ]
    told = []
    if formulas.count:
        cells = "1 cell is a formula" if formulas.count == 1 else f"{formulas.count:,} cells are formulas"
        told.append(f"{cells}: the values that were stored with them are used, nothing is worked out here.")
    return Sheet(rows, tuple(told))


def first_rows(text: str, delimiter: str, file_name: str, is_whole: bool) -> list[FileRow]:
    """The first rows of the beginning of a text, as many as are looked at."""
    lines = list(_some_lines(text, ROWS_LOOKED_AT + HEADER_WITHIN))
    cut = len(lines) > 1 and (not is_whole or sum(map(len, lines)) < len(text))
    if cut and not is_whole and sum(map(len, lines)) >= len(text):
        lines.pop()  # it may end anywhere
    while lines:
        try:
            rows, _ = split_rows("".join(lines), file_name, delimiter)
        except InputProblem:
            # A cell in quotation marks may go on behind the last line.
            if not cut:
                raise
            lines.pop()
            continue
        return [FileRow(number, row) for number, row in enumerate(rows, 1)]
    return []


def _some_lines(text: str, most: int) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline="")):
        if number >= most:
            return
        yield line
