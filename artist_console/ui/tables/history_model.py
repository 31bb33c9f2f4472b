"""Decisions as rows of a table: recorded when, which answer, about what, by whom, and its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from artist_console.commands.history import HistoryRow
from artist_console.domain.history_states import HistoryState
from artist_console.domain.registers import Stance
from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, Cell, ChipCell, TextCell, spoken
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.history_words import (
    HistoryColumn,
    header_words,
    scope_words,
    stance_words,
    state_words,
)
from artist_console.ui.text import say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_CHIPS = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}


class HistoryModel(QAbstractTableModel):
    """The rows that pass the filters, newest first."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[HistoryRow, ...] = ()

    def show_rows(self, rows: Sequence[HistoryRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(HistoryColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return header_words(HistoryColumn(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        column = HistoryColumn(index.column())
        if role == ROW_ROLE:
            return row
        if role == CELL_ROLE:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column).spoken()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(header_words(column), self._cell(row, column))
        return None

    def _cell(self, row: HistoryRow, column: HistoryColumn) -> Cell:
        figures = self._desk.figures
        match column:
            case HistoryColumn.WHEN:
                return TextCell(figures.day(row.when), figures.time(row.when))
            case HistoryColumn.ANSWER:
                former = stance_words(row.former).lower() if row.former is not None else ""
                beside = say("history", "before: {answer}", answer=former) if former else ""
                return ChipCell(ChipValue(_CHIPS[row.stance], stance_words(row.stance)), beside)
            case HistoryColumn.ABOUT:
                about = say("history", "{subject} · {use}", subject=row.subject, use=scope_words(row.use))
                where = row.programme or say("history", "every programme")
                return TextCell(
                    about, " · ".join(part for part in (where, row.terms) if part), weight="medium"
                )
            case HistoryColumn.WHO:
                behalf = ""
                if row.on_behalf_of:
                    behalf = say("history", "for {artist}, by mandate", artist=row.on_behalf_of)
                return TextCell(row.made_by, behalf)
            case HistoryColumn.RECEIPT:
                return receipt_cell(row)


def receipt_cell(row: HistoryRow) -> Cell:
    """Where the decision stands: waits, recorded with its place, or why it was not applied."""
    match row.state:
        case HistoryState.SETTLED | HistoryState.UNREADABLE | HistoryState.DECLINED:
            did_not = say("history", "It did not count")
            return TextCell(state_words(row.state), did_not, tone=Token.TEXT_2)
        case HistoryState.CONFLICT:
            return ChipCell(ChipValue(ChipMeaning.CONFLICT))
        case HistoryState.NOT_AUTHORISED:
            return ChipCell(ChipValue(ChipMeaning.CO_SIGNATURE, say("history", "Not recorded")))
        case HistoryState.PROPOSED:
            return ChipCell(ChipValue(ChipMeaning.CO_SIGNATURE))
        case HistoryState.WAITS:
            return ChipCell(None, state_words(row.state), waiting=True)
        case HistoryState.RECORDED:
            number = say("history", "No. {n}", n=row.n)
            return TextCell(number, say("history", "Receipt here") if row.receipt else "", tone=Token.TEXT_2)
