"""Everything that was decided: who, for whom, by which mandate, from what to what, with its receipt."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import IntEnum, auto
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from artist_console.commands import history as history_commands
from artist_console.commands.history import HistoryRow
from artist_console.domain import words
from artist_console.domain.decisions import Outcome
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Stance, UseScope, UseScopeKind
from artist_console.domain.uses import Family, Use
from artist_console.ui.delegates.cells import CELL_ROLE, ROW_ROLE, Cell, ChipCell, TextCell, spoken
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, Select
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import FlowLayout
from artist_console.ui.widgets.states import StateStack

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_AT_ONCE = 5_000
_CHIPS = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}


class HistoryColumn(IntEnum):
    WHEN = 0
    ANSWER = auto()
    ABOUT = auto()
    WHO = auto()
    RECEIPT = auto()


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
    if row.outcome is Outcome.CONFLICT and row.settled:
        return TextCell(say("history", "Settled"), say("history", "It did not count"), tone=Token.TEXT_2)
    if row.outcome is Outcome.CONFLICT:
        return ChipCell(ChipValue(ChipMeaning.CONFLICT))
    if row.outcome is Outcome.NOT_AUTHORISED:
        return ChipCell(ChipValue(ChipMeaning.CO_SIGNATURE, say("history", "Not recorded")))
    if row.outcome is Outcome.PROPOSED:
        return ChipCell(ChipValue(ChipMeaning.CO_SIGNATURE))
    if row.n is None:
        return ChipCell(None, say("history", "Not confirmed yet"), waiting=True)
    number = say("history", "No. {n}", n=row.n)
    return TextCell(number, say("history", "Receipt here") if row.receipt else "", tone=Token.TEXT_2)


class HistoryDialog(Sheet):
    """A table with filters; Enter opens the receipt of a row."""

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget) -> None:
        super().__init__(
            desk.theme, "history", say("history", "History of decisions"), 1040, 660, parent, scrolls=False
        )
        self._desk = desk
        self._rows: tuple[HistoryRow, ...] = ()
        theme = desk.theme
        self.search = SearchField(theme, say("history", "Title, person or programme"))
        self.search.setFixedWidth(230)
        self.search.searched.connect(self._narrow)
        self.answers = Select(theme, say("history", "Answer"))
        self.people = Select(theme, say("history", "Who decided"))
        self.programmes = Select(theme, say("history", "Programme"))
        self.answers.addItem(say("history", "Every answer"), None)
        for stance in (Stance.REFUSE, Stance.ALLOW, Stance.CLEAR):
            self.answers.addItem(stance_words(stance), stance.value)
        filters = FlowLayout(gap=8)
        for part in (self.search, self.answers, self.people, self.programmes):
            filters.addWidget(part)
        self.inside.addLayout(filters)
        self.model = HistoryModel(desk, self)
        self.table = DataTable(theme, say("history", "Decisions"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("when", 140, 120, sortable=False),
                Column("answer", 190, 130, sortable=False),
                Column("about", 280, 180, stretch=True, sortable=False),
                Column("who", 210, 150, gives_way=1, sortable=False),
                Column("receipt", 120, 110, sortable=False),
            ]
        )
        self.table.opened.connect(self._open)
        self.table.context_wished.connect(self._show_menu)
        self.states = StateStack(theme, self.table)
        self.inside.addWidget(self.states, 1)
        self.inside.setContentsMargins(24, 4, 24, 12)
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
            lambda console: history_commands.history(console, artist, limit=_AT_ONCE),
            self._take,
            self._failed,
        )

    def _take(self, rows: tuple[HistoryRow, ...]) -> None:
        self._rows = rows
        _fill(self.people, say("history", "Everybody"), sorted({row.made_by for row in rows}))
        named = sorted({row.programme for row in rows if row.programme})
        _fill(self.programmes, say("history", "All programmes"), named)
        for choice in (self.answers, self.people, self.programmes):
            choice.currentIndexChanged.connect(self._narrow)
        self._narrow()
        self.table.setFocus()

    def _narrow(self, _changed: object = None) -> None:
        sought = self.search.words.casefold()
        stance, person = self.answers.currentData(), self.people.currentData()
        programme = self.programmes.currentData()
        shown = [
            row
            for row in self._rows
            if (stance is None or row.stance.value == stance)
            and (person is None or row.made_by == person)
            and (programme is None or row.programme == programme)
            and (not sought or sought in _searched(row))
        ]
        self.model.show_rows(shown)
        self.set_heading(
            self.windowTitle(),
            say_count("history", "1 decision", "{n} decisions", len(shown)),
        )
        if shown:
            self.states.show_content()
        elif self._rows:
            self.states.show_empty(say("history", "No decision matches these filters."))
        else:
            self.states.show_empty(
                say("history", "Nothing has been decided yet"),
                say("history", "Every answer will be listed here, with its receipt."),
            )

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
        menu.popup(at)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    # Export

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, say("history", "Export the decisions that are shown"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([say("history", "Table (*.csv)")])
        dialog.selectFile(say("history", "Decisions.csv"))
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write what is shown as a table; cells that begin with a formula sign stay text."""
        text = as_csv(self.model.rows)
        target = Path(path)
        self._desk.ask(
            self,
            "export",
            lambda _console: history_commands.save_text(target, text),
            self._exported,
            self._not_exported,
        )

    def _exported(self, path: Path) -> None:
        self._desk.say(say("history", "Exported to {file}.", file=path.name))

    def _not_exported(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def as_csv(rows: Sequence[HistoryRow]) -> str:
    """One line per decision, with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "recorded", "decided by", "on behalf of", "mandate", "subject", "programme", "use",
            "answer", "former answer", "terms", "outcome", "place in ledger", "receipt here", "decision",
        ]
    )  # fmt: skip
    for row in rows:
        cells = [
            row.when.isoformat(), row.made_by, row.on_behalf_of, row.mandate or "", row.subject,
            row.programme or "every programme", row.use.name or "every use", row.stance.value,
            row.former.value if row.former else "", row.terms, row.outcome.value if row.outcome else "",
            str(row.n or ""), "yes" if row.receipt else "no", row.decision,
        ]  # fmt: skip
        writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in cells])
    return out.getvalue()


def _fill(choice: Select, everything: str, names: Sequence[str]) -> None:
    choice.addItem(everything, None)
    for name in names:
        choice.addItem(name, name)


def _searched(row: HistoryRow) -> str:
    parts = (row.subject, row.made_by, row.programme, row.on_behalf_of, scope_words(row.use), row.terms)
    return " ".join(parts).casefold()


def header_words(column: HistoryColumn) -> str:
    match column:
        case HistoryColumn.WHEN:
            return say("history", "Recorded")
        case HistoryColumn.ANSWER:
            return say("history", "Answer")
        case HistoryColumn.ABOUT:
            return say("history", "About")
        case HistoryColumn.WHO:
            return say("history", "Decided by")
        case HistoryColumn.RECEIPT:
            return say("history", "Receipt")


def stance_words(stance: Stance) -> str:
    match stance:
        case Stance.ALLOW:
            return say("history", "Allowed")
        case Stance.REFUSE:
            return say("history", "Refused")
        case Stance.CLEAR:
            return say("history", "Taken back")


def scope_words(use: UseScope) -> str:
    match use.kind:
        case UseScopeKind.ANY:
            return say("history", "every use")
        case UseScopeKind.FAMILY:
            return domain_words(words.FAMILY[Family(use.name)][0])
        case UseScopeKind.KEY:
            return domain_words(words.USE[Use(use.name)][0])
