"""Whether the parts of a workbook fit what they say of themselves, before the library that reads them does.

It makes room for every place between the first and the last cell of a sheet, and for as many texts as a list
of them counts: two cells in opposite corners, or a number, would end the process. Cells that are written as
every program writes them are found by their tags; a part with others is read as XML, which takes longer.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

MOST_COLUMNS = 16_384  # of a spreadsheet
_MOST_PLACES = 40_000_000
_ALWAYS_PLACES = 2_000_000
_PLACES_FOR_A_CELL = 100  # rows of a sheet may be far apart, and its columns, too; not in every sheet at once
_STEP = 1 << 20
_LONGEST_TAG = 1 << 16
_ANY_CELL = re.compile(rb"<(?:[^\s<>/]*:)?c[\s/>]")
# The whole tag: a second place in it, or one behind a sign that ends a tag, only the library would see.
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*+ ?/?>')
_TEXTS = re.compile(rb"<(?:[^\s<>/]*:)?sst\b")
_OTHER_KINDS = frozenset(
    {"content.xml", "xl/workbook.bin"}
)  # would be tried where the workbook cannot be read


class BeyondBounds(ValueError):
    """A part that claims more than it holds."""


def check_workbook(archive: zipfile.ZipFile) -> None:
    """Look through every part in XML. Raises BeyondBounds, and what unpacking raises."""
    names = [entry.filename for entry in archive.infolist()]
    if len(set(names)) != len(names) or _OTHER_KINDS & set(names):
        raise BeyondBounds("it is a workbook and something else")
    for entry in archive.infolist():
        if entry.filename.lower().endswith(".xml"):
            plain = _looked_over(archive, entry)
            if plain is None:
                _Part(entry.file_size).look(archive, entry)
            else:
                _check_places(*plain)


def _check_places(cells: int, rows: int, columns: int) -> None:
    if rows * columns > min(_MOST_PLACES, max(_ALWAYS_PLACES, _PLACES_FOR_A_CELL * cells)):
        raise BeyondBounds("its cells are further apart than a table is wide and long")


def _looked_over(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int, int] | None:
    """Cells, last row, last column; None for a part that has cells in another form, or a list of texts."""
    cells = last_row = 0
    columns: set[bytes] = set()
    rest = b""
    with archive.open(entry) as part:
        while step := part.read(_STEP):
            text = rest + step
            cut = text.rfind(b"<")
            if cut < 0 or len(text) - cut > _LONGEST_TAG:
                return None
            text, rest = text[:cut], text[cut:]
            found = _PLAIN_CELL.findall(text)
            if len(found) != len(_ANY_CELL.findall(text)) or _TEXTS.search(text):
                return None
            cells += len(found)
            columns.update(letters for letters, _ in found)
            last_row = max(last_row, max((int(row) for _, row in found), default=0))
    if _ANY_CELL.search(rest) or _TEXTS.search(rest):
        return None
    return cells, last_row, max((_number_of(letters.decode()) for letters in columns), default=0)


class _Part:
    """One part, read once from its beginning."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cells = 0
        self._row = self._column = 0
        self._last_row = self._last_column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse

    def look(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        try:
            with archive.open(entry) as part:
                while step := part.read(_STEP):
                    self._parser.Parse(step, False)
                self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise BeyondBounds("a part of it is no XML") from error
        _check_places(self._cells, self._last_row, self._last_column)

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        bare = name.rpartition(":")[2]
        if bare == "c":
            self._cells += 1
            self._column += 1
            if place := given.get("r"):
                letters = place.rstrip("0123456789")
                self._column = _number_of(letters)
                self._row = int(place[len(letters) :] or self._row)
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
        elif bare == "row":
            self._row = _whole(given.get("r", "")) or self._row + 1
            self._column = 0
        elif bare == "sst" and _whole(given.get("uniqueCount", "")) > self._size:
            raise BeyondBounds("it counts more texts than it holds")  # each takes more than one byte

    def _refuse(self, *_: object) -> None:
        raise BeyondBounds("it carries a document type")


def _number_of(letters: str) -> int:
    """Of a column by its letters, A is 1."""
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - 64
    return max(number, 0)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
