"""An artist's no through the real window: choose an artist, refuse, clock, sync, receipt, restart."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.domain.registers import Stance
from artist_console.domain.work_rows import OwnStance, WorkSummary
from artist_console.ui.dialogs.receipt import ReceiptDialog
from artist_console.ui.tables.works_model import WorksColumn
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow

ARTIST = "Mara Lindqvist"
_CTRL = Qt.KeyboardModifier.ControlModifier


def an_undecided_work(window: OpenWindow) -> int:
    """A recording without an answer of its own, so that a refusal meets no narrower Allow."""
    for row in range(window.works.model.total):
        summary = window.works.model.row_at(row)
        if (
            summary is not None
            and summary.own is OwnStance.FOLLOW
            and summary.release_title
            and not summary.refused
        ):
            return row
    raise AssertionError("the sample has no such work")


def press(key: Qt.Key) -> None:
    """A key, to whatever has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def summary_at(window: OpenWindow, row: int) -> WorkSummary:
    summary = window.works.model.row_at(row)
    assert summary is not None
    return summary


def test_a_refusal_made_by_keyboard_is_delivered_and_still_there_after_a_restart(
    open_window: Callable[[Path], OpenWindow], sample_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "profile"
    shutil.copytree(sample_folder, folder)
    window = open_window(folder)

    window.choose_artist(ARTIST)
    assert window.desk.name_of(window.desk.artist) == ARTIST  # type: ignore[arg-type]
    QTest.keyClick(window.main, Qt.Key.Key_2, _CTRL)
    window.settle()
    row = an_undecided_work(window)
    work = summary_at(window, row).work
    table = window.works.table
    table.setFocus()
    table.setCurrentIndex(window.works.model.index(row, WorksColumn.WORK))

    # Details by Enter, then the answer in the panel: arrow to Refuse, Enter confirms.
    QTest.keyClick(table, Qt.Key.Key_Return)
    window.settle()
    control = window.works.details.control
    control.setFocus()
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Return)
    window.settle()

    refused = summary_at(window, row)
    assert refused.work == work
    assert refused.own is OwnStance.REFUSE
    assert refused.waiting, "the clock shows until the receipt has arrived"
    assert window.main.sync.waiting == 1
    message = window.works.messages.message
    assert message is not None
    assert message.action_words == "Undo"

    QTest.keyClick(window.main, Qt.Key.Key_F5)
    window.settle()
    assert not summary_at(window, row).waiting, "the clock is gone"
    assert window.main.sync.waiting == 0

    details = window.works.details.details
    assert details is not None
    newest = details.history[0]
    assert newest.stance is Stance.REFUSE
    assert newest.receipt
    window.desk.receipt_wished.emit(newest.decision)
    receipt = window.panel(ReceiptDialog)
    assert receipt.view is not None
    assert receipt.view.genuine
    assert receipt.view.signer
    receipt.accept()
    window.settle()

    window.close()
    again = open_window(folder)
    assert again.main.frame.current_page == "works"
    assert again.desk.name_of(again.desk.artist) == ARTIST  # type: ignore[arg-type]
    kept = summary_at(again, row)
    assert kept.work == work
    assert kept.own is OwnStance.REFUSE
    assert not kept.waiting


def test_a_refusal_made_by_mouse_shows_its_receipt_in_the_details(window: OpenWindow) -> None:
    window.choose_artist(ARTIST)
    QTest.mouseClick(window.main.frame.rail.button("works"), Qt.MouseButton.LeftButton)
    window.settle()
    row = an_undecided_work(window)
    table = window.works.table
    index = window.works.model.index(row, WorksColumn.PERMISSION)
    table.scrollTo(index)
    cell = table.visualRect(index)

    # The first third of the small control in the row is Refuse.
    at = QPoint(cell.left() + 18, cell.center().y())
    QTest.mouseMove(table.viewport(), at)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    window.settle()
    assert summary_at(window, row).own is OwnStance.REFUSE
    assert summary_at(window, row).waiting

    title = table.visualRect(window.works.model.index(row, WorksColumn.WORK)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, title)
    window.settle()
    window.desk.sync_now()
    window.settle()
    entries = [row for row in window.works.details.findChildren(ListRow) if row.property("decision")]
    QTest.mouseClick(entries[0], Qt.MouseButton.LeftButton)
    receipt = window.panel(ReceiptDialog)
    assert receipt.view is not None
    assert receipt.view.genuine
    receipt.accept()


def test_undo_takes_a_refusal_back_and_both_stay_in_the_history(window: OpenWindow) -> None:
    window.choose_artist(ARTIST)
    window.show("works")
    row = an_undecided_work(window)
    before = summary_at(window, row)
    window.works.wish(before, Stance.REFUSE)
    window.settle()
    assert summary_at(window, row).own is OwnStance.REFUSE

    QTest.keyClick(window.main, Qt.Key.Key_Z, _CTRL)
    window.settle()

    after = summary_at(window, row)
    assert after.own is before.own
    assert after.outcome is before.outcome
    window.works.open_item(f"work/{before.work}")
    window.settle()
    details = window.works.details.details
    assert details is not None
    assert [entry.stance for entry in details.history[:2]] == [Stance.CLEAR, Stance.REFUSE]
