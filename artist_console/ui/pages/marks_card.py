"""Marks in audio files: what a file carries, marking files of one's own, and what was marked before."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands import marks as commands
from artist_console.commands.marks import MarkShown, MarksNotInstalled
from artist_console.domain.ids import ArtistId
from artist_console.domain.mark_words import STRIPPED
from artist_console.domain.marks import MarkRun
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.mark_run import MarkRunDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.pages.drop_area import DropArea
from artist_console.ui.pages.mark_shown_view import MarkShownView
from artist_console.ui.pages.marks_form import MarksForm
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Disclosure, Note, SectionHeading

_AT_FIRST = 4


class MarksCard(Card):
    """Needs an extra; without it the card says how to install it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, say("mark", "Marks in audio files"), parent=parent)
        self._desk = desk
        self.form: MarksForm | None = None
        lead = say(
            "mark",
            "What you refuse, as a signed mark inside WAV, MP3, FLAC and M4A files. The audio and its tags "
            "stay the same.",
        )
        self.add(label(lead, tone=Token.TEXT_2, wrap=True))
        self.add(Note(desk.theme, domain_words(STRIPPED), Tint.ASK, Icon.INFO))
        if commands.is_installed():
            self._build()
        else:
            self.missing = Note(desk.theme, problem_words(MarksNotInstalled()), Tint.NEUTRAL, Icon.DOWNLOAD)
            self.add(self.missing)

    def _build(self) -> None:
        theme = self._desk.theme
        choose = Button(theme, say("mark", "Choose a file…"))
        choose.clicked.connect(self._ask_file)
        self.area = DropArea(
            theme,
            Icon.MARK,
            say("mark", "Drop an audio file here"),
            say("mark", "It shows what mark it carries, whoever made it"),
            say("mark", "Let go to see what mark this file carries"),
            choose,
        )
        self.area.dropped.connect(self.read)
        self.add(self.area)
        self.shown = MarkShownView(self._desk)
        self.add(self.shown)
        self.form = MarksForm(self._desk)
        self.form.marked.connect(self._show_run)
        self.writing = Disclosure(theme, say("mark", "Mark files of your own"), self.form)
        self.add(self.writing)
        self.before = SectionHeading(theme, say("mark", "Marked before"), small=True)
        self.add(self.before)
        self._runs = QVBoxLayout()
        self._runs.setSpacing(4)
        self.body.addLayout(self._runs)
        self.before.hide()

    def show_artist(self, artist: ArtistId | None) -> None:
        if self.form is not None:
            self.form.show_artist(artist)

    def refresh(self) -> None:
        """Answers may be others now: what would be stated is looked at again on request."""
        if self.form is not None:
            self.form.plan.clear()

    # What a file carries

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, say("mark", "Choose an audio file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def read(self, name: str) -> None:
        path = Path(name)
        self._desk.long_work(
            lambda _console, _progress: commands.read_marks((path,)), self._show_read, self._not_read
        )

    def _show_read(self, found: tuple[MarkShown, ...]) -> None:
        self.shown.show_mark(found[0])

    def _not_read(self, problem: Problem) -> None:
        self.shown.show_problem(problem_words(problem))

    # What was marked

    def show_runs(self, runs: tuple[MarkRun, ...]) -> None:
        if self.form is None:
            return
        clear_layout(self._runs)
        made = [run for run in runs if run.marked]  # others were kept before now
        self.before.setVisible(bool(made))
        for run in made[:_AT_FIRST]:
            self._runs.addLayout(self._line(run))

    def _line(self, run: MarkRun) -> QVBoxLayout:
        words = say_count(
            "mark",
            "{when}: 1 file, signed as {signer}",
            "{when}: {n} files, signed as {signer}",
            len(run.marked),
            when=self._desk.figures.day_and_time(run.at),
            signer=isolate(run.signer),
        )
        link = LinkButton(self._desk.theme, words)
        link.clicked.connect(partial(self._show_run, run))
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addLayout(row(link, None))
        if run.not_marked:
            left = say_count("mark", "1 file was left out", "{n} files were left out", len(run.not_marked))
            told.addWidget(label(left, TextRole.SMALL, Token.TEXT_3, wrap=True))
        return told

    def _show_run(self, run: MarkRun) -> None:
        MarkRunDialog(self._desk, run, self.window()).open()
