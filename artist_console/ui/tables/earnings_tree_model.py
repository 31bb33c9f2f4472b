"""What was earned, year > programme or kind > statement, as a tree that stands in a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from artist_console.commands.earnings import EarningsLevel, EarningsRow
from artist_console.domain import words as domain
from artist_console.ui.delegates.cells import (
    Cell,
    ChipCell,
    MoneyCell,
    TextCell,
    TreeCell,
)
from artist_console.ui.looks import check_chip
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords, period_words
from artist_console.ui.tables.rows_model import RowsModel
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Token

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DEPTH = {EarningsLevel.PERIOD: 1, EarningsLevel.PROGRAMME: 2, EarningsLevel.STATEMENT: 3}


class TreeColumn(IntEnum):
    WHAT = 0
    NATURE = 1
    CHECK = 2
    LINES = 3
    AMOUNT = 4


class EarningsTreeModel(RowsModel[EarningsRow, TreeColumn]):
    """Rows come parents first; a closed row hides what is below it."""

    columns = TreeColumn

    shown_changed = Signal()

    def __init__(self, words: MoneyWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._all: tuple[EarningsRow, ...] = ()
        self._open: set[str] = set()
        self.rows: tuple[EarningsRow, ...] = ()

    def show_rows(self, rows: Sequence[EarningsRow], words: MoneyWords) -> None:
        """Show these rows; what was open stays open, and the newest period is open at first."""
        self.beginResetModel()
        if not self._all and rows:
            self._open.add(rows[0].key)
        self._all = tuple(rows)
        self._words = words
        self.rows = self._seen()
        self.endResetModel()
        self.shown_changed.emit()

    def toggle(self, index: QModelIndex) -> None:
        """Open or close a row."""
        if not index.isValid():
            return
        self.set_open(index.row(), self.rows[index.row()].key not in self._open)

    def set_open(self, place: int, is_open: bool) -> None:
        row = self.rows[place]
        if row.level is EarningsLevel.STATEMENT or (row.key in self._open) is is_open:
            return
        below = [each for each in self._all if each.key.startswith(f"{row.key}/")]
        if is_open:
            self._open.add(row.key)
            after = self._seen()
            added = len(after) - len(self.rows)
            self.beginInsertRows(_NO_INDEX, place + 1, place + added)
            self.rows = after
            self.endInsertRows()
        else:
            self._open.discard(row.key)
            gone = sum(each in self.rows for each in below)
            self.beginRemoveRows(_NO_INDEX, place + 1, place + gone)
            self.rows = self._seen()
            self.endRemoveRows()
        self.dataChanged.emit(self.index(place, 0), self.index(place, 0))
        self.shown_changed.emit()

    def _seen(self) -> tuple[EarningsRow, ...]:
        shown: list[EarningsRow] = []
        open_keys: set[str] = {""}
        for row in self._all:
            if row.parent in open_keys:
                shown.append(row)
                if row.key in self._open:
                    open_keys.add(row.key)
        return tuple(shown)

    def title(self, column: TreeColumn) -> str:
        match column:
            case TreeColumn.WHAT:
                return say("earnings", "Period, programme, statement")
            case TreeColumn.NATURE:
                return say("earnings", "Kind of money")
            case TreeColumn.CHECK:
                return say("earnings", "Check")
            case TreeColumn.LINES:
                return say("earnings", "Lines")
            case TreeColumn.AMOUNT:
                return say("earnings", "Earned from AI")

    def sort_key(self, row: EarningsRow, column: TreeColumn) -> object:
        return row.amount

    def cell(self, row: EarningsRow, column: TreeColumn) -> Cell:
        figures = self._words.figures
        match column:
            case TreeColumn.WHAT:
                expandable = row.level is not EarningsLevel.STATEMENT
                title = row.title
                if row.period is not None:
                    title = period_words(figures, *row.period)
                return TreeCell(
                    title,
                    row.title if row.period is not None else "",
                    _DEPTH[row.level],
                    expandable,
                    row.key in self._open,
                )
            case TreeColumn.NATURE:
                natures = ", ".join(domain_words(domain.NATURE[nature]) for nature in row.natures)
                return TextCell(natures, tone=Token.TEXT_2)
            case TreeColumn.CHECK:
                return ChipCell(check_chip(row.check)) if row.check is not None else TextCell("")
            case TreeColumn.LINES:
                return TextCell(
                    say_count("earnings", "1 line", "{n} lines", row.lines), tone=Token.TEXT_2, end=True
                )
            case TreeColumn.AMOUNT:
                return MoneyCell(self._words.money(row.currency, row.amount))
