"""Filters as round buttons: one of several chosen, or chips that can be taken away."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.layout import FlowLayout
from artist_console.ui.widgets.painting import (
    draw_words,
    fill_round,
    focus_ring,
    mirrored,
    painter_for,
    shows_focus,
    text_width,
)
from artist_console.ui.widgets.press import PressButton
from artist_console.ui.widgets.stops import move_to, one_stop

_PADDING = 11
_GAP = 8
_ICON = 14


class _Pill(PressButton):
    """A fully round button, 28 high."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)

    def sizeHint(self) -> QSize:
        font = self._theme.font(TextRole.BODY, 500)
        width = text_width(font, self._words) + 2 * _PADDING + self._extra_width()
        return QSize(round(width + 2), self._theme.height("pill"))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), self.sizeHint().height())

    def _extra_width(self) -> float:
        return 0.0

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        radius = rect.height() / 2
        if self.isChecked():
            # Without tints what is chosen is filled.
            contrast = theme.is_high_contrast
            fill_round(painter, rect, radius, theme.colour(Token.ACCENT if contrast else Token.ACCENT_SOFT))
            ink = theme.colour(Token.ON_ACCENT if contrast else Token.ACCENT_TEXT)
        else:
            fill = theme.colour(Token.HOVER) if self.underMouse() else None
            fill_round(painter, rect, radius, fill, theme.colour(Token.CONTROL_LINE), theme.border())
            ink = theme.colour(Token.TEXT_2)
        if shows_focus(self):
            focus_ring(painter, theme, rect, radius)
        self._paint_content(painter, rect, ink)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        room = rect.width() - 2 * _PADDING - self._extra_width() + 1
        place = mirrored(QRectF(_PADDING, 0, room, rect.height()), rect, mirrors)
        weight = 600 if self.isChecked() else 500
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        draw_words(painter, place, self._words, self._theme.font(TextRole.BODY, weight), ink, alignment)

    def _measure(self) -> None:
        self.updateGeometry()
        self.update()


class FilterPill(_Pill):
    """A filter with the number of rows that it lets through."""

    def __init__(
        self, theme: Theme, words: str, count: int | None = None, parent: QWidget | None = None
    ) -> None:
        self._count: str = ""
        super().__init__(theme, words, parent)
        self.setCheckable(True)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show a number; None shows none."""
        self._count = "" if count is None else self.locale().toString(count)
        spoken = self._words
        if self._count:
            spoken = say("pill", "{filter}, {count}", filter=self._words, count=self._count)
        self.setAccessibleName(spoken)
        self._measure()

    def sizeHint(self) -> QSize:
        # As wide as when it is chosen, so that choosing moves nothing.
        font = self._theme.font(TextRole.BODY, 600)
        width = text_width(font, self._words) + 2 * _PADDING + self._extra_width()
        return QSize(round(width + 2), self._theme.height("pill"))

    def _extra_width(self) -> float:
        return text_width(self._number_font(), self._count) + _GAP if self._count else 0.0

    def _number_font(self) -> QFont:
        return self._theme.font(TextRole.BODY, 500, tabular=True)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        super()._paint_content(painter, rect, ink)
        if self._count:
            mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            width = text_width(self._number_font(), self._count)
            place = QRectF(rect.right() - _PADDING - width - 1, 0, width + 2, rect.height())
            draw_words(painter, mirrored(place, rect, mirrors), self._count, self._number_font(), ink)


class RemovablePill(_Pill):
    """A further filter that holds now; pressing it takes it away."""

    removed = Signal()

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, parent)
        self.setAccessibleName(say("pill", "Remove the filter {filter}", filter=isolate(words)))
        self.clicked.connect(self.removed)

    def _extra_width(self) -> float:
        return self._theme.px(_ICON) + 5

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        super()._paint_content(painter, rect, ink)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size = self._theme.px(_ICON)
        place = QRectF(rect.right() - _PADDING - size + 3, (rect.height() - size) / 2, size, size)
        self._theme.icons.paint(painter, mirrored(place, rect, mirrors), Icon.CLOSE, ink)


class PillGroup(QWidget):
    """Filters of which one is chosen; one tab stop, arrows move, the next line where the width ends."""

    chosen = Signal(object)  # key

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pills: dict[Hashable, FilterPill] = {}
        self._current: Hashable | None = None
        self._layout = FlowLayout(self, gap=6)
        self.setAccessibleName(name or say("pill", "Filters"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def current(self) -> Hashable | None:
        return self._current

    def set_pills(self, pills: Iterable[tuple[Hashable, str, int | None]]) -> None:
        """Key, words and number of each filter, in order; the first is chosen."""
        for pill in self._pills.values():
            self._layout.removeWidget(pill)
            pill.deleteLater()
        self._pills = {}
        for key, words, count in pills:
            pill = self._pills[key] = FilterPill(self._theme, words, count, self)
            pill.clicked.connect(self._choose_sender)
            pill.installEventFilter(self)
            self._layout.addWidget(pill)
        if self._pills:
            self.set_current(next(iter(self._pills)))

    def set_counts(self, counts: Mapping[Hashable, int | None]) -> None:
        for key, count in counts.items():
            if key in self._pills:
                self._pills[key].set_count(count)

    def set_current(self, key: Hashable) -> None:
        self._current = key
        for other, pill in self._pills.items():
            pill.setChecked(other == key)
        one_stop(self._pills.values(), self._pills.get(key))

    def pill(self, key: Hashable) -> FilterPill:
        return self._pills[key]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            step = steps.get(Qt.Key(event.key()), 0)
            if step and mirrors and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                step = -step
            if step:
                self._move_from(watched, step)
                return True
        return False

    def _move_from(self, pill: QObject, step: int) -> None:
        pills = list(self._pills.values())
        here = next((i for i, other in enumerate(pills) if other is pill), 0)
        move_to(pills, pills[(here + step) % len(pills)])

    def _choose_sender(self) -> None:
        pressed = self.sender()
        for key, pill in self._pills.items():
            if pill is pressed:
                self.set_current(key)
                self.chosen.emit(key)
                return
