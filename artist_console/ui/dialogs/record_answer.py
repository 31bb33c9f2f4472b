"""What somebody without an account answered, or what was tried to reach them; with a file as evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import recorded_answers
from artist_console.commands.consensus import BoardView, RecordedRow
from artist_console.commands.console import Console, Result
from artist_console.commands.recorded_answers import AnswerKept, DayToCome, GivenAnswer, NothingTried
from artist_console.domain import words
from artist_console.domain.ids import ArtistId, PartyId, ProgrammeId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import ANY_USE, PartyStance, UseScope
from artist_console.domain.uses import Family, Use
from artist_console.ui.agreeing import STANCE_WORDS
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import elided, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, Select, one_of
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note

FOLDER_KEPT_AS = "evidence.folder"


class RecordAnswerDialog(Sheet):
    """Gives `recorded` what is kept now and what follows; it stays open while something makes no sense."""

    recorded = Signal(object)  # AnswerKept

    def __init__(
        self,
        desk: Desk,
        view: BoardView,
        party: PartyId,
        name: str,
        parent: QWidget,
        former: RecordedRow | None = None,
    ) -> None:
        title = (
            say("record-answer", "Record an answer of {name}", name=name)
            if former is None
            else say("record-answer", "Change the answer of {name}", name=name)
        )
        super().__init__(desk.theme, "record-answer", title, 600, 700, parent)
        self.set_heading(
            title,
            say(
                "record-answer",
                "It stays in this profile and is sent to nobody. It counts as their answer here.",
            ),
        )
        self._desk = desk
        self._artist: ArtistId = view.board.artist
        self._work: WorkId = view.board.work
        self._party = party
        self._former = former
        self._evidence: Path | None = None
        self._dropped = False
        self._build_stance()
        self._build_about(view)
        self._build_words()
        self._build_evidence()
        self.inside.addStretch(1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        words_of = (
            say("record-answer", "Record answer") if former is None else say("record-answer", "Keep change")
        )
        self.record = Button(desk.theme, words_of, ButtonKind.PRIMARY)
        self.record.clicked.connect(self._record)
        self.set_buttons(None, cancel, self.record, safe=cancel)
        if former is not None:
            self._fill(former)
        for choice in self.stances.values():
            choice.toggled.connect(self._follow_stance)
        self._follow_stance()

    # Building

    def _build_stance(self) -> None:
        self.stances: dict[PartyStance, RadioButton] = {}
        for stance in PartyStance:
            self.stances[stance] = RadioButton(self._desk.theme, domain_words(STANCE_WORDS[stance]))
        one_of(*self.stances.values())
        self.inside.addWidget(label(say("record-answer", "What was answered"), weight="medium"))
        self.inside.addLayout(row(*self.stances.values(), None, gap=20))

    def _build_about(self, view: BoardView) -> None:
        theme = self._desk.theme
        self.about = Select(theme, say("record-answer", "About"))
        self.about.addItem(say("record-answer", "“{title}”", title=view.title), self._work)
        self.about.addItem(say("record-answer", "Everything that they hold"), "")
        self.programme = Select(theme, say("record-answer", "Programme"))
        self.programme.addItem(say("record-answer", "Any programme"), "")
        for id, name in dict.fromkeys((c.programme, c.programme_name) for c in view.choices):
            self.programme.addItem(name, id)
        self.use = Select(theme, say("record-answer", "Use"))
        self.use.addItem(say("record-answer", "Every use"), "")
        for family in Family:
            self.use.addItem(
                say("record-answer", "All of: {family}", family=domain_words(words.FAMILY[family][0])),
                family.value,
            )
        for use in Use:
            self.use.addItem(domain_words(words.USE[use][0]), use.value)
        self._suggest(view)
        self.inside.addWidget(Field(theme, say("record-answer", "About"), self.about))
        self.inside.addLayout(
            row(
                Field(theme, say("record-answer", "Programme"), self.programme),
                Field(theme, say("record-answer", "Use"), self.use),
                None,
                gap=16,
            )
        )
        self.day = QLineEdit(self._desk.clock().date().isoformat())
        hint = say("record-answer", "Year-month-day, such as 2025-11-18.")
        self.day_field = Field(theme, say("record-answer", "Said or tried on"), self.day, hint)
        self.inside.addWidget(self.day_field)

    def _suggest(self, view: BoardView) -> None:
        """A board about one programme and use is most likely what the answer is about."""
        if len(view.board.cells) == 1:
            programme, use = view.board.cells[0]
            self.programme.setCurrentIndex(max(self.programme.findData(programme or ""), 0))
            self.use.setCurrentIndex(max(self.use.findData(use.value), 0))

    def _build_words(self) -> None:
        theme = self._desk.theme
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(84))
        self.words_field = Field(theme, say("record-answer", "In words"), self.words)
        self.source = QLineEdit()
        self.source_field = Field(
            theme,
            say("record-answer", "Where it can be found again"),
            self.source,
            say("record-answer", "Such as: letter of 3 May, call with the publisher."),
        )
        self.inside.addWidget(self.words_field)
        self.inside.addWidget(self.source_field)

    def _build_evidence(self) -> None:
        theme = self._desk.theme
        self.attach = Button(theme, say("record-answer", "Attach a file…"), icon=Icon.PLUS)
        self.attach.clicked.connect(self.choose_file)
        self.drop = Button(theme, say("record-answer", "Take the file away"), ButtonKind.QUIET)
        self.drop.clicked.connect(self._drop_file)
        self.file = elided("", TextRole.BODY, Token.TEXT_2, middle=True)
        self.inside.addWidget(label(say("record-answer", "Evidence"), weight="medium"))
        self.inside.addLayout(row(self.attach, self.file, self.drop, None, gap=10))
        note = say(
            "record-answer",
            "A letter or a mail, up to 20 MB. It stays encrypted in this profile, and out of every report.",
        )
        self.inside.addWidget(Note(theme, note, Tint.NEUTRAL, Icon.LOCK))
        self._show_file()

    def _fill(self, former: RecordedRow) -> None:
        self.stances[former.stance].setChecked(True)
        self.about.setCurrentIndex(0 if former.subject else 1)
        if former.subject and former.subject != self._work:
            self.about.insertItem(0, former.subject_title, former.subject)
            self.about.setCurrentIndex(0)
        self.programme.setCurrentIndex(max(self.programme.findData(former.programme or ""), 0))
        self.use.setCurrentIndex(max(self.use.findData(former.use.name), 0))
        self.day.setText(former.on.isoformat())
        self.words.setPlainText(former.words)
        self.source.setText(former.source)
        self._show_file()

    # Changing

    def _follow_stance(self) -> None:
        stance = self._stance()
        self.record.setEnabled(stance is not None)
        tried = stance is PartyStance.UNREACHABLE
        name = say("record-answer", "What was tried") if tried else say("record-answer", "What was said")
        self.words_field.set_words(name)

    def _stance(self) -> PartyStance | None:
        return next((stance for stance, button in self.stances.items() if button.isChecked()), None)

    def choose_file(self) -> None:
        dialog = QFileDialog(self, say("record-answer", "Attach a file"), self._desk.kept(FOLDER_KEPT_AS))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.attach_file)
        dialog.open()

    def attach_file(self, path: str) -> None:
        self._evidence, self._dropped = Path(path), False
        self._desk.keep(FOLDER_KEPT_AS, str(self._evidence.parent))
        self._show_file()

    def _drop_file(self) -> None:
        self._evidence, self._dropped = None, True
        self._show_file()
        self.attach.setFocus()

    def _show_file(self) -> None:
        kept = self._former.evidence_name if self._former is not None and not self._dropped else ""
        name = self._evidence.name if self._evidence is not None else kept
        self.file.setText(name or say("record-answer", "No file attached"))
        self.drop.setVisible(bool(name))

    # Recording

    def _record(self) -> None:
        stance = self._stance()
        day = self._day()
        if stance is None or day is None:
            return
        self.words_field.show_fault("")
        self.show_problem("")
        about, programme = self.about.currentData(), self.programme.currentData()
        given = GivenAnswer(
            party=self._party,
            stance=stance,
            on=day,
            work=WorkId(about) if about else None,
            programme=ProgrammeId(programme) if programme else None,
            use=_scope(self.use.currentData()),
            words=self.words.toPlainText(),
            source=self.source.text(),
            evidence=self._evidence,
            drop_evidence=self._dropped,
        )
        self.record.setEnabled(False)
        self._desk.act(self, lambda console: self._keep(console, given), self._done, self._failed)

    def _keep(self, console: Console, given: GivenAnswer) -> Result[AnswerKept]:
        if self._former is None:
            return recorded_answers.record_answer(console, self._artist, given)
        return recorded_answers.change_answer(console, self._artist, self._former.id, given)

    def _day(self) -> date | None:
        self.day_field.show_fault("")
        try:
            return date.fromisoformat(self.day.text().strip())
        except ValueError:
            self.day_field.show_fault(
                say("record-answer", "Write the day as year-month-day, such as 2025-11-18.")
            )
            self.day.setFocus()
            return None

    def _done(self, kept: AnswerKept) -> None:
        self.recorded.emit(kept)
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.record.setEnabled(True)
        told = problem_words(problem)
        match problem:
            case DayToCome():
                self.day_field.show_fault(told)
                self.day.setFocus()
            case NothingTried():
                self.words_field.show_fault(told)
                self.words.setFocus()
            case _:
                self.show_problem(told)


def _scope(name: str) -> UseScope:
    if not name:
        return ANY_USE
    families = {family.value: family for family in Family}
    return UseScope.of(families[name] if name in families else Use(name))
