"""Consent with the keyboard alone: every answer, its review, taking back, conditions, new terms, a conflict.

Keys go to whatever has the keyboard. Nothing is made current, pressed or opened by code.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import WorkId
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use
from artist_console.ui.dialogs.conditions import ConditionsDialog
from artist_console.ui.dialogs.conflict import ConflictDialog
from artist_console.ui.dialogs.ending import EndingDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.pages.consent import ConsentScreen
from tests.journeys.consent_world import (
    ARTIST,
    NEXT_TERMS,
    PROGRAMME,
    SINGLES,
    ConsentDesk,
    single,
)
from tests.journeys.hands import CTRL, SHIFT, Keyboard, words_of
from tests.journeys.looking import cell_at, consent_of, in_front, is_in_order, rest, said_in

TRACK = "release/album/work/track-02"
FAMILY, USE = "family/training", "use/train.generative"
CELL = Register(ARTIST, Subject(SubjectKind.WORK, "track-02"), PROGRAMME, UseScope.of(Use.TRAIN_GENERATIVE))


class Person(Keyboard):
    """Somebody with a keyboard, on the consent page."""

    def __init__(self, desk: ConsentDesk) -> None:
        super().__init__(desk.window)
        self.desk = desk

    @property
    def screen(self) -> ConsentScreen:
        return consent_of(self.window)

    def open_consent(self) -> None:
        self.press(Qt.Key.Key_3, CTRL)
        rest(self.window)
        assert self.at is self.screen.table, "the matrix has the keyboard"

    def go(self, row: str, column: str) -> None:
        self.walk_to(self.screen.table, self.screen.model.place_of(row, column))
        rest(self.window)

    def go_to_use(self) -> None:
        """Open the family, then step to one use of it."""
        self.go(TRACK, FAMILY)
        self.press(Qt.Key.Key_Plus)
        self.go(TRACK, USE)

    def answer(self, key: Qt.Key) -> None:
        self.press(key)
        rest(self.window)

    def sync(self) -> None:
        self.press(Qt.Key.Key_F5)
        rest(self.window)

    def enter(self, words: str) -> None:
        """Tab to what is named so, and press Enter."""
        self.tab_to(words)
        self.press(Qt.Key.Key_Return)
        rest(self.window)

    def review(self, confirm: str) -> None:
        """From the matrix to the review, and confirm there."""
        self.enter("Review ")
        dialog = in_front(self.window, ReviewDialog)
        stops = self.tab_round()
        assert is_in_order(dialog, stops), [words_of(stop) for stop in stops]
        self.enter(confirm)
        assert self.at is self.screen.table, "back where the answer was given"

    def allow(self) -> None:
        """The use of the track is allowed, reviewed and sent."""
        self.open_consent()
        self.go_to_use()
        self.answer(Qt.Key.Key_A)
        self.review("Confirm 1 decision")
        self.sync()
        assert cell_at(self.screen, TRACK, USE).answer is AnswerKind.ALLOWED


@pytest.fixture
def person(desk: ConsentDesk) -> Person:
    return Person(desk)


def test_300_works_are_refused_at_once_taken_back_and_refused_again(person: Person) -> None:
    desk = person.desk
    person.open_consent()
    table, model = person.screen.table, person.screen.model
    before = desk.answers()
    person.go(f"work/{single(1)}", FAMILY)
    last = model.place_of(f"work/{single(SINGLES)}", FAMILY)
    while table.currentIndex().row() + 20 < last.row():
        person.press(Qt.Key.Key_PageDown, SHIFT)
    person.walk_to(table, last, SHIFT)
    rest(person.window)
    assert person.screen.place_bar.title.text() == "300 works · Training"

    person.answer(Qt.Key.Key_R)
    assert desk.answers() == before, "several answers wait for the review"
    person.enter("Review 300 changes")
    dialog = in_front(person.window, ReviewDialog)
    assert dialog.windowTitle() == "Review 300 decisions"
    person.enter("Confirm 300 decisions")
    assert person.at is table
    assert table.currentIndex() == last

    refused = {
        Register(ARTIST, Subject(SubjectKind.WORK, single(n)), None, UseScope.of(Family.TRAINING))
        for n in range(1, SINGLES + 1)
    }
    assert desk.answers() == {**before, **dict.fromkeys(refused, Stance.REFUSE)}
    assert len({row.act for row in desk.history()[:SINGLES]}) == 1, "one act"
    assert cell_at(person.screen, f"work/{single(300)}", FAMILY).waiting
    person.sync()
    made = desk.history()[:SINGLES]
    assert all(row.receipt and row.n for row in made)
    for n in (1, 150, 300):
        cell = cell_at(person.screen, f"work/{single(n)}", FAMILY)
        assert (cell.answer, cell.waiting) == (AnswerKind.REFUSED, False), "the clock is gone"

    person.press(Qt.Key.Key_Z, CTRL)
    assert desk.answers() == before
    assert cell_at(person.screen, f"work/{single(300)}", FAMILY).answer is not AnswerKind.REFUSED
    person.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert desk.answers() == {**before, **dict.fromkeys(refused, Stance.REFUSE)}
    person.sync()
    assert person.window.main.sync.waiting == 0
    assert all(row.receipt for row in desk.history()[:SINGLES])


def test_a_yes_is_read_before_it_is_given(person: Person) -> None:
    desk = person.desk
    person.open_consent()
    person.go_to_use()
    person.answer(Qt.Key.Key_A)
    button = person.tab_to("Review 1 change")
    person.press(Qt.Key.Key_Return)
    said = said_in(in_front(person.window, ReviewDialog))
    assert "Harmonia 2" in said
    assert "Terms of Harmonia 2, version 1, from 1 January 2026" in said
    assert "Train a model that makes music" in said
    assert "A model that was trained on a work is not un-trained" in said
    assert "What cannot be taken back" in said
    assert desk.answers() == {}, "nothing is recorded before it is confirmed"
    person.press(Qt.Key.Key_Return)  # the keyboard begins where nothing is confirmed
    assert desk.answers() == {}
    assert person.at is button, "back where it was"

    person.press(Qt.Key.Key_Return)
    person.enter("Confirm 1 decision")
    assert desk.answers() == {CELL: Stance.ALLOW}
    assert cell_at(person.screen, TRACK, USE).waiting
    person.sync()
    cell = cell_at(person.screen, TRACK, USE)
    assert (cell.answer, cell.waiting) == (AnswerKind.ALLOWED, False)
    assert desk.history()[0].terms == "Version 1 of 1 January 2026"


def test_a_yes_with_a_last_day_waits_before_it_ends_and_has_ended_after(person: Person) -> None:
    person.open_consent()
    person.go_to_use()
    link = person.tab_to("Conditions")
    person.press(Qt.Key.Key_Return)
    dialog = in_front(person.window, ConditionsDialog)
    stops = person.tab_round()
    assert is_in_order(dialog, stops), [words_of(stop) for stop in stops]
    person.tab_to("Until")
    until = person.desk.clock().date() + timedelta(days=10)
    person.type(until.isoformat())
    person.enter("Allow on these conditions")
    assert person.at is link, "back where it was"
    person.review("Confirm 1 decision")
    person.sync()

    person.press(Qt.Key.Key_1, CTRL)
    row = person.tab_to("Your yes ends: Track 02")
    day = person.window.desk.figures.day(until)
    assert f"until {day}" in row.accessibleName()
    person.press(Qt.Key.Key_Return)
    rest(person.window)
    ending = in_front(person.window, EndingDialog)
    assert ending.windowTitle() == f"Your yes ends on {day}"
    stops = person.tab_round()
    assert is_in_order(ending, stops), [words_of(stop) for stop in stops]
    person.press(Qt.Key.Key_Escape)
    rest(person.window)
    assert person.at is person.screen.table
    index = person.screen.table.currentIndex()
    assert index == person.screen.model.place_of(TRACK, USE), "it leads to the cell"

    person.desk.clock.days_later(11)
    person.sync()
    assert cell_at(person.screen, TRACK, USE).answer is AnswerKind.EXPIRED
    assert person.screen.model.place_of(TRACK, USE).data() == "Expired"


def open_new_terms(person: Person) -> NewTermsDialog:
    """From the cell that says so."""
    person.allow()
    person.desk.publish_new_terms()
    person.sync()
    assert cell_at(person.screen, TRACK, USE).answer is AnswerKind.TERMS_CHANGED
    assert person.screen.model.place_of(TRACK, USE).data() == "New terms"
    assert person.at is person.screen.table
    person.press(Qt.Key.Key_Return)
    return in_front(person.window, NewTermsDialog)


def test_new_terms_can_be_allowed(person: Person) -> None:
    dialog = open_new_terms(person)
    stops = person.tab_round()
    assert is_in_order(dialog, stops), [words_of(stop) for stop in stops]
    person.enter("Allow under the new terms")
    in_front(person.window, ReviewDialog)
    person.enter("Confirm 1 decision")
    assert_settled(person, AnswerKind.ALLOWED)
    assert person.desk.history()[0].terms_id == NEXT_TERMS


def test_new_terms_can_be_refused_with_the_whole_programme(person: Person) -> None:
    open_new_terms(person)
    person.enter("Refuse this programme")
    review = in_front(person.window, ReviewDialog)  # the former yes is one of the narrower ones
    assert "Refuse those too" in words_of(person.at), "what has to be answered first has the keyboard"
    assert review.windowTitle() == "Review 1 decision"
    person.press(Qt.Key.Key_Space)
    person.enter("Confirm 1 decision")
    assert_settled(person, AnswerKind.REFUSED)


def test_new_terms_can_be_left_undecided(person: Person) -> None:
    open_new_terms(person)
    person.enter("Leave undecided")
    in_front(person.window, ReviewDialog)
    person.enter("Confirm 1 decision")
    assert_settled(person, AnswerKind.UNDECIDED)


def assert_settled(person: Person, answer: AnswerKind) -> None:
    """The dialogs are gone, the keyboard is on the page, and the cell says what was chosen."""
    assert person.screen.isAncestorOf(person.at), "the keyboard is on the page"
    person.sync()
    cell = cell_at(person.screen, TRACK, USE)
    assert (cell.answer, cell.waiting) == (answer, False)


def test_a_conflict_waits_until_a_card_is_chosen(person: Person) -> None:
    desk = person.desk
    desk.refuse_elsewhere(CELL_WORK, Use.TRAIN_GENERATIVE)
    person.open_consent()
    person.go_to_use()
    person.answer(Qt.Key.Key_A)
    person.review("Confirm 1 decision")
    person.sync()

    question = "Two answers for Track 02"
    stops = [stop for stop in person.tab_round() if person.screen.isAncestorOf(stop)]
    assert is_in_order(person.screen, stops), [words_of(stop) for stop in stops]
    person.enter(question)
    dialog = in_front(person.window, ConflictDialog)
    stops = person.tab_round()
    assert is_in_order(dialog, stops), [words_of(stop) for stop in stops]
    assert not chosen_in(dialog), "nothing is preselected"
    assert not dialog.use.isEnabled()
    person.enter("Decide later")
    assert question in words_of(person.at), "back where it was, and it still waits"

    person.press(Qt.Key.Key_Return)
    dialog = in_front(person.window, ConflictDialog)
    assert not chosen_in(dialog)
    person.tab_to("Your answer")
    person.press(Qt.Key.Key_Down)
    assert words_of(person.at) == "Saved answer"
    person.press(Qt.Key.Key_Space)
    assert chosen_in(dialog) == ["Saved answer"]
    person.enter("Use the chosen answer")
    assert_settled(person, AnswerKind.REFUSED)
    assert not [each for each in person.tab_round() if question in words_of(each)]


CELL_WORK = WorkId("track-02")


def chosen_in(dialog: ConflictDialog) -> list[str]:
    cards = (dialog.mine, dialog.saved)
    assert all(card is not None for card in cards), "two cards"
    return [words_of(card.choice) for card in cards if card is not None and card.choice.isChecked()]


def test_every_part_of_the_window_is_reached_by_tab_and_none_holds_it(person: Person) -> None:
    person.open_consent()
    stops = person.tab_round()
    frame = person.window.main.frame
    parts: list[QWidget] = []
    for stop in stops:
        part = next(part for part in (frame.rail, frame.top_bar, person.screen) if part.isAncestorOf(stop))
        if not parts or parts[-1] is not part:
            parts.append(part)
    assert parts in (
        [person.screen, frame.rail, frame.top_bar, person.screen],
        [person.screen, frame.rail, frame.top_bar],
    )
    back = [stops[0]]
    for _ in stops[1:]:
        person.press(Qt.Key.Key_Backtab, SHIFT)
        back.append(person.at)
    assert back == [stops[0], *reversed(stops[1:])]
