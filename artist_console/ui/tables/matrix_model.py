"""The consent matrix as a table: a tree of all, releases and works down, uses or programmes across.

Values come from the store lane; nothing is computed while painting.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from artist_console.commands.cells import DraftMark
from artist_console.commands.matrix import Matrix, MatrixColumn, MatrixRow, MatrixRowKind
from artist_console.commands.matrix import MatrixCell as Found
from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, MatrixCell, TextCell, TreeCell, spoken
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.tables.matrix_cells import is_empty, shown_cell, spoken_cell
from artist_console.ui.text import say
from artist_console.ui.tokens import Token

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Column 0 is the tree; it stands for every use. The others are the columns of the matrix."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix: Matrix | None = None
        self._opened: frozenset[str] = frozenset()
        self._drafts: Mapping[tuple[str, str], DraftMark] = {}
        self._chosen: dict[str, None] = {}
        self._made: dict[tuple[int, int], MatrixCell | TextCell] = {}  # cells that have been in sight

    @property
    def matrix(self) -> Matrix | None:
        return self._matrix

    @property
    def chosen(self) -> tuple[MatrixRow, ...]:
        """Rows whose box is ticked, from top to bottom."""
        rows = self._matrix.rows if self._matrix else ()
        return tuple(row for row in rows if row.key in self._chosen)

    def show_matrix(
        self,
        matrix: Matrix,
        opened: frozenset[str],
        drafts: Mapping[tuple[str, str], DraftMark],
    ) -> None:
        """Show another state. Rows and columns that stay keep selection and current cell."""
        former = self._matrix
        same = former is not None and (
            [row.key for row in former.rows] == [row.key for row in matrix.rows]
            and former.columns == matrix.columns
        )
        if not same:
            self.beginResetModel()
        self._matrix = matrix
        self._opened = opened
        self._drafts = drafts
        self._made = {}
        there = {row.key for row in matrix.rows}
        self._chosen = {key: None for key in self._chosen if key in there}
        if same:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.endResetModel()

    # Places

    def row_at(self, index: Index) -> MatrixRow | None:
        if self._matrix is None or not index.isValid():
            return None
        return self._matrix.rows[index.row()]

    def column_at(self, index: Index) -> MatrixColumn | None:
        """The column of a cell; None in the first, which stands for every use."""
        if self._matrix is None or not index.isValid() or index.column() == 0:
            return None
        return self._matrix.columns[index.column() - 1]

    def place_of(self, row: str, column: str) -> QModelIndex:
        """The cell of two keys; an empty column is the first one."""
        if self._matrix is None:
            return QModelIndex()
        rows = [each.key for each in self._matrix.rows]
        columns = ["", *(each.key for each in self._matrix.columns)]
        if row not in rows or column not in columns:
            return QModelIndex()
        return self.index(rows.index(row), columns.index(column))

    def cell_at(self, index: Index) -> Found | None:
        """What stands at a place; None in the tree and outside."""
        row, column = self.row_at(index), self.column_at(index)
        if row is None or column is None or self._matrix is None:
            return None
        return self._matrix.cells[row.key, column.key]

    def draft_at(self, index: Index) -> DraftMark | None:
        row, column = self.row_at(index), self.column_at(index)
        return self._drafts.get((row.key, column.key)) if row and column else None

    # What Qt asks

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.columns) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._matrix is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return say("matrix", "Music")
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        column = self._matrix.columns[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{domain_words(column.title)}\n{domain_words(column.subtitle)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say("matrix", "{title}, {subtitle}", title=column.title, subtitle=column.subtitle)
        if role == ROW_ROLE and column.family is not None:
            return column.key in self._opened
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if not index.isValid():
            return base
        return base | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None or self._matrix is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.BackgroundRole and row.kind in (MatrixRowKind.ALL, MatrixRowKind.PERSON):
            return Token.SUNKEN.value
        if index.column() == 0:
            return self._tree_data(row, role)
        if role == CELL_ROLE:
            return self._cell(index.row(), index.column())
        column = self._matrix.columns[index.column() - 1]
        found = self._matrix.cells[row.key, column.key]
        draft = self._drafts.get((row.key, column.key))
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if is_empty(found) else shown_cell(found, row, column, draft).chip.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say(
                "matrix",
                "{row}. {cell}",
                row=row.title,
                cell=spoken_cell(found, row, column, draft),
            )
        return None

    def _cell(self, row_number: int, column_number: int) -> MatrixCell | TextCell:
        place = (row_number, column_number)
        if place not in self._made:
            assert self._matrix is not None, "there are cells"
            row, column = self._matrix.rows[row_number], self._matrix.columns[column_number - 1]
            found = self._matrix.cells[row.key, column.key]
            draft = self._drafts.get((row.key, column.key))
            if is_empty(found) and draft is None:
                self._made[place] = TextCell("–", tone=Token.TEXT_3)
            else:
                self._made[place] = shown_cell(found, row, column, draft)
        return self._made[place]

    def _tree_data(self, row: MatrixRow, role: int) -> Any:
        cell = TreeCell(
            row.title,
            row_second(row),
            row.depth,
            row.has_children,
            row.key in self._opened,
            _ICONS.get(row.kind),
        )
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.key in self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(say("matrix", "Music"), cell)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._chosen[row.key] = None
        else:
            self._chosen.pop(row.key, None)
        self.dataChanged.emit(index, index)
        self.chosen_changed.emit()
        return True

    def choose_none(self) -> None:
        if self._chosen:
            self._chosen = {}
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
            self.chosen_changed.emit()


_ICONS = {MatrixRowKind.ALL: Icon.WORKS, MatrixRowKind.PERSON: Icon.VOICE}


def row_second(row: MatrixRow) -> str:
    """The quiet line under a title: works have none, so that the tree stays easy to scan."""
    match row.kind:
        case MatrixRowKind.ALL:
            return say("matrix", "Your default")
        case MatrixRowKind.WORK:
            return ""
        case _:
            return row.subtitle
