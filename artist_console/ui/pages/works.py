"""All works of the chosen artist: where each is, what the permission comes to, what it earned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from artist_console.commands import works as works_commands
from artist_console.commands.wishes import Wish
from artist_console.domain import work_words
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, ModelVersionId, ProgrammeId, ReleaseId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import ANY_USE, Stance, Subject, SubjectKind
from artist_console.domain.work_rows import WorkFilter, WorkSort, WorksQuery, WorkSummary
from artist_console.ui import later
from artist_console.ui.bulk_bar import BulkBar
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.pages.screen import Screen
from artist_console.ui.places import Place, part_of
from artist_console.ui.shortcuts import KEYS, Action
from artist_console.ui.tables.works_cells import work_title
from artist_console.ui.tables.works_model import BLOCK, SORTS, WorksColumn, WorksModel
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.pills import PillGroup, RemovablePill
from artist_console.ui.widgets.states import StateStack

if TYPE_CHECKING:
    from artist_console.commands.model_works import ModelWorks
    from artist_console.domain.decisions import Decision
    from artist_console.ui.pages.work_details import WorkDetailsPanel

# Below this the details slide over the table: a press on a row should then choose it, not cover it.
_ROOM_FOR_DETAILS = 1180


class WorksScreen(Screen):
    """Table of works with filters; details beside it; answers for one or many."""

    key = "works"
    shows = (
        Changes.WORKS
        | Changes.CONSENT
        | Changes.JOURNAL
        | Changes.INCLUSIONS
        | Changes.STATEMENTS
        | Changes.PROGRAMMES
        | Changes.ARTISTS
    )

    first_rows_shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._query = WorksQuery(artist=desk.artist, limit=BLOCK)
        self._programmes: tuple[tuple[ProgrammeId, str], ...] = ()
        self._details: WorkDetailsPanel | None = None
        self._open_work: WorkId | None = None
        self._to_select: WorkId | None = None
        self._announced = False
        self.model = WorksModel(desk.figures, desk.clock, self)
        self.model.block_wanted.connect(self._ask_block)
        self.model.query_wished.connect(self._ask_again)
        self.model.stance_wished.connect(self.wish)
        self.model.chosen_changed.connect(self._show_chosen)
        self._build_head()
        self._build_table()
        desk.details_closed.connect(self._forget_details)
        desk.decided.connect(self._after_deciding)
        self.bulk = BulkBar(desk.theme, say("works", "Follow album"))
        self.bulk.review_wished.connect(self._review_chosen)
        self.bulk.clear_wished.connect(self.model.choose_none)
        self.bulk.write_wished.connect(self._write_about_chosen)
        self._build_actions()

    # Building

    def _build_head(self) -> None:
        theme = self.desk.theme
        self.import_button = Button(theme, say("works", "Import…"), icon=Icon.IMPORT)
        self.import_button.clicked.connect(self._import_any)
        self.add_action(self.import_button)
        self.report_button = Button(theme, say("works", "Report…"), icon=Icon.EXPORT)
        self.report_button.clicked.connect(self._create_report)
        self.add_action(self.report_button)
        self.change_button = Button(theme, say("works", "Change decision…"), ButtonKind.PRIMARY, Icon.CONSENT)
        self.change_button.clicked.connect(self.change_decision)
        self.add_action(self.change_button)
        self.pills = PillGroup(theme)
        self.pills.setAccessibleName(say("works", "Which works"))
        self.pills.set_pills([(f, domain_words(work_words.FILTER[f]), None) for f in WorkFilter])
        self.pills.set_current(WorkFilter.ALL)
        self.pills.chosen.connect(self._choose_filter)
        self.add_filter(self.pills)
        self._further: list[RemovablePill] = []
        self._model_name = ""
        self.search = SearchField(theme, say("works", "Title, code or name"))
        self.search.setAccessibleName(say("works", "Filter works by words"))
        self.search.setFixedWidth(190)
        self.search.hide()
        self.search.searched.connect(self._search)
        self.search.cleared.connect(self._end_search)
        self.filter_end(self.search)
        self.filter_button = Button(theme, say("works", "Filter"), ButtonKind.QUIET, Icon.FILTER)
        self.filter_menu = QMenu(self)
        self.filter_menu.aboutToShow.connect(self._fill_filter_menu)
        self.filter_button.setMenu(self.filter_menu)
        self.filter_end(self.filter_button)

    def _build_table(self) -> None:
        self.table = DataTable(self.desk.theme, say("works", "Works"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("choose", 46, 44, sortable=False, check=True),
                Column("work", 200, 160, stretch=True),
                Column("where", 238, 160),
                Column("permission", 276, 216),
                Column("earned", 100, 92, gives_way=2, end=True),
                Column("changed", 108, 84, gives_way=1, end=True),
            ]
        )
        self.table.opened.connect(self._open_index)
        self.table.clicked.connect(self._press)
        self.table.current_changed.connect(self._follow_current)
        self.table.wished.connect(self._wish_in_row)
        self.table.sort_wished.connect(self.model.sort)
        self.table.check_all_wished.connect(self._choose_all)
        self.table.context_wished.connect(self._show_context_menu)
        kept = self.desk.kept("works.table")
        if kept:
            self.table.restore(kept)
        self.table.state_changed.connect(self._keep_table)
        self.states = StateStack(self.desk.theme, self.table)
        self.states.retry.connect(self.reload)
        self.set_content(self.states, margins=False)

    def _build_actions(self) -> None:
        self.change_action = self._action(
            say("works", "Change decision…"), KEYS[Action.CHANGE_DECISION], self.change_decision
        )
        self.all_action = self._action(
            say("works", "Choose all works"), KEYS[Action.CHOOSE_ALL], self._choose_every_work
        )
        self.evidence_action = self._action(
            say("works", "Show evidence"), QKeySequence(), self._show_evidence
        )
        self._action(say("works", "Where this work leads…"), QKeySequence(), self._follow_work)
        self._action(say("works", "Timeline of this work…"), QKeySequence(), self._show_timeline)
        self.link_action = self._action(say("works", "Copy link"), QKeySequence(), self._copy_link)

    def _action(self, text: str, keys: QKeySequence, do: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(do)
        self.addAction(action)
        return action

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self.artist:
            self.model.choose_none()
            self._forget_details()
        super().show_scope(artist)

    def reload(self) -> None:
        self._query = replace(self._query, artist=self.artist)
        column = next((c for c, sort in SORTS.items() if sort is self._query.sort), None)
        if column is not None:
            down = Qt.SortOrder.DescendingOrder if self._query.descending else Qt.SortOrder.AscendingOrder
            self.table.set_sorted(column, down)
        self.model.start(self._query)
        query = self._query
        self.desk.ask(
            self, "counts", lambda console: works_commands.count_works(console, query), self._show_counts
        )
        self.desk.ask(self, "programmes", works_commands.programme_names, self._keep_programmes)
        if self._open_work is not None and self._shows_details:
            self.details.show_work(self._open_work, self.artist)

    def _ask_again(self, query: WorksQuery) -> None:
        self._query = query
        self.reload()

    def _ask_block(self, query: WorksQuery) -> None:
        self.desk.ask(
            self,
            f"rows {query.offset}",
            lambda console: (query, works_commands.find_works(console, query)),
            self._show_block,
            self._show_problem,
        )

    def _show_block(self, answer: tuple[WorksQuery, works_commands.WorksPage]) -> None:
        query, page = answer
        self.model.take(query, page.total, page.rows)
        self.set_count(self.desk.figures.number(page.total))
        if page.total:
            self.states.show_content()
            self._select_wanted()
        elif self._is_filtered:
            clear = Button(self.desk.theme, say("works", "Clear filters"))
            clear.clicked.connect(self.clear_filters)
            self.states.show_empty(say("works", "No work matches these filters."), "", clear)
        else:
            bring = Button(
                self.desk.theme, say("works", "Import a catalogue…"), ButtonKind.PRIMARY, Icon.IMPORT
            )
            bring.clicked.connect(self._import)
            self.states.show_empty(
                say("works", "No works yet"),
                say("works", "Your recordings and songs will be here once a catalogue has been imported."),
                bring,
            )
        if not self._announced and query.offset == 0:
            self._announced = True
            self.first_rows_shown.emit()

    def _show_problem(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show_counts(self, counts: Mapping[WorkFilter, int]) -> None:
        self.pills.set_counts({f: n for f, n in counts.items() if f is not WorkFilter.ALL})

    def _keep_programmes(self, programmes: tuple[tuple[ProgrammeId, str], ...]) -> None:
        self._programmes = programmes

    # Filters

    @property
    def _is_filtered(self) -> bool:
        plain = WorksQuery(
            artist=self._query.artist, sort=self._query.sort, descending=self._query.descending, limit=BLOCK
        )
        return self._query != plain

    def clear_filters(self) -> None:
        """Show all works again; the order stays."""
        self.search.clear()
        self.search.hide()
        self.pills.set_current(WorkFilter.ALL)
        self._filter_by(WorksQuery(sort=self._query.sort, descending=self._query.descending, limit=BLOCK))

    def _choose_filter(self, chosen: object) -> None:
        if isinstance(chosen, WorkFilter):
            self._filter_by(replace(self._query, filter=chosen))

    def _search(self, text: str) -> None:
        self._filter_by(replace(self._query, text=text))

    def _end_search(self) -> None:
        self._filter_by(replace(self._query, text=""))
        self.search.hide()
        self.table.setFocus()

    def _filter_by(self, query: WorksQuery) -> None:
        query = replace(query, artist=self.artist, offset=0)
        if replace(query, sort=self._query.sort, descending=self._query.descending) != self._query:
            # A choice that may not be in the list any more would be decided unseen.
            self.model.choose_none()
        self._query = query
        self._show_further()
        self.reload()

    def _fill_filter_menu(self) -> None:
        menu = self.filter_menu
        menu.clear()
        menu.addAction(say("works", "By words…"), self.find_in_page)
        by_programme = menu.addMenu(say("works", "Reported in a programme"))
        for programme, name in self._programmes:
            by_programme.addAction(name).setData(programme)
        by_programme.setEnabled(bool(self._programmes))
        by_programme.triggered.connect(self._choose_programme)
        missing = menu.addAction(say("works", "Code is missing"))
        missing.setCheckable(True)
        missing.setChecked(self._query.missing_identifier)
        missing.toggled.connect(self._choose_missing)
        order = menu.addMenu(say("works", "Order by"))
        for sort, said in _sort_words().items():
            action = order.addAction(said)
            action.setData(sort)
            action.setCheckable(True)
            action.setChecked(sort is self._query.sort)
        order.triggered.connect(self._choose_order)
        menu.addSeparator()
        menu.addAction(say("works", "Clear filters"), self.clear_filters).setEnabled(self._is_filtered)

    def _choose_programme(self, action: QAction) -> None:
        self._filter_by(replace(self._query, programme=ProgrammeId(action.data())))

    def _choose_missing(self, on: bool) -> None:
        self._filter_by(replace(self._query, missing_identifier=on))

    def _choose_order(self, action: QAction) -> None:
        sort = action.data()
        downwards = sort in (WorkSort.EARNED, WorkSort.CHANGED, WorkSort.YEAR)
        self._filter_by(replace(self._query, sort=sort, descending=downwards))

    def _show_further(self) -> None:
        """The filters that are no button of their own, each to be taken away again."""
        for pill in self._further:
            self.filters.removeWidget(pill)
            pill.deleteLater()
        self._further = []
        if self._query.programme is not None:
            named = dict(self._programmes).get(self._query.programme, "")
            self._add_further(say("works", "Programme: {name}", name=named), self._drop_programme)
        if self._query.release is not None:
            self._add_further(say("works", "One release"), self._drop_release)
        if self._query.only is not None:
            self._add_further(say("works", "In the model {name}", name=self._model_name), self._drop_model)
        if self._query.missing_identifier:
            self._add_further(say("works", "Code is missing"), self._drop_missing)

    def _add_further(self, said: str, drop: object) -> None:
        pill = RemovablePill(self.desk.theme, said)
        pill.removed.connect(drop)
        self.add_filter(pill)
        self._further.append(pill)

    def _drop_programme(self) -> None:
        self._filter_by(replace(self._query, programme=None))

    def _drop_release(self) -> None:
        self._filter_by(replace(self._query, release=None))

    def _drop_model(self) -> None:
        self._filter_by(replace(self._query, only=None))

    def _drop_missing(self) -> None:
        self._filter_by(replace(self._query, missing_identifier=False))

    def find_in_page(self) -> None:
        self.search.show()
        self.search.setFocus()

    # Details

    def open_item(self, item: str) -> None:
        work = part_of(item, "work")
        release = part_of(item, "release")
        chosen = part_of(item, "filter")
        model = part_of(item, "model")
        if model:
            self._ask_for_model(ModelVersionId(model))
        elif work:
            self._to_select = WorkId(work)
            self._select_wanted()
            self._show_work(WorkId(work))
        elif release:
            self._filter_by(replace(self._query, release=ReleaseId(release)))
        elif chosen:
            self.pills.set_current(WorkFilter(chosen))
            self._choose_filter(WorkFilter(chosen))
        elif item:
            self.desk.sheet_wished.emit(item)

    def _ask_for_model(self, model: ModelVersionId) -> None:
        find = later.works_in_model()
        self.desk.ask(self, "model", lambda console: find(console, model), self._show_model)

    def _show_model(self, found: ModelWorks) -> None:
        """The works in one model, until the chip is taken away."""
        self._model_name = found.name or say("works", "that is not known here")
        self.pills.set_current(WorkFilter.ALL)
        plain = WorksQuery(sort=self._query.sort, descending=self._query.descending, limit=BLOCK)
        self._filter_by(replace(plain, only=found.works))

    def main_stop(self) -> QWidget | None:
        return self.table

    def enter(self) -> None:
        if self._open_work is not None:
            self.desk.show_details(self.details)

    def _select_wanted(self) -> None:
        if self._to_select is None:
            return
        row = self.model.row_of(self._to_select)
        if row is not None:
            self._to_select = None
            self.table.setCurrentIndex(self.model.index(row, WorksColumn.WORK))

    def _open_index(self, index: QModelIndex) -> None:
        summary = index.data(ROW_ROLE)
        if isinstance(summary, WorkSummary):
            self._show_work(summary.work)

    def _press(self, index: QModelIndex) -> None:
        """A press on a row shows its details where there is room beside the table."""
        if index.column() in (WorksColumn.CHOOSE, WorksColumn.PERMISSION):
            return
        if self.window().width() >= _ROOM_FOR_DETAILS:
            self._open_index(index)

    def _follow_current(self, index: QModelIndex) -> None:
        if self._shows_details:
            self._open_index(index)

    @property
    def details(self) -> WorkDetailsPanel:
        """The pane of one work, made when a work is first looked at."""
        if self._details is None:
            self._details = later.work_details()(self.desk)
            self._details.stance_wished.connect(self.wish)
            self._details.closed.connect(self._forget_details)
            self._details.hide()
        return self._details

    @property
    def _shows_details(self) -> bool:
        return self._details is not None and self._details.isVisible()

    def _show_evidence(self) -> None:
        self.details.show_evidence()

    def _show_work(self, work: WorkId) -> None:
        self._open_work = work
        self.details.show_work(work, self.artist)
        self.desk.show_details(self.details)
        self.desk.item_opened.emit(self.key, f"work/{work}")

    def _forget_details(self) -> None:
        if self._open_work is not None:
            self._open_work = None
            self.desk.show_details(None)
            self.desk.item_opened.emit(self.key, "")

    # Deciding

    def wish(self, summary: WorkSummary, stance: Stance) -> None:
        """An answer for all uses of one work: a no is recorded at once, a yes goes through the review."""
        self._wish_for((summary,), stance)

    def _wish_in_row(self, index: QModelIndex, stance: Stance) -> None:
        summary = index.data(ROW_ROLE)
        if isinstance(summary, WorkSummary):
            self.wish(summary, stance)

    def _wish_for(self, summaries: Sequence[WorkSummary], stance: Stance) -> None:
        if stance is Stance.ALLOW:
            self.desk.allow_what_is_asked([(summary.artist, summary.work) for summary in summaries])
        else:
            self.desk.decide([wide_wish(summary, stance) for summary in summaries])

    def change_decision(self) -> None:
        """Ctrl+D: change the answer of the chosen works. It never chooses one by itself."""
        if self.model.chosen:
            self.bulk.focus_control()
        elif self.model.total:
            self.desk.say(
                say("works", "Choose one or more works first: tick their boxes, or press Space on a row.")
            )
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _change_this(self) -> None:
        """From the menu of a row: that row is chosen."""
        self.model.choose([self.table.currentIndex().row()], True)
        self.bulk.focus_control()

    def _after_deciding(self, decisions: Sequence[Decision]) -> None:
        """What has its answer is not waiting for one any more."""
        registers = [decision.register for decision in decisions]
        self.model.let_go({(r.artist, WorkId(r.subject.id)) for r in registers})

    def _choose_all(self, on: bool) -> None:
        if on:
            self._choose_every_work()
        else:
            self.model.choose_none()

    def _choose_every_work(self) -> None:
        """All works of the query, not only those whose rows are here."""
        query = self._query
        self.desk.ask(
            self,
            "all",
            lambda console: (query, works_commands.find_every_work(console, query)),
            self._take_every_work,
        )

    def _take_every_work(self, found: tuple[WorksQuery, tuple[WorkSummary, ...]]) -> None:
        query, works = found
        if query == self._query:  # else the list is another one by now
            self.model.choose_all(works)

    def _show_chosen(self) -> None:
        chosen = self.model.chosen
        self.table.set_check_state(_tick_of(len(chosen), self.model.total))
        if not chosen:
            self.bar(None)
            return
        stances = {summary.own for summary in chosen}
        self.bulk.show_chosen(
            say_count("works", "1 work chosen", "{n} works chosen", len(chosen)), stances, len(chosen)
        )
        self.bar(self.bulk)

    def _write_about_chosen(self) -> None:
        """A letter that names the chosen works, from each of their artists."""
        self._write_about(self.model.chosen)

    def _write_about_this(self) -> None:
        current = self._current()
        if current is not None:
            self._write_about((current,))

    def _write_about(self, chosen: Sequence[WorkSummary]) -> None:
        artists = tuple(dict.fromkeys(summary.artist for summary in chosen))
        works = tuple(dict.fromkeys(summary.work for summary in chosen))
        start = later.letter_start()(artists=artists, works=works)
        later.new_letter()(self.desk, self.window(), start).open()

    def _review_chosen(self, stance: Stance) -> None:
        self._wish_for(self.model.chosen, stance)

    # The rest

    def _show_context_menu(self, index: QModelIndex, at: QPoint) -> None:
        summary = index.data(ROW_ROLE)
        if not isinstance(summary, WorkSummary):
            return
        self.table.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("works", "Open details"), self._open_current)
        menu.addAction(say("works", "Change decision…"), self._change_this)
        menu.addAction(say("works", "Where this work leads…"), self._follow_work)
        menu.addAction(say("works", "Timeline of this work…"), self._show_timeline)
        menu.addAction(say("works", "Write about this…"), self._write_about_this)
        if summary.identifier:
            menu.addAction(say("works", "Copy code"), self._copy_code)
        menu.addAction(self.link_action)
        menu.popup(at)

    def _current(self) -> WorkSummary | None:
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, WorkSummary) else None

    def _open_current(self) -> None:
        self._open_index(self.table.currentIndex())

    def _copy_code(self) -> None:
        summary = self._current()
        if summary is not None:
            QApplication.clipboard().setText(summary.identifier)
            self.desk.say(say("works", "Copied {code}.", code=summary.identifier))

    def _follow_work(self) -> None:
        self._open_sheet("lineage")

    def _show_timeline(self) -> None:
        self._open_sheet("timeline")

    def _open_sheet(self, kind: str) -> None:
        summary = self._current()
        if summary is not None:
            self.desk.sheet_wished.emit(f"{kind}/{summary.work}")
        else:
            self.desk.say(say("works", "Choose a work first: press it, or walk to it with the arrows."))

    def _copy_link(self) -> None:
        summary = self._current()
        if summary is not None:
            QApplication.clipboard().setText(Place("works", f"work/{summary.work}").link)
            self.desk.say(say("works", "Copied the link to {title}.", title=work_title(summary)))

    def _keep_table(self) -> None:
        self.desk.keep("works.table", self.table.layout_state())

    def _create_report(self) -> None:
        self.desk.go(Place("reports", f"create/{self.artist or ''}"))

    def _import_any(self) -> None:
        """A catalogue, a list or a statement: which it is, is asked with the file."""
        self.desk.import_wished.emit(None)

    def _import(self) -> None:
        self.desk.import_wished.emit(None)


def _tick_of(chosen: int, total: int) -> Qt.CheckState:
    if chosen == 0:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if chosen >= total else Qt.CheckState.PartiallyChecked


def wide_wish(summary: WorkSummary, stance: Stance) -> Wish:
    """A no, or taking it back, for all programmes and uses of a work."""
    return Wish(summary.artist, Subject(SubjectKind.WORK, summary.work), None, ANY_USE, stance)


def _sort_words() -> dict[WorkSort, str]:
    return {
        WorkSort.TITLE: say("works", "Title"),
        WorkSort.RELEASE: say("works", "Release"),
        WorkSort.ARTIST: say("works", "Artist"),
        WorkSort.YEAR: say("works", "Year"),
        WorkSort.WHERE: say("works", "Where it is"),
        WorkSort.PERMISSION: say("works", "Permission"),
        WorkSort.EARNED: say("works", "Earned"),
        WorkSort.CHANGED: say("works", "Changed"),
    }
