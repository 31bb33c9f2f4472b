"""Several parts that are one stop of the Tab key: the one that has the keyboard, or last had it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def one_stop(parts: Iterable[QWidget], stop: QWidget | None) -> None:
    """Let Tab reach `stop` alone; the others are reached by arrows and by the pointer."""
    for part in parts:
        part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if part is stop else Qt.FocusPolicy.ClickFocus)


def move_to(parts: Iterable[QWidget], target: QWidget) -> None:
    """Give the keyboard to another part, from which Tab then leaves."""
    one_stop(parts, target)
    target.setFocus(Qt.FocusReason.TabFocusReason)
