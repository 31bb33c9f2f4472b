"""Deadlines as a calendar file: what is in it, who would see it, and where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import deadlines as deadline_commands
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox
from artist_console.ui.widgets.sections import Note

SUFFIX = ".ics"


class CalendarFileDialog(Sheet):
    """One file that every calendar program takes in; it does not follow what changes here."""

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget) -> None:
        title = say("calendar", "Deadlines as a calendar file")
        super().__init__(desk.theme, "calendar-file", title, 560, 400, parent)
        self._desk, self._artist = desk, artist
        theme = desk.theme
        whose = desk.name_of(artist) if artist is not None else say("calendar", "all artists")
        self.set_heading(title, say("calendar", "For {name}.", name=whose))
        what = say(
            "calendar",
            "Every deadline becomes a whole day with what silence means there, and a reminder. Importing a "
            "newer file moves the days that have changed.",
        )
        self.inside.addWidget(label(what, tone=Token.TEXT_2, wrap=True))
        self.without_titles = CheckBox(theme, say("calendar", "Without names and titles"))
        self.inside.addWidget(self.without_titles)
        others = say(
            "calendar",
            "For a calendar that others see, too: it then says only what kind of deadline it is.",
        )
        self.inside.addWidget(label(others, tone=Token.TEXT_2, wrap=True))
        open_file = say("calendar", "The file is not encrypted. Nothing is sent anywhere.")
        self.inside.addWidget(Note(theme, open_file, Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("calendar", "Save the file…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.clicked.connect(self._choose)
        self.set_buttons(None, cancel, self.save, safe=cancel)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        name = (
            self._desk.name_of(self._artist) if self._artist is not None else say("calendar", "All artists")
        )
        dialog.selectFile(say("calendar", "{name} - deadlines", name=name) + SUFFIX)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        artist, quiet = self._artist, self.without_titles.isChecked()
        self.save.setEnabled(False)
        self._desk.ask(
            self,
            "calendar",
            lambda console: deadline_commands.save_calendar(
                console, Path(path), artist, without_titles=quiet
            ),
            self._done,
            self._failed,
        )

    def _done(self, path: Path) -> None:
        self._desk.say(say("calendar", "Saved as {file}.", file=path.name))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.save.setEnabled(True)
        self.show_problem(problem_words(problem))
