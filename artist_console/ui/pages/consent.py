"""The consent matrix: what is allowed and refused, for all music, a release, a work; by use or programme."""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from artist_console.commands import cells as cells_commands
from artist_console.commands.cells import Target
from artist_console.commands.matrix import MatrixRowKind, MatrixView
from artist_console.commands.new_terms import terms_to_answer
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, TermsId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.problems import Problem
from artist_console.domain.registers import (
    Stance,
)
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.ui import later
from artist_console.ui.delegates.matrix_table import MatrixTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.answers import answer_dialog
from artist_console.ui.dialogs.conflict import ConflictDialog
from artist_console.ui.dialogs.consensus import ConsensusDialog
from artist_console.ui.dialogs.history import HistoryDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.letter_start import about_programme
from artist_console.ui.meanings import domain_words
from artist_console.ui.pages.consent_answers import ConsentAnswers
from artist_console.ui.pages.consent_bar import ConsentBar
from artist_console.ui.pages.consent_drafts import DraftBook
from artist_console.ui.pages.consent_following import LOOKED_AT, ConsentFollowing
from artist_console.ui.pages.consent_head import ConsentHead
from artist_console.ui.pages.consent_legend import ConsentLegend
from artist_console.ui.pages.consent_loading import Loaded, More, load, load_more
from artist_console.ui.pages.consent_places import MatrixPlaces, Place, register_at
from artist_console.ui.pages.consent_questions import ConsentQuestions
from artist_console.ui.pages.consent_targets import spot_of
from artist_console.ui.pages.screen import Screen
from artist_console.ui.pages.without_yes import WithoutYesPage
from artist_console.ui.tables.matrix_model import MatrixModel
from artist_console.ui.text import say
from artist_console.ui.widgets.page import MARGIN
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack

_KEPT_VIEW = "consent.view"
# Lower than this, rows are worth more than a line of buttons and a subtitle.
_LOW = 640
_WITHOUT_YES = "without_yes"
_LITTLE = 12_000  # cells


class ConsentScreen(Screen):
    """Matrix, bar and dialogs. One no is recorded at once; a yes and several answers wait for the review."""

    key = "consent"
    shows = (
        Changes.CONSENT
        | Changes.JOURNAL
        | Changes.PROGRAMMES
        | Changes.WORKS
        | Changes.ARTISTS
        | Changes.INCLUSIONS
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._view = MatrixView.BY_USE
        self._opened: dict[ArtistId | None, frozenset[str]] = {}
        self._wanted: tuple[str, str] | None = None
        self.set_subtitle(
            say(
                "consent",
                "Decide how AI programmes may use your music. A refusal on a release covers its works; a yes"
                " is given work by work.",
            )
        )
        self.drafts = DraftBook(desk, self)
        self.drafts.changed.connect(self._show_draft_count)
        self._build_head()
        self._build_content()
        self._build_actions()
        self._restore_view()
        # The button that opened the review has nothing left to do and would lose the keyboard.
        self.drafts.reviewed.connect(self.focus_first)

    # Building

    def _build_head(self) -> None:
        theme = self.desk.theme
        self.head = ConsentHead(self.desk, self.drafts, self)
        self.head.history.clicked.connect(self.show_history)
        for button in self.head.buttons:
            self.add_action(button)
        self.pills = PillGroup(theme, say("consent", "Columns"))
        self.pills.set_pills(
            [
                (MatrixView.BY_USE, say("consent", "By kind of use"), None),
                (MatrixView.BY_PROGRAMME, say("consent", "By programme"), None),
                (_WITHOUT_YES, say("consent", "Not your own yes"), None),
            ]
        )
        self.pills.chosen.connect(self._choose_view)
        self.add_filter(self.pills)
        self.questions = ConsentQuestions(theme, self)
        self.questions.opened.connect(self._open_question)
        self.questions.emptied.connect(self.focus_first)
        self.add_filter(self.questions.button)
        self.legend = ConsentLegend(theme)
        self.filter_end(self.legend)
        self._show_draft_count()

    def _build_content(self) -> None:
        theme = self.desk.theme
        self.model = MatrixModel(self)
        self.table = MatrixTable(theme, say("consent", "Consent matrix"))
        self.table.setModel(self.model)
        self.table.expand_wished.connect(self._toggle_row)
        self.table.column_open_wished.connect(self._toggle_column)
        self.table.opened.connect(self._open_index)
        self.table.left.connect(self._choose_nothing)
        self.table.context_wished.connect(self._show_context_menu)
        self.table.verticalScrollBar().valueChanged.connect(self._ask_more)
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(MARGIN, 4, MARGIN, 0)
        lines.setSpacing(8)
        lines.addWidget(self.questions.line)
        lines.addWidget(self.table, 1)
        self.states = StateStack(theme, content)
        self.states.retry.connect(self.reload)
        self.place_bar = ConsentBar(theme)
        self.place_bar.why_wished.connect(self.show_why)
        self.place_bar.board_wished.connect(self.show_board)
        self.place_bar.tell_wished.connect(self.tell_them)
        self.place_bar.clear_wished.connect(self._choose_nothing)
        self.place_bar.hide()
        self.chosen = MatrixPlaces(self.model, self.table)
        self.answers = ConsentAnswers(self.desk, self.chosen, self.place_bar, self.drafts, self)
        self.table.key_pressed.connect(self.answers.press_key)
        self.following = ConsentFollowing(
            self.desk, self.model, self.table, self.chosen, self.place_bar, self.drafts, self
        )
        self.following.rested.connect(self._ask_more)
        # Uses that others licensed or claim: a list of its own in the place of the matrix.
        self.without_yes = WithoutYesPage(self.desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.states)
        self.stack.addWidget(self.without_yes)
        self.set_content(self.stack, margins=False)

    def _build_actions(self) -> None:
        self._action(say("consent", "Review changes…"), self.drafts.review)
        self._action(say("consent", "History of decisions"), self.show_history)
        self._action(say("consent", "Why is it so?"), self.show_why)
        self._action(say("consent", "Who has to agree?"), self.show_board)
        self._action(say("consent", "Answers that met another one…"), self.show_conflicts)

    def _action(self, words: str, do: object) -> None:
        action = QAction(words, self)
        action.triggered.connect(do)
        self.addAction(action)

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self.artist:
            self.model.choose_none()
        super().show_scope(artist)

    def reload(self) -> None:
        if self._lists_others:
            self.without_yes.show_artist(self.artist)
        artist, view = self.artist, self._view
        opened, in_sight = self._opened.get(artist), self._rows_in_sight()
        if self.model.frame is None:
            self.states.show_loading(say("consent", "Reading your answers"))
        self.desk.ask(
            self,
            "matrix",
            lambda console: load(console, artist, view, opened, in_sight),
            self._show_loaded,
            self._show_problem,
        )

    def _show_problem(self, problem: Problem) -> None:
        self.bar(None)
        self.states.show_error(problem)

    def _show_loaded(self, loaded: Loaded) -> None:
        frame = loaded.frame
        if frame.artist != self.artist:
            return
        self._opened[frame.artist] = loaded.opened
        self.drafts.show_kept(loaded.drafts)
        self.head.show_undo(loaded.undo, loaded.redo)
        self._measure_actions()
        self.questions.show_items(loaded.questions)
        self._fit_height()
        if len(frame.rows) <= 1 and not any(row.has_children for row in frame.rows):
            self.bar(None)
            self.states.show_empty(
                say("consent", "No works yet"),
                say("consent", "Your music will be here once a catalogue has been imported."),
            )
            return
        kept = self._wanted or self._current_keys()
        self._wanted = None
        self.model.show_frame(frame, loaded.opened, loaded.cells, loaded.marks)
        self.table.show_columns([column.key for column in frame.columns])
        self.states.show_content()
        self.bar(None if self._lists_others else self.place_bar)
        self._go_to(*kept)
        self.following.follow()
        self.pass_focus_on()
        self._ask_more()

    def _ask_more(self) -> None:
        """Have the cells in sight worked out, piece by piece, so that a decision never waits for it.

        What is out of sight follows where it is little; of thousands of rows it waits until it is looked at.
        """
        frame = self.model.frame
        if frame is None:
            return
        wanted = self.model.unknown(self._rows_in_sight())
        if not wanted:
            little = len(frame.rows) * len(frame.columns) <= _LITTLE
            rows = frame.rows if little else self.model.chosen[:LOOKED_AT]
            wanted = self.model.unknown(row.key for row in rows)
        if wanted:
            self.desk.ask(self, "more", lambda console: load_more(console, frame, wanted), self._show_more)

    def _show_more(self, more: More) -> None:
        if more.frame is self.model.frame:
            self.model.add_cells(more.cells)
            self._ask_more()
            if any(row.key in {key for key, _ in more.cells} for row, _ in self.places()[:LOOKED_AT]):
                self.following.follow()

    def _rows_in_sight(self) -> tuple[str, ...]:
        frame, table = self.model.frame, self.table
        if frame is None:
            return ()
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        if first < 0:
            return ()
        return tuple(row.key for row in frame.rows[first : (last if last >= 0 else len(frame.rows)) + 1])

    def _current_keys(self) -> tuple[str, str]:
        index = self.table.currentIndex()
        row, column = self.model.row_at(index), self.model.column_at(index)
        return (row.key if row else "", column.key if column else "")

    def _go_to(self, row: str, column: str) -> None:
        """Make a cell current; the first one where it is not there any more."""
        index = self.model.place_of(row, column)
        if not index.isValid():
            index = self.model.place_of(row, "")
        if not index.isValid():
            index = self.model.index(0, 1 if self.model.columnCount() > 1 else 0)
        if index != self.table.currentIndex() and index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.table.selectionModel().setCurrentIndex(index, flag)
            self.table.scrollTo(index)

    # Questions

    def _fit_height(self) -> None:
        low = self.height() < _LOW
        self.questions.fit(low=low)
        self._subtitle.setVisible(not low)
        room = self.width() - self.pills.sizeHint().width() - self.questions.room() - 80
        self.legend.fit(0 if self._lists_others else room)

    def _open_question(self, item: WaitingItem) -> None:
        match item.kind:
            case WaitingKind.CONFLICT:
                self.show_conflicts()
            case WaitingKind.NEW_TERMS:
                self.show_new_terms(item.artist, TermsId(item.target))
            case WaitingKind.PROPOSAL:
                self.open_item(f"proposal/{item.target}")
            case WaitingKind.EXPIRING:
                self.open_item(f"ending/{item.target}")
            case WaitingKind.UNAUTHORISED:
                self.open_item(f"unauthorised/{item.target}")
            case _:
                self.open_item(f"request/{item.target}")

    # Opening rows and columns

    def _toggle(self, key: str) -> None:
        self.open_keys(self._opened.get(self.artist, frozenset()) ^ {key})

    def open_keys(self, keys: frozenset[str]) -> None:
        """Have these rows and families open, and no others."""
        self._opened[self.artist] = keys
        self.reload()

    def _toggle_row(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None and row.has_children:
            self._toggle(row.key)

    def _toggle_column(self, section: int) -> None:
        column = self.model.column_at(self.model.index(0, section))
        if column is not None and column.family is not None:
            self._toggle(column.key)

    def _open_index(self, index: QModelIndex) -> None:
        """Enter: a row opens and closes, a cell takes the keyboard to its answer."""
        row = self.model.row_at(index)
        if index.column() == 0 and row is not None and row.has_children:
            self._toggle(row.key)
        elif self._asks_about_terms(index):
            self.read_new_terms()
        else:
            self.place_bar.focus_control()

    def _asks_about_terms(self, index: QModelIndex) -> bool:
        row, column = self.model.row_at(index), self.model.column_at(index)
        found = self.model.cell_of(row, column) if row is not None and column is not None else None
        return found is not None and found.outcome is PermissionOutcome.TERMS_CHANGED

    def read_new_terms(self) -> None:
        """Read the new terms of the current cell, and answer them."""
        places = self.places()
        if len(places) == 1:
            register = register_at(places[0])
            self.desk.ask(
                self,
                "new-terms",
                lambda console: terms_to_answer(console, register),
                lambda found: self.show_new_terms(register.artist, found[0]) if found else self.show_why(),
            )

    @property
    def _lists_others(self) -> bool:
        """Whether the list of uses without the artist's yes is shown in place of the matrix."""
        return self.stack.currentWidget() is self.without_yes

    def _choose_view(self, view: object) -> None:
        lists = view == _WITHOUT_YES
        self.stack.setCurrentWidget(self.without_yes if lists else self.states)
        self._fit_height()
        self.bar(None if lists or self.states.shown is not self.states.content else self.place_bar)
        if isinstance(view, MatrixView):
            self._view = view
            self.desk.keep(_KEPT_VIEW, json.dumps({"view": view.value}))
        self.reload()

    def _restore_view(self) -> None:
        try:
            kept = json.loads(self.desk.kept(_KEPT_VIEW) or "{}")
            self._view = MatrixView(kept.get("view", MatrixView.BY_USE.value))
        except (ValueError, AttributeError):
            self._view = MatrixView.BY_USE
        self.pills.set_current(self._view)

    # The current place

    def places(self) -> tuple[Place, ...]:
        """What an answer would be about."""
        return self.chosen.chosen()

    def _choose_nothing(self) -> None:
        self.model.choose_none()
        current = self.table.currentIndex()
        if current.isValid():
            self.table.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.following.follow()

    def _show_draft_count(self) -> None:
        self.head.show_drafts()
        self._measure_actions()

    # Dialogs

    def show_history(self) -> None:
        HistoryDialog(self.desk, self.artist, self.window()).open()

    def show_conflicts(self) -> None:
        ConflictDialog(self.desk, self.artist, self.window()).open()

    def show_new_terms(self, artist: ArtistId, terms: TermsId) -> None:
        NewTermsDialog(self.desk, artist, terms, self.window()).open()

    def show_board(self) -> None:
        """Who has to agree to a use of the current work."""
        places = self.places()
        if len(places) != 1 or places[0][0].kind is not MatrixRowKind.WORK:
            return
        row, column = places[0]
        ConsensusDialog(
            self.desk,
            row.artist,
            WorkId(row.id),
            self.window(),
            column.programme if column is not None else None,
            column.use if column is not None else None,
        ).open()

    def show_why(self) -> None:
        places = self.places()
        if len(places) == 1:
            WhyDialog(self.desk, register_at(places[0]), self.place_bar.title.text(), self.window()).open()

    def tell_them(self) -> None:
        """A letter to whoever runs the programme: an answer that is recorded here is told to nobody."""
        places = self.places()
        if len(places) == 1:
            row, column = places[0]
            programme = column.programme if column is not None else None
            start = about_programme(row.artist, programme)
            later.new_letter()(self.desk, self.window(), start).open()

    def _show_context_menu(self, index: QModelIndex, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("consent", "Refuse"), partial(self.answers.answer, Stance.REFUSE))
        menu.addAction(say("consent", "Follow the level above"), partial(self.answers.answer, Stance.CLEAR))
        menu.addAction(say("consent", "Allow…"), partial(self.answers.answer, Stance.ALLOW))
        menu.addSeparator()
        if self._asks_about_terms(index):
            menu.addAction(say("consent", "Read the new terms and answer…"), self.read_new_terms)
        menu.addAction(say("consent", "Why is it so?"), self.show_why)
        if len(self.places()) == 1 and self.places()[0][0].kind is MatrixRowKind.WORK:
            menu.addAction(say("consent", "Who has to agree…"), self.show_board)
        row, column = self.model.row_at(index), self.model.column_at(index)
        if row is not None and row.has_children:
            menu.addAction(
                say("consent", "Open or close {row}", row=row.title), partial(self._toggle, row.key)
            )
        if column is not None and column.family is not None:
            menu.addAction(
                say("consent", "Open or close {column}", column=domain_words(column.title)),
                partial(self._toggle, column.key),
            )
        menu.popup(at)
        self.context_menu = menu

    # Places

    def open_item(self, item: str) -> None:
        kind, _, id_ = item.partition("/")
        if kind == "conflict":
            artist = None if id_ == "all" else self.artist
            ConflictDialog(self.desk, artist, self.window()).open()
        elif kind == "programme":
            self._wanted = ("all", f"programme/{id_}")
            self.pills.set_current(MatrixView.BY_PROGRAMME)
            self._choose_view(MatrixView.BY_PROGRAMME)
        elif kind in ("decision", "request", "proposal", "ending", "unauthorised", "terms", "work"):
            self.desk.ask(
                self,
                "target",
                lambda console: (kind, id_, cells_commands.find_target(console, kind, id_)),
                self._go_to_target,
            )

    def _go_to_target(self, found: tuple[str, str, Target | None]) -> None:
        kind, id_, target = found
        if target is None:
            self.desk.say(say("consent", "This is settled, or not known here any more."))
            return
        if target.registers:
            spot = spot_of(target, self._view)
            self._wanted = (spot.row, spot.column)
            self._opened[target.artist] = self._opened.get(target.artist, frozenset()) | spot.opens
        if target.artist != self.artist:
            self.desk.choose_artist(target.artist)
        if target.registers:
            self._show_matrix()
        opened = answer_dialog(self.desk, kind, id_, target.artist, self.window())
        if opened is not None:
            opened.open()

    def _show_matrix(self) -> None:
        if self._lists_others:
            self.pills.set_current(self._view)
            self._choose_view(self._view)
        else:
            self.load_when_seen()

    def find_in_page(self) -> None:
        self.table.setFocus()

    def main_stop(self) -> QWidget | None:
        return self.without_yes.main_stop() if self._lists_others else self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
