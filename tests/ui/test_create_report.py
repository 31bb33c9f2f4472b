"""A report is made in the window: what is chosen, who will see what, and the file, by keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from artist_console.commands.report_making import ReportPart
from artist_console.commands.reports import ReportVerdict
from artist_console.ui.dialogs.create_report import CreateReportDialog
from artist_console.ui.dialogs.pick_several import ChosenLine, PickSheet
from artist_console.ui.pages.reports import ReportsScreen
from tests.ui.sample_profile import OpenWindow

SMALL = "Inês Caldeira"  # 45 works; the switcher finds her by the second name, which has only plain letters
_MOST_S = 20.0


@pytest.fixture
def screen(window: OpenWindow) -> ReportsScreen:
    """The page of reports, for one artist of a roster."""
    window.choose_artist("Caldeira")
    window.show("reports")
    found = window.main.screen_of("reports")
    assert isinstance(found, ReportsScreen)
    return found


@pytest.fixture
def dialog(window: OpenWindow, screen: ReportsScreen) -> CreateReportDialog:
    """The dialog, opened with its button by keyboard, once it has looked at what is here."""
    screen.create_button.setFocus()
    QTest.keyClick(screen.create_button, Qt.Key.Key_Space)
    found = window.panel(CreateReportDialog)
    looked_at(window, found)
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _MOST_S
    while not condition():
        assert time.monotonic() < end, "it did not come"
        QApplication.processEvents()
        time.sleep(0.005)


def looked_at(window: OpenWindow, dialog: CreateReportDialog) -> None:
    """Until the preview is that of what is chosen."""
    wait_for(lambda: not dialog.is_waiting)
    window.settle()


def tab_to(window: QWidget, wanted: QWidget) -> None:
    """Go there as somebody does who has no mouse."""
    for _ in range(60):
        focus: QWidget | None = window.focusWidget()
        if focus is wanted:
            return
        QTest.keyClick(window if focus is None else focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


def choose(window: OpenWindow, dialog: CreateReportDialog, line: ChosenLine, name: str) -> None:
    """Open the list of a line, look for a name, take it, all by keyboard."""
    tab_to(dialog, line.button)
    QTest.keyClick(line.button, Qt.Key.Key_Space)
    sheet = window.panel(PickSheet)
    QTest.keyClicks(sheet.picker.search.edit, name)
    wait_for(lambda: len(sheet.picker.model.rows) == 1)
    tab_to(sheet, sheet.picker.table)
    QTest.keyClick(sheet.picker.table, Qt.Key.Key_Space)
    tab_to(sheet, sheet.take)
    QTest.keyClick(sheet.take, Qt.Key.Key_Space)
    looked_at(window, dialog)


def written(window: OpenWindow, dialog: CreateReportDialog, path: Path) -> None:
    """Save it through the file dialog."""
    tab_to(dialog, dialog.save)
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    asked = window.panel(QFileDialog)
    assert "*.acreport" in asked.nameFilters()[0]
    asked.reject()
    dialog.write(str(path))
    window.settle()


def seen(dialog: CreateReportDialog) -> str:
    return "\n".join(dialog.preview.seen_words)


def stays(dialog: CreateReportDialog) -> str:
    return "\n".join(dialog.preview.stays_words)


def test_parts_are_left_out_by_keyboard_and_the_file_opens_at_once(
    window: OpenWindow, screen: ReportsScreen, dialog: CreateReportDialog, tmp_path: Path
) -> None:
    assert dialog.proposed_name().startswith(f"{SMALL} - AI programmes - ")
    assert "45 works" in seen(dialog)
    assert "statements, with 189 lines of money" in seen(dialog)
    tab_to(dialog, dialog.form.title)
    QTest.keyClicks(dialog.form.title, "For the estate")
    statements = dialog.form.parts[ReportPart.STATEMENTS]
    tab_to(dialog, statements)
    QTest.keyClick(statements, Qt.Key.Key_Space)
    looked_at(window, dialog)
    assert "lines of money" not in seen(dialog)
    assert "7 statements of money: you left them out" in stays(dialog)
    path = tmp_path / "without.acreport"
    written(window, dialog, path)
    report = screen.view.report
    assert report is not None
    assert (report.path, report.verdict) == (path, ReportVerdict.GENUINE)
    assert report.title == "For the estate"
    counts = {count.kind: count.rows for count in report.counts}
    assert counts.get("statements", 0) == counts.get("lines", 0) == 0
    assert counts["works"] == 45


def test_several_artists_are_chosen_by_keyboard(window: OpenWindow, dialog: CreateReportDialog) -> None:
    assert dialog.form.artists.says.text() == SMALL
    choose(window, dialog, dialog.form.artists, "Mara")
    assert len(dialog.wish.artists) == 2
    assert {"Mara Lindqvist", SMALL} == set(dialog.form.artists.says.text().split(", "))
    assert "173 works" in seen(dialog)
    assert dialog.proposed_name().endswith(".acreport")


def test_others_money_stays_out_unless_it_is_chosen_by_name(
    window: OpenWindow, screen: ReportsScreen, dialog: CreateReportDialog, tmp_path: Path
) -> None:
    assert dialog.wish.money_of_others == frozenset()
    assert "The money of 10 other people, unless you choose it" in stays(dialog)
    choose(window, dialog, dialog.form.money, "van Aerden")
    assert "Among them the money of 1 other person" in seen(dialog)
    assert "The money of 9 other people, unless you choose it" in stays(dialog)
    (party,) = dialog.wish.money_of_others
    written(window, dialog, tmp_path / "with.acreport")
    wait_for(lambda: screen.view.inside is not None)
    inside = screen.view.inside
    assert inside is not None
    assert inside.tables is not None
    payees = {row.statement.payee for row in inside.tables.statements}
    assert party in payees
    assert len(payees) == 2


def test_what_follows_is_as_of_a_day_that_was(
    window: OpenWindow, screen: ReportsScreen, dialog: CreateReportDialog, tmp_path: Path
) -> None:
    form = dialog.form
    assert form.as_known_then.isHidden()
    tab_to(dialog, form.as_of.edit)
    QTest.keyClicks(form.as_of.edit, "soon")
    assert not dialog.save.isEnabled()
    assert "Write a day such as" in form.as_of.accessibleDescription()
    form.as_of.edit.clear()
    QTest.keyClicks(form.as_of.edit, "1 March 2026")
    assert dialog.save.isEnabled()
    tab_to(dialog, form.as_known_then)
    QTest.keyClick(form.as_known_then, Qt.Key.Key_Space)
    looked_at(window, dialog)
    assert "as of 1 March 2026, and why" in seen(dialog)
    assert dialog.wish.as_known_then
    written(window, dialog, tmp_path / "then.acreport")
    assert screen.view.report is not None
    assert screen.view.report.instant is not None
    assert screen.view.report.instant.date() == date(2026, 3, 1)


def test_a_day_that_has_not_come_is_told_and_nothing_is_written(
    window: OpenWindow, dialog: CreateReportDialog, tmp_path: Path
) -> None:
    dialog.form.as_of.edit.setText("1 March 2126")
    looked_at(window, dialog)
    assert "has not come yet" in dialog.form.as_of.accessibleDescription()
    assert not dialog.save.isEnabled()
    assert dialog.preview.seen_words == (), "nothing of what was chosen before stands there"
    dialog.write(str(tmp_path / "later.acreport"))
    window.settle()
    assert list(tmp_path.glob("*.acreport")) == []
    assert dialog.isVisible()
    dialog.form.as_of.edit.clear()
    looked_at(window, dialog)
    assert dialog.problem.isHidden()


def test_a_period_that_ends_before_it_begins_is_told_beside_its_last_day(
    window: OpenWindow, dialog: CreateReportDialog
) -> None:
    form = dialog.form
    form.since.edit.setText("1 September 2026")
    form.until.edit.setText("1 January 2026")
    looked_at(window, dialog)
    assert "before the first day" in form.until.accessibleDescription()
    assert not dialog.save.isEnabled()
    # Out of sight it keeps nobody from saving.
    form.parts[ReportPart.STATEMENTS].click()
    form.parts[ReportPart.CASES].click()
    looked_at(window, dialog)
    assert dialog.save.isEnabled()
    assert dialog.wish.period == (None, None)


def test_nobody_chosen_cannot_be_saved(window: OpenWindow, dialog: CreateReportDialog) -> None:
    dialog.form.artists.take(())
    looked_at(window, dialog)
    assert dialog.form.artists.says.text() == "Nobody yet"
    assert not dialog.save.isEnabled()
    assert dialog.preview.seen_words == ()


def test_a_run_that_is_stopped_writes_no_file(
    window: OpenWindow, dialog: CreateReportDialog, tmp_path: Path
) -> None:
    folder = tmp_path / "target"
    folder.mkdir()
    dialog.write(str(folder / "stopped.acreport"))
    assert not dialog.save.isVisible()
    QTest.keyClick(dialog.stop, Qt.Key.Key_Space)
    window.settle()
    assert list(folder.iterdir()) == []
    assert dialog.save.isVisible()
    dialog.reject()


def test_esc_leaves_a_list_as_it_was(window: OpenWindow, dialog: CreateReportDialog) -> None:
    before = dialog.wish
    dialog.form.money.open()
    sheet = window.panel(PickSheet)
    sheet.picker.choose([id for id, _ in dialog.form.money.rows])
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    looked_at(window, dialog)
    assert dialog.wish == before


@pytest.mark.parametrize("percent", [100, 150])
def test_the_dialog_fits_into_the_smallest_window(
    window: OpenWindow, screen: ReportsScreen, percent: int
) -> None:
    window.desk.change_settings(text_size_percent=percent)
    window.main.resize(960, 600)
    window.settle()
    screen.create_button.click()
    dialog = window.panel(CreateReportDialog)
    looked_at(window, dialog)
    assert dialog.width() <= 960
    assert dialog.height() <= 600
    inside = dialog.choosing.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= dialog.choosing.viewport().width()
    for words in dialog.preview.findChildren(QLabel):
        if words.isVisible() and words.wordWrap():
            assert words.height() >= words.heightForWidth(words.width()) - 1, words.text()
