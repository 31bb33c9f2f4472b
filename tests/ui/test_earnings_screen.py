"""The earnings screen on the sample: figures are sums of exact lines, and each line explains itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from artist_console.commands.earnings import EarningsBy, LineView
from artist_console.domain.changes import Changes
from artist_console.domain.earnings import Flow, flows
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.statements import (
    CheckResult,
    Line,
    MoneyNature,
    exact_sum,
    is_ai_income,
    is_earned,
)
from artist_console.store import statements as stored
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.figures import Figures
from artist_console.ui.money_words import MoneyWords, exact_money, period_words
from artist_console.ui.pages.earnings import EarningsScreen
from artist_console.ui.pages.earnings_chart import earnings_chart, months_between
from artist_console.ui.pages.earnings_period import Period
from artist_console.ui.pages.money_flow import flow_steps
from artist_console.ui.places import Place
from artist_console.ui.tables.earnings_tree_model import TreeColumn
from artist_console.ui.tables.lines_model import BLOCK, LinesColumn, LinesModel
from artist_console.ui.tables.statements_model import StatementsColumn
from artist_console.ui.widgets.buttons import LinkButton
from tests.ui.sample_profile import OpenWindow

FIGURES = Figures("en_GB")
TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal


def earnings_of(window: OpenWindow, artist: str) -> EarningsScreen:
    """The screen for one artist, showing everything that was ever stated."""
    window.choose_artist(artist)
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    choose_period(window, screen, Period.EVERYTHING)
    return screen


def choose_period(window: OpenWindow, screen: EarningsScreen, period: Period) -> None:
    screen.period.setCurrentIndex(screen.period.findData(period))
    screen.period.activated.emit(screen.period.currentIndex())
    window.settle()


def lines_of(window: OpenWindow, screen: EarningsScreen) -> tuple[Line, ...]:
    """Every line of the artist's statements that no later one replaces, read from the store."""
    console = window.profile.console()
    try:
        gone = stored.replaced(console.store)
        return tuple(
            line
            for statement in stored.all(console.store, screen.artist)
            if statement.id not in gone
            for line in stored.lines(console.store, statement.id)
        )
    finally:
        console.store.close()


def test_the_flow_on_the_screen_is_the_sum_of_exact_lines(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    lines = lines_of(window, screen)
    screen.decimals.click()
    (line,) = screen.money.flow_lines
    shown = {step.name: step.figure for step in line.steps}
    earned = exact_sum(each.amount for each in lines if is_earned(each.kind))
    assert shown["Earned from AI"] == exact_money(FIGURES, "EUR", earned)
    assert shown["Payable"] == exact_money(FIGURES, "EUR", exact_sum(each.amount for each in lines))
    (flow,) = flows((), lines)
    assert shown["Held"] == exact_money(FIGURES, "EUR", flow.held)


def test_the_chart_adds_up_to_the_same_as_the_lines_by_programme_and_by_kind(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    earned = exact_sum(line.amount for line in lines_of(window, screen) if is_earned(line.kind))
    for by in EarningsBy:
        screen.by.pill(by).click()
        window.settle()
        data = screen.money.chart.chart.data
        assert exact_sum(data.total(point) for point in range(data.count)) == earned


def test_currencies_stand_side_by_side_and_are_never_added(window: OpenWindow) -> None:
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    choose_period(window, screen, Period.EVERYTHING)
    assert screen.view is not None
    assert [flow.currency for flow in screen.view.flow] == ["EUR", "GBP", "USD"]
    assert len(screen.money.flow_lines) == 3
    screen.money.currencies.pill("GBP").click()
    (pounds,) = (flow for flow in screen.view.flow if flow.currency == "GBP")
    data = screen.money.chart.chart.data
    assert exact_sum(data.total(point) for point in range(data.count)) == pounds.earned


def test_an_estimate_carries_its_range_into_chart_and_table(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    estimates = [s for s in screen.money.chart.chart.data.series if s.ranges]
    assert estimates
    for series in estimates:
        for value, bounds in zip(series.values, series.ranges, strict=True):
            assert (value is None) is (bounds is None)
            if value is not None and bounds is not None:
                assert bounds[0] <= value <= bounds[1]


def test_no_recognised_line_is_said_and_not_shown_as_zero() -> None:
    nothing = Decimal(0)
    flow = Flow(
        "GBP", nothing, Decimal(12), nothing, nothing, nothing, nothing, nothing, Decimal(12), Decimal(12)
    )
    first = flow_steps(flow, MoneyWords(FIGURES), recognised=False, whole=True)[0]
    assert first.figure == "–"
    assert first.detail == "No line recognised as AI income"


def test_lines_that_are_no_ai_income_are_counted_and_named(window: OpenWindow) -> None:
    screen = earnings_of(window, "Paper Orchard")
    others = sum(not is_ai_income(line.kind) for line in lines_of(window, screen))
    assert others > 0
    assert screen.money.unrecognised.isVisible()
    assert screen.money.unrecognised.words.text().startswith(f"{others} lines are not recognised")


def test_an_artist_without_statements_is_told_what_will_be_here(window: OpenWindow) -> None:
    window.choose_artist("Ola")
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    assert screen.states.shown is screen.states.empty
    assert "Most programmes report once a quarter" in screen.states.empty.accessibleName()


def test_the_statement_that_does_not_add_up_says_by_how_much(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    QAbstractItemModelTester(screen.list_card.list_model, TESTER)
    screen.list_card.show_all.click()
    assert len(screen.list_card.list_model.rows) == len(screen.statements)
    wrong = next(
        place
        for place, row in enumerate(screen.list_card.list_model.rows)
        if row.check is CheckResult.DOES_NOT_ADD_UP
    )
    said = screen.list_card.list_model.index(wrong, StatementsColumn.CHECK).data(
        Qt.ItemDataRole.AccessibleTextRole
    )
    assert said == "Check: Does not add up, €6.90 less than its own lines"
    screen.list_card.list.opened.emit(screen.list_card.list_model.index(wrong, 0))
    window.settle()
    assert "€6.90 less than its own lines" in screen.statement.banner.accessibleName()
    screen.statement.show_checks()
    assert screen.statement.check is not None
    sentences = [screen.statement.check_sentence(check) for check in screen.statement.check.checks]
    assert "The declared total is €6.90 less than its own lines." in sentences
    screen.statement.ask_button.click()
    letter = window.panel(NewLetterDialog)
    assert letter.what.offer is not None
    assert letter.what.offer.kind is LetterKind.STATEMENT_QUESTION
    wish = letter.wish
    assert wish is not None
    row = screen.statement._row
    assert row is not None
    assert wish.about.statement == row.statement.id
    assert "€6.90" in wish.values["question"], "the facts are in it already"
    letter.reject()


def test_the_tree_leads_from_a_year_by_keyboard_to_how_a_line_was_made(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    QAbstractItemModelTester(screen.list_card.tree_model, TESTER)
    screen.list_card.layout_pills.pill("tree").click()
    screen.list_card.tree.setFocus()
    model = screen.list_card.tree_model
    programme = next(at for at, row in enumerate(model.rows) if row.title == "Harmonia")
    screen.list_card.tree.setCurrentIndex(model.index(programme, TreeColumn.WHAT))
    QTest.keyClick(screen.list_card.tree, Qt.Key.Key_Return)
    assert (
        exact_sum(row.amount for row in model.rows if row.parent == model.rows[programme].key)
        == model.rows[programme].amount
    )
    QTest.keyClick(screen.list_card.tree, Qt.Key.Key_Down)
    QTest.keyClick(screen.list_card.tree, Qt.Key.Key_Return)
    window.settle()
    statement = screen.statement
    assert screen.stack.currentWidget() is statement
    assert {view.programme_name for view in statement.model.rows} == {"Harmonia"}
    made = next(at for at, view in enumerate(statement.model.rows) if view.making_holds)
    statement.table.setCurrentIndex(statement.model.index(made, LinesColumn.WORK))
    QTest.keyClick(statement.table, Qt.Key.Key_Return)
    window.settle()
    assert statement.panel.isVisible()
    assert statement.panel.view == statement.model.rows[made]
    QTest.keyClick(statement.table, Qt.Key.Key_Escape)
    assert not statement.panel.isVisible()
    QTest.keyClick(statement.table, Qt.Key.Key_Escape)
    assert screen.stack.currentWidget() is screen.states


def test_back_returns_from_a_statement_to_the_page(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    window.main.show_place(Place("earnings", f"statement/{screen.statements[0].statement.id}"))
    window.settle()
    assert screen.stack.currentWidget() is screen.statement
    window.main.back()
    assert screen.stack.currentWidget() is screen.states
    window.main.forward()
    assert screen.stack.currentWidget() is screen.statement


def test_a_statement_that_is_come_back_to_is_as_it_was_left(window: OpenWindow) -> None:
    """One header, its line beside it, its tab."""
    screen = earnings_of(window, "Mara")
    screen.open_statement(screen.statements[0].statement.id)
    window.settle()
    statement = screen.statement
    statement.table.setCurrentIndex(statement.model.index(0, LinesColumn.WORK))
    QTest.keyClick(statement.table, Qt.Key.Key_Return)
    statement.show_checks()
    window.settle()
    window.show("works")
    window.main.back()
    window.desk.changed.emit(Changes.STATEMENTS)
    window.settle()
    assert screen.stack.currentWidget() is statement
    assert not screen._head.isVisible()
    assert not screen._filter_line.isVisible()
    assert statement.views.currentWidget() is statement.checks_area
    assert statement.panel.isVisible()
    assert statement.panel.view == statement.model.rows[0]


def test_until_the_first_answer_no_chart_and_no_empty_list_are_shown(window: OpenWindow) -> None:
    screen = EarningsScreen(window.desk)
    assert screen.states.shown is screen.states.loading
    assert not screen._filter_line.isVisibleTo(screen)
    screen.deleteLater()


def test_a_correction_stands_under_the_line_that_it_corrects(window: OpenWindow) -> None:
    """Of every statement of every artist in the sample."""
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    choose_period(window, screen, Period.EVERYTHING)
    corrected = {line.statement for line in lines_of(window, screen) if line.corrects is not None}
    assert corrected
    for id in sorted(corrected):
        screen.open_statement(id)
        window.settle()
        rows = screen.statement.model.rows
        numbers = [view.line.number for view in rows]
        for at, view in enumerate(rows):
            if view.line.corrects in numbers and view.line.corrects_statement in (None, id):
                above = rows[at - 1].line
                assert view.line.corrects in (above.number, above.corrects)


def test_the_period_control_shows_whole_months_and_says_that_payments_reach_beyond() -> None:
    today = date(2025, 11, 18)
    assert Period.TWELVE_MONTHS.days(today) == (date(2024, 12, 1), today)
    assert Period.LAST_YEAR.days(today) == (date(2024, 1, 1), date(2024, 12, 31))
    assert Period.EVERYTHING.days(today) == (None, None)
    zero, ten = Decimal(0), Decimal(10)
    flow = Flow("EUR", ten, zero, zero, zero, zero, zero, zero, ten, Decimal(30))
    paid = flow_steps(flow, MoneyWords(FIGURES), recognised=True, whole=True, reaches_beyond=True)[-1]
    assert paid.detail == "Reaches beyond this period"


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2025, 8, 1), date(2025, 8, 31), "August 2025"),
        (date(2025, 7, 1), date(2025, 9, 30), "July to September 2025"),
        (date(2024, 12, 1), date(2025, 2, 28), "December 2024 to February 2025"),
        (date(2025, 7, 2), date(2025, 9, 30), "2 July 2025 to 30 September 2025"),
    ],
)
def test_a_period_is_written_as_its_months_where_it_is_whole_ones(
    since: date, until: date, words: str
) -> None:
    assert period_words(FIGURES, since, until) == words


@given(st.decimals(min_value=-1000, max_value=1000, places=6))
def test_an_amount_has_a_sign_only_where_it_shows_a_figure(amount: Decimal) -> None:
    shown = MoneyWords(FIGURES).money("EUR", amount)
    assert shown.startswith("-") is (amount < 0 and any(digit in shown for digit in "123456789"))
    exact = MoneyWords(FIGURES, exact=True).money("EUR", amount)
    assert Decimal(exact.removesuffix(" EUR").replace(",", "")) == amount


def test_a_month_without_a_line_is_no_figure_and_not_zero() -> None:
    axis = months_between(date(2024, 11, 1), date(2025, 2, 1))
    assert [month.month for month in axis] == [11, 12, 1, 2]
    data = earnings_chart((), (), "EUR", axis, MoneyWords(FIGURES))
    assert data.series == ()
    assert data.is_empty


def test_only_the_lines_that_are_looked_at_are_asked_for(window: OpenWindow) -> None:
    """However many there are: a statement may have millions."""
    screen = earnings_of(window, "Mara")
    screen.open_statement(screen.statements[0].statement.id)
    window.settle()
    view = screen.statement.model.rows[0]
    total = 2_000_000
    model = LinesModel(MoneyWords(FIGURES))
    asked: list[int] = []
    model.block_wanted.connect(asked.append)

    def block(offset: int) -> tuple[LineView, ...]:
        count = min(BLOCK, total - offset)
        return tuple(replace(view, line=replace(view.line, number=offset + n + 1)) for n in range(count))

    model.start(MoneyWords(FIGURES))
    assert asked == [0]
    model.take(0, block(0), total)
    assert model.rowCount() == total
    for place in (5, total - 1, total - 1, 1_234_567):
        model.index(place, LinesColumn.WORK).data(ROW_ROLE)
    last, middle = (total - 1) // BLOCK * BLOCK, 1_234_567 // BLOCK * BLOCK
    assert asked == [0, last, middle], "once each"
    model.take(last, block(last), total)
    assert model.index(total - 1, LinesColumn.WORK).data(ROW_ROLE).line.number == total
    assert model.index(1_234_567, LinesColumn.WORK).data(ROW_ROLE) is None, "it is on its way"
    assert model.place_of(total) == total - 1
    for offset in range(0, 100 * BLOCK, BLOCK):
        model.row_at(offset)
        model.take(offset, block(offset), total)
    assert len(model.rows) < 100 * BLOCK, "what was not looked at for long is let go"
    # An answer to a question that nobody asks any more changes nothing.
    model.start(MoneyWords(FIGURES))
    model.take(last, block(last), total)
    assert model.rowCount() == 0


def test_money_of_another_nature_is_another_series(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    assert screen.view is not None
    natures = {total.nature for total in screen.view.months}
    assert {MoneyNature.FIXED, MoneyNature.COUNTED, MoneyNature.ESTIMATED} <= natures
    keys = [series.key for series in screen.money.chart.chart.data.series]
    assert len(keys) == len(set(keys))


def test_a_line_of_a_statement_begins_a_letter_about_their_statement(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    statement = next(row.statement for row in screen.statements if row.check is CheckResult.ADDS_UP)
    screen.open_statement(statement.id)
    window.settle()
    page = screen.statement
    page.table.opened.emit(page.model.index(0, LinesColumn.WORK))
    window.settle()
    ask = next(b for b in page.panel.findChildren(LinkButton) if b.text().startswith("Ask about this line"))
    ask.click()
    letter = window.panel(NewLetterDialog)
    window.settle()
    wish = letter.wish
    assert wish is not None
    assert wish.kind is LetterKind.STATEMENT_QUESTION
    assert wish.about.statement == statement.id
    assert "Line 1" in wish.values["question"]
    assert wish.values["amount"]
    letter.reject()
