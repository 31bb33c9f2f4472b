"""Addressees in the window: found, added, changed with faults beside fields, taken back and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.commands.addressees import directory_addressees, list_addressees
from artist_console.domain.addressees import Addressee, AddresseeKind, ContactPurpose
from artist_console.ui.dialogs.addressees import AddresseeEditor, AddresseesDialog
from artist_console.ui.pages.letters import LettersScreen
from artist_console.ui.places import read_link
from artist_console.ui.tables.addressees_model import own_words
from artist_console.ui.text import PlainLabel
from tests.ui.sample_profile import OpenWindow

KNOWN = next(each for each in directory_addressees() if each.contacts and each.contacts[0].source)


@pytest.fixture
def dialog(window: OpenWindow) -> AddresseesDialog:
    window.show("letters")
    screen = window.main.screen_of("letters")
    assert isinstance(screen, LettersScreen)
    screen.addressees_button.click()
    return window.panel(AddresseesDialog)


def every(window: OpenWindow) -> dict[str, Addressee]:
    found: list[tuple[Addressee, ...]] = []
    window.desk.ask(window.desk, "every", list_addressees, found.append)
    window.settle()
    return {each.id: each for each in found[0]}


def editor_of(window: OpenWindow) -> AddresseeEditor:
    return window.panel(AddresseeEditor)


def fill(editor: AddresseeEditor, name: str = "Fieldnote Legal") -> None:
    editor.name.setText(name)
    editor.kind.setCurrentIndex(editor.kind.findData(AddresseeKind.LABEL.value))
    editor.contacts[0].email.setText("legal@fieldnote.example")


def pick(window: OpenWindow, dialog: AddresseesDialog, id: str) -> None:
    place = dialog.model.place_of(id)
    assert place is not None
    dialog.table.setCurrentIndex(dialog.model.index(place, 0))
    window.settle()


def words_in(dialog: AddresseesDialog) -> str:
    return "\n".join(each.text() for each in dialog.card.findChildren(PlainLabel))


def test_each_contact_says_where_it_was_read_and_when(window: OpenWindow, dialog: AddresseesDialog) -> None:
    pick(window, dialog, KNOWN.id)
    said = words_in(dialog)
    for contact in KNOWN.contacts:
        assert contact.source in said
        assert contact.email in said
    assert own_words(KNOWN) == "From the directory"
    assert dialog.remove.isHidden(), "there is nothing of one's own to take back"


def test_the_list_is_narrowed_by_words_and_kind(window: OpenWindow, dialog: AddresseesDialog) -> None:
    all_of_them = len(dialog.model.rows)
    dialog.kinds.setCurrentIndex(dialog.kinds.findData(AddresseeKind.SOCIETY))
    window.settle()
    assert 0 < len(dialog.model.rows) < all_of_them
    assert {each.kind for each in dialog.model.rows} == {AddresseeKind.SOCIETY}
    dialog.kinds.setCurrentIndex(0)
    dialog.search.edit.setText("no such name at all")
    dialog.search.searched.emit("no such name at all")
    window.settle()
    assert dialog.model.rows == ()
    assert dialog.states.shown is dialog.states.empty
    assert dialog.card.isHidden()


def test_one_is_added_by_the_keyboard_alone(window: OpenWindow, dialog: AddresseesDialog) -> None:
    dialog.add.setFocus()
    QTest.keyClick(dialog.add, Qt.Key.Key_Space)
    editor = editor_of(window)
    assert QApplication.focusWidget() is editor.name
    QTest.keyClicks(editor.name, "Fieldnote Legal")
    editor.contacts[0].email.setFocus()
    QTest.keyClicks(editor.contacts[0].email, "legal@fieldnote.example")
    editor.save.setFocus()
    QTest.keyClick(editor.save, Qt.Key.Key_Return)
    window.settle()
    current = dialog.current
    assert current is not None
    assert (current.name, current.own) == ("Fieldnote Legal", True)
    assert own_words(current) == "Added by you"
    assert every(window)[current.id] == current


def test_every_fault_stands_beside_its_field_and_nothing_is_kept(
    window: OpenWindow, dialog: AddresseesDialog
) -> None:
    before = every(window)
    dialog.add.click()
    editor = editor_of(window)
    editor.contacts[0].email.setText("nonsense")
    editor._add_contact()
    second = editor.contacts[1]
    second.postal.setPlainText("Street 1")
    second.source.setText("ftp://here")
    second.checked_on.edit.setText("yesterday")
    editor.home.setText("somewhere")
    editor.save.click()
    window.settle()
    assert editor.name.accessibleDescription() == "Say who it is."
    assert "is not a mail address" in editor.contacts[0].email.accessibleDescription()
    assert "needs its country" in second.country.accessibleDescription()
    assert "https://" in second.source.accessibleDescription()
    assert "is not a day" in second.checked_on.accessibleDescription()
    assert "https://" in editor.home.accessibleDescription()
    assert editor.focusWidget() is editor.name
    assert every(window) == before
    fill(editor)
    editor.contacts[1].remove.click()
    editor.home.clear()
    editor.save.click()
    window.settle()
    assert len(every(window)) == len(before) + 1


def test_a_change_keeps_the_entry_and_can_be_taken_back_and_brought_back(
    window: OpenWindow, dialog: AddresseesDialog
) -> None:
    pick(window, dialog, KNOWN.id)
    dialog.change.click()
    editor = editor_of(window)
    window.settle()
    assert editor.name.text() == KNOWN.name
    assert len(editor.contacts) == len(KNOWN.contacts)
    editor.contacts[0].email.setText("mine@example.org")
    editor.save.click()
    window.settle()
    mine = every(window)[KNOWN.id]
    assert mine.contacts[0].email == "mine@example.org"
    assert mine.contacts[0].source == "", "what was changed is not what was read there"
    assert dialog.current == mine
    assert dialog.remove.words == "Take back changes"
    dialog.remove.click()
    window.settle()
    assert every(window)[KNOWN.id] == KNOWN
    dialog.bring_back.click()
    window.settle()
    assert every(window)[KNOWN.id].contacts[0].email == "mine@example.org"
    assert dialog.bring_back.isHidden()


def test_an_own_one_is_removed_and_brought_back(window: OpenWindow, dialog: AddresseesDialog) -> None:
    dialog.add.click()
    editor = editor_of(window)
    fill(editor)
    editor.contacts[0].purpose.setCurrentIndex(
        editor.contacts[0].purpose.findData(ContactPurpose.ROYALTIES.value)
    )
    editor.save.click()
    window.settle()
    made = dialog.current
    assert made is not None
    dialog.remove.click()
    window.settle()
    assert made.id not in every(window)
    dialog.bring_back.click()
    window.settle()
    back = dialog.current
    assert back is not None
    assert (back.name, back.contacts) == (made.name, made.contacts)


def test_a_link_leads_to_one_and_says_where_it_is_gone(window: OpenWindow) -> None:
    for link, there in ((KNOWN.id, True), ("gone", False)):
        place = read_link(f"artist-console://addressee/{link}")
        assert place is not None
        window.main.show_place(place)
        dialog = window.panel(AddresseesDialog)
        window.settle()
        assert (dialog.current is not None and dialog.current.id == link) is there
        assert dialog.problem.isHidden() is there
        dialog.close()
        window.settle()


def test_whoever_opens_the_form_gets_what_was_saved(window: OpenWindow, tmp_path: Path) -> None:
    got: list[Addressee] = []
    editor = AddresseeEditor(window.desk, None, window.main)
    editor.saved.connect(got.append)
    editor.open()
    fill(editor, "A co-writer")
    editor.save.click()
    window.settle()
    assert [each.name for each in got] == ["A co-writer"]
