"""Every action of the window, in the order of its menus. The same actions are the commands of Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from artist_console.ui.icons import Icon
from artist_console.ui.shortcuts import KEYS, Action
from artist_console.ui.text import say

_ROOM = 64
PAGE_KEYS = (
    Action.PAGE_1,
    Action.PAGE_2,
    Action.PAGE_3,
    Action.PAGE_4,
    Action.PAGE_5,
    Action.PAGE_6,
    Action.PAGE_7,
)


@dataclass(frozen=True, slots=True)
class Doing:
    """An action: its words, its key, its drawing in the palette, and what it does."""

    words: str
    do: Callable[[], object]
    key: Action | None = None
    icon: Icon = Icon.ARROW_RIGHT


def make_action(owner: QObject, doing: Doing) -> QAction:
    """An action that works anywhere in the window."""
    action = QAction(doing.words, owner)
    if doing.key is not None:
        action.setShortcut(QKeySequence(KEYS[doing.key]))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setProperty("icon", doing.icon)
    action.triggered.connect(doing.do)
    return action


class Menus(QObject):
    """File, Edit, View, Go, Artist, Help; and a place for the actions of the screen that is shown."""

    def __init__(self, bar: QMenuBar, owner: QObject) -> None:
        super().__init__(owner)
        self._bar = bar
        self._owner = owner
        self.actions: list[QAction] = []
        self._of_screen: tuple[QAction, ...] = ()
        self.edit: QMenu | None = None

    def add_menu(self, title: str, doings: Sequence[Doing | None]) -> QMenu:
        """A menu; None is a line between two groups."""
        menu = self._bar.addMenu(title)
        for doing in doings:
            if doing is None:
                menu.addSeparator()
                continue
            action = make_action(self._owner, doing)
            menu.addAction(action)
            self.actions.append(action)
        return menu

    def show_screen_actions(self, actions: Sequence[QAction]) -> None:
        """What the shown screen offers stands in the Edit menu."""
        if self.edit is None:
            return
        for action in self._of_screen:
            self.edit.removeAction(action)
        self._of_screen = tuple(actions)
        for action in self._of_screen:
            self.edit.addAction(action)

    @property
    def offered(self) -> tuple[QAction, ...]:
        """All actions that make sense now."""
        return (*self._of_screen, *self.actions)

    def find(self, key: Action) -> QAction | None:
        return next((a for a in self.actions if a.shortcut() == KEYS[key]), None)


def undo_words() -> str:
    """What Undo is called while it is not known what it would take back."""
    return say("menu", "Take the last answer back")


def redo_words() -> str:
    return say("menu", "Do again what was taken back")


def short(words: str) -> str:
    """What a menu has room for."""
    return words if len(words) <= _ROOM else f"{words[: _ROOM - 1].rstrip()}…"


def menu_titles() -> tuple[str, str, str, str, str, str]:
    return (
        say("menu", "&File"),
        say("menu", "&Edit"),
        say("menu", "&View"),
        say("menu", "&Go"),
        say("menu", "&Artist"),
        say("menu", "&Help"),
    )
