"""The public directory in the window: marked as announcements, with date and source, and offered as names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.directory import organisations
from artist_console.ui.dialogs.announcements import AnnouncementsDialog
from artist_console.ui.dialogs.contract import ContractDialog
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_where_sheets import words_of


def test_every_announcement_is_marked_and_names_its_source(window: OpenWindow) -> None:
    window.desk.sheet_wished.emit("announcements/")
    shown = window.panel(AnnouncementsDialog)
    told = words_of(shown)
    first = shown.found[0].announcements[0]
    assert told.count("Public announcement of") == told.count("Source checked on")
    assert first.source in told
    assert "None of it says that a work of yours is used or licensed" in told


def test_typing_narrows_to_names_and_partners(window: OpenWindow) -> None:
    every = organisations()
    wanted = next(each for each in every if each.announcements and each.announcements[0].with_)
    partner = wanted.announcements[0].with_[0]
    window.desk.sheet_wished.emit("announcements/")
    shown = window.panel(AnnouncementsDialog)
    assert len(shown.found) == len(every)
    QTest.keyClicks(shown.search.edit, partner)
    QTest.keyClick(shown.search.edit, Qt.Key.Key_Return)
    assert wanted in shown.found
    assert len(shown.found) < len(every)
    shown.search.clear()
    QTest.keyClicks(shown.search.edit, "no such organisation")
    QTest.keyClick(shown.search.edit, Qt.Key.Key_Return)
    window.settle()
    assert shown.found == ()
    assert "does not show that it has no agreements" in words_of(shown)


def test_names_of_the_directory_are_offered_for_the_other_side_of_a_contract(window: OpenWindow) -> None:
    artist = window.desk.artists[0].id
    dialog = ContractDialog(window.desk, artist, None, window.main)
    dialog.open()
    window.settle()
    completer = dialog._line("other_side").completer()
    model = completer.model()
    offered = {model.index(row, 0).data() for row in range(model.rowCount())}
    assert {each.name for each in organisations()} <= offered
    dialog.close()
