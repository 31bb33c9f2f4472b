"""Pictures of cells that are alike: a matrix of a hundred cells in sight shows perhaps ten that differ.

Painting words and signs takes ten times as long as copying what was painted before.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from artist_console.ui.delegates.cells import MatrixCell
from artist_console.ui.delegates.painting import Ground, paint_cell
from artist_console.ui.theme import Theme

_MOST = 400


class KeptPictures(QObject):
    """Paints cells of the matrix by copying; forgets all when the look changes."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: dict[tuple[MatrixCell, int, int, bool, float], QPixmap] = {}
        theme.changed.connect(self._kept.clear)

    def paint(self, ground: Ground, cell: MatrixCell) -> None:
        """What `paint_cell` paints, on whatever lies below."""
        size = ground.rect.size().toSize()
        ratio = ground.painter.device().devicePixelRatioF()
        key = (cell, size.width(), size.height(), ground.right_to_left, ratio)
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            picture = self._kept[key] = _painted(ground, cell, size, ratio)
        ground.painter.drawPixmap(ground.rect.topLeft(), picture)


def _painted(ground: Ground, cell: MatrixCell, size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(0, 0, size.width(), size.height())
    paint_cell(Ground(painter, ground.theme, rect, ground.right_to_left), cell)
    painter.end()
    return picture
