"""Payments beside inclusions and permissions: rows to ask about, and a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands.console import Console
from artist_console.commands.earnings import EarningsQuery, StatementRow
from artist_console.commands.reconcile import (
    RECONCILE_WORDS,
    ReconcileKind,
    ReconcileRow,
    ReconcileView,
    reconcile,
    save_reconcile,
)
from artist_console.domain.problems import Problem
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.pages.unmet_details import UnmetPanel
from artist_console.ui.tables.fitting import fit_rows
from artist_console.ui.tables.unmet_model import UnmetModel
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import SectionHeading

_ROWS_IN_SIGHT = 12
_ALL = "all"
_FOLDER_KEPT_AS = "earnings.folder"


class EarningsReconcile(Card):
    """A row opens beside the page: what the records show, and how to ask."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent, padding=0)
        self.setAccessibleName(say("reconcile", "Payments beside inclusions and permissions"))
        self.body.setContentsMargins(1, 12, 1, 12)
        self.body.setSpacing(8)
        self._desk = desk
        self._view = ReconcileView((), ())
        self._asked = EarningsQuery()
        self._statements: tuple[StatementRow, ...] = ()
        self._words = MoneyWords(desk.figures)
        self._kind: ReconcileKind | None = None
        self._all_artists = False
        theme = desk.theme
        self.save = LinkButton(theme, say("reconcile", "Save as a table…"))
        self.save.clicked.connect(self._choose_file)
        head = SectionHeading(
            theme, say("reconcile", "Payments beside inclusions and permissions"), self.save
        )
        self.body.addLayout(row(head, margins=(17, 0, 17, 0)))
        self.kinds = PillGroup(theme, say("reconcile", "What does not meet"))
        self.kinds.chosen.connect(self._choose_kind)
        self.body.addLayout(row(self.kinds, margins=(17, 0, 17, 0)))
        self.nothing = label("", tone=Token.TEXT_2, wrap=True)
        self.body.addLayout(row(self.nothing, margins=(17, 0, 17, 0)))
        self.model = UnmetModel(self._words, self)
        self.table = DataTable(theme, say("reconcile", "Places where they do not meet"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("what", 220, 150, sortable=False),
                Column("work", 240, 150, stretch=True, sortable=False),
                Column("where", 260, 150, sortable=False, gives_way=1),
                Column("amount", 150, 104, end=True, sortable=False),
            ]
        )
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._open)
        self.add(self.table)
        self.panel = UnmetPanel(desk)
        self.panel.closed.connect(self.close_panel)
        self.panel.hide()

    # Showing

    def ask(self, query: EarningsQuery) -> None:
        """Look at the records of a query's artist, work, programme and period."""
        # All records are gone through: beside the lane, which stays free for the next question.
        self._asked = query
        self._desk.long_work(
            lambda console, _progress: (query, _found(console, query)), self._show, self._fail
        )

    def show_words(self, statements: Sequence[StatementRow], words: MoneyWords, *, all_artists: bool) -> None:
        """The statements that rows may name, and how amounts are written."""
        self._statements, self._words, self._all_artists = tuple(statements), words, all_artists
        self._show_rows()

    def _show(self, answer: tuple[EarningsQuery, ReconcileView]) -> None:
        query, view = answer
        if query != self._asked:
            return  # asked again meanwhile
        self._view = view
        here = [kind for kind in ReconcileKind if self._view.of(kind)]
        if self._kind not in here:
            self._kind = None
        self.kinds.set_pills(
            [
                (_ALL, say("reconcile", "All"), len(self._view.rows)),
                *((kind, domain_words(RECONCILE_WORDS[kind][0]), len(self._view.of(kind))) for kind in here),
            ]
        )
        self.kinds.set_current(self._kind or _ALL)
        self.kinds.setVisible(len(here) > 1)
        self._show_rows()

    def _fail(self, problem: Problem) -> None:
        self._view = ReconcileView((), ())
        self._show_rows()
        self.nothing.show_words(problem_words(problem))

    def _show_rows(self) -> None:
        rows = self.rows
        self.model.show_rows(rows, self._words, with_artist=self._all_artists)
        self.table.setVisible(bool(rows))
        self.save.setVisible(bool(rows))
        self.nothing.show_words(
            ""
            if rows
            else say(
                "reconcile", "Nothing of this kind is known. Programmes that do not report are not seen."
            )
        )
        fit_rows(self.table, _ROWS_IN_SIGHT)

    @property
    def rows(self) -> tuple[ReconcileRow, ...]:
        """Those that are shown."""
        return self._view.rows if self._kind is None else self._view.of(self._kind)

    def _choose_kind(self, chosen: object) -> None:
        self._kind = chosen if isinstance(chosen, ReconcileKind) else None
        self._show_rows()

    # A row beside the page

    def _open(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        if isinstance(found, ReconcileRow):
            named = found.unmet.statement
            held = (each.statement for each in self._statements if each.statement.id == named)
            self.panel.show_row(found, next(held, None))
            self._desk.show_details(self.panel)

    def close_panel(self) -> None:
        """Nothing of it stands beside the page any more."""
        if self.panel.isVisible():
            self._desk.show_details(None)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # A file

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), say("reconcile", "Save as a table"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [say("reconcile", "Spreadsheet (*.xlsx)"), say("reconcile", "Text table (*.csv)")]
        )
        dialog.setDefaultSuffix("xlsx")
        folder = self._desk.kept(_FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        day = self._desk.clock().date().isoformat()
        dialog.selectFile(say("reconcile", "Payments to ask about - {day}.xlsx", day=day))
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write the rows that are shown."""
        rows, path = self.rows, Path(name)
        self._desk.keep(_FOLDER_KEPT_AS, str(path.parent))
        self._desk.ask(self, "save", lambda _: save_reconcile(path, rows), self._saved)

    def _saved(self, path: Path) -> None:
        self._desk.say(say("reconcile", "Saved as {file}.", file=path.name))


def _found(console: Console, query: EarningsQuery) -> ReconcileView:
    return reconcile(console, query.artist, query.work, query.programme, since=query.since, until=query.until)
