"""A table of a fixed list of rows, told cell by cell; the rows stand in the order they are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, SORT_ROLE, Cell, spoken
from artist_console.ui.figures import Figures

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
RowT = TypeVar("RowT")


class FixedRows(QAbstractTableModel, Generic[RowT]):
    """A subclass names the headers and what stands in a row below each."""

    def __init__(self, figures: Figures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._figures = figures
        self.rows: tuple[RowT, ...] = ()

    def headers(self) -> tuple[str, ...]:
        raise NotImplementedError

    def cell(self, row: RowT, column: int) -> Cell:
        raise NotImplementedError

    def show_rows(self, rows: Sequence[RowT]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.headers())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.headers()[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        cell = self.cell(row, index.column())
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, SORT_ROLE):
            return cell.spoken()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.headers()[index.column()], cell)
        return None
