"""Stacked bars by month, and small ones for the details."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from artist_console.ui.charts.bars_drawing import BarsDrawing
from artist_console.ui.charts.chart import Chart
from artist_console.ui.charts.values import ChartData, spoken_point, with_other
from artist_console.ui.theme import Theme


class BarChart(Chart):
    """Bars over points in time, one of them marked with its value."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._data = ChartData((), (), (), str)

    @property
    def data(self) -> ChartData:
        return self._data

    def show_data(self, data: ChartData) -> None:
        """Show other figures; the last point with a figure is marked."""
        self._data = with_other(data)
        known = [p for p in range(data.count) if any(one.values[p] is not None for one in self._data.series)]
        self.begin_at(known[-1] if known else -1, data.summary)

    def point_count(self) -> int:
        return self._data.count

    def spoken_point(self, point: int) -> str:
        return spoken_point(self._data, point)

    def point_at(self, place: QPointF) -> int:
        return self.drawing().point_at(place)

    def value_place(self) -> QRectF:
        """Where the figure of the marked bar stands."""
        return self.drawing().value_place()

    def bar_box(self, point: int) -> QRectF:
        """Where the bar of a point stands."""
        return self.drawing().bar_box(point)

    def drawing(self) -> BarsDrawing:
        return BarsDrawing(self._theme, self._data, QSizeF(self.size()), self._marked)

    def sizeHint(self) -> QSize:
        return QSize(520, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 140)

    def paint_chart(self, painter: QPainter) -> None:
        self.drawing().paint(painter)


class StackedBars(BarChart):
    """Months by programme, or by kind."""


class SmallBars(BarChart):
    """One series, for the details."""

    def sizeHint(self) -> QSize:
        return QSize(320, self._theme.px(156))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._theme.px(140))
