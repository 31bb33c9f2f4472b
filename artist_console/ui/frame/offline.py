"""One line under the top bar while the computer is offline and something waits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import elided
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.painting import painter_for


class OfflineLine(QWidget):
    """A sentence and where to see what waits."""

    see_waiting = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = elided("", TextRole.SMALL, Tint.NEUTRAL)
        self._link = LinkButton(theme, "")
        self._link.clicked.connect(self.see_waiting)
        line = row(IconMark(theme, Icon.CLOUD_OFF), self._words, self._link, gap=9, margins=(24, 0, 24, 0))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_line(self, words: str, action_words: str = "") -> None:
        """Show the line; empty words hide it."""
        self._words.setText(words)
        self._link.set_words(action_words)
        self._link.setVisible(bool(action_words))
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, self._theme.colour(Token.SUNKEN))
        painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), self._theme.colour(Token.LINE))

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(34))
        self.update()
