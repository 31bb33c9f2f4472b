"""The works of a query, as the table shows them. Rows come from the store in blocks, sorted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.registers import Stance
from artist_console.domain.work_rows import WorkSort, WorksQuery, WorkSummary
from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, Cell, ChipCell, TextCell, spoken
from artist_console.ui.figures import Figures
from artist_console.ui.meanings import where_chip
from artist_console.ui.tables.works_cells import money_cell, permission_cell, work_cell
from artist_console.ui.text import say
from artist_console.ui.tokens import Token

Index = QModelIndex | QPersistentModelIndex
WorkKey = tuple[ArtistId, WorkId]

BLOCK = 200
NO_INDEX = QModelIndex()


class WorksColumn(IntEnum):
    """The columns, in the order in which they stand."""

    CHOOSE = 0
    WORK = 1
    WHERE = 2
    PERMISSION = 3
    EARNED = 4
    CHANGED = 5


SORTS = {
    WorksColumn.WORK: WorkSort.TITLE,
    WorksColumn.WHERE: WorkSort.WHERE,
    WorksColumn.PERMISSION: WorkSort.PERMISSION,
    WorksColumn.EARNED: WorkSort.EARNED,
    WorksColumn.CHANGED: WorkSort.CHANGED,
}


class WorksModel(QAbstractTableModel):
    """Total and blocks of rows of one `WorksQuery`.

    A row that is looked at before its block is there asks for the block by `block_wanted` and shows nothing
    yet. Editing is a wish: `setData` emits `stance_wished` and returns False.
    """

    block_wanted = Signal(object)  # WorksQuery with offset and limit
    query_wished = Signal(object)  # WorksQuery with another order
    stance_wished = Signal(object, object)  # WorkSummary, Stance
    chosen_changed = Signal()

    def __init__(
        self, figures: Figures, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._figures = figures
        self._clock = clock
        self._query = WorksQuery(limit=BLOCK)
        self._total = 0
        self._rows: dict[int, WorkSummary] = {}
        self._asked: set[int] = set()
        self._chosen: dict[WorkKey, WorkSummary] = {}

    # What is shown

    @property
    def query(self) -> WorksQuery:
        return self._query

    @property
    def total(self) -> int:
        return self._total

    def start(self, query: WorksQuery) -> None:
        """Take a new question; what is shown stays until its first block is there."""
        self._query = replace(query, offset=0, limit=BLOCK)
        self._asked = {0}
        self.block_wanted.emit(self._query)

    def take(self, query: WorksQuery, total: int, rows: Sequence[WorkSummary]) -> None:
        """A block has come. One of a former question is dropped."""
        if replace(query, offset=0, limit=BLOCK) != self._query:
            return
        if query.offset > 0 and total == self._total:
            self._rows.update(enumerate(rows, query.offset))
            self._tell(query.offset, query.offset + len(rows) - 1)
            return
        block = dict(enumerate(rows, query.offset))
        if total == self._total and query.offset == 0 and self._same_works(rows):
            # The same rows with other values: selection, focus and scroll position stay as they are.
            self._rows = block
            self._tell(0, self._total - 1)
        else:
            self.beginResetModel()
            self._total, self._rows = total, block
            self._asked = {query.offset // BLOCK}
            self.endResetModel()
        self._renew_chosen(rows)

    def _same_works(self, rows: Sequence[WorkSummary]) -> bool:
        return all(
            row in self._rows and _key(self._rows[row]) == _key(summary) for row, summary in enumerate(rows)
        )

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(WorksColumn) - 1))

    def row_at(self, row: int) -> WorkSummary | None:
        """The row, or None while its block is on its way."""
        found = self._rows.get(row)
        if found is None and 0 <= row < self._total:
            block = row // BLOCK
            if block not in self._asked:
                self._asked.add(block)
                self.block_wanted.emit(replace(self._query, offset=block * BLOCK))
        return found

    def row_of(self, work: WorkId) -> int | None:
        """Where a work stands among the rows that are here."""
        return next((row for row, summary in self._rows.items() if summary.work == work), None)

    # Choosing

    @property
    def chosen(self) -> tuple[WorkSummary, ...]:
        """The works with a tick, in the order in which they were ticked."""
        return tuple(self._chosen.values())

    def choose(self, rows: Iterable[int], on: bool) -> None:
        """Tick rows, or take the tick away."""
        for row in rows:
            summary = self.row_at(row)
            if summary is None:
                continue
            if on:
                self._chosen[_key(summary)] = summary
            else:
                self._chosen.pop(_key(summary), None)
        self._tell(0, self._total - 1)
        self.chosen_changed.emit()

    def choose_all(self, summaries: Iterable[WorkSummary]) -> None:
        self._chosen |= {_key(summary): summary for summary in summaries}
        self._tell(0, self._total - 1)
        self.chosen_changed.emit()

    def let_go(self, works: Collection[WorkKey]) -> None:
        """Take the tick away from these, wherever they are in the list."""
        if self._chosen.keys() & set(works):
            self._chosen = {key: summary for key, summary in self._chosen.items() if key not in works}
            self._tell(0, self._total - 1)
            self.chosen_changed.emit()

    def choose_none(self) -> None:
        if not self._chosen:
            return
        self._chosen.clear()
        self._tell(0, self._total - 1)
        self.chosen_changed.emit()

    def is_chosen(self, summary: WorkSummary) -> bool:
        return _key(summary) in self._chosen

    def _renew_chosen(self, rows: Iterable[WorkSummary]) -> None:
        for summary in rows:
            if _key(summary) in self._chosen:
                self._chosen[_key(summary)] = summary

    # Qt

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(WorksColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        summary = self.row_at(index.row())
        if summary is None:
            return None
        column = WorksColumn(index.column())
        if role == ROW_ROLE:
            return summary
        if column is WorksColumn.CHOOSE:
            return self._choose_data(summary, role)
        if role in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self._cell(summary, column)
            if role == CELL_ROLE:
                return cell
            return (
                spoken(header_words(column), cell)
                if role == Qt.ItemDataRole.AccessibleTextRole
                else cell.spoken()
            )
        return None

    def _choose_data(self, summary: WorkSummary, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_chosen(summary) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return say("works", "Choose {title}", title=summary.title)
        return None

    def _cell(self, summary: WorkSummary, column: WorksColumn) -> Cell:
        match column:
            case WorksColumn.WORK:
                return work_cell(summary, with_artist=self._query.artist is None)
            case WorksColumn.WHERE:
                return ChipCell(where_chip(summary))
            case WorksColumn.PERMISSION:
                return permission_cell(summary)
            case WorksColumn.EARNED:
                return money_cell(summary, self._figures)
            case _:
                return TextCell(self._changed(summary), tone=Token.TEXT_2, end=True)

    def _changed(self, summary: WorkSummary) -> str:
        if summary.changed_at is None:
            return ""
        return self._figures.short_day(summary.changed_at, self._clock().astimezone().date())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            column = WorksColumn(section)
            if column is WorksColumn.CHOOSE and role == Qt.ItemDataRole.DisplayRole:
                return ""
            return header_words(column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        if index.column() == WorksColumn.CHOOSE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == WorksColumn.PERMISSION:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        summary = self.row_at(index.row()) if index.isValid() else None
        if summary is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == WorksColumn.CHOOSE:
            self.choose([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if index.column() == WorksColumn.PERMISSION and isinstance(value, Stance):
            self.stance_wished.emit(summary, value)
        return False

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """A wish: the store sorts, and the page asks it."""
        wanted = SORTS.get(WorksColumn(column)) if 0 <= column < len(WorksColumn) else None
        if wanted is not None:
            self.query_wished.emit(
                replace(self._query, sort=wanted, descending=order == Qt.SortOrder.DescendingOrder, offset=0)
            )


def header_words(column: WorksColumn) -> str:
    match column:
        case WorksColumn.CHOOSE:
            return say("works", "Choose")
        case WorksColumn.WORK:
            return say("works", "Work")
        case WorksColumn.WHERE:
            return say("works", "Where it is")
        case WorksColumn.PERMISSION:
            return say("works", "Permission")
        case WorksColumn.EARNED:
            return say("works", "Earned")
        case WorksColumn.CHANGED:
            return say("works", "Changed")


def _key(summary: WorkSummary) -> WorkKey:
    return summary.artist, summary.work
