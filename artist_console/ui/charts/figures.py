"""The figures of a chart as a table: the same words as the chart paints, cell by cell."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from artist_console.ui.charts.values import ChartTable
from artist_console.ui.delegates.cells import CELL_ROLE, MoneyCell, TextCell, spoken
from artist_console.ui.delegates.table import Column

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_NOTHING = "–"


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

    def columns(self) -> tuple[Column, ...]:
        """How wide each is: the first takes what room is left."""
        table = self._table
        columns = [Column("name", 150, 110, stretch=True, sortable=False)]
        for place in range(1, len(table.headers)):
            is_money = all(row[place].is_money for row in table.rows)
            width = 170 if place in table.wide else 120
            columns.append(Column(f"c{place}", width, 84, end=is_money, sortable=False))
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
