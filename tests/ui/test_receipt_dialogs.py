"""Receipts and the history in the window: read, narrowed down, printed, saved, checked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.history import history as history_of
from artist_console.commands.receipt_checks import ReceiptVerdict
from artist_console.commands.wishes import Wish
from artist_console.domain.history_states import HistoryState
from artist_console.domain.registers import ANY_USE, Stance, Subject, SubjectKind
from artist_console.ui.dialogs.history import HistoryDialog
from artist_console.ui.dialogs.receipt import ReceiptDialog, SaveAs
from artist_console.ui.dialogs.receipt_file import ReceiptFileDialog
from artist_console.ui.receipt_page import pdf
from artist_console.ui.shortcuts import Action
from artist_console.ui.text import PlainLabel
from tests.ui.sample_profile import OpenWindow


@pytest.fixture
def history(window: OpenWindow) -> HistoryDialog:
    HistoryDialog(window.desk, None, window.main).open()
    return window.panel(HistoryDialog)


def test_filters_are_chosen_from_what_the_rows_hold(window: OpenWindow, history: HistoryDialog) -> None:
    everything, filters = history.model.rows, history.filters
    filters.more.click()
    assert filters.rest.isVisible()
    for choice, words in (
        (filters.artists, "Mara Lindqvist"),
        (filters.mandates, "Without a mandate"),
        (filters.answers, "Refused"),
        (filters.states, "Recorded"),
        (filters.receipts, "With receipt"),
    ):
        choice.setCurrentIndex(choice.findText(words))
    shown = history.model.rows
    assert 0 < len(shown) < len(everything)
    for row in shown:
        assert (row.artist_name, row.mandate, row.stance) == ("Mara Lindqvist", None, Stance.REFUSE)
        assert (row.state, row.receipt) == (HistoryState.RECORDED, True)
    assert history.lead.text() == f"{len(shown)} of {len(everything):,} decisions"
    filters.clear_button.click()
    assert history.model.rows == everything
    assert not filters.clear_button.isVisible()


def test_a_period_is_typed_and_a_day_that_is_none_is_told(history: HistoryDialog) -> None:
    filters = history.filters
    filters.more.click()
    day = history.model.rows[0].when.date()
    filters.since.setText(day.isoformat())
    filters.since.editingFinished.emit()
    assert {row.when.date() for row in history.model.rows} == {day}
    filters.since.setText("yesterday")
    filters.since.editingFinished.emit()
    said = [label.text() for label in filters.fields[filters.since].findChildren(PlainLabel)]
    assert "Such as 2026-03-31." in said


def test_the_menu_of_a_row_narrows_down_to_its_work(history: HistoryDialog) -> None:
    row = next(row for row in history.model.rows if row.about is not None and row.about.id)
    assert row.about is not None
    history.filters.show_only(row.subject, row.about)
    assert {each.about for each in history.model.rows} == {row.about}


def test_what_matches_nothing_says_so_and_offers_the_way_back(history: HistoryDialog) -> None:
    history.filters.search.edit.setText("no such title")
    history.filters.search.searched.emit("no such title")
    assert history.model.rows == ()
    assert not history.export.isEnabled()
    history.clear_filters.click()
    assert history.model.rows


def test_the_history_goes_out_as_a_sheet(window: OpenWindow, history: HistoryDialog, tmp_path: Path) -> None:
    history.export_to(str(tmp_path / "decisions.xlsx"))
    window.settle()
    assert (tmp_path / "decisions.xlsx").read_bytes().startswith(b"PK")
    history.export_to(str(tmp_path / "nowhere" / "decisions.csv"))
    window.settle()
    assert "could not be written" in history.problem.words.text()


@pytest.fixture
def page(window: OpenWindow, history: HistoryDialog) -> ReceiptDialog:
    row = min((row for row in history.model.rows if row.receipt and row.mandate), key=lambda row: row.n or 0)
    history.accept()
    ReceiptDialog(window.desk, row.decision, window.main).open()
    return window.panel(ReceiptDialog)


def test_a_receipt_is_saved_in_each_of_its_forms(
    window: OpenWindow, page: ReceiptDialog, tmp_path: Path
) -> None:
    for what in SaveAs:
        page.save_to(str(tmp_path / what.name), what)
    window.settle()
    assert page.view is not None
    assert (tmp_path / "JWS").read_text() == page.view.jws
    proof = json.loads((tmp_path / "PROOF").read_bytes())
    later = json.loads((tmp_path / "PROOF_WITH_LATER").read_bytes())
    assert (len(proof["chain"]["later"]), len(later["chain"]["later"])) == (0, page.view.later)
    assert json.loads((tmp_path / "CONSENT_RECORD").read_bytes())["events"]
    assert (tmp_path / "PDF").read_bytes().startswith(b"%PDF")
    assert page.name_for(SaveAs.PDF).endswith(f"receipt {page.view.n}.pdf")


def test_a_page_is_as_many_sheets_as_its_text_takes(page: ReceiptDialog) -> None:
    found = page.page()
    assert found.facts
    assert all(check.startswith("In order: ") for check in found.checks)
    longer = replace(found, checks=["A long line. " * 40] * 60)
    assert pdf(found, "Inter").count(b"/Type /Page\n") == 1
    assert pdf(longer, "Inter").count(b"/Type /Page\n") > 2


def test_without_a_printer_the_page_says_what_to_do_instead(page: ReceiptDialog) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo  # as the page does: only printing loads it

    if QPrinterInfo.availablePrinterNames():
        pytest.skip("a printer is set up here")
    page.print_button.click()
    assert "Save it as PDF" in page.problem.words.text()


def test_a_receipt_that_was_handed_over_is_checked(
    window: OpenWindow, page: ReceiptDialog, tmp_path: Path
) -> None:
    path = tmp_path / "handed over.json"
    page.save_to(str(path), SaveAs.PROOF)
    window.settle()
    page.accept()
    window.main.check_receipt(str(path))
    checked = window.panel(ReceiptFileDialog)
    assert checked.found is not None
    assert checked.found.verdict is ReceiptVerdict.GENUINE
    checked.accept()
    content = json.loads(path.read_bytes())
    content["entry"]["decision"]["stance"] = "allow" if "refuse" in path.read_text() else "refuse"
    path.write_text(json.dumps(content), encoding="utf-8")
    window.main.check_receipt(str(path))
    changed = window.panel(ReceiptFileDialog)
    assert changed.found is not None
    assert changed.found.verdict is ReceiptVerdict.CHANGED
    said = [label.text() for label in changed.findChildren(PlainLabel)]
    assert "Not verified: what it says" in said
    changed.accept()


def newest(window: OpenWindow) -> Stance:
    """The answer that this computer recorded last."""
    console = window.profile.console()
    try:
        return history_of(console, limit=1)[0].stance
    finally:
        console.store.close()


def test_a_refusal_is_undone_and_done_again_by_keyboard(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    window.show("works")
    row = window.undecided()
    refusal = Wish(row.artist, Subject(SubjectKind.WORK, row.work), None, ANY_USE, Stance.REFUSE)
    window.desk.decide([refusal])
    window.settle()
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    stances = []
    for keys in (ctrl, ctrl | shift, ctrl, ctrl | shift):
        QTest.keyClick(window.main, Qt.Key.Key_Z, keys)
        window.settle()
        stances.append(newest(window))
    assert stances == [Stance.CLEAR, Stance.REFUSE, Stance.CLEAR, Stance.REFUSE]
    undo, redo = window.main.menus.find(Action.UNDO), window.main.menus.find(Action.REDO)
    assert undo is not None
    assert redo is not None
    assert undo.text().startswith("Undo: Refused every use for")
    assert redo.text() == "Do again what was taken back"
    QTest.keyClick(window.main, Qt.Key.Key_Z, ctrl)
    window.settle()
    assert redo.text().startswith("Redo: Refuse every use for")
