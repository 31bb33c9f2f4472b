"""Which cells of a workbook's sheet are formulas, and which of them have no stored value.

A program that writes a workbook may leave the values of its formulas out; they show only when a spreadsheet
program has worked them out and saved them. Nothing is worked out here.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

_CHUNK = 1 << 20
_LONGEST_CELL = 1 << 16
_MOST_NAMED = 10_000
# Up to the next tag of a cell, and no further: cells hold no cells, and a file may open any number of them.
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*?)(?:/>|>((?:[^<]|<(?!/?(?:\w+:)?c\b))*+)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]")
_PROBLEMS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(KeyError, NotImplementedError, RuntimeError, ValueError),
)


@dataclass(slots=True)
class Formulas:
    """Of one sheet. `without_value`: row (from 1) and place (from 0) of cells, the first ones."""

    count: int = 0
    without_value: set[tuple[int, int]] = field(default_factory=set)

    def by_row(self) -> dict[int, frozenset[int]]:
        """The places without a value, by their rows."""
        found: dict[int, set[int]] = {}
        for row, place in self.without_value:
            found.setdefault(row, set()).add(place)
        return {row: frozenset(places) for row, places in found.items()}


def formulas_in(data: bytes, sheet: int) -> Formulas:
    """Of a sheet of a workbook, by its place; none where its part is not to be found."""
    found = Formulas()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = _part_of(archive, sheet)
            with archive.open(name) as part:
                for attributes, inner in _cells(part):
                    if _FORMULA.search(inner) is None:
                        continue
                    found.count += 1
                    place = _PLACE.search(attributes)
                    if place and _VALUE.search(inner) is None and len(found.without_value) < _MOST_NAMED:
                        found.without_value.add((int(place[2]), _column(place[1])))
    except _PROBLEMS:
        return found
    return found


def _part_of(archive: zipfile.ZipFile, sheet: int) -> str:
    """The name of the part that holds a sheet, by the workbook's own list."""
    workbook = archive.read("xl/workbook.xml")
    ids = re.findall(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', workbook)
    relations = archive.read("xl/_rels/workbook.xml.rels")
    for relation in re.findall(rb"<Relationship\b[^>]*>", relations):
        id = re.search(rb'\bId="([^"]+)"', relation)
        target = re.search(rb'\bTarget="([^"]+)"', relation)
        if id and target and sheet < len(ids) and id[1] == ids[sheet]:
            path = target[1].decode("utf-8", "replace")
            return path[1:] if path.startswith("/") else f"xl/{path}"
    return f"xl/worksheets/sheet{sheet + 1}.xml"


def _cells(part: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    rest = b""
    while chunk := part.read(_CHUNK):
        text = rest + chunk
        end = 0
        for cell in _CELL.finditer(text):
            yield cell[1], cell[2] or b""
            end = cell.end()
        rest = text[end:][-_LONGEST_CELL:]


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
