"""What came in, by the real window: from a file to its lines, what a store means, one line, and out again.

The embedded service, the store and both lanes are the real ones; the whole story runs over one profile.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.statement_out import OutFormat
from artist_console.domain.statements import CheckResult, exact_sum
from artist_console.ui.dialogs.export_statement import ExportStatementDialog
from artist_console.ui.dialogs.sources import SourcesDialog
from artist_console.ui.pages.earnings import EarningsScreen
from artist_console.ui.pages.earnings_period import Period
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_importing import words_of
from tests.ui.test_statement_importing import own, paid, plain

__all__ = ["own"]

AMOUNTS = ("12.500000000001", "0.000715623033", "-0.69")
FILE = (
    "title,artist,isrc,store,month,amount,currency\n"
    f"Harbour Song,The Test Band,GBAYE0601498,Deep Choir,2026-01,{AMOUNTS[0]},EUR\n"
    f"Harbour Song,The Test Band,GBAYE0601498,Somewhere,2026-02,{AMOUNTS[1]},EUR\n"
    f"Harbour Song,The Test Band,GBAYE0601498,Somewhere,2026-02,{AMOUNTS[2]},EUR\n"
    "Pier,The Test Band,,Deep Choir,2026-02,NaN,EUR\n"
)


def earnings(window: OpenWindow) -> EarningsScreen:
    window.show("earnings")
    screen = window.main.screen_of("earnings")
    assert isinstance(screen, EarningsScreen)
    screen.period.setCurrentIndex(screen.period.findData(Period.EVERYTHING))
    screen.period.activated.emit(screen.period.currentIndex())
    window.settle()
    return screen


def earned(screen: EarningsScreen) -> dict[str, str]:
    (line,) = screen.money.flow_lines
    return {step.name: plain(step.figure) for step in line.steps}


def say_what_the_store_is(window: OpenWindow) -> None:
    sources = window.panel(SourcesDialog)
    place = next(n for n, row in enumerate(sources.model.rows) if row.source == "Deep Choir")
    sources.table.setCurrentIndex(sources.model.index(place, 0))
    window.settle()
    kinds = [sources.kind.itemText(n) for n in range(sources.kind.count())]
    sources.kind.setCurrentIndex(kinds.index("Generations"))
    QTest.keyClick(sources.say_so, Qt.Key.Key_Space)
    window.settle()
    sources.accept()
    window.settle()


def test_from_a_file_to_one_line_and_out_again(own: OpenWindow, tmp_path: Path) -> None:
    # It comes in; what was left out is told, and that nothing was recognised is no zero.
    result = paid(own, tmp_path / "january.csv", FILE)
    told = plain(words_of(result))
    assert "11.810715623034 EUR from 3 lines" in told
    assert "1 row was left out" in told
    assert "No line is recognised as income from AI." in told
    QTest.keyClick(result.name_stores, Qt.Key.Key_Space)
    own.settle()
    say_what_the_store_is(own)

    # From then on it counts, everywhere, to the last digit once that is asked for.
    screen = earnings(own)
    screen.decimals.setChecked(True)
    own.settle()
    assert "12.500000000001" in earned(screen)["Earned from AI"]
    assert "11.810715623034" in earned(screen)["Payable"]

    # The statement, its checks, and the one line.
    (row,) = screen.shown_statements()
    assert row.check is not CheckResult.DOES_NOT_ADD_UP
    screen.open_statement(row.statement.id)
    own.settle()
    view = screen.statement
    assert view.partial.isVisible(), "a row was left out, so every total is partial"
    assert view.check is not None
    view.show_way()
    own.settle()
    view.open_number(2)
    own.settle()
    shown = view.panel.view
    assert shown is not None
    assert shown.line.amount == Decimal(AMOUNTS[0])
    assert shown.line.source == "Deep Choir", "as delivered, whatever it means"

    # Out again, every digit of it.
    view.export_it()
    export = own.panel(ExportStatementDialog)
    export.choices[OutFormat.CSV].setChecked(True)
    target = tmp_path / "out.csv"
    export.save_to(str(target))
    own.settle()
    with target.open(encoding="utf-8-sig", newline="") as file:
        exact = [Decimal(each["Amount (exact)"]) for each in csv.DictReader(file)]
    assert sorted(exact) == sorted(map(Decimal, AMOUNTS))
    assert exact_sum(exact) == Decimal("11.810715623034")
