"""The part "Cases" of the page of letters: the table with its filters, and the case that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from artist_console.commands import cases as case_commands
from artist_console.commands.cases import CaseRow
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.problems import Problem
from artist_console.ui import later
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import PAD, Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.pages.case_details import CaseAction, action_words, offered_actions
from artist_console.ui.pages.letters_first import FirstLetters
from artist_console.ui.tables.cases_model import (
    CaseColumn,
    CaseFilter,
    CasesModel,
    filter_words,
    in_order,
    passes,
)
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.page import MARGIN
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack

if TYPE_CHECKING:
    from artist_console.ui.case_doings import CaseDoings
    from artist_console.ui.pages.case_details import CaseDetailsPanel

# Below this the details slide over the table: a press on a row should then choose it, not cover it.
_ROOM_FOR_DETAILS = 1180
_TABLE_KEPT_AS, _FILTER_KEPT_AS = "letters.table", "letters.filter"


class CasesPart(QWidget):
    """Shows what the command gives, in its order; details and doings come when they are first wanted."""

    counted = Signal(int)  # how many cases there are, whatever is filtered
    write_wished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist: ArtistId | None = desk.artist
        self._every: tuple[CaseRow, ...] = ()
        self._filter = _kept_filter(desk.kept(_FILTER_KEPT_AS))
        self._text = ""
        self._only: frozenset[str] = frozenset()  # the cases of one question; empty: whichever pass
        self._open_case = ""
        self._to_select = ""
        self._details: CaseDetailsPanel | None = None
        self.first: FirstLetters | None = None  # where no case is yet
        self._doings: CaseDoings | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 0)
        layout.setSpacing(8)
        self._build_filters(layout)
        self._build_table(layout)
        desk.details_closed.connect(self._forget_details)

    def _build_filters(self, layout: QVBoxLayout) -> None:
        theme = self._desk.theme
        self.pills = PillGroup(theme, say("letters", "Which cases"))
        self.pills.set_pills([(each, filter_words(each), None) for each in CaseFilter])
        self.pills.set_current(self._filter)
        self.pills.chosen.connect(self._choose_filter)
        self.search = SearchField(theme, say("letters", "Title, name or words"))
        self.search.edit.setAccessibleName(say("letters", "Filter cases by words"))
        self.search.setFixedWidth(200)
        self.search.searched.connect(self._search)
        self.only = Button(theme, "", ButtonKind.QUIET, Icon.CLOSE)  # what a question led to
        self.only.clicked.connect(self.clear_filters)
        self.only.hide()
        line = row(gap=12, margins=(MARGIN, 0, MARGIN, 0))
        line.addWidget(self.pills, 1)
        line.addWidget(self.only)
        line.addWidget(self.search)
        self._filter_line = QWidget()
        self._filter_line.setLayout(line)
        layout.addWidget(self._filter_line)

    def _build_table(self, layout: QVBoxLayout) -> None:
        theme = self._desk.theme
        self.model = CasesModel(self._desk.figures, self._desk.clock, self)
        self.table = DataTable(theme, say("letters", "Cases"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("title", 260, 200, stretch=True),
                Column("artist", 140, 100, gives_way=2),
                Column("state", 190, 150),
                Column("next", 140, 110),
                Column("last", 210, 150, gives_way=1),
            ]
        )
        kept = self._desk.kept(_TABLE_KEPT_AS)
        if kept:
            self.table.restore(kept)
        self._leave_out_artist()
        self.table.state_changed.connect(self._keep_table)
        self.table.sort_wished.connect(self._sort)
        self.table.opened.connect(self._open_index)
        self.table.clicked.connect(self._press)
        self.table.current_changed.connect(self._follow_current)
        self.table.context_wished.connect(self._show_menu)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self.reload)
        # The words of the first column begin where the title of the page does.
        inset = MARGIN - PAD
        layout.addLayout(column(self.states, margins=(inset, 0, inset, 0)), 1)

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self._artist:
            self._forget_details()
        self._artist = artist
        self._leave_out_artist()

    def _leave_out_artist(self) -> None:
        """One artist's rows all say the same there."""
        self.table.leave_out(*(() if self._artist is None else ("artist",)))

    def reload(self) -> None:
        artist = self._artist
        self._desk.ask(
            self,
            "cases",
            lambda console: case_commands.list_cases(console, artist),
            self._show_every,
            self._show_problem,
        )

    def _show_problem(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show_every(self, found: tuple[CaseRow, ...]) -> None:
        self._every = found
        self.counted.emit(len(found))
        self._filter_line.setVisible(bool(found))
        self.pills.set_counts({f: sum(passes(each, f) for each in found) for f in CaseFilter})
        self._narrow()
        self._refresh_details()

    # Filters

    def _choose_filter(self, chosen: object) -> None:
        if isinstance(chosen, CaseFilter):
            self._filter = chosen
            self._desk.keep(_FILTER_KEPT_AS, chosen.value)
            self._show_only(frozenset())
            self._narrow()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.table.set_sorted(column, order)
        self._narrow()

    def _keep_table(self) -> None:
        self._desk.keep(_TABLE_KEPT_AS, self.table.layout_state())

    def _search(self, text: str) -> None:
        self._text = text
        self._narrow()

    def clear_filters(self) -> None:
        self.search.set_words("")
        self._text = ""
        self.pills.set_current(CaseFilter.ALL)
        self._choose_filter(CaseFilter.ALL)

    def _narrow(self) -> None:
        sought = self._text.casefold().split()
        chosen = [each for each in self._every if passes(each, self._filter)]
        if self._only:
            chosen = [each for each in self._every if each.case.id in self._only]
        shown = [each for each in chosen if _holds_all(each, sought)]
        if self.table.sorted_by is not None:
            by, order = self.table.sorted_by
            shown = in_order(shown, CaseColumn(by), down=order is Qt.SortOrder.DescendingOrder)
        self.model.show_rows(shown)
        if shown:
            self.states.show_content()
            self._select_wanted()
        elif self._every:
            clear = Button(self._desk.theme, say("letters", "Clear filters"))
            clear.clicked.connect(self.clear_filters)
            self.states.show_empty(say("letters", "No case matches these filters."), "", clear)
        else:
            self._show_nothing_yet()

    def _show_nothing_yet(self) -> None:
        self.first = FirstLetters(self._desk, self._artist)
        self.first.wished.connect(self._begin_letter)
        self.states.show_empty(
            say("letters", "Be heard, in writing"),
            say(
                "letters",
                "From your works, answers and contracts, letters are drafted to labels, publishers, "
                "societies, distributors and AI companies. Nothing is sent from here; you send it yourself. "
                "What you keep opens a case, with what you sent, what came back, and what is due next.",
            ),
            self.first,
            Icon.LETTER,
        )

    def _begin_letter(self, kind: LetterKind | None) -> None:
        if kind is None:
            self.write_wished.emit()
            return
        artists = (self._artist,) if self._artist is not None else ()
        later.new_letter()(self._desk, self.window(), later.letter_start()(kind, artists)).open()

    def show_section(self, name: str) -> None:
        """The cases of one question, by their ids with commas between; nothing is changed without any."""
        if name:
            self._text = ""
            self.search.set_words("")
            self._show_only(frozenset(name.split(",")))
            self._narrow()

    def _show_only(self, ids: frozenset[str]) -> None:
        self._only = ids
        words = say_count("letters", "Only 1 case that waits", "Only {n} cases that wait", len(ids))
        self.only.set_words(words)
        self.only.setAccessibleName(say("letters", "{filter}: show all cases", filter=words))
        self.only.setVisible(bool(ids))

    # Details

    def open_case(self, id: str) -> None:
        """Show a case by its id, whatever is filtered."""
        self._to_select = self._open_case = id
        if any(each.case.id == id for each in self._every):
            if self.model.place_of(id) is None:
                self.clear_filters()
            self._select_wanted()
            self._refresh_details()

    def focus_filter(self) -> None:
        """Where no case is yet there is nothing to filter: the keyboard goes to what can be begun."""
        shown = self._filter_line.isVisible()
        stop = self.search if shown else self.main_stop()
        stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def main_stop(self) -> QWidget:
        first = self.first.main_stop() if self.first is not None and self.first.isVisible() else None
        return first if first is not None else self.table

    def enter(self) -> None:
        """The page is shown again: the case that stood beside it comes back."""
        if self._open_case and self._details is not None and self._row(self._open_case) is not None:
            self._desk.show_details(self._details)

    def leave(self) -> None:
        """Another part of the page is shown: its rows have no case beside them."""
        if self._shows_details:
            self._desk.show_details(None)

    @property
    def details(self) -> CaseDetailsPanel:
        if self._details is None:
            self._details = later.case_details()(self._desk)
            doings = self.doings
            self._details.closed.connect(self._forget_details)
            self._details.action_wished.connect(self._act)
            self._details.file_wished.connect(doings.save_file)
            self._details.outcome_wished.connect(doings.record_outcome)
            self._details.mistake_wished.connect(doings.take_back)
            self._details.attachment_wished.connect(doings.save_attachment)
            self._details.mail_wished.connect(doings.open_mail)
            self._details.dropped.connect(self._take_dropped)
            self._details.hide()
        return self._details

    @property
    def doings(self) -> CaseDoings:
        if self._doings is None:
            self._doings = later.case_doings()(self._desk, self)
        return self._doings

    @property
    def _shows_details(self) -> bool:
        return self._details is not None and self._details.isVisible()

    def _row(self, id: str) -> CaseRow | None:
        return next((each for each in self._every if each.case.id == id), None)

    def _refresh_details(self) -> None:
        shown = self._row(self._open_case)
        if shown is None:
            return
        if self._details is None or self._details.row != shown:
            self.details.show_row(shown)
        if self.isVisible():
            self._desk.show_details(self.details)

    def _select_wanted(self) -> None:
        place = self.model.place_of(self._to_select) if self._to_select else None
        if place is not None:
            self._to_select = ""
            self.table.setCurrentIndex(self.model.index(place, CaseColumn.TITLE))

    def _open_index(self, index: QModelIndex) -> None:
        shown = index.data(ROW_ROLE)
        if isinstance(shown, CaseRow):
            self._open_case = shown.case.id
            self.details.show_row(shown)
            self._desk.show_details(self.details)
            self._desk.item_opened.emit("letters", f"case/{shown.case.id}")

    def _press(self, index: QModelIndex) -> None:
        if self.window().width() >= _ROOM_FOR_DETAILS:
            self._open_index(index)

    def _follow_current(self, index: QModelIndex) -> None:
        shown = index.data(ROW_ROLE)
        if self._shows_details and isinstance(shown, CaseRow) and shown.case.id != self._open_case:
            self._open_index(index)

    def _forget_details(self) -> None:
        if self._open_case and self.isVisible():
            self._open_case = ""
            self._desk.show_details(None)
            self._desk.item_opened.emit("letters", "")

    # Doing

    @property
    def current(self) -> CaseRow | None:
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, CaseRow) else None

    def _act(self, action: CaseAction, shown: CaseRow) -> None:
        self.doings.do(action, shown)

    def _show_menu(self, index: QModelIndex, at: QPoint) -> None:
        shown = index.data(ROW_ROLE)
        if not isinstance(shown, CaseRow):
            return
        self.table.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("letters", "Open details"), self._open_current)
        for action in (*offered_actions(shown), CaseAction.COPY_LINK):
            menu.addAction(action_words(action), self._doer(action, shown))
        menu.popup(at)

    def _open_current(self) -> None:
        self._open_index(self.table.currentIndex())

    def _doer(self, action: CaseAction, shown: CaseRow) -> Callable[[], None]:
        def do() -> None:
            self._act(action, shown)

        return do

    # Files

    def case_at(self, at: QPoint) -> CaseRow | None:
        """The case below a point of this part; None beside the rows."""
        if not self.table.isVisible():
            return None
        below = self.table.indexAt(self.table.viewport().mapFrom(self, at))
        found = below.data(ROW_ROLE) if below.isValid() else None
        return found if isinstance(found, CaseRow) else None

    def _take_dropped(self, shown: CaseRow, files: tuple[Path, ...]) -> None:
        self.doings.take_files(files, shown)


def _kept_filter(kept: str) -> CaseFilter:
    return next((each for each in CaseFilter if each.value == kept), CaseFilter.ALL)


def _holds_all(shown: CaseRow, sought: list[str]) -> bool:
    """Whether every word stands somewhere in what the case is called or holds."""
    if not sought:
        return True
    case = shown.case
    held = " ".join(
        (
            case.title,
            case.addressee_name,
            shown.artist_name,
            case.owner,
            *shown.work_titles,
            *(letter.subject for letter in case.letters),
            *(event.words for event in case.events),
            *(event.number for event in case.events),
        )
    ).casefold()
    return all(word in held for word in sought)
