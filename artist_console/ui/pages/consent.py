"""The consent matrix: what is allowed and refused, for all music, a release, a work; by use or programme."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from artist_console.commands import cells as cells_commands
from artist_console.commands import drafts as drafts_commands
from artist_console.commands import matrix as matrix_commands
from artist_console.commands import undo as undo_commands
from artist_console.commands.authority import RosterPower
from artist_console.commands.cells import Answering, DraftMark, PlaceView, Target
from artist_console.commands.console import Console
from artist_console.commands.matrix import Matrix, MatrixRowKind, MatrixView
from artist_console.commands.undo import UndoView
from artist_console.commands.wishes import Wish
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import ArtistId, TermsId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import (
    ANY_USE,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    SubjectKind,
    UseScope,
    UseScopeKind,
)
from artist_console.domain.uses import Use, family_of, is_sensitive
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.ui.delegates.matrix_table import MatrixTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.conditions import ConditionsDialog
from artist_console.ui.dialogs.conflict import ConflictDialog
from artist_console.ui.dialogs.history import HistoryDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.icons import Icon
from artist_console.ui.looks import waiting_look
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.pages.consent_bar import ConsentBar
from artist_console.ui.pages.consent_drafts import DraftBook
from artist_console.ui.pages.consent_legend import ConsentLegend
from artist_console.ui.pages.consent_words import follow_words, place_words
from artist_console.ui.pages.screen import Screen
from artist_console.ui.soon import soon
from artist_console.ui.tables.matrix_model import MatrixModel
from artist_console.ui.text import say, say_count, set_tooltip
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import FlowLayout, clear_layout
from artist_console.ui.widgets.page import MARGIN
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.states import StateStack

_KEPT_VIEW = "consent.view"
_QUESTIONS_SHOWN = 4
# Lower than this, rows are worth more than a line of buttons and a subtitle.
_LOW = 640
_KEYS = {"A": Stance.ALLOW, "R": Stance.REFUSE, "F": Stance.CLEAR}


@dataclass(frozen=True, slots=True)
class Loaded:
    """One answer of the store lane: everything that the screen shows at once."""

    matrix: Matrix
    opened: frozenset[str]
    marks: Mapping[tuple[str, str], DraftMark]
    drafts: tuple[Wish, ...]
    undo: UndoView
    questions: tuple[WaitingItem, ...]


class ConsentScreen(Screen):
    """Matrix, bar and dialogs. One no is recorded at once; a yes and several answers wait for the review."""

    key = "consent"
    shows = Changes.CONSENT | Changes.JOURNAL | Changes.PROGRAMMES | Changes.WORKS | Changes.ARTISTS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._view = MatrixView.BY_USE
        self._opened: dict[ArtistId, frozenset[str]] = {}
        self._place: PlaceView | None = None
        self._wanted: tuple[str, str] | None = None
        self._asked_count = 0
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
        self.history_button = Button(theme, say("consent", "History"), icon=Icon.HISTORY)
        self.history_button.clicked.connect(self.show_history)
        self.undo_button = Button(theme, say("consent", "Undo"), icon=Icon.UNDO)
        self.undo_button.clicked.connect(self.desk.undo)
        self.review_button = Button(theme, "", ButtonKind.PRIMARY, Icon.CHECK)
        self.review_button.clicked.connect(self.drafts.review)
        for button in (self.history_button, self.undo_button, self.review_button):
            self.add_action(button)
        self.pills = PillGroup(theme, say("consent", "Columns"))
        self.pills.set_pills(
            [
                (MatrixView.BY_USE, say("consent", "By kind of use"), None),
                (MatrixView.BY_PROGRAMME, say("consent", "By programme"), None),
            ]
        )
        self.pills.chosen.connect(self._choose_view)
        self.add_filter(self.pills)
        self.asked_button = Button(theme, "", ButtonKind.QUIET, Icon.QUESTION)
        self.asked_menu = QMenu(self.asked_button)
        self.asked_button.setMenu(self.asked_menu)
        self.asked_button.hide()
        self.add_filter(self.asked_button)
        self.legend = ConsentLegend(theme)
        self.filter_end(self.legend)
        self._show_draft_count()

    def _build_content(self) -> None:
        theme = self.desk.theme
        self.model = MatrixModel(self)
        self.model.chosen_changed.connect(self._follow_place)
        self.table = MatrixTable(theme, say("consent", "Consent matrix"))
        self.table.setModel(self.model)
        self.table.selectionModel().selectionChanged.connect(self._follow_place)
        self.table.current_changed.connect(self._follow_place)
        self.table.expand_wished.connect(self._toggle_row)
        self.table.column_open_wished.connect(self._toggle_column)
        self.table.opened.connect(self._open_index)
        self.table.key_pressed.connect(self._press_key)
        self.table.left.connect(self._choose_nothing)
        self.table.context_wished.connect(self._show_context_menu)
        self.asked = QWidget()
        self._asked = FlowLayout(self.asked, gap=6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.asked.setSizePolicy(policy)
        self.asked.hide()
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(MARGIN, 4, MARGIN, 0)
        lines.setSpacing(8)
        lines.addWidget(self.asked)
        lines.addWidget(self.table, 1)
        self.states = StateStack(theme, content)
        self.states.retry.connect(self.reload)
        self.place_bar = ConsentBar(theme)
        self.place_bar.stance_wished.connect(self.answer)
        self.place_bar.why_wished.connect(self.show_why)
        self.place_bar.conditions_wished.connect(self.choose_conditions)
        self.place_bar.drop_wished.connect(self._drop_drafts)
        self.place_bar.clear_wished.connect(self._choose_nothing)
        self.place_bar.hide()
        # What is said about a place is asked when the cursor rests, not at every step of an arrow key.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._rest.timeout.connect(self._ask_place)
        self.set_content(self.states, margins=False)

    def _build_actions(self) -> None:
        self._action(say("consent", "Review changes…"), self.drafts.review)
        self._action(say("consent", "History of decisions"), self.show_history)
        self._action(say("consent", "Why is it so?"), self.show_why)
        self._action(say("consent", "Answers that met another one…"), self.show_conflicts)

    def _action(self, words: str, do: object) -> None:
        action = QAction(words, self)
        action.triggered.connect(do)
        self.addAction(action)

    # Loading

    def show_scope(self, artist: ArtistId | None) -> None:
        if artist != self.artist:
            self.model.choose_none()
            self._place = None
        super().show_scope(artist)

    def reload(self) -> None:
        artist = self.artist
        if artist is None:
            self._ask_for_artist()
            return
        view = self._view
        opened = self._opened.get(artist)
        if self.model.matrix is None:
            self.states.show_loading(say("consent", "Reading your answers"))
        self.desk.ask(
            self,
            "matrix",
            lambda console: _load(console, artist, view, opened),
            self._show_loaded,
            self._show_problem,
        )

    def _show_problem(self, problem: Problem) -> None:
        self.bar(None)
        self.states.show_error(problem)

    def _show_loaded(self, loaded: Loaded) -> None:
        matrix = loaded.matrix
        if matrix.artist != self.artist:
            return
        self._opened[matrix.artist] = loaded.opened
        self.drafts.show(loaded.drafts)
        self._show_undo(loaded.undo)
        self._show_questions(loaded.questions)
        if len(matrix.rows) <= 1 and not any(row.has_children for row in matrix.rows):
            self.bar(None)
            self.states.show_empty(
                say("consent", "No works yet"),
                say("consent", "Your music will be here once a catalogue has been imported."),
            )
            return
        kept = self._wanted or self._current_keys()
        self._wanted = None
        self.model.show_matrix(matrix, loaded.opened, loaded.marks)
        self.table.show_columns([column.key for column in matrix.columns])
        self.states.show_content()
        self.bar(self.place_bar)
        self._go_to(*kept)
        self._follow_place()
        self.pass_focus_on()

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

    # All artists: one matrix belongs to one artist

    def _ask_for_artist(self) -> None:
        self.bar(None)
        self._asked_count = 0
        self._fit_height()
        theme = self.desk.theme
        button = Button(theme, say("consent", "Choose an artist…"), ButtonKind.PRIMARY, Icon.PERSON)
        menu = QMenu(button)
        for artist in self.desk.artists:
            menu.addAction(artist.name, partial(self.desk.choose_artist, artist.id))
        button.setMenu(menu)
        self.choose_button = button
        self.states.show_empty(
            say("consent", "Whose music is it about?"),
            say("consent", "Answers belong to one artist. Choose one; every receipt names for whom you act."),
            button,
            Icon.PERSON,
        )

    # Questions above the matrix

    def _show_questions(self, questions: Sequence[WaitingItem]) -> None:
        """Buttons in a line of their own; one button with a menu where the window is low."""
        clear_layout(self._asked)
        self.asked_menu.clear()
        shown = sorted(questions, key=lambda item: item.kind is not WaitingKind.CONFLICT)
        self._asked_count = len(shown)
        for place, item in enumerate(shown):
            ask = partial(self._open_question, item)
            self.asked_menu.addAction(sentence(item.title), ask)
            if place < _QUESTIONS_SHOWN:
                icon = waiting_look(item.kind)[0]
                button = Button(self.desk.theme, sentence(item.title), ButtonKind.SECONDARY, icon)
                button.clicked.connect(ask)
                self._asked.addWidget(button)
        if len(shown) > _QUESTIONS_SHOWN:
            left = len(shown) - _QUESTIONS_SHOWN
            words = say_count("consent", "1 more question", "{n} more questions", left)
            more = Button(self.desk.theme, words, ButtonKind.QUIET)
            menu = QMenu(more)
            for item in shown[_QUESTIONS_SHOWN:]:
                menu.addAction(sentence(item.title), partial(self._open_question, item))
            more.setMenu(menu)
            self._asked.addWidget(more)
        self.asked_button.set_words(say_count("consent", "1 question", "{n} questions", len(shown)))
        self._fit_height()

    def _fit_height(self) -> None:
        low = self.height() < _LOW
        self.asked.setVisible(bool(self._asked_count) and not low)
        self.asked_button.setVisible(bool(self._asked_count) and low)
        self._subtitle.setVisible(not low)

    def _open_question(self, item: WaitingItem) -> None:
        match item.kind:
            case WaitingKind.CONFLICT:
                self.show_conflicts()
            case WaitingKind.NEW_TERMS:
                self.show_new_terms(item.artist, TermsId(item.target))
            case WaitingKind.PROPOSAL:
                self.open_item(f"proposal/{item.target}")
            case WaitingKind.EXPIRING:
                self.open_item(f"decision/{item.target}")
            case _:
                self.open_item(f"request/{item.target}")

    # Opening rows and columns

    def _toggle(self, key: str) -> None:
        if self.artist is None:
            return
        opened = self._opened.get(self.artist, frozenset({"all"}))
        self._opened[self.artist] = opened ^ {key}
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
        else:
            self.place_bar.focus_control()

    def _choose_view(self, view: object) -> None:
        if isinstance(view, MatrixView) and view is not self._view:
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

    def places(self) -> tuple[Register, ...]:
        """What an answer would be about: ticked rows in the chosen columns, else the chosen cells."""
        matrix = self.model.matrix
        if matrix is None:
            return ()
        chosen = self.model.chosen
        selected = self.table.selectionModel().selectedIndexes()
        current = self.table.currentIndex()
        if chosen:
            columns = sorted({index.column() for index in selected} or {current.column()})
            indexes = [self.model.place_of(row.key, self._column_key(c)) for row in chosen for c in columns]
        else:
            indexes = sorted(selected, key=lambda i: (i.row(), i.column()))
            if current.isValid() and len(indexes) <= 1:
                indexes = [current]
        registers = (self._register_at(index) for index in indexes)
        return tuple(dict.fromkeys(register for register in registers if register is not None))

    def _column_key(self, section: int) -> str:
        column = self.model.column_at(self.model.index(0, section))
        return column.key if column is not None else ""

    def _register_at(self, index: QModelIndex) -> Register | None:
        matrix, row = self.model.matrix, self.model.row_at(index)
        if matrix is None or row is None:
            return None
        column = self.model.column_at(index)
        if column is None:
            return Register(matrix.artist, row.subject, None, ANY_USE)
        scope = UseScope.of(column.use if column.use is not None else column.family)
        if row.kind is MatrixRowKind.PERSON and not _can_be_personal(scope):
            return None
        return Register(matrix.artist, row.subject, column.programme, scope)

    def _follow_place(self, *_ignored: object) -> None:
        """Name the current place at once; what is said about it comes when the cursor rests."""
        places = self.places()
        many = len(places) > 1
        drafted = bool(self._drafts_under(places))
        self.place_bar.show_place(
            self._title_of(places),
            self._value_of(places),
            drafted=drafted,
            many=many or bool(self.model.chosen),
        )
        self._rest.start()

    def _title_of(self, places: Sequence[Register]) -> str:
        index = self.table.currentIndex()
        row, column = self.model.row_at(index), self.model.column_at(index)
        across = domain_words(column.title) if column is not None else say("consent", "every use")
        if len(places) <= 1 and not self.model.chosen:
            return say("consent", "{place} · {use}", place=row.title, use=across) if row is not None else ""
        rows = {place.subject for place in places}
        columns = {(place.programme, place.use) for place in places}
        works = all(subject.kind is SubjectKind.WORK for subject in rows)
        if works:
            counted = say_count("consent", "1 work", "{n} works", len(rows))
        else:
            counted = say_count("consent", "1 row", "{n} rows", len(rows))
        if len(columns) == 1:
            return say("consent", "{rows} · {use}", rows=counted, use=across)
        uses = say_count("consent", "1 column", "{n} columns", len(columns))
        return say("consent", "{rows} · {columns}", rows=counted, columns=uses)

    def _value_of(self, places: Sequence[Register]) -> Stance | None:
        """The answer of all places where it is the same; none where they differ or nothing is decided."""
        matrix = self.model.matrix
        if matrix is None or not places:
            return None
        found = {self._stance_at(place) for place in places}
        return next(iter(found)) if len(found) == 1 else None

    def _stance_at(self, place: Register) -> Stance | None:
        matrix = self.model.matrix
        assert matrix is not None, "a place is in a matrix"
        row = next((each for each in matrix.rows if each.subject == place.subject), None)
        column = next(
            (
                each
                for each in matrix.columns
                if each.programme == place.programme
                and UseScope.of(each.use if each.use is not None else each.family) == place.use
            ),
            None,
        )
        if row is None or column is None:
            return None
        index = self.model.place_of(row.key, column.key)
        draft = self.model.draft_at(index)
        if draft is not None and draft.whole:
            return draft.stance
        cell = matrix.cells[row.key, column.key]
        if cell.own is not None:
            return cell.own
        if cell.differs:
            return None
        if cell.answer is AnswerKind.ALLOWED:
            return Stance.ALLOW
        if cell.answer is AnswerKind.REFUSED:
            return Stance.REFUSE if cell.held else Stance.CLEAR
        return None

    def _ask_place(self) -> None:
        places = self.places()
        if len(places) == 1:
            place = places[0]
            self.desk.ask(
                self, "place", lambda console: cells_commands.look_at(console, place), self._show_place
            )
            return
        self._place = None
        words = ""
        if len(places) > 1:
            words = say_count(
                "consent",
                "Your answer is kept as a choice until you have reviewed it.",
                "Your answers are kept as choices until you have reviewed them.",
                len(places),
            )
        elif self.model.row_at(self.table.currentIndex()) is not None:
            words = say("consent", "Voice, name and image of a person are answered in their own column.")
        self.place_bar.show_words(words, say("consent", "Follow the level above"))
        self._enable(places, reaches=True)

    def _show_place(self, view: PlaceView) -> None:
        if (view.register,) != self.places():
            return
        self._place = view
        figures, today = self.desk.figures, self.desk.clock().astimezone().date()
        self.place_bar.show_words(place_words(view, figures, today), follow_words(view))
        self._enable((view.register,), reaches=view.reaches and view.power is not RosterPower.VIEW)
        # A longer sentence makes the bar higher: the cell it is about stays in sight.
        soon(self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.table.scrollTo(index)

    def _enable(self, places: Sequence[Register], *, reaches: bool) -> None:
        hint = ""
        if places and all(_only_one_by_one(place) for place in places):
            hint = say("consent", "Voice and likeness are allowed one use at a time. Open the column first.")
        able = reaches and bool(places)
        self.place_bar.allow_answers(refuse=able, follow=able, allow=able and not hint, hint=hint)

    # Answering

    def _press_key(self, letter: str) -> None:
        if letter in _KEYS:
            self.answer(_KEYS[letter])

    def answer(self, stance: Stance, conditions: Conditions = UNCONDITIONAL) -> None:
        """Answer for what is chosen. One no is recorded at once, the rest waits for the review."""
        places = self.places()
        if not places:
            return
        if stance is Stance.CLEAR and self._drafts_under(places):
            self._drop_drafts()
            return
        self.desk.ask(
            self,
            "answer",
            lambda console: (
                stance,
                len(places),
                cells_commands.answering(console, places, stance, conditions),
            ),
            self._take_answer,
        )

    def _take_answer(self, found: tuple[Stance, int, Answering]) -> None:
        stance, places, answering = found
        if stance is not Stance.ALLOW and places == 1 and len(answering.wishes) == 1:
            self.desk.decide(answering.wishes)
            return
        if answering.wishes:
            self.drafts.add(answering.wishes)
            self._say_kept(answering)
        elif len(answering.one_by_one) == 1:
            self.drafts.add([answering.one_by_one[0][1]])
            self._say_kept(answering)
        elif answering.one_by_one:
            self._choose_programme(answering.one_by_one)
        elif stance is Stance.ALLOW:
            self.desk.say(say("consent", "No programme asks for this today, or everything asked is allowed."))
        else:
            self.desk.say(say("consent", "There is no answer of your own to take back here."))

    def _say_kept(self, answering: Answering) -> None:
        said = say_count(
            "consent",
            "1 change waits for your review.",
            "{n} changes wait for your review.",
            self._draft_count,
        )
        if answering.left_out:
            said = say(
                "consent",
                "{said} Left out, to be answered one by one: {uses}.",
                said=said,
                uses=", ".join(domain_words(use) for use in answering.left_out),
            )
        self.desk.say(said, say("consent", "Review…"), self.drafts.review)

    def _choose_programme(self, offers: Sequence[tuple[str, Wish]]) -> None:
        """Voice and likeness: one programme at a time."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for programme, wish in offers:
            menu.addAction(
                say("consent", "Allow for {programme}", programme=programme), partial(self.drafts.add, [wish])
            )
        part = self.place_bar.control
        menu.popup(part.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        self.programme_menu = menu

    @property
    def _draft_count(self) -> int:
        return len(self.drafts.wishes)

    def _drafts_under(self, places: Sequence[Register]) -> tuple[Register, ...]:
        held = []
        for index in self._indexes_of(places):
            if self.model.draft_at(index) is not None:
                register = self._register_at(index)
                if register is not None:
                    held.append(register)
        return tuple(held)

    def _indexes_of(self, places: Sequence[Register]) -> list[QModelIndex]:
        matrix = self.model.matrix
        if matrix is None:
            return []
        subjects = {place.subject for place in places}
        scopes = {(place.programme, place.use) for place in places}
        return [
            self.model.place_of(row.key, column.key)
            for row in matrix.rows
            if row.subject in subjects
            for column in matrix.columns
            if (column.programme, UseScope.of(column.use if column.use is not None else column.family))
            in scopes
        ]

    def _drop_drafts(self) -> None:
        places = self._drafts_under(self.places())
        if places:
            self.desk.ask(
                self, "drop", lambda console: cells_commands.draft_registers(console, places), self._dropped
            )

    def _dropped(self, registers: frozenset[Register]) -> None:
        self.drafts.drop(registers.__contains__)

    def choose_conditions(self) -> None:
        """Conditions belong to a yes: choosing them allows on these conditions, still to be reviewed."""
        place = self.places()
        kept = next(
            (wish.conditions for wish in self.drafts.wishes if place and wish.subject == place[0].subject),
            UNCONDITIONAL,
        )
        dialog = ConditionsDialog(self.desk, self.place_bar.title.text(), kept, self.window())
        dialog.chosen.connect(self._allow_on)
        dialog.open()

    def _allow_on(self, conditions: Conditions) -> None:
        self.answer(Stance.ALLOW, conditions)

    def _choose_nothing(self) -> None:
        self.model.choose_none()
        current = self.table.currentIndex()
        if current.isValid():
            self.table.selectionModel().select(current, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._follow_place()

    # Head

    def _show_draft_count(self) -> None:
        count = len(self.drafts.wishes)
        self.review_button.set_words(
            say_count("consent", "Review 1 change…", "Review {n} changes…", count)
            if count
            else say("consent", "Nothing to review")
        )
        self.review_button.setEnabled(bool(count))
        self._measure_actions()

    def _show_undo(self, view: UndoView) -> None:
        self.undo_button.setEnabled(view.possible)
        words = view.reason
        if view.possible:
            words = say("consent", "Take back: {what}", what=view.words)
        self.undo_button.setAccessibleName(words or say("consent", "Undo"))
        set_tooltip(self.undo_button, words)

    # Dialogs

    def show_history(self) -> None:
        HistoryDialog(self.desk, self.artist, self.window()).open()

    def show_conflicts(self) -> None:
        ConflictDialog(self.desk, self.artist, self.window()).open()

    def show_new_terms(self, artist: ArtistId, terms: TermsId) -> None:
        NewTermsDialog(self.desk, artist, terms, self.window()).open()

    def show_why(self) -> None:
        places = self.places()
        if len(places) == 1:
            WhyDialog(self.desk, places[0], self.place_bar.title.text(), self.window()).open()

    def _show_context_menu(self, index: QModelIndex, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("consent", "Refuse"), partial(self.answer, Stance.REFUSE))
        menu.addAction(say("consent", "Follow the level above"), partial(self.answer, Stance.CLEAR))
        menu.addAction(say("consent", "Allow…"), partial(self.answer, Stance.ALLOW))
        menu.addSeparator()
        menu.addAction(say("consent", "Why is it so?"), self.show_why)
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
            self.show_conflicts()
        elif kind == "programme":
            self._choose_view(MatrixView.BY_PROGRAMME)
            self.pills.set_current(MatrixView.BY_PROGRAMME)
            self._wanted = ("all", f"programme/{id_}")
            self.load_when_seen()
        elif kind in ("decision", "request", "proposal", "terms"):
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
            self._wanted = self._keys_for(target)
        if target.artist != self.artist:
            self.desk.choose_artist(target.artist)
        if kind == "terms":
            self.show_new_terms(target.artist, TermsId(id_))
        elif target.registers:
            self.load_when_seen()

    def _keys_for(self, target: Target) -> tuple[str, str]:
        """Row and column of a register; what has to be open for it is opened."""
        artist, register = target.artist, target.registers[0]
        opened = set(self._opened.get(artist, frozenset())) | {"all", *target.opens}
        column = ""
        scope = register.use
        if self._view is MatrixView.BY_PROGRAMME and register.programme is not None:
            column = f"programme/{register.programme}"
        elif self._view is MatrixView.BY_USE and scope.kind is UseScopeKind.FAMILY:
            column = f"family/{scope.name}"
        elif self._view is MatrixView.BY_USE and scope.kind is UseScopeKind.KEY:
            opened.add(f"family/{family_of(Use(scope.name)).value}")
            column = f"use/{scope.name}"
        self._opened[artist] = frozenset(opened)
        return target.row, column

    def find_in_page(self) -> None:
        self.table.setFocus()

    def main_stop(self) -> QWidget | None:
        return self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
        asked = self.asked_button.sizeHint().width() + 6 if not self.asked_button.isHidden() else 0
        self.legend.fit(self.width() - self.pills.sizeHint().width() - asked - 80)


def _load(console: Console, artist: ArtistId, view: MatrixView, opened: frozenset[str] | None) -> Loaded:
    if opened is None:
        opened = _opened_at_first(console, artist, view)
    matrix = matrix_commands.matrix(console, artist, view, opened)
    return Loaded(
        matrix,
        opened,
        cells_commands.drafted(console, matrix),
        drafts_commands.drafts(console),
        undo_commands.undo_view(console),
        cells_commands.questions(console, artist),
    )


def _opened_at_first(console: Console, artist: ArtistId, view: MatrixView) -> frozenset[str]:
    """The releases are shown, and the works of the newest one."""
    opened = frozenset({"all"})
    rows = matrix_commands.matrix_rows(console, artist, opened)
    newest = next((row.key for row in rows if row.kind is MatrixRowKind.RELEASE), None)
    return opened | {newest} if newest is not None else opened


def _can_be_personal(scope: UseScope) -> bool:
    """Whether a person's own answer can be about these uses."""
    return scope == ANY_USE or any(scope.covers(use) and is_sensitive(use) for use in Use)


def _only_one_by_one(place: Register) -> bool:
    """Voice and likeness as a family, or over more than one work or person: not allowed in bulk."""
    if place.use == ANY_USE:
        return place.subject.kind is SubjectKind.PERSON
    if not all(is_sensitive(use) for use in Use if place.use.covers(use)):
        return False
    single = place.subject.kind in (SubjectKind.WORK, SubjectKind.PERSON)
    return place.use.kind is not UseScopeKind.KEY or not single
