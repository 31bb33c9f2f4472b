"""Made-up cover pictures, badges and the mark of the application."""

from __future__ import annotations

from math import ceil
from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.painting import fill_round, painter_for, round_path, text_width

_COVERS_KEPT = 200
_covers: dict[tuple[str, str, str, float, float, bool], QPixmap] = {}


def paint_cover(painter: QPainter, theme: Theme, rect: QRectF, key: str, *, round: bool = False) -> None:
    """The picture of a release or artist that brings none: the same key has the same one everywhere."""
    covers = theme.tokens.covers
    first, last = covers[crc32(key.encode()) % len(covers)]
    ratio = painter.device().devicePixelRatioF()
    kept = (first, last, theme.tokens.cover_rings, rect.width(), ratio, round)
    pixmap = _covers.get(kept)
    if pixmap is None:
        if len(_covers) >= _COVERS_KEPT:
            _covers.clear()
        pixmap = _covers[kept] = _cover(first, last, theme.tokens.cover_rings, rect.width(), ratio, round)
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))


def _cover(first: str, last: str, rings: str, size: float, ratio: float, round: bool) -> QPixmap:
    side = max(1, ceil(size * ratio))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    rect = QRectF(0, 0, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = rect.width() / 2 if round else max(4.0 * ratio, rect.width() / 8)
    gradient = QLinearGradient(rect.topLeft(), rect.bottomRight())
    gradient.setColorAt(0, QColor(first))
    gradient.setColorAt(1, QColor(last))
    path = round_path(rect, radius)
    painter.fillPath(path, gradient)
    painter.setClipPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(rings), max(0.9, rect.width() / 36)))
    centre = QPointF(rect.x() + rect.width() * 0.71, rect.y() + rect.height() * 0.71)
    for part in (0.22, 0.41, 0.59):
        painter.drawEllipse(centre, rect.width() * part, rect.height() * part)
    painter.end()
    return pixmap


class Cover(QWidget):
    """A cover or portrait; decoration, so it is not spoken."""

    def __init__(
        self,
        theme: Theme,
        key: str = "",
        size: int = 32,
        *,
        round: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._round = round
        self.setFixedSize(QSize(size, size))

    def show_key(self, key: str, *, round: bool | None = None) -> None:
        self._key = key
        self._round = self._round if round is None else round
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_cover(
            painter_for(self),
            self._theme,
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5),
            self._key,
            round=self._round,
        )


def badge_width(theme: Theme, n: int) -> float:
    font = theme.font(TextRole.CAPTION, 600, tabular=True)
    return max(theme.px(18) + 2.0, text_width(font, _number(n)) + 12)


def paint_badge(painter: QPainter, theme: Theme, right_centre: QPointF, n: int) -> QRectF:
    """A number that waits, ending at a point; gives where it lies."""
    height = theme.px(18)
    width = badge_width(theme, n)
    box = QRectF(right_centre.x() - width, right_centre.y() - height / 2, width, height)
    colours = theme.tint(Tint.ASK)
    fill_round(painter, box, height / 2, colours.back)
    painter.setFont(theme.font(TextRole.CAPTION, 600, tabular=True))
    painter.setPen(colours.on_back)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # "99+" keeps its order
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _number(n))
    return box


def _number(n: int) -> str:
    return "99+" if n > 99 else str(n)


class Badge(QWidget):
    """How many wait; nothing at all for none."""

    def __init__(self, theme: Theme, n: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._n = n
        theme.changed.connect(self._measure)
        self.show_number(n)

    def show_number(self, n: int, spoken: str = "") -> None:
        self._n = n
        self.setVisible(n > 0)
        self.setAccessibleName(spoken or say_count("badge", "{n} waiting", "{n} waiting", n))
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(int(badge_width(self._theme, self._n) + 1), self._theme.px(18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        paint_badge(painter, self._theme, QPointF(self.width(), self.height() / 2), self._n)

    def _measure(self) -> None:
        self.updateGeometry()
        self.update()


class AppMark(QWidget):
    """The mark of the application in the accent colour."""

    def __init__(self, theme: Theme, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rect = QRectF(self.rect())
        fill_round(painter, rect, rect.width() / 4, self._theme.colour(Token.ACCENT))
        inset = rect.width() * 0.16
        box = rect.adjusted(inset, inset, -inset, -inset)
        self._theme.icons.paint(painter, box, Icon.MARK, self._theme.colour(Token.ON_ACCENT), heavy=True)
