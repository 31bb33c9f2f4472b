"""The keys of the application, each action named once: menus, help and the palette read this table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtGui import QKeySequence


class Action(StrEnum):
    """What a key does anywhere in the window."""

    SEARCH = "search"
    PAGE_1 = "page_1"
    PAGE_2 = "page_2"
    PAGE_3 = "page_3"
    PAGE_4 = "page_4"
    PAGE_5 = "page_5"
    PAGE_6 = "page_6"
    PAGE_7 = "page_7"
    SETTINGS = "settings"
    FILTER_PAGE = "filter_page"
    OPEN_REPORT = "open_report"
    EXPORT = "export"
    PRINT = "print"
    SYNC = "sync"
    SWITCH_ARTIST = "switch_artist"
    BACK = "back"
    FORWARD = "forward"
    UNDO = "undo"
    REDO = "redo"
    CHANGE_DECISION = "change_decision"
    CHOOSE_ALL = "choose_all"
    NEXT_PART = "next_part"
    FORMER_PART = "former_part"
    HELP = "help"


# Ctrl is Cmd on macOS: Qt swaps them by itself.
KEYS: Mapping[Action, QKeySequence] = {
    Action.SEARCH: QKeySequence("Ctrl+K"),
    Action.PAGE_1: QKeySequence("Ctrl+1"),
    Action.PAGE_2: QKeySequence("Ctrl+2"),
    Action.PAGE_3: QKeySequence("Ctrl+3"),
    Action.PAGE_4: QKeySequence("Ctrl+4"),
    Action.PAGE_5: QKeySequence("Ctrl+5"),
    Action.PAGE_6: QKeySequence("Ctrl+6"),
    Action.PAGE_7: QKeySequence("Ctrl+7"),
    Action.SETTINGS: QKeySequence("Ctrl+,"),
    Action.FILTER_PAGE: QKeySequence("Ctrl+F"),
    Action.OPEN_REPORT: QKeySequence("Ctrl+O"),
    Action.EXPORT: QKeySequence("Ctrl+E"),
    Action.PRINT: QKeySequence("Ctrl+P"),
    Action.SYNC: QKeySequence("F5"),
    Action.SWITCH_ARTIST: QKeySequence("Ctrl+Shift+A"),
    Action.BACK: QKeySequence("Alt+Left"),
    Action.FORWARD: QKeySequence("Alt+Right"),
    Action.UNDO: QKeySequence("Ctrl+Z"),
    Action.REDO: QKeySequence("Ctrl+Shift+Z"),
    Action.CHANGE_DECISION: QKeySequence("Ctrl+D"),
    Action.CHOOSE_ALL: QKeySequence("Ctrl+A"),
    Action.NEXT_PART: QKeySequence("F6"),
    Action.FORMER_PART: QKeySequence("Shift+F6"),
    Action.HELP: QKeySequence("F1"),
}


def shortcut_words(action: Action) -> str:
    """The keys as the person's computer writes them, such as "Ctrl+K"."""
    return KEYS[action].toString(QKeySequence.SequenceFormat.NativeText)
