"""A document for paper as lines of text, each with its weight; the interface makes a PDF of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from artist_console.host.files import write_atomic


class PaperStyle(Enum):
    TITLE = "title"
    HEADING = "heading"
    STRONG = "strong"
    TEXT = "text"
    SMALL = "small"
    POINT = "point"  # set in from the edge
    ROW = "row"  # what it is about, a tab, what is said of it: beside each other as in a table
    HEAD = "head"  # of a table: the names of `columns`, repeated on every sheet that it goes on to
    CELLS = "cells"  # of the table above: a cell for each column, tabs between them
    SUM = "sum"  # the same, of what is added up above it


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of a table: how much of the width it takes, and whether it holds numbers."""

    title: str
    part: int  # of a hundred
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class PaperLine:
    style: PaperStyle
    text: str
    columns: tuple[PaperColumn, ...] = ()  # of a head, which begins a table

    @property
    def plain(self) -> str:
        """As one line of text, without the tab of a row."""
        if self.style in TABLE_STYLES:
            return "  ".join(filter(None, self.text.split("\t")))
        name, tab, said = self.text.partition("\t")
        return f"{name}: {said}" if tab and name else said if tab else name


TABLE_STYLES = frozenset({PaperStyle.HEAD, PaperStyle.CELLS, PaperStyle.SUM})


def table_lines(
    columns: tuple[PaperColumn, ...], rows: Iterable[Sequence[str]], sums: Iterable[Sequence[str]] = ()
) -> Iterator[PaperLine]:
    """The lines of a table; tabs in cells become spaces."""
    yield PaperLine(PaperStyle.HEAD, "\t".join(column.title for column in columns), columns)
    for style, held in ((PaperStyle.CELLS, rows), (PaperStyle.SUM, sums)):
        for row in held:
            yield PaperLine(style, "\t".join(" ".join(cell.split()) for cell in row))


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    foot: str  # on every sheet before its number
    lines: tuple[PaperLine, ...]
    page: str = ""  # {n} {all}: its number, in a language of its own; empty: in that of the window


def save_pdf(path: Path, pdf: bytes) -> Path:
    """Write what the interface made of a document. Raises FileProblem."""
    write_atomic(path, pdf, mode=0o644)
    return path
