"""An icon that stands by itself in a layout: it mirrors with the layout and grows with the text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.painting import painter_for


class IconMark(QWidget):
    """Decoration beside words that say the same; it is not spoken."""

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        tone: Token | Tint = Token.TEXT_2,
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self._size = size
        theme.changed.connect(self._measure)
        self._measure()

    def show_icon(self, icon: Icon, tone: Token | Tint | None = None) -> None:
        self._icon = icon
        self._tone = self._tone if tone is None else tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        ink = theme.tint(self._tone).text if isinstance(self._tone, Tint) else theme.colour(self._tone)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        theme.icons.paint(painter_for(self), QRectF(self.rect()), self._icon, ink, right_to_left=mirrors)

    def _measure(self) -> None:
        side = self._theme.px(self._size)
        self.setFixedSize(side, side)
        self.update()
