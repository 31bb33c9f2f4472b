"""The screen "Letters": cases with their details, deadlines, and files that are dropped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from artist_console.commands.cases import CaseRow, list_cases
from artist_console.commands.console import Console, Result
from artist_console.commands.overview import Overview, overview
from artist_console.domain.cases import CaseState, EventKind, OutcomeKind
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.waiting import WaitingKind
from artist_console.ui.dialogs.calendar_file import CalendarFileDialog
from artist_console.ui.dialogs.case_file import CaseFileDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.letter_words import outcome_said
from artist_console.ui.pages.case_details import CaseAction
from artist_console.ui.pages.letters import LettersScreen, PartName
from artist_console.ui.pages.letters_deadlines import DeadlinesPart
from artist_console.ui.pages.overview import OverviewScreen
from artist_console.ui.pages.works import WorksScreen
from artist_console.ui.places import Place
from artist_console.ui.screenshot_cases import MadeCases, make_cases, reply_mail
from artist_console.ui.tables.cases_model import CaseColumn, CaseFilter
from artist_console.ui.text import PlainLabel
from artist_console.ui.waiting_rows import place_for
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow

_CTRL = Qt.KeyboardModifier.ControlModifier
TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal


def artist_named(window: OpenWindow, name: str) -> ArtistId:
    return next(each.id for each in window.desk.artists if each.name.startswith(name))


def with_cases(window: OpenWindow, folder: Path) -> MadeCases:
    """Six cases of Mara, each elsewhere on its way."""
    mara = artist_named(window, "Mara")
    made: list[MadeCases] = []

    def make(console: Console) -> Result[MadeCases]:
        return Result(make_cases(console, mara, folder), Changes.CASES | Changes.WORKS)

    window.desk.act(window.desk, make, made.append)
    window.settle()
    return made[0]


def letters_of(window: OpenWindow) -> LettersScreen:
    window.show("letters")
    screen = window.main.screen_of("letters")
    assert isinstance(screen, LettersScreen)
    return screen


def rows_kept(window: OpenWindow) -> dict[str, CaseRow]:
    found: list[tuple[CaseRow, ...]] = []
    window.desk.ask(window.desk, "test cases", list_cases, found.append)
    window.settle()
    return {row.case.id: row for row in found[0]}


def words_in(screen: LettersScreen) -> str:
    panel = screen.cases.details
    return "\n".join(label.text() for label in panel.findChildren(PlainLabel) if not label.isHidden())


@pytest.fixture
def made(window: OpenWindow, tmp_path: Path) -> MadeCases:
    return with_cases(window, tmp_path)


def test_without_a_case_the_page_says_what_will_be_here_and_offers_to_write(window: OpenWindow) -> None:
    screen = letters_of(window)
    assert "Nothing is sent from here" in screen.cases.states.empty.accessibleName()
    assert screen.cases.pills.isHidden() or not screen.cases.pills.isVisible()


def test_cases_are_counted_and_filtered_and_the_table_keeps_its_promises(
    window: OpenWindow, made: MadeCases
) -> None:
    screen = letters_of(window)
    QAbstractItemModelTester(screen.cases.model, TESTER)
    assert len(screen.cases.model.rows) == 6
    assert screen.cases.pills.pill(CaseFilter.CLOSED).accessibleName() == "Closed, 1"
    QTest.mouseClick(screen.cases.pills.pill(CaseFilter.NO_REPLY), Qt.MouseButton.LeftButton)
    assert [row.case.id for row in screen.cases.model.rows] == [made.unanswered.id]
    state = screen.cases.model.index(0, CaseColumn.STATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert state == "Where it stands: No reply for 24 days"
    QTest.mouseClick(screen.cases.pills.pill(CaseFilter.NEEDS), Qt.MouseButton.LeftButton)
    shown = {row.case.id for row in screen.cases.model.rows}
    assert shown == {made.drafted.id, made.answered.id, made.unanswered.id}
    screen.find_in_page()
    QTest.keyClicks(screen.cases.search.edit, "nothing like this")
    QTest.keyClick(screen.cases.search.edit, Qt.Key.Key_Return)
    assert screen.cases.states.empty.accessibleName() == "No case matches these filters."
    screen.cases.clear_filters()
    assert len(screen.cases.model.rows) == 6


def test_enter_opens_the_details_and_they_tell_state_events_letter_and_works(
    window: OpenWindow, made: MadeCases
) -> None:
    screen = letters_of(window)
    place = screen.cases.model.place_of(made.told.id)
    assert place is not None
    screen.cases.table.setCurrentIndex(screen.cases.model.index(place, 0))
    screen.cases.table.setFocus()
    QTest.keyClick(screen.cases.table, Qt.Key.Key_Return)
    window.settle()
    said = words_in(screen)
    assert outcome_said(OutcomeKind.SAYS_INCLUDED, made.told.addressee_name) in said
    assert "The mail carries no signature of its domain" in said
    assert "A draft, not legal advice." in said
    assert made.told.letters[0].text.strip() in said
    assert "says so, and the work shows it" in said
    links = screen.cases.details.findChildren(LinkButton)
    title = next(row for row in screen.cases.model.rows if row.case.id == made.told.id).work_titles[0]
    next(link for link in links if link.words == title).click()
    window.settle()
    assert isinstance(window.main.shown_screen, WorksScreen)
    window.main.back()
    window.settle()
    assert screen.cases.details.isVisible(), "Back brings the case again"


def test_a_place_of_several_cases_shows_those_alone_and_one_press_shows_all(
    window: OpenWindow, made: MadeCases
) -> None:
    screen = letters_of(window)
    window.main.show_place(Place("letters", f"cases/{made.sent.id},{made.closed.id}"))
    window.settle()
    assert {row.case.id for row in screen.cases.model.rows} == {made.sent.id, made.closed.id}
    assert screen.cases.only.isVisible()
    screen.cases.only.click()
    assert len(screen.cases.model.rows) == 6
    assert screen.cases.only.isHidden()


def test_a_link_to_a_case_opens_it_whatever_is_filtered(window: OpenWindow, made: MadeCases) -> None:
    screen = letters_of(window)
    QTest.mouseClick(screen.cases.pills.pill(CaseFilter.CLOSED), Qt.MouseButton.LeftButton)
    assert window.main.open_link(Place("letters", f"case/{made.sent.id}").link)
    window.settle()
    assert screen.cases.details.row is not None
    assert screen.cases.details.row.case.id == made.sent.id
    assert screen.cases.current is not None
    assert screen.cases.current.case.id == made.sent.id


def test_what_is_offered_fits_where_the_case_stands(window: OpenWindow, made: MadeCases) -> None:
    screen = letters_of(window)
    screen.cases.open_case(made.closed.id)
    window.settle()
    details = screen.cases.details
    details.button(CaseAction.REOPEN).click()
    window.settle()
    assert rows_kept(window)[made.closed.id].standing.state is not CaseState.CLOSED
    assert details.row is not None
    assert details.row.case.events[-1].kind is EventKind.REOPENED, "the panel follows what was done"
    assert details.button(CaseAction.CLOSE).isVisibleTo(details)


def test_deadlines_stand_by_month_say_what_silence_means_and_lead_to_their_place(
    window: OpenWindow, made: MadeCases
) -> None:
    screen = letters_of(window)
    screen.pills.pill(PartName.DEADLINES).setFocus()
    QTest.keyClick(screen.pills.pill(PartName.DEADLINES), Qt.Key.Key_Space)
    window.settle()
    part = screen.parts[PartName.DEADLINES]
    assert isinstance(part, DeadlinesPart)
    said = [link.accessibleName() for link in part.rows]
    late = next(name for name in said if made.unanswered.title in name)
    assert "No answer is neither a yes nor a no." in late
    part.rows[said.index(late)].click()
    window.settle()
    assert screen.part is PartName.CASES
    assert screen.cases.details.row is not None
    assert screen.cases.details.row.case.id == made.unanswered.id


def test_deadlines_are_narrowed_by_kind(window: OpenWindow, made: MadeCases) -> None:
    window.main.show_place(Place("letters", "deadlines/"))
    window.settle()
    screen = letters_of(window)
    window.main.show_place(Place("letters", "deadlines/"))
    window.settle()
    part = screen.parts[PartName.DEADLINES]
    assert isinstance(part, DeadlinesPart)
    every = len(part.shown)
    part.kinds.setCurrentIndex(1)
    assert 0 < len(part.shown) < every
    assert len({each.kind for each in part.shown}) == 1


def test_the_calendar_file_can_leave_names_and_titles_out(
    window: OpenWindow, made: MadeCases, tmp_path: Path
) -> None:
    screen = letters_of(window)
    screen.save_calendar()
    dialog = window.panel(CalendarFileDialog)
    dialog.without_titles.setChecked(True)
    target = tmp_path / "deadlines.ics"
    dialog.save_to(str(target))
    window.settle()
    body = target.read_text("utf-8")
    assert body.startswith("BEGIN:VCALENDAR")
    assert made.sent.addressee_name not in body


def held(paths: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_file_held_over_a_case_says_what_will_happen_and_is_added_to_it(
    window: OpenWindow, made: MadeCases, tmp_path: Path
) -> None:
    screen = letters_of(window)
    path = tmp_path / "answer.eml"
    path.write_bytes(reply_mail(made.sent, window.desk.clock() - timedelta(hours=1), "We will look."))
    place = screen.cases.model.place_of(made.sent.id)
    assert place is not None
    rect = screen.cases.table.visualRect(screen.cases.model.index(place, 0))
    at = screen.cases.table.viewport().mapTo(screen, rect.center())
    data = held([path])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(screen, QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))
    assert "answer.eml" in screen.drop_line.words
    assert made.sent.title in screen.drop_line.words
    off = QPoint(at.x(), screen.height() - 4)
    QApplication.sendEvent(screen, QDragMoveEvent(off, Qt.DropAction.CopyAction, data, buttons, keys))
    assert "Where none is found, you are asked" in screen.drop_line.words
    QApplication.sendEvent(screen, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys))
    dialog = window.panel(CaseFileDialog)
    assert dialog.chosen is not None
    assert dialog.chosen.case.id == made.sent.id
    assert dialog.reply.isChecked()
    dialog.keep.click()
    window.settle()
    assert rows_kept(window)[made.sent.id].standing.state is CaseState.ANSWERED


def test_at_the_smallest_size_the_details_slide_over_and_escape_closes_them(
    window: OpenWindow, made: MadeCases
) -> None:
    window.main.resize(960, 600)
    screen = letters_of(window)
    assert window.main.width() == 960
    screen.cases.open_case(made.told.id)
    window.settle()
    assert screen.cases.details.isVisible()
    QTest.keyClick(screen.cases.details, Qt.Key.Key_Escape)
    window.settle()
    assert not screen.cases.details.isVisible()
    assert window.main.width() == 960


def test_the_key_of_the_screen_leads_to_it(window: OpenWindow) -> None:
    QTest.keyClick(window.main, Qt.Key.Key_7, _CTRL)
    window.settle()
    assert isinstance(window.main.shown_screen, LettersScreen)


def test_what_waits_in_overview_leads_to_its_case(window: OpenWindow, made: MadeCases) -> None:
    waiting: list[Overview] = []
    window.desk.ask(
        window.desk, "test waiting", lambda console: overview(console, made.sent.artist), waiting.append
    )
    window.settle()
    items = [item for item in waiting[0].waiting if item.kind is WaitingKind.CASE]
    answered, unanswered = f"case/{made.answered.id}", f"case/{made.unanswered.id}"
    assert {item.target for item in items} >= {answered, unanswered}
    screen = letters_of(window)
    window.show("overview")
    window.desk.go(place_for(next(item for item in items if item.target == answered)))
    window.settle()
    assert screen.cases.details.row is not None
    assert screen.cases.details.row.case.id == made.answered.id


def test_one_artists_cases_need_no_column_for_the_artist(window: OpenWindow, made: MadeCases) -> None:
    screen = letters_of(window)
    header = screen.cases.table.header
    assert not header.isSectionHidden(CaseColumn.ARTIST)
    window.choose_artist("Mara")
    assert header.isSectionHidden(CaseColumn.ARTIST)
    assert not header.isSectionHidden(CaseColumn.STATE)


def test_order_width_and_filter_of_the_cases_are_kept(window: OpenWindow, made: MadeCases) -> None:
    screen = letters_of(window)
    cases = screen.cases
    assert cases.model.rows[0].case.id == made.unanswered.id, "overdue first"
    cases.table.sort_wished.emit(CaseColumn.TITLE, Qt.SortOrder.DescendingOrder)
    titles = [row.case.title.casefold() for row in cases.model.rows]
    assert titles == sorted(titles, reverse=True)
    cases.table.header.resizeSection(CaseColumn.STATE, 231)
    cases.pills.pill(CaseFilter.SENT).click()
    again = LettersScreen(window.desk)
    again.show_scope(None)
    again.reload()
    window.settle()
    assert again.cases.pills.current is CaseFilter.SENT
    assert {row.case.id for row in again.cases.model.rows} == {made.sent.id, made.unanswered.id}
    assert again.cases.table.sorted_by == (CaseColumn.TITLE, Qt.SortOrder.DescendingOrder)
    assert '"state": 231' in again.cases.table.layout_state()
    again.deleteLater()


def test_a_case_has_a_link_that_leads_to_it(window: OpenWindow, made: MadeCases) -> None:
    screen = letters_of(window)
    screen.cases.open_case(made.sent.id)
    window.settle()
    screen.cases.table.opened.emit(screen.cases.table.currentIndex())
    window.settle()
    window.main._copy_link()
    link = QApplication.clipboard().text()
    assert made.sent.id in link
    window.show("overview")
    assert window.main.open_link(link)
    window.settle()
    shown = screen.cases.details.row
    assert shown is not None
    assert shown.case.id == made.sent.id


def test_where_no_case_is_yet_three_letters_are_offered_by_standing(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    screen = letters_of(window)
    window.settle()
    first = screen.cases.first
    assert first is not None
    kinds = list(first.rows)
    assert kinds[:2] == [LetterKind.POSITION, LetterKind.ASK_LICENCES]
    assert kinds[2] in (LetterKind.RESERVATION, LetterKind.PERFORMER_NOTICE)
    for kind in kinds:
        first.rows[kind].click()
        letter = window.panel(NewLetterDialog)
        window.settle()
        assert letter.what.offer is not None, letter.what.offers
        assert letter.what.offer.kind is kind
        letter.reject()


def test_a_work_that_a_reply_speaks_of_leads_to_the_case_and_can_be_written_about(
    window: OpenWindow, made: MadeCases
) -> None:
    window.choose_artist("Mara")
    work = made.told.works[0]
    window.desk.go(Place("works", f"work/{work}"))
    window.settle()
    panel = window.works.details
    write = next(
        b for b in panel.findChildren(LinkButton) if b.words == "Write about this…" and b.isVisible()
    )
    write.click()
    letter = window.panel(NewLetterDialog)
    window.settle()
    assert letter.works._wanted in ((work,), made.told.works)
    letter.reject()
    link = next(b for b in panel.findChildren(LinkButton) if b.words == "From a reply: show the case")
    link.click()
    window.settle()
    shown = letters_of_shown(window).cases.details.row
    assert shown is not None
    assert shown.case.id == made.told.id


def test_overview_leads_to_the_deadlines_and_from_a_late_case_to_it(
    window: OpenWindow, made: MadeCases
) -> None:
    window.choose_artist("Mara")
    window.show("overview")
    screen = window.main.screen_of("overview")
    assert isinstance(screen, OverviewScreen)
    screen.deadlines.click()
    window.settle()
    assert letters_of_shown(window).part is PartName.DEADLINES
    window.main.back()
    window.settle()
    late = next(
        line
        for line in screen.waiting_card.findChildren(ListRow)
        if made.unanswered.addressee_name in line.accessibleName()
    )
    assert "has not replied" in late.accessibleName()
    late.click()
    window.settle()
    shown = letters_of_shown(window).cases.details.row
    assert shown is not None
    assert shown.case.id == made.unanswered.id


def letters_of_shown(window: OpenWindow) -> LettersScreen:
    screen = window.main.shown_screen
    assert isinstance(screen, LettersScreen)
    return screen
