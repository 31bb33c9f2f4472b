"""How a part of a chart is filled: counted and fixed money whole, an estimate hatched with a border."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from artist_console.ui.charts.look import Look
from artist_console.ui.charts.values import Nature
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.painting import mixed

_TINTED = 0.72
_LINE = 1.2
_STEP = 6.0  # between two lines of the hatching


def fill_part(painter: QPainter, look: Look, path: QPainterPath, colour: QColor, nature: Nature) -> None:
    """Fill a part with the look of its nature."""
    if nature is not Nature.ESTIMATED:
        painter.fillPath(path, colour)
        return
    surface = look.colour(Token.SURFACE)
    painter.fillPath(path, mixed(colour, surface, _TINTED))
    _hatch(painter, path, colour)
    painter.strokePath(path, QPen(colour, _LINE))


def fill_swatch(painter: QPainter, look: Look, box: QRectF, colour: QColor, nature: Nature) -> None:
    """The look of a series in a legend."""
    path = QPainterPath()
    if nature is Nature.ESTIMATED:
        path.addRoundedRect(box, 2, 2)
        painter.fillPath(path, mixed(colour, look.colour(Token.SURFACE), _TINTED))
        painter.setPen(QPen(colour, 0))
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawPath(path)
    else:
        path.addRoundedRect(box, 2.5, 2.5)
        painter.fillPath(path, colour)


def _hatch(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    """Lines rather than a pattern of pixels: paper has many more of those than a screen."""
    box = path.boundingRect()
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, _LINE))
    place = box.left() - box.height()
    # From one origin for all parts, so that neighbours do not clash.
    place -= place % _STEP
    while place < box.right():
        painter.drawLine(QPointF(place, box.bottom()), QPointF(place + box.height(), box.top()))
        place += _STEP
    painter.restore()


def rounded(box: QRectF, *, top: float = 0.0, end: float = 0.0) -> QPainterPath:
    """A box whose two upper corners, or all four, are round."""
    path = QPainterPath()
    if end:
        radius = max(0.0, min(end, box.width() / 2, box.height() / 2))
        path.addRoundedRect(box, radius, radius)
        return path
    radius = min(top, box.width() / 2, max(0.0, box.height()))
    if radius <= 0:
        path.addRect(box)
        return path
    path.moveTo(box.bottomLeft())
    path.lineTo(box.left(), box.top() + radius)
    path.quadTo(box.topLeft(), QPointF(box.left() + radius, box.top()))
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + radius))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path
