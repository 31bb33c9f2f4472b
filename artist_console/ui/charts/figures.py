"""The figures of a chart as a table: the same words as the chart paints, cell by cell."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from artist_console.ui.charts.look import Look
from artist_console.ui.charts.values import ChartTable
from artist_console.ui.delegates.cells import CELL_ROLE, MoneyCell, TextCell, spoken
from artist_console.ui.delegates.table import PAD, Column
from artist_console.ui.tokens import TextRole
from artist_console.ui.widgets.painting import text_width

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_NOTHING = "–"
_LEAST, _NAMES_MOST = 44.0, 260


class FiguresModel(QAbstractTableModel):
    """Rows and columns as a `ChartTable` has them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = ChartTable((), ())

    def show_table(self, table: ChartTable) -> None:
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    @property
    def table(self) -> ChartTable:
        return self._table

    def columns(self, look: Look) -> tuple[Column, ...]:
        """As wide as their figures and headers; the first takes what room is left."""
        table = self._table
        columns = []
        for place, header in enumerate(table.headers):
            cells = [row[place] for row in table.rows]
            width = ceil(
                max(
                    text_width(look.font(TextRole.SMALL, 500), header),
                    *(text_width(look.font(TextRole.BODY, 600, tabular=True), each.words) for each in cells),
                    *(text_width(look.font(TextRole.SMALL, tabular=True), each.second) for each in cells),
                    _LEAST,
                )
                + 2 * PAD
                + 2
            )
            is_money = bool(place) and all(each.is_money for each in cells)
            if not is_money:
                width = min(width, _NAMES_MOST)
            columns.append(
                Column(f"c{place}", width, width, stretch=place == 0, end=is_money, sortable=False)
            )
        return tuple(columns)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._table.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._table.headers[section]

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

    def _cell(self, row: int, column: int) -> TextCell | MoneyCell:
        figure = self._table.rows[row][column]
        if not figure.is_money:
            return TextCell(figure.words, figure.second)
        return MoneyCell(figure.words, figure.second, quiet=figure.words == _NOTHING)
