"""Making a recovery code in the window: told once, printed, and good to open the profile with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from artist_console.host.recovery import recovered_keys
from artist_console.ui.dialogs.recovery_code import RecoveryCodeDialog
from artist_console.ui.pages.settings import SettingsScreen
from tests.journeys.hosts import picture
from tests.ui.sample_profile import OpenWindow


def test_a_code_is_made_printed_and_opens_the_keys(window: OpenWindow, tmp_path: Path) -> None:
    window.show("settings")
    settings = window.main.screen_of("settings")
    assert isinstance(settings, SettingsScreen)
    settings.recovery.click()
    dialog = window.panel(RecoveryCodeDialog)
    picture(window, dialog, "recovery-before")
    page = tmp_path / "page.html"
    dialog._ask_where = lambda _parent: str(page)
    dialog.make.setFocus()
    QTest.keyClick(dialog.make, Qt.Key.Key_Space)
    window.settle()
    picture(window, dialog, "recovery-made")
    code = dialog._code
    shown = [each.text() for each in dialog.findChildren(QLabel)]
    assert all(group in shown for group in code.split("-"))
    dialog.save.click()
    window.settle()
    assert all(group in page.read_text() for group in code.split("-"))
    assert recovered_keys(window.profile.folder.recovery, code) == window.profile.keys.by_name
    dialog.reject()
    # The page of settings knows it, and a second one ends the first.
    settings.recovery.click()
    again = window.panel(RecoveryCodeDialog)
    assert "former opens nothing more" in " ".join(each.text() for each in again.findChildren(QLabel))
    again.make.click()
    window.settle()
    assert again._code != code
    # A file that is there already is not written over.
    again._ask_where = lambda _parent: str(page)
    again.save.click()
    window.settle()
    assert "there already" in again.problem.words.text()
