"""Noting how a switch elsewhere stands: state, day, words and a picture of the page."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import switches as switch_commands
from artist_console.commands.switches import SwitchRow
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.switches import SwitchState
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.case_sent import ProofFile
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.switch_looks import state_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.sections import Note


class SwitchNoteDialog(Sheet):
    """A note of the person's; nothing is set anywhere else."""

    def __init__(self, desk: Desk, artist: ArtistId, shown: SwitchRow, parent: QWidget) -> None:
        title = say("switch", "How it stands")
        super().__init__(desk.theme, "switch-note", title, 560, 700, parent)
        self._desk, self._artist, self._shown = desk, artist, shown
        self.set_heading(title, shown.known.name)
        theme = desk.theme
        self.states = {state: RadioButton(theme, state_words(state)) for state in SwitchState}
        one_of(*self.states.values())
        choices = QVBoxLayout()
        choices.setSpacing(2)
        choices.addWidget(label(say("switch", "What it is set to"), weight="medium"))
        for state, button in self.states.items():
            button.setChecked(state is shown.state and shown.note is not None)
            button.toggled.connect(self._follow)
            choices.addWidget(button)
        self.inside.addLayout(choices)
        self.day = DayEdit(theme, desk.figures, desk.settings.language)
        self.day.show_day(desk.clock().astimezone().date())
        self.day_field = Field(theme, say("switch", "Looked at on"), self.day)
        self.inside.addWidget(self.day_field)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(72))
        hint = say("switch", "What it is called there, whose account it is, whom you asked.")
        self.inside.addWidget(Field(theme, say("switch", "Note"), self.words, hint))
        self.picture = ProofFile(
            theme,
            say("switch", "Drop a picture of the page here"),
            say("switch", "It shows how it stood on that day"),
            say("switch", "Let go to attach this picture"),
        )
        self.inside.addWidget(self.picture)
        stays = say("switch", "It stays in this profile. Nothing is set there: that is done in the account.")
        self.inside.addWidget(Note(theme, stays, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("switch", "Note it"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        self._follow()
        first = next((button for button in self.states.values() if button.isChecked()), None)
        (first or next(iter(self.states.values()))).setFocus()

    @property
    def state(self) -> SwitchState | None:
        return next((state for state, button in self.states.items() if button.isChecked()), None)

    def _follow(self, _on: bool = False) -> None:
        self.save.setEnabled(self.state is not None)

    def _save(self) -> None:
        state, day = self.state, self.day.day
        self.day_field.show_fault("")
        self.show_problem("")
        if state is None:
            return
        if day is None:
            self.day_field.show_fault(say("switch", "Write the day on which you looked."))
            self.day.setFocus()
            return
        artist, key, words, picture = (
            self._artist,
            self._shown.known.key,
            self.words.toPlainText(),
            self.picture.path,
        )
        self.save.setEnabled(False)
        self._desk.act(
            self,
            lambda console: switch_commands.set_switch(console, artist, key, state, day, words, picture),
            self._done,
            self._failed,
        )

    def _done(self, _note: object) -> None:
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self._follow()
        self.show_problem(problem_words(problem))
