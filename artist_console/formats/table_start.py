"""The header of a table from the beginning of its file, before the file is read or handed over."""

from __future__ import annotations

import zlib

from artist_console.domain.problems import InputProblem

from .table_columns import first_full_row
from .tables import decode, not_a_table, read_table, split_rows

START_BYTES = 256 * 1024
WORKBOOK_BYTES = 8 * 1024 * 1024  # a workbook cannot be read in part


def header_of(start: bytes, file_name: str) -> tuple[str, ...]:
    """The names in the first row that has any; empty where it cannot be told, and of what is no table.

    `start` is the first `START_BYTES` of a file, or a whole workbook.
    """
    try:
        if start[:4] == b"PK\x03\x04":
            rows = read_table(start, file_name).rows
        else:
            text = decode(_unpacked(start), file_name).text
            if not_a_table(text):
                return ()
            lines = text.splitlines(keepends=True)
            # The last line may be cut anywhere, even inside a cell in quotation marks.
            rows, _ = split_rows("".join(lines[: max(1, min(len(lines) - 1, 15))]), file_name)
    except InputProblem:
        return ()
    return tuple(name for name in first_full_row(rows) if name.strip())


def _unpacked(start: bytes) -> bytes:
    if start[:2] != b"\x1f\x8b":
        return start
    try:
        return zlib.decompressobj(wbits=31).decompress(start, START_BYTES)
    except zlib.error:
        return b""
