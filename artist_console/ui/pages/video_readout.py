"""YouTube's public read-out: who may train with a video. Asked only when somebody presses the button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from artist_console.commands import switches as switch_commands
from artist_console.commands.console import Console, Result
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.switches import SwitchNote
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.work_choice import WorkChoice
from artist_console.ui.switch_looks import readout_chip
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Note

_MOST_SHOWN = 20


class VideoReadout(QWidget):
    """What was answered is kept with its day; the recording in a video makes the comparison exact."""

    answered = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist: ArtistId | None = None
        self._job: Job | None = None
        self.address = ""  # another server, for tests; empty: YouTube's own
        theme = desk.theme
        self.videos = QLineEdit()
        self.videos.setPlaceholderText("https://www.youtube.com/watch?v=…")
        self.videos.returnPressed.connect(self.ask)
        hint = say(
            "switch",
            "Several are separated by blanks. YouTube then sees the ids and your internet address, and "
            "nothing else; no key is needed, and none is kept.",
        )
        self.field = Field(theme, say("switch", "Addresses or ids of videos"), self.videos, hint)
        self.which = WorkChoice(desk, say("switch", "Which recording is in it?"))
        self.ask_button = Button(theme, say("switch", "Ask YouTube"), icon=Icon.GLOBE)
        self.ask_button.clicked.connect(self.ask)
        self.cancel = Button(theme, say("dialog", "Cancel"), ButtonKind.QUIET)
        self.cancel.clicked.connect(self._stop)
        self.going_on = label("", tone=Token.TEXT_2, wrap=True)
        self.problem = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(4)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(8)
        heading = say("switch", "Ask what YouTube tells everybody about a video")
        inside.addWidget(label(heading, weight="medium", wrap=True))
        inside.addWidget(self.field)
        inside.addLayout(row(self.which, self.ask_button, self.going_on, self.cancel, None))
        inside.addWidget(self.problem)
        inside.addLayout(self._answers)
        self.problem.show_words("")
        self._show_going_on(False)

    def show_artist(self, artist: ArtistId | None) -> None:
        self._artist = artist
        self.which.show_artist(artist)
        self.ask_button.setEnabled(artist is not None)

    def show_answers(self, notes: Sequence[SwitchNote]) -> None:
        """The last answer about each video, newest first."""
        clear_layout(self._answers)
        figures = self._desk.figures
        for note in notes[:_MOST_SHOWN]:
            chip = readout_chip(note)
            said = say("switch", "{video}, {day}", video=isolate(note.video), day=figures.day(note.on))
            words = label(said, tone=Token.TEXT_2, selectable=True)
            words.setAccessibleName(
                say(
                    "switch",
                    "Video {video}, answered on {day}: {what}",
                    video=note.video,
                    day=figures.day(note.on),
                    what=chip.shown,
                )
            )
            self._answers.addLayout(row(words, Chip(self._desk.theme, chip), None, gap=10))
        if len(notes) > _MOST_SHOWN:
            more = say_count(
                "switch",
                "1 more video was asked about",
                "{n} more videos were asked about",
                len(notes) - _MOST_SHOWN,
            )
            self._answers.addWidget(label(more, TextRole.SMALL, Token.TEXT_3))

    # Asking

    def ask(self) -> None:
        """Ask now. What was answered before a later question fails is kept."""
        artist, work, address = self._artist, self.which.work, self.address
        videos = tuple(self.videos.text().replace(",", " ").split())
        self.problem.show_words("")
        self.field.show_fault("")
        if artist is None or self._job is not None:
            return
        if not videos:
            self.field.show_fault(say("switch", "Give the address of a video, or its id."))
            self.videos.setFocus()
            return

        def ask_youtube(console: Console, progress: Progress) -> Result[tuple[SwitchNote, ...]]:
            made = (
                switch_commands.check_videos(console, artist, videos, work, address)
                if address
                else switch_commands.check_videos(console, artist, videos, work)
            )
            progress.report(len(videos), len(videos))
            return made

        self._show_going_on(True)
        self._job = self._desk.long_work(ask_youtube, self._done, self._failed, None, self._stopped)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.going_on.setText(say("switch", "Stopping…"))

    def _done(self, result: Result[tuple[SwitchNote, ...]]) -> None:
        self._end()
        self.videos.clear()
        self._desk.changed.emit(result.changes)
        self.answered.emit()

    def _failed(self, problem: Problem) -> None:
        self._end()
        self.problem.show_words(problem_words(problem))
        self.answered.emit()

    def _stopped(self) -> None:
        self._end()
        self.answered.emit()

    def _end(self) -> None:
        self._job = None
        held = self.cancel.hasFocus()
        self._show_going_on(False)
        if held:
            self.ask_button.setFocus()

    def _show_going_on(self, on: bool) -> None:
        self.going_on.show_words(say("switch", "Asking YouTube…") if on else "")
        self.cancel.setVisible(on)
        self.ask_button.setVisible(not on)
