"""A document for paper, shown in the window before it is printed: the same lines, each with its weight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from artist_console.commands.paper import TABLE_STYLES, Paper, PaperColumn, PaperLine, PaperStyle
from artist_console.ui.direction import left_to_right
from artist_console.ui.text import PlainLabel, label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Rule

_INSET = 14
_NAMES = 140
_HEAD_ROWS = 2  # the names of the columns, and the rule below them


class PaperView(Card):
    """What it says is what is printed; how it is broken into lines is the paper's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_paper(self, paper: Paper) -> None:
        clear_layout(self._lines)
        self.setAccessibleName(paper.title)
        table: _Table | None = None
        for number, line in enumerate(paper.lines):
            if line.style is PaperStyle.HEAD:
                table = _Table(self._theme, line.columns)
                self._lines.addWidget(table)
            if line.style in TABLE_STYLES and table is not None:
                table.add(line)
                continue
            if line.style is PaperStyle.HEADING and number:
                self._lines.addSpacing(10)
            if line.style is PaperStyle.ROW:
                self._lines.addLayout(_row(line.text))
                continue
            self._lines.addWidget(_line(line.style, left_to_right(line.text)))


class _Table(QWidget):
    """Cells beside and below each other, numbers at the end of their column."""

    def __init__(self, theme: Theme, columns: tuple[PaperColumn, ...]) -> None:
        super().__init__()
        self._theme, self._columns = theme, columns
        self._cells = QGridLayout(self)
        self._cells.setContentsMargins(0, 0, 0, 6)
        self._cells.setHorizontalSpacing(16)
        self._cells.setVerticalSpacing(3)
        for place, column in enumerate(columns):
            self._cells.setColumnStretch(place, column.part)
        self._sums = False

    def add(self, line: PaperLine) -> None:
        if line.style is PaperStyle.SUM and not self._sums:
            self._sums = True
            if self._cells.rowCount() > _HEAD_ROWS + 1:
                self._rule()
        at = self._cells.rowCount()
        for place, (text, column) in enumerate(zip(line.text.split("\t"), self._columns, strict=False)):
            self._cells.addWidget(_cell(line.style, left_to_right(text), column), at, place)
        if line.style is PaperStyle.HEAD:
            self._rule()

    def _rule(self) -> None:
        self._cells.addWidget(Rule(self._theme), self._cells.rowCount(), 0, 1, len(self._columns))


def _cell(style: PaperStyle, text: str, column: PaperColumn) -> PlainLabel:
    wraps = not column.is_number
    if style is PaperStyle.HEAD:
        made = label(text, TextRole.SMALL, Token.TEXT_2, wrap=wraps)
    else:
        made = label(text, weight="strong" if style is PaperStyle.SUM else "", wrap=wraps, selectable=True)
    side = Qt.AlignmentFlag.AlignTrailing if column.is_number else Qt.AlignmentFlag.AlignLeading
    made.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    return made


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
        case PaperStyle.TEXT | PaperStyle.ROW | PaperStyle.HEAD | PaperStyle.CELLS | PaperStyle.SUM:
            return label(text, wrap=True, selectable=True)
        case PaperStyle.POINT:
            made = label(text, wrap=True, selectable=True)
            made.setContentsMargins(_INSET, 0, 0, 0)
            return made
