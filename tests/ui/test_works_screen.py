"""The works: the store sorts and filters, editing is a wish, many are chosen at once, details tell all."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from artist_console.commands.work_details import WorkDetails, show_work
from artist_console.domain.decisions import AnswerKind, Decision
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import NEEDED
from artist_console.domain.registers import Stance
from artist_console.domain.work_rows import OwnStance, WorkFilter, WorkSort, WorksQuery, WorkSummary
from artist_console.ui.deciding import recorded_words
from artist_console.ui.delegates.cells import CELL_ROLE, PermissionCell
from artist_console.ui.dialogs.evidence import EvidenceDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.pages.settings import SettingsScreen
from artist_console.ui.places import Place
from artist_console.ui.tables.works_model import BLOCK, WorksColumn
from artist_console.ui.text import PlainLabel
from tests.ui.sample_profile import OpenWindow

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def works(window: OpenWindow) -> OpenWindow:
    """The window on the works of one artist."""
    window.choose_artist("Mara")
    window.show("works")
    return window


def shown(window: OpenWindow) -> list[WorkSummary]:
    model = window.works.model
    found = [model.row_at(row) for row in range(model.total)]
    return [summary for summary in found if summary is not None]


def test_the_model_keeps_the_rules_of_qt(works: OpenWindow) -> None:
    QAbstractItemModelTester(works.works.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    works.works.model.start(WorksQuery(artist=works.desk.artist, sort=WorkSort.EARNED, descending=True))
    works.settle()
    assert works.works.model.total == len(shown(works))


def test_rows_beyond_the_first_block_come_when_they_are_looked_at(window: OpenWindow) -> None:
    window.show("works")
    model = window.works.model
    assert model.total > 3 * BLOCK
    far = model.total - 1
    assert model.row_at(far) is None
    window.settle()
    assert model.row_at(far) is not None


@pytest.mark.parametrize("wanted", [f for f in WorkFilter if f is not WorkFilter.ALL])
def test_each_filter_shows_as_many_works_as_its_button_says(works: OpenWindow, wanted: WorkFilter) -> None:
    works.works.pills.pill(wanted).click()
    works.settle()
    counted = {
        WorkFilter.REPORTED: "reported",
        WorkFilter.NEEDS_YOU: "needs_you",
        WorkFilter.REFUSED: "refused",
    }
    rows = shown(works)
    if wanted in counted:
        assert all(getattr(row, counted[wanted]) for row in rows)
    else:
        # A listing is a finding that the state of the row says already.
        nothing = InclusionState.NOTHING_REPORTED
        assert all(row.finding is not None or row.where is not nothing for row in rows)
    assert str(works.works.model.total) in works.works.pills.pill(wanted).accessibleName()


def test_a_filter_without_a_match_says_so_and_can_be_cleared(works: OpenWindow) -> None:
    everything = works.works.model.total
    QTest.keyClick(works.works.table, Qt.Key.Key_F, _CTRL)
    assert works.works.search.isVisible()
    works.works.search.searched.emit("no such title anywhere")
    works.settle()
    assert works.works.model.total == 0
    assert works.works.states.shown is not works.works.table
    works.works.clear_filters()
    works.settle()
    assert works.works.model.total == everything


def test_a_press_on_a_header_asks_the_store_for_another_order(works: OpenWindow) -> None:
    works.works.table.sort_wished.emit(int(WorksColumn.EARNED), Qt.SortOrder.DescendingOrder)
    works.settle()
    largest = [max((amount for _, amount in row.earned), default=None) for row in shown(works)]
    earned = [amount for amount in largest if amount is not None]
    assert earned == sorted(earned, reverse=True)
    assert works.works.model.query.sort is WorkSort.EARNED


def test_editing_is_a_wish_and_changes_nothing_by_itself(works: OpenWindow) -> None:
    model = works.works.model
    wished: list[tuple[WorkSummary, Stance]] = []
    model.stance_wished.disconnect()
    model.stance_wished.connect(lambda summary, stance: wished.append((summary, stance)))
    index = model.index(0, WorksColumn.PERMISSION)
    before = index.data(CELL_ROLE)
    assert model.setData(index, Stance.REFUSE) is False
    assert [stance for _, stance in wished] == [Stance.REFUSE]
    assert isinstance(before, PermissionCell)
    assert index.data(CELL_ROLE) == before


def test_cells_say_header_value_and_result(works: OpenWindow) -> None:
    model = works.works.model
    refused = next(row for row, summary in enumerate(shown(works)) if summary.own is OwnStance.REFUSE)
    said = model.index(refused, WorksColumn.PERMISSION).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Permission: ")
    assert "Result: " in said


def test_nobody_whose_agreement_is_needed_is_undecided_about_a_work_that_is_allowed(
    works: OpenWindow,
) -> None:
    allowed = [s for s in shown(works) if s.outcome is PermissionOutcome.ALLOWED]
    assert allowed
    found: list[WorkDetails] = []
    for summary in allowed:
        works.desk.ask(
            works.main,
            f"details of {summary.work}",
            partial(show_work, work=summary.work, artist=summary.artist),
            found.append,
        )
    works.settle()
    answers = [split for details in found for split in details.splits if split.standing in NEEDED]
    assert len(found) == len(allowed)
    assert {split.answer for split in answers if split.shared} == {AnswerKind.ALLOWED}
    assert not any(split.differs for split in answers)
    # Where the outcome differs by use, so does somebody's answer.
    differing = next(
        s for s in shown(works) if s.outcome is PermissionOutcome.DIFFERS and s.own is OwnStance.MIXED
    )
    works.main.show_place(Place("works", f"work/{differing.work}"))
    works.settle()
    panel = works.works.details
    assert panel.details is not None
    assert any(split.differs for split in panel.details.splits)
    said = [label.text() for label in panel.findChildren(PlainLabel)]
    assert any(words.endswith("Differs by use") for words in said)


def test_rows_keep_their_place_and_ticks_when_values_change(works: OpenWindow) -> None:
    order = [summary.work for summary in shown(works)]
    works.works.model.choose([0, 3], True)
    works.works.wish(works.undecided(), Stance.REFUSE)
    works.settle()
    assert [summary.work for summary in shown(works)] == order
    assert [summary.work for summary in works.works.model.chosen] == [order[0], order[3]]


def test_allow_records_nothing_before_the_review_is_confirmed(works: OpenWindow) -> None:
    summary = next(s for s in shown(works) if s.own is OwnStance.FOLLOW and s.release_title)
    works.works.wish(summary, Stance.ALLOW)
    review = works.panel(ReviewDialog)
    assert works.main.sync.waiting == 0
    review.reject()
    works.settle()
    after = next(s for s in shown(works) if s.work == summary.work)
    assert after == replace(summary, changed_at=after.changed_at)


def test_several_works_are_refused_together_only_through_the_review(works: OpenWindow) -> None:
    screen = works.works
    screen.model.choose([0, 1, 2], True)
    works.settle()
    assert screen.bulk.isVisible()
    assert "3 works chosen" in screen.bulk.words.text()
    assert not screen.bulk.review.isEnabled(), "an answer is chosen first"
    screen.bulk.control.chosen.emit(Stance.REFUSE)
    screen.bulk.review.click()
    works.panel(ReviewDialog).reject()
    assert works.main.sync.waiting == 0
    screen.bulk.clear.click()
    works.settle()
    assert not screen.bulk.isVisible()


def test_ctrl_a_chooses_every_work_of_the_filter(works: OpenWindow) -> None:
    works.works.pills.pill(WorkFilter.REPORTED).click()
    works.settle()
    works.works.table.setFocus()
    works.works.all_action.trigger()
    works.settle()
    assert len(works.works.model.chosen) == works.works.model.total


def test_a_private_service_tells_nobody_and_that_is_said(works: OpenWindow) -> None:
    told: list[str] = []
    works.desk.message_wished.connect(lambda words, action, do: told.append(words))
    summary = works.undecided()
    works.works.wish(summary, Stance.REFUSE)
    works.settle()
    assert told == ["Refused. Recorded on this computer. Nobody has been told."]
    works.show("settings")
    screen = works.main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    assert "Nobody else is told" in screen.sync_words.text()


def test_a_hosted_service_is_told_so_nobody_is_not_said(works: OpenWindow) -> None:
    made: list[Decision] = []
    works.desk.decided.connect(made.extend)
    works.works.wish(works.undecided(), Stance.REFUSE)
    works.settle()
    assert recorded_words(made, tells_nobody=False) == "Refused. Recorded on this computer."


def test_a_change_without_a_choice_asks_for_one_and_ticks_nothing(works: OpenWindow) -> None:
    screen = works.works
    told: list[str] = []
    works.desk.message_wished.connect(lambda words, action, do: told.append(words))
    screen.table.setCurrentIndex(screen.model.index(0, WorksColumn.WORK))
    for ask in (screen.change_button.click, screen.change_action.trigger):
        ask()
        works.settle()
        assert screen.model.chosen == ()
        assert not screen.bulk.isVisible()
    assert len(told) == 2
    assert all(words.startswith("Choose one or more works first") for words in told)


def test_a_filter_that_may_hide_what_is_chosen_ends_the_choice(works: OpenWindow) -> None:
    screen = works.works
    screen.model.choose([0, 1], True)
    screen.pills.pill(WorkFilter.REFUSED).click()
    works.settle()
    assert screen.model.chosen == ()
    assert not screen.bulk.isVisible()


def test_another_order_keeps_what_is_chosen(works: OpenWindow) -> None:
    screen = works.works
    screen.model.choose([0, 1], True)
    screen.model.sort(WorksColumn.CHANGED, Qt.SortOrder.DescendingOrder)
    works.settle()
    assert len(screen.model.chosen) == 2


def test_what_was_confirmed_is_not_chosen_any_more(works: OpenWindow) -> None:
    screen = works.works
    rows = [i for i, s in enumerate(shown(works)) if s.own is OwnStance.FOLLOW and not s.refused][:2]
    screen.model.choose(rows, True)
    works.settle()
    screen.bulk.control.chosen.emit(Stance.REFUSE)
    screen.bulk.review.click()
    review = works.panel(ReviewDialog)
    if review.refuse_too is not None:
        review.refuse_too.setChecked(True)
    assert review.confirm.isEnabled()
    review.confirm.click()
    works.settle()
    assert works.main.sync.waiting == len(rows)
    assert screen.model.chosen == ()
    assert not screen.bulk.isVisible()


def test_details_show_answer_money_places_and_history_and_lead_to_the_evidence(works: OpenWindow) -> None:
    trained = next(s for s in shown(works) if s.models and s.earned)
    works.works.open_item(f"work/{trained.work}")
    works.settle()
    panel = works.works.details
    assert panel.isVisible()
    assert panel.details is not None
    assert panel.details.places
    panel.show_evidence()
    evidence = works.panel(EvidenceDialog)
    said = [found.text() for found in evidence.findChildren(PlainLabel)]
    assert "Stated by" in said
    assert all(place.stated_by in said for place in panel.details.places)
    evidence.accept()


def test_a_work_refused_by_its_album_says_so_and_shows_that_decision(works: OpenWindow) -> None:
    refused = next(
        s for s in shown(works) if s.follows and s.outcome is PermissionOutcome.REFUSED and s.release_title
    )
    works.works.open_item(f"work/{refused.work}")
    works.settle()
    panel = works.works.details
    assert panel.details is not None
    assert panel.details.history, "the decision on the album covers the work"
    said = [found.text() for found in panel.findChildren(PlainLabel)]
    assert "Somebody whose agreement is needed said no." not in said
    assert any(text.startswith("Mara Lindqvist refused this on") and refused.follows in text for text in said)


def test_closing_the_details_with_esc_gives_the_table_its_keyboard_back(works: OpenWindow) -> None:
    works.main.resize(1000, 700)
    table = works.works.table
    table.setFocus()
    table.setCurrentIndex(works.works.model.index(2, WorksColumn.WORK))
    QTest.keyClick(table, Qt.Key.Key_Return)
    works.settle()
    assert works.works.details.isVisible()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    works.settle()
    assert not works.works.details.isVisible()
    assert QApplication.focusWidget() is table
