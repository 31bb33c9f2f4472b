"""Making a certificate of one's own for marks: what it is worth, three files, a passphrase for the key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.mark_certificates import UNTRUSTED, MadeCertificate, make_own_certificate
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.pages.file_pick import FilePick
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside
from artist_console.ui.widgets.sections import Note


class OwnCertificateDialog(Sheet):
    """Nothing of it stays in the profile: three files, and the passphrase that only the person has."""

    made = Signal(object)  # MadeCertificate

    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        title = say("mark", "A certificate of your own")
        super().__init__(desk.theme, "own-certificate", title, 600, 620, parent)
        self._desk = desk
        theme = desk.theme
        self.inside.addWidget(Note(theme, domain_words(UNTRUSTED), Tint.ASK, Icon.INFO))
        lost = say(
            "mark",
            "Nobody can bring back the passphrase or the key. Without them a new certificate is needed; "
            "marks that were made stay as they are.",
        )
        self.inside.addWidget(Note(theme, lost, Tint.ASK, Icon.KEY))
        self.name = QLineEdit(name)
        stands = say("mark", "It stands in every mark, for everybody to read.")
        self.name_field = Field(theme, say("mark", "The name that others know you by"), self.name, stands)
        self.inside.addWidget(self.name_field)
        self.folder = FilePick(theme, say("mark", "Folder for the three files"), folder=True)
        self.folder_field = Field(theme, say("mark", "Folder for the three files"), self.folder)
        self.inside.addWidget(self.folder_field)
        self.word, self.again = QLineEdit(), QLineEdit()
        for edit in (self.word, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        hint = say("mark", "For the key. It is asked for each time that you mark files.")
        self.word_field = Field(theme, say("mark", "Passphrase"), self.word, hint)
        self.again_field = Field(theme, say("mark", "The same once more"), self.again)
        self.inside.addLayout(beside(self.word_field, self.again_field))
        self.inside.addWidget(
            label(
                say("mark", "It is made for marks, and holds for two years."),
                tone=Token.TEXT_2,
                wrap=True,
            )
        )
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.make = Button(theme, say("mark", "Make the certificate"), ButtonKind.PRIMARY)
        self.make.clicked.connect(self._make)
        self.set_buttons(None, cancel, self.make, safe=cancel)
        self.name.setFocus()

    def _make(self) -> None:
        self.show_problem("")
        for field in (self.name_field, self.folder_field, self.word_field, self.again_field):
            field.show_fault("")
        if not self.name.text().strip():
            self._fault(self.name_field, say("mark", "Give the name that others know you by."))
        elif self.folder.path is None:
            self._fault(self.folder_field, say("mark", "Choose a folder."))
        elif self.word.text() != self.again.text():
            self._fault(self.again_field, say("mark", "These are not the same. Type it once more."))
        else:
            self._write(self.name.text(), self.folder.path, self.word.text())

    def _fault(self, field: Field, words: str) -> None:
        field.show_fault(words)
        field.editor.setFocus()

    def _write(self, name: str, folder: Path, word: str) -> None:
        self.make.setEnabled(False)
        self._desk.long_work(
            lambda console, _progress: make_own_certificate(name, folder, word, console.clock()),
            self._done,
            self._failed,
        )

    def _done(self, made: MadeCertificate) -> None:
        self._desk.say(
            say(
                "mark",
                "The certificate of {name} is made. Give {root} to whoever wants to check your marks.",
                name=isolate(made.name),
                root=isolate(made.root.name),
            )
        )
        self.made.emit(made)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.make.setEnabled(True)
        self.show_problem(problem_words(problem))
