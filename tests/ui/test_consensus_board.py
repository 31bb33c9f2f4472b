"""The consensus board in the real window: read, record, change, remove, remind, by keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from artist_console.commands.console import Console
from artist_console.domain.consensus import Agreed, AgreeState, BoardRow
from artist_console.domain.ids import ArtistId, PartyId, WorkId
from artist_console.domain.kept_answers import KeptAnswer
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.parties import NEEDED, PartyKind
from artist_console.domain.registers import PartyStance
from artist_console.store import mirror, private
from artist_console.store.private import PrivateKind
from artist_console.ui.dialogs.consensus import ConsensusDialog
from artist_console.ui.dialogs.new_addressee import NewAddresseeDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.record_answer import RecordAnswerDialog
from artist_console.ui.dialogs.write_by_mail import WriteByMailDialog
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.chips import Chip
from tests.ui.sample_profile import OpenWindow

KEPT = PrivateKind.RECORDED_ANSWER
Where = tuple[ArtistId, WorkId, PartyId]


def asked(window: OpenWindow, what: Callable[[Console], object]) -> object:
    got: list[object] = []
    window.desk.ask(window.main, "test", what, got.append)
    window.settle()
    return got[0]


def with_a_writer(console: Console) -> Where | None:
    """A work of somebody here with a writer who has no account and one who does not share."""
    facts = mirror.facts(console.store, console.clock())
    for work in facts.works.values():
        rows = [r for c in work.compositions for r in facts.stakeholders.get(c, ()) if r.standing in NEEDED]
        people = {r.party: facts.parties[r.party] for r in rows}
        writers = [p for p in people.values() if p.kind is PartyKind.PERSON and not p.is_artist]
        hidden = [p for p in people.values() if p.is_artist and p.id not in work.artists]
        if writers and hidden and not facts.recorded_answers.get(writers[0].id, ()):
            return work.artists[0], work.id, writers[0].id
    for work in facts.works.values():
        rows = [r for c in work.compositions for r in facts.stakeholders.get(c, ()) if r.standing in NEEDED]
        for row in rows:
            if not facts.parties[row.party].is_artist:
                return work.artists[0], work.id, row.party
    return None


@pytest.fixture
def where(window: OpenWindow) -> Where:
    found = asked(window, with_a_writer)
    assert isinstance(found, tuple)
    return found


@pytest.fixture
def board(window: OpenWindow, where: Where) -> ConsensusDialog:
    dialog = ConsensusDialog(window.desk, where[0], where[1], window.main)
    dialog.open()
    window.settle()
    return dialog


def row_of(board: ConsensusDialog, party: PartyId) -> BoardRow:
    assert board.view is not None
    return next(row for group in board.view.board.groups for row in group.rows if row.party == party)


def link(board: ConsensusDialog, name: str) -> LinkButton:
    return next(
        b for b in board.findChildren(LinkButton) if b.accessibleName().startswith(name) and b.isVisible()
    )


def record(window: OpenWindow, board: ConsensusDialog, stance: PartyStance, words: str) -> None:
    link(board, "Record an answer of").click()
    dialog = window.panel(RecordAnswerDialog)
    dialog.stances[stance].setChecked(True)
    dialog.about.setCurrentIndex(1)
    dialog.words.setPlainText(words)
    dialog.record.click()
    window.settle()


def test_the_board_shows_a_card_per_right_with_a_chip_for_each_holder(board: ConsensusDialog) -> None:
    assert board.view is not None
    assert [card.group for card in board.cards] == list(board.view.board.groups)
    for card in board.cards:
        shown = [chip.value.shown for chip in card.findChildren(Chip)]
        assert len(shown) >= 1 + len(card.group.rows)
    assert board.chip.value.shown in ("Everyone agreed", "Not everyone has agreed")


def test_an_answer_is_recorded_and_what_follows_is_told(
    window: OpenWindow, board: ConsensusDialog, where: Where
) -> None:
    record(window, board, PartyStance.REFUSED, "No, by letter")
    assert board.told.words.text().startswith("Recorded. ")
    said = row_of(board, where[2])
    assert said.state in (AgreeState.REFUSED, AgreeState.DIFFERS)
    assert board.view is not None
    assert board.view.board.agreed is Agreed.NOT_EVERYONE
    link(board, "Change the recorded answer").click()
    change = window.panel(RecordAnswerDialog)
    assert change.stances[PartyStance.REFUSED].isChecked()
    assert change.words.toPlainText() == "No, by letter"
    change.stances[PartyStance.ALLOWED].setChecked(True)
    change.record.click()
    window.settle()
    link(board, "Remove the recorded answer").click()
    window.settle()
    assert board.told.words.text().startswith("Removed. ")


def test_what_makes_no_sense_is_said_beside_its_field(window: OpenWindow, board: ConsensusDialog) -> None:
    link(board, "Record an answer of").click()
    dialog = window.panel(RecordAnswerDialog)
    assert not dialog.record.isEnabled(), "nothing is chosen for the person"
    dialog.stances[PartyStance.UNREACHABLE].setChecked(True)
    assert dialog.words.accessibleName() == "What was tried"
    dialog.record.click()
    window.settle()
    assert dialog.isVisible()
    assert "what was tried" in dialog.words.accessibleDescription()
    dialog.words.setPlainText("Two letters")
    dialog.day.setText("2999-01-01")
    dialog.record.click()
    window.settle()
    assert "has not come yet" in dialog.day.accessibleDescription()
    dialog.day.setText("yesterday")
    dialog.record.click()
    assert "year-month-day" in dialog.day.accessibleDescription()
    dialog.reject()


def test_a_file_is_attached_and_named(window: OpenWindow, board: ConsensusDialog, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Yes.")
    link(board, "Record an answer of").click()
    dialog = window.panel(RecordAnswerDialog)
    dialog.stances[PartyStance.ALLOWED].setChecked(True)
    dialog.about.setCurrentIndex(1)
    dialog.attach_file(str(letter))
    assert dialog.file.text() == "letter.txt"
    dialog.record.click()
    window.settle()
    assert board.view is not None
    (kept,) = [row for row in board.view.records.values() if row.evidence_name == "letter.txt"]
    assert link(board, "Save the file letter.txt").isEnabled()
    board.save_file(kept.id, str(tmp_path / "copy.txt"))
    window.settle()
    assert (tmp_path / "copy.txt").read_text() == "Yes."
    assert board.told.words.text().startswith("Saved as copy.txt.")


def test_a_reminder_is_copied(window: OpenWindow, board: ConsensusDialog) -> None:
    link(board, "Copy a reminder to").click()
    window.settle()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Your answer about “")
    assert "No answer is not a yes" in copied
    assert board.told.words.text().startswith("The reminder is copied.")


class MailProgram(QObject):
    """Stands where the mail program of the computer stands."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url)


def test_writing_by_mail_shows_the_address_first_and_opens_a_draft(
    window: OpenWindow, board: ConsensusDialog
) -> None:
    program = MailProgram()
    # Text is what works, whatever the signature says.
    QDesktopServices.setUrlHandler("mailto", program, "take")  # type: ignore[arg-type]
    try:
        link(board, "Write to").click()
        window.settle()
        dialog = window.panel(WriteByMailDialog)
        dialog.address.setText("not an address")
        dialog.open_mail.click()
        assert program.opened == []
        assert "not one mail address" in dialog.address.accessibleDescription()
        dialog.address.setText("petra@example.org")
        dialog.open_mail.click()
        (url,) = program.opened
        assert url.scheme() == "mailto"
        assert url.path() == "petra@example.org"
        assert not dialog.isVisible()
    finally:
        QDesktopServices.unsetUrlHandler("mailto")


def test_another_programme_and_use_is_asked_about_by_itself(
    window: OpenWindow, board: ConsensusDialog
) -> None:
    assert board.asked.count() > 1
    board.asked.setCurrentIndex(1)
    board.asked.activated.emit(1)
    window.settle()
    assert board.view is not None
    assert len(board.view.board.cells) == 1
    assert board.asked.currentIndex() == 1


def test_every_control_of_the_board_is_reached_by_tab_and_has_a_name(board: ConsensusDialog) -> None:
    first = board.focusWidget()
    assert first is not None
    stops: list[QWidget] = [first]
    for _ in range(200):
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = board.focusWidget()
        if now is first:
            break
        stops.append(now)
    for button in board.findChildren(QPushButton):
        if button.isVisible() and button.isEnabled():
            assert button in stops, button.accessibleName()
            assert button.accessibleName()
    assert board.asked in stops


def test_enter_in_the_board_closes_it_and_records_nothing(window: OpenWindow, board: ConsensusDialog) -> None:
    left: list[int] = []
    board.finished.connect(left.append)
    QTest.keyClick(board.focusWidget(), Qt.Key.Key_Return)
    window.settle()
    assert len(left) == 1
    assert asked(window, lambda console: len(private.all(console.store, KEPT, KeptAnswer))) == 0


def test_a_reminder_can_be_kept_as_a_case_instead(window: OpenWindow, board: ConsensusDialog) -> None:
    link(board, "Write to").click()
    window.settle()
    dialog = window.panel(WriteByMailDialog)
    dialog.keep.click()
    letter = window.panel(NewLetterDialog)
    window.settle()
    wish = letter.wish
    assert wish is not None
    assert wish.kind is LetterKind.CO_WRITER_QUESTION
    letter.go_on()
    window.settle()
    assert letter.whom.chosen == (), "a person is in no directory, and the operator is not asked"
    letter.whom.add.click()
    person = window.panel(NewAddresseeDialog)
    assert person.name.text()
    assert person.text.kind == "person"
    person.email.setText("somebody@example.org")
    person.save.click()
    window.settle()
    letter.go_on()
    window.settle()
    assert len(letter.works.works) == 1
    letter.reject()
