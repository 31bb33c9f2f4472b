"""Reports of the sample for tests of the screen: one of a single artist, a later one, and a redacted copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from artist_console.commands import report_making, report_redacting
from artist_console.commands.artists import list_artists
from artist_console.commands.report_making import ReportPart
from artist_console.commands.report_redacting import RedactionWish
from artist_console.commands.reports import open_report
from artist_console.ui.pages.reports import ReportsScreen
from tests.ui.sample_profile import OpenWindow, open_folder

SMALL = "Inês Caldeira"  # 45 works


@pytest.fixture(scope="session")
def small_report(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one artist of the sample, signed by the sample's own key."""
    path = tmp_path_factory.mktemp("reports") / "first.acreport"
    _make(sample_folder, path, None)
    return path


@pytest.fixture(scope="session")
def later_report(small_report: Path, sample_folder: Path) -> Path:
    """A later one of the same series, made without statements."""
    path = small_report.with_name("later.acreport")
    _make(sample_folder, path, frozenset(ReportPart) - {ReportPart.STATEMENTS})
    return path


def _make(folder: Path, path: Path, parts: frozenset[ReportPart] | None) -> None:
    with open_folder(folder) as profile:
        console = profile.console()
        try:
            artist = next(row.id for row in list_artists(console) if row.name == SMALL)
            chosen = frozenset(ReportPart) if parts is None else parts
            report_making.create(console, path, artist, chosen)
        finally:
            console.store.close()


@pytest.fixture(scope="session")
def redacted_report(small_report: Path) -> Path:
    """A copy without two works and without any line of a statement."""
    path = small_report.with_name("redacted.acreport")
    report = open_report(small_report)
    works = [each.id for each in report_redacting.choices(report).works[:2]]
    wish = RedactionWish(tables=frozenset({"lines"}), works=frozenset(works))
    report_redacting.write_copy(report, wish, path, datetime(2026, 11, 30, tzinfo=UTC))
    return path


@pytest.fixture
def reviewer(open_window: Callable[[Path], OpenWindow], tmp_path: Path) -> OpenWindow:
    """A window on a new profile: no account, no artist, nothing synced."""
    return open_window(tmp_path / "reviewer")


def reports_of(window: OpenWindow) -> ReportsScreen:
    screen = window.main.screen_of("reports")
    assert isinstance(screen, ReportsScreen)
    return screen


def opened(window: OpenWindow, path: Path) -> ReportsScreen:
    window.main.open_report(str(path))
    window.settle()
    # Keys of the menus work in the window that is active.
    window.main.activateWindow()
    QApplication.processEvents()
    return reports_of(window)
