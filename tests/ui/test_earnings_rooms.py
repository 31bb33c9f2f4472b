"""The rooms of the earnings screen on the sample: narrow down, compare, follow money, ask, print."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from artist_console.commands.conversion import KeptRates, add_table
from artist_console.domain.statements import (
    CheckResult,
    LineKind,
    MoneyNature,
    StatementLevel,
    exact_sum,
    is_earned,
)
from artist_console.store import statements as stored
from artist_console.ui.charts import on_paper
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.rates import RateChoice
from artist_console.ui.figures import Figures
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.pages.earnings import EarningsScreen
from artist_console.ui.pages.earnings_filters import Narrowing
from artist_console.ui.pages.earnings_paper import earnings_pages
from artist_console.ui.pages.earnings_period import Period
from artist_console.ui.pages.statement_lines import NO_FILTER
from artist_console.ui.widgets.pills import RemovablePill
from tests.ui.sample_profile import OpenWindow

FIGURES = Figures("en_GB")
WORDS = MoneyWords(FIGURES)
TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal


def earnings_of(window: OpenWindow, artist: str) -> EarningsScreen:
    """The screen for one artist, or for all of them, showing everything that was ever stated."""
    if artist:
        window.choose_artist(artist)
    else:
        window.desk.choose_artist(None)
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    screen.period.setCurrentIndex(screen.period.findData(Period.EVERYTHING))
    screen.period.activated.emit(screen.period.currentIndex())
    window.settle()
    return screen


def chips_of(screen: EarningsScreen) -> list[RemovablePill]:
    return [chip for chip in screen.findChildren(RemovablePill) if chip.property("narrows")]


def test_filters_narrow_every_figure_down_and_each_can_be_taken_away(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    assert screen.view is not None
    whole = screen.view
    kind = LineKind.USAGE_OUTPUT_ATTRIBUTED
    assert kind in dict(whole.kinds)
    screen.narrow.choose(kind=kind)
    window.settle()
    (chip,) = chips_of(screen)
    assert screen.view.months
    assert {total.nature for total in screen.view.months} == {MoneyNature.ESTIMATED}
    data = screen.money.chart.chart.data
    top = [each for each in screen.view.top_works if each.currency == "EUR"]
    assert exact_sum(data.total(n) for n in range(data.count)) == exact_sum(each.amount for each in top)
    # What is paid is paid for whole statements: no figure of a part.
    (line,) = screen.money.flow_lines
    assert {step.name: step.figure for step in line.steps}["Paid"] == "–"
    # A filter never empties its own menu.
    screen.narrow.menu.aboutToShow.emit()
    kinds = next(a.menu() for a in screen.narrow.menu.actions() if a.text() == "Kind of money")
    assert len(kinds.actions()) == len(whole.kinds) > 1
    (held,) = (action.text() for action in kinds.actions() if action.isChecked())
    assert held in chip.accessibleName()
    # The statement that it leads to shows the same lines.
    statement = screen.shown_statements()[0].statement.id
    screen.open_statement(statement)
    window.settle()
    assert {view.line.kind for view in screen.statement.model.rows} == {kind}
    (only,) = [c for c in screen.statement.findChildren(RemovablePill) if c.property("narrows")]
    QTest.keyClick(only, Qt.Key.Key_Delete)
    window.settle()
    assert screen.statement.lines.where == NO_FILTER
    assert {view.line.kind for view in screen.statement.model.rows} > {kind}
    screen.leave_statement()
    QTest.keyClick(chips_of(screen)[0], Qt.Key.Key_Space)
    window.settle()
    assert screen.narrow.narrowing == Narrowing()
    assert screen.view.flow == whole.flow


def test_a_work_is_followed_from_its_pools_to_what_it_earned(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    assert not screen.waterfalls.isVisible()
    chart = screen.compare.works.chart
    assert chart.data.rows
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Down)
    first = screen.view.top_works[0] if screen.view is not None else None
    assert first is not None
    QTest.keyClick(chart, Qt.Key.Key_Return)
    window.settle()
    assert screen.narrow.narrowing.work == first.work
    (waterfall,) = screen._waterfalls
    (card,) = screen.waterfalls.cards
    changes = [step.amount for step in waterfall.steps if step.kind.value in ("up", "down")]
    assert exact_sum((waterfall.steps[0].amount, *changes)) == waterfall.net
    assert [row.told for row in card.chart.data.rows][-1] == WORDS.money("EUR", waterfall.net)
    assert card.figures.table.rows[0][0].words == card.chart.data.rows[0].name
    # All that is earned with it, and nothing else, is in it.
    assert waterfall.net == first.amount


def test_artists_of_a_roster_stand_beside_each_other_and_lead_to_their_own(window: OpenWindow) -> None:
    screen = earnings_of(window, "")
    chart = screen.compare.artists.chart
    assert screen.compare.artists.isVisible()
    assert screen.view is not None
    flows = {flow.currency: flow.earned for flow in screen.view.flow}
    for currency in ("EUR", "GBP"):
        total = exact_sum(each.amount for each in screen.view.by_artist if each.currency == currency)
        assert total == flows[currency]
    for row in chart.data.rows:
        assert sum((abs(span.end - span.start) for span in row.spans), Decimal(0)) > 0
    chart.opened.emit(1)
    window.settle()
    shown = [each for each in screen.view.by_artist if each.currency == screen.money.currency]
    assert screen.artist is not None
    assert not screen.compare.artists.isVisible(), "one artist is beside nobody"
    assert {each.artist for each in shown} == {screen.artist}


def test_a_statement_shows_its_waterfall_and_a_check_leads_to_its_line(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    row = next(row for row in screen.statements if row.check is CheckResult.DOES_NOT_ADD_UP)
    screen.open_statement(row.statement.id)
    window.settle()
    page = screen.statement
    page.pills.pill("way").click()
    window.settle()
    assert page.views.currentWidget() is page.way_states
    (waterfall,) = page._waterfalls
    assert waterfall.net == row.amount
    page.show_checks()
    page.checks.line_wished.emit(3)
    window.settle()
    assert page.views.currentWidget() is page.lines
    assert page.panel.view is not None
    assert page.panel.view.line.number == 3
    assert not page.partial.isVisible()
    assert not page.level.isVisible()


def test_what_does_not_meet_is_listed_by_kind_and_begins_a_letter_with_its_facts(
    window: OpenWindow, tmp_path: Path
) -> None:
    screen = earnings_of(window, "")
    rows = screen.reconcile.rows
    QAbstractItemModelTester(screen.reconcile.model, TESTER)
    assert rows
    kind = rows[0].kind
    if screen.reconcile.kinds.isVisible():
        screen.reconcile.kinds.pill(kind).click()
        assert {row.kind for row in screen.reconcile.rows} == {kind}
    screen.reconcile.table.setFocus()
    screen.reconcile.table.setCurrentIndex(screen.reconcile.model.index(0, 0))
    QTest.keyClick(screen.reconcile.table, Qt.Key.Key_Return)
    window.settle()
    panel = screen.reconcile.panel
    assert panel.isVisible()
    assert panel.shown == screen.reconcile.rows[0]
    panel.ask_about_it()
    letter = window.panel(NewLetterDialog)
    window.settle()
    wish = letter.wish
    assert wish is not None
    assert panel.shown is not None
    assert panel.shown.unmet.artist in wish.artists
    letter.reject()
    target = tmp_path / "ask.csv"
    screen.reconcile.save_to(str(target))
    window.settle()
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) >= 1 + len(screen.reconcile.rows)
    window.desk.choose_artist(rows[0].unmet.artist)
    window.settle()
    assert not panel.isVisible(), "it was about another list"


def test_currencies_are_added_only_on_request_with_the_rates_that_were_used(
    window: OpenWindow, tmp_path: Path
) -> None:
    table = tmp_path / "rates.csv"
    table.write_text("date,currency,rate\n2024-01-02,USD,1.25\n2024-01-02,GBP,0.8\n", encoding="utf-8")
    kept: list[KeptRates] = []
    window.desk.act(
        window.main, lambda console: add_table(console, table, "Ours", "The bank", "EUR"), kept.append
    )
    window.settle()
    screen = earnings_of(window, "")
    assert not screen.money.approximate.isVisible()
    assert screen.money.convert.isVisible()
    screen.doings._take_rates(RateChoice("EUR", kept[0].id, None))
    window.settle()
    assert screen.view is not None
    earned = {flow.currency: flow.earned for flow in screen.view.flow}
    about = earned["EUR"] + earned["USD"] / Decimal("1.25") + earned["GBP"] / Decimal("0.8")
    said = screen.money.approximate.words.text().translate({0x2068: None, 0x2069: None})
    assert f"≈ {FIGURES.money('EUR', about)}" in said
    assert "The bank" in said
    screen.money.leave.click()
    assert not screen.money.approximate.isVisible()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")
def test_the_page_on_paper_has_the_figures_of_the_screen(window: OpenWindow, tmp_path: Path) -> None:
    screen = earnings_of(window, "Mara")
    file = tmp_path / "page.pdf"
    file.write_bytes(on_paper.pdf(earnings_pages(screen), window.desk.theme.font().family()))
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "Earnings of" in text
    for step in screen.money.flow_lines[0].steps:
        assert step.figure in text
    table = screen.money.chart.figures.table
    assert all(row[-1].words in text for row in table.rows)
    assert all(row.figure in text for row in screen.compare.works.chart.data.rows)
    for row in screen.shown_statements():
        assert WORDS.money(row.statement.currency, row.amount) in text


def test_an_unrecognised_store_is_told_with_the_way_to_say_what_it_is(window: OpenWindow) -> None:
    screen = earnings_of(window, "Paper Orchard")
    assert screen.money.unrecognised.isVisible()
    wished: list[str] = []
    window.desk.sheet_wished.connect(wished.append)
    screen.money.sources.click()
    window.settle()
    assert wished == ["sources/"]


def test_links_of_the_page_are_reached_by_tab(window: OpenWindow) -> None:
    screen = earnings_of(window, "Mara")
    screen.money.chart.chart.setFocus()
    reached = set()
    for _ in range(60):
        QTest.keyClick(window.main.focusWidget(), Qt.Key.Key_Tab)
        reached.add(window.main.focusWidget())
    wanted = {screen.compare.works.chart, screen.compare.works.switch, screen.list_card.table}
    assert wanted <= reached
    assert all(
        button in reached for button in (screen.import_button, screen.out_button, screen.narrow.button)
    )


def test_only_what_a_payee_is_due_counts_in_what_was_earned(window: OpenWindow) -> None:
    screen = earnings_of(window, "")
    assert screen.view is not None
    console = window.profile.console()
    try:
        gone = stored.replaced(console.store)
        lines = [
            line
            for statement in stored.all(console.store)
            if statement.id not in gone and statement.level is StatementLevel.PAYEE_NET
            for line in stored.lines(console.store, statement.id)
        ]
    finally:
        console.store.close()
    for flow in screen.view.flow:
        assert flow.earned == exact_sum(
            line.amount for line in lines if line.currency == flow.currency and is_earned(line.kind)
        )


def test_a_period_without_lines_leads_to_all_time_and_filters_without_any_are_cleared(
    window: OpenWindow,
) -> None:
    window.choose_artist("Mara")
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    window.desk.clock = lambda: datetime(2040, 1, 1, tzinfo=UTC)
    screen.period.setCurrentIndex(screen.period.findData(Period.THIS_YEAR))
    screen.period.activated.emit(screen.period.currentIndex())
    window.settle()
    assert screen.list_card.isHidden()
    QTest.keyClick(screen.money.widen, Qt.Key.Key_Space)
    window.settle()
    assert screen.period.currentData() is Period.EVERYTHING
    assert screen.list_card.isVisible()
    assert screen.money.widen.isHidden()
    screen.narrow.choose(territory="nowhere")
    window.settle()
    assert screen.money.widen.text() == "Clear filters"
    QTest.keyClick(screen.money.widen, Qt.Key.Key_Space)
    window.settle()
    assert not screen.narrow.narrowing.is_narrow
    assert screen.money.widen.isHidden()
