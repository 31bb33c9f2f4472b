"""The row by which a person named the columns of a table: its header, or its first recording.

Many tables have no header; then what the person took for the names of columns is a recording and must not be
lost. It is told by what stands in it and below it; where that does not tell, the file says so in a warning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum

from .table_columns import quoted

# What stands in a row of a list and never in its header.
_A_VALUE = re.compile(
    r"\d[\d.,:/ -]*|[a-z]{2}[a-z0-9]{3}\d{7}|[a-z][a-z+.-]*://.*|\S+\.(?:mp3|wav|flac|ogg)", re.I
)
LOOKED_AT = 500  # rows below it


class FirstRow(Enum):
    HEADER = "header"
    RECORDING = "recording"
    TAKEN_FOR_HEADER = "taken for header"  # nothing tells


def first_row(
    row: Sequence[str], below: Sequence[Sequence[str]], places: Collection[int], is_known: bool
) -> FirstRow:
    """`places`: of the columns that a person named; `is_known`: some cell is a name that columns bear."""
    if is_known:
        return FirstRow.HEADER
    if any(_A_VALUE.fullmatch(cell.strip()) for cell in row):
        return FirstRow.RECORDING
    # The name of a column does not stand in it again, unless the whole header does.
    header = _cells(row, places)
    others = [cells for each in below[:LOOKED_AT] if (cells := _cells(each, places)) != header]
    if any(cell and cell == header[n] for cells in others for n, cell in enumerate(cells)):
        return FirstRow.RECORDING
    return FirstRow.TAKEN_FOR_HEADER


def _cells(row: Sequence[str], places: Collection[int]) -> tuple[str, ...]:
    return tuple(row[place].strip().casefold() if place < len(row) else "" for place in places)


def taken_for_header(row: Sequence[str], number: int) -> str:
    """The warning of a file in which nothing tells."""
    return (
        f"Row {number} was taken for the names of the columns ({quoted(row, 4)}). If it is a recording, write"
        " “title” and “artist” above the columns and import the file again."
    )
