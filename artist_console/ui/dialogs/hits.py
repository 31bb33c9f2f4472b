""" "Are these yours?": rows of public lists that may be works of one's own, and an answer to each.

The answers stay in this profile. An answered row keeps its place, so that it can be looked at and taken back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from artist_console.commands import hits as hits_commands
from artist_console.commands.console import Console
from artist_console.commands.hits import HitGroup, HitsAnswered
from artist_console.domain.ids import ArtistId, DatasetVersionId, WorkId
from artist_console.domain.match_answers import Verdict
from artist_console.domain.problems import Problem
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.looks import band_chip, verdict_chip
from artist_console.ui.meanings import problem_words
from artist_console.ui.tables.hits_models import HitRowsModel, HitWorksModel, ListedHit, hits_of
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import FlowLayout, column, row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack

_MINE, _NOT_MINE = "M", "N"


class HitsDialog(Sheet):
    """Works on one side, the rows of the chosen one on the other, the answer below."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        *,
        artist: ArtistId | None = None,
        work: WorkId | None = None,
        dataset: DatasetVersionId | None = None,
    ) -> None:
        super().__init__(
            desk.theme, "hits", say("hits", "Are these yours?"), 1240, 740, parent, scrolls=False
        )
        self._desk = desk
        self._artist, self._work, self._dataset = artist, work, dataset
        self._groups: tuple[HitGroup, ...] = ()
        self._build_tables()
        self._build_answer()
        self.inside.setContentsMargins(24, 4, 24, 14)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        self.states.show_loading(say("hits", "Reading the rows"))
        self._ask(self._show_first)

    # Building

    def _build_tables(self) -> None:
        theme, figures = self._desk.theme, self._desk.figures
        self.pills = PillGroup(theme, say("hits", "Which rows"))
        self.pills.set_pills([(True, say("hits", "To answer"), None), (False, say("hits", "All"), None)])
        self.pills.chosen.connect(self._narrow)
        self.inside.addWidget(self.pills)
        self.works = HitWorksModel(figures, self)
        self.works_table = DataTable(theme, say("hits", "Works with rows in public lists"))
        self.works_table.setModel(self.works)
        self.works_table.set_columns(
            [
                Column("work", 200, 190, stretch=True, sortable=False),
                Column("best", 190, 120, gives_way=1, sortable=False),
                Column("open", 86, 70, end=True, sortable=False),
            ]
        )
        self.works_table.current_changed.connect(self._show_rows_of)
        self.works_table.opened.connect(self._go_to_rows)
        self.rows = HitRowsModel(figures, self)
        self.rows_table = DataTable(theme, say("hits", "Rows of the chosen work"))
        self.rows_table.setModel(self.rows)
        self.rows_table.set_columns(
            [
                Column("row", 190, 150, stretch=True, sortable=False),
                Column("list", 140, 90, gives_way=2, sortable=False),
                Column("match", 186, 110, gives_way=1, sortable=False),
                Column("answer", 156, 120, sortable=False),
            ]
        )
        self.rows_table.letters = frozenset({_MINE, _NOT_MINE})
        self.rows_table.key_pressed.connect(self._answer_by_letter)
        self.rows_table.current_changed.connect(self._show_answer)
        self.rows_table.opened.connect(self._go_to_answer)
        tables = QWidget()
        beside = row(gap=16)
        beside.addWidget(self.works_table, 3)
        beside.addWidget(self.rows_table, 4)
        tables.setLayout(beside)
        self.states = StateStack(theme, tables)
        self.states.retry.connect(self._retry)
        self.inside.addWidget(self.states, 1)

    def _build_answer(self) -> None:
        """What is known of the current row, and the answers."""
        theme = self._desk.theme
        self.card = Card(theme, strong=True, padding=14)
        self.delivered = label("", weight="strong", wrap=True, selectable=True)
        self.yours = label("", tone=Token.TEXT_2, wrap=True)
        self.about = label("", TextRole.BODY, Token.TEXT_2, wrap=True, selectable=True)
        self._band, self._verdict = Chip(theme), Chip(theme)
        self.mine = Button(theme, say("hits", "This is mine"), icon=Icon.CHECK)
        self.mine.clicked.connect(self._say_mine)
        self.not_mine = Button(theme, say("hits", "Not mine"), icon=Icon.CROSS)
        self.not_mine.clicked.connect(self._say_not_mine)
        self.all_alike = Button(theme, say("hits", "Not mine, and all alike"), icon=Icon.CROSS)
        self.all_alike.clicked.connect(self._say_all_alike)
        self.take_back = Button(theme, say("hits", "Take back"), icon=Icon.UNDO)
        self.take_back.clicked.connect(self._take_back)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self._answers = (self.mine, self.not_mine, self.all_alike, self.take_back)
        self._pressed: Button | None = None  # what answered last
        for button in self._answers:
            flow.addWidget(button)
        compared = row(gap=10)
        compared.addLayout(column(self.delivered, self.yours, gap=2), 1)
        chips = row(self._band, self._verdict, gap=6)
        compared.addLayout(chips)
        compared.setAlignment(chips, Qt.AlignmentFlag.AlignTop)
        self.card.body.setSpacing(10)
        self.card.body.addLayout(column(compared, self.about, gap=4))
        self.card.add(buttons)
        self.card.hide()
        self.inside.addWidget(self.card)

    # Loading

    def _ask(self, then: Callable[[tuple[HitGroup, ...]], None]) -> None:
        artist, work, dataset = self._artist, self._work, self._dataset

        def find(console: Console) -> tuple[HitGroup, ...]:
            return hits_commands.list_hits(console, artist, work, dataset)

        self._desk.ask(self, "hits", find, then, self._failed)

    def _retry(self) -> None:
        self._ask(self._show_first)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show_first(self, groups: tuple[HitGroup, ...]) -> None:
        self._groups = groups
        open_rows = sum(group.open for group in groups)
        # One list or work that was asked for is shown with what was answered already.
        to_answer = bool(open_rows)
        self.pills.set_current(to_answer)
        self._narrow(to_answer)
        if groups:
            (self.rows_table if len(self.works.rows) == 1 else self.works_table).setFocus()

    def _narrow(self, to_answer: object) -> None:
        shown = tuple(group for group in self._groups if group.open or not to_answer)
        self.works.show_rows(shown)
        self._show_counts()
        if shown:
            self.states.show_content()
            self.works_table.setCurrentIndex(self.works.index(0, 0))
        elif self._groups:
            self.rows.show_rows(())
            self.states.show_empty(
                say("hits", "Every row has its answer"),
                say("hits", "New rows are asked about when a list or a work comes in."),
            )
        else:
            self.rows.show_rows(())
            self.states.show_empty(
                say("hits", "No row of a public list looks like a work of yours"),
                say(
                    "hits",
                    "Import a list that a dataset is made from, and its rows are compared with your works. "
                    "That no list names a work does not show that nobody uses it.",
                ),
            )
        self.card.setVisible(bool(shown))

    def _show_counts(self) -> None:
        open_rows = sum(group.open for group in self._groups)
        rows = sum(len(hits_of(group)) for group in self._groups)
        self.pills.set_counts({True: open_rows, False: rows})
        words = say(
            "hits",
            "Rows of public lists that may mean works of yours. Being listed does not show that a model was "
            "trained on it.",
        )
        self.set_heading(self.windowTitle(), words if rows else "")

    def _show_rows_of(self, index: QModelIndex) -> None:
        group = index.data(ROW_ROLE)
        if isinstance(group, HitGroup):
            self.rows.show_rows(hits_of(group))
            first = self.rows.next_open(-1)
            self.rows_table.setCurrentIndex(self.rows.index(first or 0, 0))
            self._show_answer(self.rows_table.currentIndex())

    # The current row

    @property
    def _current(self) -> ListedHit | None:
        found = self.rows_table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, ListedHit) else None

    def _show_answer(self, _index: QModelIndex) -> None:
        listed = self._current
        self.card.setVisible(listed is not None)
        if listed is None:
            return
        hit = listed.hit
        self.delivered.setText(
            say(
                "hits",
                "As the list has it: {words}",
                words=_named(hit.row.artist, hit.row.title, hit.row.identifier),
            )
        )
        group = self.works_table.currentIndex().data(ROW_ROLE)
        if isinstance(group, HitGroup):
            yours = _named(group.work_artist, group.work_title, group.work_identifier)
            self.yours.setText(say("hits", "Your work: {words}", words=yours))
        self.about.setText(self._about(listed))
        self._band.show_value(band_chip(hit.row.band))
        self._verdict.setVisible(hit.verdict is not None)
        if hit.verdict is not None:
            self._verdict.show_value(verdict_chip(hit.verdict))
        answered = hit.verdict is not None
        self.mine.setVisible(hit.verdict is not Verdict.CONFIRMED)
        self.not_mine.setVisible(hit.verdict is not Verdict.REFUSED)
        self.all_alike.setVisible(not (hit.verdict is Verdict.REFUSED and hit.everywhere))
        self.take_back.setVisible(answered)

    def _about(self, listed: ListedHit) -> str:
        hit = listed.hit
        parts = [hit.words.rstrip(".") + "." if hit.words else ""]
        if hit.row_number is not None:
            number = isolate(self._desk.figures.number(hit.row_number))
            parts.append(say("hits", "Row {n} of {list}.", n=number, list=isolate(listed.list_name)))
        if hit.row.url:
            parts.append(hit.row.url)
        if hit.verdict is not None and hit.everywhere:
            parts.append(say("hits", "Your answer counts for rows like this in every list, later ones too."))
        return " ".join(part for part in parts if part)

    # Answering

    def _answer_by_letter(self, letter: str) -> None:
        if letter == _MINE:
            self._say_mine()
        else:
            self._say_not_mine()

    def _say_mine(self) -> None:
        self._answer(Verdict.CONFIRMED)

    def _say_not_mine(self) -> None:
        self._answer(Verdict.REFUSED)

    def _say_all_alike(self) -> None:
        self._answer(Verdict.REFUSED, alike=True)

    def _take_back(self) -> None:
        listed = self._current
        self._answer(None, alike=listed is not None and listed.hit.everywhere)

    def _answer(self, verdict: Verdict | None, *, alike: bool = False) -> None:
        listed = self._current
        if listed is None or (listed.hit.verdict is verdict and not alike):
            return
        statement = listed.hit.statement
        self._pressed = next((button for button in self._answers if button.hasFocus()), None)
        self._desk.act(
            self,
            lambda console: hits_commands.answer_hits(console, (statement,), verdict, alike),
            self._answered if verdict is not None else self._taken_back,
            self._not_answered,
        )

    def _answered(self, done: HitsAnswered) -> None:
        self._tell(done)
        self._ask(self._show_again_and_go_on)

    def _taken_back(self, done: HitsAnswered) -> None:
        self._tell(done)
        self._ask(self._show_again)

    def _tell(self, done: HitsAnswered) -> None:
        self.show_problem("")
        self.lead.setAccessibleDescription(done.words)

    def _not_answered(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))

    def _show_again(self, groups: tuple[HitGroup, ...]) -> None:
        self._take_groups(groups)
        self._hold_focus()

    def _take_groups(self, groups: tuple[HitGroup, ...]) -> None:
        self._groups = groups
        self.works.take(groups)
        self._show_counts()
        group = self.works_table.currentIndex().data(ROW_ROLE)
        if isinstance(group, HitGroup):
            self.rows.take(hits_of(group))
            self._show_answer(self.rows_table.currentIndex())

    def _show_again_and_go_on(self, groups: tuple[HitGroup, ...]) -> None:
        """The next row without an answer is next, in this work or in one below."""
        self._take_groups(groups)
        following = self.rows.next_open(self.rows_table.currentIndex().row())
        if following is not None:
            self.rows_table.setCurrentIndex(self.rows.index(following, 0))
        else:
            here = self.works_table.currentIndex().row()
            below = (n for n in range(here + 1, len(self.works.rows)) if self.works.rows[n].open)
            next_work = next(below, None)
            if next_work is not None:
                self.works_table.setCurrentIndex(self.works.index(next_work, 0))
        self._hold_focus()

    def _hold_focus(self) -> None:
        """The button that was pressed may have given way to another one: the rows have the keyboard then."""
        if self._pressed is not None and self._pressed.isHidden():
            self.rows_table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._pressed = None

    # Keys

    def _go_to_rows(self, _index: QModelIndex) -> None:
        self.rows_table.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_answer(self, _index: QModelIndex) -> None:
        first = self.mine if not self.mine.isHidden() else self.not_mine
        first.setFocus(Qt.FocusReason.TabFocusReason)


def _named(artist: str, title: str, code: str = "") -> str:
    by = " – ".join(isolate(part) for part in (artist, title) if part)
    return " · ".join(part for part in (by, isolate(code)) if part)
