"""Everything that was decided: who, for whom, by which mandate, from what to what, with its receipt."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from artist_console.commands import history as history_commands
from artist_console.commands import history_table
from artist_console.commands.console import Console
from artist_console.commands.history import HistoryRow
from artist_console.commands.history_table import HistoryFilter
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import SubjectKind
from artist_console.ui.background import Progress
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.history_filters import HistoryFilters
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.tables.history_model import HistoryModel
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.states import StateStack


class HistoryDialog(Sheet):
    """A table with filters; Enter opens the receipt of a row."""

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget) -> None:
        super().__init__(
            desk.theme, "history", say("history", "History of decisions"), 1080, 700, parent, scrolls=False
        )
        self._desk = desk
        self._rows: tuple[HistoryRow, ...] = ()
        theme = desk.theme
        self.filters = HistoryFilters(theme)
        self.filters.changed.connect(self._narrow)
        self.inside.addWidget(self.filters)
        self.model = HistoryModel(desk, self)
        self.table = DataTable(theme, say("history", "Decisions"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("when", 140, 120, sortable=False),
                Column("answer", 190, 130, sortable=False),
                Column("about", 280, 180, stretch=True, sortable=False),
                Column("who", 210, 150, gives_way=1, sortable=False),
                Column("receipt", 160, 130, sortable=False),
            ]
        )
        self.table.opened.connect(self._open)
        self.table.context_wished.connect(self._show_menu)
        self.states = StateStack(theme, self.table)
        self.inside.addWidget(self.states, 1)
        self.inside.setContentsMargins(24, 4, 24, 12)
        self.clear_filters = Button(theme, say("history", "Clear filters"))
        self.clear_filters.clicked.connect(self.filters.clear)
        self.export = Button(theme, say("history", "Export…"), icon=Icon.EXPORT)
        self.export.clicked.connect(self._choose_file)
        self.show_receipt = Button(theme, say("history", "Show receipt"), icon=Icon.SHIELD)
        self.show_receipt.clicked.connect(self._open_current)
        self.show_receipt.setEnabled(False)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.export, None, self.show_receipt, close, safe=close)
        self.table.current_changed.connect(self._follow_current)
        self.states.show_loading(say("history", "Reading decisions"))
        desk.ask(
            self,
            "history",
            lambda console: history_commands.history(console, artist, limit=None),
            self._take,
            self._failed,
        )

    def _take(self, rows: tuple[HistoryRow, ...]) -> None:
        self._rows = rows
        self.filters.offer(rows)
        self._narrow(self.filters.wanted)
        self.table.setFocus()

    def _narrow(self, wanted: HistoryFilter) -> None:
        shown = history_table.narrowed(self._rows, wanted)
        self.model.show_rows(shown)
        self.export.setEnabled(bool(shown))
        self.set_heading(self.windowTitle(), self._count(len(shown)))
        if shown:
            self.states.show_content()
        elif self._rows:
            self.states.show_empty(
                say("history", "No decision matches these filters."), "", self.clear_filters
            )
        else:
            self.states.show_empty(
                say("history", "Nothing has been decided yet"),
                say("history", "Every answer will be listed here, with its receipt."),
            )

    def _count(self, shown: int) -> str:
        every = len(self._rows)
        if shown == every:
            return say_count("history", "1 decision", "{n} decisions", every)
        return say_count(
            "history", "{n} of 1 decision", "{n} of {every} decisions", shown, every=self._number(every)
        )

    def _number(self, number: int) -> str:
        return self._desk.figures.number(number)

    def _follow_current(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        self.show_receipt.setEnabled(isinstance(row, HistoryRow) and row.receipt)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, HistoryRow):
            self._desk.receipt_wished.emit(row.decision)

    def _open_current(self) -> None:
        self._open(self.table.currentIndex())

    def _show_menu(self, index: QModelIndex, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("history", "Show receipt"), self._open_current)
        row = index.data(ROW_ROLE)
        if isinstance(row, HistoryRow) and row.about is not None and row.about.kind is not SubjectKind.ALL:
            only = say("history", "Only {subject}", subject=row.subject)
            menu.addAction(only.replace("&", "&&"), partial(self.filters.show_only, row.subject, row.about))
        menu.popup(at)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    # Export

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, say("history", "Export the decisions that are shown"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([say("history", "Spreadsheet (*.xlsx)"), say("history", "Table (*.csv)")])
        dialog.setDefaultSuffix("xlsx")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("csv" if "*.csv" in chosen else "xlsx")
        )
        dialog.selectFile(say("history", "Decisions"))
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write what is shown as a table, by the ending of the name."""
        rows, target = self.model.rows, Path(path)

        def save(_console: Console, _progress: Progress) -> Path:
            return history_table.save_table(target, rows)

        self._desk.long_work(save, self._exported, self._not_exported)

    def _exported(self, path: Path) -> None:
        self._desk.say(say("history", "Exported to {file}.", file=path.name))

    def _not_exported(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
