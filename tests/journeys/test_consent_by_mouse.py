"""Consent with the mouse alone: every answer, its review, taking back, conditions, new terms, a conflict.

Everything is pressed where it is seen. No key is pressed, nothing is made current or opened by code.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCalendarWidget, QTableView, QToolButton

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import WorkId
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use
from artist_console.ui.delegates.table import DataTable
from artist_console.ui.dialogs.conditions import ConditionsDialog
from artist_console.ui.dialogs.conflict import AnswerCard, ConflictDialog
from artist_console.ui.dialogs.ending import EndingDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.pages.consent import ConsentScreen
from tests.journeys.consent_world import ARTIST, NEXT_TERMS, PROGRAMME, SINGLES, ConsentDesk, single
from tests.journeys.hands import Mouse, front, words_of
from tests.journeys.looking import cell_at, consent_of, in_front, rest, said_in

TRACK, TRACK_ID = "release/album/work/track-02", WorkId("track-02")
FAMILY, USE = "family/training", "use/train.generative"
CELL = Register(ARTIST, Subject(SubjectKind.WORK, TRACK_ID), PROGRAMME, UseScope.of(Use.TRAIN_GENERATIVE))


class Person(Mouse):
    """Somebody with a mouse, on the consent page."""

    def __init__(self, desk: ConsentDesk) -> None:
        super().__init__(desk.window)
        self.desk = desk

    @property
    def screen(self) -> ConsentScreen:
        return consent_of(self.window)

    @property
    def table(self) -> DataTable:
        return self.screen.table

    def page(self, key: str) -> None:
        self.click(self.window.main.frame.rail.button(key))
        rest(self.window)

    def press(self, words: str) -> None:
        super().press(words)
        rest(self.window)

    def go(self, row: str, column: str) -> None:
        self.click_cell(self.table, self.screen.model.place_of(row, column))
        rest(self.window)

    def tick(self, row: str) -> None:
        """The box before a row."""
        index = self.screen.model.place_of(row, "")
        self.click_in(self.table, index, lambda cell: QPoint(cell.left() + 17, cell.center().y()))
        rest(self.window)

    def go_to_use(self) -> None:
        """Open the family by its header, then press one use of it."""
        header = self.table.header
        section = self.screen.model.place_of(TRACK, FAMILY).column()
        middle = QPoint(header.sectionViewportPosition(section) + 40, header.height() // 2)
        self._click_at(header.viewport(), middle)
        rest(self.window)
        self.go(TRACK, USE)

    def answer(self, words: str) -> None:
        """In the bar below the matrix."""
        parts = self.screen.place_bar.control
        stance = {"Refuse": Stance.REFUSE, "Allow": Stance.ALLOW}[words]
        assert words_of(parts.part(stance)) == words
        self.click(parts.part(stance))
        rest(self.window)

    def sync(self) -> None:
        """The corner with the state opens its panel; a press beside it closes it."""
        self.click(self.window.main.frame.top_bar.sync)
        self.press("Send now")
        self.click_beside()
        assert front(self.window) is self.window.main
        rest(self.window)

    def allow(self) -> None:
        """The use of the track is allowed, reviewed and sent."""
        self.page("consent")
        self.go_to_use()
        self.answer("Allow")
        self.press("Review 1 change")
        in_front(self.window, ReviewDialog)
        self.press("Confirm 1 decision")
        self.sync()
        assert cell_at(self.screen, TRACK, USE).answer is AnswerKind.ALLOWED


@pytest.fixture
def person(desk: ConsentDesk) -> Person:
    return Person(desk)


def refused(numbers: range) -> dict[Register, Stance]:
    scope = UseScope.of(Family.TRAINING)
    subjects = [Subject(SubjectKind.WORK, single(n)) for n in numbers]
    return {Register(ARTIST, subject, None, scope): Stance.REFUSE for subject in subjects}


def test_300_works_are_refused_at_once_taken_back_and_refused_again(person: Person) -> None:
    desk, model = person.desk, person.screen.model
    person.page("consent")
    before = desk.answers()
    person.drag(
        person.table,
        model.place_of(f"work/{single(1)}", FAMILY),
        model.place_of(f"work/{single(SINGLES)}", FAMILY),
    )
    rest(person.window)
    assert person.screen.place_bar.title.text() == "300 works · Training"
    person.answer("Refuse")
    assert desk.answers() == before, "several answers wait for the review"
    person.press("Review 300 changes")
    assert in_front(person.window, ReviewDialog).windowTitle() == "Review 300 decisions"
    person.press("Confirm 300 decisions")

    every = {**before, **refused(range(1, SINGLES + 1))}
    assert desk.answers() == every
    assert len({row.act for row in desk.history()[:SINGLES]}) == 1, "one act"
    assert cell_at(person.screen, f"work/{single(SINGLES)}", FAMILY).waiting
    person.sync()
    assert all(row.receipt and row.n for row in desk.history()[:SINGLES])
    cell = cell_at(person.screen, f"work/{single(SINGLES)}", FAMILY)
    assert (cell.answer, cell.waiting) == (AnswerKind.REFUSED, False), "the clock is gone"

    person.click(person.screen.head.undo)
    assert desk.answers() == before
    person.click(person.screen.head.redo)
    assert desk.answers() == every
    person.sync()
    assert person.window.main.sync.waiting == 0


def test_ticked_rows_are_refused_together(person: Person) -> None:
    person.page("consent")
    person.go(f"work/{single(1)}", FAMILY)
    for number in (1, 2, 3, 4):
        person.tick(f"work/{single(number)}")
    person.tick(f"work/{single(4)}")
    assert person.screen.place_bar.title.text() == "3 works · Training"
    person.answer("Refuse")
    person.press("Review 3 changes")
    person.press("Confirm 3 decisions")
    assert person.desk.answers() == refused(range(1, 4))
    person.press("Choose nothing")
    assert not person.screen.model.chosen


def test_a_yes_is_read_before_it_is_given(person: Person) -> None:
    desk = person.desk
    person.page("consent")
    person.go_to_use()
    person.answer("Allow")
    person.press("Review 1 change")
    said = said_in(in_front(person.window, ReviewDialog))
    assert "Terms of Harmonia 2, version 1, from 1 January 2026" in said
    assert "A model that was trained on a work is not un-trained" in said
    person.press("Read the terms")
    assert "Outputs stay inside the service." in said_in(front(person.window))
    person.press("Not now")
    assert desk.answers() == {}, "nothing is recorded before it is confirmed"

    person.press("Review 1 change")
    person.press("Confirm 1 decision")
    assert desk.answers() == {CELL: Stance.ALLOW}
    assert cell_at(person.screen, TRACK, USE).waiting
    person.sync()
    cell = cell_at(person.screen, TRACK, USE)
    assert (cell.answer, cell.waiting) == (AnswerKind.ALLOWED, False)
    assert desk.history()[0].terms == "Version 1 of 1 January 2026"


def choose_day(person: Person, field: str, day: date) -> None:
    """From the calendar beside a field."""
    person.press(f"Open the calendar: {field}")
    (month,) = front(person.window).findChildren(QCalendarWidget)
    (after,) = month.findChildren(QToolButton, "qt_calendar_nextmonth")
    while (month.yearShown(), month.monthShown()) != (day.year, day.month):
        person.click(after)
    (days,) = month.findChildren(QTableView)
    model = days.model()
    places = [model.index(r, c) for r in range(1, model.rowCount()) for c in range(model.columnCount())]
    same = [place for place in places if place.data() == day.day]
    # At both ends stand days of the months beside it.
    person.click_cell(days, same[0] if day.day <= 14 else same[-1])


def test_a_yes_with_a_last_day_waits_before_it_ends_and_has_ended_after(person: Person) -> None:
    until = person.desk.clock().date() + timedelta(days=10)
    day = person.window.desk.figures.day(until)
    person.page("consent")
    person.go_to_use()
    person.press("Conditions")
    in_front(person.window, ConditionsDialog)
    choose_day(person, "Until, the last day", until)
    person.press("Allow on these conditions")
    person.press("Review 1 change")
    assert f"until {day}" in said_in(in_front(person.window, ReviewDialog)).lower() or day in said_in(
        in_front(person.window, ReviewDialog)
    )
    person.press("Confirm 1 decision")
    person.sync()
    person.go("all", FAMILY)

    person.page("overview")
    person.press("Your yes ends: Track 02")
    assert in_front(person.window, EndingDialog).windowTitle() == f"Your yes ends on {day}"
    person.press("Not now")
    assert person.table.currentIndex() == person.screen.model.place_of(TRACK, USE), "it leads to the cell"

    person.desk.clock.days_later(11)
    person.sync()
    assert cell_at(person.screen, TRACK, USE).answer is AnswerKind.EXPIRED
    assert person.screen.model.place_of(TRACK, USE).data() == "Expired"


def open_new_terms(person: Person) -> None:
    """From the cell that says so."""
    person.allow()
    person.desk.publish_new_terms()
    person.sync()
    index = person.screen.model.place_of(TRACK, USE)
    assert index.data() == "New terms"
    person.open_menu(person.table, index)
    person.choose("Read the new terms")
    in_front(person.window, NewTermsDialog)


def test_new_terms_can_be_allowed(person: Person) -> None:
    open_new_terms(person)
    person.press("Allow under the new terms")
    person.press("Confirm 1 decision")
    assert_settled(person, AnswerKind.ALLOWED)
    assert person.desk.history()[0].terms_id == NEXT_TERMS


def test_new_terms_can_be_refused_with_the_whole_programme(person: Person) -> None:
    open_new_terms(person)
    person.press("Refuse this programme")
    person.press("Refuse those too")
    person.press("Confirm 1 decision")
    assert_settled(person, AnswerKind.REFUSED)


def test_new_terms_can_be_left_undecided(person: Person) -> None:
    open_new_terms(person)
    person.press("Leave undecided")
    person.press("Confirm 1 decision")
    assert_settled(person, AnswerKind.UNDECIDED)


def assert_settled(person: Person, answer: AnswerKind) -> None:
    """The dialogs are gone, and the cell says what was chosen."""
    assert front(person.window) is person.window.main
    person.sync()
    cell = cell_at(person.screen, TRACK, USE)
    assert (cell.answer, cell.waiting) == (answer, False)


def test_a_conflict_waits_until_a_card_is_chosen(person: Person) -> None:
    person.desk.refuse_elsewhere(TRACK_ID, Use.TRAIN_GENERATIVE)
    person.page("consent")
    person.go_to_use()
    person.answer("Allow")
    person.press("Review 1 change")
    person.press("Confirm 1 decision")
    person.sync()

    question = "Two answers for Track 02"
    person.press(question)
    dialog = in_front(person.window, ConflictDialog)
    cards = dialog.findChildren(AnswerCard)
    assert [words_of(card.choice) for card in cards] == ["Your answer", "Saved answer"]
    assert not any(card.choice.isChecked() for card in cards), "nothing is preselected"
    assert not dialog.use.isEnabled()
    person.press("Decide later")
    assert question in said_in(person.screen), "it still waits"

    person.press(question)
    dialog = in_front(person.window, ConflictDialog)
    saved = dialog.findChildren(AnswerCard)[1]
    person.click_on(saved, lambda card: card.bottomLeft() + QPoint(20, -20))
    assert saved.choice.isChecked(), "a press anywhere on the card"
    person.press("Use the chosen answer")
    assert_settled(person, AnswerKind.REFUSED)
    assert question not in said_in(person.screen)
