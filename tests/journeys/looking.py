"""What journeys look at: a cell, the dialog in front, what it says, the order of its stops."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from artist_console.commands.matrix import MatrixCell
from artist_console.ui.pages.consent import ConsentScreen
from tests.journeys.hands import front
from tests.ui.sample_profile import OpenWindow

W = TypeVar("W", bound=QWidget)


def consent_of(window: OpenWindow) -> ConsentScreen:
    screen = window.main.screen_of("consent")
    assert isinstance(screen, ConsentScreen)
    return screen


def rest(window: OpenWindow) -> None:
    """Until the cursor has rested and what it stands on was told."""
    screen = consent_of(window)
    window.settle()
    deadline = time.monotonic() + 5
    while screen.following.waits and time.monotonic() < deadline:
        QApplication.processEvents()
    window.settle()


def cell_at(screen: ConsentScreen, row: str, column: str) -> MatrixCell:
    """What the model holds at a place that is shown."""
    index = screen.model.place_of(row, column)
    at_row, at_column = screen.model.row_at(index), screen.model.column_at(index)
    assert at_row is not None
    assert at_column is not None
    found = screen.model.cell_of(at_row, at_column)
    assert found is not None, "it was worked out"
    return found


def in_front(window: OpenWindow, kind: type[W]) -> W:
    """The dialog that a person sees now."""
    window.settle()
    found = front(window)
    assert isinstance(found, kind), found
    return found


def said_in(part: QWidget) -> str:
    """Everything that is written in a part of the window."""
    labels = [each.text() for each in part.findChildren(QLabel) if each.isVisibleTo(part)]
    buttons = [each.text() for each in part.findChildren(QAbstractButton) if each.isVisibleTo(part)]
    return "\n".join([*labels, *buttons])


def is_in_order(dialog: QWidget, stops: Sequence[QWidget]) -> bool:
    """Whether Tab goes as the eye does, line by line, and starts over only once in a round.

    A part that scrolls and is a stop itself lies around its content: it may come before or after it.
    """
    places = [_place(dialog, stop) for stop in stops if not isinstance(stop, QScrollArea)]
    steps = zip(places, [*places[1:], places[0]], strict=True)
    return sum(not _comes_after(one, other) for one, other in steps) <= 1


def _comes_after(one: QRect, other: QRect) -> bool:
    if other.top() >= one.bottom():
        return True
    if other.bottom() <= one.top():
        return False
    return other.left() >= one.left()


def _place(dialog: QWidget, stop: QWidget) -> QRect:
    """Where it would be if nothing had to scroll."""
    place = QRect(stop.mapTo(dialog, QPoint()), stop.size())
    for area in dialog.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if area.isAncestorOf(stop):
            place.translate(0, bar.value())
        elif stop.mapTo(dialog, QPoint()).y() >= area.mapTo(dialog, area.rect().bottomLeft()).y():
            place.translate(0, bar.maximum())
    return place
