"""A document for paper, shown in the window before it is printed: the same lines, each with its weight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from artist_console.commands.paper import Paper, PaperStyle
from artist_console.ui.direction import left_to_right
from artist_console.ui.text import PlainLabel, label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, row

_INSET = 14
_NAMES = 140


class PaperView(Card):
    """What it says is what is printed; how it is broken into lines is the paper's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_paper(self, paper: Paper) -> None:
        clear_layout(self._lines)
        self.setAccessibleName(paper.title)
        for number, line in enumerate(paper.lines):
            if line.style is PaperStyle.HEADING and number:
                self._lines.addSpacing(10)
            if line.style is PaperStyle.ROW:
                self._lines.addLayout(_row(line.text))
                continue
            self._lines.addWidget(_line(line.style, left_to_right(line.text)))


def _row(text: str) -> QHBoxLayout:
    """Name and words beside each other, as on paper."""
    name, _, said = text.partition("\t")
    words = label(left_to_right(said), wrap=True, selectable=True)
    named = label(left_to_right(name), TextRole.SMALL, Token.TEXT_2, wrap=True)
    named.setFixedWidth(_NAMES)
    named.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    made = row(named, words, gap=12)
    made.setStretch(1, 1)
    return made


def _line(style: PaperStyle, text: str) -> PlainLabel:
    match style:
        case PaperStyle.TITLE:
            return label(text, TextRole.TITLE, wrap=True, selectable=True)
        case PaperStyle.HEADING:
            return label(text, TextRole.SECTION, wrap=True, selectable=True)
        case PaperStyle.STRONG:
            return label(text, weight="strong", wrap=True, selectable=True)
        case PaperStyle.SMALL:
            return label(text, TextRole.SMALL, Token.TEXT_2, wrap=True, selectable=True)
        case PaperStyle.TEXT | PaperStyle.ROW:
            return label(text, wrap=True, selectable=True)
        case PaperStyle.POINT:
            made = label(text, wrap=True, selectable=True)
            made.setContentsMargins(_INSET, 0, 0, 0)
            return made
