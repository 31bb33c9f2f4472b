"""Noting that a letter was sent: when, how, and what shows it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands import cases as case_commands
from artist_console.commands.case_checks import NotSentThen
from artist_console.commands.case_files import NotACaseFile
from artist_console.commands.cases import CaseRow
from artist_console.domain.case_standing import letters_sent
from artist_console.domain.cases import Case, SentBy
from artist_console.domain.problems import FileProblem, Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import sent_by_words
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.drop_area import DropArea
from artist_console.ui.text import elided, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note


class ProofFile(QWidget):
    """A file that shows the sending: dropped or chosen, and only read when it is recorded."""

    changed = Signal()

    def __init__(
        self, theme: Theme, words: str, detail: str, held: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        choose = Button(theme, say("case", "Choose a file…"), icon=Icon.FOLDER)
        choose.clicked.connect(self._choose)
        self.area = DropArea(theme, Icon.IMPORT, words, detail, held, choose)
        self.area.dropped.connect(self.take)
        self._name = elided("", weight="medium", middle=True)
        self.take_out = Button(theme, say("case", "Take out"), ButtonKind.QUIET, Icon.CLOSE)
        self.take_out.clicked.connect(self._take_out)
        line = row(self._name, self.take_out, gap=8)
        line.setStretch(0, 1)
        self._shown = QWidget()
        self._shown.setLayout(line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.area)
        inside.addWidget(self._shown)
        self.setFocusProxy(choose)
        self._show()

    def take(self, path: str) -> None:
        self.path = Path(path)
        self._show()

    def _take_out(self) -> None:
        self.path = None
        self._show()

    def _choose(self) -> None:
        dialog = QFileDialog(self, say("case", "Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def _show(self) -> None:
        self.area.setVisible(self.path is None)
        self._shown.setVisible(self.path is not None)
        self._name.setText(self.path.name if self.path is not None else "")
        self.changed.emit()


class SentDialog(Sheet):
    """A note of the person's; a mail file, a post number or a picture makes it a proof."""

    def __init__(self, desk: Desk, shown: CaseRow, parent: QWidget, file: Path | None = None) -> None:
        title = say("case", "Record sending")
        super().__init__(desk.theme, "case-sent", title, 580, 700, parent)
        self._desk, self._shown = desk, shown
        self.set_heading(title, shown.case.title)
        theme = desk.theme
        self.letter = Select(theme, say("case", "Which letter"))
        sent = letters_sent(shown.case)
        for each in reversed(shown.case.letters):
            self.letter.addItem(each.subject, each.id)
        unsent = next((n for n, each in enumerate(reversed(shown.case.letters)) if each.id not in sent), 0)
        self.letter.setCurrentIndex(unsent)
        if len(shown.case.letters) > 1:
            self.inside.addWidget(Field(theme, say("case", "Which letter"), self.letter))
        else:
            self.letter.setParent(self)
            self.letter.hide()
        self.how = Select(theme, say("case", "How"))
        for how in SentBy:
            self.how.addItem(sent_by_words(how), how)
        self.how.currentIndexChanged.connect(self._show_how)
        self.day = DayEdit(theme, desk.figures, desk.settings.language)
        self.day.show_day(desk.clock().astimezone().date())
        self.day_field = Field(theme, say("case", "On which day"), self.day)
        how_field = Field(theme, say("case", "How"), self.how)
        line = row(self.day_field, how_field, gap=16)
        for place, field in enumerate((self.day_field, how_field)):
            line.setStretch(place, 1)
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(line)
        self.number = QLineEdit()
        self.number_field = Field(
            theme,
            say("case", "Number"),
            self.number,
            say("case", "Of the registered letter, the parcel or the form. Empty: there is none."),
        )
        self.inside.addWidget(self.number_field)
        self.proof = ProofFile(
            theme,
            say("case", "Drop what shows it here"),
            say("case", "The sent mail (.eml), a picture of the receipt, or a PDF. It is kept encrypted."),
            say("case", "Let go to add it"),
        )
        self.proof_field = Field(theme, say("case", "What shows it"), self.proof)
        self.inside.addWidget(self.proof_field)
        own = say(
            "case",
            "It is your note. A sent mail is compared with the letter word for word; whether it arrived is "
            "shown by neither.",
        )
        self.inside.addWidget(Note(theme, own, Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.record = Button(theme, say("case", "Record sending"), ButtonKind.PRIMARY)
        self.record.clicked.connect(self._record)
        self.set_buttons(None, cancel, self.record, safe=cancel)
        if file is not None:
            self.proof.take(str(file))
        self.day.edit.textChanged.connect(self._another_day)
        self.proof.changed.connect(self._another_proof)
        self._show_how()
        (self.letter if len(shown.case.letters) > 1 else self.day).setFocus()

    def _show_how(self) -> None:
        self.number_field.setVisible(self.how.currentData() is not SentBy.MAIL)

    def _another_day(self, _typed: str) -> None:
        self.day_field.show_fault("")

    def _another_proof(self) -> None:
        self.proof_field.show_fault("")

    def _record(self) -> None:
        day, how = self.day.day, self.how.currentData()
        self.day_field.show_fault("" if day else say("case", "Write the day, such as 3 May 2026."))
        if day is None or not isinstance(how, SentBy):
            self.day.setFocus()
            return
        case, letter = self._shown.case.id, str(self.letter.currentData() or "")
        number, file = self.number.text().strip(), self.proof.path
        self.record.setEnabled(False)
        self.show_problem("")
        self._desk.act(
            self,
            lambda console: case_commands.mark_sent(console, case, letter, day, how, number, file),
            self._done,
            self._failed,
        )

    def _done(self, _case: Case) -> None:
        self._desk.say(say("case", "Recorded as sent. The application itself sends nothing."))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        """What is wrong with the day or the file stands beside it, and the keyboard goes there."""
        self.record.setEnabled(True)
        words = problem_words(problem)
        if isinstance(problem, NotSentThen):
            self.day_field.show_fault(words)
            self.day.setFocus()
        elif self.proof.path is not None and isinstance(problem, NotACaseFile | FileProblem):
            self.proof_field.show_fault(words)
            self.proof.take_out.setFocus()
        else:
            self.show_problem(words)
