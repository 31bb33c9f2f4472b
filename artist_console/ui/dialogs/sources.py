"""Names of stores and services in statements -> programmes: what is documented, likely, and what you said.

A statement stays as it came; what is said here is laid over it as it is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from artist_console.commands import sources as source_commands
from artist_console.commands.console import Console
from artist_console.commands.programmes import ProgrammeRow, list_programmes
from artist_console.commands.sources import POSSIBLE_KINDS, SourceCertainty, SourceRow
from artist_console.domain import words
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.problems import Problem
from artist_console.domain.statements import LineKind
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words, sentence
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.tables.sources_model import SourcesModel, certainty_words
from artist_console.ui.text import from_outside, isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note
from artist_console.ui.widgets.states import StateStack

_BESIDE = 330
_LEAST = (480, 360)
_NO_AI_INCOME = "none"  # said of a name: it is no income from AI


@dataclass(frozen=True, slots=True)
class _Known:
    sources: tuple[SourceRow, ...]
    programmes: tuple[ProgrammeRow, ...]


class SourcesDialog(Sheet):
    """The names on one side; what the chosen one is held to be, and saying otherwise, on the other."""

    def __init__(self, desk: Desk, parent: QWidget, source: str = "") -> None:
        title = say("sources", "What stores and services stand for")
        super().__init__(desk.theme, "sources", title, 980, 700, parent, scrolls=False)
        self.set_heading(
            title,
            say(
                "sources",
                "By their names it is told which money is from AI. A likely one is not counted before you "
                "say so. What you say stays on this computer.",
            ),
        )
        self._desk, self._wanted = desk, source
        theme = desk.theme
        self.model = SourcesModel(desk.figures, self)
        self.table = DataTable(theme, say("sources", "Names in your statements"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("source", 220, 150, stretch=True, sortable=False),
                Column("counts", 220, 150, sortable=False),
                Column("lines", 80, 60, end=True, gives_way=1, sortable=False),
            ]
        )
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._go_to_kind)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self.reload)
        beside = row(gap=16)
        beside.addWidget(self.states, 1)
        beside.addWidget(self._build_card())
        self.inside.addLayout(beside, 1)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        # Wrapped words would ask for the height that they need in the narrowest dialog.
        self.setMinimumSize(*_LEAST)
        desk.changed.connect(self._follow)
        self.states.show_loading(say("sources", "Reading the names"))
        self.reload()

    def _build_card(self) -> Card:
        theme = self._desk.theme
        self.card = Card(theme, padding=14)
        self.card.setFixedWidth(theme.px(_BESIDE))
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 4, 0)
        body.setSpacing(10)
        self._name = from_outside("", TextRole.LEAD, weight="strong")
        self._where = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self._why = Note(theme, "", Tint.INFO, Icon.INFO)
        self._page = LinkButton(theme, say("sources", "Open the page that says so"))
        self._page.clicked.connect(self._open_page)
        self.kind = Select(theme, say("sources", "Its money is"))
        self.kind.addItem(say("sources", "Choose what it is"), None)
        self.kind.addItem(say("sources", "No income from AI"), _NO_AI_INCOME)
        for each in POSSIBLE_KINDS:
            self.kind.addItem(domain_words(words.LINE_KIND[each][0]), each)
        self.kind.currentIndexChanged.connect(self._look)
        self._meaning = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self.programme = Select(theme, say("sources", "Of the programme"))
        self.note = QLineEdit()
        self._programme_field = Field(theme, say("sources", "Of the programme"), self.programme)
        for part in (self._name, self._where, self._why):
            body.addWidget(part)
        body.addLayout(row(self._page, None))
        body.addWidget(Field(theme, say("sources", "Its money is"), self.kind))
        body.addWidget(self._meaning)
        body.addWidget(self._programme_field)
        hint = say("sources", "Such as who told you, and when.")
        body.addWidget(Field(theme, say("sources", "Your note"), self.note, hint))
        body.addStretch(1)
        self.card.body.addWidget(scrolled(inside), 1)
        self.say_so = Button(theme, say("sources", "Count it so"), icon=Icon.CHECK)
        self.say_so.clicked.connect(self._say)
        self.take_back = Button(theme, say("sources", "Take back"), icon=Icon.UNDO)
        self.take_back.clicked.connect(self._take_back)
        self.card.body.addLayout(row(self.say_so, self.take_back, None))
        self.card.hide()
        return self.card

    # Loading

    def _follow(self, changes: Changes) -> None:
        if changes & Changes.STATEMENTS:
            self.reload()

    def reload(self) -> None:
        self._desk.ask(self, "sources", _known, self._take, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _take(self, known: _Known) -> None:
        current = self.current
        wanted = self._wanted or (current.source if current is not None else "")
        self._wanted = ""
        self._fill_programmes(known.programmes)
        self.model.show_rows(known.sources)
        if not known.sources:
            self.card.hide()
            self.states.show_empty(
                say("sources", "No statement here names a store or service yet."),
                say("sources", "They are listed once a statement has been brought in."),
            )
            return
        self.states.show_content()
        index = self.model.index(self.model.place_of(wanted) or 0, 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self._show_current(index)

    def _fill_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self.programme.clear()
        self.programme.addItem(say("sources", "Not known which"), None)
        for each in rows:
            name, operator = each.programme.name, each.operator_name
            words_of = say("sources", "{name} of {operator}", name=name, operator=operator)
            self.programme.addItem(words_of, each.programme.id)

    @property
    def current(self) -> SourceRow | None:
        """The name that is looked at."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, SourceRow) else None

    def _show_current(self, _index: QModelIndex) -> None:
        found = self.current
        self.card.setVisible(found is not None)
        if found is None:
            return
        self._name.setText(found.source)
        lines = say_count("sources", "1 line", "{n} lines", found.lines)
        statements = say_count("sources", "1 statement", "{n} statements", len(found.statements))
        amounts = self._desk.figures.totals(found.amounts)
        where = say("sources", "{lines} of {statements}", lines=lines, statements=statements)
        self._where.show_words(" · ".join(part for part in (where, amounts) if part) if found.lines else "")
        # Of a likely one the reason itself says that it is only likely.
        why = (
            sentence(found.why)
            if found.certainty is SourceCertainty.LIKELY
            else say(
                "sources",
                "{certainty}. {why}",
                certainty=certainty_words(found.certainty),
                why=sentence(found.why),
            )
        )
        self._why.show_words(why)
        self._page.setVisible(found.page.startswith("https://"))
        self._page.setAccessibleDescription(isolate(found.page))
        self._show_answer(found)

    def _show_answer(self, found: SourceRow) -> None:
        """What was said is chosen; of what is only likely nothing is."""
        is_said = found.certainty is SourceCertainty.SAID
        chosen: LineKind | str | None = None
        if is_said:
            chosen = found.kind or _NO_AI_INCOME
        elif found.counts:
            chosen = found.kind
        values = [self.kind.itemData(place) for place in range(self.kind.count())]
        self.kind.setCurrentIndex(values.index(chosen))
        places = [self.programme.itemData(place) for place in range(self.programme.count())]
        self.programme.setCurrentIndex(
            places.index(found.programme) if found.programme in places and found.counts else 0
        )
        self.note.setText(found.note)
        self.take_back.setVisible(is_said)
        self._look()

    def _look(self) -> None:
        kind = self.kind.currentData()
        is_ai = isinstance(kind, LineKind)
        self._programme_field.setVisible(is_ai)
        self._meaning.show_words(domain_words(words.LINE_KIND[kind][1]) if isinstance(kind, LineKind) else "")
        self.say_so.setEnabled(kind is not None)
        self.say_so.set_words(
            say("sources", "Count it so") if is_ai or kind is None else say("sources", "Do not count it")
        )

    def _go_to_kind(self, _index: QModelIndex) -> None:
        self.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_page(self) -> None:
        found = self.current
        if found is not None:
            QDesktopServices.openUrl(QUrl(found.page))

    # Saying

    def _say(self) -> None:
        found, kind = self.current, self.kind.currentData()
        if found is None or kind is None:
            return
        source, note = found.source, self.note.text()
        said = kind if isinstance(kind, LineKind) else None
        programme: ProgrammeId | None = self.programme.currentData() if said is not None else None
        self._desk.act(
            self,
            lambda console: source_commands.name_source(console, source, said, programme, note),
            self._said,
            self._fail,
        )

    def _said(self, _meaning: object) -> None:
        self.show_problem("")
        self._desk.say(say("sources", "The totals follow what you said. The statements stay as they came."))

    def _take_back(self) -> None:
        found = self.current
        if found is not None:
            source = found.source
            self._desk.act(
                self,
                lambda console: source_commands.forget_source(console, source),
                self._taken_back,
                self._fail,
            )

    def _taken_back(self, _meaning: object) -> None:
        self.show_problem("")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def _known(console: Console) -> _Known:
    return _Known(source_commands.list_sources(console), list_programmes(console))
