"""Lines of one statement in their order, fetched in blocks; a correction stands under what it corrects."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Signal

from artist_console.commands.earnings import LineView
from artist_console.domain import words as domain
from artist_console.domain.statements import MoneyNature
from artist_console.ui.delegates.cells import (
    Cell,
    MoneyCell,
    TextCell,
    TreeCell,
)
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.tables.rows_model import RowsModel
from artist_console.ui.text import say
from artist_console.ui.tokens import Token

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
BLOCK = 500


class LinesColumn(IntEnum):
    NUMBER = 0
    WORK = 1
    KIND = 2
    MONTH = 3
    QUANTITY = 4
    AMOUNT = 5


class LinesModel(RowsModel[LineView, LinesColumn]):
    """Asks for the next block when the end comes into sight."""

    columns = LinesColumn

    block_wanted = Signal(int)  # offset

    def __init__(self, words: MoneyWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._more = False
        self._asked = -1
        self.rows: tuple[LineView, ...] = ()

    def start(self, words: MoneyWords) -> None:
        """Empty it and ask for the first block."""
        self.beginResetModel()
        self.rows = ()
        self._words = words
        self._more = False
        self._asked = 0
        self.endResetModel()
        self.block_wanted.emit(0)

    def take(self, offset: int, rows: Sequence[LineView]) -> None:
        """Take a block that was asked for; one that does not follow is dropped."""
        if offset != len(self.rows):
            return
        if rows:
            self.beginInsertRows(_NO_INDEX, offset, offset + len(rows) - 1)
            self.rows = (*self.rows, *rows)
            self.endInsertRows()
        self._more = len(rows) == BLOCK

    def show_words(self, words: MoneyWords) -> None:
        """Write the amounts in another way."""
        self._words = words
        if self.rows:
            self.dataChanged.emit(
                self.index(0, LinesColumn.AMOUNT), self.index(len(self.rows) - 1, LinesColumn.AMOUNT)
            )

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and self._asked < len(self.rows)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = len(self.rows)
            self.block_wanted.emit(self._asked)

    def title(self, column: LinesColumn) -> str:
        match column:
            case LinesColumn.NUMBER:
                return say("lines", "Line")
            case LinesColumn.WORK:
                return say("lines", "For")
            case LinesColumn.KIND:
                return say("lines", "What it is")
            case LinesColumn.MONTH:
                return say("lines", "Month")
            case LinesColumn.QUANTITY:
                return say("lines", "Counted")
            case LinesColumn.AMOUNT:
                return say("lines", "Amount")

    def sort_key(self, row: LineView, column: LinesColumn) -> object:
        return row.line.amount if column is LinesColumn.AMOUNT else row.line.number

    def cell(self, row: LineView, column: LinesColumn) -> Cell:
        line, figures = row.line, self._words.figures
        match column:
            case LinesColumn.NUMBER:
                return TextCell(figures.number(line.number), tone=Token.TEXT_3, end=True, figures=True)
            case LinesColumn.WORK:
                title = row.work_title or say("lines", "No work named")
                if line.corrects is not None:
                    return TreeCell(title, corrects_words(row), depth=1)
                return TextCell(title, row.programme_name, weight="medium")
            case LinesColumn.KIND:
                return TextCell(
                    domain_words(row.kind_words), domain_words(domain.NATURE[row.nature]), tone=Token.TEXT
                )
            case LinesColumn.MONTH:
                return TextCell(figures.month(line.month), tone=Token.TEXT_2)
            case LinesColumn.QUANTITY:
                counted = figures.number(line.quantity) if line.quantity is not None else ""
                return TextCell(counted, tone=Token.TEXT_2, end=True, figures=True)
            case LinesColumn.AMOUNT:
                return MoneyCell(self._words.money(line.currency, line.amount), range_words(row, self._words))


def corrects_words(view: LineView) -> str:
    """Which line it corrects; empty for most."""
    if view.line.corrects is None:
        return ""
    if view.line.corrects_statement not in (None, view.line.statement):
        return say("lines", "Corrects line {n} of another statement", n=view.line.corrects)
    return say("lines", "Corrects line {n}", n=view.line.corrects)


def range_words(view: LineView, words: MoneyWords) -> str:
    """Between what an estimate lies; empty for money that is none."""
    line = view.line
    if (
        view.nature is not MoneyNature.ESTIMATED
        or line.confidence_low is None
        or line.confidence_high is None
    ):
        return ""
    return say(
        "lines",
        "{low} to {high}",
        low=words.money(line.currency, line.confidence_low),
        high=words.money(line.currency, line.confidence_high),
    )
