"""What a report holds, in the window: read and filtered by keyboard, compared, exported, gaps in sight."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from artist_console.commands.report_compare import Topic
from artist_console.commands.report_export import ExportFormat
from artist_console.commands.report_redacting import RedactionWish, write_copy
from artist_console.commands.report_sheets import ReportTable
from artist_console.commands.reports import ReportVerdict, open_report
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.dialogs.export_difference import ExportDifferenceDialog
from artist_console.ui.dialogs.export_report import ExportReportDialog
from artist_console.ui.dialogs.redact_report import RedactReportDialog
from artist_console.ui.dialogs.report_row import ReportRowDialog
from artist_console.ui.dialogs.report_statement import ReportStatementDialog
from artist_console.ui.pages.report_reading import ReportReading
from artist_console.ui.pages.report_view import Face
from artist_console.ui.report_words import verdict_detail
from artist_console.ui.widgets.sections import Note
from tests.ui.report_fixtures import (
    later_report,
    opened,
    redacted_report,
    reports_of,
    reviewer,
    small_report,
)
from tests.ui.sample_profile import OpenWindow

__all__ = ["later_report", "redacted_report", "reviewer", "small_report"]

TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal
CTRL = Qt.KeyboardModifier.ControlModifier


def longest_title(reading: ReportReading) -> str:
    """One that can be typed here: Qt's keyboard of tests has plain letters only."""
    titles = [row.work.title for row in reading.works_model.rows]
    return max((title for title in titles if title.isascii()), key=len)


def test_the_first_screen_holds_counts_and_the_beginning_of_the_overview(
    reviewer: OpenWindow, small_report: Path
) -> None:
    first = opened(reviewer, small_report).view.first
    report = reports_of(reviewer).view.report
    assert report is not None
    assert 0 < first.overview.rowCount() <= len(report.first)
    assert first.overview.rows[0].title
    assert first.checks.waiting is None  # everything was checked by now
    assert len(first.checks.rows) > len(report.checks)


def test_ctrl_f_leads_to_the_filter_and_words_narrow_every_table(
    reviewer: OpenWindow, small_report: Path
) -> None:
    view = opened(reviewer, small_report).view
    QTest.keyClick(reviewer.main, Qt.Key.Key_F, CTRL)
    assert view.face is Face.READING
    reading = view.reading
    assert reading.filter.edit.hasFocus()
    title = longest_title(reading)
    QTest.keyClicks(reading.filter.edit, title.upper())
    QTest.keyClick(reading.filter.edit, Qt.Key.Key_Return)
    assert 0 < reading.works_model.rowCount() < 45
    assert all(title in row.work.title for row in reading.works_model.rows)
    assert all(title in row.work_title for row in reading.places_model.rows)
    assert (
        reading.pills.pill(ReportTable.WORKS).accessibleName().endswith(str(reading.works_model.rowCount()))
    )
    QTest.keyClick(reading.filter.edit, Qt.Key.Key_Escape)
    assert reading.works_model.rowCount() == 45


def test_a_filter_without_a_match_says_so(reviewer: OpenWindow, small_report: Path) -> None:
    view = opened(reviewer, small_report).view
    view.read()
    QTest.keyClicks(view.reading.filter.edit, "no such thing anywhere")
    QTest.keyClick(view.reading.filter.edit, Qt.Key.Key_Return)
    assert view.reading.states.shown is view.reading.states.empty
    assert "No row matches" in view.reading.states.empty.accessibleName()


def test_every_part_of_the_report_can_be_read_by_keyboard(reviewer: OpenWindow, small_report: Path) -> None:
    view = opened(reviewer, small_report).view
    view.read_button.setFocus()
    QTest.keyClick(view.read_button, Qt.Key.Key_Space)
    assert view.face is Face.READING
    reading = view.reading
    for table, part in reading.tables.items():
        if part.model().rowCount() == 0:
            continue
        QAbstractItemModelTester(part.model(), TESTER)
        reading.pills.pill(table).setFocus()
        QTest.keyClick(reading.pills.pill(table), Qt.Key.Key_Space)
        assert reading.current is table
        assert part.isVisible()
    reading.pills.pill(ReportTable.MONTHS).click()
    assert reading.chart.isVisible()
    assert reading.chart.summary
    assert not reading.filter.isVisible()


def test_an_answer_opens_with_its_receipt(reviewer: OpenWindow, small_report: Path) -> None:
    view = opened(reviewer, small_report).view
    view.read()
    view.reading.pills.pill(ReportTable.HISTORY).click()
    QTest.keyClick(view.reading.tables[ReportTable.HISTORY], Qt.Key.Key_Return)
    dialog = reviewer.panel(ReportRowDialog)
    content = view.inside.content if view.inside is not None else None
    assert content is not None
    row = view.reading.history_model.rows[0]
    receipt = next(each.receipt for each in content.receipts if each.n == row.n)
    button = next(each for each in dialog.values.findChildren(QWidget) if each.property("copies"))
    assert button.property("copies") == receipt
    dialog.accept()


def test_a_fact_opens_with_everything_that_is_said_of_it(reviewer: OpenWindow, small_report: Path) -> None:
    view = opened(reviewer, small_report).view
    view.read()
    view.reading.pills.pill(ReportTable.AGREEMENTS).click()
    QTest.keyClick(view.reading.tables[ReportTable.AGREEMENTS], Qt.Key.Key_Return)
    dialog = reviewer.panel(ReportRowDialog)
    said = {each.accessibleName() for each in dialog.values.findChildren(QWidget)}
    assert any(name.startswith("Uses: ") for name in said)
    dialog.accept()


def test_lines_of_a_statement_come_in_blocks(reviewer: OpenWindow, small_report: Path) -> None:
    view = opened(reviewer, small_report).view
    view.read()
    view.reading.pills.pill(ReportTable.STATEMENTS).click()
    QTest.keyClick(view.reading.tables[ReportTable.STATEMENTS], Qt.Key.Key_Return)
    dialog = reviewer.panel(ReportStatementDialog)
    rows = view.reading.statements_model.rows
    ends = [each.statement.period_until for each in rows]
    assert ends == sorted(ends, reverse=True), "the newest first"
    row = rows[0]
    assert dialog.model.rowCount() == row.statement.line_count
    assert sum(line.line.amount for line in dialog.model.rows) == row.amount
    dialog.accept()


def test_a_redacted_copy_says_what_was_taken_out_where_it_was(
    reviewer: OpenWindow, redacted_report: Path
) -> None:
    view = opened(reviewer, redacted_report).view
    assert view.report is not None
    assert view.report.verified
    count = sum(gap.removed for gap in view.report.gaps)
    assert f"{count} rows were taken out of this copy" in view.first.banner.accessibleName()
    # No figure passes for all there was, and nobody signed the files of the copy.
    assert view.first.works.accessibleName() == "Works. 43. of 1 artist, 2 taken out"
    said = [row.check.words for row in view.first.checks.rows]
    assert any("exactly those that this copy lists" in words for words in said)
    assert not any("exactly those that were signed" in words for words in said)
    view.read()
    model = view.reading.works_model
    assert model.rowCount() == 43 + 1
    last = model.index(43, 0)
    assert last.data(Qt.ItemDataRole.DisplayRole) == "2 rows taken out"
    assert last.data(ROW_ROLE) is None
    QAbstractItemModelTester(model, TESTER)
    table = view.reading.tables[ReportTable.WORKS]
    table.setCurrentIndex(last)
    QTest.keyClick(table, Qt.Key.Key_Return)  # nothing stands behind it
    assert QApplication.activeModalWidget() is None


def test_what_was_taken_out_whole_is_no_nought_on_the_first_screen(
    reviewer: OpenWindow, small_report: Path
) -> None:
    path = small_report.with_name("no-money.acreport")
    wish = RedactionWish(tables=frozenset({"statements", "lines"}))
    write_copy(open_report(small_report), wish, path, datetime(2026, 11, 30, tzinfo=UTC))
    view = opened(reviewer, path).view
    gone = next(gap.removed for gap in view.report.gaps if gap.kind == "statements") if view.report else 0
    assert view.first.statements.accessibleName() == f"Statements. –. {gone} rows taken out"


def test_lines_that_were_taken_out_are_told_in_the_statement(
    reviewer: OpenWindow, redacted_report: Path
) -> None:
    view = opened(reviewer, redacted_report).view
    view.read()
    view.reading.pills.pill(ReportTable.STATEMENTS).click()
    QTest.keyClick(view.reading.tables[ReportTable.STATEMENTS], Qt.Key.Key_Return)
    dialog = reviewer.panel(ReportStatementDialog)
    assert dialog.without_lines.isVisible()
    assert not dialog.table.isVisible()
    dialog.accept()


def test_a_newer_report_of_the_series_is_one_press_away(
    reviewer: OpenWindow, small_report: Path, later_report: Path
) -> None:
    opened(reviewer, later_report)
    screen = opened(reviewer, small_report)
    assert screen.view.first.newer.isVisible()
    assert "later.acreport" in screen.view.first.newer_note.words.text()
    screen.view.first.newer.click()
    reviewer.settle()
    assert screen.view.report is not None
    assert screen.view.report.path == later_report
    assert not screen.view.first.newer.isVisible()


def test_a_report_under_another_name_is_recognised_when_it_is_dropped(
    reviewer: OpenWindow, small_report: Path, tmp_path: Path
) -> None:
    renamed = tmp_path / "attachment(3).zip"
    renamed.write_bytes(small_report.read_bytes())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(renamed))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    reviewer.main.dropEvent(event)
    reviewer.settle()
    report = reports_of(reviewer).view.report
    assert report is not None
    assert (report.path, report.verified) == (renamed, True)


# Compared


def test_a_comparison_is_filtered_and_left_by_keyboard(
    reviewer: OpenWindow, small_report: Path, later_report: Path
) -> None:
    screen = opened(reviewer, later_report)
    screen.compare_with(str(small_report))
    reviewer.settle()
    shown = screen.view.comparison
    assert shown.isVisible()
    assert shown.found is not None
    assert (shown.found.first.path, shown.found.second.path) == (small_report, later_report)
    money = shown.found.topic(Topic.MONEY)
    assert not money.compared
    shown.pills.pill(Topic.MONEY).click()
    assert shown.states.shown is not shown.table
    # What was not compared is not called the same, and the note says what it is about.
    empty = shown.states.shown
    assert empty is not None
    assert empty.accessibleName().startswith("Nothing differs of what is shown here.")
    noted = [note.words.text() for note in shown.findChildren(Note)]
    assert any(words.startswith("Statements: It is not compared") for words in noted)
    QTest.keyClick(reviewer.main, Qt.Key.Key_F, CTRL)
    assert shown.filter.edit.hasFocus()
    shown.close_button.setFocus()
    QTest.keyClick(shown.close_button, Qt.Key.Key_Space)
    assert screen.view.face is Face.FIRST


def test_a_redacted_copy_differs_by_what_is_gone(
    reviewer: OpenWindow, small_report: Path, redacted_report: Path, tmp_path: Path
) -> None:
    screen = opened(reviewer, small_report)
    screen.compare_with(str(redacted_report))
    reviewer.settle()
    shown = screen.view.comparison
    shown.pills.pill(Topic.WORKS).click()
    assert shown.model.rowCount() == 2
    title = shown.model.rows[0].title
    shown.filter.edit.setText(title)
    QTest.keyClick(shown.filter.edit, Qt.Key.Key_Return)
    assert {row.title for row in shown.model.rows} == {title}
    shown.export_button.click()
    dialog = reviewer.panel(ExportDifferenceDialog)
    dialog.choices[ExportFormat.CSV].click()
    path = tmp_path / "difference.csv"
    dialog.save_to(str(path))
    reviewer.settle()
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert sum(row["Of"] == "Recordings and songs" for row in rows) == 2
    assert all(row["SHA-256 of the first"] and row["SHA-256 of the second"] for row in rows)


# Exported


def test_what_the_filter_shows_goes_out(reviewer: OpenWindow, small_report: Path, tmp_path: Path) -> None:
    screen = opened(reviewer, small_report)
    screen.view.read()
    reading = screen.view.reading
    title = longest_title(reading)
    QTest.keyClicks(reading.filter.edit, title)
    QTest.keyClick(reading.filter.edit, Qt.Key.Key_Return)
    count = reading.works_model.rowCount()
    QTest.keyClick(reviewer.main, Qt.Key.Key_E, CTRL)
    dialog = reviewer.panel(ExportReportDialog)
    assert dialog.tables == (ReportTable.WORKS,)
    assert dialog.only_shown.isVisible()
    dialog.choices[ExportFormat.CSV].click()
    path = tmp_path / "works.csv"
    dialog.save_to(str(path))
    reviewer.settle()
    assert len(list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))) == count < 45


def test_printing_where_no_printer_is_set_up_is_told(reviewer: OpenWindow, small_report: Path) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo  # as the dialog does: only printing loads it

    opened(reviewer, small_report)
    QTest.keyClick(reviewer.main, Qt.Key.Key_P, CTRL)
    dialog = reviewer.panel(ExportReportDialog)
    assert dialog.problem.isVisible() is not bool(QPrinterInfo.availablePrinterNames())
    dialog.reject()


def test_a_reader_signs_a_report_too(reviewer: OpenWindow, small_report: Path, tmp_path: Path) -> None:
    screen = opened(reviewer, small_report)
    former = screen.view.report
    assert former is not None
    path = tmp_path / "signed by both.acreport"
    screen.copies.sign_to(former, path)
    reviewer.settle()
    report = screen.view.report
    assert report is not None
    assert (report.path, report.sha256) == (path, former.sha256)
    assert len(report.signatures) == 2
    assert "Also signed by" in screen.view.first.banner.accessibleName()


@pytest.mark.parametrize("format", [ExportFormat.PDF, ExportFormat.XLSX, ExportFormat.ZIP])
def test_the_whole_report_goes_out(
    reviewer: OpenWindow, small_report: Path, tmp_path: Path, format: ExportFormat
) -> None:
    screen = opened(reviewer, small_report)
    screen.view.export.click()
    dialog = reviewer.panel(ExportReportDialog)
    assert dialog.tables == ()
    assert not dialog.choices[ExportFormat.CSV].isVisible()  # one table only
    dialog.choices[format].click()
    path = tmp_path / f"report.{format.value}"
    dialog.save_to(str(path))
    reviewer.settle()
    begins = b"%PDF-" if format is ExportFormat.PDF else b"PK"
    assert path.read_bytes().startswith(begins)


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(
    reviewer: OpenWindow, small_report: Path, tmp_path: Path
) -> None:
    screen = opened(reviewer, small_report)
    screen.export_report()
    dialog = reviewer.panel(ExportReportDialog)
    dialog.choices[ExportFormat.XLSX].click()
    dialog.save_to(str(tmp_path / "gone" / "report.xlsx"))
    reviewer.settle()
    assert dialog.problem.isVisible()
    assert dialog.save.isEnabled()
    dialog.reject()


def test_letters_of_half_again_the_size_lose_nothing(
    open_window: Callable[[Path], OpenWindow], small_report: Path, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "reviewer")
    window.main.resize(960, 600)
    window.desk.change_settings(text_size_percent=150)
    screen = opened(window, small_report)
    view = screen.view
    view.read()
    window.settle()
    margins = screen.side.width() - screen.drop.width()
    assert screen.create_button.sizeHint().width() <= screen.side.width() - margins
    for button in (view.read_button, view.compare, view.redact, view.export):
        assert button.width() >= button.sizeHint().width()
    table = view.reading.tables[ReportTable.WORKS]
    assert table.height() >= 2 * table.verticalHeader().defaultSectionSize()


def test_a_copy_without_some_of_it_opens_at_once(
    reviewer: OpenWindow, small_report: Path, tmp_path: Path
) -> None:
    screen = opened(reviewer, small_report)
    screen.view.redact.setFocus()
    QTest.keyClick(screen.view.redact, Qt.Key.Key_Space)
    dialog = reviewer.panel(RedactReportDialog)
    kinds, box = next(each for each in dialog.boxes if "lines" in each[0])
    box.click()
    reviewer.settle()
    path = tmp_path / "copy.acreport"
    dialog.write(str(path))
    reviewer.settle()
    report = screen.view.report
    assert report is not None
    assert (report.path, report.verified) == (path, True)
    assert set(kinds) <= {gap.kind for gap in report.gaps}


def test_a_key_that_was_replaced_or_taken_back_is_told_in_the_banner(
    reviewer: OpenWindow, small_report: Path
) -> None:
    report = opened(reviewer, small_report).view.report
    assert report is not None
    (signature,) = report.signatures
    known = replace(signature, known_as="Fieldnote", introduced_by="you, on 3 March 2025")
    figures = reviewer.desk.figures
    older = replace(
        report,
        verdict=ReportVerdict.GENUINE_OLD_KEY,
        signatures=(replace(known, replaced=date(2026, 5, 1)),),
    )
    assert "has replaced the key" in verdict_detail(older, figures)
    assert "1 May 2026" in verdict_detail(older, figures)
    revoked = replace(
        report,
        verdict=ReportVerdict.SIGNER_REVOKED,
        signatures=(replace(known, revoked=(date(2026, 6, 2), "the laptop was stolen")),),
    )
    assert "not trusted here since 2 June 2026: the laptop was stolen. " in verdict_detail(revoked, figures)
