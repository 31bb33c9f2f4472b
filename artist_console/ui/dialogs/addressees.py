"""Whom one can write to: the directory with its sources, own changes over it, and what was added."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import addressees as addressee_commands
from artist_console.commands.addressees import AddresseeText
from artist_console.commands.console import Console
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.changes import Changes
from artist_console.domain.problems import Problem
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.addressee_editor import AddresseeEditor
from artist_console.ui.dialogs.addressee_facts import show_facts
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import addressee_kind_words
from artist_console.ui.meanings import problem_words
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.tables.addressees_model import AddresseesModel
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.states import StateStack

__all__ = ["AddresseeEditor", "AddresseesDialog"]

_BESIDE = 300
_WIDTH, _HEIGHT = 1040, 740


class AddresseesDialog(Sheet):
    """A public contact says where it was read, and when; whether anybody answers there is not known."""

    def __init__(self, desk: Desk, parent: QWidget, id: str = "") -> None:
        title = say("addressee", "Addressees")
        super().__init__(desk.theme, "addressees", title, _WIDTH, _HEIGHT, parent, scrolls=False)
        lead = say(
            "addressee",
            "As publicly stated, with source and date. Nobody is told of what you change here.",
        )
        self.set_heading(title, lead)
        self._desk = desk
        self._wanted = "" if id == "all" else id
        self._taken_back: tuple[str, AddresseeText] | None = None
        theme = desk.theme
        self.search = SearchField(theme, say("addressee", "Find a name"))
        self.search.searched.connect(self.reload)
        self.kinds = Select(theme, say("addressee", "Which kind"))
        self.kinds.addItem(say("addressee", "All kinds"), None)
        for kind in AddresseeKind:
            self.kinds.addItem(addressee_kind_words(kind), kind)
        self.kinds.currentIndexChanged.connect(self.reload)
        self.count = label("", tone=Token.TEXT_2)
        line = row(self.search, self.kinds, self.count, gap=12)
        line.setStretch(0, 1)
        self.inside.addLayout(line)
        self.model = AddresseesModel(desk.figures, self)
        self.table = DataTable(theme, title)
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("name", 230, 150, stretch=True, sortable=False),
                Column("contact", 270, 150, sortable=False),
                Column("own", 140, 110, gives_way=1, sortable=False),
            ]
        )
        self.table.current_changed.connect(self._show_current)
        self.table.opened.connect(self._open)
        self.states = StateStack(theme, self.table)
        self.states.retry.connect(self.reload)
        beside = row(gap=16)
        beside.addWidget(self.states, 1)
        beside.addWidget(self._build_card())
        self.inside.addLayout(beside, 1)
        self.add = Button(theme, say("addressee", "Add one…"), icon=Icon.PLUS)
        self.add.clicked.connect(self._add)
        self.bring_back = Button(theme, say("addressee", "Bring back what was removed"), ButtonKind.QUIET)
        self.bring_back.clicked.connect(self._bring_back)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.add, self.bring_back, None, close, safe=close)
        self.bring_back.hide()
        desk.changed.connect(self._follow)
        self.states.show_loading(say("addressee", "Reading the addressees"))
        self.reload()
        self.search.setFocus()

    def _build_card(self) -> Card:
        theme = self._desk.theme
        self.card = Card(theme, padding=14)
        self.card.setFixedWidth(theme.px(_BESIDE))
        inside = QWidget()
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        held = QVBoxLayout(inside)
        held.setContentsMargins(0, 0, 4, 0)
        held.addLayout(self._facts)
        held.addStretch(1)
        self.card.body.addWidget(scrolled(inside), 1)
        self.change = Button(theme, say("addressee", "Change…"), icon=Icon.PEN)
        self.change.clicked.connect(self._change)
        self.remove = Button(theme, say("addressee", "Remove"), ButtonKind.QUIET, Icon.TRASH)
        self.remove.clicked.connect(self._remove)
        self.card.body.addLayout(row(self.change, self.remove, None))
        self.card.hide()
        return self.card

    # Loading

    def _follow(self, changes: Changes) -> None:
        if changes & Changes.CASES:
            self.reload()

    def reload(self, _narrowed: object = None) -> None:
        text, kind = self.search.words, self.kinds.currentData()
        wanted = kind if isinstance(kind, AddresseeKind) else None
        self._desk.ask(
            self,
            "addressees",
            lambda console: addressee_commands.list_addressees(console, text, wanted),
            self._take,
            self._not_read,
        )

    def _not_read(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _take(self, found: tuple[Addressee, ...]) -> None:
        shown = self.current
        wanted = self._wanted or (shown.id if shown is not None else "")
        self.model.show_rows(found)
        self.count.setText(say_count("addressee", "1 addressee", "{n} addressees", len(found)))
        if not found:
            self.card.hide()
            self.states.show_empty(say("addressee", "Nobody here has these words in the name."))
            return
        self.states.show_content()
        place = self.model.place_of(wanted)
        if place is None and self._wanted:
            self.show_problem(say("addressee", "This addressee is not here any more."))
        self._wanted = ""
        index = self.model.index(place or 0, 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self._show_current(index)

    @property
    def current(self) -> Addressee | None:
        """The one that is looked at."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Addressee) else None

    def _show_current(self, _index: QModelIndex) -> None:
        found = self.current
        self.card.setVisible(found is not None)
        if found is None:
            return
        show_facts(self._desk, self._facts, found)
        self.change.setAccessibleName(say("addressee", "Change {name}…", name=found.name))
        takes_back = found.id.startswith(("known/", "party/"))
        words = say("addressee", "Take back changes") if takes_back else say("addressee", "Remove")
        self.remove.set_words(words)
        self.remove.setVisible(found.own)

    # Doing

    def _open(self, _index: QModelIndex) -> None:
        self._change()

    def _add(self) -> None:
        self._edit(None)

    def _change(self) -> None:
        found = self.current
        if found is not None:
            self._edit(found.id)

    def _edit(self, id: str | None) -> None:
        editor = AddresseeEditor(self._desk, id, self)
        editor.saved.connect(self._show_saved)
        editor.open()

    def _show_saved(self, saved: Addressee) -> None:
        self._wanted = saved.id
        if saved.name.casefold().find(self.search.words.casefold()) < 0:
            self.search.set_words("")
        if self.kinds.currentData() not in (None, saved.kind):
            self.kinds.setCurrentIndex(0)
        self.reload()

    def _remove(self) -> None:
        """At once, with the way back beside it until the dialog closes."""
        found = self.current
        if found is None:
            return
        id = found.id

        def take_out(console: Console) -> AddresseeText:
            return addressee_commands.addressee_text(console, id)

        self._desk.ask(self, "before", take_out, partial(self._remove_with, id), self._failed)

    def _remove_with(self, id: str, text: AddresseeText) -> None:
        self._taken_back = (id, text)
        self._desk.act(
            self,
            lambda console: addressee_commands.remove_addressee(console, id),
            self._removed,
            self._failed,
        )

    def _removed(self, left: Addressee | None) -> None:
        self._wanted = left.id if left is not None else ""
        self.show_problem("")
        self.bring_back.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self) -> None:
        if self._taken_back is None:
            return
        id, text = self._taken_back
        known = id if id.startswith(("known/", "party/")) else None
        self._desk.act(
            self,
            lambda console: addressee_commands.save_addressee(console, text, known),
            self._brought_back,
            self._failed,
        )

    def _brought_back(self, saved: Addressee) -> None:
        self._taken_back = None
        self.bring_back.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_saved(saved)
        self._desk.say(say("addressee", "{name} is back.", name=isolate(saved.name)))

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
