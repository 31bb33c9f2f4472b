"""A place to drop a file on, with the same by a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.painting import fill_round, painter_for

_ICON = 26


class _Picture(QWidget):
    def __init__(self, theme: Theme, icon: Icon) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setFixedSize(QSize(theme.px(_ICON), theme.px(_ICON)))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = self._theme.colour(Token.TEXT)
        self._theme.icons.paint(painter_for(self), QRectF(self.rect()), self._icon, colour)


class DropArea(QWidget):
    """Says what will happen while a file is held over it."""

    dropped = Signal(str)  # path of the first file

    def __init__(self, theme: Theme, icon: Icon, words: str, detail: str, held: str, button: Button) -> None:
        super().__init__()
        self._theme = theme
        self._words, self._held = words, held
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = label(words, weight="strong", wrap=True)
        self._detail = label(detail, TextRole.SMALL, Token.TEXT_2, wrap=True)
        middle = Qt.AlignmentFlag.AlignHCenter
        for part in (self._title, self._detail):
            part.setAlignment(middle)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 22, 16, 20)
        inside.setSpacing(6)
        inside.addWidget(_Picture(theme, icon), 0, middle)
        inside.addWidget(self._title)
        inside.addWidget(self._detail)
        inside.addSpacing(4)
        inside.addWidget(button, 0, middle)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        radius = theme.radius("card")
        back = Token.ACCENT_SOFT if self._over else Token.SUNKEN
        fill_round(painter, rect, radius, theme.colour(back))
        pen = QPen(theme.colour(Token.ACCENT if self._over else Token.CONTROL_LINE), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.dropped.emit(local[0])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.update()

    def _show_over(self, over: bool) -> None:
        self._over = over
        self._title.setText(self._held if over else self._words)
        self.update()
