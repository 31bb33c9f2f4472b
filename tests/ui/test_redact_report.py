"""A copy of a report without some of it: what is chosen, what goes with it, and what is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from artist_console.commands import report_making
from artist_console.commands.artists import list_artists
from artist_console.commands.report_making import ReportWish
from artist_console.commands.reports import OpenedReport, ReportVerdict, open_report
from artist_console.ui.dialogs.redact_report import RedactReportDialog
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import CheckBox
from tests.ui.sample_profile import OpenWindow, open_folder


@pytest.fixture(scope="module")
def report(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> OpenedReport:
    """A report about one artist of the sample."""
    out = tmp_path_factory.mktemp("report") / "Mara.acreport"
    with open_folder(sample_folder) as profile:
        console = profile.console()
        try:
            mara = next(row.id for row in list_artists(console) if row.name == "Mara Lindqvist")
            report_making.create_wished(console, out, ReportWish((mara,)))
        finally:
            console.store.close()
    return open_report(out)


@pytest.fixture
def dialog(window: OpenWindow, report: OpenedReport) -> RedactReportDialog:
    made = RedactReportDialog(window.desk, report, window.main)
    made.open()
    until(lambda: bool(made.boxes))
    return made


def until(holds: Callable[[], bool]) -> None:
    for _ in range(4_000):
        if holds():
            return
        QApplication.processEvents()
        time.sleep(0.005)
    raise AssertionError("it never came to hold")


def box(dialog: RedactReportDialog, words: str) -> CheckBox:
    boxes = [each for each in dialog.findChildren(CheckBox) if each.isVisible()]
    (found,) = [each for each in boxes if words in each.accessibleName()]
    return found


def words_in(dialog: RedactReportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel))


def looked(dialog: RedactReportDialog) -> None:
    until(dialog.save.isEnabled)
    QApplication.processEvents()  # what was added is laid out


def test_nothing_is_chosen_at_first_and_nothing_can_be_saved(dialog: RedactReportDialog) -> None:
    assert dialog.wish.is_empty
    assert not dialog.save.isEnabled()
    # A tick takes out here, where it puts in when a report is made.
    assert "Parts to take out" in words_in(dialog)
    assert "Recordings and songs to take out" in words_in(dialog)
    assert "Nothing is chosen yet" in words_in(dialog)


def test_a_part_is_taken_out_with_what_tells_of_it_and_the_copy_opens_with_its_gaps(
    dialog: RedactReportDialog, report: OpenedReport, tmp_path: Path
) -> None:
    box(dialog, "Statements, with their lines").click()
    looked(dialog)
    said = words_in(dialog)
    assert "What the copy still tells" in said
    left = box(dialog, "Take out Findings too")
    assert left.isChecked()
    left.click()
    looked(dialog)
    assert not box(dialog, "Take out Findings too").isChecked()
    written: list[object] = []
    dialog.written.connect(written.append)
    out = tmp_path / "copy.acreport"
    dialog.write(str(out))
    until(lambda: bool(written))
    found = open_report(out)
    assert found.verified
    assert {gap.kind for gap in found.gaps} == {"statements", "lines"}
    assert all(gap.removed == gap.of for gap in found.gaps)
    assert open_report(report.path).gaps == ()


def test_a_recording_is_taken_out_and_the_copy_is_signed(
    dialog: RedactReportDialog, report: OpenedReport, window: OpenWindow, tmp_path: Path
) -> None:
    work = next(row for row in report.first if row.kind == "recording" and len(row.title) > 8)
    dialog.take_works((work.work,))  # type: ignore[arg-type]
    looked(dialog)
    assert work.title in dialog.works_words.text()
    dialog.sign.click()
    out = tmp_path / "copy.acreport"
    dialog.write(str(out))
    until(out.exists)
    until(lambda: not dialog.isVisible())
    found = open_report(out, window.profile.folder.signers)
    assert found.verdict is ReportVerdict.GENUINE
    assert len(found.redacted_by) == 1
    assert work.work.encode() not in out.read_bytes()


def test_the_report_itself_is_never_replaced(dialog: RedactReportDialog, report: OpenedReport) -> None:
    before = report.path.read_bytes()
    box(dialog, "Statements, with their lines").click()
    looked(dialog)
    dialog.write(str(report.path))
    until(lambda: not dialog.problem.isHidden())
    assert "would replace the report" in dialog.problem.words.text()
    assert report.path.read_bytes() == before
