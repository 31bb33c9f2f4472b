""" "Are these yours?": rows are answered by keys and buttons, keep their place, and can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands import hits as hits_commands
from artist_console.commands.hits import HitGroup
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.match_answers import Verdict
from artist_console.ui.dialogs.hits import HitsDialog
from tests.ui.sample_profile import OpenWindow


@pytest.fixture
def asked(window: OpenWindow) -> HitsDialog:
    HitsDialog(window.desk, window.main).open()
    shown = window.panel(HitsDialog)
    assert len(shown.works.rows) > 2, "the sample has rows of public lists"
    return shown


def kept(window: OpenWindow) -> tuple[HitGroup, ...]:
    found: list[tuple[HitGroup, ...]] = []
    window.desk.ask(window.main, "test hits", hits_commands.list_hits, found.append)
    window.settle()
    return found[0]


def show_row(window: OpenWindow, asked: HitsDialog, statement: str) -> None:
    """Back to the first work, and there to a row."""
    asked.works_table.setCurrentIndex(asked.works.index(0, 0))
    window.settle()
    place = next(n for n, row in enumerate(asked.rows.rows) if row.hit.statement == statement)
    asked.rows_table.setCurrentIndex(asked.rows.index(place, 0))


def verdicts(window: OpenWindow) -> dict[str, Verdict]:
    rows = [hit for group in kept(window) for each in group.lists for hit in each.rows]
    return {hit.statement: hit.verdict for hit in rows if hit.verdict is not None}


def test_letters_answer_the_row_and_the_next_one_without_an_answer_follows(
    window: OpenWindow, asked: HitsDialog
) -> None:
    first, second = asked.works.rows[0], asked.works.rows[1]
    QTest.keyClick(asked.works_table, Qt.Key.Key_N)
    window.settle()
    assert verdicts(window) == {}, "a letter answers only where the rows have the keyboard"
    QTest.keyClick(asked.works_table, Qt.Key.Key_Return)
    assert asked.rows_table.hasFocus(), "Enter leads to the rows"
    row = asked.rows.rows[asked.rows_table.currentIndex().row()].hit.statement
    QTest.keyClick(asked.rows_table, Qt.Key.Key_N)
    window.settle()
    assert verdicts(window)[row] is Verdict.REFUSED
    place = asked.works.place_of(first.artist, first.work)
    assert place == 0, "an answered work keeps its place"
    assert asked.works.rows[0].open == first.open - 1
    if first.open == 1:
        current = asked.works.rows[asked.works_table.currentIndex().row()]
        assert (current.artist, current.work) == (second.artist, second.work)
    assert asked.rows_table.hasFocus()


def test_enter_on_a_row_leads_to_the_answers_and_an_answer_can_be_taken_back(
    window: OpenWindow, asked: HitsDialog
) -> None:
    asked.rows_table.setFocus()
    QTest.keyClick(asked.rows_table, Qt.Key.Key_Return)
    assert asked.mine.hasFocus()
    statement = asked.rows.rows[0].hit.statement
    QTest.keyClick(asked.mine, Qt.Key.Key_Return)
    window.settle()
    assert verdicts(window)[statement] is Verdict.CONFIRMED
    asked.works_table.setCurrentIndex(asked.works.index(0, 0))
    window.settle()
    asked.rows_table.setCurrentIndex(asked.rows.index(0, 0))
    assert not asked.mine.isVisible()
    assert asked.take_back.isVisible()
    asked.take_back.setFocus()
    QTest.keyClick(asked.take_back, Qt.Key.Key_Space)
    window.settle()
    assert verdicts(window) == {}
    assert asked.mine.isVisible()
    assert asked.rows_table.hasFocus(), "the button that was pressed is gone"


def test_all_alike_is_told_to_count_in_every_list(window: OpenWindow, asked: HitsDialog) -> None:
    asked.rows_table.setFocus()
    statement = asked.rows.rows[0].hit.statement
    QTest.mouseClick(asked.all_alike, Qt.MouseButton.LeftButton)
    window.settle()
    found = next(
        hit
        for group in kept(window)
        for each in group.lists
        for hit in each.rows
        if hit.statement == statement
    )
    assert found.everywhere
    show_row(window, asked, statement)
    assert "in every list" in asked.about.text()
    assert not asked.all_alike.isVisible()


def test_what_waits_and_what_is_there_are_counted_and_filtered(window: OpenWindow, asked: HitsDialog) -> None:
    works = len(asked.works.rows)
    asked.rows_table.setFocus()
    QTest.keyClick(asked.rows_table, Qt.Key.Key_M)
    window.settle()
    assert len(asked.works.rows) == works
    QTest.mouseClick(asked.pills.pill(True), Qt.MouseButton.LeftButton)
    waiting = [group for group in kept(window) if group.open]
    assert len(asked.works.rows) == len(waiting)
    assert asked.pills.pill(True).accessibleName().endswith(f", {sum(group.open for group in waiting)}")
    QTest.mouseClick(asked.pills.pill(False), Qt.MouseButton.LeftButton)
    assert len(asked.works.rows) == works


def test_without_rows_it_says_so_and_accuses_nobody(window: OpenWindow) -> None:
    HitsDialog(window.desk, window.main, dataset=DatasetVersionId("no such list")).open()
    shown = window.panel(HitsDialog)
    assert not shown.card.isVisible()
    assert not shown.rows_table.isVisible()
