"""The consent screen: the matrix says what is so, one no is recorded at once, a yes waits for the review."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from artist_console.commands.matrix import MatrixRow, MatrixRowKind, MatrixView
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.registers import Conditions, Stance
from artist_console.ui.delegates.cells import CELL_ROLE, MatrixCell
from artist_console.ui.delegates.table import PAD
from artist_console.ui.dialogs.conditions import ConditionsDialog
from artist_console.ui.dialogs.conflict import ConflictDialog
from artist_console.ui.dialogs.consensus import ConsensusDialog
from artist_console.ui.dialogs.history import HistoryDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.dialogs.review_effects import EffectsCard, MeaningsCard
from artist_console.ui.dialogs.sync_panel import SyncPanel
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.pages.consent import ConsentScreen
from artist_console.ui.pages.consent_legend import ConsentLegend
from artist_console.ui.places import Place
from artist_console.ui.text import PlainLabel
from artist_console.ui.tokens import TextRole
from artist_console.ui.widgets.chips import ChipMeaning
from artist_console.ui.widgets.painting import text_width
from tests.ui.sample_profile import OpenWindow

_SHIFT = Qt.KeyboardModifier.ShiftModifier


def consent_of(window: OpenWindow) -> ConsentScreen:
    screen = window.main.screen_of("consent")
    assert isinstance(screen, ConsentScreen)
    return screen


@pytest.fixture
def consent(window: OpenWindow) -> OpenWindow:
    """The window on the matrix of one artist, everything asked and answered."""
    window.choose_artist("Mara")
    window.show("consent")
    rest(window)
    return window


def rest(window: OpenWindow) -> None:
    """Until the cursor has rested and what it stands on was told."""
    screen = consent_of(window)
    window.settle()
    deadline = time.monotonic() + 5
    while screen.following.waits and time.monotonic() < deadline:
        QApplication.processEvents()
    window.settle()


def row_named(window: OpenWindow, title: str) -> MatrixRow:
    matrix = consent_of(window).model.matrix
    assert matrix is not None
    return next(row for row in matrix.rows if row.title == title)


def go_to(window: OpenWindow, row: str, column: str) -> QModelIndex:
    screen = consent_of(window)
    index = screen.model.place_of(row, column)
    assert index.isValid()
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    screen.table.selectionModel().setCurrentIndex(index, flag)
    screen.table.setFocus()
    rest(window)
    return index


def an_undecided_work(window: OpenWindow, column: str = "family/research") -> MatrixRow:
    """A work under the open release or beside it that follows an undecided default."""
    matrix = consent_of(window).model.matrix
    assert matrix is not None
    return next(
        row
        for row in matrix.rows
        if row.kind is MatrixRowKind.WORK
        and matrix.cells[row.key, column].answer is AnswerKind.UNDECIDED
        and matrix.cells[row.key, column].asked
    )


def press(window: OpenWindow, key: Qt.Key) -> None:
    QTest.keyClick(consent_of(window).table, key)
    rest(window)


def shown_cell(index: QModelIndex) -> MatrixCell:
    cell = index.data(CELL_ROLE)
    assert isinstance(cell, MatrixCell)
    return cell


def test_the_model_keeps_the_rules_of_qt(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    screen._toggle("family/training")
    rest(consent)
    assert screen.model.columnCount() == 1 + 5 + 4


def test_every_cell_says_its_permission_and_its_result(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    index = screen.model.place_of("all", "family/training")
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "All my music. Training. Permission: refuse. Result: refused"
    work = an_undecided_work(consent)
    said = screen.model.place_of(work.key, "family/training").data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("Permission: follows All my music. Result: refused")


def test_a_letter_refuses_one_cell_at_once_and_undo_names_it(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    index = go_to(consent, work.key, "family/research")
    assert not shown_cell(index).own
    press(consent, Qt.Key.Key_R)

    cell = shown_cell(screen.model.place_of(work.key, "family/research"))
    assert cell.own
    assert cell.chip.shown == "Refused"
    assert cell.waiting, "recorded is not told: the clock shows"
    assert screen.drafts.wishes == (), "one no needs no review"
    assert work.title in screen.head.undo.accessibleName()
    assert screen.place_bar.control.value is Stance.REFUSE

    screen.head.undo.click()
    rest(consent)
    assert shown_cell(screen.model.place_of(work.key, "family/research")).chip.shown == "Undecided"


def test_a_letter_does_nothing_while_the_matrix_has_no_keyboard(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    screen.head.history.setFocus()
    QTest.keyClick(screen.head.history, Qt.Key.Key_R)
    rest(consent)
    assert not shown_cell(screen.model.place_of(work.key, "family/research")).own


def test_a_yes_is_a_choice_until_it_is_reviewed_and_survives_a_restart(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_A)
    assert screen.drafts.wishes
    assert all(wish.stance is Stance.ALLOW for wish in screen.drafts.wishes)
    cell = shown_cell(screen.model.place_of(work.key, "family/research"))
    assert cell.draft
    assert not cell.waiting, "nothing is recorded"
    assert cell.chip.meaning is ChipMeaning.ALLOW_TO_REVIEW
    assert not cell.chip.look.filled, "nothing that waits is drawn as done"
    assert cell.chip.look.dashed
    assert "to review" in cell.chip.shown
    legend = screen.findChild(ConsentLegend)
    assert legend is not None
    assert "to review, not recorded" in {sign.accessibleName() for sign in legend.signs}
    count = len(screen.drafts.wishes)
    assert screen.head.review.words.startswith("Review ")
    assert screen.head.review.isEnabled()

    consent.close()
    again = OpenWindow(QApplication.instance(), consent.folder)  # type: ignore[arg-type]
    try:
        again.show("consent")
        assert len(consent_of(again).drafts.wishes) == count
        assert consent_of(again).head.review.isEnabled()
        told = " ".join(each.text() for each in again.main.findChildren(PlainLabel))
        assert "from before wait" in told
    finally:
        again.close()


def test_a_no_takes_the_place_of_a_yes_that_is_not_reviewed(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_A)
    assert screen.drafts.wishes
    press(consent, Qt.Key.Key_R)  # recorded at once
    assert screen.drafts.wishes == ()
    cell = shown_cell(screen.model.place_of(work.key, "family/research"))
    assert not cell.draft
    assert cell.chip.shown.startswith("Refused")
    assert screen.place_bar.control.value is Stance.REFUSE


def test_of_choices_for_several_cells_the_last_one_counts(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    QTest.keyClick(screen.table, Qt.Key.Key_Right, _SHIFT)
    rest(consent)
    press(consent, Qt.Key.Key_A)
    press(consent, Qt.Key.Key_R)
    assert {wish.stance for wish in screen.drafts.wishes} == {Stance.REFUSE}
    press(consent, Qt.Key.Key_A)
    assert {wish.stance for wish in screen.drafts.wishes} == {Stance.ALLOW}


def test_a_choice_can_be_dropped_before_the_review(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_A)
    assert not screen.place_bar.drop.isHidden()
    screen.place_bar.drop.click()
    rest(consent)
    assert screen.drafts.wishes == ()
    assert not shown_cell(screen.model.place_of(work.key, "family/research")).draft


def test_several_cells_are_answered_through_the_review(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    QTest.keyClick(screen.table, Qt.Key.Key_Right, _SHIFT)
    rest(consent)
    assert len(screen.places()) == 2
    assert screen.place_bar.title.text() == "1 work · 2 columns"
    press(consent, Qt.Key.Key_R)
    assert [wish.stance for wish in screen.drafts.wishes] == [Stance.REFUSE, Stance.REFUSE]

    screen.head.review.click()
    review = consent.panel(ReviewDialog)
    while review.review is None:
        consent.settle()
    assert review.confirm.words == "Confirm 2 decisions"
    if review.refuse_too is not None:
        assert not review.confirm.isEnabled(), "nothing is preselected"
        review.refuse_too.setChecked(True)
    review.confirm.click()
    rest(consent)
    assert screen.drafts.wishes == ()
    assert shown_cell(screen.model.place_of(work.key, "family/research")).chip.shown == "Refused"


def test_ticked_rows_are_what_an_answer_is_about(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    index = go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_Space)
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    press(consent, Qt.Key.Key_Space)
    assert [row.kind for row in screen.model.chosen] == [MatrixRowKind.WORK] * 2
    assert screen.place_bar.title.text() == "2 works · Research"
    assert len(screen.places()) == 2
    QTest.keyClick(screen.table, Qt.Key.Key_Escape)
    rest(consent)
    assert not screen.model.chosen
    assert index.isValid()


def test_voice_and_likeness_are_not_allowed_as_a_family(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/voice_likeness")
    assert not screen.place_bar.control.part(Stance.ALLOW).isEnabled()
    assert screen.place_bar.control.part(Stance.REFUSE).isEnabled()
    press(consent, Qt.Key.Key_A)
    assert screen.drafts.wishes == ()


def test_conditions_go_with_the_yes(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    screen.place_bar.conditions.click()
    dialog = consent.panel(ConditionsDialog)
    dialog.until.setText("31 March")
    dialog.allow.click()
    assert dialog.isVisible(), "what cannot be read is said beside its field"
    dialog.until.setText("2031-03-31")
    dialog.style_prompts.setChecked(True)
    dialog.allow.click()
    rest(consent)
    assert screen.drafts.wishes
    for wish in screen.drafts.wishes:
        assert wish.conditions == Conditions(until=wish.conditions.until, no_style_prompts=True)
        assert str(wish.conditions.until) == "2031-03-31"


def test_opening_a_family_shows_its_single_uses_and_keeps_the_current_cell(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_Plus)
    matrix = screen.model.matrix
    assert matrix is not None
    assert any(column.use is not None for column in matrix.columns)
    assert screen._current_keys() == (work.key, "family/research")
    press(consent, Qt.Key.Key_Minus)
    assert screen.model.columnCount() == 6


def test_by_programme_is_remembered(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    screen.pills.pill(MatrixView.BY_PROGRAMME).click()
    rest(consent)
    matrix = screen.model.matrix
    assert matrix is not None
    assert all(column.programme is not None for column in matrix.columns)
    assert "by_programme" in consent.desk.kept("consent.view")


def test_all_artists_stand_in_one_matrix_each_opening_like_its_own(window: OpenWindow) -> None:
    window.desk.choose_artist(None)
    window.show("consent")
    rest(window)
    screen = consent_of(window)
    matrix = screen.model.matrix
    assert matrix is not None
    assert [row.title for row in matrix.rows] == sorted(
        (artist.name for artist in window.desk.artists), key=str.casefold
    )
    assert len(matrix.cells) == len(matrix.rows) * len(matrix.columns)
    top = matrix.rows[0]
    screen._toggle(top.key)
    rest(window)
    opened = screen.model.matrix
    assert opened is not None
    assert opened.rows[1].kind in (MatrixRowKind.RELEASE, MatrixRowKind.WORK)
    assert {row.artist for row in opened.rows[1:4]} == {top.artist}
    assert {row.key.startswith(f"artist/{top.artist}/") for row in opened.rows[:4]} == {True}


def test_a_no_over_two_artists_is_reviewed_for_each_by_name(window: OpenWindow) -> None:
    window.desk.choose_artist(None)
    window.show("consent")
    rest(window)
    screen = consent_of(window)
    matrix = screen.model.matrix
    assert matrix is not None
    go_to(window, matrix.rows[0].key, "family/training")
    QTest.keyClick(screen.table, Qt.Key.Key_Down, _SHIFT)
    rest(window)
    press(window, Qt.Key.Key_R)
    assert {wish.artist for wish in screen.drafts.wishes} == {row.artist for row in matrix.rows[:2]}
    screen.head.review.click()
    review = window.panel(ReviewDialog)
    names = {row.title for row in matrix.rows[:2]}
    said = " ".join(label.text() for label in review.findChildren(PlainLabel))
    assert all(name in said for name in names)
    review.reject()


def test_follow_on_all_my_music_drops_the_choices_that_allow_made_there(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    go_to(consent, "all", "family/generation")
    press(consent, Qt.Key.Key_A)
    assert screen.drafts.wishes
    assert not screen.place_bar.drop.isHidden()
    press(consent, Qt.Key.Key_F)
    assert screen.drafts.wishes == ()


def test_the_review_tells_the_effect_before_anything_happens(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_A)
    screen.head.review.click()
    review = consent.panel(ReviewDialog)
    consent.settle()
    assert review.findChild(EffectsCard) is not None
    assert review.findChild(MeaningsCard) is not None
    said = [each.text() for each in review.findChildren(PlainLabel)]
    assert "Study and measure" not in said
    assert any(words.startswith(("1 recording ·", "1 song ·")) for words in said)
    review.reject()


def test_uses_without_the_own_yes_are_a_list_in_the_place_of_the_matrix(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    screen.pills.pill("without_yes").click()
    consent.settle()
    assert screen.without_yes.isVisible()
    assert screen.without_yes.cards
    assert not screen.place_bar.isVisible()
    screen.pills.pill(MatrixView.BY_USE).click()
    rest(consent)
    assert screen.table.isVisible()
    assert screen.place_bar.isVisible()


def test_the_board_of_a_work_opens_from_the_bar(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    go_to(consent, "all", "family/training")
    assert screen.place_bar.board.isHidden(), "all music has no board"
    work = an_undecided_work(consent)
    go_to(consent, work.key, "family/research")
    screen.place_bar.board.click()
    board = consent.panel(ConsensusDialog)
    consent.settle()
    assert board.view is not None
    assert board.view.title == work.title
    board.reject()


def test_a_link_to_a_work_leads_to_its_row_also_from_the_list(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = next(row for row in screen.model.frame.rows if row.kind is MatrixRowKind.WORK)  # type: ignore[union-attr]
    go_to(consent, "all", "family/training")
    screen.pills.pill("without_yes").click()
    consent.settle()
    consent.main.show_place(Place("consent", f"work/{work.id}"))
    rest(consent)
    assert screen.table.isVisible()
    assert screen.places()[0][0].id == work.id


def test_the_corner_leads_to_the_conflicts_of_every_artist(consent: OpenWindow) -> None:
    consent.main.show_sync()
    panel = consent.panel(SyncPanel)
    assert panel.conflicts.isHidden(), "there is none"
    panel._open_conflicts()
    dialog = consent.panel(ConflictDialog)
    consent.settle()
    assert dialog.isVisible()
    dialog.reject()


def test_what_was_undone_is_done_again_by_a_button_that_names_it(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    work = an_undecided_work(consent)
    index = go_to(consent, work.key, "family/research")
    press(consent, Qt.Key.Key_R)
    assert shown_cell(index).chip.meaning is not ChipMeaning.UNDECIDED
    assert screen.head.redo.isHidden()
    screen.head.undo.click()
    rest(consent)
    assert not screen.head.redo.isHidden()
    assert work.title in screen.head.redo.accessibleName()
    screen.head.redo.click()
    rest(consent)
    matrix = screen.model.matrix
    assert matrix is not None
    assert matrix.cells[work.key, "family/research"].answer is AnswerKind.REFUSED


def test_the_songs_in_recordings_are_offered_unticked_and_reviewed_when_ticked(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    release = next(
        row
        for row in screen.model.frame.rows  # type: ignore[union-attr]
        if row.kind is MatrixRowKind.RELEASE and row.title == "Driftwood Hours"
    )
    go_to(consent, release.key, "family/research")
    press(consent, Qt.Key.Key_A)
    screen.head.review.click()
    review = consent.panel(ReviewDialog)
    consent.settle()
    assert review.review is not None
    assert review.songs is not None
    alone = review.review.count
    assert not review.songs.isChecked(), "nothing is preselected"
    review.songs.setFocus()
    QTest.keyClick(review.songs, Qt.Key.Key_Space)
    consent.settle()
    assert review.songs.isChecked()
    assert review.review.count > alone
    review.songs.click()
    consent.settle()
    assert review.review.count == alone
    review.reject()


def test_why_tells_the_trace_in_sentences(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    go_to(consent, "all", "family/training")
    screen.place_bar.why.click()
    why = consent.panel(WhyDialog)
    assert why.explained
    said = [label.text() for label in why.findChildren(PlainLabel)]
    assert any("refused this" in words for words in said)
    why.accept()


def test_history_filters_and_exports_what_is_shown(consent: OpenWindow) -> None:
    consent_of(consent).head.history.click()
    history = consent.panel(HistoryDialog)
    everything = len(history.model.rows)
    history.filters.answers.setCurrentIndex(history.filters.answers.findText("Refused"))
    consent.settle()
    shown = history.model.rows
    assert 0 < len(shown) < everything
    assert all(row.stance is Stance.REFUSE for row in shown)
    target = consent.folder / "decisions.csv"
    history.export_to(str(target))
    consent.settle()
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == len(shown) + 1
    assert lines[0].startswith("Recorded (UTC),Artist,Decided by")
    history.accept()


def test_new_terms_mark_what_changed_and_offer_three_answers(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    texts = [action.text() for action in screen.questions.menu.actions()]
    place = next(i for i, text in enumerate(texts) if text.startswith("New terms: OpenStem"))
    screen.questions.menu.actions()[place].trigger()
    dialog = consent.panel(NewTermsDialog)
    view = dialog.view
    assert view is not None
    assert any(part.changed for part in view.new_parts)
    assert any(not part.changed for part in view.new_parts)
    heights = {b.height() for b in (dialog.refuse, dialog.undecide, dialog.allow)}
    assert len(heights) == 1, "the answers have the same size"
    dialog.allow.click()
    review = consent.panel(ReviewDialog)
    assert review.review is not None
    assert {terms.id for terms in review.review.terms} == {view.new.id}
    review.reject()
    dialog.reject()


def test_a_hostile_title_stays_plain_text(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    screen.place_bar.show_place("<img src=x> & <b>bold</b>", None, drafted=False, many=False)
    assert screen.place_bar.title.textFormat() is Qt.TextFormat.PlainText
    assert screen.place_bar.title.text() == "<img src=x> & <b>bold</b>"


@pytest.mark.parametrize("size", [(960, 600), (1440, 900)])
def test_the_page_never_forces_the_window_wider(consent: OpenWindow, size: tuple[int, int]) -> None:
    consent.main.resize(*size)
    rest(consent)
    assert consent.main.width() == size[0]
    assert consent_of(consent).table.horizontalScrollBar().maximum() == 0, "five families fit"


def test_no_header_is_cut_off_in_the_smallest_window(consent: OpenWindow) -> None:
    screen = consent_of(consent)
    header = screen.table.header
    names = ("Training", "Research", "New music", "Voice & likeness", "Further use")
    for width, explains in ((1440, True), (960, False)):
        consent.main.resize(width, 600)
        rest(consent)
        told = []
        for at in range(1, header.count()):
            room = header.sectionSize(at) - 2 * PAD - 16
            first, second, is_name = header.lines_of(at, room)
            assert text_width(screen.theme.font(TextRole.BODY, 600), first) <= room
            role = (TextRole.BODY, 600) if is_name else (TextRole.CAPTION, 0)
            assert text_width(screen.theme.font(*role), second) <= room
            told.append(f"{first} {second}" if is_name else first)
            assert bool(second) is (explains or is_name)
        assert tuple(told) == names
