"""A chart of rows as a widget: works, artists, the steps of a waterfall. As high as its rows."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.ui.charts.chart import Chart
from artist_console.ui.charts.rows_drawing import RowsDrawing
from artist_console.ui.charts.rows_values import RowsData, spoken_row
from artist_console.ui.theme import Theme


class RowsChart(Chart):
    """Up and down walk, as left and right do."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._data = RowsData((), ("", ""))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    @property
    def data(self) -> RowsData:
        return self._data

    def show_data(self, data: RowsData) -> None:
        """Show other rows; none is marked until one is walked to or pressed."""
        self._data = data
        self.begin_at(-1, data.summary)
        self.updateGeometry()

    def point_count(self) -> int:
        return len(self._data.rows)

    def spoken_point(self, point: int) -> str:
        return spoken_row(self._data, point)

    def point_at(self, place: QPointF) -> int:
        return self.drawing().row_at(place)

    def drawing(self, width: float = 0.0) -> RowsDrawing:
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size = QSizeF(width or self.width(), self.height())
        return RowsDrawing(self._theme, self._data, size, self._marked, mirrors)

    def paint_chart(self, painter: QPainter) -> None:
        self.drawing().paint(painter)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self.drawing(width).height)

    def sizeHint(self) -> QSize:
        return QSize(420, int(self.drawing(420).height))

    def minimumSizeHint(self) -> QSize:
        # As high as it will be in the width that it has: a page that scrolls gives it no less.
        return QSize(200, int(self.drawing(max(200, self.width())).height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.mark(self._marked + 1)
            case Qt.Key.Key_Up:
                self.mark(self._marked - 1)
            case _:
                super().keyPressEvent(event)
