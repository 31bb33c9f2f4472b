"""Every statement, newest first or as a tree from a year down: the way to a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands.earnings import EarningsLevel, EarningsRow, StatementRow
from artist_console.domain.ids import ProgrammeId, StatementId
from artist_console.ui.charts.values import ChartTable, Figure
from artist_console.ui.delegates.cells import ROW_ROLE, Cell, ChipCell, MoneyCell, TextCell
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.tables.earnings_tree_model import EarningsTreeModel, TreeColumn
from artist_console.ui.tables.fitting import fit_rows
from artist_console.ui.tables.statements_model import StatementsColumn, StatementsModel
from artist_console.ui.text import say
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import SectionHeading

_SHOWN_AT_FIRST = 6
_LIST, _TREE = "list", "tree"


class EarningsStatements(Card):
    """Opening a statement from a programme of the tree shows only the lines of that programme."""

    opened = Signal(object, object)  # StatementId, ProgrammeId or None

    def __init__(self, theme: Theme, words: MoneyWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent, padding=0)
        self.setAccessibleName(say("earnings", "Statements"))
        self.body.setContentsMargins(1, 12, 1, 8)
        self.body.setSpacing(8)
        self.by_programme = True
        self._all_shown = False
        self._found: tuple[StatementRow, ...] = ()
        self._rows: tuple[EarningsRow, ...] = ()
        self._words = words
        self._with_payee = False
        self.layout_pills = PillGroup(theme, say("earnings", "How statements are listed"))
        self.layout_pills.set_pills(
            [
                (_LIST, say("earnings", "Newest first"), None),
                (_TREE, say("earnings", "By year and programme"), None),
            ]
        )
        self.layout_pills.set_current(_LIST)
        self.layout_pills.chosen.connect(self._choose_layout)
        head = SectionHeading(theme, say("earnings", "Statements"), self.layout_pills)
        self.body.addLayout(row(head, margins=(17, 0, 17, 0)))
        self._build_list(theme)
        self._build_tree(theme)
        for table in (self.list, self.tree):
            table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.add(table)
        self.show_all = LinkButton(theme, "")
        self.show_all.clicked.connect(self._show_all)
        self.body.addLayout(row(self.show_all, None, margins=(10, 0, 10, 0)))

    def _build_list(self, theme: Theme) -> None:
        self.list_model = StatementsModel(self._words, self)
        self.list = DataTable(theme, say("earnings", "Statements"))
        self.list.setModel(self.list_model)
        self.list.set_columns(
            [
                Column("period", 210, 150, sortable=False),
                Column("issuer", 190, 110, sortable=False),
                Column("check", 320, 160, stretch=True, sortable=False),
                Column("amount", 160, 104, end=True, sortable=False),
            ]
        )
        self.list.opened.connect(self._open_row)
        self.list.clicked.connect(self._open_row)

    def _build_tree(self, theme: Theme) -> None:
        self.tree_model = EarningsTreeModel(self._words, self)
        self.tree = DataTable(theme, say("earnings", "Earned by year, programme and statement"))
        self.tree.setModel(self.tree_model)
        self.tree.set_columns(
            [
                Column("what", 280, 200, stretch=True, sortable=False),
                Column("nature", 280, 120, sortable=False, gives_way=1),
                Column("check", 150, 130, sortable=False),
                Column("lines", 96, 70, end=True, sortable=False, gives_way=2),
                Column("amount", 160, 104, end=True, sortable=False),
            ]
        )
        self.tree.opened.connect(self._open_tree)
        self.tree.expand_wished.connect(self.tree_model.toggle)
        self.tree_model.shown_changed.connect(self._fit)
        self.tree.hide()

    # Showing

    @property
    def table(self) -> DataTable:
        """The one that is shown."""
        return self.list if self.layout_pills.current == _LIST else self.tree

    def another_period(self) -> None:
        self._all_shown = False

    def show_rows(
        self,
        found: Sequence[StatementRow],
        rows: Sequence[EarningsRow],
        words: MoneyWords,
        *,
        with_payee: bool,
    ) -> None:
        """The statements of a period, and what was earned as a tree."""
        self._found, self._rows = tuple(found), tuple(rows)
        self._words, self._with_payee = words, with_payee
        self._show()

    def _show(self) -> None:
        shown = self._found if self._all_shown else self._found[:_SHOWN_AT_FIRST]
        self.list_model.show_rows(shown, self._words, with_payee=self._with_payee)
        number = self._words.figures.number(len(self._found))
        self.show_all.set_words(say("earnings", "All {n} statements", n=number))
        as_list = self.layout_pills.current == _LIST
        self.show_all.setVisible(as_list and len(shown) < len(self._found))
        self.tree_model.show_rows(self._rows, self._words)
        self._fit()

    def as_table(self) -> ChartTable:
        """All statements of the period, for paper: in the words of the list."""
        model = StatementsModel(self._words)
        model.show_rows(self._found, self._words, with_payee=self._with_payee)
        return ChartTable(
            tuple(model.title(column) for column in StatementsColumn),
            tuple(
                tuple(_figure(model.cell(row, column)) for column in StatementsColumn) for row in model.rows
            ),
        )

    def _fit(self) -> None:
        fit_rows(self.list)
        fit_rows(self.tree)

    def _show_all(self) -> None:
        self._all_shown = True
        self._show()
        self.list.setFocus()

    def _choose_layout(self, chosen: object) -> None:
        self.list.setVisible(chosen == _LIST)
        self.tree.setVisible(chosen == _TREE)
        self._show()

    # Opening

    def _open_row(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        if isinstance(found, StatementRow):
            self.opened.emit(found.statement.id, None)

    def _open_tree(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        if not isinstance(found, EarningsRow):
            return
        if found.level is EarningsLevel.STATEMENT and found.statement is not None:
            # Only a programme narrows the lines; a kind of money is seen in its own column.
            programme = found.key.split("/")[2] if self.by_programme else ""
            self.opened.emit(StatementId(found.statement), ProgrammeId(programme) if programme else None)
        else:
            self.tree_model.toggle(index.siblingAtColumn(TreeColumn.WHAT))


def _figure(cell: Cell) -> Figure:
    """What a cell of the list says, for a table on paper."""
    match cell:
        case MoneyCell():
            return Figure(cell.words, cell.second)
        case ChipCell():
            return Figure(cell.chip.shown if cell.chip is not None else "", cell.beside, is_money=False)
        case TextCell():
            return Figure(cell.words, cell.second, is_money=False)
        case _:
            return Figure(cell.spoken(), is_money=False)
