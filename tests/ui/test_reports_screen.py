"""Reports in the window: checked by somebody without an account, changed by a byte, made by choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from artist_console.commands import report_inside as commands
from artist_console.commands import report_making
from artist_console.commands.artists import list_artists
from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.report_sheets import ReportTable
from artist_console.commands.reports import ReportVerdict
from artist_console.domain.ids import ArtistId
from artist_console.ui.dialogs.report_statement import ReportStatementDialog
from artist_console.ui.dialogs.report_work import ReportWorkDialog
from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
from artist_console.ui.opened_reports import OpenedBefore, read_list, without, write_list
from artist_console.ui.pages.report_checks import CheckRow
from artist_console.ui.pages.report_view import Face
from artist_console.ui.pages.reports import ReportsScreen
from artist_console.ui.report_words import verdict_look
from artist_console.ui.widgets.sections import Disclosure
from tests.ui.sample_profile import OpenWindow, open_folder

TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal
SMALL = "Inês Caldeira"  # 45 works; the switcher finds her by the second name, which has only plain letters


@pytest.fixture(scope="session")
def report_file(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one artist of the sample, signed by the sample's own key."""
    path = tmp_path_factory.mktemp("reports") / "Inês Caldeira.acreport"
    with open_folder(sample_folder) as profile:
        console = profile.console()
        try:
            artist = next(row for row in console_artists(console) if row[1] == SMALL)[0]
            report_making.create(console, path, artist)
        finally:
            console.store.close()
    return path


def console_artists(console: Console) -> list[tuple[ArtistId, str]]:
    return [(row.id, row.name) for row in list_artists(console)]


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
    return reports_of(window)


def test_a_reviewer_without_account_sees_an_unknown_signer_and_can_make_them_known(
    reviewer: OpenWindow, report_file: Path
) -> None:
    assert reviewer.desk.artists == ()
    screen = opened(reviewer, report_file)
    report = screen.view.report
    assert report is not None
    assert report.verdict is ReportVerdict.SIGNER_UNKNOWN
    assert screen.view.first.banner.accessibleName().startswith(
        "Unchanged since it was signed. The signer is not known to you."
    )
    assert report.fingerprint in screen.view.first.banner.accessibleName()
    assert screen.view.reading.works_model.rowCount() == 45
    assert not screen.create_button.isVisible()
    screen.view.first.trust.setFocus()
    screen.view.first.trust.click()
    dialog = reviewer.panel(TrustSignerDialog)
    assert dialog.fingerprint.text() == report.fingerprint
    assert not dialog.trust_button.isEnabled()  # first it is said whether the words were compared
    dialog.comparing.compared.click()
    dialog.name.clear()
    dialog.trust_button.click()
    assert dialog.isVisible()  # a signer needs a name
    dialog.name.setText("Nora, by telephone")
    dialog.trust_button.click()
    reviewer.settle()
    assert screen.view.report is not None
    assert screen.view.report.verdict is ReportVerdict.GENUINE
    assert screen.view.first.banner.accessibleName().startswith(
        "Unchanged since Nora, by telephone signed it."
    )
    assert not screen.view.first.trust.isVisible()
    assert reviewer.main.focusWidget() is screen.view.read_button  # the button that opened the dialog is gone


def test_a_report_handed_over_at_the_start_stays_in_front(reviewer: OpenWindow, report_file: Path) -> None:
    """As `artist-console file.acreport` on a computer that has no profile yet."""
    reviewer.main.start()
    reviewer.main.open_report(str(report_file))
    reviewer.settle()
    assert reviewer.main.frame.current_page == "reports"
    assert reports_of(reviewer).view.report is not None
    assert set(reviewer.main.frame.rail._buttons) == {"reports", "settings"}


def test_one_changed_byte_is_told_and_what_can_be_read_stands_under_not_verified(
    reviewer: OpenWindow, report_file: Path, tmp_path: Path
) -> None:
    data = bytearray(report_file.read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / "changed.acreport"
    changed.write_bytes(data)
    screen = opened(reviewer, changed)
    report = screen.view.report
    assert report is not None
    assert report.verdict is ReportVerdict.CHANGED
    assert not report.verified
    assert screen.view.first.banner.accessibleName().startswith("Changed after signing: ")
    assert screen.view.first.not_verified.isVisible()
    assert screen.view.first.content_heading.accessibleName() == "Not verified: what could be read"
    assert not screen.view.first.trust.isVisible()
    assert not any(card.isVisible() for card in screen.view.first.cards)
    inside = screen.view.inside
    assert inside is not None
    assert inside.tables is not None
    # Nothing is computed from rows that anybody may have changed.
    assert all(work.outcome is None and not work.differs for work in inside.tables.works)
    screen.view.read()
    assert screen.view.reading.not_verified.isVisible()
    said = screen.view.reading.works_model.index(0, 1).data(Qt.ItemDataRole.DisplayRole)
    assert said == "Not verified, not computed"


def test_a_file_that_is_no_report_cannot_be_checked_and_shows_nothing(
    reviewer: OpenWindow, tmp_path: Path
) -> None:
    other = tmp_path / "letter.acreport"
    other.write_bytes(b"Dear all")
    screen = opened(reviewer, other)
    assert screen.view.report is not None
    assert screen.view.report.verdict is ReportVerdict.CANNOT_BE_CHECKED
    assert not screen.view.read_button.isEnabled()
    assert not screen.view.export.isEnabled()
    assert screen.view.first.content_heading.accessibleName() == "Nothing of this file can be read"
    # What reports do not tell is of no use for a letter, and no letter is kept among the reports.
    assert not screen.view.first.untold_heading.isVisible()
    assert read_list(reviewer.desk.kept("reports.opened")) == ()


def test_a_missing_file_is_a_sentence_and_leaves_the_list(
    reviewer: OpenWindow, report_file: Path, tmp_path: Path
) -> None:
    there = tmp_path / "moved.acreport"
    there.write_bytes(report_file.read_bytes())
    screen = opened(reviewer, there)
    assert [each.title for each in read_list(reviewer.desk.kept("reports.opened"))] == ["moved"]
    there.unlink()
    screen.open_path(str(there))
    reviewer.settle()
    assert screen.states.shown is screen.states.error
    assert read_list(reviewer.desk.kept("reports.opened")) == ()


def test_the_results_differ_by_more_than_colour() -> None:
    looks = [verdict_look(verdict) for verdict in ReportVerdict]
    assert len(set(looks)) == len(looks)


def test_a_check_that_cannot_be_made_is_not_shown_as_a_failure(window: OpenWindow) -> None:
    rows = {
        state: CheckRow(window.desk.theme, CheckLine(state, "{n} rows.", (("n", "3"),)))
        for state in CheckState
    }
    names = {state: row.accessibleName() for state, row in rows.items()}
    assert names[CheckState.PASSED] == "Passed: 3 rows."
    assert names[CheckState.FAILED] == "Does not hold: 3 rows."
    assert (
        names[CheckState.CANNOT]
        == "3 rows. This cannot be checked here. That says nothing for it and nothing against it."
    )


def test_the_makers_own_report_is_genuine_and_says_what_it_does_not_tell(
    window: OpenWindow, report_file: Path
) -> None:
    screen = opened(window, report_file)
    report = screen.view.report
    assert report is not None
    assert report.verdict is ReportVerdict.GENUINE
    assert report.consistent
    assert not screen.view.first.contradicts.isVisible()
    inside = screen.view.inside
    assert inside is not None
    states = {check.state for check in inside.checks}
    assert CheckState.FAILED not in states
    shown = {each.text() for each in screen.view.findChildren(QLabel)}
    assert set(report.does_not_tell) <= shown
    reading = screen.view.reading
    for model in (reading.works_model, reading.history_model, reading.places_model, reading.statements_model):
        QAbstractItemModelTester(model, TESTER)
        assert model.rowCount() > 0


def test_permission_and_trace_are_computed_from_the_report_alone(
    reviewer: OpenWindow, report_file: Path
) -> None:
    """The reviewer's profile holds none of the facts."""
    screen = opened(reviewer, report_file)
    view = screen.view
    assert view.inside is not None
    assert view.inside.tables is not None
    work = view.inside.tables.works[0]
    view.read()
    QTest.keyClick(view.reading.tables[ReportTable.WORKS], Qt.Key.Key_Return)
    dialog = reviewer.panel(ReportWorkDialog)
    lines = dialog.findChildren(Disclosure)
    assert len(lines) == len(work.cells) > 0
    found = commands.explain(view.inside, ArtistId(work.work.artists[0]), work.work.id)
    assert {key: permission.outcome for key, permission in found.items()} == {
        (cell.programme, cell.use): cell.outcome for cell in work.cells
    }
    assert all(permission.trace for permission in found.values())
    dialog.copy_button.click()
    copied = QApplication.clipboard().text()
    assert all(step.text in copied for permission in found.values() for step in permission.trace)
    dialog.accept()


def test_a_statement_of_the_report_opens_with_every_digit(reviewer: OpenWindow, report_file: Path) -> None:
    screen = opened(reviewer, report_file)
    view = screen.view
    view.read()
    view.reading.pills.pill(ReportTable.STATEMENTS).click()
    QTest.keyClick(view.reading.tables[ReportTable.STATEMENTS], Qt.Key.Key_Return)
    dialog = reviewer.panel(ReportStatementDialog)
    row = view.reading.statements_model.rows[0]
    assert dialog.model.rowCount() == row.statement.line_count
    assert sum(line.line.amount for line in dialog.model.rows) == row.amount
    shown = "\n".join(each.text() for each in dialog.findChildren(QLabel))
    assert "All lines are in EUR." in shown
    assert "Opening balance, lines and payment lead to the closing balance." in shown
    dialog.accept()


def test_the_list_of_opened_reports_survives_a_restart(
    open_window: Callable[[Path], OpenWindow], report_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reviewer"
    window = open_window(folder)
    opened(window, report_file)
    window.close()
    again = open_window(folder)
    again.show("reports")
    assert [each.path for each in reports_of(again)._known] == [str(report_file)]


def test_a_dropped_file_is_checked(reviewer: OpenWindow, report_file: Path) -> None:
    reviewer.show("reports")
    screen = reports_of(reviewer)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report_file))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.drop.dropEvent(event)
    reviewer.settle()
    assert screen.view.report is not None
    assert screen.view.report.path == report_file


def test_ctrl_o_asks_for_a_file(reviewer: OpenWindow) -> None:
    QTest.keyClick(reviewer.main, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    dialog = reviewer.panel(QFileDialog)
    assert "*.acreport" in dialog.nameFilters()[0]
    dialog.reject()


def test_two_reports_are_compared_older_first(window: OpenWindow, report_file: Path, tmp_path: Path) -> None:
    screen = opened(window, report_file)
    later = tmp_path / "later.acreport"
    console = window.profile.console()
    try:
        artist = next(id for id, name in console_artists(console) if name == SMALL)
        report_making.create(console, later, artist, frozenset())
    finally:
        console.store.close()
    screen.compare_with(str(later))
    window.settle()
    shown = screen.view.comparison
    assert screen.view.face is Face.COMPARISON
    assert shown.found is not None
    assert shown.found.first.path == report_file
    assert shown.found.second.path == later


@pytest.mark.parametrize("kept", ["", "[", "7", '["x"]', '[{"path": "a"}]', '[{"path":1,"day":"never"}]'])
def test_a_list_that_cannot_be_read_is_empty(kept: str) -> None:
    assert read_list(kept) == ()


def test_the_list_survives_its_own_writing_and_forgets_one() -> None:
    known = tuple(
        OpenedBefore(
            f"/x/{n}.acreport", f"“{n}” <b>", ReportVerdict.CHANGED.value, date(2025, 1, n).isoformat()
        )
        for n in range(1, 4)
    )
    assert read_list(write_list(known)) == known
    assert without(known, "/x/2.acreport") == (known[0], known[2])
