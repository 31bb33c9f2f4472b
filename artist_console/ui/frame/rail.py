"""The rail: where one can go. 212 wide, or 64 with icons alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say, set_tooltip
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.painting import (
    draw_words,
    fill_round,
    focus_ring,
    mirrored,
    painter_for,
    shows_focus,
)
from artist_console.ui.widgets.pictures import AppMark, badge_width, paint_badge
from artist_console.ui.widgets.stops import move_to, one_stop

_MARGIN = 12
_ICON = 18


@dataclass(frozen=True, slots=True)
class RailItem:
    """One place to go."""

    key: str
    words: str
    icon: Icon


class _RailButton(QPushButton):
    """One line of the rail."""

    def __init__(self, theme: Theme, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.item = item
        self.badge = 0
        self.spoken_badge = ""
        self.narrow = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tell()

    def tell(self) -> None:
        """Say name and badge; in the narrow rail the name is a tooltip."""
        spoken = self.item.words
        if self.badge:
            spoken = say("rail", "{page}, {badge}", page=spoken, badge=self.spoken_badge or str(self.badge))
        self.setAccessibleName(spoken)
        set_tooltip(self, spoken if self.narrow else "")
        self.update()

    def nextCheckState(self) -> None:
        """The page that is shown decides which one is marked."""

    def sizeHint(self) -> QSize:
        return QSize(40, self._theme.height("rail_item"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        radius = theme.radius("button")
        current = self.isChecked()
        ink = theme.colour(Token.ACCENT_TEXT if current else Token.TEXT)
        icon_ink = theme.colour(Token.ACCENT_TEXT if current else Token.TEXT_2)
        if current:
            line = theme.colour(Token.TEXT) if theme.is_high_contrast else None
            fill_round(painter, rect, radius, theme.colour(Token.ACCENT_SOFT), line, 2)
        elif self.underMouse():
            fill_round(painter, rect, radius, theme.colour(Token.SELECTED if theme.is_dark else Token.LINE))
        if shows_focus(self):
            focus_ring(painter, theme, rect, radius)
        size = theme.px(_ICON)
        left = (rect.width() - size) / 2 if self.narrow else 10
        box = mirrored(QRectF(left, (rect.height() - size) / 2, size, size), rect, mirrors)
        theme.icons.paint(painter, box, self.item.icon, icon_ink)
        if self.narrow:
            self._paint_dot(painter, box)
            return
        right = rect.width() - 8
        if self.badge:
            width = badge_width(theme, self.badge)
            place = mirrored(QRectF(right - width, 0, width, rect.height()), rect, mirrors)
            end = paint_badge(painter, theme, QPointF(place.right(), rect.center().y()), self.badge)
            right -= end.width() + 6
        words = mirrored(QRectF(10 + size + 10, 0, right - size - 20, rect.height()), rect, mirrors)
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        font = theme.font(TextRole.BODY, 600 if current else 500)
        draw_words(painter, words, self.item.words, font, ink, alignment)

    def _paint_dot(self, painter: QPainter, icon: QRectF) -> None:
        if self.badge:
            dot = QRectF(icon.right() - 1, icon.y() - 4, 8, 8)
            fill_round(painter, dot, 4, self._theme.tint(Tint.ASK).solid)


class Rail(QWidget):
    """Pages above, settings at the bottom; one tab stop, arrows move."""

    page_requested = Signal(str)
    made_anew = Signal()  # with other buttons

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrow = False
        self._buttons: dict[str, _RailButton] = {}
        self._current = ""
        self._stop = ""
        self._mark = AppMark(theme, 24)
        self._name = label("", TextRole.LEAD, weight="strong")
        self._top = QVBoxLayout()
        self._bottom = QVBoxLayout()
        for layout in (self._top, self._bottom):
            layout.setSpacing(2)
        head = row(self._mark, self._name, None, gap=10, margins=(8, 0, 0, 0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 17, _MARGIN, 14)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addSpacing(20)
        layout.addLayout(self._top)
        layout.addStretch(1)
        layout.addLayout(self._bottom)
        self._layout = layout
        self._head = head
        self.setAccessibleName(say("rail", "Pages"))
        theme.changed.connect(self._measure)
        self._measure()

    def set_app_name(self, words: str) -> None:
        self._name.setText(words)

    def set_items(self, items: Sequence[RailItem], bottom: Sequence[RailItem] = ()) -> None:
        """The places in their order, and those at the bottom."""
        badges = {key: (button.badge, button.spoken_badge) for key, button in self._buttons.items()}
        clear_layout(self._top)
        clear_layout(self._bottom)
        self._buttons = {}
        for layout, some in ((self._top, items), (self._bottom, bottom)):
            for item in some:
                button = _RailButton(self._theme, item, self)
                button.narrow = self._narrow
                button.badge, button.spoken_badge = badges.get(item.key, (0, ""))
                button.clicked.connect(self._request_sender)
                button.installEventFilter(self)
                button.tell()
                layout.addWidget(button)
                self._buttons[item.key] = button
        self.set_current(self._current)
        self.made_anew.emit()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The buttons in their order; Tab reaches one of them."""
        return tuple(self._buttons.values())

    def main_stop(self) -> QWidget | None:
        """The button that Tab reaches."""
        return self._buttons.get(self._stop)

    def set_badge(self, key: str, n: int, spoken: str = "") -> None:
        """How much waits there; 0 shows nothing. `spoken` is the whole phrase ("6 questions wait")."""
        if key in self._buttons:
            self._buttons[key].badge = n
            self._buttons[key].spoken_badge = spoken
            self._buttons[key].tell()

    def set_current(self, key: str) -> None:
        self._current = key
        stop = key if key in self._buttons else next(iter(self._buttons), "")
        for other, button in self._buttons.items():
            button.setChecked(other == key)
        if any(button.hasFocus() for button in self._buttons.values()) and stop:
            # The ring goes with the mark: two marks would be two places.
            move_to(self._buttons.values(), self._buttons[stop])
        one_stop(self._buttons.values(), self._buttons.get(stop))
        self._stop = stop

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        for button in self._buttons.values():
            button.narrow = narrow
            button.tell()
        self._measure()

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                buttons = list(self._buttons.values())
                here = next((i for i, button in enumerate(buttons) if button is watched), 0)
                move_to(buttons, buttons[(here + step) % len(buttons)])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
                watched.click()
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, self._theme.colour(Token.BG))
        line = QRectF(rect.width() - 1, 0, 1, rect.height())
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.fillRect(mirrored(line, rect, mirrors), self._theme.colour(Token.LINE))

    def _measure(self) -> None:
        theme = self._theme
        wide = max(theme.width("rail"), theme.px(theme.width("rail")))
        self.setFixedWidth(theme.width("rail_narrow") if self._narrow else wide)
        self._name.setVisible(not self._narrow)
        self._head.setContentsMargins(8, 0, 0, 0)
        self.updateGeometry()
        self.update()

    def _request_sender(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _RailButton):
            self.page_requested.emit(pressed.item.key)
