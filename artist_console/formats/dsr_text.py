"""The records of a DDEX sales report from its text: one file, packed or not, or the parts of a set in a zip.

Cells are separated by tabs and never quoted, values in a cell by "|"; lines that begin with "#" are comments.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from artist_console.domain.problems import InputProblem

from .dsr_records import HEAD, Code, code_of
from .tables import not_a_table
from .text_stream import TextStream
from .unpacking import OpenedFile, OpenedPart, tables_in_zip

_LOOKED_AT = 200  # lines in which the head of a report stands
_CHUNK = 1 << 20
_BETWEEN = re.compile(r"(?<!\\)(?:\\\\)*\|")


@dataclass(frozen=True, slots=True)
class Record:
    """One record; `number` counts the lines of the file, of a set through all its parts."""

    number: int
    code: Code
    cells: tuple[str, ...]
    is_comment: bool = False
    is_cut: bool = False  # the file ends in it

    def cell(self, place: int | None) -> str:
        """The trimmed text of a cell; empty where the record ends before it."""
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""


def is_dsr(text: str) -> bool:
    """Whether a text begins as a sales report."""
    return not_a_table(text) == "dsr" or first_head(text) is not None


def first_head(text: str) -> Record | None:
    """The head of a report at the beginning of a text, comments before it or not."""
    for number, line in enumerate(io.StringIO(text), 1):
        bare = line.rstrip("\r\n")
        if number > _LOOKED_AT or (bare.strip() and not bare.startswith("#")):
            cells = tuple(bare.split("\t"))
            code = code_of(cells[0])
            is_head = code is not None and code.type in ("HEAD", "SRHE") and len(cells) > 1
            return Record(number, code, cells) if is_head and code is not None else None
    return None


def values_of(cell: str) -> tuple[str, ...]:
    """The values in a cell, without what escaped the signs between them."""
    if "|" not in cell and "\\" not in cell:
        return (cell.strip(),) if cell.strip() else ()
    parts: list[str] = []
    current: list[str] = []
    escaped = False
    for sign in cell:
        if escaped:
            current.append(sign if sign in "|\\" else f"\\{sign}")
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == "|":
            parts.append("".join(current).strip())
            current = []
        else:
            current.append(sign)
    if escaped:
        current.append("\\")
    parts.append("".join(current).strip())
    return tuple(part for part in parts if part)


class DsrFiles:
    """One report, or the parts of one in a zip, in the order of their numbers."""

    def __init__(self, file: BinaryIO, file_name: str) -> None:
        """Raises InputProblem: damaged, or a zip of files that are no parts of one report."""
        self.file_name = file_name
        self.warnings: tuple[str, ...] = ()
        self.bytes_read = 0
        self._file = file
        self._names: tuple[str, ...] = ()
        self.heads: list[Record] = []
        self.head_text = ""  # of the first part
        names = tables_in_zip(file, file_name)
        if len(names) > 1:
            self._take_set(names)
        else:
            text = TextStream(OpenedFile(file, file_name))
            self.head_text = text.head
            head = first_head(text.head)
            if head is not None:
                self.heads.append(head)
        self.size = file.seek(0, io.SEEK_END)

    def _take_set(self, names: Sequence[str]) -> None:
        found: list[tuple[int, str, Record]] = []
        for name in names:
            head = first_head(TextStream(OpenedPart(self._file, self.file_name, name)).head)
            if head is None:
                raise InputProblem(
                    "“{file}” holds {count} tables",
                    "Unpack it and import the files in it one by one.",
                    file=self.file_name,
                    count=len(names),
                )
            number = head.cell(HEAD["file"])
            found.append((int(number) if number.isdecimal() and len(number) < 6 else 0, name, head))
        found.sort(key=lambda each: (each[0], each[1]))
        of = {tuple(head.cell(HEAD[each]) for each in ("sender", "since", "until")) for _, _, head in found}
        numbers = [number for number, _, _ in found]
        if len(of) > 1 or len(set(numbers)) < len(numbers):
            raise InputProblem(
                "“{file}” holds files that are not the parts of one sales report",
                "Put only the parts of one report (1of2, 2of2 ...) into one zip, and import other reports by"
                " themselves.",
                file=self.file_name,
            )
        self._names = tuple(name for _, name, _ in found)
        self.heads = [head for _, _, head in found]
        self.head_text = TextStream(OpenedPart(self._file, self.file_name, self._names[0])).head

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts of the set that are not here."""
        said = [head.cell(HEAD["files"]) for head in self.heads]
        of = max((int(text) for text in said if text.isdecimal() and len(text) < 6), default=1)
        have = {head.cell(HEAD["file"]).lstrip("0") for head in self.heads}
        return tuple(n for n in range(1, min(of, 10_000) + 1) if str(n) not in have) if of > 1 else ()

    def records(self) -> Iterator[Record]:
        """All records and comments, from a new beginning. Raises InputProblem where a file is damaged."""
        number = 0
        for opened in self._opened():
            text = TextStream(opened)
            for line in text.lines():
                number += 1
                bare = line.rstrip("\r\n")
                if not bare.strip():
                    continue
                is_comment = bare.startswith("#")
                cells = tuple((bare[1:] if is_comment else bare).split("\t"))
                code = code_of(cells[0].strip())
                if code is None:
                    if is_comment:
                        continue
                    code = Code(cells[0].strip()[:20], "")
                yield Record(number, code, cells, is_comment, is_cut=bare == line)
            self.warnings = tuple(dict.fromkeys((*self.warnings, *text.warnings)))

    def _opened(self) -> Iterator[OpenedFile | OpenedPart]:
        if not self._names:
            opened = OpenedFile(self._file, self.file_name)
            yield opened
            self.bytes_read = opened.bytes_read
            opened.sha256()  # compares what is at the end of a packed file
            return
        for name in self._names:
            yield OpenedPart(self._file, self.file_name, name)

    def sha256(self) -> str:
        """Of the file as it came."""
        self._file.seek(0)
        found = hashlib.sha256()
        while data := self._file.read(_CHUNK):
            found.update(data)
        return found.hexdigest()
