"""The lines of one statement as a table that asks for what is looked at: there may be millions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import earnings as earnings_commands
from artist_console.commands.console import Console
from artist_console.commands.earnings import LineView
from artist_console.domain.ids import StatementId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.problems import Problem
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.tables.lines_model import BLOCK, LinesColumn, LinesModel
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.states import StateStack

NO_FILTER = LineFilter()


@dataclass(frozen=True, slots=True)
class _Block:
    statement: StatementId
    where: LineFilter
    offset: int
    total: int
    lines: tuple[LineView, ...]


class StatementLines(QWidget):
    """A block is asked for when a row of it comes into sight."""

    line_opened = Signal(object)  # LineView
    line_pressed = Signal(object)  # LineView
    line_current = Signal(object)  # LineView
    left = Signal()
    filter_left = Signal()

    def __init__(self, desk: Desk, words: MoneyWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = words
        self._statement = StatementId("")
        self.where = NO_FILTER
        self._to_open: int | None = None
        self.model = LinesModel(words, self)
        self.model.block_wanted.connect(self._ask_block)
        theme = desk.theme
        self.table = DataTable(theme, say("statement", "Lines of the statement"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("number", 64, 48, end=True, sortable=False, gives_way=3),
                Column("work", 260, 180, stretch=True, sortable=False),
                Column("kind", 200, 140, sortable=False),
                Column("month", 140, 100, sortable=False, gives_way=1),
                Column("quantity", 100, 70, sortable=False, end=True, gives_way=2),
                Column("amount", 190, 110, sortable=False, end=True),
            ]
        )
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._press)
        self.table.current_changed.connect(self._follow)
        self.table.left.connect(self.left)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.states)

    def show_lines(self, statement: StatementId, where: LineFilter, words: MoneyWords) -> None:
        """The lines of a statement that pass a filter."""
        self._statement, self.where, self._words = statement, where, words
        self._to_open = None
        self.reload()

    def show_words(self, words: MoneyWords) -> None:
        self._words = words
        self.model.show_words(words)

    def reload(self) -> None:
        self.states.show_loading(say("statement", "Loading the lines"))
        self.model.start(self._words)

    def _ask_block(self, offset: int) -> None:
        statement, where, total = self._statement, self.where, self.model.total
        self._desk.ask(
            self,
            f"lines {offset}",
            lambda console: _block(console, statement, where, offset, total),
            self._take_block,
            self._fail,
        )

    def _take_block(self, block: _Block) -> None:
        if (block.statement, block.where) != (self._statement, self.where):
            return
        self.model.take(block.offset, block.lines, block.total)
        if block.total:
            self.states.show_content()
            self._open_wanted()
        elif self.where != NO_FILTER:
            clear = Button(self._desk.theme, say("statement", "Show all lines"))
            clear.clicked.connect(self.filter_left)
            self.states.show_empty(say("statement", "No line matches these filters."), "", clear)
        else:
            self.states.show_empty(
                say("statement", "The lines are not here yet"),
                say("statement", "They come with the next sync. Without them nothing can be checked."),
            )

    def _fail(self, problem: Problem) -> None:
        self.states.show_error(problem)

    # Lines

    @property
    def wanted(self) -> int | None:
        """The number of a line that opens as soon as it is here."""
        return self._to_open

    def open_number(self, number: int) -> None:
        """Bring a line into sight by its number and open it."""
        self._to_open = number
        if self.where != NO_FILTER:
            self.filter_left.emit()
            return
        # Lines are numbered from one in their order; corrections moved up shift some by a few.
        place = self.model.place_of(number)
        guess = place if place is not None else max(0, min(number - 1, self.model.total - 1))
        if self.model.total:
            self.table.setCurrentIndex(self.model.index(guess, LinesColumn.WORK))
            self._open_wanted()

    def _open_wanted(self) -> None:
        if self._to_open is None:
            return
        place = self.model.place_of(self._to_open)
        if place is None:
            # Looked at, its block is asked for, and the line opens when that is here.
            guess = max(0, min(self._to_open - 1, self.model.total - 1))
            if self.model.row_at(guess) is not None:
                self._ask_line(self._to_open)
            return
        self._to_open = None
        index = self.model.index(place, LinesColumn.WORK)
        self.table.setCurrentIndex(index)
        self._open(index)

    def _ask_line(self, number: int) -> None:
        """A line that stands elsewhere than its number says: it opens without being in sight."""
        self._to_open = None
        statement = self._statement
        self._desk.ask(
            self,
            "line",
            lambda console: earnings_commands.line(console, statement, number),
            self.line_opened.emit,
        )

    def _open(self, index: QModelIndex) -> None:
        self._tell(index, self.line_opened)

    def _press(self, index: QModelIndex) -> None:
        self._tell(index, self.line_pressed)

    def _follow(self, index: QModelIndex) -> None:
        self._tell(index, self.line_current)

    def _tell(self, index: QModelIndex, signal: object) -> None:
        view = index.data(ROW_ROLE)
        if isinstance(view, LineView):
            signal.emit(view)  # type: ignore[attr-defined]


def without(where: LineFilter, name: str) -> LineFilter:
    """A filter that no longer narrows down by one of its fields."""
    return replace(where, **{name: getattr(NO_FILTER, name)})


def _block(console: Console, statement: StatementId, where: LineFilter, offset: int, total: int) -> _Block:
    lines: Sequence[LineView] = earnings_commands.lines(console, statement, offset, BLOCK, where=where)
    count = total if offset and total else earnings_commands.line_count(console, statement, where)
    return _Block(statement, where, offset, count, tuple(lines))
