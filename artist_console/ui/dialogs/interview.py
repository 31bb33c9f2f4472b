"""The interview "What is mine to decide?": one question a page; at the end, what follows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import interview as interview_commands
from artist_console.commands.interview import AnswerUnreadable, Page
from artist_console.domain.ids import ArtistId
from artist_console.domain.interview import Ask, Line, Question, line_key
from artist_console.domain.own_standing import MineRow
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_title, problem_words
from artist_console.ui.mine_lines import MineLines
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Note

_WORDS_LINES = 5


class InterviewDialog(Sheet):
    """Each answer is kept as it is given: the dialog can be closed at any page and goes on from there."""

    written = Signal()  # what follows was written down

    def __init__(self, desk: Desk, artist: ArtistId, parent: QWidget) -> None:
        super().__init__(
            desk.theme, "interview", say("interview", "What is mine to decide?"), 600, 560, parent
        )
        self._desk, self._artist = desk, artist
        self._page: Page | None = None
        self._choices: dict[str, RadioButton] = {}
        self._lines: dict[str, QLineEdit | QPlainTextEdit] = {}
        self._fields: dict[str, Field] = {}
        self._content = QVBoxLayout()
        self._content.setSpacing(8)
        self.inside.addLayout(self._content)
        self.inside.addStretch(1)
        theme = desk.theme
        self.progress = label("", TextRole.SMALL, Token.TEXT_2)
        self.back = Button(theme, say("interview", "Back"))
        self.back.clicked.connect(self._go_back)
        self.skip = Button(theme, say("interview", "Skip"))
        self.skip.clicked.connect(self._skip)
        self.next = Button(theme, say("interview", "Next"), ButtonKind.PRIMARY)
        self.next.clicked.connect(self._go_on)
        self.later = Button(theme, say("interview", "Later"), ButtonKind.QUIET)
        self.later.clicked.connect(self.reject)
        self.set_buttons(self.later, self.progress, None, self.back, self.skip, self.next, safe=self.later)
        desk.ask(
            self,
            "page",
            lambda console: interview_commands.interview_page(console, artist),
            self._begin,
            self._fail,
        )

    @property
    def page(self) -> Page | None:
        return self._page

    def _begin(self, page: Page) -> None:
        if page.question is None and page.finished_before:
            artist = self._artist
            self._desk.act(
                self, lambda console: interview_commands.start_again(console, artist), self._show, self._fail
            )
            return
        self._show(page)

    # Pages

    def _show(self, page: Page) -> None:
        self._page = page
        self.show_problem("")
        clear_layout(self._content)
        self._choices, self._lines, self._fields = {}, {}, {}
        self.back.setEnabled(page.question is None or page.number > 1)
        self.skip.setVisible(page.question is not None)
        if page.question is None:
            self._show_end()
            return
        self.progress.setText(say("interview", "{n} of {all}", n=page.number, all=page.of))
        self.progress.setAccessibleName(say("interview", "Question {n} of {all}", n=page.number, all=page.of))
        self.next.set_words(say("interview", "Next"))
        self._show_question(page.question, page)

    def _show_question(self, question: Question, page: Page) -> None:
        self.set_heading(domain_words(question.title), domain_words(question.why))
        for key, words in question.options:
            choice = RadioButton(self._desk.theme, domain_words(words))
            choice.setChecked(page.answers.get(question.ask.value) == key)
            choice.toggled.connect(self._look)
            self._choices[key] = choice
            self._content.addWidget(choice)
        one_of(*self._choices.values())
        if self._choices and question.lines:
            self._content.addSpacing(6)
        for line in question.lines:
            self._content.addWidget(self._field(question.ask, line, page))
        if page.number == 1:
            works = say_count(
                "interview",
                "It takes about ten minutes and is about 1 work. You can stop and go on later.",
                "It takes about ten minutes and is about {n} works. You can stop and go on later.",
                page.works,
            )
            stays = say("interview", "{works} Your answers stay on this computer.", works=works)
            self._content.addSpacing(6)
            self._content.addWidget(Note(self._desk.theme, stays, Tint.INFO, Icon.INFO))
        self._look()
        chosen = next((choice for choice in self._choices.values() if choice.isChecked()), None)
        first = chosen or next(iter((*self._choices.values(), *self._lines.values())))
        # Shown now rather than with the next round of events: what is not shown does not take the keyboard.
        first.show()
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _field(self, ask: Ask, line: Line, page: Page) -> Field:
        key = line_key(ask, line.key)
        editor: QLineEdit | QPlainTextEdit
        if line.long:
            editor = QPlainTextEdit(page.answers.get(key, ""))
            editor.setTabChangesFocus(True)
            editor.setFixedHeight(_WORDS_LINES * self._desk.theme.px(20) + 16)
        else:
            editor = QLineEdit(page.answers.get(key, ""))
            editor.returnPressed.connect(self._go_on)
        editor.textChanged.connect(self._look)
        self._lines[key] = editor
        self._fields[key] = Field(
            self._desk.theme, domain_words(line.label), editor, domain_words(line.hint) if line.hint else ""
        )
        return self._fields[key]

    def _look(self) -> None:
        """Next needs an answer; Skip goes on without one."""
        self.next.setEnabled(any(self._given().values()))

    def _given(self) -> dict[str, str]:
        assert self._page is not None
        assert self._page.question is not None
        question = self._page.question
        given = {key: _text(editor) for key, editor in self._lines.items()}
        if question.options:
            given[question.ask.value] = next(
                (key for key, choice in self._choices.items() if choice.isChecked()), ""
            )
        return given

    def _show_end(self) -> None:
        self.set_heading(
            say("interview", "What follows"),
            say("interview", "So much would be yours to decide. Nothing is noted before you write it down."),
        )
        self.progress.setText("")
        self.next.set_words(say("interview", "Write it down"))
        self.next.setEnabled(False)
        artist = self._artist
        self._desk.ask(
            self,
            "follows",
            lambda console: interview_commands.what_follows(console, artist),
            self._show_follows,
            self._fail,
        )

    def _show_follows(self, rows: tuple[MineRow, ...]) -> None:
        lines = MineLines(self._desk.theme)
        lines.show_rows(rows)
        self._content.addWidget(lines)
        self._content.addSpacing(10)
        note = say(
            "interview",
            "This rests on what you said; nobody has checked it. Whether a no stops a licence depends on the "
            "contract and the country. You can change everything in Settings.",
        )
        self._content.addWidget(Note(self._desk.theme, note, Tint.NEUTRAL, Icon.INFO))
        self.next.setEnabled(True)
        self.next.setFocus(Qt.FocusReason.TabFocusReason)

    # Going on

    def _go_on(self) -> None:
        if self._page is None or not self.next.isEnabled():
            return
        if self._page.question is None:
            artist = self._artist
            self._desk.act(
                self, lambda console: interview_commands.finish(console, artist), self._end, self._fail
            )
            return
        self._answer(self._page.question.ask, self._given())

    def _skip(self) -> None:
        if self._page is not None and self._page.question is not None:
            self._answer(self._page.question.ask, dict.fromkeys(self._given(), ""))

    def _answer(self, ask: Ask, given: dict[str, str]) -> None:
        artist = self._artist
        self._desk.act(
            self,
            lambda console: interview_commands.answer(console, artist, ask, given),
            self._show,
            self._fail,
        )

    def _go_back(self) -> None:
        artist = self._artist
        self._desk.act(
            self, lambda console: interview_commands.go_back(console, artist), self._show, self._fail
        )

    def _end(self, _count: int) -> None:
        self.accept()
        self.written.emit()

    def _fail(self, problem: Problem) -> None:
        if isinstance(problem, AnswerUnreadable) and problem.key in self._fields:
            self._fields[problem.key].show_fault(problem_title(problem))
            self._lines[problem.key].setFocus()
            return
        self.show_problem(problem_words(problem))


def _text(editor: QLineEdit | QPlainTextEdit) -> str:
    return editor.text().strip() if isinstance(editor, QLineEdit) else editor.toPlainText().strip()
