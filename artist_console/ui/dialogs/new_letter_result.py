"""What can be done with letters that are kept: saved as PDF, mail drafts or text. Nothing was sent."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import letter_files
from artist_console.commands.letter_copies import FilesThere
from artist_console.commands.letter_files import OutForm
from artist_console.domain.cases import Case
from artist_console.domain.letters import Letter
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words, sentence
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, CheckBox, LinkButton, RadioButton, one_of
from artist_console.ui.widgets.inset import below_choice
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Note

FOLDER_KEPT_AS = "letters.folder"


def open_in_mail_program(letter: Letter) -> str:
    """Hand a draft to the mail program; what is to be told: that none took it, or what it may lose."""
    try:
        link = letter_files.mail_link(letter)
        fault = letter_files.mail_link_fault(letter)
    except Problem as problem:
        return problem_words(problem)
    if QDesktopServices.openUrl(QUrl.fromEncoded(QByteArray(link.encode("ascii")))):
        return sentence(fault) if fault is not None else ""
    return say(
        "letters", "No mail program answered. Save the letter as a mail draft or as text, and send that."
    )


class SaveLetters(QWidget):
    """Form and folder for some letters; says what was written there."""

    saved = Signal(object)  # tuple[Path, ...]
    failed = Signal(str)

    def __init__(self, desk: Desk, letters: tuple[Letter, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._letters = desk, letters
        theme = desk.theme
        self.pdf = RadioButton(theme, say("letters", "PDF, to print and sign"))
        self.mail = RadioButton(theme, say("letters", "Mail drafts (.eml)"))
        self.text = RadioButton(theme, say("letters", "Text"))
        self._forms = {self.pdf: OutForm.PDF, self.mail: OutForm.EML, self.text: OutForm.TEXT}
        one_of(*self._forms)
        self.together = CheckBox(theme, say("letters", "One mail per addressee, with each letter as PDF"))
        several = len({each.addressee for each in letters}) < len(letters)
        self.together.setVisible(several)
        self.together.toggled.connect(self._choose_mail)
        for choice in self._forms:
            choice.toggled.connect(self._follow)
        self.save = Button(theme, say("letters", "Save into a folder…"), icon=Icon.FOLDER)
        self.save.clicked.connect(self._choose)
        hint = say("letters", "A mail program opens these as drafts, with the files attached.")
        below = column(
            label(hint, TextRole.SMALL, Token.TEXT_2, wrap=True),
            self.together,
            gap=4,
        )
        told = column(self.pdf, self.mail, below_choice(theme, below), self.text, row(self.save, None), gap=6)
        self.done_words = Note(theme, "", Tint.INFO, Icon.CHECK)
        self.done_words.hide()
        told.addWidget(self.done_words)
        self.replace = Button(theme, say("letters", "Replace the files that are there"))
        self.replace.hide()
        self.replace.clicked.connect(self._replace)
        told.addLayout(row(self.replace, None))
        self.setLayout(told)
        self.pdf.setChecked(True)

    @property
    def form(self) -> OutForm:
        return next(form for choice, form in self._forms.items() if choice.isChecked())

    def _choose_mail(self, together: bool) -> None:
        """One mail per addressee is a mail draft: choosing it chooses those."""
        if together:
            self.mail.setChecked(True)

    def _follow(self, _on: bool) -> None:
        if not self.mail.isChecked():
            self.together.setChecked(False)

    def _choose(self) -> None:
        dialog = QFileDialog(self, say("letters", "Save the letters into a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _replace(self) -> None:
        self.save_to(self._desk.kept(FOLDER_KEPT_AS), replace=True)

    def save_to(self, folder: str, *, replace: bool = False) -> None:
        """Write every letter or none; what cannot be written is told."""
        self._desk.keep(FOLDER_KEPT_AS, folder)
        letters, form = self._letters, self.form
        together = self.together.isChecked() and form is OutForm.EML
        drawer = PaperDrawer(self._desk.theme.font().family(), self._desk)
        self.save.setEnabled(False)
        self.done_words.hide()
        self.replace.hide()
        self.failed.emit("")
        self._desk.long_work(
            lambda console, progress: letter_files.export_letters(
                console, letters, Path(folder), form, drawer.for_work(progress), together, replace
            ),
            self._written,
            self._not_written,
        )

    def _written(self, paths: tuple[Path, ...]) -> None:
        self.save.setEnabled(True)
        words = say_count(
            "letters",
            "1 file was written to {folder}. It is not encrypted, and nothing was sent.",
            "{n} files were written to {folder}. They are not encrypted, and nothing was sent.",
            len(paths),
            folder=isolate(str(paths[0].parent)) if paths else "–",
        )
        self.done_words.show_words(words)
        self.saved.emit(paths)

    def _not_written(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        self.replace.setVisible(isinstance(problem, FilesThere))
        self.failed.emit(problem_words(problem))


class ResultPage(QWidget):
    """How many are kept, where they are, and what can be done with them now."""

    case_wished = Signal(str)  # id; empty: the list of cases
    failed = Signal(str)

    def __init__(self, desk: Desk, cases: tuple[Case, ...], letters: tuple[Letter, ...]) -> None:
        super().__init__()
        self._desk, self._letters = desk, letters
        theme = desk.theme
        layout = column(gap=12)
        not_sent = say(
            "letters",
            "Nothing was sent. You send them yourself, by mail or post; then note it in the case, or drop "
            "the sent mail on it.",
        )
        layout.addWidget(Note(theme, not_sent, Tint.INFO, Icon.SEND))
        self.save = SaveLetters(desk, letters)
        self.save.failed.connect(self.failed)
        layout.addWidget(label(say("letters", "Save them"), weight="strong"))
        layout.addWidget(self.save)
        if len(letters) == 1:
            self.mail = Button(theme, say("letters", "Open in your mail program"), icon=Icon.OPEN_OUTSIDE)
            self.mail.clicked.connect(partial(self._open_mail, letters[0]))
            layout.addWidget(label(say("letters", "Or write it where you write mail"), weight="strong"))
            layout.addLayout(row(self.mail, None))
            hint = say("letters", "Files cannot be handed over this way: attach them there.")
            if letters[0].attachments:
                layout.addWidget(label(hint, TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.show_case = LinkButton(
            theme,
            say("letters", "Show the case") if len(cases) == 1 else say("letters", "Show the cases"),
        )
        self.show_case.clicked.connect(partial(self.case_wished.emit, cases[0].id if len(cases) == 1 else ""))
        layout.addLayout(row(self.show_case, None))
        layout.addStretch(1)
        self.setLayout(layout)

    def _open_mail(self, letter: Letter) -> None:
        told = open_in_mail_program(letter)
        if told:
            self.failed.emit(told)
