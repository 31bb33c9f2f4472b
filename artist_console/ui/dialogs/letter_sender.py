"""The sender's details of letters: a line that shows them, and the dialog in which they are written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import letter_sender as sender_commands
from artist_console.commands.letter_sender import BadSender, SenderText
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_sender import Sender
from artist_console.domain.problems import Problem
from artist_console.ui.country_words import country_words
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.country_edit import CountryEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside, row
from artist_console.ui.widgets.sections import Note


class SenderLine(QWidget):
    """What letters bear at their head, and a button that changes it."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.words = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self.edit = Button(desk.theme, say("sender", "Your name and address…"))
        self.edit.clicked.connect(self.open_dialog)
        line = row(gap=16)
        line.addWidget(self.words, 1)
        line.addWidget(self.edit)
        self.setLayout(line)

    def load(self) -> None:
        """Show what is kept."""
        self._desk.ask(self, "sender", sender_commands.sender_of, self._show)

    def open_dialog(self) -> None:
        dialog = SenderDialog(self._desk, self)
        dialog.kept.connect(self._kept)
        dialog.open()

    def _kept(self) -> None:
        self.load()
        self.changed.emit()

    def _show(self, found: Sender | None) -> None:
        if found is None or not found.can_be_answered:
            self.words.setText(
                say("sender", "Letters bear no address of yours yet: nobody knows where to answer.")
            )
            return
        country = country_words(found.country) if found.postal else ""
        told = [part for part in (found.name, *found.postal, country, found.email, found.phone) if part]
        self.words.setText(say("sender", "Letters bear: {details}", details=", ".join(told)))


class SenderDialog(Sheet):
    """For everything that is written here, or for one artist alone. It stays in this profile."""

    kept = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(
            desk.theme, "letter-sender", say("sender", "Your name and address on letters"), 560, 620, parent
        )
        self._desk = desk
        theme = desk.theme
        self.holds_for = Select(theme, say("sender", "For letters of"))
        self.holds_for.addItem(say("sender", "Everybody I write for"), None)
        for artist in desk.artists:
            self.holds_for.addItem(artist.name, artist.id)
        self.holds_for.currentIndexChanged.connect(self._load)
        hint = say(
            "sender",
            "An artist can have details of their own: where you write for several in person, or where the "
            "artist signs what you draft.",
        )
        self.inside.addWidget(Field(theme, say("sender", "For letters of"), self.holds_for, hint))
        self.name, self.email, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.country = CountryEdit()
        self.email.setPlaceholderText("name@example.org")
        self.postal = QPlainTextEdit()
        self.postal.setTabChangesFocus(True)
        self.postal.setFixedHeight(theme.px(92))
        lines = say("sender", "As it stands on the envelope, without the country.")
        code = say("sender", "Its name, or two letters such as SE or GB. An address needs it.")
        self.fields = {
            "name": Field(theme, say("sender", "Name, as you sign"), self.name),
            "postal": Field(theme, say("sender", "Postal address"), self.postal, lines),
            "country": Field(theme, say("sender", "Country"), self.country, code),
            "email": Field(theme, say("sender", "E-mail for answers"), self.email),
            "phone": Field(theme, say("sender", "Telephone"), self.phone),
        }
        self.inside.addWidget(self.fields["name"])
        self.inside.addLayout(beside(self.fields["postal"], self.fields["country"]))
        self.inside.addLayout(beside(self.fields["email"], self.fields["phone"]))
        stays = say(
            "sender", "It stays in this profile and is never sent to a service. Only your letters bear it."
        )
        self.inside.addWidget(Note(theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("sender", "Keep these details"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        self._load()
        self.name.setFocus()

    @property
    def artist(self) -> ArtistId | None:
        found = self.holds_for.currentData()
        return ArtistId(found) if found else None

    @property
    def text(self) -> SenderText:
        """What stands in the fields."""
        return SenderText(
            self.name.text(),
            self.postal.toPlainText(),
            self.country.code,
            self.email.text(),
            self.phone.text(),
        )

    def _load(self) -> None:
        artist = self.artist
        self._desk.ask(
            self, "own", lambda console: sender_commands.own_sender(console, artist), self._show_kept
        )

    def _show_kept(self, found: Sender | None) -> None:
        text = sender_commands.text_of(found)
        self.name.setText(text.name)
        self.postal.setPlainText(text.postal)
        self.country.show_code(text.country)
        self.email.setText(text.email)
        self.phone.setText(text.phone)

    def _save(self) -> None:
        for field in self.fields.values():
            field.show_fault("")
        self.show_problem("")
        text, artist = self.text, self.artist
        self.save.setEnabled(False)
        self._desk.act(
            self, lambda console: sender_commands.save_sender(console, text, artist), self._done, self._failed
        )

    def _done(self, _kept: Sender | None) -> None:
        self.kept.emit()
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        if not isinstance(problem, BadSender):
            self.show_problem(problem_words(problem))
            return
        for fault in problem.faults:
            self.fields[fault.field].show_fault(fault.words)
        self.fields[problem.faults[0].field].editor.setFocus()
