"""What is recorded of a case: sending with its proof, replies, what they say, the next date, evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from artist_console.commands import cases, evidence, letter_files
from artist_console.commands.cases import CaseRow
from artist_console.commands.console import Console
from artist_console.commands.evidence import BundleVerdict
from artist_console.commands.letter_files import OutForm
from artist_console.commands.work_details import WorkDetails, show_work
from artist_console.domain.cases import CaseState, EventKind, OutcomeKind, SentBy
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.ui.dialogs.case_file import CaseFileDialog
from artist_console.ui.dialogs.case_outcome import OutcomeDialog
from artist_console.ui.dialogs.case_sent import SentDialog
from artist_console.ui.dialogs.case_short import CloseDialog, NextDateDialog, NoteDialog, OwnerDialog
from artist_console.ui.dialogs.export_evidence import ExportEvidenceDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.pages.case_details import CaseAction
from artist_console.ui.pages.letters import LettersScreen
from artist_console.ui.screenshot_cases import MadeCases, reply_mail
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import LinkButton
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_letters_screen import letters_of, rows_kept, with_cases

D = TypeVar("D", bound=QDialog)
T = TypeVar("T")


@pytest.fixture
def made(window: OpenWindow, tmp_path: Path) -> MadeCases:
    return with_cases(window, tmp_path)


@pytest.fixture
def screen(window: OpenWindow, made: MadeCases) -> LettersScreen:
    return letters_of(window)


def row_of(window: OpenWindow, id: str) -> CaseRow:
    return rows_kept(window)[id]


def open_for(window: OpenWindow, screen: LettersScreen, action: CaseAction, id: str, kind: type[D]) -> D:
    screen.cases.doings.do(action, row_of(window, id))
    return window.panel(kind)


def ask(window: OpenWindow, what: Callable[[Console], T]) -> T:
    found: list[T] = []
    window.desk.ask(window.desk, "test", what, found.append)
    window.settle()
    return found[0]


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel) if not label.isHidden())


def test_sending_is_noted_with_a_number_and_the_panel_follows(
    window: OpenWindow, screen: LettersScreen, made: MadeCases
) -> None:
    screen.cases.open_case(made.drafted.id)
    window.settle()
    screen.cases.details.button(CaseAction.SENT).click()
    dialog = window.panel(SentDialog)
    begins = dialog.focusWidget()
    assert begins is not None
    assert dialog.day.isAncestorOf(begins), "it begins at its first field"
    assert not dialog.number_field.isVisibleTo(dialog), "a mail has no number of the post"
    dialog.how.setCurrentIndex(dialog.how.findData(SentBy.POST))
    dialog.number.setText("RR 123 456 785 SE")
    dialog.record.click()
    window.settle()
    row = row_of(window, made.drafted.id)
    assert row.standing.state is CaseState.SENT
    assert row.case.events[-1].number == "RR 123 456 785 SE"
    assert "RR 123 456 785 SE" in words_in(screen.cases.details)
    assert screen.cases.details.button(CaseAction.REPLY).isVisibleTo(screen.cases.details)


def test_a_sent_mail_that_is_dropped_is_the_proof_of_its_letter(
    window: OpenWindow, screen: LettersScreen, made: MadeCases, tmp_path: Path
) -> None:
    letter = made.drafted.letters[0]
    folder = tmp_path / "sent"
    (path,) = ask(
        window,
        lambda console: letter_files.export_letters(
            console, [letter], folder, OutForm.EML, lambda _paper: b""
        ),
    )
    # A mail program sends the draft under a date of its own and without the mark of a draft.
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join(line for line in lines if not line.startswith(b"X-Unsent")))
    screen.cases.doings.take_files([path], None)
    dialog = window.panel(CaseFileDialog)
    assert dialog.chosen is not None
    assert dialog.chosen.case.id == made.drafted.id
    assert dialog.sent.isChecked()
    dialog.keep.click()
    window.settle()
    event = row_of(window, made.drafted.id).case.events[-1]
    assert event.kind is EventKind.SENT
    assert event.file is not None
    assert event.file.matches == letter.id


def test_a_mail_of_no_known_case_asks_which_and_preselects_none(
    window: OpenWindow, screen: LettersScreen, made: MadeCases, tmp_path: Path
) -> None:
    path = tmp_path / "other.eml"
    path.write_bytes(b"From: x@y.org\nTo: a@b.c\nSubject: Hello\n\n<script>alert(1)</script> What is this?\n")
    screen.cases.doings.take_files([path], None)
    dialog = window.panel(CaseFileDialog)
    assert dialog.chosen is None
    assert not dialog.keep.isEnabled()
    assert "choose where it belongs" in words_in(dialog)
    dialog.which.setCurrentIndex(dialog.which.findData(made.sent.id))
    assert not dialog.keep.isEnabled(), "what it is has to be said, too"
    dialog.reply.click()
    dialog.keep.click()
    window.settle()
    assert row_of(window, made.sent.id).standing.state is CaseState.ANSWERED


def test_a_file_that_cannot_be_a_reply_says_so_and_can_be_kept_as_it_is(
    window: OpenWindow, screen: LettersScreen, made: MadeCases, tmp_path: Path
) -> None:
    path = tmp_path / "answer.bin"
    path.write_bytes(bytes(range(256)))
    screen.cases.doings.take_files([path], row_of(window, made.sent.id))
    dialog = window.panel(CaseFileDialog)
    assert "is no mail, PDF, picture" in dialog.states.empty.accessibleName()
    dialog._take_as_other()
    window.settle()
    assert "was not opened" in words_in(dialog)
    dialog.reply.click()
    dialog.keep.click()
    window.settle()
    assert row_of(window, made.sent.id).case.events[-1].kind is EventKind.REPLY


def test_several_files_are_asked_about_one_after_the_other(
    window: OpenWindow, screen: LettersScreen, made: MadeCases, tmp_path: Path
) -> None:
    paths = []
    for case in (made.sent, made.unanswered):
        paths.append(tmp_path / f"{case.id}.eml")
        paths[-1].write_bytes(reply_mail(case, window.desk.clock() - timedelta(hours=1), "We will see."))
    screen.cases.doings.take_files(paths, None)
    window.panel(CaseFileDialog).reject()
    second = window.panel(CaseFileDialog)
    assert second.chosen is not None
    assert second.chosen.case.id == made.unanswered.id
    second.keep.click()
    window.settle()
    assert row_of(window, made.unanswered.id).standing.state is CaseState.ANSWERED
    assert row_of(window, made.sent.id).standing.state is CaseState.SENT, "the first was put away"


def test_a_reply_to_several_letters_offers_a_box_for_each_case_and_keeps_none_before_the_button(
    window: OpenWindow, screen: LettersScreen, made: MadeCases, tmp_path: Path
) -> None:
    both = (made.sent.id, made.unanswered.id)
    today = window.desk.clock().date()
    for case in (made.sent, made.unanswered):
        number, letter = "<bulk@mail.example>", case.letters[0].id

        def note(console: Console, case: str = case.id, letter: str = letter, number: str = number) -> None:
            cases.mark_sent(console, case, letter, today, SentBy.MAIL, number)

        ask(window, note)
    path = tmp_path / "reply.eml"
    path.write_bytes(
        b"From: rights@example.org\nTo: a@b.c\nSubject: Re: your letters\n"
        b"In-Reply-To: <bulk@mail.example>\n\nWe will see.\n"
    )
    screen.cases.doings.take_files([path], None)
    dialog = window.panel(CaseFileDialog)
    assert set(dialog.several.chosen) == set(both)
    assert dialog.several.isVisibleTo(dialog)
    assert not dialog.which_field.isVisibleTo(dialog)
    assert {row_of(window, id).standing.state for id in both} == {CaseState.SENT}
    assert dialog.keep.isEnabled()
    for id in both:
        dialog.several.boxes[id].click()
    assert not dialog.keep.isEnabled()
    for id in both:
        dialog.several.boxes[id].click()
    dialog.keep.click()
    window.settle()
    assert {row_of(window, id).standing.state for id in both} == {CaseState.ANSWERED}
    screen.cases.doings.take_files([path], row_of(window, made.sent.id))
    dropped_on_one = window.panel(CaseFileDialog)
    assert dropped_on_one.several.chosen == (made.sent.id,)
    dropped_on_one.reject()


def test_an_outcome_is_previewed_and_becomes_evidence_on_the_works(
    window: OpenWindow, screen: LettersScreen, made: MadeCases
) -> None:
    dialog = open_for(window, screen, CaseAction.OUTCOME, made.answered.id, OutcomeDialog)
    assert "legal team" in dialog.reply_text.text(), "their words stand beside the form"
    dialog.record.click()
    assert "Choose what they say." in words_in(dialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(OutcomeKind.SAYS_INCLUDED))
    work = made.answered.works[0]
    assert "no work is chosen" in dialog.follows.text()
    dialog.works.choose([work])
    assert "becomes evidence" in dialog.follows.text()
    assert "not that it is so" in dialog.not_proved.words.text()
    assert not dialog.model_field.isVisibleTo(dialog), "a dataset is meant, no model"
    dialog.words.setPlainText("Your recording is in our training set.")
    assert "These words are not in the reply" in dialog.summary.words.text()
    quoted = dialog.reply_text.text().splitlines()[0]
    dialog.words.setPlainText(quoted)
    assert not dialog.summary.isVisibleTo(dialog)
    dialog.said_by.setText("My cousin")
    assert "It stays on the case" in dialog.follows.text()
    dialog.said_by.setText(made.answered.addressee_name)
    dialog.record.click()
    window.settle()
    assert row_of(window, made.answered.id).standing.state is CaseState.OPEN
    mara = made.answered.artist
    details: WorkDetails = ask(window, lambda console: show_work(console, work, mara))
    said = [place for place in details.places if place.stated_by == made.answered.addressee_name]
    assert said[-1].grade is EvidenceGrade.OPERATOR_STATED
    assert said[-1].evidence.words == quoted.strip()


def test_what_says_nothing_of_a_place_stays_on_the_case(
    window: OpenWindow, screen: LettersScreen, made: MadeCases
) -> None:
    dialog = open_for(window, screen, CaseAction.OUTCOME, made.answered.id, OutcomeDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(OutcomeKind.REFUSES))
    assert "It stays on the case." in dialog.follows.text()
    dialog.words.setPlainText("We do not answer such letters.")
    dialog.record.click()
    window.settle()
    event = row_of(window, made.answered.id).case.events[-1]
    assert event.outcome is not None
    assert event.outcome.grade is None


def test_next_date_note_and_owner_are_kept_and_a_note_needs_words(
    window: OpenWindow, screen: LettersScreen, made: MadeCases
) -> None:
    id = made.sent.id
    dialog = open_for(window, screen, CaseAction.NEXT_DATE, id, NextDateDialog)
    dialog.day.edit.setText("no day")
    dialog.record.click()
    assert "Write the day" in words_in(dialog)
    dialog._set_ahead(14)
    assert dialog.record.hasFocus()
    QTest.keyClick(dialog.record, Qt.Key.Key_Return)
    window.settle()
    today = window.desk.clock().astimezone().date()
    assert row_of(window, id).standing.next_on == today + timedelta(days=14)
    again = open_for(window, screen, CaseAction.NEXT_DATE, id, NextDateDialog)
    again.take_away.click()
    window.settle()
    assert not row_of(window, id).standing.noted
    note = open_for(window, screen, CaseAction.NOTE, id, NoteDialog)
    note.record.click()
    assert note.isVisible()
    note.note.setPlainText("Called, Ms Berg looks into it.")
    note.record.click()
    window.settle()
    owner = open_for(window, screen, CaseAction.OWNER, id, OwnerDialog)
    QTest.keyClicks(owner.name, "Nora")
    QTest.keyClick(owner.name, Qt.Key.Key_Return)
    window.settle()
    row = row_of(window, id)
    assert row.case.owner == "Nora"
    assert any(event.words == "Called, Ms Berg looks into it." for event in row.case.events)


def test_closing_says_what_stays_and_a_follow_up_adds_to_the_same_case(
    window: OpenWindow, screen: LettersScreen, made: MadeCases
) -> None:
    close = open_for(window, screen, CaseAction.CLOSE, made.told.id, CloseDialog)
    assert "does not say who was right" in words_in(close)
    close.record.click()
    window.settle()
    assert row_of(window, made.told.id).standing.state is CaseState.CLOSED
    letter = open_for(window, screen, CaseAction.FOLLOW_UP, made.unanswered.id, NewLetterDialog)
    while letter.step < 4:
        assert letter.next.isEnabled(), letter.hint.text()
        letter.next.click()
        window.settle()
    assert letter.next.words == "Keep 1 letter"
    letter.next.click()
    window.settle()
    row = row_of(window, made.unanswered.id)
    assert len(row.case.letters) == 2, "it is the same case"
    letter.accept()


def test_evidence_is_looked_at_before_it_is_written_and_verifies_without_a_profile(
    window: OpenWindow, screen: LettersScreen, made: MadeCases, tmp_path: Path
) -> None:
    dialog = open_for(window, screen, CaseAction.EXPORT, made.told.id, ExportEvidenceDialog)
    window.settle()
    assert "1 letter" in words_in(dialog)
    assert "it is not encrypted" in words_in(dialog)
    target = tmp_path / f"case{evidence.FILE_ENDING}"
    dialog.save_to(str(target))
    window.settle()
    checked = evidence.verify_bundle(target)
    assert checked.verdict is BundleVerdict.SIGNER_UNKNOWN, "unchanged, and nobody here knows the key"
    assert not isValid(dialog), "it is over"


def test_what_was_noted_by_mistake_is_taken_back_and_stays_in_the_history(
    window: OpenWindow, screen: LettersScreen, made: MadeCases
) -> None:
    screen.cases.open_case(made.sent.id)
    window.settle()
    details = screen.cases.details
    link = next(each for each in details.findChildren(LinkButton) if each.words == "Take this back…")
    link.click()
    window.settle()
    assert row_of(window, made.sent.id).standing.state is CaseState.DRAFTED
    assert "Corrected or taken back by a later entry." in words_in(details)
    assert "Taken back: " in words_in(details)
    assert screen.messages.action.words == "Undo"
    screen.messages.action.click()
    window.settle()
    assert row_of(window, made.sent.id).standing.state is CaseState.SENT
