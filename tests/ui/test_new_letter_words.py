"""The person's own words in letters: kept through Back and Next, asked about, never lost without a word."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from artist_console.commands.letter_templates import template_of
from artist_console.domain.letter_kinds import Attach, LetterKind
from artist_console.domain.letter_templates import Placeholder, SignedBy
from artist_console.ui.dialogs.lose_words import LoseWordsDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.new_letter_result import SaveLetters
from artist_console.ui.pages.case_letters import IN_PERSON
from artist_console.ui.widgets.day_edit import DayEdit
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_new_letter import (
    AMAZON,
    BELIEVE,
    choose,
    focused,
    folds,
    go_on,
    kept,
    open_letter,
    words_in,
)

MINE = "Mara Lindqvist: my position"


def go_back(window: OpenWindow, dialog: NewLetterDialog) -> None:
    dialog.back.click()
    window.settle()


def test_words_stay_where_the_draft_reads_the_same_and_the_keyboard_is_in_the_review(
    window: OpenWindow,
) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    go_on(window, dialog)
    go_on(window, dialog)
    (view,) = dialog.review.views.values()
    view.subject.setText(MINE)
    go_back(window, dialog)
    dialog.details.attach[Attach.WORKS_CSV].setChecked(True)
    go_on(window, dialog)
    assert dialog.review.isAncestorOf(focused(dialog))
    if dialog.review.question.isVisibleTo(dialog.review):
        dialog.review.keep_words.click()
    (view,) = dialog.review.views.values()
    assert view.subject.text() == MINE
    assert view.draft.attachments, "with what was added"
    assert focused(dialog) is folds(dialog)[0].line
    go_on(window, dialog)
    (row,) = kept(window)
    assert row.case.letters[0].subject == MINE


def test_a_draft_that_reads_otherwise_asks_which_words_are_to_stay(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    go_on(window, dialog)
    go_on(window, dialog)
    (view,) = dialog.review.views.values()
    view.subject.setText(MINE)
    for mine in (True, False):
        go_back(window, dialog)
        other = dialog.details.language.currentIndex() + 2
        dialog.details.language.setCurrentIndex(other)
        go_on(window, dialog)
        assert "You changed 1 letter" in dialog.review.changed_words.words.text()
        assert not dialog.next.isEnabled()
        assert focused(dialog) is dialog.review.keep_words
        (dialog.review.keep_words if mine else dialog.review.use_new).click()
        (view,) = dialog.review.views.values()
        assert (view.subject.text() == MINE) is mine
        assert view.is_edited is mine
        assert dialog.next.isEnabled()
    dialog.reject()


def test_closing_over_changed_letters_says_what_is_lost(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    go_on(window, dialog)
    go_on(window, dialog)
    (view,) = dialog.review.views.values()
    view.subject.setText(MINE)
    dialog.reject()
    asked = window.panel(LoseWordsDialog)
    assert asked.focusWidget() is asked.go_on
    asked.go_on.click()
    window.settle()
    assert dialog.isVisible()
    assert view.subject.text() == MINE
    dialog.reject()
    window.panel(LoseWordsDialog).lose.click()
    window.settle()
    assert kept(window) == ()


def test_one_mail_for_an_addressee_is_chosen_with_one_press(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON, BELIEVE)
    go_on(window, dialog)
    go_on(window, dialog)
    go_on(window, dialog)
    save = dialog.findChild(SaveLetters)
    assert save is not None
    assert save.together.isEnabled()
    save.together.setChecked(True)
    assert save.mail.isChecked()
    save.pdf.setChecked(True)
    assert not save.together.isChecked()


def test_faults_of_a_direction_stand_at_their_fields_before_the_review(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.LETTER_OF_DIRECTION, BELIEVE)
    while dialog.step < 3:
        go_on(window, dialog)
    fields = dialog.details.fields
    assert not dialog.next.isEnabled()
    for name, words in (
        (Placeholder.PAYER, "Believe"),
        (Placeholder.PAYEE, "Norrsken Management"),
        (Placeholder.SHARE, "much"),
    ):
        editor = fields[name].editor
        assert isinstance(editor, QLineEdit)
        editor.setText(words)
    for name, words in ((Placeholder.FIRST_DAY, "1 January 2027"), (Placeholder.LAST_DAY, "1 March 2027")):
        day = fields[name].editor
        assert isinstance(day, DayEdit)
        day.edit.setText(words)
    assert not dialog.next.isEnabled()
    assert "not one that can be paid by" in words_in(fields[Placeholder.SHARE])
    assert "not one that can be paid by" in dialog.hint.text()
    share = fields[Placeholder.SHARE].editor
    assert isinstance(share, QLineEdit)
    share.setText("25 %")
    assert dialog.next.isEnabled(), dialog.hint.text()
    go_on(window, dialog)
    assert "0 letters" not in dialog.review.counts.text()
    assert "0" not in dialog.next.words
    dialog.reject()


def test_what_only_tells_is_no_warning_and_a_letter_signed_in_person_is_no_managers(
    window: OpenWindow,
) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.DATA_ACCESS, AMAZON)
    while dialog.step < 4:
        go_on(window, dialog)
    (view,) = dialog.review.views.values()
    draft = view.draft
    assert any("in person" in each for each in draft.notes)
    assert not draft.notes & set(draft.cautions)
    assert ("with a warning" in dialog.review.counts.text()) is bool(draft.cautions)
    told = words_in(view)
    assert all(each in told for each in draft.warnings)
    assert "to sign in person" in told
    assert "under a mandate" not in told
    dialog.reject()


def test_the_kinds_that_are_signed_in_person_are_those_of_the_templates() -> None:
    assert {k for k in LetterKind if template_of(k).signed_by is SignedBy.PERSON} == IN_PERSON
