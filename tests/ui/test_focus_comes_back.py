"""The keyboard stays where it was when what stands below it is filled anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.domain.cases import SentBy
from artist_console.ui.dialogs.case_sent import SentDialog
from artist_console.ui.dialogs.case_short import CloseDialog, NoteDialog
from artist_console.ui.pages.case_details import CaseAction, CaseDetailsPanel
from artist_console.ui.screenshot_cases import MadeCases
from artist_console.ui.widgets.buttons import Button, LinkButton
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_letters_screen import letters_of, with_cases


@pytest.fixture
def made(window: OpenWindow, tmp_path: Path) -> MadeCases:
    return with_cases(window, tmp_path)


def details_of(window: OpenWindow, case: str) -> CaseDetailsPanel:
    screen = letters_of(window)
    screen.cases.open_case(case)
    window.settle()
    return screen.cases.details


def words_of_focus(window: OpenWindow, panel: CaseDetailsPanel) -> str:
    """The words of the button in the panel that has the keyboard, or gets it with the window."""
    window.settle()
    held = window.main.focusWidget()
    assert isinstance(held, Button), held
    assert panel.isAncestorOf(held), held.words
    assert held.isVisible()
    return held.words


def press(panel: CaseDetailsPanel, action: CaseAction) -> None:
    button = panel.button(action)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def test_after_a_note_the_keyboard_is_at_the_note_again(window: OpenWindow, made: MadeCases) -> None:
    panel = details_of(window, made.told.id)
    press(panel, CaseAction.NOTE)
    dialog = window.panel(NoteDialog)
    dialog.note.setPlainText("Called today.")
    dialog.record.click()
    assert words_of_focus(window, panel) == panel.button(CaseAction.NOTE).words


def test_after_a_sending_is_recorded_the_keyboard_stays_in_the_panel(
    window: OpenWindow, made: MadeCases
) -> None:
    panel = details_of(window, made.drafted.id)
    press(panel, CaseAction.SENT)
    dialog = window.panel(SentDialog)
    dialog.how.setCurrentIndex(dialog.how.findData(SentBy.POST))
    dialog.record.click()
    assert words_of_focus(window, panel) == panel.button(CaseAction.SENT).words


def test_where_the_button_is_gone_the_likeliest_next_one_gets_the_keyboard(
    window: OpenWindow, made: MadeCases
) -> None:
    panel = details_of(window, made.told.id)
    press(panel, CaseAction.CLOSE)
    window.panel(CloseDialog).record.click()
    assert words_of_focus(window, panel) == panel.button(CaseAction.REOPEN).words
    press(panel, CaseAction.REOPEN)
    assert words_of_focus(window, panel) == panel.button(CaseAction.FOLLOW_UP).words


def test_taking_back_leaves_the_keyboard_in_the_panel(window: OpenWindow, made: MadeCases) -> None:
    panel = details_of(window, made.told.id)
    link = next(each for each in panel.findChildren(LinkButton) if "Take this back" in each.accessibleName())
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Return)
    words_of_focus(window, panel)


def test_the_filter_of_an_empty_page_is_not_given_the_keyboard(window: OpenWindow) -> None:
    screen = letters_of(window)
    screen.find_in_page()
    window.settle()
    held = QApplication.focusWidget()
    assert held is not None
    assert held.isVisible()
    assert screen.cases.first is not None
    assert screen.cases.first.isAncestorOf(held)
