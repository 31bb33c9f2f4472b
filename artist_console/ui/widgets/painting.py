"""Strokes that several widgets and delegates share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QDialog, QWidget

from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Token

RING = 2.0

_FONTS_KEPT = 64
_WORDS_KEPT = 4_000


class _Measure:
    """Widths and cut texts of one font, kept: a table measures the same words at every frame."""

    def __init__(self, font: QFont) -> None:
        self.font = font  # held, so that its identity stays its own
        self.metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._cut: dict[tuple[str, float], str] = {}

    def width(self, words: str) -> float:
        found = self._widths.get(words)
        if found is None:
            if len(self._widths) >= _WORDS_KEPT:
                self._widths.clear()
            found = self._widths[words] = self.metrics.horizontalAdvance(words)
        return found

    def cut(self, words: str, room: float) -> str:
        if self.width(words) <= room:
            return words
        found = self._cut.get((words, room))
        if found is None:
            if len(self._cut) >= _WORDS_KEPT:
                self._cut.clear()
            found = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            self._cut[(words, room)] = found
        return found


_measures: dict[int, _Measure] = {}


def _measure(font: QFont) -> _Measure:
    found = _measures.get(id(font))
    if found is None:
        if len(_measures) >= _FONTS_KEPT:
            _measures.clear()
        found = _measures[id(font)] = _Measure(font)
    return found


def painter_for(widget: QWidget) -> QPainter:
    """A painter with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def fill_round(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: float = 1.0,
    style: Qt.PenStyle = Qt.PenStyle.SolidLine,
) -> None:
    """A rounded box whose line lies inside `rect`."""
    painter.setPen(Qt.PenStyle.NoPen if line is None else QPen(line, width, style))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    inset = width / 2 if line is not None else 0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, max(0.0, radius - inset), max(0.0, radius - inset))


def shows_focus(widget: QWidget) -> bool:
    """Whether a ring belongs around the widget: it has the keyboard, and the keyboard is what is used.

    Qt notes on the window that Tab, an arrow or a shortcut moved the focus, and forgets it at a press of the
    pointer. A dialog always shows where it begins.
    """
    window = widget.window()
    by_keys = window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    return widget.hasFocus() and (by_keys or isinstance(window, QDialog))


def focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """The ring of what has the keyboard, 2 wide, inside `rect`."""
    fill_round(painter, rect, radius, None, theme.colour(Token.FOCUS), RING)


def text_width(font: QFont, words: str) -> float:
    return _measure(font).width(words)


def draw_words(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    colour: QColor,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> bool:
    """One line, vertically centred, with "…" where it does not fit; gives whether all of it is there.

    The words keep their own direction; the alignment is a side, not a beginning.
    """
    shown = _measure(font).cut(words, rect.width() + 0.5)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.setFont(font)
    painter.setPen(colour)
    flags = alignment | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(rect, int(flags), shown)
    return shown == words


def mirrored(rect: QRectF, within: QRectF, right_to_left: bool) -> QRectF:
    """Where a box lies when its surroundings run from right to left."""
    if not right_to_left:
        return rect
    return QRectF(within.right() - (rect.right() - within.left()), rect.y(), rect.width(), rect.height())


def round_path(rect: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def mixed(first: QColor, second: QColor, part: float) -> QColor:
    """A colour between two, `part` of the second."""
    return QColor.fromRgbF(
        first.redF() * (1 - part) + second.redF() * part,
        first.greenF() * (1 - part) + second.greenF() * part,
        first.blueF() * (1 - part) + second.blueF() * part,
    )
