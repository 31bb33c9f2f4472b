"""What is mine to decide, as lines: so many works, what the answer can do, and why."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.domain import words
from artist_console.domain.contract_names import mine_words, worth_telling
from artist_console.domain.own_standing import MineRow
from artist_console.domain.parties import NEEDED, Standing
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import DOMAIN, domain_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import clear_layout, column, row

_SIZE = 18


class MineLines(QWidget):
    """One line per kind of thing and standing; a power is drawn filled in colour, a wish never is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)

    def show_rows(self, rows: Iterable[MineRow]) -> None:
        clear_layout(self._lines)
        for each in worth_telling(rows):
            self._lines.addLayout(self._line(each))

    def _line(self, each: MineRow) -> QVBoxLayout:
        one, many = mine_words(each)
        standing = domain_words(words.STANDING_NAME[each.standing])
        said = label(say_count(DOMAIN, one, many, each.count, standing=standing), weight="medium", wrap=True)
        icon, tint = _look(each.standing)
        head = row(IconMark(self._theme, icon, tint, _SIZE), said, gap=10)
        head.setStretch(1, 1)
        told = column(head, gap=2)
        if each.source:
            because = say("contracts", "Because: {source}.", source=each.source)
            source = label(because, TextRole.SMALL, Token.TEXT_2, wrap=True)
            told.addLayout(row(source, margins=(self._theme.px(_SIZE) + 10, 0, 0, 0)))
        return told


def _look(standing: Standing) -> tuple[Icon, Tint]:
    if standing in NEEDED:
        return Icon.CHECK, Tint.INFO
    if standing is Standing.UNKNOWN:
        return Icon.QUESTION, Tint.NEUTRAL
    return Icon.RING, Tint.NEUTRAL
