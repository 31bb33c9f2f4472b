"""The sender's details in the window: beside a letter that is being written, and in the settings."""

from __future__ import annotations

from artist_console.domain.letter_kinds import LetterKind
from artist_console.ui.dialogs.letter_sender import SenderDialog
from artist_console.ui.pages.settings import SettingsScreen
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_new_letter import AMAZON, choose, go_on, open_letter


def fill(dialog: SenderDialog) -> None:
    dialog.name.setText("Mara Okafor")
    dialog.postal.setPlainText("Kajen 4\n111 29 Stockholm")
    dialog.email.setText("mara@example.org")


def test_details_are_kept_from_the_letter_and_stand_in_it(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    go_on(window, dialog)
    line = dialog.details.sender_line
    assert "Letters bear no address of yours yet" in line.words.text()
    line.edit.click()
    written = window.panel(SenderDialog)
    fill(written)
    written.save.click()
    window.settle()
    assert "An address needs its country" in written.country.accessibleDescription()
    written.country.setText("SE")
    written.save.click()
    window.settle()
    assert "Kajen 4, 111 29 Stockholm, Sweden" in line.words.text()
    go_on(window, dialog)
    (draft,) = dialog.review.chosen
    assert draft.letter.from_email == "mara@example.org"


def test_settings_show_what_letters_bear(window: OpenWindow) -> None:
    window.show("settings")
    screen = window.main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    screen.sender_line.edit.click()
    written = window.panel(SenderDialog)
    fill(written)
    written.country.setText("SE")
    written.save.click()
    window.settle()
    assert "mara@example.org" in screen.sender_line.words.text()
    window.settle()
    assert "Mara Okafor" in screen.sender_line.words.text()
