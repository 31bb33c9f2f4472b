"""A panel that opens below a button of the frame and closes with Esc or a press beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Token

_GAP = 6


class Popup(QDialog):
    """Surface with a border; content goes into `inside`. The focus returns where it was when it closes."""

    def __init__(self, theme: Theme, name: str, parent: QWidget, width: int) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._before: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setFixedWidth(width)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(14, 14, 14, 14)
        self.inside.setSpacing(8)

    def open_below(self, anchor: QWidget, *, at_end: bool = False) -> None:
        """Show it under the anchor, from its start or up to its end, inside the window."""
        window = anchor.window()
        self._before = window.focusWidget()
        self.fit()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + _GAP))
        if at_end is not (self.layoutDirection() is Qt.LayoutDirection.RightToLeft):
            corner.setX(corner.x() + anchor.width() - self.width())
        frame = window.geometry()
        left, right = frame.left() + 8, frame.right() - self.width() - 8
        corner.setX(max(left, min(corner.x(), right)))
        self.move(corner)
        self.show()

    def fit(self) -> None:
        """Take the height that the content needs now."""
        self.inside.activate()
        needed = self.inside.totalHeightForWidth(self.width()) if self.inside.hasHeightForWidth() else -1
        self.setFixedHeight(max(needed, self.inside.totalMinimumSize().height()))

    def done(self, result: int) -> None:
        super().done(result)
        # What opened it may be gone: whoever took it away has passed the keyboard on.
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self._before = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.pen(Token.CONTROL_LINE))
        painter.setBrush(self._theme.colour(Token.SURFACE))
        radius = self._theme.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
