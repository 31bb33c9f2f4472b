"""What AI programmes paid: from earned to paid per currency, by month, and every statement down to a line."""

from __future__ import annotations

from datetime import date
from enum import Enum

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from artist_console.commands import earnings as earnings_commands
from artist_console.commands.console import Console
from artist_console.commands.earnings import (
    EarningsBy,
    EarningsLevel,
    EarningsQuery,
    EarningsRow,
    EarningsView,
    EstimateRange,
    StatementRow,
)
from artist_console.commands.imports import FileKind
from artist_console.domain.changes import Changes
from artist_console.domain.findings import Finding
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId
from artist_console.domain.problems import Problem
from artist_console.ui import later
from artist_console.ui.charts.chart_card import ChartCard
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_finding, about_paid
from artist_console.ui.meanings import sentence
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.month_chart import currencies_of
from artist_console.ui.pages.earnings_chart import earnings_chart, months_between
from artist_console.ui.pages.money_flow import FlowLine, flow_steps
from artist_console.ui.pages.screen import Screen
from artist_console.ui.pages.statement import StatementView
from artist_console.ui.places import part_of
from artist_console.ui.tables.earnings_tree_model import EarningsTreeModel, TreeColumn
from artist_console.ui.tables.fitting import fit_rows
from artist_console.ui.tables.statements_model import StatementsModel
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, LinkButton, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.page import MARGIN, ScrollPage
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Disclosure, Note, Rule, SectionHeading
from artist_console.ui.widgets.states import StateStack

_CHART_HEIGHT = 300
_SIDE_BY_SIDE = 1000
_STATEMENTS_SHOWN = 6
_LIST, _TREE = "list", "tree"


class Period(Enum):
    """What the period control offers."""

    TWELVE_MONTHS = "twelve_months"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    EVERYTHING = "everything"

    def days(self, today: date) -> tuple[date | None, date | None]:
        """First and last day; None is open."""
        match self:
            case Period.TWELVE_MONTHS:
                months = months_between(date(today.year - 1, today.month, 1), today)
                return months[1], today
            case Period.THIS_YEAR:
                return date(today.year, 1, 1), today
            case Period.LAST_YEAR:
                return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
            case Period.EVERYTHING:
                return None, None


class EarningsScreen(Screen):
    """Overview of the money, and in its place one statement while it is open."""

    key = "earnings"
    shows = Changes.STATEMENTS | Changes.INCLUSIONS | Changes.PROGRAMMES | Changes.ARTISTS | Changes.WORKS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view: EarningsView | None = None
        self._statements: tuple[StatementRow, ...] = ()
        self._ranges: tuple[EstimateRange, ...] = ()
        self._all_shown = False
        self._period = _kept_period(desk.kept("earnings.period"))
        self._by = EarningsBy(desk.kept("earnings.by") or EarningsBy.PROGRAMME.value)
        self._programme: ProgrammeId | None = None
        self._currency = ""
        self.words = MoneyWords(desk.figures)
        self._build_head()
        self._build_content()
        self.statement = StatementView(desk)
        self.statement.left.connect(self.leave_statement)
        desk.details_closed.connect(self.statement.forget_line)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.states)
        self.stack.addWidget(self.statement)
        self.set_content(self.stack, margins=False)
        # Until the first answer nothing is known: no empty chart, no list without choices.
        self._show_head(False)
        self.states.show_loading(say("earnings", "Working out what came in"))

    # Building

    def _build_head(self) -> None:
        theme = self.desk.theme
        self.period = Select(theme, say("earnings", "Period"))
        for period in Period:
            self.period.addItem(_period_name(period), period)
        self.period.setCurrentIndex(list(Period).index(self._period))
        self.period.activated.connect(self._choose_period)
        self.add_action(self.period)
        self.import_button = Button(
            theme, say("earnings", "Import a statement…"), ButtonKind.PRIMARY, Icon.IMPORT
        )
        self.import_button.clicked.connect(self._import)
        self.add_action(self.import_button)
        self.by = PillGroup(theme, say("earnings", "Show by"))
        self.by.set_pills(
            [
                (EarningsBy.PROGRAMME, say("earnings", "By programme"), None),
                (EarningsBy.KIND, say("earnings", "By kind of money"), None),
            ]
        )
        self.by.set_current(self._by)
        self.by.chosen.connect(self._choose_by)
        self.add_filter(self.by)
        self.programme = Select(theme, say("earnings", "Programme"))
        self.programme.activated.connect(self._choose_programme)
        self.add_filter(self.programme)
        self.decimals = CheckBox(theme, say("earnings", "All decimals"))
        self.decimals.toggled.connect(self._choose_decimals)
        self.filter_end(self.decimals)

    def _build_content(self) -> None:
        theme = self.desk.theme
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(MARGIN, 6, MARGIN, MARGIN)
        inside.setSpacing(16)
        inside.addWidget(self._build_money())
        inside.addWidget(self._build_statements())
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(16)
        self._finding_rows: dict[Card, QVBoxLayout] = {}
        self.not_paid = Card(theme, say("earnings", "Included but not paid"))
        self.not_included = Card(theme, say("earnings", "Paid but not included"))
        for card in (self.not_paid, self.not_included):
            self._finding_rows[card] = column(gap=8)
            card.body.addLayout(self._finding_rows[card], 1)
            self._pair.addWidget(card, 1)
        inside.addLayout(self._pair)
        inside.addStretch(1)
        self.states = StateStack(theme, ScrollPage(content))
        self.states.retry.connect(self.reload)

    def _build_money(self) -> Card:
        theme = self.desk.theme
        self.money = Card(theme)
        self.money.setAccessibleName(say("earnings", "From earned to paid"))
        self._flows = QVBoxLayout()
        self._flows.setSpacing(14)
        self.money.body.addLayout(self._flows)
        self.unrecognised = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.money.add(self.unrecognised)
        self.money.add(Rule(theme))
        self.currencies = PillGroup(theme, say("earnings", "Currency of the chart"))
        self.currencies.chosen.connect(self._choose_currency)
        self.chart = ChartCard(theme, say("earnings", "By month"), framed=False)
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        self.nothing = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.money.body.addLayout(row(self.currencies, None))
        self.money.add(self.chart)
        self.money.add(self.nothing)
        return self.money

    def _build_statements(self) -> Card:
        theme = self.desk.theme
        card = Card(theme, padding=0)
        card.setAccessibleName(say("earnings", "Statements"))
        card.body.setContentsMargins(1, 12, 1, 8)
        card.body.setSpacing(8)
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
        card.body.addLayout(row(head, margins=(17, 0, 17, 0)))
        self.list_model = StatementsModel(self.words, self)
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
        self.tree_model = EarningsTreeModel(self.words, self)
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
        for table in (self.list, self.tree):
            table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            card.add(table)
        self.show_all = LinkButton(theme, "")
        self.show_all.clicked.connect(self._show_all_statements)
        card.body.addLayout(row(self.show_all, None, margins=(10, 0, 10, 0)))
        self.statements_card = card
        return card

    # Loading

    @property
    def query(self) -> EarningsQuery:
        """What the page asks for now."""
        since, until = self._period.days(self.desk.clock().date())
        return EarningsQuery(self.artist, None, self._programme, since, until, self._by)

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self.artist:
            self._programme = None
            self.artist = artist
            self.leave_statement()
        super().show_scope(artist)

    def reload(self) -> None:
        query = self.query
        self.desk.ask(self, "earnings", lambda console: _all_of_it(console, query), self._show, self._fail)
        self.desk.ask(
            self,
            "ranges",
            lambda console: (query, earnings_commands.estimate_ranges(console, query)),
            self._show_ranges,
        )

    def _fail(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show(self, answer: tuple[EarningsView, tuple[StatementRow, ...]]) -> None:
        self.view, self._statements = answer
        self.words = MoneyWords(self.desk.figures, exact=self.decimals.isChecked())
        self._show_programmes(self.view)
        if not self._statements:
            bring = Button(
                self.desk.theme, say("earnings", "Import a statement…"), ButtonKind.PRIMARY, Icon.IMPORT
            )
            bring.clicked.connect(self._import)
            self._show_empty(bring)
            return
        self.import_button.show()
        self._show_head(self.stack.currentWidget() is not self.statement)
        self._show_flow(self.view)
        self._show_chart(self.view)
        self._show_statements()
        self._show_findings(self.not_paid, self.view.included_not_paid)
        self._show_findings(self.not_included, self.view.paid_not_included)
        self.states.show_content()
        if self.stack.currentWidget() is self.statement:
            self.statement.show_words(self.words)
        self.pass_focus_on()

    def _show_empty(self, bring: Button) -> None:
        self.import_button.hide()  # the same one stands in the middle
        self._show_head(False)
        self.states.show_empty(
            say("earnings", "No statement has arrived yet. Most programmes report once a quarter."),
            say("earnings", "A file that was sent to you can be imported and checked here: CSV or XLSX."),
            bring,
            Icon.EARNINGS,
        )

    def _show_ranges(self, answer: tuple[EarningsQuery, tuple[EstimateRange, ...]]) -> None:
        query, self._ranges = answer
        if query == self.query and self.view is not None and self._statements:
            self._show_chart(self.view)

    def _show_programmes(self, view: EarningsView) -> None:
        self.programme.blockSignals(True)
        if self._programme is None:
            self.programme.clear()
            self.programme.addItem(say("earnings", "All programmes"), None)
            for id, name in view.programmes:
                self.programme.addItem(name, id)
        self.programme.setVisible(self.programme.count() > 1)
        self.programme.blockSignals(False)

    # Money

    def _show_flow(self, view: EarningsView) -> None:
        clear_layout(self._flows)
        recognised = {total.currency for total in view.months}
        self.flow_lines: list[FlowLine] = []
        for flow in view.flow:
            line = FlowLine(self.desk.theme)
            line.show_steps(
                flow_steps(
                    flow,
                    self.words,
                    recognised=flow.currency in recognised,
                    whole=self._programme is None,
                    reaches_beyond=self._reaches_beyond(),
                    small=len(view.flow) > 1,
                )
            )
            self._flows.addWidget(line)
            self.flow_lines.append(line)
        if not view.flow:
            none = say("earnings", "No statement has lines of this period.")
            self._flows.addWidget(label(none, TextRole.LEAD, Token.TEXT_2, wrap=True))
        self.unrecognised.show_words(
            say_count(
                "earnings",
                "1 line is not recognised as AI income. It is in no figure of what AI earned you.",
                "{n} lines are not recognised as AI income. They are in no figure of what AI earned you.",
                view.unrecognised,
            )
            if view.unrecognised
            else ""
        )

    def _reaches_beyond(self) -> bool:
        """Whether a statement of this period also covers days outside it: payments are of whole ones."""
        since, until = self._period.days(self.desk.clock().date())
        return any(
            (since is not None and each.statement.period_from < since)
            or (until is not None and each.statement.period_until > until)
            for each in self._shown_statements()
        )

    def _axis(self, view: EarningsView) -> tuple[date, ...]:
        since, until = self._period.days(self.desk.clock().date())
        if since is None or until is None:
            if view.first_month is None or view.last_month is None:
                return ()
            return months_between(view.first_month, view.last_month)
        return months_between(since, until)

    def _show_chart(self, view: EarningsView) -> None:
        codes = currencies_of(view.months)
        axis = self._axis(view)
        has_any = bool(codes and axis)
        self.chart.setVisible(has_any)
        self.nothing.show_words("" if has_any else self._nothing_words(view))
        self.currencies.setVisible(len(codes) > 1)
        if not has_any:
            return
        if self._currency not in codes:
            self._currency = codes[0]
        if len(codes) > 1:
            self.currencies.set_pills([(code, code, None) for code in codes])
            self.currencies.set_current(self._currency)
        self.chart.show_data(earnings_chart(view.months, self._ranges, self._currency, axis, self.words))

    def _nothing_words(self, view: EarningsView) -> str:
        if view.unrecognised:
            return say("earnings", "No line of this period was recognised as AI income.")
        return say("earnings", "No line of this period is here. Choose another period.")

    # Statements

    def _shown_statements(self) -> tuple[StatementRow, ...]:
        since, until = self._period.days(self.desk.clock().date())
        named = {row.statement for row in self.view.rows} if self.view is not None else set()
        return tuple(
            each
            for each in self._statements
            if (since is None or each.statement.period_until >= since)
            and (until is None or each.statement.period_from <= until)
            and (self._programme is None or each.statement.id in named)
        )

    def _show_statements(self) -> None:
        found = self._shown_statements()
        shown = found if self._all_shown else found[:_STATEMENTS_SHOWN]
        self.list_model.show_rows(shown, self.words, with_payee=self.artist is None)
        self.show_all.set_words(say("earnings", "All {n} statements", n=self.desk.figures.number(len(found))))
        as_list = self.layout_pills.current == _LIST
        self.show_all.setVisible(as_list and len(shown) < len(found))
        if self.view is not None:
            self.tree_model.show_rows(self.view.rows, self.words)
        self._fit()

    def _fit(self) -> None:
        fit_rows(self.list)
        fit_rows(self.tree)

    def _show_all_statements(self) -> None:
        self._all_shown = True
        self._show_statements()
        self.list.setFocus()

    def _choose_layout(self, chosen: object) -> None:
        self.list.setVisible(chosen == _LIST)
        self.tree.setVisible(chosen == _TREE)
        self._show_statements()

    def _open_row(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        if isinstance(found, StatementRow):
            self.open_statement(found.statement.id)

    def _open_tree(self, index: QModelIndex) -> None:
        found = index.data(ROW_ROLE)
        if not isinstance(found, EarningsRow):
            return
        if found.level is EarningsLevel.STATEMENT and found.statement is not None:
            # Only a programme narrows the lines; a kind of money is seen in its own column.
            programme = found.key.split("/")[2] if self._by is EarningsBy.PROGRAMME else ""
            self.open_statement(found.statement, ProgrammeId(programme) if programme else None)
        else:
            self.tree_model.toggle(index.siblingAtColumn(TreeColumn.WHAT))

    def open_statement(self, statement: StatementId, programme: ProgrammeId | None = None) -> None:
        """Show one statement in place of the page."""
        self.statement.show_statement(statement, self.words, programme)
        self.stack.setCurrentWidget(self.statement)
        self._show_head(False)
        self.statement.table.setFocus()
        self.desk.item_opened.emit(self.key, f"statement/{statement}")

    def leave_statement(self) -> None:
        """Back to the page, with the focus where it was."""
        if self.stack.currentWidget() is not self.statement:
            return
        self.close_item()
        self.desk.item_opened.emit(self.key, "")

    def close_item(self) -> None:
        if self.stack.currentWidget() is not self.statement:
            return
        self.statement.close_panel()
        self.stack.setCurrentWidget(self.states)
        self._show_head(bool(self._statements))
        (self.list if self.layout_pills.current == _LIST else self.tree).setFocus()

    def open_item(self, item: str) -> None:
        statement = part_of(item, "statement")
        row = self.statement.row
        is_there = self.stack.currentWidget() is self.statement
        if is_there and row is not None and row.statement.id == statement:
            return  # as it was left: its line, its tab
        if statement:
            self.open_statement(StatementId(statement))

    def enter(self) -> None:
        if self.stack.currentWidget() is self.statement:
            self.statement.bring_line_back()

    def main_stop(self) -> QWidget | None:
        if self.stack.currentWidget() is self.statement:
            return self.statement.table
        return self.chart.chart if self.states.shown is self.states.content else None

    def _show_head(self, is_shown: bool) -> None:
        """Title and filters belong to the page; a statement brings its own."""
        self._head.setVisible(is_shown or self.stack.currentWidget() is not self.statement)
        self._filter_line.setVisible(is_shown)

    # Findings

    def _show_findings(self, card: Card, findings: tuple[Finding, ...]) -> None:
        rows = self._finding_rows[card]
        clear_layout(rows)
        for finding in findings:
            rows.addWidget(self._finding(finding))
        if not findings:
            none = say(
                "earnings", "Nothing of this kind is known. Programmes that do not report are not seen."
            )
            rows.addWidget(label(none, tone=Token.TEXT_2, wrap=True))
        rows.addStretch(1)

    def _finding(self, finding: Finding) -> Disclosure:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(26, 0, 0, 4)
        layout.setSpacing(6)
        for said in finding.words:
            layout.addWidget(label(sentence(said), tone=Token.TEXT_2, wrap=True))
        ask = LinkButton(self.desk.theme, say("earnings", "Ask about this…"))
        ask.setProperty("finding", finding)
        ask.clicked.connect(self._ask_about)
        layout.addLayout(row(ask, None))
        title = sentence(finding.title)
        if self.artist is None:
            title = say(
                "earnings", "{artist}: {title}", artist=self.desk.name_of(finding.artist), title=title
            )
        return Disclosure(self.desk.theme, title, inside)

    def _ask_about(self) -> None:
        finding = self.sender().property("finding")
        if isinstance(finding, Finding):
            statements = (row.statement for row in self._statements)
            start = about_paid(finding, statements) or about_finding(finding)
            later.new_letter()(self.desk, self.window(), start).open()

    # Choices

    def _choose_period(self, _place: int) -> None:
        self._period = self.period.currentData()
        self._all_shown = False
        self.desk.keep("earnings.period", self._period.value)
        self.reload()

    def _choose_by(self, chosen: object) -> None:
        if isinstance(chosen, EarningsBy):
            self._by = chosen
            self.desk.keep("earnings.by", chosen.value)
            self.reload()

    def _choose_programme(self, _place: int) -> None:
        chosen = self.programme.currentData()
        self._programme = ProgrammeId(chosen) if chosen else None
        self.reload()

    def _choose_currency(self, chosen: object) -> None:
        self._currency = str(chosen)
        if self.view is not None:
            self._show_chart(self.view)

    def _choose_decimals(self, exact: bool) -> None:
        self.words = MoneyWords(self.desk.figures, exact=exact)
        self.statement.show_words(self.words)
        if self.view is not None and self._statements:
            self._show_flow(self.view)
            self._show_chart(self.view)
            self._show_statements()

    def _import(self) -> None:
        self.desk.import_wished.emit(FileKind.STATEMENT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE
        self._pair.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )


def _all_of_it(console: Console, query: EarningsQuery) -> tuple[EarningsView, tuple[StatementRow, ...]]:
    return earnings_commands.earnings(console, query), earnings_commands.statements(console, query.artist)


def _kept_period(kept: str) -> Period:
    return next((period for period in Period if period.value == kept), Period.TWELVE_MONTHS)


def _period_name(period: Period) -> str:
    match period:
        case Period.TWELVE_MONTHS:
            return say("earnings", "Last 12 months")
        case Period.THIS_YEAR:
            return say("earnings", "This year")
        case Period.LAST_YEAR:
            return say("earnings", "Last year")
        case Period.EVERYTHING:
            return say("earnings", "All time")
