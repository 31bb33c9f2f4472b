"""Writing letters: five steps by keyboard, what is not possible and why, the review, and what is kept."""

from __future__ import annotations

from email import message_from_bytes
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from artist_console.commands.cases import CaseRow, list_cases
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import Attach, LetterKind
from artist_console.domain.letter_templates import Placeholder
from artist_console.domain.programmes import Silence
from artist_console.ui.dialogs.findings import FindingsDialog
from artist_console.ui.dialogs.new_addressee import NewAddresseeDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.new_letter_draft import DraftView
from artist_console.ui.dialogs.new_letter_result import ResultPage
from artist_console.ui.dialogs.removal import RemovalsDialog
from artist_console.ui.letter_start import LetterStart, about_finding
from artist_console.ui.pages.roster import RosterScreen
from artist_console.ui.tables.roster_model import RosterColumn
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.sections import Disclosure
from tests.ui.sample_profile import OpenWindow

TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal
AMAZON, BELIEVE = "known/amazon", "known/believe"


def artist_named(window: OpenWindow, name: str) -> ArtistId:
    return next(each.id for each in window.desk.artists if each.name.startswith(name))


def open_letter(window: OpenWindow, start: LetterStart | None = None) -> NewLetterDialog:
    begin = start or LetterStart(artists=(artist_named(window, "Mara"),))
    NewLetterDialog(window.desk, window.main, begin).open()
    return window.panel(NewLetterDialog)


def go_on(window: OpenWindow, dialog: NewLetterDialog) -> None:
    assert dialog.next.isEnabled(), dialog.hint.text()
    dialog.next.click()
    window.settle()


def choose(window: OpenWindow, dialog: NewLetterDialog, kind: LetterKind, *addressees: str) -> None:
    """The first two steps."""
    dialog.what.choices[kind].setChecked(True)
    go_on(window, dialog)
    dialog.whom.picker.choose(addressees)
    go_on(window, dialog)


def kept(window: OpenWindow) -> tuple[CaseRow, ...]:
    found: list[tuple[CaseRow, ...]] = []
    window.desk.ask(window.desk, "test cases", list_cases, found.append)
    window.settle()
    return found[0]


def words_in(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel) if not label.isHidden())


def focused(dialog: QWidget) -> QWidget:
    found = dialog.focusWidget()
    assert found is not None
    return found


def folds(dialog: NewLetterDialog) -> list[Disclosure]:
    return [each for each in dialog.review.findChildren(Disclosure) if each.property("letter")]


def test_a_letter_is_written_with_the_keyboard_alone(window: OpenWindow) -> None:
    dialog = open_letter(window)
    assert not dialog.next.isEnabled(), "nothing is chosen for the person"
    QTest.keyClick(focused(dialog), Qt.Key.Key_Space)
    assert dialog.what.offer is not None
    assert dialog.what.offer.kind is LetterKind.POSITION
    dialog.next.setFocus()
    QTest.keyClick(dialog.next, Qt.Key.Key_Return)
    window.settle()
    assert dialog.whom.picker.search.edit.hasFocus()
    QTest.keyClicks(dialog.whom.picker.search.edit, "amazon")
    QTest.keyClick(dialog.whom.picker.search.edit, Qt.Key.Key_Return)
    dialog.whom.picker.table.setFocus()
    QTest.keyClick(dialog.whom.picker.table, Qt.Key.Key_Space)
    assert dialog.whom.chosen == (AMAZON,)
    for _ in range(3):
        dialog.next.setFocus()
        QTest.keyClick(dialog.next, Qt.Key.Key_Return)
        window.settle()
    assert dialog.next.words == "Keep 1 letter"
    dialog.next.setFocus()
    QTest.keyClick(dialog.next, Qt.Key.Key_Return)
    window.settle()
    assert dialog.heading.text() == "1 letter is kept"
    (row,) = kept(window)
    assert row.case.addressee == AMAZON
    assert [event.kind.value for event in row.case.events] == ["drafted"], "nothing is told to be sent"


def test_back_loses_nothing_and_an_unchanged_wish_keeps_what_was_edited(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    go_on(window, dialog)
    go_on(window, dialog)
    (view,) = dialog.review.views.values()
    view.subject.setText("Mara Lindqvist: my position")
    assert view.edited.isVisibleTo(view)
    dialog.back.click()
    window.settle()
    dialog.back.click()
    window.settle()
    assert dialog.works.all.isChecked()
    go_on(window, dialog)
    go_on(window, dialog)
    go_on(window, dialog)
    (row,) = kept(window)
    assert row.case.letters[0].subject == "Mara Lindqvist: my position"
    assert row.case.letters[0].edited


def test_a_kind_that_is_not_possible_is_shown_with_its_reason(window: OpenWindow) -> None:
    group = artist_named(window, "Kofi")
    dialog = open_letter(window, LetterStart(artists=(group,)))
    impossible = [offer for offer in dialog.what.offers if not offer.possible]
    assert impossible, "voice, name and image are no group's"
    for offer in impossible:
        choice = dialog.what.choices[offer.kind]
        assert not choice.isEnabled()
        assert choice.accessibleDescription() == offer.why_not
        assert offer.why_not in words_in(dialog.what)


def test_a_kind_about_something_says_where_it_begins(window: OpenWindow) -> None:
    dialog = open_letter(window)
    for kind in (LetterKind.STATEMENT_QUESTION, LetterKind.FOLLOW_UP):
        assert not dialog.what.choices[kind].isEnabled()
    assert "open it in Earnings" in words_in(dialog.what)
    assert "choose “Follow up…”" in words_in(dialog.what)


def test_each_kind_shows_version_day_and_that_it_is_no_legal_advice(window: OpenWindow) -> None:
    dialog = open_letter(window)
    for kind, choice in dialog.what.choices.items():
        if not choice.isEnabled():
            continue
        choice.setChecked(True)
        window.settle()
        told = words_in(dialog.what.facts)
        assert "Template version" in told, kind
        assert "checked on" in told, kind
        assert "A draft, not legal advice." in told, kind


def test_several_artists_and_addressees_are_grouped_and_counted_and_one_can_be_left(
    window: OpenWindow,
) -> None:
    artists = tuple(each.id for each in window.desk.artists)[4:8]
    dialog = open_letter(window, LetterStart(artists=artists))
    choose(window, dialog, LetterKind.POSITION, AMAZON, BELIEVE)
    go_on(window, dialog)
    go_on(window, dialog)
    drafted = dialog.review.drafted
    assert drafted is not None
    assert len(drafted.groups) == 2
    every = len(drafted.drafts)
    assert every + len(drafted.not_possible) == 8
    assert dialog.review.counts.text().startswith(f"{every} letters to 2 addressees")
    for each in drafted.not_possible:
        assert each.artist_name in words_in(dialog.review)
    fold = folds(dialog)[0]
    fold.set_open(True)
    view = dialog.review.findChild(DraftView)
    assert view is not None
    for warning in view.draft.warnings:
        assert warning in words_in(view)
    view.keep.setChecked(False)
    assert dialog.next.words == f"Keep {every - 1} letters"
    go_on(window, dialog)
    assert len(kept(window)) == every - 1


def test_works_can_be_named_and_the_letter_names_no_other(window: OpenWindow) -> None:
    dialog = open_letter(window)
    dialog.what.choices[LetterKind.POSITION].setChecked(True)
    go_on(window, dialog)
    dialog.whom.picker.choose([AMAZON])
    go_on(window, dialog)
    QAbstractItemModelTester(dialog.works.picker.model, TESTER)
    dialog.works.some.setChecked(True)
    assert not dialog.next.isEnabled()
    named = dialog.works.picker.model.every[0]
    dialog.works.picker.choose([named.value])
    go_on(window, dialog)
    go_on(window, dialog)
    drafted = dialog.review.drafted
    assert drafted is not None
    assert drafted.drafts[0].letter.works == (named.value,)


def test_a_value_that_is_missing_is_told_at_its_field(window: OpenWindow) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.OBJECTION_TO_DEFAULT, AMAZON)
    go_on(window, dialog)
    assert Placeholder.DEADLINE in dialog.details.fields
    assert not dialog.next.isEnabled()
    assert dialog.hint.text().startswith("Still to be written: ")
    assert "cannot be written without it" in words_in(dialog.details.fields[Placeholder.DEADLINE])
    day = dialog.details.fields[Placeholder.DEADLINE].editor
    assert isinstance(day, DayEdit)
    day.edit.setText("no day")
    assert not dialog.next.isEnabled()
    assert "cannot be read" in dialog.hint.text()
    day.edit.setText("31 January 2027")
    assert "cannot be written" not in words_in(dialog.details.fields[Placeholder.DEADLINE])
    go_on(window, dialog)
    assert dialog.next.words == "Keep 1 letter"


def test_what_goes_along_is_in_the_mail_draft_and_nothing_is_overwritten(
    window: OpenWindow, tmp_path: Path
) -> None:
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    go_on(window, dialog)
    dialog.details.attach[Attach.WORKS_PDF].setChecked(True)
    dialog.details.attach[Attach.WORKS_CSV].setChecked(True)
    go_on(window, dialog)
    go_on(window, dialog)
    page = dialog.findChild(ResultPage)
    assert page is not None
    assert "Nothing was sent." in words_in(page)
    page.save.mail.setChecked(True)
    page.save.save_to(str(tmp_path))
    window.settle()
    (written,) = tmp_path.glob("*.eml")
    mail = message_from_bytes(written.read_bytes())
    assert mail["X-Unsent"] == "1"
    names = [part.get_filename() or "" for part in mail.walk() if part.get_filename()]
    assert {name.rpartition(".")[2] for name in names} == {"pdf", "csv"}
    page.save.save_to(str(tmp_path))
    window.settle()
    assert "already there" in dialog.problem.words.text()
    assert page.save.replace.isVisibleTo(page)
    page.save.replace.click()
    window.settle()
    assert "1 file was written" in page.save.done_words.words.text()


def test_an_addressee_is_added_on_the_way_and_a_fault_stands_at_its_field(window: OpenWindow) -> None:
    dialog = open_letter(window)
    dialog.what.choices[LetterKind.POSITION].setChecked(True)
    go_on(window, dialog)
    dialog.whom.add.click()
    form = window.panel(NewAddresseeDialog)
    form.name.setText("Tonwerk")
    form.kind.setCurrentIndex(form.kind.findData(AddresseeKind.LABEL.value))
    form.postal.setPlainText("Hafenstr. 1\n20457 Hamburg")
    form.save.click()
    window.settle()
    assert form.isVisible(), "an address without country is not kept"
    assert "needs its country" in words_in(form)
    form.country.setText("DE")
    added: list[Addressee] = []
    form.added.connect(added.append)
    form.save.click()
    window.settle()
    assert dialog.whom.chosen == (added[0].id,)


def test_a_finding_a_removal_and_the_roster_lead_to_a_letter_about_them(window: OpenWindow) -> None:
    FindingsDialog(window.desk, window.main).open()
    findings = window.panel(FindingsDialog)
    link = next(each for each in findings.findChildren(LinkButton) if each.words == "Write about this…")
    link.click()
    letter = window.panel(NewLetterDialog)
    about = next(row.finding for row in findings.shown if row.finding.kind is not FindingKind.MANDATE_ENDS)
    assert letter._start.about.finding == about.id
    assert letter.what.artists == (about.artist,)
    letter.reject()
    findings.reject()
    window.settle()
    RemovalsDialog(window.desk, window.main).open()
    removals = window.panel(RemovalsDialog)
    next(each for each in removals.findChildren(LinkButton) if each.words == "Write a letter…").click()
    letter = window.panel(NewLetterDialog)
    assert letter.what.offer is not None
    assert letter.what.offer.kind is LetterKind.REMOVAL
    go_on(window, letter)
    assert letter.whom.first_chosen is not None, "whoever states it is chosen"
    letter.reject()
    removals.reject()
    window.settle()
    window.show("roster")
    roster = window.main.screen_of("roster")
    assert isinstance(roster, RosterScreen)
    roster.model.choose([0, 2], True)
    roster.bulk.write.click()
    letter = window.panel(NewLetterDialog)
    rows = [roster.model.index(n, RosterColumn.ARTIST).row() for n in (0, 2)]
    assert letter.what.artists == tuple(roster.model.rows[n].artist for n in rows)
    letter.reject()


def test_right_to_left_and_at_the_smallest_size_nothing_is_wider_than_the_sheet(
    window: OpenWindow, qapp: QApplication
) -> None:
    window.main.resize(960, 600)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    dialog = open_letter(window)
    choose(window, dialog, LetterKind.POSITION, AMAZON)
    for _ in range(3):
        assert dialog.width() <= 960
        for part in (dialog.next, dialog.back, dialog.cancel):
            assert dialog.rect().contains(part.geometry())
        if dialog.step < 4:
            go_on(window, dialog)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_default_opt_in_that_runs_is_objected_to_with_its_day_already_in(window: OpenWindow) -> None:
    FindingsDialog(window.desk, window.main).open()
    findings = window.panel(FindingsDialog)
    runs = next(
        row.finding
        for row in findings.shown
        if row.finding.silence is Silence.TAKEN_AS_YES and row.finding.deadline is not None
    )
    findings.reject()
    letter = open_letter(window, about_finding(runs))
    assert letter.what.offer is not None
    assert letter.what.offer.kind is LetterKind.OBJECTION_TO_DEFAULT
    go_on(window, letter)
    assert letter.whom.chosen, "whoever runs the programme is chosen already"
    while letter.step < 4:
        go_on(window, letter)
    drafted = letter.review.drafted
    assert drafted is not None
    assert drafted.drafts, [each.reason.text for each in drafted.not_possible]
    assert str(runs.deadline.year if runs.deadline else "") in drafted.drafts[0].letter.text
    letter.reject()


def test_a_letter_is_left_out_from_its_line_and_all_are_unfolded_and_folded(
    window: OpenWindow, qtbot: QtBot
) -> None:
    artists = tuple(each.id for each in window.desk.artists)[:8]
    dialog = open_letter(window, LetterStart(artists=artists))
    choose(window, dialog, LetterKind.POSITION, AMAZON, BELIEVE)
    go_on(window, dialog)
    go_on(window, dialog)
    drafted = dialog.review.drafted
    assert drafted is not None
    every = len(drafted.drafts)
    qtbot.waitUntil(lambda: len(folds(dialog)) == every)
    assert not dialog.review.views, "what is folded is not made"
    leave = next(b for b in dialog.review.findChildren(LinkButton) if b.words == "Leave out")
    assert "Leave out the letter of" in leave.accessibleName()
    leave.click()
    assert dialog.next.words == f"Keep {every - 1} letters"
    assert leave.words == "Keep it"
    dialog.review.unfold_all()
    qtbot.waitUntil(lambda: len(dialog.review.views) == every)
    first = drafted.drafts[0].letter.id
    view = dialog.review.views[first]
    assert not view.keep.isChecked(), "unfolded later, it says the same"
    view.keep.setChecked(True)
    assert leave.words == "Leave out"
    dialog.review.fold_all()
    assert not any(fold.is_open for fold in folds(dialog))
    assert dialog.next.words == f"Keep {every} letters"
