"""A person at the window: one who has only a keyboard, and one who has only a mouse.

Neither calls what a screen or dialog offers to code. Keys go to whatever has the keyboard, presses to a place
that is seen: what is covered, out of sight or not enabled cannot be pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMenu,
    QScrollArea,
    QTableView,
    QWidget,
)

from tests.ui.sample_profile import OpenWindow

T = TypeVar("T")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NONE = Qt.KeyboardModifier.NoModifier
_MOST_STOPS = 120


def front(window: OpenWindow) -> QWidget:
    """What a person can act on: the menu, dialog or panel in front, else the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or window.main


def words_of(widget: QWidget) -> str:
    """What is written on a part, or how assistive technology names it."""
    written = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (written or widget.accessibleName()).replace("&&", "&")


def _if_any(found: T | None) -> T | None:
    """What may be nothing, although the types of Qt do not say so."""
    return found


class Keyboard:
    """Keys, to whatever has the keyboard."""

    def __init__(self, window: OpenWindow) -> None:
        self.window = window

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return _if_any(popup.focusWidget()) or popup
        wanted = front(self.window)
        if QApplication.activeWindow() is not wanted:
            wanted.activateWindow()  # what a window manager does when a dialog closes
            self.window.settle()
        found = QApplication.focusWidget()
        assert found is not None, f"nothing in {wanted} has the keyboard"
        assert found.isVisible(), f"{words_of(found)} has the keyboard unseen"
        return found

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE, *, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.at, key, modifiers)
        self.window.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.at, words)
        self.window.settle()

    def tab_to(self, words: str) -> QWidget:
        """Tab until the keyboard stands on what is named so; every stop on the way is seen and comes once."""
        passed: list[QWidget] = []
        while words not in words_of(self.at):
            here = self.at
            named = [words_of(each) for each in passed]
            assert here not in passed, f"Tab comes round without {words!r}: {named}"
            assert len(passed) < _MOST_STOPS, named
            passed.append(here)
            QTest.keyClick(here, Qt.Key.Key_Tab)
            QApplication.processEvents()
        assert self.at.isEnabled()
        return self.at

    def tab_round(self) -> list[QWidget]:
        """Every stop of Tab in what is in front, from where the keyboard is until it is there again."""
        start = self.at
        stops = [start]
        while True:
            QTest.keyClick(self.at, Qt.Key.Key_Tab)
            QApplication.processEvents()
            if self.at is start:
                return stops
            assert self.at not in stops, f"a trap at {words_of(self.at)!r}"
            stops.append(self.at)
            assert len(stops) < _MOST_STOPS

    def choose(self, words: str) -> None:
        """In an open menu: Down until an entry is named so, then Enter."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "a menu is open"
        for _ in menu.actions():
            current = _if_any(menu.activeAction())
            if current is not None and words in current.text():
                self.press(Qt.Key.Key_Return)
                return
            QTest.keyClick(menu, Qt.Key.Key_Down)
        raise AssertionError([each.text() for each in menu.actions()])

    def walk_to(self, table: QTableView, index: QModelIndex, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Arrow keys until a cell is current; what is selected with Shift held grows on the way."""
        assert self.at is table, f"{words_of(self.at)} has the keyboard, not the table"
        assert index.isValid()
        while table.currentIndex().row() != index.row():
            down = index.row() > table.currentIndex().row()
            self._step(table, Qt.Key.Key_Down if down else Qt.Key.Key_Up, modifiers)
        while table.currentIndex().column() != index.column():
            right = index.column() > table.currentIndex().column()
            self._step(table, Qt.Key.Key_Right if right else Qt.Key.Key_Left, modifiers)
        self.window.settle()

    def _step(self, table: QTableView, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        before = table.currentIndex()
        QTest.keyClick(table, key, modifiers)
        assert table.currentIndex() != before, "an arrow key moves"


class Mouse:
    """Moves and presses at places that are painted."""

    def __init__(self, window: OpenWindow) -> None:
        self.window = window

    def click(self, widget: QWidget) -> None:
        """Press the middle of a part, scrolled into sight by the wheel where it is further down."""
        self._bring_into_sight(widget)
        self._click_at(widget, widget.rect().center())

    def click_on(self, widget: QWidget, where: Callable[[QRect], QPoint]) -> None:
        """Press a place of a part."""
        self._bring_into_sight(widget)
        self._click_at(widget, where(widget.rect()))

    def button(self, words: str) -> QAbstractButton:
        """The one button in front that says so."""
        there = [each for each in front(self.window).findChildren(QAbstractButton) if each.isVisible()]
        found = [each for each in there if words in words_of(each)]
        assert len(found) == 1, (words, [words_of(each) for each in there])
        return found[0]

    def press(self, words: str) -> None:
        self.click(self.button(words))

    def choose(self, words: str) -> None:
        """Press an entry of the open menu."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "a menu is open"
        entry = next(each for each in menu.actions() if words in each.text())
        self._click_at(menu, menu.actionGeometry(entry).center())

    def click_cell(self, table: QTableView, index: QModelIndex) -> None:
        """Press the middle of a cell."""
        self.click_in(table, index, lambda cell: cell.center())

    def click_in(self, table: QTableView, index: QModelIndex, where: Callable[[QRect], QPoint]) -> None:
        """Press a place of a cell that is painted there: a box, an arrow."""
        self.scroll_to(table, index)
        self._click_at(table.viewport(), where(table.visualRect(index)))

    def drag(self, table: QTableView, first: QModelIndex, last: QModelIndex) -> None:
        """Press in one cell, turn the wheel until the other is seen, and let go there."""
        self.scroll_to(table, first)
        pane = table.viewport()
        start = table.visualRect(first).center()
        self._send(pane, QEvent.Type.MouseButtonPress, start)
        self._send(pane, QEvent.Type.MouseMove, start + QPoint(0, 8))
        self.scroll_to(table, last)
        end = table.visualRect(last).center()
        self._send(pane, QEvent.Type.MouseMove, end - QPoint(0, 8))
        self._send(pane, QEvent.Type.MouseMove, end)
        self._send(pane, QEvent.Type.MouseButtonRelease, end)
        self.window.settle()

    def _send(self, pane: QWidget, kind: QEvent.Type, at: QPoint) -> None:
        """With the left button held: what QTest sends of a move knows of no button."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind is QEvent.Type.MouseMove else left
        held = none if kind is QEvent.Type.MouseButtonRelease else left
        place, there = QPointF(at), QPointF(pane.mapToGlobal(at))
        QApplication.sendEvent(pane, QMouseEvent(kind, place, there, button, held, _NONE))
        QApplication.processEvents()

    def click_beside(self) -> None:
        """Press in the window, beside the panel that is open: that closes it."""
        panel = front(self.window)
        assert panel is not self.window.main, "a panel is open"
        self._send(panel, QEvent.Type.MouseButtonPress, QPoint(-40, panel.height() // 2))
        self.window.settle()

    def open_menu(self, table: QTableView, index: QModelIndex) -> None:
        """The right button on a cell."""
        self.scroll_to(table, index)
        pane, at = table.viewport(), table.visualRect(index).center()
        QTest.mouseClick(pane, Qt.MouseButton.RightButton, _NONE, at)
        # The computer makes this of the press; QTest leaves it out.
        wished = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, pane.mapToGlobal(at))
        QApplication.sendEvent(pane, wished)
        self.window.settle()

    def scroll_to(self, table: QTableView, index: QModelIndex) -> None:
        """Turn the wheel over the table until a cell is seen whole."""
        assert index.isValid()
        pane = table.viewport()
        while not pane.rect().contains(table.visualRect(index)):
            bar = table.verticalScrollBar()
            before = bar.value()
            down = table.visualRect(index).bottom() > pane.rect().bottom()
            self._turn(pane, -120 if down else 120)
            assert bar.value() != before, "the wheel moves the table"
        self.window.settle()

    def _bring_into_sight(self, widget: QWidget) -> None:
        for area in _areas_around(widget):
            pane = area.viewport()
            while not pane.rect().contains(widget.rect().center() + widget.mapTo(pane, QPoint())):
                bar = area.verticalScrollBar()
                before = bar.value()
                self._turn(pane, -120 if widget.mapTo(pane, QPoint()).y() > 0 else 120)
                assert bar.value() != before, f"the wheel does not bring {words_of(widget)} into sight"
                QApplication.processEvents()

    def _turn(self, pane: QWidget, steps: int) -> None:
        at = QPointF(pane.rect().center())
        turned = QWheelEvent(
            at,
            QPointF(pane.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, steps),
            Qt.MouseButton.NoButton,
            _NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(pane, turned)

    def _click_at(self, widget: QWidget, at: QPoint) -> None:
        top = widget.window()
        assert top is front(self.window), f"{words_of(widget)} is behind {front(self.window)}"
        assert widget.isVisible()
        assert widget.isEnabled(), f"{words_of(widget)} cannot be pressed"
        seen = top if widget is top else _if_any(top.childAt(widget.mapTo(top, at)))
        assert seen is widget or (seen is not None and widget.isAncestorOf(seen)), (
            f"{words_of(widget)} is covered by {seen}"
        )
        pressed = widget if isinstance(widget, QAbstractButton) else seen
        place = pressed.mapFrom(widget, at) if pressed is not widget else at
        QTest.mouseMove(pressed, place)
        QTest.mouseClick(pressed, Qt.MouseButton.LeftButton, _NONE, place)
        self.window.settle()


def _areas_around(widget: QWidget) -> Iterator[QScrollArea]:
    """Those of the same window."""
    inside: QWidget | None = widget
    while inside is not None and not inside.isWindow():
        inside = inside.parentWidget()
        if isinstance(inside, QScrollArea):
            yield inside
