"""Rows of which some are chosen with a box: artists, addressees, works."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, Cell, TextCell, spoken
from artist_console.ui.text import say
from artist_console.ui.tokens import Token

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class PickRow:
    """`value` says which it is; `sought` holds further words by which it is found."""

    value: Hashable
    title: str
    second: str = ""
    beside: str = ""
    beside_second: str = ""
    sought: str = ""

    def holds(self, words: Sequence[str]) -> bool:
        held = " ".join((self.title, self.second, self.beside, self.sought)).casefold()
        return all(word in held for word in words)


class PickColumn(IntEnum):
    CHOOSE = 0
    TITLE = 1
    BESIDE = 2


class PickModel(QAbstractTableModel):
    """What is chosen stays chosen while the rows are narrowed."""

    chosen_changed = Signal()

    def __init__(self, title: str, beside: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._title, self._beside = title, beside
        self._every: tuple[PickRow, ...] = ()
        self.rows: tuple[PickRow, ...] = ()
        self._chosen: dict[Hashable, None] = {}

    # Rows

    def show_every(self, rows: Sequence[PickRow]) -> None:
        """Other rows; what is chosen and not among them is let go."""
        self._every = tuple(rows)
        there = {each.value for each in rows}
        self._chosen = {value: None for value in self._chosen if value in there}
        self.narrow("")

    def narrow(self, text: str) -> None:
        words = text.casefold().split()
        self.beginResetModel()
        self.rows = tuple(each for each in self._every if each.holds(words))
        self.endResetModel()
        self.chosen_changed.emit()

    @property
    def every(self) -> tuple[PickRow, ...]:
        return self._every

    def place_of(self, value: Hashable) -> int | None:
        return next((n for n, each in enumerate(self.rows) if each.value == value), None)

    # Choosing

    @property
    def chosen(self) -> tuple[Hashable, ...]:
        """In the order of the rows."""
        return tuple(each.value for each in self._every if each.value in self._chosen)

    def choose(self, values: Iterable[Hashable]) -> None:
        """Exactly these."""
        there = {each.value for each in self._every}
        self._chosen = {value: None for value in values if value in there}
        self._tell()

    def choose_shown(self, on: bool) -> None:
        """All rows that are shown, or none of them."""
        shown = {each.value: None for each in self.rows}
        if on:
            self._chosen |= shown
        else:
            self._chosen = {value: None for value in self._chosen if value not in shown}
        self._tell()

    def _tell(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, PickColumn.BESIDE))
        self.chosen_changed.emit()

    # Qt

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(PickColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("", self._title, self._beside)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], PickColumn(index.column())
        if role == ROW_ROLE:
            return row
        if column is PickColumn.CHOOSE:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.value in self._chosen else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return say("pick", "Choose {name}", name=row.title)
            return None
        cell: Cell
        if column is PickColumn.TITLE:
            cell = TextCell(row.title, row.second, weight="medium")
        else:
            cell = TextCell(row.beside, row.beside_second, tone=Token.TEXT_2)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.spoken()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.headerData(column, Qt.Orientation.Horizontal) or "", cell)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == PickColumn.CHOOSE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        if index.column() != PickColumn.CHOOSE:
            return False
        picked = self.rows[index.row()].value
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._chosen[picked] = None
        else:
            self._chosen.pop(picked, None)
        self._tell()
        return True
