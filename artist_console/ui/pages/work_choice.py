"""Which recording something is about, where the person knows it; nothing chosen is all their music."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands import works as work_commands
from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorksQuery, WorkSummary
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.choices import Choice
from artist_console.ui.dialogs.which_works import WhichWorksDialog
from artist_console.ui.icons import Icon
from artist_console.ui.tables.works_cells import work_title
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import row


class WorkChoice(QWidget):
    """`question` stands on the button and over the list, which is asked for when it is opened."""

    changed = Signal()

    def __init__(self, desk: Desk, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._question = desk, question
        self._artist: ArtistId | None = None
        self.work: WorkId | None = None
        self.button = Button(desk.theme, "", icon=Icon.WORKS)
        self.button.clicked.connect(self._ask)
        self._none = Button(desk.theme, say("work-choice", "For all music again"), ButtonKind.QUIET)
        self._none.clicked.connect(self.forget)
        self.setLayout(row(self.button, self._none))
        self.setFocusProxy(self.button)
        self._show("")

    def show_artist(self, artist: ArtistId | None) -> None:
        if artist != self._artist:
            self._artist = artist
            self.forget()

    def take(self, chosen: tuple[WorkId, str]) -> None:
        """A work and its title."""
        self.work = chosen[0]
        self._show(chosen[1])
        self.changed.emit()

    def forget(self) -> None:
        held = self._none.hasFocus()
        self.work = None
        self._show("")
        if held:
            self.button.setFocus()
        self.changed.emit()

    def _ask(self) -> None:
        artist = self._artist
        if artist is None:
            return

        def find(console: Console) -> tuple[WorkSummary, ...]:
            found = work_commands.find_every_work(console, WorksQuery(artist=artist))
            return tuple(each for each in found if each.kind is WorkKind.RECORDING)

        self._desk.ask(self, "works", find, self._choose)

    def _choose(self, works: tuple[WorkSummary, ...]) -> None:
        choices = [
            Choice(work_title(each), each.release_title, (each.work, work_title(each))) for each in works
        ]
        dialog = WhichWorksDialog(self._desk, self._question, choices, self.window())
        dialog.chosen.connect(self.take)
        dialog.open()

    def _show(self, title: str) -> None:
        words = (
            say("work-choice", "{question} {title}", question=self._question, title=isolate(title))
            if title
            else self._question
        )
        self.button.set_words(words)
        self._none.setVisible(bool(title))
