"""Contracts in the window: the interview by keyboard, the form with its faults, and what a work shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from artist_console.commands import contracts
from artist_console.commands.contract_form import ContractText
from artist_console.commands.contracts import ContractRow
from artist_console.commands.imports import FileKind
from artist_console.domain.contracts import Contract
from artist_console.domain.ids import ArtistId
from artist_console.domain.parties import Standing
from artist_console.domain.uses import Right
from artist_console.ui.dialogs.contract import ContractDialog
from artist_console.ui.dialogs.first_answers import FirstAnswersDialog
from artist_console.ui.dialogs.import_dialogs import ImportResultDialog
from artist_console.ui.dialogs.interview import InterviewDialog
from artist_console.ui.pages.settings import SettingsScreen
from artist_console.ui.places import Place
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow

TEXT = ContractText(
    other_side="Fieldnote Records",
    rights=("master",),
    signed_on="2019-03-03",
    ai_clause="blanket",
    ai_words="Label may license the Masters for training.",
    clause_number="14.3",
)


@pytest.fixture
def mara(window: OpenWindow) -> OpenWindow:
    window.choose_artist("Mara")
    window.show("settings")
    return window


def settings_of(window: OpenWindow) -> SettingsScreen:
    screen = window.main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    return screen


def artist_of(window: OpenWindow) -> ArtistId:
    assert window.desk.artist is not None
    return window.desk.artist


def kept(window: OpenWindow) -> tuple[ContractRow, ...]:
    found: list[tuple[ContractRow, ...]] = []
    artist = artist_of(window)
    window.desk.ask(
        window.desk, "kept", lambda console: contracts.list_contracts(console, artist), found.append
    )
    window.settle()
    return found[0]


def save(window: OpenWindow, text: ContractText = TEXT) -> Contract:
    artist = artist_of(window)
    found: list[Contract] = []
    window.desk.act(window.desk, lambda console: contracts.save_contract(console, artist, text), found.append)
    window.settle()
    return found[0]


def focused(dialog: QWidget) -> QWidget:
    found = dialog.focusWidget()
    assert found is not None
    return found


def press(window: OpenWindow, dialog: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focused(dialog), key)
        QApplication.processEvents()
    window.settle()


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel) if not label.isHidden())


# The interview


def test_the_interview_is_gone_through_with_the_keyboard_alone(mara: OpenWindow) -> None:
    settings_of(mara).contracts.questions.click()
    mara.settle()
    dialog = mara.panel(InterviewDialog)
    assert dialog.progress.text() == "1 of 4"
    assert not dialog.next.isEnabled()
    # Space chooses "I do, alone", then Down goes on to "A label owns them" and takes the choice along.
    press(mara, dialog, Qt.Key.Key_Space, Qt.Key.Key_Down)
    assert dialog.next.isEnabled()
    dialog.next.setFocus()
    press(mara, dialog, Qt.Key.Key_Return)
    assert dialog.progress.text() == "2 of 5"
    QTest.keyClicks(focused(dialog), "Fieldnote Records")
    press(mara, dialog, Qt.Key.Key_Tab)
    QTest.keyClicks(focused(dialog), "2019-03-03")
    press(mara, dialog, Qt.Key.Key_Return)
    assert dialog.heading.text() == "What does the contract with the label say about AI?"
    press(mara, dialog, Qt.Key.Key_Up)  # round to the last: not known
    press(mara, dialog, Qt.Key.Key_Up, Qt.Key.Key_Space)
    dialog.next.setFocus()
    press(mara, dialog, Qt.Key.Key_Return)
    QTest.keyClicks(focused(dialog), "14.3")
    press(mara, dialog, Qt.Key.Key_Return)
    for _ in range(2):
        dialog.skip.setFocus()
        press(mara, dialog, Qt.Key.Key_Return)
    assert dialog.heading.text() == "What follows"
    assert "recordings your answer is a recorded wish." in words_in(dialog)
    assert "Because: Contract with Fieldnote Records of 3 March 2019, clause 14.3." in words_in(dialog)
    assert kept(mara) == ()
    press(mara, dialog, Qt.Key.Key_Return)
    (row,) = kept(mara)
    assert (row.other_side, row.contract.clause_number) == ("Fieldnote Records", "14.3")
    assert row.contract.counterparty is not None, "the label is known here already"
    assert "Go through the questions again…" in settings_of(mara).contracts.questions.words


def test_the_interview_goes_on_where_it_was_left_and_back_shows_the_answer(mara: OpenWindow) -> None:
    card = settings_of(mara).contracts
    card.open_interview()
    mara.settle()
    dialog = mara.panel(InterviewDialog)
    press(mara, dialog, Qt.Key.Key_Space)
    dialog.next.click()
    mara.settle()
    press(mara, dialog, Qt.Key.Key_Escape)
    card.open_interview()
    mara.settle()
    again = mara.panel(InterviewDialog)
    assert again.progress.text() == "2 of 4"
    again.back.click()
    mara.settle()
    assert again.next.isEnabled(), "the answer is still chosen"
    again.reject()


def test_a_day_that_is_none_is_told_beside_its_line(mara: OpenWindow) -> None:
    settings_of(mara).contracts.open_interview()
    mara.settle()
    dialog = mara.panel(InterviewDialog)
    press(mara, dialog, Qt.Key.Key_Space, Qt.Key.Key_Down)
    dialog.next.click()
    mara.settle()
    press(mara, dialog, Qt.Key.Key_Tab)
    QTest.keyClicks(focused(dialog), "in spring")
    press(mara, dialog, Qt.Key.Key_Return)
    assert "“in spring” is not a day. Write it as 2019-03-31." in words_in(dialog)
    assert dialog.progress.text() == "2 of 5"
    dialog.reject()


# The form


def test_a_contract_is_written_down_and_the_list_shows_it(mara: OpenWindow, tmp_path: Path) -> None:
    paper = tmp_path / "agreement.pdf"
    paper.write_bytes(b"signed" * 1000)
    settings_of(mara).contracts.new.click()
    mara.settle()
    dialog = mara.panel(ContractDialog)
    dialog.show_text(TEXT)
    dialog.file.choose(str(paper))
    assert "6 KB, attached when you save" in words_in(dialog)
    dialog.save.click()
    mara.settle()
    (row,) = kept(mara)
    assert row.contract.file is not None
    assert row.contract.file.name == "agreement.pdf"
    shown = settings_of(mara).contracts.findChildren(ListRow)
    (said,) = (each.accessibleName() for each in shown if not each.isHidden())
    assert said.startswith("Fieldnote Records · Label. 3 March 2019 · clause 14.3: they need not ask you")
    assert said.endswith(f"{row.recordings} recordings")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(mara: OpenWindow) -> None:
    settings_of(mara).contracts.new.click()
    mara.settle()
    dialog = mara.panel(ContractDialog)
    press(mara, dialog, Qt.Key.Key_Return)  # no Enter saves by itself
    assert "It was not saved" not in words_in(dialog)
    dialog.save.click()
    mara.settle()
    told = words_in(dialog)
    assert "Say with whom it was signed." in told
    assert "Choose at least one right that it is about." in told
    assert "It was not saved: 2 fields need another look." in told
    assert focused(dialog).accessibleName() == "Name of the other side"
    assert focused(dialog).accessibleDescription() == "Say with whom it was signed."
    QTest.keyClicks(focused(dialog), "F")
    assert "Say with whom it was signed." not in words_in(dialog)
    assert kept(mara) == ()
    dialog.reject()


def test_a_fault_inside_what_is_folded_opens_it(mara: OpenWindow) -> None:
    settings_of(mara).contracts.new.click()
    mara.settle()
    dialog = mara.panel(ContractDialog)
    dialog.show_text(TEXT)
    works = next(
        e for e in dialog.findChildren(QPlainTextEdit) if e.accessibleName() == "Recordings and songs"
    )
    assert not works.isVisible()
    works.setPlainText("Nowhere to be found")
    dialog.save.click()
    mara.settle()
    assert works.isVisible()
    assert "No work “Nowhere to be found” of this artist is known here." in words_in(dialog)
    dialog.reject()


def test_every_field_has_a_name_and_tab_reaches_it(mara: OpenWindow) -> None:
    settings_of(mara).contracts.new.click()
    mara.settle()
    dialog = mara.panel(ContractDialog)
    named = {each.accessibleName() for each in dialog.findChildren(QLineEdit) if each.accessibleName()}
    assert {"Name of the other side", "Signed on", "Number of the clause", "In which countries"} <= named
    seen: set[str] = set()
    for _ in range(60):
        seen.add(focused(dialog).accessibleName())
        press(mara, dialog, Qt.Key.Key_Tab)
    assert {"What they are", "What they got", "It says", "Its exact words", "Save the contract"} <= seen
    assert {"Recording", "Choose a file…"} <= seen
    dialog.reject()


def test_a_file_is_attached_by_dropping_it(mara: OpenWindow, tmp_path: Path) -> None:
    paper = tmp_path / "dropped.pdf"
    paper.write_bytes(b"x")
    settings_of(mara).contracts.new.click()
    mara.settle()
    dialog = mara.panel(ContractDialog)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    area = dialog.file.area
    event = QDropEvent(
        QPointF(area.rect().center()), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    area.dropEvent(event)
    assert dialog.file.name == "dropped.pdf"
    dialog.file.take_out.click()
    assert dialog.file.name == ""
    dialog.reject()


def test_removing_says_what_goes_and_what_stays(mara: OpenWindow) -> None:
    contract = save(mara)
    settings_of(mara).contracts.open_contract(contract.id)
    mara.settle()
    dialog = mara.panel(ContractDialog)
    dialog.remove.click()
    mara.settle()
    box = dialog.findChild(QMessageBox, "remove-contract")
    assert box is not None
    assert box.text() == "Remove the contract with Fieldnote Records?"
    assert "Your decisions, receipts and statements stay." in box.informativeText()
    next(b for b in box.buttons() if b.text() == "Remove the contract").click()
    mara.settle()
    assert kept(mara) == ()


# What a work shows


def test_a_work_shows_what_the_answer_can_do_and_leads_to_the_contract(mara: OpenWindow) -> None:
    save(mara)
    mara.show("works")
    found = mara.undecided()
    mara.main.show_place(Place("works", f"work/{found.work}"))
    mara.settle()
    panel = mara.works.details
    assert panel.details is not None
    line = next(line for line in panel.details.can_do if Right.MASTER in line.rights)
    assert line.standing is Standing.WISH
    assert "Fieldnote Records owns this recording and your contract (clause 14.3)" in words_in(panel)
    link = next(
        each
        for each in panel.findChildren(LinkButton)
        if each.accessibleName() == "Show the contract about: Recording"
    )
    link.click()
    mara.settle()
    dialog = mara.panel(ContractDialog)
    assert dialog.text.clause_number == "14.3"
    dialog.reject()


# The first catalogue


def test_after_the_first_catalogue_the_interview_comes_before_the_first_answers(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path
) -> None:
    window = open_window(tmp_path / "new")
    window.keep_here()
    file = tmp_path / "own.csv"
    file.write_text("title,artist,isrc\nHarbour Song,The Test Band,GBAYE0601498\n", encoding="utf-8")
    window.main.importer.start(FileKind.CATALOGUE, file)
    window.panel(ImportResultDialog).accept()
    interview = window.panel(InterviewDialog)
    assert interview.progress.text() == "1 of 4"
    assert not window.main.findChildren(FirstAnswersDialog)
    interview.reject()
    window.settle()
    assert window.panel(FirstAnswersDialog).isVisible()
