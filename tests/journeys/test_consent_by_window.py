"""Consent through the real window: a no by keyboard with its receipt, a yes by review, a conflict settled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.app.sample import open_sample
from artist_console.backend.embedded import start_embedded
from artist_console.commands.profiles import Outside
from artist_console.domain.registers import Stance
from artist_console.host.paths import ProfileFolder
from artist_console.sync.api import Api
from artist_console.ui.dialogs.conflict import ConflictDialog
from artist_console.ui.dialogs.history import HistoryDialog
from artist_console.ui.dialogs.receipt import ReceiptDialog
from artist_console.ui.dialogs.review import ReviewDialog
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_consent_screen import (
    an_undecided_work,
    consent_of,
    go_to,
    press,
    rest,
    shown_cell,
)

ARTIST = "Mara Lindqvist"
_CTRL = Qt.KeyboardModifier.ControlModifier


def open_consent(window: OpenWindow) -> None:
    window.choose_artist(ARTIST)
    QTest.keyClick(window.main, Qt.Key.Key_3, _CTRL)
    rest(window)
    assert window.main.frame.current_page == "consent"


def sync(window: OpenWindow) -> None:
    window.main.activateWindow()  # what a window manager does when a dialog closes
    window.settle()
    QTest.keyClick(window.main, Qt.Key.Key_F5)
    rest(window)


def test_a_no_by_keyboard_has_a_clock_until_its_receipt_is_here(window: OpenWindow, tmp_path: Path) -> None:
    open_consent(window)
    screen = consent_of(window)
    work = an_undecided_work(window)
    go_to(window, work.key, "family/research")

    press(window, Qt.Key.Key_R)
    assert shown_cell(screen.model.place_of(work.key, "family/research")).waiting
    sync(window)
    cell = shown_cell(screen.model.place_of(work.key, "family/research"))
    assert cell.own
    assert cell.chip.shown == "Refused"
    assert not cell.waiting, "the clock is gone"

    screen.head.history.click()
    history = window.panel(HistoryDialog)
    newest = history.model.rows[0]
    assert newest.subject == work.title
    assert newest.receipt
    history.table.setCurrentIndex(history.model.index(0, 0))
    QTest.keyClick(history.table, Qt.Key.Key_Return)
    receipt = window.panel(ReceiptDialog)
    assert receipt.view is not None
    assert receipt.view.genuine
    target = tmp_path / "receipt.jws"
    receipt.save_to(str(target))
    window.settle()
    assert target.read_text() == receipt.view.jws
    receipt.copy_button.click()
    assert receipt.view.jws in QApplication.clipboard().text()
    receipt.accept()
    history.accept()


def test_a_yes_passes_the_review_that_names_terms_and_mandate(window: OpenWindow) -> None:
    open_consent(window)
    screen = consent_of(window)
    work = an_undecided_work(window)
    go_to(window, work.key, "family/research")
    press(window, Qt.Key.Key_A)
    drafted = len(screen.drafts.wishes)
    assert drafted

    screen.head.review.click()
    dialog = window.panel(ReviewDialog)
    review = dialog.review
    assert review is not None
    assert review.on_behalf_of.startswith("You decide for Mara Lindqvist, by the mandate of ")
    assert review.terms, "a yes names the terms it agrees to"
    assert dialog.confirm.words.startswith("Confirm ")
    dialog.confirm.click()
    rest(window)
    assert screen.drafts.wishes == ()
    cell = shown_cell(screen.model.place_of(work.key, "family/research"))
    assert cell.waiting
    assert not cell.draft
    sync(window)
    matrix = screen.model.matrix
    assert matrix is not None
    assert not matrix.cells[work.key, "family/research"].waiting
    assert screen.chosen.stance_at(screen.places()[0]) is Stance.ALLOW


@pytest.fixture
def with_conflict(tmp_path: Path) -> Path:
    """The sample as it is shown to visitors: the manager's yes met the artist's own no."""
    folder = tmp_path / "demo"
    said: list[str] = []
    open_sample(ProfileFolder(folder), Outside(start_embedded, Api), said.append).close()
    assert said
    return folder


def test_a_conflict_is_settled_by_a_choice_and_nothing_is_preselected(
    open_window: Callable[[Path], OpenWindow], with_conflict: Path
) -> None:
    window = open_window(with_conflict)
    open_consent(window)
    screen = consent_of(window)
    texts = [action.text() for action in screen.questions.menu.actions()]
    assert texts[0] == "Two answers for Cold Water Choir"

    screen.questions.menu.actions()[0].trigger()
    dialog = window.panel(ConflictDialog)
    assert dialog.mine is not None
    assert dialog.saved is not None
    assert not dialog.mine.choice.isChecked()
    assert not dialog.saved.choice.isChecked()
    assert not dialog.use.isEnabled()
    dialog.later.click()
    rest(window)
    assert screen.questions.menu.actions()[0].text() == texts[0], "left for later, it waits"

    screen.questions.menu.actions()[0].trigger()
    dialog = window.panel(ConflictDialog)
    assert dialog.saved is not None
    QTest.keyClick(dialog.saved.choice, Qt.Key.Key_Space)
    assert dialog.use.isEnabled()
    dialog.use.click()
    rest(window)
    assert all(not action.text().startswith("Two answers") for action in screen.questions.menu.actions())
