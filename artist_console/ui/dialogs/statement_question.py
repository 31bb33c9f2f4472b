"""One open question about a statement file at a time; nothing is chosen before the person chooses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from artist_console.commands.import_hints import month_of
from artist_console.commands.statement_preview import OpenQuestion, StatementPreview
from artist_console.domain.currencies import is_currency
from artist_console.ui.desk import Desk
from artist_console.ui.statement_file_words import (
    LEVELS,
    days_words,
    level_detail,
    level_words,
    numbers_words,
    question_words,
)
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, RadioButton, one_of
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, row

_FIELD_WIDTH = 220
_INDENT = 27  # below the words of a choice


class QuestionCard(Card):
    """Tells what the person answered as changes of the hints, by their names."""

    answered = Signal(object)  # dict: name of a hint and its value
    columns_wished = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, strong=True, padding=16)
        self._desk = desk
        self.question: OpenQuestion | None = None
        self.choices: list[RadioButton] = []
        self.edit: QLineEdit | None = None
        self._field: Field | None = None
        self._count = label("", TextRole.SMALL, Token.TEXT_2)
        self._title = label("", TextRole.LEAD, weight="strong", wrap=True)
        self._why = label("", tone=Token.TEXT_2, wrap=True)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self.use = Button(desk.theme, say("statement-file", "Read it so"))
        self.use.clicked.connect(self._answer)
        self.body.setSpacing(6)
        for part in (self._count, self._title, self._why):
            self.add(part)
        self.body.addLayout(self._answers)
        self.body.addLayout(row(self.use, None, margins=(0, 6, 0, 0)))

    def show_question(self, preview: StatementPreview, answered: int) -> None:
        """The first that is open, of so many that were answered already; it hides where none is."""
        open_ones = preview.questions
        self.setVisible(bool(open_ones))
        if not open_ones:
            self.question = None
            return
        question = open_ones[0]
        count = say("statement-file", "Question {n} of {all}", n=answered + 1, all=answered + len(open_ones))
        title, why = question_words(preview, question)
        self._count.setText(count)
        self._title.setText(title)
        self._why.setText(why)
        self.setAccessibleName(f"{count}. {title}")
        if question is not self.question:
            self.question = question
            self._ask(preview, question)
            self._look()
            if self.isVisible():
                self.focus_first()

    def focus_first(self) -> None:
        first: QWidget = self.choices[0] if self.choices else self.edit or self.use
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask(self, preview: StatementPreview, question: OpenQuestion) -> None:
        clear_layout(self._answers)
        self.choices, self.edit, self._field = [], None, None
        readings = dict(preview.readings)
        self.use.set_words(say("statement-file", "Read it so"))
        match question:
            case OpenQuestion.COLUMNS:
                self.use.set_words(say("statement-file", "Name the columns…"))
            case OpenQuestion.NUMBERS:
                for key in ("point", "comma"):
                    self._offer(key, numbers_words(key), self._means(preview, readings.get(key, "")))
            case OpenQuestion.DAYS:
                for key in ("day_first", "month_first"):
                    self._offer(key, days_words(key), self._means(preview, readings.get(key, "")))
            case OpenQuestion.LEVEL:
                for level in LEVELS:
                    self._offer(level.value, level_words(level), level_detail(level))
            case OpenQuestion.CURRENCY:
                self._type(say("statement-file", "Currency"), say("statement-file", "A code such as EUR."))
            case OpenQuestion.MONTH:
                self._type(say("statement-file", "Month"), say("statement-file", "Such as 2025-04."))
        one_of(*self.choices)

    def _means(self, preview: StatementPreview, reading: str) -> str:
        if not reading:
            return ""
        return say(
            "statement-file",
            "“{cell}” is then {value}.",
            cell=isolate(preview.cell),
            value=isolate(reading),
        )

    def _offer(self, key: str, words: str, detail: str) -> None:
        choice = RadioButton(self._desk.theme, words)
        choice.setProperty("key", key)
        choice.setAccessibleDescription(detail)
        choice.toggled.connect(self._look)
        self.choices.append(choice)
        self._answers.addWidget(choice)
        if detail:
            below = label(detail, TextRole.SMALL, Token.TEXT_2, wrap=True)
            line = row(below, margins=(_INDENT, 0, 0, 4))
            line.setStretch(0, 1)
            self._answers.addLayout(line)

    def _type(self, words: str, hint: str) -> None:
        self.edit = QLineEdit()
        self.edit.setMaximumWidth(self._desk.theme.px(_FIELD_WIDTH))
        self.edit.returnPressed.connect(self._answer)
        self.edit.textChanged.connect(self._look)
        self._field = Field(self._desk.theme, words, self.edit, hint)
        self._answers.addWidget(self._field)

    def _look(self) -> None:
        """The button acts once there is an answer."""
        chosen = any(choice.isChecked() for choice in self.choices)
        typed = self.edit is not None and bool(self.edit.text().strip())
        self.use.setEnabled(chosen or typed or self.question is OpenQuestion.COLUMNS)
        if self._field is not None:
            self._field.show_fault("")

    def _answer(self) -> None:
        chosen = next((str(each.property("key")) for each in self.choices if each.isChecked()), "")
        typed = self.edit.text().strip() if self.edit is not None else ""
        match self.question:
            case OpenQuestion.COLUMNS:
                self.columns_wished.emit()
            case OpenQuestion.NUMBERS if chosen:
                self.answered.emit({"numbers": chosen})
            case OpenQuestion.DAYS if chosen:
                self.answered.emit({"days": chosen})
            case OpenQuestion.LEVEL if chosen:
                self.answered.emit({"level": next(each for each in LEVELS if each.value == chosen)})
            case OpenQuestion.CURRENCY if typed:
                self._answer_currency(typed.upper())
            case OpenQuestion.MONTH if typed:
                self._answer_month(typed)
            case _:
                pass

    def _answer_currency(self, code: str) -> None:
        if is_currency(code):
            self.answered.emit({"currency": code})
        elif self._field is not None:
            self._field.show_fault(say("statement-file", "Write the code of a currency, such as EUR."))

    def _answer_month(self, typed: str) -> None:
        month = month_of(typed)
        if month:
            self.answered.emit({"month": month})
        elif self._field is not None:
            self._field.show_fault(say("statement-file", "Write a month as 2025-04."))
