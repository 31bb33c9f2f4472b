"""Lines of one statement in their order, fetched in blocks; a correction stands under what it corrects."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from artist_console.commands.earnings import LineView
from artist_console.domain.line_meanings import nature_words
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
BLOCK = 200
_BLOCKS_KEPT = 60  # about a dozen screens on either side; a statement may have millions of lines


class LinesColumn(IntEnum):
    NUMBER = 0
    WORK = 1
    KIND = 2
    MONTH = 3
    QUANTITY = 4
    AMOUNT = 5


class LinesModel(RowsModel[LineView, LinesColumn]):
    """Knows how many lines there are, and asks for the block of a row when the row is looked at.

    Blocks that were not looked at for long are let go.
    """

    columns = LinesColumn

    block_wanted = Signal(int)  # offset

    def __init__(self, words: MoneyWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._total = 0
        self._blocks: OrderedDict[int, tuple[LineView, ...]] = OrderedDict()
        self._asked: set[int] = set()

    @property
    def total(self) -> int:
        return self._total

    @property
    def rows(self) -> tuple[LineView, ...]:  # type: ignore[override]
        """The lines that are here, in their order."""
        return tuple(view for block in sorted(self._blocks) for view in self._blocks[block])

    def start(self, words: MoneyWords) -> None:
        """Empty it and ask for the first block."""
        self.beginResetModel()
        self._words = words
        self._total = 0
        self._blocks.clear()
        self._asked = {0}
        self.endResetModel()
        self.block_wanted.emit(0)

    def take(self, offset: int, rows: Sequence[LineView], total: int | None = None) -> None:
        """Take a block that was asked for. `total`: of all lines; without it these are all."""
        count = offset + len(rows) if total is None else total
        block = offset // BLOCK
        if total is not None and block not in self._asked:
            return  # of a former question
        self._asked.discard(block)
        if count != self._total:
            self.beginResetModel()
            self._total = count
            self._blocks.clear()
            self._keep(offset, rows)
            self.endResetModel()
            return
        self._keep(offset, rows)
        if rows:
            self.dataChanged.emit(
                self.index(offset, 0), self.index(offset + len(rows) - 1, len(LinesColumn) - 1)
            )

    def _keep(self, offset: int, rows: Sequence[LineView]) -> None:
        for start in range(0, len(rows), BLOCK):
            self._blocks[(offset + start) // BLOCK] = tuple(rows[start : start + BLOCK])
        while len(self._blocks) > max(_BLOCKS_KEPT, -(-len(rows) // BLOCK)):
            self._blocks.popitem(last=False)

    def row_at(self, place: int) -> LineView | None:
        """The line in a row, or None while its block is on its way."""
        block = place // BLOCK
        held = self._blocks.get(block)
        if held is not None:
            self._blocks.move_to_end(block)
            return held[place % BLOCK] if place % BLOCK < len(held) else None
        if 0 <= place < self._total and block not in self._asked:
            self._asked.add(block)
            self.block_wanted.emit(block * BLOCK)
        return None

    def place_of(self, number: int) -> int | None:
        """Where a line stands among those that are here, by its number."""
        return next(
            (
                block * BLOCK + place
                for block, held in self._blocks.items()
                for place, view in enumerate(held)
                if view.line.number == number
            ),
            None,
        )

    def show_words(self, words: MoneyWords) -> None:
        """Write the amounts in another way."""
        self._words = words
        if self._total:
            self.dataChanged.emit(
                self.index(0, LinesColumn.AMOUNT), self.index(self._total - 1, LinesColumn.AMOUNT)
            )

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Of a line that is on its way there is nothing yet."""
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        return self.value(row, index.column(), role)

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
                    domain_words(row.kind_words), domain_words(nature_words(line.kind)), tone=Token.TEXT
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
