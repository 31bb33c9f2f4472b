"""What every painted chart does: one point is marked, the arrow keys walk, and its values are spoken."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from artist_console.ui.text import plain_tooltip, say
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.painting import focus_ring, painter_for, shows_focus


class Chart(QWidget):
    """A subclass counts its points, says them, finds them under the pointer and paints them."""

    marked = Signal(int)
    opened = Signal(int)  # Enter on the marked point, or a double press

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    # What a subclass tells

    def point_count(self) -> int:
        raise NotImplementedError

    def spoken_point(self, point: int) -> str:
        """A point in words, with its parts and the range of an estimate."""
        raise NotImplementedError

    def point_at(self, place: QPointF) -> int:
        """The point under a place; -1 for none."""
        raise NotImplementedError

    def paint_chart(self, painter: QPainter) -> None:
        """Paint everything but the focus."""
        raise NotImplementedError

    # Marking

    @property
    def marked_point(self) -> int:
        return self._marked

    def begin_at(self, point: int, summary: str) -> None:
        """Other figures are shown: mark a point without saying it; -1 marks none."""
        self._marked = point
        self.setAccessibleName(summary or say("chart", "Chart"))
        self._describe()
        self.update()

    def mark(self, point: int) -> None:
        """Mark another point and say it."""
        if point == self._marked or not 0 <= point < self.point_count():
            return
        self._marked = point
        self._describe()
        event = QAccessibleAnnouncementEvent(self, self.spoken_point(point))
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.marked.emit(point)
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(self.spoken_point(self._marked) if self._marked >= 0 else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        self.paint_chart(painter)
        if shows_focus(self):
            focus_ring(painter, self._theme, QRectF(self.rect()), self._theme.radius("button"))

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right:
                self.mark(self._marked + 1)
            case Qt.Key.Key_Left:
                self.mark(self._marked - 1)
            case Qt.Key.Key_Home:
                self.mark(0)
            case Qt.Key.Key_End:
                self.mark(self.point_count() - 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._marked >= 0:
                self.opened.emit(self._marked)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        if point >= 0:
            self.mark(point)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        if point >= 0:
            self.opened.emit(point)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            point = self.point_at(QPointF(event.pos()))
            words = self.spoken_point(point) if point >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)
