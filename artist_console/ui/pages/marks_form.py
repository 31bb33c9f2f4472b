"""Marking audio files: which ones, with whose certificate, where they go; then file by file, with Cancel."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands import marks as commands
from artist_console.commands.console import Console, Result
from artist_console.commands.mark_certificates import MadeCertificate
from artist_console.commands.mark_sources import PlannedMark
from artist_console.commands.marks import MarkProgress, MarkWish
from artist_console.domain.ids import ArtistId
from artist_console.domain.marks import MarkRun
from artist_console.domain.problems import Problem
from artist_console.ui.background import Cancelled, Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.own_certificate import OwnCertificateDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.file_pick import FilePick
from artist_console.ui.pages.marks_plan import MarksPlan
from artist_console.ui.pages.work_choice import WorkChoice
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, RadioButton, one_of
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import beside, column, row
from artist_console.ui.widgets.meter import Meter
from artist_console.ui.widgets.sections import Note

_BELOW_CHOICE = 28  # where the words of a choice begin


class MarksForm(QWidget):
    """The passphrase is used once and forgotten; certificates and key are read where they are."""

    marked = Signal(object)  # MarkRun

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist: ArtistId | None = None
        self._job: Job | None = None
        self.paths: tuple[Path, ...] = ()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        self._build_files(inside)
        self._build_signing(inside)
        self._build_target(inside)
        self._build_doing(inside)
        self.into.setChecked(True)
        self._show_chosen()
        self._show_going_on(False)

    # Building

    def _build_files(self, inside: QVBoxLayout) -> None:
        theme = self._desk.theme
        self.choose_files = Button(theme, say("mark", "Choose files…"), icon=Icon.FOLDER)
        self.choose_files.clicked.connect(self._ask_files)
        self.choose_folder = Button(theme, say("mark", "Choose a folder…"))
        self.choose_folder.clicked.connect(self._ask_folder)
        self.chosen = label("", tone=Token.TEXT_2, wrap=True)
        self.recursive = CheckBox(theme, say("mark", "Folders inside it, too"))
        self.recursive.toggled.connect(self._forget_plan)
        inside.addWidget(label(say("mark", "Which files"), weight="medium"))
        line = row(self.choose_files, self.choose_folder, self.chosen, gap=8)
        line.setStretch(2, 1)
        inside.addLayout(line)
        inside.addLayout(row(self.recursive, None))
        self.work = WorkChoice(self._desk, say("mark", "Which recording are they?"))
        self.work.changed.connect(self._forget_plan)
        hint = say(
            "mark",
            "Files are told by the ISRC in their tags or names. Where they have none, name the recording; "
            "else what you said of all your music counts.",
        )
        inside.addLayout(row(self.work, None))
        inside.addWidget(label(hint, TextRole.SMALL, Token.TEXT_3, wrap=True))

    def _build_signing(self, inside: QVBoxLayout) -> None:
        theme = self._desk.theme
        pem = say("mark", "Certificates and keys (*.pem *.crt *.cer *.key)")
        chain, key = say("mark", "Certificate and those above it"), say("mark", "Private key")
        self.chain, self.key = FilePick(theme, chain, filters=pem), FilePick(theme, key, filters=pem)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.make_own = Button(theme, say("mark", "Make a certificate of your own…"), icon=Icon.KEY)
        self.make_own.clicked.connect(self._open_certificate)
        used = say("mark", "Of the private key, where it has one. It is used once and not kept.")
        inside.addLayout(beside(Field(theme, chain, self.chain), Field(theme, key, self.key)))
        self.passphrase_field = Field(theme, say("mark", "Passphrase"), self.passphrase, used)
        inside.addWidget(self.passphrase_field)
        inside.addLayout(row(self.make_own, None))

    def _build_target(self, inside: QVBoxLayout) -> None:
        theme = self._desk.theme
        self.into = RadioButton(theme, say("mark", "Into a folder; the originals stay as they are"))
        self.replace = RadioButton(theme, say("mark", "In the place of the originals"))
        one_of(self.into, self.replace)
        self.into.toggled.connect(self._follow)
        self.replace.toggled.connect(self._follow)
        self.out = FilePick(theme, say("mark", "Folder for the marked files"), folder=True)
        self.more = QLineEdit()
        self.more.setPlaceholderText("https://")
        self.more.textEdited.connect(self._forget_plan)
        hint = say("mark", "Stands in the mark, for uses that you refuse in part. It may stay empty.")
        inside.addWidget(label(say("mark", "Where the marked files go"), weight="medium"))
        below = row(self.out, margins=(theme.px(_BELOW_CHOICE), 0, 0, 0))
        inside.addLayout(column(row(self.into, None), below, row(self.replace, None), gap=6))
        inside.addWidget(Field(theme, say("mark", "Address where more is said"), self.more, hint))

    def _build_doing(self, inside: QVBoxLayout) -> None:
        theme = self._desk.theme
        self.look_button = Button(theme, say("mark", "Show what would be stated"), icon=Icon.EYE)
        self.look_button.clicked.connect(self.look)
        self.mark_button = Button(theme, say("mark", "Mark the files"), icon=Icon.MARK)
        self.mark_button.clicked.connect(self.mark)
        self.meter = Meter(theme)
        self.going_on = label("", tone=Token.TEXT_2, wrap=True)
        self.cancel = Button(theme, say("dialog", "Cancel"), ButtonKind.QUIET)
        self.cancel.clicked.connect(self._stop)
        self.problem = Note(theme, "", Tint.DENY, Icon.TRIANGLE)
        self.plan = MarksPlan(theme)
        inside.addLayout(row(self.look_button, self.mark_button, None))
        inside.addWidget(self.meter)
        line = row(self.going_on, self.cancel, gap=12)
        line.setStretch(0, 1)
        inside.addLayout(line)
        inside.addWidget(self.problem)
        inside.addWidget(self.plan)
        self.problem.show_words("")

    # Choosing

    def show_artist(self, artist: ArtistId | None) -> None:
        if artist != self._artist:
            self._artist = artist
            self.work.show_artist(artist)
            self._forget_plan()
        self._follow()

    def _ask_files(self) -> None:
        dialog = QFileDialog(self, say("mark", "Choose audio files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [say("mark", "Audio files (*.wav *.mp3 *.flac *.m4a)"), say("mark", "All files (*)")]
        )
        dialog.filesSelected.connect(self.take_files)
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, say("mark", "Choose a folder of audio files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.filesSelected.connect(self.take_files)
        dialog.open()

    def take_files(self, names: list[str]) -> None:
        self.paths = tuple(Path(name) for name in names)
        self._show_chosen()
        self._forget_plan()

    def _show_chosen(self) -> None:
        if not self.paths:
            words = say("mark", "Nothing chosen")
        elif len(self.paths) == 1:
            words = isolate(self.paths[0].name)
        else:
            words = say_count("mark", "1 file", "{n} files", len(self.paths))
        self.chosen.setText(words)
        self.recursive.setVisible(any(path.is_dir() for path in self.paths))
        self._follow()

    def _open_certificate(self) -> None:
        name = self._desk.name_of(self._artist) if self._artist is not None else ""
        dialog = OwnCertificateDialog(self._desk, name, self.window())
        dialog.made.connect(self.take_certificate)
        dialog.open()

    def take_certificate(self, made: MadeCertificate) -> None:
        self.chain.take(str(made.chain))
        self.key.take(str(made.key))
        self.passphrase.setFocus()

    def _forget_plan(self, _changed: object = None) -> None:
        self.plan.clear()
        self.problem.show_words("")

    def _follow(self, _on: bool = False) -> None:
        self.out.setVisible(self.into.isChecked())
        ready = bool(self.paths) and self._artist is not None and self._job is None
        self.look_button.setEnabled(ready)
        self.mark_button.setEnabled(ready)

    def _wish(self) -> MarkWish | None:
        if self._artist is None or not self.paths:
            return None
        replace = self.replace.isChecked()
        return MarkWish(
            self._artist,
            self.paths,
            out=None if replace else self.out.path,
            replace_originals=replace,
            recursive=self.recursive.isChecked(),
            work=self.work.work,
            more=self.more.text().strip(),
        )

    # What would be stated

    def look(self) -> None:
        wish = self._wish()
        self._forget_plan()
        if wish is not None and self._job is None:
            self._desk.long_work(
                lambda console, _progress: commands.plan_marks(console, wish), self._planned, self._failed
            )

    def _planned(self, planned: tuple[PlannedMark, ...]) -> None:
        self.plan.show_plan(planned)

    def _failed(self, problem: Problem) -> None:
        self._end()
        self.problem.show_words(problem_words(problem))

    # Marking

    def mark(self) -> None:
        """Each file for itself; what was done stays done when somebody cancels."""
        wish, chain, key, word = self._wish(), self.chain.path, self.key.path, self.passphrase.text()
        self._forget_plan()
        if wish is None or self._job is not None:
            return
        if chain is None or key is None:
            self.problem.show_words(
                say("mark", "Choose your certificate and its private key, or make one of your own.")
            )
            return
        self.passphrase.clear()

        def run(console: Console, progress: Progress) -> Result[MarkRun]:
            def tell(now: MarkProgress) -> None:
                with suppress(Cancelled):  # it is asked between two files, and ends there
                    progress.report(now.done, now.total, now.name)

            return commands.mark_files(
                console, wish, chain, key, lambda: word, tell, lambda: progress.should_stop
            )

        self._job = self._desk.long_work(run, self._done, self._failed, self._tell)
        self._show_going_on(True)
        self._follow()

    def _tell(self, done: int, total: int, name: str) -> None:
        if self._job is None:
            return
        self.meter.show_part(done, total)
        self.going_on.setText(
            say("mark", "{done} of {total}: {name}", done=done, total=total, name=isolate(name))
        )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.going_on.setText(say("mark", "Stopping after this file…"))

    def _done(self, result: Result[MarkRun]) -> None:
        self._end()
        self._desk.changed.emit(result.changes)
        self.marked.emit(result.value)

    def _end(self) -> None:
        held = self.cancel.hasFocus()
        self._job = None
        self._show_going_on(False)
        self._follow()
        if held:
            self.mark_button.setFocus()

    def _show_going_on(self, on: bool) -> None:
        self.meter.setVisible(on)
        self.meter.show_part(0, 1)
        self.going_on.show_words(say("mark", "Reading the files…") if on else "")
        self.cancel.setVisible(on)
