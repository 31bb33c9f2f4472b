"""A document of plain lines on paper: findings with their evidence as one PDF."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

from artist_console.commands.paper import Paper, PaperStyle
from artist_console.ui import paper
from artist_console.ui.paper import HEADING, POINTS, SMALL, TITLE, add, font, new_document

_INSET = 14


def pdf_of(content: Paper, family: str) -> bytes:
    """The lines as a PDF file, each in the weight that it has."""
    document = new_document(family)
    cursor = QTextCursor(document)
    for place, line in enumerate(content.lines):
        first = place == 0
        match line.style:
            case PaperStyle.TITLE:
                add(cursor, line.text, font(family, TITLE, strong=True), after=6, first=first)
            case PaperStyle.HEADING:
                heading = font(family, HEADING, strong=True)
                add(cursor, line.text, heading, before=16, after=4, first=first)
            case PaperStyle.STRONG:
                strong = font(family, POINTS, strong=True)
                add(cursor, line.text, strong, before=6, after=2, first=first)
            case PaperStyle.TEXT:
                add(cursor, line.text, font(family, POINTS), after=3, first=first)
            case PaperStyle.SMALL:
                add(cursor, line.text, font(family, SMALL), after=2, first=first)
            case PaperStyle.POINT:
                add(cursor, line.text, font(family, POINTS), after=2, first=first, inset=_INSET)
    return paper.pdf(document, content.title, content.foot, family)
