"""What AI programmes paid: from earned to paid per currency, by month, and every statement down to a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from artist_console.commands import earnings as earnings_commands
from artist_console.commands.console import Console
from artist_console.commands.earnings import (
    EarningsBy,
    EarningsQuery,
    EarningsView,
    EstimateRange,
    StatementRow,
)
from artist_console.commands.imports import FileKind
from artist_console.commands.waterfall import waterfall_of_work
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.waterfall import Waterfall
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.pages.earnings_compare import EarningsCompare
from artist_console.ui.pages.earnings_doings import EarningsDoings
from artist_console.ui.pages.earnings_filters import EarningsFilters
from artist_console.ui.pages.earnings_money import EarningsMoney
from artist_console.ui.pages.earnings_parts import MoneyPage
from artist_console.ui.pages.earnings_period import (
    Period,
    axis_of,
    lies_in,
    period_name,
    period_of,
    reaches_beyond,
)
from artist_console.ui.pages.earnings_reconcile import EarningsReconcile
from artist_console.ui.pages.earnings_statements import EarningsStatements
from artist_console.ui.pages.statement import StatementView
from artist_console.ui.pages.waterfall_cards import WaterfallCards
from artist_console.ui.places import part_of
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, Select
from artist_console.ui.widgets.page import MARGIN, ScrollPage
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one reload of the page brings."""

    query: EarningsQuery
    view: EarningsView
    statements: tuple[StatementRow, ...]
    waterfalls: tuple[Waterfall, ...]  # of the work that the page is narrowed down to


class EarningsScreen(MoneyPage):
    """Overview of the money, and in its place one statement while it is open."""

    key = "earnings"
    shows = Changes.STATEMENTS | Changes.INCLUSIONS | Changes.PROGRAMMES | Changes.ARTISTS | Changes.WORKS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view: EarningsView | None = None
        self.statements: tuple[StatementRow, ...] = ()
        self._ranges: tuple[EstimateRange, ...] = ()
        self._looks_beside = True  # nothing has been asked for yet, so nothing is missing beside it
        self._waterfalls: tuple[Waterfall, ...] = ()
        self._period = period_of(desk.kept("earnings.period"))
        self._by = EarningsBy(desk.kept("earnings.by") or EarningsBy.PROGRAMME.value)
        self.words = MoneyWords(desk.figures)
        self.doings = EarningsDoings(self)
        self._build_head()
        self._build_content()
        self._build_actions()
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
            self.period.addItem(period_name(period), period)
        self.period.setCurrentIndex(list(Period).index(self._period))
        self.period.activated.connect(self._choose_period)
        self.add_action(self.period)
        self.out_button = Button(theme, say("earnings", "Export"), icon=Icon.EXPORT)
        self.out_menu = QMenu(self)
        self.out_button.setMenu(self.out_menu)
        self.add_action(self.out_button)
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
        self.narrow = EarningsFilters(theme, self)
        self.narrow.changed.connect(self.reload)
        self.filter_end(self.narrow.button)
        self.decimals = CheckBox(theme, say("earnings", "All decimals"))
        self.decimals.toggled.connect(self._choose_decimals)
        self.filter_end(self.decimals)

    def _build_content(self) -> None:
        theme = self.desk.theme
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(MARGIN, 6, MARGIN, MARGIN)
        inside.setSpacing(16)
        self.money = EarningsMoney(theme)
        self.money.sources_wished.connect(self.doings.show_sources)
        self.money.conversion_wished.connect(self.doings.choose_rates)
        self.money.conversion_left.connect(self.doings.forget_rates)
        self.money.currency_chosen.connect(self._show_currency)
        self.money.widening_wished.connect(self._widen)
        self.waterfalls = WaterfallCards(theme)
        self.compare = EarningsCompare(theme)
        self.compare.work_chosen.connect(self._narrow_to_work)
        self.compare.artist_chosen.connect(self.desk.choose_artist)
        self.list_card = EarningsStatements(theme, self.words)
        self.list_card.opened.connect(self.open_statement)
        self.reconcile = EarningsReconcile(self.desk)
        for part in (self.money, self.waterfalls, self.compare, self.list_card, self.reconcile):
            inside.addWidget(part)
        inside.addStretch(1)
        self.page = ScrollPage(content)
        self.states = StateStack(theme, self.page)
        self.states.retry.connect(self.reload)

    def _build_actions(self) -> None:
        self.print_action = self._action(say("earnings", "Print the charts…"), self.doings.print_page)
        self.print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.pdf_action = self._action(say("earnings", "Charts and tables as PDF…"), self.doings.save_page)
        self.export_action = self._action(
            say("earnings", "Statement of this period…"), self.doings.export_period
        )
        self.pay_terms_action = self._action(
            say("earnings", "Rates, reserves and commission…"), self.doings.show_pay_terms
        )
        self.convert_action = self._action(
            say("earnings", "About how much in another currency…"), self.doings.choose_rates
        )
        self.sources_action = self._action(
            say("earnings", "Which stores are AI income…"), self.doings.show_sources
        )
        for action in (self.export_action, self.pdf_action, self.print_action):
            self.out_menu.addAction(action)

    def _action(self, text: str, do: object) -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    def offered(self) -> Sequence[QAction]:
        return (
            self.export_action,
            self.pdf_action,
            self.print_action,
            self.convert_action,
            self.sources_action,
            self.pay_terms_action,
        )

    # Loading

    @property
    def query(self) -> EarningsQuery:
        """What the page asks for now."""
        since, until = self.days
        return self.narrow.narrowing.of(
            EarningsQuery(artist=self.artist, since=since, until=until, by=self._by)
        )

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self.artist:
            self.narrow.forget()
            self.doings.forget_rates()
            self.reconcile.close_panel()
            self.artist = artist
            self.leave_statement()
        super().show_scope(artist)

    def reload(self) -> None:
        query = self.query
        self.desk.ask(self, "earnings", lambda console: _all_of_it(console, query), self._show, self._fail)
        self._looks_beside = False
        if self.isVisible():
            self._look_beside()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._looks_beside:
            self._look_beside()

    def _look_beside(self) -> None:
        """Go through every estimated line and all records: seconds of work, and so only for who looks.

        Beside the lane, which stays free for the next question.
        """
        self._looks_beside = True
        query = self.query
        self.desk.long_work(
            lambda console, _progress: (query, earnings_commands.estimate_ranges(console, query)),
            self._show_ranges,
        )
        self.reconcile.ask(query)

    def _fail(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show(self, answer: _Answer) -> None:
        self.view, self.statements = answer.view, answer.statements
        self.words = MoneyWords(self.desk.figures, exact=self.decimals.isChecked())
        self.narrow.offer(answer.view)
        if not self.statements:
            bring = Button(
                self.desk.theme, say("earnings", "Import a statement…"), ButtonKind.PRIMARY, Icon.IMPORT
            )
            bring.clicked.connect(self._import)
            self._show_empty(bring)
            return
        self.import_button.show()
        self.out_button.show()
        self._show_head(self.stack.currentWidget() is not self.statement)
        self._waterfalls = answer.waterfalls
        self._show_words()
        self.states.show_content()
        if self.stack.currentWidget() is self.statement:
            self.statement.show_words(self.words)
        self.pass_focus_on()

    def _show_empty(self, bring: Button) -> None:
        self.import_button.hide()  # the same one stands in the middle
        self.out_button.hide()
        self._show_head(False)
        self.states.show_empty(
            say("earnings", "No statement has arrived yet. Most programmes report once a quarter."),
            say("earnings", "A file that was sent to you can be imported and checked here: CSV or XLSX."),
            bring,
            Icon.EARNINGS,
        )

    def _show_ranges(self, answer: tuple[EarningsQuery, tuple[EstimateRange, ...]]) -> None:
        query, ranges = answer
        if query == self.query and self.view is not None and self.statements:
            self._ranges = ranges
            self._show_chart(self.view)

    def _show_words(self) -> None:
        """Everything that is written in amounts."""
        view = self.view
        if view is None or not self.statements:
            return
        shown = self.shown_statements()
        self.money.show_flow(
            view,
            self.words,
            is_narrow=self.narrow.narrowing.is_narrow,
            reaches_beyond=any(reaches_beyond(row, self.days) for row in shown),
            has_others=bool(shown),
        )
        left_out = [row.statement.rows_left_out for row in shown if row.statement.rows_left_out]
        self.money.show_partial(len(left_out), sum(left_out))
        self._show_chart(view)
        self.waterfalls.show_waterfalls(self._waterfalls, self.words)
        self.waterfalls.setVisible(bool(self._waterfalls))
        self.list_card.by_programme = self._by is EarningsBy.PROGRAMME
        self.list_card.setVisible(bool(shown))
        self.list_card.show_rows(shown, view.rows, self.words, with_payee=self.artist is None)
        self.reconcile.show_words(self.statements, self.words, all_artists=self.artist is None)
        self.doings.convert_again()

    def _show_chart(self, view: EarningsView) -> None:
        is_narrow = self.narrow.narrowing.is_narrow
        axis = axis_of(view, self.days)
        self.money.show_chart(view, self._ranges, axis, self.words, is_narrow=is_narrow)
        # The charts below are of the currency of the first one.
        self.compare.show_view(view, self.money.currency, self.words, roster=self.artist is None)

    def _show_currency(self, _currency: str) -> None:
        if self.view is not None:
            self._show_chart(self.view)

    def shown_statements(self) -> tuple[StatementRow, ...]:
        """The statements of the period; where a filter holds, those that have money of it."""
        days = self.days
        named = {row.statement for row in self.view.rows} if self.view is not None else set()
        is_narrow = self.narrow.narrowing.is_narrow
        return tuple(
            each
            for each in self.statements
            if lies_in(each, days) and (not is_narrow or each.statement.id in named)
        )

    # A statement in place of the page

    def open_statement(self, statement: StatementId, programme: ProgrammeId | None = None) -> None:
        """Show one statement in place of the page."""
        self.reconcile.close_panel()
        narrowing, names = self.narrow.narrowing, self.narrow.named()
        if programme is not None:
            narrowing = replace(narrowing, programme=programme)
            known = dict(self.view.programmes) if self.view is not None else {}
            names = {"programme": isolate(known.get(programme, programme)), **names}
        self.statement.show_statement(statement, self.words, narrowing.lines(), names)
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
        self._show_head(bool(self.statements))
        self.list_card.table.setFocus()

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
        return self.money.chart.chart if self.states.shown is self.states.content else None

    def _show_head(self, is_shown: bool) -> None:
        """Title and filters belong to the page; a statement brings its own."""
        self._head.setVisible(is_shown or self.stack.currentWidget() is not self.statement)
        self._filter_line.setVisible(is_shown)

    # Choices

    def _choose_period(self, _place: int) -> None:
        self._period = self.period.currentData()
        self.list_card.another_period()
        self.desk.keep("earnings.period", self._period.value)
        self.reload()

    def _widen(self) -> None:
        """Nothing is in sight: let go of the filters, else look at all time."""
        if self.narrow.narrowing.is_narrow:
            self.narrow.button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.narrow.clear()
            return
        self.period.setFocus(Qt.FocusReason.OtherFocusReason)
        self.period.setCurrentIndex(self.period.findData(Period.EVERYTHING))
        self._choose_period(self.period.currentIndex())

    def _choose_by(self, chosen: object) -> None:
        if isinstance(chosen, EarningsBy):
            self._by = chosen
            self.desk.keep("earnings.by", chosen.value)
            self.reload()

    def _narrow_to_work(self, work: WorkId, title: str) -> None:
        self.narrow.name_work(work, title)
        self.narrow.choose(work=work)

    def _choose_decimals(self, exact: bool) -> None:
        self.words = MoneyWords(self.desk.figures, exact=exact)
        self.statement.show_words(self.words)
        self._show_words()

    def _import(self) -> None:
        self.desk.import_wished.emit(FileKind.STATEMENT)


def _all_of_it(console: Console, query: EarningsQuery) -> _Answer:
    waterfalls = waterfall_of_work(console, query.work, query) if query.work is not None else ()
    return _Answer(
        query,
        earnings_commands.earnings(console, query),
        earnings_commands.statements(console, query.artist),
        waterfalls,
    )
