"""A thin bar that repeats a proportion which words beside it say."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.painting import fill_round, mirrored, painter_for

_HEIGHT = 6


class Meter(QWidget):
    """Filled from the beginning of the line; what is there is never drawn as nothing, nor less as all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._have, self._of = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_part(self, have: int, of: int) -> None:
        self._have, self._of = have, of
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def filled(self, width: float) -> float:
        """How wide the filled part is in so much room."""
        if self._of <= 0 or self._have <= 0:
            return 0.0
        if self._have >= self._of:
            return width
        return min(max(float(_HEIGHT), width * self._have / self._of), width - _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        if theme.is_high_contrast:
            # Every line has the colour of the text there: what is empty is an outline.
            fill_round(painter, rect, _HEIGHT / 2, theme.colour(Token.SURFACE), theme.colour(Token.TEXT))
        else:
            fill_round(painter, rect, _HEIGHT / 2, theme.colour(Token.LINE))
        filled = self.filled(rect.width())
        if filled:
            mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            part = mirrored(QRectF(0, 0, filled, rect.height()), rect, mirrors)
            fill_round(painter, part, _HEIGHT / 2, theme.colour(Token.ACCENT))
