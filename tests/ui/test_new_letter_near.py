"""To whom a letter goes: who has to do with the artist comes first, and co-writers are offered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.domain.letter_kinds import LetterKind
from artist_console.ui.dialogs.new_addressee import NewAddresseeDialog
from artist_console.ui.widgets.buttons import Button
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_new_letter import AMAZON, go_on, open_letter


def test_who_has_to_do_with_the_artist_comes_first_and_says_so(window: OpenWindow) -> None:
    dialog = open_letter(window)
    dialog.what.choices[LetterKind.POSITION].setChecked(True)
    go_on(window, dialog)
    tied = ["connected with Mara Lindqvist" in row.second for row in dialog.whom.picker.model.rows]
    assert any(tied)
    assert tied == sorted(tied, reverse=True)
    assert not all(tied)
    assert not dialog.whom.co_writers.isVisibleTo(dialog.whom)
    dialog.reject()


def test_a_name_that_was_typed_narrows_the_list_before_tab_and_space(window: OpenWindow) -> None:
    dialog = open_letter(window)
    dialog.what.choices[LetterKind.POSITION].setChecked(True)
    go_on(window, dialog)
    edit, table = dialog.whom.picker.search.edit, dialog.whom.picker.table
    QTest.keyClicks(edit, "amazon")
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.whom.chosen == (AMAZON,)
    dialog.reject()


def test_co_writers_of_the_splits_are_offered_as_persons(window: OpenWindow) -> None:
    dialog = open_letter(window)
    dialog.what.choices[LetterKind.CO_WRITER_QUESTION].setChecked(True)
    go_on(window, dialog)
    offered = dialog.whom.co_writers.findChildren(Button)
    assert offered
    empty = dialog.whom.picker.states.empty
    assert [each.words for each in empty.findChildren(Button) if each.isVisible()] == ["Add one…"]
    name = offered[0].words.removeprefix("Add ").removesuffix("…")
    offered[0].click()
    form = window.panel(NewAddresseeDialog)
    assert form.name.text() == name
    form.postal.setPlainText("Storgatan 1\n111 22 Stockholm")
    form.country.setText("SE")
    form.save.click()
    window.settle()
    window.settle()
    assert dialog.whom.first_chosen is not None
    assert dialog.whom.first_chosen.name == name
    left = [each.words for each in dialog.whom.co_writers.findChildren(Button) if each.isVisibleTo(dialog)]
    assert f"Add {name}…" not in left
    dialog.reject()
