"""The frame of a dialog: a heading, content that scrolls, a problem line and buttons at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from artist_console.ui.icons import Icon
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note, Rule

MARGIN = 24
_AROUND = 48  # of the window that stays to be seen behind it, both sides together
_LEAST_WIDTH, _LEAST_HEIGHT = 480, 360


class Sheet(QDialog):
    """Subclasses fill `inside` and give `set_buttons` what stands at the bottom, the primary one last.

    The focus goes back to where it was when it closes. Without a parent it stands alone, before any window.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        title: str,
        width: int,
        height: int,
        parent: QWidget | None,
        *,
        scrolls: bool = True,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._before: QWidget | None = parent.window().focusWidget() if parent is not None else None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.setModal(True)
        self._size_wanted = QSize(width, height)
        self._fit_into_window()
        if parent is not None:
            parent.window().installEventFilter(self)
        self.heading = label("", TextRole.SECTION, wrap=True)
        self.lead = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        for words in (self.heading, self.lead):
            words.setMinimumWidth(1)  # a long file name in them never makes the dialog wider
        self.set_heading(title)
        self.problem = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.problem.hide()
        body = QWidget()
        self.inside = QVBoxLayout(body)
        self.inside.setContentsMargins(MARGIN, 4, MARGIN, 20)
        self.inside.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, 20, MARGIN, 10)
        head.setSpacing(2)
        head.addWidget(self.heading)
        head.addWidget(self.lead)
        self._buttons = row(margins=(MARGIN, 12, MARGIN, 14), gap=8)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addLayout(head)
        outside.addWidget(scrolled(body) if scrolls else body, 1)
        outside.addLayout(row(self.problem, margins=(MARGIN, 0, MARGIN, 0)))
        outside.addWidget(Rule(theme))
        outside.addLayout(self._buttons)

    def set_heading(self, title: str, lead: str = "") -> None:
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.heading.setText(title)
        self.lead.show_words(lead)

    def set_buttons(self, *buttons: QWidget | None, safe: QWidget) -> None:
        """From the beginning to the end of the line; None is the room between.

        The keyboard begins at `safe`, which only closes: what a dialog is for is never one Enter away.
        """
        for button in buttons:
            if button is None:
                self._buttons.addStretch(1)
            else:
                self._buttons.addWidget(button)
        safe.setFocus(Qt.FocusReason.TabFocusReason)

    def _fit_into_window(self) -> None:
        """As large as wished, and smaller where the window behind is: it follows while it is open."""
        parent = self.parentWidget()
        size = self._size_wanted
        if parent is not None:
            room = parent.window().size() - QSize(_AROUND, _AROUND)
            size = size.boundedTo(room.expandedTo(QSize(_LEAST_WIDTH, _LEAST_HEIGHT)))
        self.resize(size)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and isinstance(event, QResizeEvent):
            room = event.size() - QSize(_AROUND, _AROUND)
            if self.width() > room.width() or self.height() > room.height():
                self.resize(self.size().boundedTo(room.expandedTo(QSize(_LEAST_WIDTH, _LEAST_HEIGHT))))
        return super().eventFilter(watched, event)

    def show_problem(self, words: str) -> None:
        self.problem.show_words(words)

    def done(self, result: int) -> None:
        super().done(result)
        # What opened it may be gone or be let go: whoever took it away has passed the keyboard on.
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus()
        self._before = None


def wide(widget: QWidget) -> QWidget:
    """Take all the width there is."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
    return widget
