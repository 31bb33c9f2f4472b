"""Questions above the matrix: buttons in a line; one button with a menu where the window is low."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.ui.icons import Icon
from artist_console.ui.looks import waiting_look
from artist_console.ui.meanings import sentence
from artist_console.ui.text import say_count
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import FlowLayout, clear_layout

_SHOWN = 4


class ConsentQuestions(QObject):
    """`line` stands above the matrix, `button` in the filter line; `fit` says which of them is seen."""

    opened = Signal(object)  # WaitingItem
    emptied = Signal()  # the last question went, and the keyboard stood on it

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 0
        self.button = Button(theme, "", ButtonKind.QUIET, Icon.QUESTION)
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.button.hide()
        self.line = QWidget()
        self._flow = FlowLayout(self.line, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.line.setSizePolicy(policy)
        self.line.hide()

    def show_items(self, questions: Sequence[WaitingItem]) -> None:
        """Conflicts first; what finds no room in the line stands in a menu at its end."""
        had_keyboard = self._place_of_keyboard()
        clear_layout(self._flow)
        self.menu.clear()
        shown = sorted(questions, key=lambda item: item.kind is not WaitingKind.CONFLICT)
        self._count = len(shown)
        for item in shown:
            self.menu.addAction(sentence(item.title), partial(self.opened.emit, item))
        for item in shown[:_SHOWN]:
            icon = waiting_look(item.kind)[0]
            button = Button(self._theme, sentence(item.title), ButtonKind.SECONDARY, icon)
            button.clicked.connect(partial(self.opened.emit, item))
            self._flow.addWidget(button)
        if len(shown) > _SHOWN:
            left = shown[_SHOWN:]
            words = say_count("consent", "1 more question", "{n} more questions", len(left))
            more = Button(self._theme, words, ButtonKind.QUIET)
            menu = QMenu(more)
            for item in left:
                menu.addAction(sentence(item.title), partial(self.opened.emit, item))
            more.setMenu(menu)
            self._flow.addWidget(more)
        self.button.set_words(say_count("consent", "1 question", "{n} questions", len(shown)))
        self._order_stops()
        if had_keyboard is not None:
            self._give_keyboard_back(had_keyboard)

    def _stops(self) -> list[QWidget]:
        held = [self._flow.itemAt(place) for place in range(self._flow.count())]
        return [made for each in held if each is not None and (made := each.widget()) is not None]

    def _order_stops(self) -> None:
        """Made anew at any time, yet Tab comes to them where they stand: above the table."""
        for former, following in pairwise((self.button, *self._stops())):
            QWidget.setTabOrder(former, following)

    def _place_of_keyboard(self) -> int | None:
        """Which of the questions in the line has the keyboard, or had it before a dialog came in front."""
        focused = self.line.window().focusWidget()
        return next((place for place, each in enumerate(self._stops()) if each is focused), None)

    def _give_keyboard_back(self, place: int) -> None:
        """To the question that stands there now; to the page where none is left."""
        stops = self._stops()
        if stops:
            stops[min(place, len(stops) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.emptied.emit()

    def fit(self, *, low: bool) -> None:
        """A low window has no room for a line of its own."""
        self.line.setVisible(bool(self._count) and not low)
        self.button.setVisible(bool(self._count) and low)

    def room(self) -> int:
        """The width that the button takes in the filter line."""
        return self.button.sizeHint().width() + 6 if not self.button.isHidden() else 0
