"""What a report holds, read only: tables as the other pages have them, a filter over them, money by month."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from artist_console.commands.earnings import StatementRow
from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.report_export import tables_out
from artist_console.commands.report_inside import ReportInside
from artist_console.commands.report_narrowing import Narrowing, SearchedTables, folded
from artist_console.commands.report_sheets import ReportSheet, ReportTable, Value
from artist_console.commands.report_tables import ReportTables, ReportWork
from artist_console.domain.ids import ArtistId
from artist_console.ui.charts.chart_card import ChartCard
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.report_row import ReportRowDialog
from artist_console.ui.dialogs.report_statement import ReportStatementDialog
from artist_console.ui.dialogs.report_work import ReportWorkDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.month_chart import currencies_of
from artist_console.ui.pages.earnings_chart import earnings_chart, months_between
from artist_console.ui.tables.report_models import (
    ReportHistoryModel,
    ReportPlacesModel,
    ReportStatementsModel,
    ReportWorksModel,
    SheetModel,
)
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Select
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.page import ScrollPage
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Note
from artist_console.ui.widgets.states import StateStack

_FIELD = 280
_CHART_HEIGHT = 320
_LEAST_HEIGHT = 200
_SHEETS = (
    ReportTable.FINDINGS,
    ReportTable.CASES,
    ReportTable.AGREEMENTS,
    ReportTable.CONTRACTS,
    ReportTable.PARTIES,
)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A report looked into, with the rows of its facts in words: made beside the interface."""

    inside: ReportInside
    sheets: Mapping[ReportTable, ReportSheet]
    facts: Mapping[ReportTable, tuple[tuple[str, Sequence[Value]], ...]]  # rows with what is searched in them


def lay_out(inside: ReportInside) -> LaidOut:
    """On the thread of the work. Works by title, statements with the newest first."""
    if inside.tables is not None:
        inside = replace(inside, tables=_in_order(inside.tables))
    sheets = {sheet.table: sheet for sheet in tables_out(inside)}
    return LaidOut(
        inside,
        sheets,
        {
            table: tuple((_searched(row), row) for row in sheets[table].rows())
            for table in _SHEETS
            if table in sheets
        },
    )


def _in_order(tables: ReportTables) -> ReportTables:
    return replace(
        tables,
        works=tuple(sorted(tables.works, key=lambda row: (folded(row.work.title), row.artist_name))),
        statements=tuple(sorted(tables.statements, key=lambda row: row.statement.period_until, reverse=True)),
    )


def _searched(row: Sequence[Value]) -> str:
    return folded(" ".join(value for value in row if isinstance(value, str)))


class ReportReading(QWidget):
    """One part at a time, over the whole height: large tables scroll by themselves."""

    narrowing_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.inside: ReportInside | None = None
        self.shown: ReportTables | None = None  # as the filter leaves them
        self._searched: SearchedTables | None = None
        self._sheets: Mapping[ReportTable, ReportSheet] = {}
        self._facts: Mapping[ReportTable, tuple[tuple[str, Sequence[Value]], ...]] = {}
        self._artists: tuple[tuple[ArtistId, str], ...] = ()
        theme = desk.theme
        self.not_verified = Note(
            theme,
            say(
                "report", "Not verified. This is what could be read; anybody may have written or changed it."
            ),
            Tint.DENY,
            Icon.TRIANGLE,
        )
        self.pills = PillGroup(theme, say("report", "Part of the report"))
        self.pills.chosen.connect(self._choose)
        self.filter = SearchField(theme, say("report", "Filter this report"))
        self.filter.setMaximumWidth(theme.px(_FIELD))
        self.filter.searched.connect(self._narrow)
        self.artist = Select(theme, say("report", "Artist"))
        self.artist.currentIndexChanged.connect(self._narrow)
        self._build_tables()
        self._stack = QStackedLayout()
        held = QWidget()
        held.setLayout(self._stack)
        for table in self.tables.values():
            self._stack.addWidget(table)
        self._stack.addWidget(self._months)
        self.states = StateStack(theme, held)
        line = row(self.filter, self.artist, None, gap=12, margins=(28, 0, 28, 0))
        line.setStretch(0, 1)
        head = column(self.not_verified, self.pills, gap=10, margins=(28, 0, 28, 0))
        # Words in a cell stand ten in from its edge: they are in line with the rest then.
        place = column(self.states, margins=(18, 0, 8, 0))
        self.states.setMinimumHeight(theme.px(_LEAST_HEIGHT))
        content = QWidget()
        layout = column(head, line, place, gap=10)
        layout.setStretch(2, 1)
        content.setLayout(layout)
        # In a low window with large letters the page scrolls, and the table keeps some rows.
        self.setLayout(column(ScrollPage(content)))
        theme.changed.connect(self._measure)

    def _measure(self) -> None:
        self.states.setMinimumHeight(self._desk.theme.px(_LEAST_HEIGHT))

    # Building

    def _build_tables(self) -> None:
        figures = self._desk.figures
        self.works_model = ReportWorksModel(figures, self)
        self.history_model = ReportHistoryModel(figures, self)
        self.places_model = ReportPlacesModel(figures, self)
        self.statements_model = ReportStatementsModel(figures, self)
        self.sheet_models = {table: SheetModel(figures, self) for table in _SHEETS}
        self.tables: dict[ReportTable, DataTable] = {
            ReportTable.WORKS: self._table(
                say("report", "Works of the report"),
                self.works_model,
                Column("work", 260, 180, stretch=True, sortable=False),
                Column("permission", 250, 170, sortable=False),
                Column("code", 150, 110, gives_way=1, sortable=False),
            ),
            ReportTable.HISTORY: self._table(
                say("report", "Answers in the report"),
                self.history_model,
                Column("about", 220, 150, stretch=True, sortable=False),
                Column("use", 180, 110, sortable=False),
                Column("answer", 120, 100, sortable=False),
                Column("when", 190, 120, gives_way=2, sortable=False),
                Column("receipt", 130, 100, gives_way=1, sortable=False),
            ),
            ReportTable.PLACES: self._table(
                say("report", "Where the works are"),
                self.places_model,
                Column("work", 200, 140, stretch=True, sortable=False),
                Column("programme", 140, 100, gives_way=2, sortable=False),
                Column("state", 230, 150, sortable=False),
                Column("grade", 170, 130, gives_way=3, sortable=False),
                Column("day", 150, 100, gives_way=1, sortable=False),
            ),
            ReportTable.STATEMENTS: self._table(
                say("report", "Statements of the report"),
                self.statements_model,
                Column("period", 200, 140, sortable=False),
                Column("issuer", 170, 110, gives_way=1, sortable=False),
                Column("check", 260, 150, stretch=True, sortable=False),
                Column("amount", 130, 100, end=True, sortable=False),
            ),
        }
        for table, model in self.sheet_models.items():
            self.tables[table] = self._table("", model)
        self.chart = ChartCard(self._desk.theme, say("report", "Earned by month"))
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        self.currencies = PillGroup(self._desk.theme, say("report", "Currency of the chart"))
        self.currencies.chosen.connect(self._show_chart)
        self._months = QWidget()
        self._months.setLayout(
            column(row(self.currencies, None), self.chart, None, gap=12, margins=(10, 4, 20, 20))
        )

    def _table(self, name: str, model: QAbstractTableModel, *columns: Column) -> DataTable:
        table = DataTable(self._desk.theme, name)
        table.setModel(model)
        table.set_columns(columns)
        table.opened.connect(self._open_row)
        return table

    # Showing

    def show_loading(self, words: str) -> None:
        """What is inside is still on its way."""
        self.inside = self.shown = self._searched = None
        for part in (self.not_verified, self.pills, self.filter, self.artist):
            part.hide()
        self.states.show_loading(words)

    def show_nothing(self) -> None:
        """Nothing of the file can be read."""
        self.show_loading("")
        self.states.show_empty(
            say("report", "Nothing of this file can be read"),
            say("report", "Ask the sender for a new copy."),
            None,
            Icon.REPORTS,
        )

    def show_inside(self, laid: LaidOut) -> None:
        """Show what was looked into; the part and the filter stay."""
        inside = self.inside = laid.inside
        self.shown = inside.tables
        if inside.tables is None:
            self.show_nothing()
            return
        verified, content = inside.opened.verified, inside.content
        self.not_verified.setVisible(not verified)
        self.works_model.verified = verified
        self._artists = (
            tuple((each, content.party_name(each)) for each in content.header.artists)
            if content is not None
            else ()
        )
        self.statements_model.with_payee = len(self._artists) > 1
        self._searched = None
        self._sheets, self._facts = laid.sheets, laid.facts
        for table in _SHEETS:
            self._fill_sheet(table)
        self._offer_artists()
        self._offer_parts(inside.tables)
        self.pills.show()
        self.states.show_content()
        self._narrow()

    def _fill_sheet(self, table: ReportTable) -> None:
        sheet = self._sheets.get(table)
        if sheet is None:
            return
        model, view = self.sheet_models[table], self.tables[table]
        model.show_sheet(sheet, [row for _, row in self._facts[table]])
        view.setAccessibleName(domain_words(sheet.title))
        shown = [each for each in sheet.columns if each.part]
        view.set_columns(
            [
                Column(f"c{n}", each.part * 9, 90, stretch=n == 0, gives_way=len(shown) - n, sortable=False)
                if n
                else Column("c0", each.part * 9, 140, stretch=True, sortable=False)
                for n, each in enumerate(shown)
            ]
        )

    def _offer_artists(self) -> None:
        blocked = self.artist.blockSignals(True)
        self.artist.clear()
        self.artist.addItem(say("report", "All artists of the report"), None)
        for id, name in self._artists:
            self.artist.addItem(name, id)
        self.artist.blockSignals(blocked)

    def _offer_parts(self, tables: ReportTables) -> None:
        parts: list[tuple[ReportTable, str, int | None]] = [
            (ReportTable.WORKS, say("report", "Works"), len(tables.works)),
            (ReportTable.HISTORY, say("report", "Answers"), len(tables.history)),
            (ReportTable.PLACES, say("report", "Where they are"), len(tables.places)),
            (ReportTable.STATEMENTS, say("report", "Statements"), len(tables.statements)),
        ]
        if tables.months:
            parts.append((ReportTable.MONTHS, say("report", "By month"), None))
        parts += [
            (table, domain_words(self._sheets[table].title), self._sheets[table].count)
            for table in _SHEETS
            if table in self._sheets
        ]
        former = self.pills.current
        self.pills.set_pills(parts)
        keys = [key for key, *_ in parts]
        chosen = former if former in keys else ReportTable.WORKS
        self.pills.set_current(chosen)
        self._choose(chosen)

    @property
    def current(self) -> ReportTable:
        """The part that is shown."""
        chosen = self.pills.current
        return chosen if isinstance(chosen, ReportTable) else ReportTable.WORKS

    @property
    def narrowing(self) -> Narrowing:
        artist = self.artist.currentData()
        return Narrowing(self.filter.words, ArtistId(artist) if artist else None)

    def _narrow(self, *_ignored: object) -> None:
        """Show the rows that pass; the counts on the pills follow."""
        inside = self.inside
        if inside is None or inside.tables is None:
            return
        if not self.narrowing.is_open and self._searched is None:
            self._searched = SearchedTables(inside.tables, dict(self._artists))
        tables = self._searched.narrowed(self.narrowing) if self._searched is not None else inside.tables
        self.shown = tables
        removed = {sheet.table: sheet.removed for sheet in self._sheets.values()}
        self.works_model.show_part(tables.works, removed.get(ReportTable.WORKS, 0))
        self.history_model.show_part(tables.history, removed.get(ReportTable.HISTORY, 0))
        self.places_model.show_part(tables.places, removed.get(ReportTable.PLACES, 0))
        self.statements_model.show_part(tables.statements, removed.get(ReportTable.STATEMENTS, 0))
        counts: dict[Hashable, int | None] = {
            ReportTable.WORKS: len(tables.works),
            ReportTable.HISTORY: len(tables.history),
            ReportTable.PLACES: len(tables.places),
            ReportTable.STATEMENTS: len(tables.statements),
        }
        words = folded(self.narrowing.text).split()
        for table in (each for each in _SHEETS if each in self._sheets):
            rows = [row for text, row in self._facts[table] if all(word in text for word in words)]
            self.sheet_models[table].show_part(rows, self._sheets[table].removed)
            counts[table] = len(rows)
        self.pills.set_counts(counts)
        self._show_state()
        self._show_chart()
        self.narrowing_changed.emit()

    def _choose(self, _chosen: object) -> None:
        key = self.current
        self._stack.setCurrentWidget(self._months if key is ReportTable.MONTHS else self.tables[key])
        self.filter.setVisible(key is not ReportTable.MONTHS)
        # Facts of other kinds are not told apart by artist.
        by_artist = key not in (*_SHEETS, ReportTable.MONTHS)
        self.artist.setVisible(by_artist and len(self._artists) > 1)
        self._show_state()

    def _show_state(self) -> None:
        """A part without rows says why."""
        key = self.current
        rows = self.tables[key].model().rowCount() if key in self.tables else 1
        if rows:
            self.states.show_content()
        elif self.narrowing.is_open:
            self.states.show_empty(say("report", "The report holds nothing of this"), "", None, Icon.REPORTS)
        else:
            self.states.show_empty(
                say("report", "No row matches this filter."),
                say("report", "Clear the filter to see them all."),
                None,
                Icon.FILTER,
            )

    def _show_chart(self, _chosen: object = None) -> None:
        inside = self.inside
        months = inside.tables.months if inside is not None and inside.tables is not None else ()
        known = currencies_of(months)
        if not known:
            return
        if _chosen is None:
            self.currencies.set_pills([(each, each, None) for each in known])
        currency = str(_chosen or known[0])
        self.currencies.setVisible(len(known) > 1)
        own = [total for total in months if total.currency == currency]
        axis = months_between(min(t.month for t in own), max(t.month for t in own))
        self.chart.show_data(earnings_chart(own, (), currency, axis, MoneyWords(self._desk.figures)))

    # What a row leads to

    def _open_row(self, index: QModelIndex) -> None:
        found, inside = index.data(ROW_ROLE), self.inside
        if inside is None:
            return
        match found:
            case ReportWork() if inside.opened.verified:
                ReportWorkDialog(self._desk, inside, found, self.window()).open()
            case PlaceRow():
                EvidenceDialog(self._desk, found.work_title, (found,), self.window()).open()
            case StatementRow():
                ReportStatementDialog(self._desk, inside, found, self.window()).open()
            case HistoryRow():
                ReportRowDialog.of_answer(self._desk, inside, found, self.window()).open()
            case tuple() if self.current in self.sheet_models:
                sheet = self._sheets[self.current]
                ReportRowDialog.of_sheet(self._desk, sheet, found, self.window()).open()

    def main_stop(self) -> QWidget:
        """Where the keyboard begins: the rows."""
        return self.tables.get(self.current, self.pills)

    def find_in_part(self) -> None:
        """Put the cursor into the filter."""
        if self.filter.isVisible():
            self.filter.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
