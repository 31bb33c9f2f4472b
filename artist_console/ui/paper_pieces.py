"""A long document for paper, set and drawn piece by piece: none of it takes long, and none holds it whole.

A piece ends where a sheet ends, so that the sheets are those of one document. It is gone through twice, as
each sheet says how many there are: first pieces are measured, then drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter, QTextDocument

from artist_console.commands.paper import TABLE_STYLES, Paper, PaperLine, PaperStyle
from artist_console.ui.paper import Foot, draw_sheet, new_writer, room_of
from artist_console.ui.paper_lines import document
from artist_console.ui.paper_scale import fit_to

PIECE = 80  # lines that are set at once: two sheets and a bit


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines from one place to another that fill so many sheets."""

    start: int
    end: int
    sheets: int


class PiecesOfPaper:
    """Made and used in the interface thread; `steps` says what is still to be done."""

    def __init__(self, paper: Paper, family: str) -> None:
        self._paper, self._family = paper, family
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._writer: QPdfWriter = new_writer(self._buffer, paper.title)
        self._painter = QPainter(self._writer)
        self._pieces: list[_Piece] = []
        self._drawn = 0  # pieces
        self._sheet = 0  # the one that was drawn last
        self._room = room_of(self._writer, self._painter)

    @property
    def is_measured(self) -> bool:
        end = self._pieces[-1].end if self._pieces else 0
        return end >= len(self._paper.lines) and bool(self._pieces)

    @property
    def is_drawn(self) -> bool:
        return self.is_measured and self._drawn == len(self._pieces)

    def measure(self) -> None:
        """Find where the next piece ends."""
        start = self._pieces[-1].end if self._pieces else 0
        size = PIECE
        while True:
            end = min(start + size, len(self._paper.lines))
            made = self._document(start, end)
            sheets = made.pageCount()
            if end == len(self._paper.lines):
                break
            if sheets > 1:
                end = self._first_on_last_sheet(made, start, end, sheets)
                sheets -= 1
                break
            size += PIECE
        self._pieces.append(_Piece(start, end, sheets))

    def draw(self) -> None:
        """Draw the next piece."""
        piece = self._pieces[self._drawn]
        made = self._document(piece.start, piece.end)
        count = sum(each.sheets for each in self._pieces)
        for sheet in range(made.pageCount()):
            if self._sheet:
                self._writer.newPage()
            self._sheet += 1
            foot = Foot(self._paper.foot, self._family, self._paper.page, self._sheet, count)
            draw_sheet(self._painter, made, sheet, self._room, foot)
        self._drawn += 1

    def finish(self) -> bytes:
        """The file, once everything is drawn; also ends what was broken off."""
        if self._painter.isActive():
            self._painter.end()
        self._buffer.close()
        return bytes(self._buffer.data().data())

    def _lines(self, start: int, end: int) -> tuple[PaperLine, ...]:
        """The lines of a piece; the head of a table that goes on stands before them again."""
        lines = self._paper.lines
        first = lines[start]
        if first.style in TABLE_STYLES and first.style is not PaperStyle.HEAD:
            head = next(line for line in reversed(lines[:start]) if line.style is PaperStyle.HEAD)
            return (head, *lines[start:end])
        return lines[start:end]

    def _document(self, start: int, end: int) -> QTextDocument:
        made = document(replace(self._paper, lines=self._lines(start, end)), self._family)
        made.documentLayout().setPaintDevice(self._writer)
        fit_to(self._writer, made)
        made.setPageSize(self._room.sheet)
        return made

    def _first_on_last_sheet(self, made: QTextDocument, start: int, end: int, sheets: int) -> int:
        """The first line any of which is on the last sheet: the piece ends before it."""
        top = (sheets - 1) * self._room.sheet.height()
        layout = made.documentLayout()
        lines = self._lines(start, end)
        repeated = len(lines) - (end - start)
        for place, number in enumerate(_blocks_of(lines)):
            bottom = layout.blockBoundingRect(made.findBlockByNumber(number)).bottom()
            if bottom > top + 1:
                return max(start + place - repeated, start + 1)
        return end


def _blocks_of(lines: Sequence[PaperLine]) -> list[int]:
    """The number of the first block of each line, as `paper_lines.document` makes them."""
    found: list[int] = []
    at, columns, in_table = 0, 0, False
    for place, line in enumerate(lines):
        if line.style is PaperStyle.HEAD:
            # An empty document begins with a block that stands before the table; so do two tables in a row.
            at += 1 if place == 0 or in_table else 0
            columns = len(line.columns) or len(line.text.split("\t"))
            in_table = True
            found.append(at)
            at += columns
        elif line.style in TABLE_STYLES:
            found.append(at)
            at += columns
        else:
            at += 1 if in_table else 0  # Qt keeps a block behind a table
            in_table = False
            found.append(at)
            at += 1
    return found


def pdf_in_pieces(paper: Paper, family: str, do: Callable[[Callable[[], object]], object]) -> bytes:
    """The document as a PDF file; `do` has each step done in the interface thread, one after the other.

    What `do` raises ends it; nothing is left behind.
    """
    made: list[PiecesOfPaper] = []
    do(lambda: made.append(PiecesOfPaper(paper, family)))
    pieces = made.pop()
    content: list[bytes] = []
    try:
        while not pieces.is_measured:
            do(pieces.measure)
        while not pieces.is_drawn:
            do(pieces.draw)
        do(lambda: content.append(pieces.finish()))
    except BaseException:
        # In its own thread too, behind a step that may still be under way there.
        with suppress(BaseException):
            do(pieces.finish)
        raise
    return content[0]
