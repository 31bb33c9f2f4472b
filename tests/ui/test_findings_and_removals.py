"""Findings are put aside, restored and saved on paper; removals are followed, and what happened is noted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from artist_console.commands import coverage as coverage_commands
from artist_console.commands import findings as finding_commands
from artist_console.commands import removals as removal_commands
from artist_console.commands.findings import FindingRow
from artist_console.domain.coverage import Coverage
from artist_console.domain.removal_steps import RemovalStep
from artist_console.domain.removals import RemovalCase
from artist_console.ui.dialogs.coverage import CoverageDialog
from artist_console.ui.dialogs.dismiss import DismissDialog
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.findings import FindingsDialog
from artist_console.ui.dialogs.hits import HitsDialog
from artist_console.ui.dialogs.removal import RemovalDialog, RemovalsDialog
from artist_console.ui.pages.overview import OverviewScreen
from artist_console.ui.pages.roster import RosterScreen
from artist_console.ui.tables.roster_model import RosterColumn
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.meter import Meter
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_where_sheets import words_of

ARTIST = "Mara Lindqvist"


def link(inside: QWidget, words: str) -> LinkButton:
    return next(each for each in inside.findChildren(LinkButton) if each.words == words)


def open_findings(window: OpenWindow) -> tuple[FindingRow, ...]:
    found: list[tuple[FindingRow, ...]] = []
    artist = window.desk.artist
    window.desk.ask(
        window.main, "test", lambda console: finding_commands.list_findings(console, artist), found.append
    )
    window.settle()
    return found[0]


def test_a_finding_is_put_aside_with_a_note_and_restored(window: OpenWindow) -> None:
    window.choose_artist(ARTIST)
    window.show("overview")
    before = len(open_findings(window))
    window.desk.sheet_wished.emit("findings/")
    shown = window.panel(FindingsDialog)
    assert len(shown.shown) == before
    assert "is for a lawyer" in words_of(shown)
    first = shown.shown[0].finding
    QTest.keyClick(link(shown, "Dismiss…"), Qt.Key.Key_Return)
    asked = window.panel(DismissDialog)
    told = words_of(asked)
    assert "stays in this profile" in told
    assert "you can restore it" in told
    QTest.keyClicks(asked.note, "agreed by phone")
    QTest.keyClick(asked.dismiss, Qt.Key.Key_Return)
    window.settle()
    assert first.id not in {row.finding.id for row in open_findings(window)}
    assert len(shown.shown) == before - 1
    QTest.mouseClick(shown.pills.pill(True), Qt.MouseButton.LeftButton)
    window.settle()
    assert "agreed by phone" in words_of(shown)
    QTest.keyClick(link(shown, "Restore"), Qt.Key.Key_Return)
    window.settle()
    assert first.id in {row.finding.id for row in open_findings(window)}
    shown.close()


def test_findings_are_saved_as_one_file_for_paper(window: OpenWindow, tmp_path: Path) -> None:
    window.choose_artist(ARTIST)
    window.desk.sheet_wished.emit("findings/")
    shown = window.panel(FindingsDialog)
    name = shown.name_for(window.desk.clock().date())
    assert name.startswith(f"{ARTIST} - findings - ")
    shown.save_to(str(tmp_path / name))
    window.settle()
    page = (tmp_path / name).read_bytes()
    assert page.startswith(b"%PDF-")
    assert len(page) > 4_000
    shown.save_to(str(tmp_path / "no such folder" / name))
    window.settle()
    assert shown.problem.isVisible()
    shown.close()


def test_evidence_of_a_finding_is_a_press_away(window: OpenWindow) -> None:
    window.desk.sheet_wished.emit("findings/")
    shown = window.panel(FindingsDialog)
    QTest.keyClick(link(shown, "Show evidence"), Qt.Key.Key_Return)
    evidence = window.panel(EvidenceDialog)
    for words in ("Source", "Hash of the file", "On what basis"):
        assert words in words_of(evidence)
    evidence.close()
    shown.close()


@pytest.fixture
def case(window: OpenWindow) -> RemovalCase:
    found: list[tuple[RemovalCase, ...]] = []
    window.desk.ask(window.main, "test", removal_commands.list_removals, found.append)
    window.settle()
    return next(each for each in found[0] if each.step is RemovalStep.REQUESTED)


def test_what_happened_is_noted_by_day_and_can_be_taken_back(window: OpenWindow, case: RemovalCase) -> None:
    window.desk.sheet_wished.emit("removals/")
    shown = window.panel(RemovalsDialog)
    assert "does not un-train a model" in words_of(shown)
    assert case.work_title in words_of(shown)
    dialog = RemovalDialog(window.desk, case, shown)
    dialog.open()
    QTest.keyClick(dialog.record, Qt.Key.Key_Return)
    assert "Choose what happened." in words_of(dialog)
    dialog.step.setCurrentIndex(dialog.step.findData(RemovalStep.REMOVED))
    dialog.day.show_day(window.desk.clock().date() + timedelta(days=3))
    QTest.keyClick(dialog.record, Qt.Key.Key_Return)
    window.settle()
    assert dialog.problem.isVisible(), "a day to come has not happened"
    dialog.day.show_day(window.desk.clock().date())
    QTest.keyClicks(dialog.note, "mail of their lawyer")
    QTest.keyClick(dialog.record, Qt.Key.Key_Return)
    window.settle()
    told = words_of(shown)
    assert "mail of their lawyer" in told
    assert "no statement of it has come here" in told, "a note is not what the operator stated"
    again: list[RemovalCase] = []

    def find(found: tuple[RemovalCase, ...]) -> None:
        again.append(next(each for each in found if each.id == case.id))

    window.desk.ask(window.main, "test", removal_commands.list_removals, find)
    window.settle()
    dialog = RemovalDialog(window.desk, again[0], shown)
    dialog.open()
    QTest.keyClick(link(dialog, "Take this note back"), Qt.Key.Key_Return)
    window.settle()
    assert "mail of their lawyer" not in words_of(dialog)
    dialog.close()
    shown.close()


def test_overview_names_rows_of_lists_and_how_whole_the_catalogue_is(window: OpenWindow) -> None:
    window.choose_artist(ARTIST)
    window.show("overview")
    screen = window.main.screen_of("overview")
    assert isinstance(screen, OverviewScreen)
    found: list[Coverage] = []
    artist = window.desk.artist
    window.desk.ask(
        window.main, "test", lambda console: coverage_commands.coverage(console, artist), found.append
    )
    window.settle()
    assert f"Your catalogue: {found[0].score} %" in words_of(screen.catalogue_card)
    for line in found[0].lines:
        assert line.words in words_of(screen.catalogue_card)
    rows = next(
        row for row in screen.waiting_card.findChildren(ListRow) if "public list" in row.accessibleName()
    )
    QTest.keyClick(rows, Qt.Key.Key_Return)
    window.panel(HitsDialog).close()
    QTest.keyClick(screen.catalogue_card.fix, Qt.Key.Key_Return)
    shown = window.panel(CoverageDialog)
    assert len(shown.model.rows) == found[0].fixes
    fix = next(place for place, row in enumerate(shown.model.rows) if row.work is not None)
    shown.table.setCurrentIndex(shown.model.index(fix, 0))
    work = shown.model.rows[fix].work
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    window.settle()
    assert window.main.frame.current_page == "works"
    details = window.works.details.details
    assert details is not None
    assert details.summary.work == work


def test_the_roster_names_the_score_of_each_catalogue(window: OpenWindow) -> None:
    window.show("roster")
    screen = window.main.screen_of("roster")
    assert isinstance(screen, RosterScreen)
    found: list[tuple[Coverage, ...]] = []
    window.desk.ask(window.main, "test", coverage_commands.roster_coverage, found.append)
    window.settle()
    scores = {each.artist: each.score for each in found[0]}
    for place, row in enumerate(screen.model.rows):
        shown = screen.model.index(place, RosterColumn.CATALOGUE).data()
        assert shown == (f"{scores[row.artist]} %" if row.works else "–")


@pytest.mark.parametrize(
    ("have", "of", "width"),
    [(0, 9, 0), (9, 9, 200), (1, 1_000, 6), (999, 1_000, 194), (5, 10, 100), (0, 0, 0)],
)
def test_a_bar_never_shows_all_or_nothing_where_it_is_neither(
    theme: Theme, have: int, of: int, width: int
) -> None:
    meter = Meter(theme)
    meter.show_part(have, of)
    assert meter.filled(200) == width
