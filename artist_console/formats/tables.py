"""Bytes of a table file -> rows of text: unpacking, encodings, delimiters, quoting, spreadsheets.

Every limit is checked before the work it limits. Readers of single layouts build on `read_table`; none
of them touches bytes. A spreadsheet's cells become the text that stands for their exact value.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import BinaryIO

from artist_console.domain.problems import InputProblem

from .control_signs import is_binary, spaced
from .workbook_bounds import MOST_COLUMNS, BeyondBounds, check_workbook

MAX_BYTES = 300_000_000  # of a file after decompression
MAX_ROWS = 2_000_000
MAX_CELL = 131_072  # csv's own ceiling; a longer cell is an unclosed quotation mark
# Deflate cannot exceed 1032. Honest tables stay far below 200; small files may do as they like.
MAX_RATIO = 200
RATIO_FREE_BYTES = 20_000_000
_CHUNK = 1 << 20
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError),
    *(ValueError, OSError, NotImplementedError, RuntimeError),
)

_DELIMITERS = ("\t", ";", ",", "|")
TABLE_NAMES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".xml", ".v21", ".v22")
# Latin 1 where Windows Latin has signs; the five bytes that it leaves undefined stay control characters.
WINDOWS_LATIN = {
    code: bytes([code]).decode("cp1252", errors="ignore") or chr(code) for code in range(128, 160)
}
_HIGH = [bytes([code]) for code in range(128, 256)]
END_OF_TABLE = (
    "\x1aend of the table\x1a"  # a row of our own after the last: missing when a quote was never closed
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file after decompression; `sha256` is of the file as it came."""

    data: bytes
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text. Row n of the file is `rows[n - 1]`; empty rows are kept, so that numbers hold."""

    rows: tuple[tuple[str, ...], ...]
    delimiter: str  # empty for a spreadsheet
    sha256: str
    warnings: tuple[str, ...] = ()


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def unpack(data: bytes, file_name: str) -> Unpacked:
    """Undo gzip and a zip with one table in it, told by their first bytes. Other files come back as they are.

    Raises InputProblem when the file is empty, too large, damaged, or ends early: nothing half is given back.
    """
    sha256 = sha256_of(data)
    if not data:
        raise InputProblem("“{file}” is empty", "Ask for the file again.", file=file_name)
    if len(data) > MAX_BYTES:
        raise too_large(file_name)
    if data[:2] == b"\x1f\x8b":
        name = re.sub(r"\.gz$", "", file_name, flags=re.IGNORECASE)
        return Unpacked(_gunzip(data, file_name), name, sha256)
    if data[:4] == b"PK\x03\x04" and not is_spreadsheet(data):
        inner, name = _unzip(data, file_name)
        return Unpacked(inner, name, sha256)
    return Unpacked(data, file_name, sha256)


def too_large(file_name: str) -> InputProblem:
    return InputProblem(
        "“{file}” is larger than {limit} MB",
        "Split it into smaller files and import them one by one.",
        file=file_name,
        limit=MAX_BYTES // 1_000_000,
    )


def _gunzip(data: bytes, file_name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        # Reads member after member and compares the checksum and length at the end of each.
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while part := packed.read(_CHUNK):
                size += len(part)
                if size > MAX_BYTES or (size > RATIO_FREE_BYTES and size > MAX_RATIO * len(data)):
                    raise too_large(file_name)
                parts.append(part)
    except (EOFError, zlib.error, OSError) as error:
        raise InputProblem(
            "“{file}” is damaged or ends early, so nothing of it was used",
            "Download the file again or ask the sender for a new copy.",
            file=file_name,
        ) from error
    return b"".join(parts)


def is_spreadsheet(data: bytes) -> bool:
    """Whether a zip is an XLSX workbook."""
    return is_workbook(io.BytesIO(data))


def is_workbook(file: BinaryIO) -> bool:
    """Whether a zip is an XLSX workbook."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _unzip(data: bytes, file_name: str) -> tuple[bytes, str]:
    damaged = InputProblem(
        "“{file}” is damaged, so nothing of it was used",
        "Download the file again or ask the sender for a new copy.",
        file=file_name,
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [entry for entry in archive.infolist() if is_table_in_zip(entry.filename)]
            if len(inside) != 1:
                raise InputProblem(
                    "“{file}” holds {count} tables",
                    "Unpack it and import the files in it one by one.",
                    file=file_name,
                    count=len(inside),
                )
            entry = inside[0]
            _check_packed_size(entry, file_name)
            with archive.open(entry) as file:
                inner = file.read(MAX_BYTES + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise damaged from error
    if len(inner) > MAX_BYTES:
        raise too_large(file_name)
    return inner, entry.filename.rsplit("/", 1)[-1]


def is_table_in_zip(name: str) -> bool:
    """By its name: neither a folder nor what a Mac puts beside every file."""
    inner = name.rsplit("/", 1)[-1]
    return name.lower().endswith(TABLE_NAMES) and not name.startswith("__MACOSX/") and inner[:2] != "._"


def _check_packed_size(entry: zipfile.ZipInfo, file_name: str) -> None:
    size = entry.file_size
    if size > MAX_BYTES or (size > RATIO_FREE_BYTES and size > MAX_RATIO * max(entry.compress_size, 1)):
        raise too_large(file_name)


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    warnings: tuple[str, ...] = ()
    codec: str = "utf-8"


def decode(data: bytes, file_name: str) -> Decoded:
    """Text of a file in UTF-8, UTF-16 or, where it is neither, Windows Latin or Cyrillic.

    Raises InputProblem when it is no text at all.
    """
    found = encoding_of(data, file_name, is_whole=True)
    text, told = spaced(found.text)
    return Decoded(text, (*found.warnings, *told), found.codec)


def encoding_of(data: bytes, file_name: str, is_whole: bool) -> Decoded:
    """What the beginning of a file says, and how the file is encoded; see `decode`."""
    if data[:5] == b"%PDF-":
        raise of_another_kind(file_name, "pdf")
    warnings: tuple[str, ...] = ()
    codec = "utf-16"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
        if "\ufffd" in text and is_whole:
            warnings = ("Some characters could not be read; they show as �.",)
    elif _looks_utf_16(data, 1):
        codec = "utf-16-le"
        text = data.decode("utf-16-le", errors="replace")
    elif _looks_utf_16(data, 0):
        codec = "utf-16-be"
        text = data.decode("utf-16-be", errors="replace")
    else:
        codec, text, warnings = _eight_bit(data, is_whole)
    text = text.removeprefix("\ufeff")
    if is_binary(text):
        raise InputProblem(
            "“{file}” is not a table of text",
            "Import the file as it was downloaded: CSV, TSV, JSON, XLSX or XML.",
            file=file_name,
        )
    return Decoded(text, warnings, codec)


def _looks_utf_16(data: bytes, offset: int) -> bool:
    """Latin text in UTF-16 has a zero in every second byte."""
    sample = data[:400]
    half = len(sample) // 2
    return half >= 4 and sample[offset::2].count(0) > half * 0.7 and sample[1 - offset :: 2].count(0) == 0


def _eight_bit(data: bytes, is_whole: bool) -> tuple[str, str, tuple[str, ...]]:
    try:
        return "utf-8-sig", data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start >= len(data) - 3:
            warnings = ("The file ends in the middle of a character.",) if is_whole else ()
            return "utf-8-sig", data[: error.start].decode("utf-8"), warnings
    # Latin texts hardly ever have three accented letters in a row; Cyrillic ones consist of them.
    high = sum(map(data.count, _HIGH))
    in_a_row = sum(map(len, re.findall(rb"[\xc0-\xff]{3,}", data)))
    if in_a_row * 2 > high:
        text = data.decode("cp1251", errors="replace")
        return (
            "cp1251",
            text,
            ("The file is not in UTF-8. It was read as Windows Cyrillic; check the names.",),
        )
    warning = "The file is not in UTF-8. It was read as Windows Latin; check names with accents."
    return "cp1252", data.decode("latin-1").translate(WINDOWS_LATIN), (warning,)


def read_table(data: bytes, file_name: str) -> Table:
    """Read CSV, TSV or XLSX, packed or not.

    Raises InputProblem when the file cannot be used as a table.
    """
    unpacked = unpack(data, file_name)
    if unpacked.data[:4] == b"PK\x03\x04":
        return Table(spreadsheet_rows(unpacked.data, file_name), "", unpacked.sha256)
    decoded = decode(unpacked.data, file_name)
    kind = not_a_table(decoded.text)
    if kind:
        raise of_another_kind(file_name, kind)
    rows, delimiter = split_rows(decoded.text, file_name)
    return Table(rows, delimiter, unpacked.sha256, decoded.warnings)


def not_a_table(text: str) -> str:
    """ "dsr", "cwr", "web", "xml" or "json" where the start says so; empty for what may be a table."""
    start = text[:400].lstrip()
    if re.match(r"[\[{]\s*[\"\[{\]}]", start):
        return "json"
    if re.match(r"<!doctype html|<html|<head|<body", start, re.IGNORECASE):
        return "web"
    if start.startswith("<"):
        return "xml"
    if re.match(r"(?:#[^\n]*\n|\s*\n)*#?(?:HEAD|SRHE)(?:\.\d\d)?\t", start):
        return "dsr"
    return "cwr" if re.match(r"HDR[A-Z0-9 ]{11}.{45}\d\d\.\d\d", start) else ""


def of_another_kind(file_name: str, kind: str) -> InputProblem:
    title, advice = {
        "dsr": (
            "“{file}” is a DDEX sales report (DSR), not a table",
            "Import it as a statement.",
        ),
        "cwr": (
            "“{file}” is a registration of works (CWR), not a table",
            "Import it as a catalogue.",
        ),
        "web": (
            "“{file}” is a web page, not a table",
            "Sign in there and download it again, or open it in a spreadsheet program and save it as CSV.",
        ),
        "pdf": (
            "“{file}” is a PDF, not a table",
            "Ask for the same as CSV or XLSX: most senders offer both.",
        ),
        "json": (
            "“{file}” is JSON, not a table",
            "Only dataset lists are read as JSON; for anything else export CSV.",
        ),
        "xml": (
            "“{file}” is XML, but no DDEX release message and no table",
            "A release message (ERN) is imported as a catalogue; for anything else export CSV.",
        ),
    }[kind]
    return InputProblem(title, advice, file=file_name)


def split_rows(text: str, file_name: str, delimiter: str = "") -> tuple[tuple[tuple[str, ...], ...], str]:
    """Rows and the delimiter that they were split at."""
    delimiter = delimiter or delimiter_of(text)
    if delimiter == "\t":
        return _tab_rows(text, file_name), delimiter
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(_lines(text), delimiter=delimiter)
    last: list[str] = []
    try:
        for last in reader:
            rows.append(tuple(last))
            _check_row_count(rows, file_name)
    except csv.Error as error:
        if '"' not in text:
            raise cell_too_long(file_name, len(rows) + 1) from error
        raise unclosed(file_name, len(rows) + 1) from error
    if last != [END_OF_TABLE]:
        raise unclosed(file_name, len(rows))
    return tuple(rows[:-1]), delimiter


def _lines(text: str) -> Iterator[str]:
    yield from io.StringIO(text, newline="")
    yield END_OF_TABLE


def _tab_rows(text: str, file_name: str) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    for line in io.StringIO(text, newline=None):
        cells = tab_cells(line.rstrip("\n"))
        if cells is None:
            raise cell_too_long(file_name, len(rows) + 1)
        rows.append(cells)
        _check_row_count(rows, file_name)
    return tuple(rows)


def tab_cells(bare: str) -> tuple[str, ...] | None:
    """The cells of a line without its end; None where one of them is too long.

    Tab-separated tables have one row per line; a lone quotation mark harms its own line at most.
    """
    cells = bare.split("\t")
    if '"' in bare:
        try:
            quoted = next(csv.reader([bare], delimiter="\t"), [])
        except csv.Error:
            quoted = []
        # Fewer cells: the mark was part of a text and swallowed tabs.
        cells = quoted if len(quoted) == len(cells) else cells
    if len(bare) > MAX_CELL and max(map(len, cells)) > MAX_CELL:
        return None
    return tuple(cells) if bare else ()


def delimiter_of(text: str) -> str:
    """The delimiter of which most of the first rows have the same number, outside quoted text."""
    head = [re.sub(r'"[^"]*"', "", line) for line in text[:65_536].splitlines()[:20]]

    def evenness(delimiter: str) -> tuple[int, int]:
        numbers = Counter(count for line in head if (count := line.count(delimiter)))
        return max(((rows, count) for count, rows in numbers.items()), default=(0, 0))

    best = max(_DELIMITERS, key=evenness)
    return best if evenness(best) > (0, 0) else ","


def unclosed(file_name: str, row: int) -> InputProblem:
    return InputProblem(
        "“{file}”: a quotation mark that opens in or near row {row} is never closed",
        "Close it there, or export the file again.",
        file=file_name,
        row=row,
    )


def cell_too_long(file_name: str, row: int) -> InputProblem:
    return InputProblem(
        "“{file}”: a cell in row {row} is longer than {limit} characters",
        "Look at that row, or export the file again.",
        file=file_name,
        row=row,
        limit=f"{MAX_CELL:,}",
    )


def too_wide(file_name: str) -> InputProblem:
    return InputProblem(
        "“{file}” has a row of more than {limit} cells",
        "Look at that row, or export the file again with the columns that are needed.",
        file=file_name,
        limit=f"{MOST_COLUMNS:,}",
    )


def _check_row_count(rows: Sequence[object], file_name: str) -> None:
    if rows and isinstance(rows[-1], tuple | list) and len(rows[-1]) > MOST_COLUMNS:
        raise too_wide(file_name)
    if len(rows) > MAX_ROWS:
        raise InputProblem(
            "“{file}” has more than {limit} rows",
            "Split it into smaller files and import them one by one.",
            file=file_name,
            limit=f"{MAX_ROWS:,}",
        )


def spreadsheet_rows(data: bytes, file_name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the first sheet."""
    first = next(iter(sheets_of(data, file_name)), ())
    return tuple(tuple(cell_text(cell) for cell in row) for row in first)


def sheets_of(data: bytes, file_name: str) -> Iterator[Sequence[Sequence[object]]]:
    """The sheets of a workbook one by one, each with the values of its cells as the workbook stores them."""
    # Late: only spreadsheets need it.
    from python_calamine import CalamineError, CalamineWorkbook

    broken = InputProblem(
        "“{file}” cannot be read as a spreadsheet",
        "Open it in a spreadsheet program and save it as CSV in UTF-8.",
        file=file_name,
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_BYTES:
                raise too_large(file_name)
            for entry in entries:
                _check_packed_size(entry, file_name)
            check_workbook(archive)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not book.sheet_names:
            raise broken
        for place in range(len(book.sheet_names)):
            cells = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
            _check_row_count(cells, file_name)
            yield cells
    except BeyondBounds as error:
        raise InputProblem(
            "“{file}” is not read as a spreadsheet: {reason}",
            "Open it in a spreadsheet program and save the table alone as CSV in UTF-8.",
            file=file_name,
            reason=error,
        ) from error
    except (*_BROKEN, CalamineError) as error:
        raise broken from error


def cell_text(cell: object) -> str:
    """The shortest text that stands for a spreadsheet's value; whole numbers without a decimal point."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            # Workbooks store binary fractions; repr is the shortest text that means the same one.
            text = f"{Decimal(repr(cell)):f}" if cell == cell and abs(cell) != float("inf") else ""
            return text.removesuffix(".0")
        case datetime():
            return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(int(cell.total_seconds()))
        case _:
            return ""
