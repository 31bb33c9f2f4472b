"""A programme that was announced is set up, changed and taken back in the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.domain.uses import Use
from artist_console.ui.dialogs.programme_setup import ProgrammeSetupDialog
from tests.journeys.hosts import picture
from tests.ui.sample_profile import OpenWindow


def opened(window: OpenWindow, item: str = "programme/") -> ProgrammeSetupDialog:
    window.desk.sheet_wished.emit(item)
    dialog = window.panel(ProgrammeSetupDialog)
    window.settle()
    return dialog


def known(window: OpenWindow) -> dict[str, ProgrammeRow]:
    found: list[tuple[ProgrammeRow, ...]] = []
    window.desk.ask(window.main, "test", list_programmes, found.append)
    window.settle()
    return {row.programme.name: row for row in found[0]}


def test_what_is_missing_is_said_beside_its_field(window: OpenWindow) -> None:
    dialog = opened(window)
    assert dialog.which_field.isHidden()
    assert dialog.remove.isHidden()
    dialog.keep.click()
    assert dialog.operator_field.editor.accessibleDescription() == "Say who runs it."
    assert not dialog.uses_fault.isHidden()
    dialog.day.edit.setText("some day")
    dialog.keep.click()
    assert "16 October 2025" in dialog.day_field.editor.accessibleDescription()
    picture(window, dialog, "programme-faults")
    dialog.reject()


def test_an_announcement_of_the_directory_fills_in_where_and_when(window: OpenWindow) -> None:
    dialog = opened(window)
    QTest.keyClicks(dialog.operator, "Spotify")
    assert not dialog.announced.isHidden()
    newest = dialog.announcement.count() - 1
    dialog.announcement.setCurrentIndex(newest)
    dialog.announcement.activated.emit(newest)
    assert dialog.source.text().startswith("https://newsroom.spotify.com/2025-10-16")
    assert dialog.day.day == date(2025, 10, 16)
    picture(window, dialog, "programme-announced")
    dialog.operator.setText("Somebody else")
    assert dialog.announced.isHidden()
    dialog.reject()


def test_it_is_set_up_changed_and_removed_by_keyboard(window: OpenWindow) -> None:
    dialog = opened(window)
    QTest.keyClicks(dialog.operator, "Umbra")
    QTest.keyClicks(dialog.name, "Umbra Studio")
    QTest.keyClick(dialog.uses[Use.TRAIN_GENERATIVE], Qt.Key.Key_Space)
    QTest.keyClicks(dialog.terms, "All is asked for.")
    QTest.keyClick(dialog.keep, Qt.Key.Key_Space)
    window.settle()
    made = known(window)["Umbra Studio"]
    assert made.programme.set_up_here
    assert made.terms is not None
    again = opened(window, f"programme/{made.programme.id}")
    assert again.operator.text() == "Umbra"
    assert again.terms.toPlainText() == "All is asked for."
    again.name.setText("Umbra Two")
    picture(window, again, "programme-change")
    QTest.keyClick(again.keep, Qt.Key.Key_Space)
    window.settle()
    assert known(window)["Umbra Two"].programme.id == made.programme.id
    last = opened(window, f"programme/{made.programme.id}")
    QTest.keyClick(last.remove, Qt.Key.Key_Space)
    window.settle()
    assert "Umbra Two" not in known(window)
