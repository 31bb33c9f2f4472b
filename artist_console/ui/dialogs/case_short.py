"""The short doings of a case: its next date, a note, who looks after it, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import cases as case_commands
from artist_console.commands.cases import CaseRow
from artist_console.commands.console import Console, Result
from artist_console.domain.cases import Case
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import FlowLayout
from artist_console.ui.widgets.sections import Note

_AHEAD_DAYS = (7, 14, 30)


class _CaseSheet(Sheet):
    """One thing about one case, recorded with one button, which each dialog connects; nobody is told."""

    def __init__(
        self, desk: Desk, row: CaseRow, name: str, title: str, done: str, height: int, parent: QWidget
    ) -> None:
        super().__init__(desk.theme, name, title, 540, height, parent)
        self._desk, self._row = desk, row
        self.set_heading(title, row.case.title)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.record = Button(desk.theme, done, ButtonKind.PRIMARY)
        self.set_buttons(None, cancel, self.record, safe=cancel)

    def _act(self, what: Callable[[Console], Result[Case]]) -> None:
        self.record.setEnabled(False)
        self.show_problem("")
        self._desk.act(self, what, self._done, self._failed)

    def _done(self, _case: Case) -> None:
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.record.setEnabled(True)
        self.show_problem(problem_words(problem))


class NextDateDialog(_CaseSheet):
    """A day to look at the case again. It waits in Overview from then on."""

    def __init__(self, desk: Desk, row: CaseRow, parent: QWidget) -> None:
        super().__init__(
            desk,
            row,
            "case-next",
            say("case", "Set the next date"),
            say("case", "Set the date"),
            400,
            parent,
        )
        theme, standing = desk.theme, row.standing
        self.day = DayEdit(theme, desk.figures, desk.settings.language)
        self.day.show_day(standing.next_on if standing.noted else None)
        hint = say("case", "From that day it stands under “Waiting for you”. Nobody else is told.")
        self.field = Field(theme, say("case", "Look at it again on"), self.day, hint)
        self.inside.addWidget(self.field)
        ahead = QWidget()
        flow = FlowLayout(ahead, gap=6)
        for days in _AHEAD_DAYS:
            button = Button(theme, say_count("case", "In 1 day", "In {n} days", days), ButtonKind.QUIET)
            button.clicked.connect(partial(self._set_ahead, days))
            flow.addWidget(button)
        self.inside.addWidget(ahead)
        self.take_away = Button(theme, say("case", "Take the date away"), ButtonKind.QUIET, Icon.CLOSE)
        self.take_away.clicked.connect(self._take_away)
        self.take_away.setVisible(standing.noted)
        flow.addWidget(self.take_away)
        self.inside.addStretch(1)
        self.record.clicked.connect(self.do_it)
        self.day.setFocus()

    def _set_ahead(self, days: int) -> None:
        today = self._desk.clock().astimezone().date()
        self.day.show_day(today + timedelta(days=days))
        self.record.setFocus()

    def do_it(self) -> None:
        day, id = self.day.day, self._row.case.id
        self.field.show_fault("" if day else say("case", "Write the day, such as 3 May 2027."))
        if day is not None:
            self._act(lambda console: case_commands.set_next(console, id, day))

    def _take_away(self) -> None:
        id = self._row.case.id
        self._act(lambda console: case_commands.set_next(console, id, None))


class NoteDialog(_CaseSheet):
    """Words of one's own, with the day on which they were written."""

    def __init__(self, desk: Desk, row: CaseRow, parent: QWidget) -> None:
        super().__init__(
            desk, row, "case-note", say("case", "Add a note"), say("case", "Keep the note"), 400, parent
        )
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(desk.theme.px(96))
        hint = say("case", "Such as: called on 3 May, Ms Berg looks into it.")
        self.field = Field(desk.theme, say("case", "Note"), self.note, hint)
        self.inside.addWidget(self.field, 1)
        stays = say(
            "case", "It stays in this profile, and in each evidence file that you export of this case."
        )
        self.inside.addWidget(Note(desk.theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.record.clicked.connect(self.do_it)
        self.note.setFocus()

    def do_it(self) -> None:
        words, id = self.note.toPlainText().strip(), self._row.case.id
        self.field.show_fault("" if words else say("case", "Write a few words."))
        if words:
            self._act(lambda console: case_commands.add_note(console, id, words))


class OwnerDialog(_CaseSheet):
    """Who of one's own side takes care of the case. A name, not an account."""

    def __init__(self, desk: Desk, row: CaseRow, parent: QWidget) -> None:
        super().__init__(
            desk,
            row,
            "case-owner",
            say("case", "Who looks after it"),
            say("case", "Keep the name"),
            320,
            parent,
        )
        self.name = QLineEdit(row.case.owner)
        hint = say("case", "A name for your own list. Nobody is told. Empty: nobody in particular.")
        self.inside.addWidget(Field(desk.theme, say("case", "Name"), self.name, hint))
        self.inside.addStretch(1)
        self.name.returnPressed.connect(self.do_it)
        self.record.clicked.connect(self.do_it)
        self.name.setFocus()

    def do_it(self) -> None:
        name, id = self.name.text().strip(), self._row.case.id
        self._act(lambda console: case_commands.set_owner(console, id, name))


class CloseDialog(_CaseSheet):
    """What stays and what ends; a reply that comes later opens it again."""

    def __init__(self, desk: Desk, row: CaseRow, parent: QWidget) -> None:
        super().__init__(
            desk, row, "case-close", say("case", "Close the case"), say("case", "Close the case"), 420, parent
        )
        what = say(
            "case",
            "Nothing waits here any more. Letters, replies and what they say stay as they are, and a reply "
            "that you add later opens the case again. Closing does not say who was right.",
        )
        self.inside.addWidget(label(what, tone=Token.TEXT_2, wrap=True))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(desk.theme.px(72))
        hint = say("case", "Such as: settled by phone. You can leave it empty.")
        self.inside.addWidget(Field(desk.theme, say("case", "What came of it"), self.note, hint))
        self.inside.addStretch(1)
        self.record.clicked.connect(self.do_it)
        self.note.setFocus()

    def do_it(self) -> None:
        words, id = self.note.toPlainText().strip(), self._row.case.id
        self._act(lambda console: case_commands.close_case(console, id, words))
