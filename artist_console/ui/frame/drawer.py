"""The place for details at the end of the window: beside the page, or sliding over it where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.painting import mirrored


class DetailsDrawer(QWidget):
    """Holds one widget at a time, which stays its owner's."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._content: QWidget | None = None
        self._over = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 0, 0)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setFixedWidth(theme.width("details"))
        self.setAutoFillBackground(False)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def content(self) -> QWidget | None:
        return self._content

    @property
    def lies_over(self) -> bool:
        """Whether it covers a part of the page."""
        return self._over

    def set_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def show_content(self, content: QWidget | None) -> None:
        """Take a widget in; the former one is hidden and kept by whoever made it."""
        if self._content is not None and self._content is not content:
            self._layout.removeWidget(self._content)
            self._content.hide()
        self._content = content
        if content is None:
            return
        self._layout.addWidget(content)
        content.show()

    def slide_in(self, target: QPoint) -> None:
        """Come in from the end of the window; at once where the person wants no motion."""
        length = self._theme.motion_ms
        self._slide.stop()
        if not length or not self.isVisible():
            self.move(target)
            return
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._slide.setDuration(length)
        self._slide.setStartValue(target + QPoint(-40 if mirrors else 40, 0))
        self._slide.setEndValue(target)
        self._slide.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, self._theme.colour(Token.SURFACE))
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        edge = Token.CONTROL_LINE if self._over else Token.LINE
        painter.fillRect(mirrored(QRectF(0, 0, 1, rect.height()), rect, mirrors), self._theme.colour(edge))
