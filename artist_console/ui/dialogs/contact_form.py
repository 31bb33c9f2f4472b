"""The fields of one way to reach an addressee, as a card of the form."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands.addressees import ContactText
from artist_console.domain.addressees import ContactPurpose
from artist_console.ui.desk import Desk
from artist_console.ui.letter_words import purpose_words
from artist_console.ui.text import say
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.country_edit import CountryEdit
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside


class ContactForm(Card):
    """`field` gives one by its name in the command, so that a fault stands beside it."""

    removed = Signal(object)  # itself

    def __init__(self, desk: Desk, text: ContactText, parent: QWidget | None = None) -> None:
        theme = desk.theme
        self.remove = Button(theme, say("addressee", "Remove this contact"), ButtonKind.QUIET)
        super().__init__(theme, say("addressee", "A contact"), self.remove, parent, padding=14)
        self.remove.clicked.connect(self._tell)
        self.purpose = Select(theme, say("addressee", "What it is for"))
        for purpose in ContactPurpose:
            self.purpose.addItem(purpose_words(purpose), purpose.value)
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(text.purpose)))
        self.email, self.form = QLineEdit(text.email), QLineEdit(text.form)
        self.country, self.says = CountryEdit(text.country), QLineEdit(text.says)
        self.source = QLineEdit(text.source)
        self.checked_on = DayEdit(theme, desk.figures, desk.settings.language)
        self._show_day(text.checked_on)
        self.postal = QPlainTextEdit(text.postal)
        self.postal.setTabChangesFocus(True)
        self.postal.setFixedHeight(theme.px(92))
        self.email.setPlaceholderText("name@example.org")
        for editor in (self.form, self.source):
            editor.setPlaceholderText("https://")
        for line in (self.email, self.form, self.says, self.source):
            line.setCursorPosition(0)  # of a long one the beginning is shown
        lines = say("addressee", "As it stands on the envelope, without the country.")
        code = say("addressee", "Its name, or two letters such as SE or GB. A postal address needs it.")
        page = say("addressee", "The page that you read it on. Empty: you know it yourself.")
        day = say("addressee", "The day on which you read it, such as 31 March 2026.")
        self._fields = {
            "purpose": Field(theme, say("addressee", "What it is for"), self.purpose),
            "email": Field(theme, say("addressee", "Mail address"), self.email),
            "form": Field(theme, say("addressee", "Address of a form"), self.form),
            "postal": Field(theme, say("addressee", "Postal address"), self.postal, lines),
            "country": Field(theme, say("addressee", "Country of the address"), self.country, code),
            "says": Field(theme, say("addressee", "What they say it is for"), self.says),
            "source": Field(theme, say("addressee", "Where you read it"), self.source, page),
            "checked_on": Field(theme, say("addressee", "Read on"), self.checked_on, day),
        }
        named = self._fields
        self.body.addLayout(beside(named["purpose"], named["says"]))
        self.body.addLayout(beside(named["email"], named["form"]))
        self.body.addLayout(beside(named["postal"], named["country"]))
        self.body.addLayout(beside(named["source"], named["checked_on"]))

    def field(self, name: str) -> Field | None:
        return self._fields.get(name)

    def clear_faults(self) -> None:
        for field in self._fields.values():
            field.show_fault("")

    def set_number(self, number: int, of: int) -> None:
        """Which of them it is; a single one cannot be taken out."""
        self.set_title(say("addressee", "Contact {n}", n=number) if of > 1 else say("addressee", "Contact"))
        self.remove.setAccessibleName(say("addressee", "Remove contact {n}", n=number))
        self.remove.setVisible(of > 1)

    @property
    def text(self) -> ContactText:
        return ContactText(
            purpose=str(self.purpose.currentData()),
            email=self.email.text(),
            form=self.form.text(),
            postal=self.postal.toPlainText(),
            country=self.country.code,
            says=self.says.text(),
            source=self.source.text(),
            checked_on=self._day_text,
        )

    @property
    def _day_text(self) -> str:
        """As the form takes it; what cannot be read stays as it was typed, and is told beside it."""
        day = self.checked_on.day
        return day.isoformat() if day is not None else self.checked_on.edit.text().strip()

    def _show_day(self, text: str) -> None:
        try:
            self.checked_on.show_day(date.fromisoformat(text) if text else None)
        except ValueError:
            self.checked_on.edit.setText(text)

    def _tell(self) -> None:
        self.removed.emit(self)
