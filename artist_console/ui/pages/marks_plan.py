"""What a mark would state of each file that was chosen, before anything is written."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.mark_sources import PlannedMark
from artist_console.ui.icons import Icon
from artist_console.ui.mark_looks import entry_lines, known_by_words
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note, Rule

_AT_FIRST = 6
_MOST = 200


class MarksPlan(QWidget):
    """Files that cannot be marked say why; the others say what would stand in them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._planned: tuple[PlannedMark, ...] = ()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(8)

    def clear(self) -> None:
        clear_layout(self._inside)

    def show_plan(self, planned: tuple[PlannedMark, ...]) -> None:
        self._planned = planned
        self._fill(_AT_FIRST)

    def _fill(self, most: int) -> None:
        self.clear()
        can = sum(not each.why_not for each in self._planned)
        words = say_count(
            "mark",
            "{can} of 1 file can be marked",
            "{can} of {n} files can be marked",
            len(self._planned),
            can=can,
        )
        self._inside.addWidget(label(words, weight="strong"))
        for each in self._planned[:most]:
            self._inside.addWidget(Rule(self._theme))
            self._inside.addLayout(self._line(each))
        if len(self._planned) > most and most < _MOST:
            words = say("mark", "See more of the {n} files", n=len(self._planned))
            more = LinkButton(self._theme, words)
            more.clicked.connect(partial(self._fill, _MOST))
            self._inside.addLayout(row(more, None))

    def _line(self, each: PlannedMark) -> QVBoxLayout:
        told = column(label(isolate(each.source.name), weight="medium", wrap=True), gap=2)
        if each.why_not:
            told.addWidget(Note(self._theme, domain_words(each.why_not), Tint.ASK, Icon.INFO))
            return told
        told.addWidget(label(known_by_words(each), TextRole.SMALL, Token.TEXT_3, wrap=True))
        if each.stating is not None:
            told.addWidget(label(entry_lines(each.stating.entries), tone=Token.TEXT_2, wrap=True))
        return told
