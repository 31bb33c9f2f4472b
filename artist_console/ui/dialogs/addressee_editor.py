"""An addressee in all its fields: added, or changed over what the directory says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import addressees as addressee_commands
from artist_console.commands.addressees import AddresseeFaults, AddresseeText, ContactText
from artist_console.commands.contract_form import Fault
from artist_console.domain.addressees import Addressee, AddresseeKind
from artist_console.domain.letter_kinds import Language
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.contact_form import ContactForm
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import addressee_kind_words, language_words
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.country_edit import CountryEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside, row
from artist_console.ui.widgets.sections import Note


class AddresseeEditor(Sheet):
    """`saved` gives the addressee, and so does `addressee` afterwards. It stays in this profile."""

    saved = Signal(object)  # Addressee

    def __init__(self, desk: Desk, id: str | None, parent: QWidget) -> None:
        title = (
            say("addressee", "Add somebody to write to")
            if id is None
            else say("addressee", "Change an addressee")
        )
        super().__init__(desk.theme, "addressee", title, 720, 760, parent)
        self._desk, self._id = desk, id
        self._party = ""
        self.addressee: Addressee | None = None
        self.contacts: list[ContactForm] = []
        self._fields: dict[str, Field] = {}
        self._build()
        theme = desk.theme
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("addressee", "Save the addressee"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        if id is None:
            self._fill(AddresseeText(contacts=(ContactText(),)))
            self.name.setFocus()
        else:
            self.save.setEnabled(False)
            desk.ask(
                self,
                "addressee",
                lambda console: addressee_commands.addressee_text(console, id),
                self._fill,
                self._failed,
            )

    def _build(self) -> None:
        theme = self._desk.theme
        self.name, self.country, self.home = QLineEdit(), CountryEdit(), QLineEdit()
        self.home.setPlaceholderText("https://")
        self.kind = Select(theme, say("addressee", "What they are"))
        for kind in AddresseeKind:
            self.kind.addItem(addressee_kind_words(kind), kind.value)
        self.language = Select(theme, say("addressee", "Best written to in"))
        self.language.addItem(say("addressee", "Not known"), "")
        for language in Language:
            self.language.addItem(language_words(language), language.value)
        self.also_called, self.note = QPlainTextEdit(), QPlainTextEdit()
        for editor in (self.also_called, self.note):
            editor.setTabChangesFocus(True)
            editor.setFixedHeight(theme.px(64))
        code = say("addressee", "Where they sit: the name, or two letters such as SE. Empty: not known.")
        field = self._field
        self.inside.addLayout(
            beside(
                field("name", say("addressee", "Name"), self.name),
                field("kind", say("addressee", "What they are"), self.kind),
            )
        )
        self.inside.addLayout(
            beside(
                field("country", say("addressee", "Country"), self.country, code),
                field("language", say("addressee", "Best written to in"), self.language),
            )
        )
        self.places = QVBoxLayout()
        self.places.setSpacing(12)
        self.inside.addSpacing(4)
        self.inside.addLayout(self.places)
        self.fault = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.fault.show_words("")
        self.inside.addWidget(self.fault)
        self.add_contact = Button(theme, say("addressee", "Add another contact"), icon=Icon.PLUS)
        self.add_contact.clicked.connect(self._add_contact)
        self.inside.addLayout(row(self.add_contact, None))
        self.inside.addWidget(field("home", say("addressee", "Their site"), self.home))
        one = say("addressee", "Other names, one a line. Replies are recognised by them, too.")
        self.inside.addLayout(
            beside(
                field("also_called", say("addressee", "Also called"), self.also_called, one),
                field("note", say("addressee", "Note"), self.note),
            )
        )
        stays = say("addressee", "It stays in this profile. Nobody is told, and nothing is sent.")
        self.inside.addWidget(Note(theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addStretch(1)

    def _field(self, name: str, words: str, editor: QWidget, hint: str = "") -> Field:
        self._fields[name] = Field(self._desk.theme, words, editor, hint)
        return self._fields[name]

    # Contacts

    def _add_contact(self) -> None:
        form = self._place(ContactText())
        self._number()
        form.purpose.setFocus()

    def _place(self, text: ContactText) -> ContactForm:
        form = ContactForm(self._desk, text)
        form.removed.connect(self._take_out)
        self.contacts.append(form)
        self.places.addWidget(form)
        return form

    def _take_out(self, form: ContactForm) -> None:
        at = self.contacts.index(form)
        self.contacts.remove(form)
        self.places.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._number()
        self.contacts[min(at, len(self.contacts) - 1)].purpose.setFocus()

    def _number(self) -> None:
        for number, form in enumerate(self.contacts, 1):
            form.set_number(number, len(self.contacts))

    # Text

    def _fill(self, text: AddresseeText) -> None:
        self._party = text.party
        self.name.setText(text.name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(text.kind)))
        self.country.show_code(text.country)
        self.language.setCurrentIndex(max(0, self.language.findData(text.language)))
        self.home.setText(text.home)
        self.also_called.setPlainText("\n".join(text.also_called))
        self.note.setPlainText(text.note)
        for each in text.contacts or (ContactText(),):
            self._place(each)
        self._number()
        self.save.setEnabled(True)

    @property
    def text(self) -> AddresseeText:
        """What stands in the fields."""
        return AddresseeText(
            name=self.name.text(),
            kind=str(self.kind.currentData()),
            country=self.country.code,
            language=str(self.language.currentData()),
            contacts=tuple(form.text for form in self.contacts),
            home=self.home.text(),
            also_called=tuple(filter(None, map(str.strip, self.also_called.toPlainText().splitlines()))),
            party=self._party,
            note=self.note.toPlainText(),
        )

    # Saving

    def _save(self) -> None:
        self._clear_faults()
        text, id = self.text, self._id
        self.save.setEnabled(False)
        self._desk.act(
            self,
            lambda console: addressee_commands.save_addressee(console, text, id),
            self._done,
            self._failed,
        )

    def _done(self, addressee: Addressee) -> None:
        self.addressee = addressee
        self.saved.emit(addressee)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.save.setEnabled(bool(self.contacts))
        if isinstance(problem, AddresseeFaults):
            self._show_faults(problem.faults)
        else:
            self.show_problem(problem_words(problem))

    def _clear_faults(self) -> None:
        self.show_problem("")
        self.fault.show_words("")
        for field in self._fields.values():
            field.show_fault("")
        for form in self.contacts:
            form.clear_faults()

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        """Beside its field where there is one; the first of them gets the cursor."""
        first: Field | None = None
        others = []
        for fault in faults:
            field = self._field_of(fault.field)
            if field is None:
                others.append(fault.words)
                continue
            field.show_fault(fault.words)
            first = first or field
        self.fault.show_words(" ".join(others))
        if first is not None:
            first.editor.setFocus()

    def _field_of(self, name: str) -> Field | None:
        kind, _, rest = name.partition("/")
        number, _, inner = rest.partition("/")
        if kind == "contacts" and number.isdecimal() and 0 < int(number) <= len(self.contacts):
            return self.contacts[int(number) - 1].field(inner)
        return self._fields.get(name)
