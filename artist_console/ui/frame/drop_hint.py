"""Says what will happen with files that are held over the window, before they are let go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.ui.text import label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.painting import fill_round, painter_for

_INSET = 10


class DropHint(QWidget):
    """Lies over the window while files are held there; lets everything through."""

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = label("", TextRole.SECTION, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(48, 48, 48, 48)
        inside.addStretch(1)
        inside.addWidget(self._words)
        inside.addStretch(1)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_what(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = painter_for(self)
        ground = theme.colour(Token.BG)
        ground.setAlphaF(0.92)
        painter.fillRect(self.rect(), ground)
        rect = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        fill_round(painter, rect, theme.radius("card"), theme.colour(Token.ACCENT_SOFT))
        painter.setPen(QPen(theme.colour(Token.ACCENT), 2))
        painter.drawRoundedRect(rect, theme.radius("card"), theme.radius("card"))
