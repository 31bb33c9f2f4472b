"""Adding somebody to write to, with one contact. The directory of addressees has the whole form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import addressees as addressee_commands
from artist_console.commands.addressees import AddresseeFaults, AddresseeText, ContactText
from artist_console.commands.contract_form import Fault
from artist_console.domain.addressees import Addressee, AddresseeKind, ContactPurpose
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import addressee_kind_words
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.country_edit import CountryEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note


class NewAddresseeDialog(Sheet):
    """Who, of which kind, and one way to reach them. It stays in this profile."""

    added = Signal(object)  # Addressee

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        title = say("addressee", "Add somebody to write to")
        super().__init__(desk.theme, "new-addressee", title, 560, 640, parent)
        self._desk = desk
        self._fields: dict[str, Field] = {}
        theme = desk.theme
        self.name = QLineEdit()
        self.kind = Select(theme, say("addressee", "What they are"))
        for kind in AddresseeKind:
            self.kind.addItem(addressee_kind_words(kind), kind.value)
        self._beside(
            self._field("name", say("addressee", "Name"), self.name),
            self._field("kind", say("addressee", "What they are"), self.kind),
        )
        self.email = QLineEdit()
        self.email.setPlaceholderText("name@example.org")
        self.inside.addWidget(self._field("contacts/1/email", say("addressee", "Mail address"), self.email))
        self.postal = QPlainTextEdit()
        self.postal.setTabChangesFocus(True)
        self.postal.setFixedHeight(theme.px(92))
        lines = say("addressee", "As it stands on the envelope, without the country.")
        self.inside.addWidget(
            self._field("contacts/1/postal", say("addressee", "Postal address"), self.postal, lines)
        )
        self.country = CountryEdit()
        code = say("addressee", "Its name, or two letters such as SE or GB. A postal address needs it.")
        self.source = QLineEdit()
        self.source.setPlaceholderText("https://")
        page = say("addressee", "The page that you read it on. Empty: you know it yourself.")
        self._beside(
            self._field("contacts/1/country", say("addressee", "Country"), self.country, code),
            self._field("contacts/1/source", say("addressee", "Where you read it"), self.source, page),
        )
        stays = say("addressee", "It stays in this profile. Nobody is told, and nothing is sent.")
        self.inside.addWidget(Note(theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("addressee", "Add the addressee"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        self.name.setFocus()

    def begin_with(self, name: str, kind: AddresseeKind | None) -> None:
        """What is known of them already; it can be changed."""
        self.name.setText(name)
        if kind is not None:
            self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.email.setFocus()

    def _field(self, name: str, words: str, editor: QWidget, hint: str = "") -> Field:
        self._fields[name] = Field(self._desk.theme, words, editor, hint)
        return self._fields[name]

    def _beside(self, one: Field, other: Field) -> None:
        line = row(one, other, gap=16)
        for place, part in enumerate((one, other)):
            line.setStretch(place, 1)
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(line)

    @property
    def text(self) -> AddresseeText:
        """What stands in the fields."""
        country = self.country.code
        contact = ContactText(
            purpose=ContactPurpose.GENERAL.value,
            email=self.email.text(),
            postal=self.postal.toPlainText(),
            country=country if self.postal.toPlainText().strip() else "",
            source=self.source.text(),
            checked_on=self._desk.clock().astimezone().date().isoformat()
            if self.source.text().strip()
            else "",
        )
        return AddresseeText(
            name=self.name.text(), kind=str(self.kind.currentData()), country=country, contacts=(contact,)
        )

    def _save(self) -> None:
        for field in self._fields.values():
            field.show_fault("")
        self.show_problem("")
        text = self.text
        self.save.setEnabled(False)
        self._desk.act(
            self, lambda console: addressee_commands.save_addressee(console, text), self._done, self._failed
        )

    def _done(self, addressee: Addressee) -> None:
        self.added.emit(addressee)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        if isinstance(problem, AddresseeFaults):
            self._show_faults(problem.faults)
        else:
            self.show_problem(problem_words(problem))

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        """Beside its field where there is one; the first of them gets the cursor."""
        others = []
        for fault in faults:
            # The country of the addressee is that of the address here.
            field = self._fields.get("contacts/1/country" if fault.field == "country" else fault.field)
            if field is not None:
                field.show_fault(fault.words)
            else:
                others.append(fault.words)
        self.show_problem(" ".join(others))
        first = next((self._fields[f.field] for f in faults if f.field in self._fields), None)
        if first is not None:
            first.editor.setFocus()
