"""The second step of a letter: to whom. Each contact is shown with where it was read, and when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import addressees as addressee_commands
from artist_console.commands.console import Console
from artist_console.commands.letter_drafts import KindOffer
from artist_console.commands.letter_near import Near, near
from artist_console.commands.letter_templates import template_of
from artist_console.commands.programmes import list_programmes
from artist_console.domain.addressees import Addressee, AddresseeKind, ContactPurpose
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_addressee import NewAddresseeDialog
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.letter_words import (
    addressee_kind_words,
    contact_source_words,
    contact_words,
    language_words,
    purpose_words,
)
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, column, row
from artist_console.ui.widgets.picker import Picker
from artist_console.ui.widgets.sections import Note

_FACTS_WIDTH = 280
_MOST_CO_WRITERS = 8


class ToWhomStep(QWidget):
    """Those that the kind of letter makes sense for come first; all others are one choice away."""

    changed = Signal()

    def __init__(self, desk: Desk, start: LetterStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = start.addressees
        self._programme, self._finding = start.about.programme, start.about.finding
        self._artists: tuple[ArtistId, ...] = ()
        self._connected: frozenset[str] = frozenset()
        self._to_names = frozenset(name.casefold() for name in start.to_names if name)
        self._likely_name = next((name for name in start.to_names if name), "")
        self._offer: KindOffer | None = None
        self._every: tuple[Addressee, ...] = ()
        self._purposes: tuple[ContactPurpose, ...] = ()
        theme = desk.theme
        self.picker = Picker(
            theme,
            say("new-letter", "Addressees"),
            say("new-letter", "Find a name"),
            say("new-letter", "Addressee"),
            say("new-letter", "Contact"),
        )
        self.kinds = Select(theme, say("new-letter", "Which addressees"))
        self.kinds.currentIndexChanged.connect(self._narrow)
        self.add = Button(theme, say("new-letter", "Add one…"), icon=Icon.PLUS)
        self.add.clicked.connect(self._add)
        self.picker.chosen_changed.connect(self.changed)
        self.picker.current_changed.connect(self._show_contact)
        self.card = Card(theme, padding=14)
        self.card.setFixedWidth(theme.px(_FACTS_WIDTH))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self.card.body.addLayout(self._facts)
        beside = row(gap=16)
        beside.addWidget(self.picker, 1)
        beside.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        layout = column(row(self.kinds, None, self.add, gap=12), gap=10)
        layout.addLayout(beside, 1)
        self.co_writers = QWidget()
        self._co_writers = FlowLayout(self.co_writers, gap=6)
        self.co_writers.hide()
        layout.addWidget(self.co_writers)
        self.setLayout(layout)
        self._show_contact(None)

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(str(each) for each in self.picker.chosen)

    @property
    def is_ready(self) -> bool:
        return bool(self.chosen)

    @property
    def missing(self) -> str:
        if self.chosen:
            return ""
        if self._likely_name and self._every:
            return say("new-letter", "{name} is not known as an addressee. Add one.", name=self._likely_name)
        return say("new-letter", "Choose to whom it goes.")

    @property
    def first_chosen(self) -> Addressee | None:
        """For what follows from an addressee: language and country."""
        return next((each for each in self._every if each.id in self.chosen), None)

    def first_stop(self) -> QWidget:
        return self.picker

    def load(self, offer: KindOffer, artists: tuple[ArtistId, ...]) -> None:
        """Offer the addressees that make sense for a kind, those that have to do with the artists first."""
        self._artists = artists
        another = self._offer is None or self._offer.kind is not offer.kind
        self._offer = offer
        if another:
            self._offer_kinds(offer)
        kind, programme, finding = offer.kind, self._programme, self._finding
        self._desk.ask(
            self,
            "addressees",
            lambda console: _find(console, kind, programme, artists, finding),
            self._take,
            self._failed,
        )

    def _failed(self, problem: Problem) -> None:
        self.picker.states.show_error(problem)

    def _offer_kinds(self, offer: KindOffer) -> None:
        blocked = self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItem(say("new-letter", "Those this letter is for"), None)
        for kind in AddresseeKind:
            self.kinds.addItem(addressee_kind_words(kind), kind)
        self.kinds.addItem(say("new-letter", "Everybody"), "all")
        self.kinds.blockSignals(blocked)

    def _take(self, found: _Found) -> None:
        self._purposes, self._every = found.purposes, found.every
        self._connected = found.near.connected
        if not self._wanted and not self.chosen:
            # Whoever the thing that is written about leads to is chosen already, and can be left out again.
            asks = {found.operator, *found.near.stated_by} - {""}
            operator = frozenset(name.casefold() for name in asks)
            self._wanted = tuple(
                each.id
                for each in self._every
                if _bears(each, self._to_names) or (_bears(each, operator) and self._is_wanted(each, None))
            )
        self._to_names, self._programme, self._finding = frozenset(), None, ""
        self._offer_co_writers(found.near.co_writers)
        self._narrow()

    def _offer_co_writers(self, names: tuple[str, ...]) -> None:
        """Persons of the splits are in no directory: each is added with one press."""
        clear_layout(self._co_writers)
        offer = self._offer
        wanted = offer is not None and offer.kind is LetterKind.CO_WRITER_QUESTION
        known = frozenset(name.casefold() for each in self._every for name in (each.name, *each.also_called))
        names = tuple(name for name in names if wanted and name.casefold() not in known)[:_MOST_CO_WRITERS]
        for name in names:
            words = say("new-letter", "Add {name}…", name=name)
            button = Button(self._desk.theme, words, icon=Icon.PLUS)
            button.clicked.connect(partial(self._add_person, name))
            self._co_writers.addWidget(button)
        self.co_writers.setVisible(bool(names))

    def _add_person(self, name: str) -> None:
        dialog = NewAddresseeDialog(self._desk, self.window())
        dialog.begin_with(name, AddresseeKind.PERSON)
        dialog.added.connect(self._take_added)
        dialog.open()

    def _narrow(self) -> None:
        """What is chosen stays in the list, whatever is narrowed."""
        kept = self.chosen or self._wanted
        wanted = self.kinds.currentData()
        shown = [each for each in self._every if self._is_wanted(each, wanted) or each.id in kept]
        # Those that can be reached come before those of whom nobody knows how.
        shown.sort(
            key=lambda each: (
                each.id not in kept,
                each.id not in self._connected,
                not each.contacts,
                each.name.casefold(),
            )
        )
        add = None
        if not shown:
            add = Button(self._desk.theme, say("new-letter", "Add one…"), icon=Icon.PLUS)
            add.clicked.connect(self._add)
        nothing = say("new-letter", "Nobody of this kind is known here.")
        self.picker.show_rows([self._row(each) for each in shown], nothing, add)
        self.picker.choose(kept)

    def _is_wanted(self, each: Addressee, wanted: object) -> bool:
        if isinstance(wanted, AddresseeKind):
            return each.kind is wanted
        if wanted == "all" or self._offer is None or not self._offer.addressees:
            return True
        return each.kind in self._offer.addressees

    def _row(self, each: Addressee) -> PickRow:
        contact = each.contact_for(*self._purposes)
        tie = self._tie_words() if each.id in self._connected else ""
        where = " · ".join(part for part in (addressee_kind_words(each.kind), each.country, tie) if part)
        source = contact_source_words(contact, self._desk.figures) if contact is not None else ""
        return PickRow(each.id, each.name, where, contact_words(contact), source, " ".join(each.also_called))

    def _tie_words(self) -> str:
        if len(self._artists) != 1:
            return say("new-letter", "connected with these artists")
        return say("new-letter", "connected with {name}", name=self._desk.name_of(self._artists[0]))

    # The one that is looked at

    def _show_contact(self, looked_at: PickRow | None) -> None:
        clear_layout(self._facts)
        found = None
        if looked_at is not None:
            found = next((each for each in self._every if each.id == looked_at.value), None)
        self.card.setVisible(found is not None)
        if found is None:
            return
        self._facts.addWidget(label(found.name, weight="strong", wrap=True))
        if found.language is not None:
            words = say(
                "new-letter", "Best written to in {language}.", language=language_words(found.language)
            )
            self._facts.addWidget(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True))
        for contact in found.contacts:
            told = column(
                label(purpose_words(contact.purpose), TextRole.SMALL, Token.TEXT_3),
                label(contact_words(contact), wrap=True, selectable=True),
                gap=1,
            )
            if contact.says:
                told.addWidget(label(contact.says, TextRole.SMALL, Token.TEXT_2, wrap=True))
            source = contact_source_words(contact, self._desk.figures)
            told.addWidget(label(source, TextRole.SMALL, Token.TEXT_3, wrap=True))
            self._facts.addLayout(told)
        if not found.contacts:
            nothing = say("new-letter", "No contact is known. The letter can be written all the same.")
            self._facts.addWidget(Note(self._desk.theme, nothing, Tint.ASK, Icon.INFO))
        if found.note:
            self._facts.addWidget(label(found.note, TextRole.SMALL, Token.TEXT_2, wrap=True))

    # Adding one

    def _add(self) -> None:
        dialog = NewAddresseeDialog(self._desk, self.window())
        if self._likely_name and not self.chosen:
            # Persons of the records are in no directory: whoever is meant is added with one press.
            kinds = self._offer.addressees if self._offer is not None else ()
            dialog.begin_with(self._likely_name, next(iter(kinds), None))
        dialog.added.connect(self._take_added)
        dialog.open()

    def _take_added(self, added: Addressee) -> None:
        self._wanted = (*self.chosen, added.id)
        self._every = (*self._every, added)
        self.picker.choose(())
        if self._offer is not None:
            self.load(self._offer, self._artists)
        self._narrow()
        self.changed.emit()


def _bears(each: Addressee, names: frozenset[str]) -> bool:
    return not names.isdisjoint(name.casefold() for name in (each.name, *each.also_called))


@dataclass(frozen=True, slots=True)
class _Found:
    purposes: tuple[ContactPurpose, ...]  # which contact a kind of letter goes to
    every: tuple[Addressee, ...]
    operator: str  # who runs the programme that it is about; empty: it is about none
    near: Near


def _find(
    console: Console,
    kind: LetterKind,
    programme: ProgrammeId | None,
    artists: tuple[ArtistId, ...],
    finding: str,
) -> _Found:
    operator = ""
    if programme is not None:
        rows = list_programmes(console)
        operator = next((each.operator_name for each in rows if each.programme.id == programme), "")
    every = addressee_commands.list_addressees(console)
    return _Found(template_of(kind).purposes, every, operator, near(console, artists, every, finding))
