"""Lines of text on paper: what commands give as a document, as PDF. Text is set as it stands."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtGui import QFont, QTextCursor, QTextDocument

from artist_console.commands.paper import TABLE_STYLES, Paper, PaperLine, PaperStyle
from artist_console.ui import paper as sheets
from artist_console.ui.paper import HEADING, POINTS, SMALL, TITLE, add, font, new_document
from artist_console.ui.paper_table import add_table

_INSET = 12
_NAMES = 150  # for the names of rows
# Points before and after a line of each weight.
_ROOM: dict[PaperStyle, tuple[int, int]] = {
    PaperStyle.TITLE: (0, 6),
    PaperStyle.HEADING: (16, 4),
    PaperStyle.STRONG: (8, 2),
    PaperStyle.TEXT: (0, 3),
    PaperStyle.SMALL: (0, 3),
    PaperStyle.POINT: (0, 2),
    PaperStyle.ROW: (0, 4),
    PaperStyle.HEAD: (0, 0),
    PaperStyle.CELLS: (0, 0),
    PaperStyle.SUM: (0, 0),
}


def pdf(paper: Paper, family: str) -> bytes:
    """The document as a PDF file."""
    return sheets.pdf(document(paper, family), paper.title, paper.foot, family, paper.page)


def document(paper: Paper, family: str) -> QTextDocument:
    made = new_document(family)
    cursor = QTextCursor(made)
    lines = enumerate(paper.lines)
    for number, line in lines:
        if line.style is PaperStyle.HEAD:
            table = [line, *takewhile(_continues, paper.lines[number + 1 :])]
            add_table(cursor, table, family)
            for _ in table[1:]:
                next(lines)
            continue
        before, after = _ROOM[line.style]
        inset = _INSET if line.style is PaperStyle.POINT else 0
        add(
            cursor,
            line.text,
            _font(line.style, family),
            before=before,
            after=after,
            first=number == 0,
            inset=inset,
            hanging=_NAMES if line.style is PaperStyle.ROW else 0,
        )
    return made


def _continues(line: PaperLine) -> bool:
    return line.style in TABLE_STYLES and line.style is not PaperStyle.HEAD


def _font(style: PaperStyle, family: str) -> QFont:
    match style:
        case PaperStyle.TITLE:
            return font(family, TITLE, strong=True)
        case PaperStyle.HEADING:
            return font(family, HEADING, strong=True)
        case PaperStyle.STRONG | PaperStyle.SUM:
            return font(family, POINTS, strong=True)
        case PaperStyle.SMALL | PaperStyle.HEAD:
            return font(family, SMALL)
        case PaperStyle.TEXT | PaperStyle.POINT | PaperStyle.ROW | PaperStyle.CELLS:
            return font(family, POINTS)
