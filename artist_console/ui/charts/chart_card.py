"""A chart with its title, the legend above it, and the same figures as a table."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from artist_console.ui.charts.bars import StackedBars, series_colour
from artist_console.ui.charts.values import ChartData, Nature, Series, series_words
from artist_console.ui.delegates.cells import CELL_ROLE, MoneyCell, TextCell, spoken
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, row
from artist_console.ui.widgets.painting import fill_round, mixed, painter_for

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Swatch(QWidget):
    """The look of one series."""

    def __init__(self, theme: Theme, place: int, series: Series) -> None:
        super().__init__()
        self._theme = theme
        self._place = place
        self._series = series
        self.setFixedSize(QSize(12, 12))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        colour = series_colour(self._theme, self._place, self._series.key)
        box = QRectF(1, 1, 10, 10)
        if self._series.nature is Nature.ESTIMATED:
            fill_round(painter, box, 2, mixed(colour, self._theme.colour(Token.SURFACE), 0.72), colour, 1.2)
            painter.setPen(QPen(colour, 0))
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, 2, 2)
        else:
            fill_round(painter, box, 2.5, colour)


class Legend(QWidget):
    """Swatches and names, in the order of the series."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._flow = FlowLayout(self, gap=16)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_series(self, series: tuple[Series, ...]) -> None:
        clear_layout(self._flow)
        for place, one in enumerate(series):
            entry = QWidget()
            entry.setLayout(
                row(Swatch(self._theme, place, one), label(series_words(one), TextRole.SMALL, Token.TEXT_2))
            )
            self._flow.addWidget(entry)


class FiguresModel(QAbstractTableModel):
    """The figures of a chart: a row per point, a column per series, the sum at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = ChartData((), (), (), str)

    def show_data(self, data: ChartData) -> None:
        self.beginResetModel()
        self._data = data
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._data.count

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._data.series) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return say("chart", "Month")
        if section == len(self._data.series) + 1:
            return say("chart", "Sum")
        return series_words(self._data.series[section - 1])

    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        cell = self._cell(index.row(), index.column())
        match role:
            case _ if role == CELL_ROLE:
                return cell
            case Qt.ItemDataRole.DisplayRole:
                return cell.words
            case Qt.ItemDataRole.AccessibleTextRole:
                header = self.headerData(index.column(), Qt.Orientation.Horizontal) or ""
                return spoken(header, cell)
            case _:
                return None

    def _cell(self, point: int, column: int) -> TextCell | MoneyCell:
        data = self._data
        if column == 0:
            return TextCell(data.names[point])
        if column == len(data.series) + 1:
            return MoneyCell(data.money(data.total(point)))
        one = data.series[column - 1]
        value = one.values[point]
        if value is None:
            return MoneyCell("–", quiet=True)
        return MoneyCell(data.money(value), self._range(one, point))

    def _range(self, one: Series, point: int) -> str:
        bounds: tuple[Decimal, Decimal] | None = one.ranges[point] if point < len(one.ranges) else None
        if one.nature is not Nature.ESTIMATED or bounds is None:
            return ""
        low, high = self._data.money(bounds[0]), self._data.money(bounds[1])
        return say("chart", "{low} to {high}", low=low, high=high)


class ChartCard(Card):
    """Title, legend and chart; "Show as table" changes places with the chart."""

    def __init__(
        self, theme: Theme, title: str, parent: QWidget | None = None, *, framed: bool = True
    ) -> None:
        self.switch = LinkButton(theme, say("chart", "Show as table"))
        super().__init__(theme, title, self.switch, parent, padding=18 if framed else 0)
        self._framed = framed
        self.legend = Legend(theme)
        self.chart = StackedBars(theme)
        self.figures = FiguresModel(self)
        self.table = DataTable(theme, say("chart", "Figures of the chart {title}", title=title))
        self.table.setModel(self.figures)
        self._stack = QStackedLayout()
        self.body.addWidget(self.legend)
        # In the card first: a stack without a parent shows its first widget as a window of its own.
        self.body.addLayout(self._stack, 1)
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        self.switch.clicked.connect(self._change_places)

    @property
    def shows_table(self) -> bool:
        return self._stack.currentWidget() is self.table

    def show_data(self, data: ChartData) -> None:
        self.chart.show_data(data)
        shown = self.chart.data
        self.legend.show_series(shown.series)
        self.figures.show_data(shown)
        columns = [Column("month", 150, 110, stretch=True, sortable=False)]
        for one in shown.series:
            width = 170 if one.nature is Nature.ESTIMATED else 120
            columns.append(Column(one.key, width, 84, end=True, sortable=False))
        self.table.set_columns([*columns, Column("sum", 120, 84, end=True, sortable=False)])

    def show_as_table(self, as_table: bool) -> None:
        self._stack.setCurrentWidget(self.table if as_table else self.chart)
        self.legend.setVisible(not as_table)
        self.switch.set_words(say("chart", "Show as chart") if as_table else say("chart", "Show as table"))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._framed:
            super().paintEvent(event)

    def _change_places(self) -> None:
        self.show_as_table(not self.shows_table)
