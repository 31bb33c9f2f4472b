"""Before an outcome is recorded its dialog tells what it will count for, by the rules that record it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from artist_console.domain.cases import OutcomeKind
from artist_console.ui.dialogs.case_outcome import OutcomeDialog
from artist_console.ui.dialogs.case_sent import SentDialog
from artist_console.ui.pages.case_details import CaseAction
from artist_console.ui.screenshot_cases import MadeCases
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_case_dialogs import open_for, words_in
from tests.ui.test_letters_screen import letters_of, with_cases


@pytest.fixture
def made(window: OpenWindow, tmp_path: Path) -> MadeCases:
    return with_cases(window, tmp_path)


@pytest.fixture
def dialog(window: OpenWindow, made: MadeCases) -> OutcomeDialog:
    shown = open_for(window, letters_of(window), CaseAction.OUTCOME, made.answered.id, OutcomeDialog)
    shown.kind.setCurrentIndex(shown.kind.findData(OutcomeKind.SAYS_INCLUDED))
    shown.works.choose([made.answered.works[0]])
    shown.words.setPlainText(shown.reply_text.text().splitlines()[0])
    window.settle()
    return shown


def test_the_grade_is_told_and_why_it_is_another_at_somebody_elses_place(
    window: OpenWindow, dialog: OutcomeDialog
) -> None:
    assert "It counts as" in dialog.weight.words.text()
    told = []
    for place in range(dialog.dataset.count()):
        dialog.dataset.setCurrentIndex(place)
        window.settle()
        told.append(dialog.weight.words.text())
    assert any("By the records" in each for each in told), told


def test_another_speaker_and_a_missing_file_are_told_before_it_is_recorded(
    window: OpenWindow, dialog: OutcomeDialog
) -> None:
    dialog.of.setCurrentIndex(dialog.of.findData(""))
    window.settle()
    assert "You reported" in dialog.weight.words.text()
    assert "without a file" in dialog.follows.text()
    dialog.said_by.setText("My cousin")
    window.settle()
    assert dialog.weight.isHidden()
    assert "It stays on the case" in dialog.follows.text()


def test_a_fault_of_a_sending_stands_at_its_field_and_goes_when_it_is_mended(
    window: OpenWindow, made: MadeCases, tmp_path: Path
) -> None:
    sending = open_for(window, letters_of(window), CaseAction.SENT, made.drafted.id, SentDialog)
    sending.day.show_day(made.drafted.opened_at.date() - timedelta(days=30))
    sending.record.click()
    window.settle()
    assert "cannot have been sent" in sending.day_field.editor.accessibleDescription()
    assert sending.problem.isHidden()
    sending.day.show_day(window.desk.clock().astimezone().date())
    assert not sending.day_field.editor.accessibleDescription()
    odd = tmp_path / "program.exe"
    odd.write_bytes(b"MZ" + bytes(64))
    sending.proof.take(str(odd))
    sending.record.click()
    window.settle()
    assert sending.proof_field.editor.accessibleDescription()
    assert sending.problem.isHidden()
    sending.proof.take_out.click()
    assert not sending.proof_field.editor.accessibleDescription()


def test_a_fault_goes_when_the_field_is_mended(window: OpenWindow, dialog: OutcomeDialog) -> None:
    dialog.words.setPlainText("")
    dialog.day.edit.setText("some day")
    dialog.record.click()
    assert "Copy the sentence from the reply." in words_in(dialog)
    assert "This day cannot be read." in words_in(dialog)
    dialog.words.setPlainText("They said so.")
    dialog.day.edit.setText("")
    assert "Copy the sentence from the reply." not in words_in(dialog)
    assert "This day cannot be read." not in words_in(dialog)
