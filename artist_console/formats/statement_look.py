"""What a statement file is, told by its beginning, so that a person sees it before it is brought in.

Quick whatever the size of the file: the first 256 KiB and the first 200 rows are looked at.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import BinaryIO

from artist_console.domain.currencies import is_currency
from artist_console.domain.money import PLAIN, NumberForm
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import StatementLevel

from .control_signs import spaced
from .dsr_look import look_at_dsr
from .dsr_text import is_dsr
from .statement_clicknclear import ClicknClearRows, is_clicknclear
from .statement_clicknclear import located as located_clicknclear
from .statement_columns import HEADER_WITHIN, Located, locate
from .statement_no_money import no_money
from .statement_numbers import FormEvidence
from .statement_rows import ROWS_LOOKED_AT, FileRow, codec_of, first_rows, name_of, sheet_of
from .statement_zip import choice_in
from .table_cells import DayOrder
from .table_columns import fold_header
from .table_start import START_BYTES, WORKBOOK_BYTES
from .tables import delimiter_of, encoding_of, is_spreadsheet, not_a_table, of_another_kind
from .unpacking import OpenedPart, tables_in_zip


@dataclass(frozen=True, slots=True)
class StatementHints:
    """What a person says of a file. Currency, month and issuer count only where the file says none itself."""

    currency: str = ""
    month: date | None = None
    issuer: str = ""
    columns: tuple[tuple[str, str], ...] = ()  # field (of STATEMENT_FIELDS), name of its column
    numbers: NumberForm | None = None
    days: DayOrder | None = None
    level: StatementLevel | None = None
    delimiter: str = ""
    encoding: str = ""  # a key of statement_rows.ENCODINGS
    header_row: int | None = None  # counted from 1


NO_HINTS = StatementHints()
_LINES = 2_000  # of a text, at most: some cells go over several
DSR = "dsr"  # the layout of a DDEX sales report


@dataclass(frozen=True, slots=True)
class StatementLook:
    """What the beginning of a file shows. `problem` says why it cannot be read, as it is or at all."""

    layout: str = ""  # key of the layout; "table" for any other table, "dsr" for a DDEX sales report
    issuer: str = ""
    level: StatementLevel = StatementLevel.PAYEE_NET
    encoding: str = ""  # empty for a workbook
    delimiter: str = ""  # empty for a workbook
    numbers: NumberForm | None = None  # None: its cells leave it open, or there are none yet
    days: DayOrder = DayOrder.NOT_DECLARED
    preamble: tuple[tuple[str, ...], ...] = ()  # rows before the header
    header: tuple[str, ...] = ()  # names of the columns; empty where the file has none
    header_row: int = 0  # counted from 1; 0: there is none
    columns: tuple[tuple[str, str], ...] = ()  # field, name of its column as the file writes it
    rows: tuple[tuple[str, ...], ...] = ()  # the first ones below the header, without data of buyers
    currencies: tuple[str, ...] = ()  # in those rows, sorted
    asks: tuple[str, ...] = ()  # what a person has to say yet: "columns", "currency", "month", "numbers"
    warnings: tuple[str, ...] = ()
    problem: InputProblem | None = None
    names_no_currency: bool = False  # its column of currencies holds none in those rows
    located: Located | None = field(default=None, repr=False)  # of a table
    dsr_head: Mapping[str, str] = field(default_factory=dict, repr=False)  # of a sales report


def start_of(file: BinaryIO) -> bytes:
    """The beginning of a file that `look_at_statement` needs; of a workbook or zip more of it."""
    file.seek(0)
    start = file.read(START_BYTES)
    if start[:4] == b"PK\x03\x04":  # read from its end, too
        start += file.read(WORKBOOK_BYTES - len(start))
    return start


def is_spreadsheet_start(start: bytes) -> bool:
    return b"[Content_Types].xml" in start[:4096] or b"xl/" in start[:4096]


def look_at_statement(
    start: bytes, file_name: str, hints: StatementHints = NO_HINTS, *, is_whole: bool | None = None
) -> StatementLook:
    """Look at the first `START_BYTES` of a file (see `start_of`). Raises no InputProblem, it tells it."""
    limit = WORKBOOK_BYTES if start[:4] == b"PK\x03\x04" else START_BYTES
    whole = len(start) < limit if is_whole is None else is_whole
    try:
        return _look(start, file_name, hints, whole)
    except InputProblem as problem:
        asks = ("columns",) if hasattr(problem, "columns") else ()
        return StatementLook(problem=problem, asks=asks)


def _look(start: bytes, file_name: str, hints: StatementHints, is_whole: bool) -> StatementLook:
    if not start:
        raise InputProblem("“{file}” is empty", "Ask for the file again.", file=file_name)
    if start[:4] == b"PK\x03\x04" and is_spreadsheet_start(start):
        if not is_spreadsheet(start):
            raise InputProblem(
                "“{file}” is a workbook that is too large to look into, or is damaged",
                "Open it in a spreadsheet program and save it as CSV in UTF-8.",
                file=file_name,
            )
        sheet = sheet_of(start, file_name)
        first = sheet.rows[: ROWS_LOOKED_AT + HEADER_WITHIN]
        return look_at_rows(first, file_name, hints, warnings=sheet.warnings)
    if start[:4] == b"PK\x03\x04" and _is_whole_zip(start):
        return _look_into_zip(io.BytesIO(start), file_name, hints)
    start, is_whole = _unpacked(start, file_name, is_whole)
    return look_at_text(start, file_name, hints, is_whole)


def _is_whole_zip(start: bytes) -> bool:
    try:
        zipfile.ZipFile(io.BytesIO(start)).close()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return True


def _look_into_zip(file: BinaryIO, file_name: str, hints: StatementHints) -> StatementLook:
    choice = choice_in(file, file_name)
    name = choice.name or next(iter(tables_in_zip(file, file_name)), "")
    if not name:
        raise InputProblem(
            "“{file}” is a zip without a table in it",
            "Unpack it and import the statement in it.",
            file=file_name,
        )
    data = OpenedPart(file, file_name, name).stream.read(START_BYTES)
    look = look_at_text(data, file_name, hints, is_whole=len(data) < START_BYTES)
    return replace(look, warnings=(*choice.warnings, *look.warnings))


def look_at_text(start: bytes, file_name: str, hints: StatementHints, is_whole: bool) -> StatementLook:
    """Look at the beginning of an unpacked text. Raises InputProblem, ColumnsUnknown."""
    if hints.encoding:
        codec = codec_of(hints.encoding, file_name)
        text = start.decode(codec, errors="replace").removeprefix("\ufeff")
        warnings: tuple[str, ...] = ()
    else:
        found = encoding_of(start, file_name, is_whole)
        codec, text, warnings = found.codec, found.text, found.warnings
    text, told = spaced(_first_lines(text))
    encoding, warnings = name_of(codec), (*warnings, *told)
    if is_dsr(text):
        return look_at_report(text, file_name, hints, encoding, warnings)
    kind = not_a_table(text)
    if kind:
        raise of_another_kind(file_name, kind)
    delimiter = hints.delimiter or delimiter_of(text)
    rows = first_rows(text, delimiter, file_name, is_whole)
    return look_at_rows(rows, file_name, hints, encoding, delimiter, warnings)


def _first_lines(text: str) -> str:
    """As much of a text as is looked at; cut behind a line, and with more than the rows that are shown."""
    end = -1
    for _ in range(_LINES):
        end = text.find("\n", end + 1)
        if end < 0:
            return text
    return text[: end + 1]


def look_at_report(
    text: str,
    file_name: str,
    hints: StatementHints,
    encoding: str = "utf-8",
    warnings: tuple[str, ...] = (),
) -> StatementLook:
    """Look at the beginning of a sales report. Raises InputProblem."""
    told = look_at_dsr(text, file_name)
    sender = told.head["sender"]
    return StatementLook(
        layout=DSR,
        issuer=sender if sender not in ("", "-") else hints.issuer,
        level=hints.level or told.level,
        encoding=encoding,
        delimiter="\t",
        numbers=PLAIN,
        rows=told.records,
        currencies=told.currencies,
        warnings=(*warnings, *told.warnings),
        dsr_head=told.head,
    )


def look_at_rows(
    rows: list[FileRow],
    file_name: str,
    hints: StatementHints,
    encoding: str = "",
    delimiter: str = "",
    warnings: tuple[str, ...] = (),
) -> StatementLook:
    """Look at the first rows of a table. Raises InputProblem, ColumnsUnknown."""
    cells = [row.cells or () for row in rows]
    if is_clicknclear(cells) and not hints.columns:
        found = located_clicknclear()
        report = ClicknClearRows()
        cells = [sale for row in cells if (sale := report.take(row)[0]) is not None]
        rows = [FileRow(number, row) for number, row in enumerate(cells, 1)]
        return _told(found, cells, rows, hints, encoding, delimiter, warnings)
    if not hints.columns and (problem := no_money(cells, file_name)):
        raise problem
    found = locate(cells, file_name, dict(hints.columns), hints.header_row)
    return _told(found, cells, rows, hints, encoding, delimiter, warnings)


def _told(
    found: Located,
    cells: list[tuple[str, ...]],
    rows: list[FileRow],
    hints: StatementHints,
    encoding: str,
    delimiter: str,
    warnings: tuple[str, ...],
) -> StatementLook:
    has_header = found.header_is_row and found.header >= 0
    below = [row for row in cells[found.first :] if any(row)][:ROWS_LOOKED_AT]
    evidence = FormEvidence(found.layout)
    if len(found.layout.numbers) > 1:
        evidence.weigh(found.columns.cell(row, "amount") for row in below)
    currencies = {found.columns.cell(row, "currency").upper() for row in below} - {""}
    currencies = {code for code in currencies if is_currency(code)}
    if not found.columns.has("currency") and (found.currency or hints.currency):
        currencies = {found.currency or hints.currency}
    asks = []
    if not (currencies or hints.currency) and (below or not found.columns.has("currency")):
        asks.append("currency")
    if not found.columns.has("month") and hints.month is None:
        asks.append("month")
    if hints.numbers is None and evidence.asks():
        asks.append("numbers")
    kept = set(found.kept())
    names = found.columns.names
    return StatementLook(
        layout=found.layout.key,
        issuer=found.layout.issuer or hints.issuer,
        level=hints.level or _level_said(found, below) or found.layout.level,
        encoding=encoding,
        delimiter=delimiter,
        numbers=hints.numbers or evidence.form(),
        days=hints.days or found.layout.days,
        preamble=tuple(cells[: max(found.header, 0)]),
        header=tuple(name.strip() for name in names) if has_header else (),
        header_row=rows[found.header].number if has_header else 0,
        columns=tuple((field, names[place].strip()) for field, place in found.columns.places.items()),
        rows=tuple(
            tuple(cell if n in kept or n >= len(names) else "" for n, cell in enumerate(row)) for row in below
        ),
        currencies=tuple(sorted(currencies)),
        asks=tuple(asks),
        warnings=(*warnings, *_warnings(found)),
        names_no_currency=found.columns.has("currency") and not currencies,
        located=found,
    )


def _level_said(found: Located, below: Sequence[tuple[str, ...]]) -> StatementLevel | None:
    """As the first row says, where a column of our own says it."""
    said = found.columns.cell(below[0], "level") if below and found.columns.has("level") else ""
    return next((level for level in StatementLevel if level.value == said), None)


def _warnings(found: Located) -> tuple[str, ...]:
    layout = found.layout
    told = []
    if layout.currency and not found.columns.has("currency"):
        told.append(f"The file names no currency; {layout.issuer} accounts in {layout.currency}.")
    if layout.personal:
        told.append("Columns with data of buyers were left out.")
    repeated = _said_twice(found)
    if repeated:
        told.append(f"Several columns are called “{repeated}”; the first of them is read.")
    return tuple(told)


def _said_twice(found: Located) -> str:
    names = [fold_header(name) for name in found.columns.names]
    for place in found.columns.places.values():
        if names.count(names[place]) > 1:
            return found.columns.names[place].strip()
    return ""


def _unpacked(start: bytes, file_name: str, is_whole: bool) -> tuple[bytes, bool]:
    """The beginning of what a packed file holds."""
    if start[:2] == b"\x1f\x8b":
        return _inflated(zlib.decompressobj(wbits=31), start, file_name)
    if start[:4] != b"PK\x03\x04":
        return start, is_whole
    if is_whole:
        raise InputProblem(
            "“{file}” is damaged or ends early, so nothing of it was used",
            "Download the file again or ask the sender for a new copy.",
            file=file_name,
        )
    # Only the beginning is here: the first entry of the archive, by its own head.
    method, name_length, extra = start[8:10], *(int.from_bytes(start[n : n + 2], "little") for n in (26, 28))
    body = start[30 + name_length + extra :]
    if method == b"\x08\x00":
        return _inflated(zlib.decompressobj(wbits=-15), body, file_name)
    return body[:START_BYTES], False


def _inflated(packed: zlib._Decompress, body: bytes, file_name: str) -> tuple[bytes, bool]:
    try:
        data = packed.decompress(body, START_BYTES)
    except zlib.error as error:
        raise InputProblem(
            "“{file}” is damaged, so nothing of it was used",
            "Download the file again or ask the sender for a new copy.",
            file=file_name,
        ) from error
    return data, packed.eof and len(data) < START_BYTES
