"""A table of values that are shown as cells: what the short tables have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from enum import IntEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, SORT_ROLE, Cell, spoken

Index = QModelIndex | QPersistentModelIndex
Row = TypeVar("Row")
Column = TypeVar("Column", bound=IntEnum)
_NO_INDEX = QModelIndex()


class RowsModel(QAbstractTableModel, Generic[Row, Column]):
    """Rows in the order given. A subclass names its columns, their titles, and the cell of a row."""

    columns: type[Column]
    rows: Sequence[Row] = ()

    @abstractmethod
    def title(self, column: Column) -> str:
        """What stands above a column."""

    @abstractmethod
    def cell(self, row: Row, column: Column) -> Cell:
        """What stands in a row under a column."""

    @abstractmethod
    def sort_key(self, row: Row, column: Column) -> object:
        """What a column is put in order by."""

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.title(self.columns(section))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return self.value(self.rows[index.row()], index.column(), role)

    def value(self, row: Row, place: int, role: int) -> object:
        """What is so of a row in a column."""
        column = self.columns(place)
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return self.sort_key(row, column)
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(row, column)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.title(column), cell)
        return cell.spoken()
