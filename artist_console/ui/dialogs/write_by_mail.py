"""A reminder in the person's own mail program: the address is seen before anything opens."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands.reminders import NoAddress, Reminder, letter, mailto
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.text import say, set_tooltip
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, LinkButton
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.sections import Note


def reminder_words(draft: Reminder) -> tuple[str, str]:
    """Subject and text of a draft in the reader's language."""
    return sentence(draft.subject), letter(sentence(paragraph) for paragraph in draft.paragraphs)


class WriteByMailDialog(Sheet):
    """The application drafts, the person sends: the mail program opens with a draft and nothing more."""

    keep_wished = Signal()  # a letter that is kept as a case, in place of this mail

    def __init__(self, desk: Desk, draft: Reminder, parent: QWidget) -> None:
        title = (
            say("by-mail", "Write to {name}", name=draft.to_name)
            if draft.to_name
            else say("by-mail", "Write a reminder")
        )
        super().__init__(desk.theme, "write-by-mail", title, 600, 640, parent)
        theme = desk.theme
        subject, text = reminder_words(draft)
        self.address = QLineEdit()
        self.address.setPlaceholderText("name@example.org")
        self.address_field = Field(
            theme,
            say("by-mail", "To"),
            self.address,
            say("by-mail", "The mail program opens with this address. Empty: choose it there."),
        )
        self.subject = QLineEdit(subject)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(240))
        note = say(
            "by-mail",
            "Nothing is sent from here. Your mail program opens with this draft; you send it, or you do not.",
        )
        self.inside.addWidget(self.address_field)
        self.inside.addWidget(Field(theme, say("by-mail", "Subject"), self.subject))
        self.inside.addWidget(Field(theme, say("by-mail", "Text"), self.text), 1)
        self.inside.addWidget(Note(theme, note, Tint.NEUTRAL, Icon.INFO))
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.open_mail = Button(theme, say("by-mail", "Open in your mail program"), ButtonKind.PRIMARY)
        self.open_mail.clicked.connect(self._open)
        self.keep = LinkButton(theme, say("by-mail", "Keep as a case…"))
        kept = say("by-mail", "Writes it as a letter, keeps the exact copy, and collects what comes back.")
        set_tooltip(self.keep, kept)
        self.keep.clicked.connect(self._keep)
        self.set_buttons(self.keep, None, cancel, self.open_mail, safe=cancel)
        self.address.setFocus()

    def _keep(self) -> None:
        self.accept()
        self.keep_wished.emit()

    def _open(self) -> None:
        self.address_field.show_fault("")
        self.show_problem("")
        try:
            link = mailto(self.address.text(), self.subject.text(), self.text.toPlainText())
        except NoAddress as problem:
            self.address_field.show_fault(problem_words(problem))
            self.address.setFocus()
            return
        if QDesktopServices.openUrl(QUrl.fromEncoded(QByteArray(link.encode("ascii")))):
            self.accept()
        else:
            self.show_problem(
                say(
                    "by-mail",
                    "No mail program answered. Copy the text, and write the mail where you write mail.",
                )
            )
