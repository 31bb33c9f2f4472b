"""Lies over a closing window while what was begun is finished: nothing goes on unseen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button

_WIDTH = 480


class FinishingCover(QWidget):
    """Says what is being finished; one button ends at once."""

    end_wished = Signal()

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._theme = theme
        self.setObjectName("finishing")
        title = label(say("window", "Finishing…"), TextRole.TITLE)
        self.detail = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        self.detail.setFixedWidth(theme.px(_WIDTH))  # a paragraph in the middle has to know its width
        self.detail.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.end = Button(theme, say("window", "Close now"))
        self.end.clicked.connect(self.end_wished)
        inside = QVBoxLayout(self)
        inside.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        for part in (title, self.detail, self.end):
            inside.addWidget(part, 0, middle)
        inside.addStretch(1)
        over.installEventFilter(self)
        self.hide()

    def show_what(self, words: str) -> None:
        self.detail.setText(words)
        self.setAccessibleName(f"{say('window', 'Finishing…')} {words}")
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.end.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour(Token.BG))
