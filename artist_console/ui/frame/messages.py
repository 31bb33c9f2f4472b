"""Messages after an action: at the bottom of the page, one action at most, gone after 8 seconds.

A message stays while it has the pointer or the keyboard. Assistive technology is told politely.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton, LinkButton
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.painting import fill_round, painter_for

STAYS_MS = 8_000


@dataclass(frozen=True, slots=True)
class Message:
    """What is said, and the one thing that can be done about it."""

    words: str
    action_words: str = ""
    tint: Tint | None = None
    icon: Icon | None = None


class MessageBar(QFrame):
    """Shows one message at a time; a later one takes the place of an earlier one."""

    shown = Signal(object)  # Message, for the list of notifications
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message: Message | None = None
        self._action: Callable[[], object] | None = None
        self._words = label("", TextRole.BODY, wrap=True)
        self.action = LinkButton(theme, "")
        self.close_button = IconButton(theme, Icon.CLOSE, say("message", "Close message"))
        self.close_button.setFixedSize(24, 24)
        self._mark = IconMark(theme, Icon.INFO)
        line = row(self._mark, self._words, self.action, self.close_button, gap=10, margins=(13, 9, 13, 9))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._timer = QTimer(self)
        self._stays = False
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self.dismiss)
        for button in (self.action, self.close_button):
            button.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message

    def show_message(self, message: Message, action: Callable[[], object] | None = None) -> None:
        """Show it for 8 seconds; `action` should be a bound method of a QObject."""
        self._stays = False
        self._message = message
        self._action = action
        self.close_button.show()
        self._mark.show_icon(message.icon or Icon.INFO, message.tint or Token.TEXT_2)
        self._words.setText(message.words)
        self.action.set_words(message.action_words)
        self.action.setVisible(bool(message.action_words and action is not None))
        self.setAccessibleName(message.words)
        self.show()
        self._timer.start(STAYS_MS)
        event = QAccessibleAnnouncementEvent(self, message.words)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.shown.emit(message)
        self.update()

    def show_lasting(self, message: Message, action: Callable[[], object] | None = None) -> None:
        """Show what is going on until `end_lasting`; further words replace these without being announced."""
        if self._stays and self._message is not None:
            self._message = message
            self._words.setText(message.words)
            self.setAccessibleName(message.words)
            return
        self.show_message(message, action)
        self._stays = True
        self.close_button.hide()
        self._timer.stop()

    def end_lasting(self) -> None:
        """What was going on is over; another message stays as it is."""
        if self._stays:
            self.dismiss()

    def dismiss(self) -> None:
        self._stays = False
        self._timer.stop()
        self._message = None
        self._action = None
        self.hide()
        self.dismissed.emit()

    @property
    def stays(self) -> bool:
        """Whether it waits because it has the pointer or the keyboard."""
        return not self._timer.isActive() and self._message is not None

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() is QEvent.Type.FocusOut:
            self._go_on()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        line = theme.colour(Token.CONTROL_LINE)
        fill_round(painter, rect, theme.radius("field"), theme.colour(Token.SURFACE), line, theme.border())

    def _go_on(self) -> None:
        if self._message is not None and not self._stays and not self._timer.isActive():
            self._timer.start(STAYS_MS)

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()
