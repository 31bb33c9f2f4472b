"""The skeleton of a page: title with count, actions at the end, filters, content, a bar, a message."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from artist_console.ui.frame.messages import Message, MessageBar
from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, label
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.layout import FlowLayout, row

MARGIN = 24
_MESSAGE_WIDTH = 680


class ScrollPage(QScrollArea):
    """Content that scrolls up and down and is never wider than its place."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content.setProperty("page", True)
        self.setWidget(content)

    def show_part(self, part: QWidget) -> None:
        """Scroll so that a part can be seen."""
        self.ensureWidgetVisible(part, 0, MARGIN)


class Page(QWidget):
    """What a screen is made of; the screen fills it."""

    def __init__(
        self, theme: Theme, title: str = "", subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = elided(title, TextRole.TITLE)
        self._count = label("", TextRole.LEAD, Token.TEXT_2)
        self._count.setContentsMargins(0, 0, 0, 3)  # on the line of the title
        self._count.hide()
        self._subtitle = label(subtitle, TextRole.BODY, Token.TEXT_2, wrap=True)
        self._subtitle.setVisible(bool(subtitle))
        self._actions = FlowLayout(gap=8)
        self._actions_box = QWidget()
        self._actions_box.setLayout(self._actions)
        self._actions_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._actions_box.hide()
        names = row(gap=10)
        names.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBottom)
        names.addWidget(self._count, 1, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(names)
        left.addWidget(self._subtitle)
        head = row(gap=16, margins=(MARGIN, 18, MARGIN, 0))
        head.addLayout(left, 1)
        head.addWidget(self._actions_box, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head = QWidget()
        self._head.setLayout(head)

        self.filters = FlowLayout(gap=6)
        self._filter_box = QWidget()
        self._filter_box.setLayout(self.filters)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._filter_box.setSizePolicy(policy)
        self._filter_end = row(gap=8)
        self._filter_line = QWidget()
        line = row(gap=12, margins=(MARGIN, 14, MARGIN, 0))
        line.addWidget(self._filter_box, 1)
        line.addLayout(self._filter_end)
        self._filter_line.setLayout(line)
        self._filter_line.hide()

        self._content_place = QVBoxLayout()
        self._content: QWidget | None = None
        self._bar_place = QVBoxLayout()
        self._bar_place.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._bar: QWidget | None = None
        self.messages = MessageBar(theme)
        self.messages.setMaximumWidth(_MESSAGE_WIDTH)
        self._message_place = row(margins=(MARGIN, 0, MARGIN, 0))
        self._message_place.addStretch(1)
        self._message_place.addWidget(self.messages, 20)
        self._message_place.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._filter_line)
        layout.addLayout(self._content_place, 1)
        layout.addLayout(self._bar_place)
        layout.addLayout(self._message_place)
        self._layout = layout
        self.messages.shown.connect(self._leave_room)
        self.messages.shown.connect(self._reach_message_last)
        self.messages.dismissed.connect(self._leave_room)
        self.setAccessibleName(title)

    @property
    def theme(self) -> Theme:
        return self._theme

    # Focus

    def main_stop(self) -> QWidget | None:
        """What a person comes to this page for: its table, its first row. None while there is none."""
        return None

    def focus_first(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to the main content, or to the page itself: Tab then reaches its first part."""
        stop = self.main_stop()
        (stop if stop is not None and stop.isVisible() and stop.isEnabled() else self).setFocus(reason)

    def pass_focus_on(self) -> None:
        """The content is there now: what the page held for it goes to it."""
        if self.hasFocus():
            self.focus_first()

    # Title line

    def set_title(self, words: str) -> None:
        self._title.setText(words)
        self.setAccessibleName(words)

    def set_count(self, words: str) -> None:
        """The count beside the title ("128", "34 artists"); empty for none."""
        self._count.show_words(words)

    def set_subtitle(self, words: str) -> None:
        self._subtitle.show_words(words)

    def add_action(self, button: QWidget) -> None:
        """Put a button at the end of the title line; at most one of them is primary."""
        self._actions.addWidget(button)
        self._actions_box.show()
        self._measure_actions()

    def hide_head(self) -> None:
        """For a page that brings its own title."""
        self._head.hide()

    # Filter line

    def add_filter(self, part: QWidget) -> None:
        self.filters.addWidget(part)
        self._filter_line.show()

    def filter_end(self, part: QWidget) -> None:
        """Something at the end of the filter line."""
        self._filter_end.addWidget(part)
        self._filter_line.show()

    # Content

    def set_content(self, content: QWidget, *, margins: bool = True, scrolls: bool = False) -> None:
        """The rest of the page. A table takes `margins=False`: its rows reach the edges."""
        if self._content is not None:
            self._content_place.removeWidget(self._content)
            self._content.deleteLater()
        side = MARGIN if margins else 0
        if scrolls:
            inside = content.layout()
            if inside is not None:
                inside.setContentsMargins(side, 0, side, MARGIN)
            self._content = ScrollPage(content)
            self._content_place.setContentsMargins(0, 14, 0, 0)
        else:
            self._content = content
            self._content_place.setContentsMargins(side, 14 if margins else 8, side, MARGIN if margins else 0)
        self._content_place.addWidget(self._content)

    def bar(self, bar: QWidget | None) -> None:
        """What acts on the current selection, below the content; None takes it away but keeps it alive."""
        if self._bar is not None and self._bar is not bar:
            self._bar_place.removeWidget(self._bar)
            self._bar.hide()
        self._bar = bar
        if bar is not None:
            self._bar_place.addWidget(bar)
            bar.show()
        self._leave_room()

    def message(
        self,
        words: str,
        action_words: str = "",
        action: Callable[[], object] | None = None,
        *,
        tint: Tint | None = None,
        icon: Icon | None = None,
    ) -> None:
        """Say something at the bottom of the page for 8 seconds."""
        self.messages.show_message(Message(words, action_words, tint, icon), action)

    def _reach_message_last(self, _ignored: object) -> None:
        """Tab goes as the eye does: a message stands below everything that the page holds by now."""
        stops = [
            each
            for each in self.findChildren(QWidget)
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.isVisibleTo(self)
            and not self.messages.isAncestorOf(each)
        ]
        if stops:
            lowest = max(stops, key=lambda stop: stop.mapTo(self, stop.rect().bottomRight()).toTuple()[::-1])
            self.setTabOrder(lowest, self.messages.action)
        self.setTabOrder(self.messages.action, self.messages.close_button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure_actions()

    def _measure_actions(self) -> None:
        # Buttons of the title line stand beside each other; the title gives way first.
        if hasattr(self, "_actions_box"):
            self._actions_box.setMinimumWidth(self._actions.sizeHint().width())
            self._actions_box.updateGeometry()

    def _leave_room(self, _ignored: object = None) -> None:
        message = self.messages.message is not None
        self._bar_place.setContentsMargins(MARGIN, 8, MARGIN, 12 if message else 18)
        if self._bar is None:
            self._bar_place.setContentsMargins(0, 0, 0, 0)
        self._message_place.setContentsMargins(MARGIN, 0 if self._bar else 8, MARGIN, 16 if message else 0)
