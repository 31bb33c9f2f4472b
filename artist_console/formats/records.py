"""The records of a table as raw bytes: CSV (RFC 4180) with a byte order mark, read in steps.

A record may hold line breaks inside quotes: a line whose quotes are odd in number goes on in the next. What
the cells of a record say is the business of `row_cells`; what is hashed are these bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it a spreadsheet takes UTF-8 for something older
LINE_END = b"\r\n"
MAX_RECORD_BYTES = 4 * 1024 * 1024  # the text of one version of terms is the longest
_STEP_BYTES = 1024 * 1024
_QUOTE = b'"'
_TOO_LONG = "the record is too long"


class MalformedTable(ValueError):
    """Bytes that are no table as written here; `line` counts records, the head is the first."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


def head_and_records(source: BinaryIO, *, limit: int = MAX_RECORD_BYTES) -> tuple[bytes, Iterator[bytes]]:
    """The head, and the records after it one by one, without line ends.

    Raises MalformedTable, also while records are taken from the iterator.
    """
    if source.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
        raise MalformedTable(1, "it does not begin with a byte order mark")
    records = _records(source, limit)
    head = next(records, None)
    if head is None:
        raise MalformedTable(1, "it has no head")
    return head, records


def _records(source: BinaryIO, limit: int) -> Iterator[bytes]:
    number = 1
    begun = b""  # of a line whose end has not been read
    held: list[bytes] = []  # lines of a record that goes on
    held_bytes = 0
    while step := source.read(min(_STEP_BYTES, limit)):
        lines = (begun + step).split(LINE_END)
        begun = lines.pop()
        if lines and len(lines[0]) + held_bytes > limit:
            raise MalformedTable(number, _TOO_LONG)
        if not held and _QUOTE not in step and (not lines or _QUOTE not in lines[0]):
            yield from lines
            number += len(lines)
            lines = []
        for line in lines:
            odd = line.count(_QUOTE) & 1
            if not held and not odd:
                yield line
                number += 1
                continue
            held.append(line)
            held_bytes += len(line)
            if held_bytes > limit:
                raise MalformedTable(number, _TOO_LONG)
            held_bytes += len(LINE_END)
            if odd and len(held) > 1:
                yield LINE_END.join(held)
                number += 1
                held, held_bytes = [], 0
        if len(begun) + held_bytes > limit + 1:  # the one may be the first half of a line end
            raise MalformedTable(number, _TOO_LONG)
    if begun or held:
        raise MalformedTable(number, "the last record does not end")
