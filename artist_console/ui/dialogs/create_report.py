"""A report to be made: what is chosen beside who will see what; then the file, with progress."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from artist_console.commands import report_making
from artist_console.commands.console import Console
from artist_console.commands.report_making import ReportChoices, ReportFile, ReportWish
from artist_console.commands.report_preview import Preview
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.create_report_form import ReportForm
from artist_console.ui.dialogs.create_report_preview import ReportPreview
from artist_console.ui.dialogs.sheet import MARGIN, Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.places import REPORT_SUFFIX
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.inset import beside_scroll_bar
from artist_console.ui.widgets.layout import column, row

FOLDER_KEPT_AS = "reports.folder"
# The preview reads everything that is here: several boxes ticked in a row ask for it once.
_REST_MS = 200


class CreateReportDialog(Sheet):
    """Everything that could be somebody else's business is left out until it is chosen."""

    written = Signal(object)  # ReportFile

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget) -> None:
        title = say("create-report", "Create a report")
        super().__init__(desk.theme, "create-report", title, 940, 680, parent, scrolls=False)
        self._desk = desk
        self._job: Job | None = None
        self.form = ReportForm(desk, artist)
        self.preview = ReportPreview(desk.theme)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_REST_MS)
        self._asking.timeout.connect(self._ask_preview)
        self._left = left = QWidget()
        right = QWidget()
        left.setLayout(beside_scroll_bar(self.form))
        right.setLayout(beside_scroll_bar(self.preview))
        self.choosing = scrolled(left)
        sides = row(gap=MARGIN)
        sides.addWidget(self.choosing, 9)
        sides.addWidget(scrolled(right), 11)
        self.inside.setContentsMargins(MARGIN, 4, 12, 8)
        self.inside.addLayout(sides, 1)
        self._build_buttons()
        self._fit_form()
        desk.theme.changed.connect(self._fit_form)
        self.form.changed.connect(self._wait)
        self.form.artists_changed.connect(self._ask_choices)
        self._ask_choices()

    def _build_buttons(self) -> None:
        theme = self._desk.theme
        self.step = label("", TextRole.SMALL, Token.TEXT_2)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("create-report", "Progress"))
        self.going_on = QWidget()
        self.going_on.setLayout(column(self.step, self.bar, gap=6))
        self.stop = Button(theme, say("create-report", "Stop"))
        self.stop.clicked.connect(self._stop)
        self.cancel = Button(theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("create-report", "Save report…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.clicked.connect(self.choose_file)
        self.set_buttons(self.going_on, self.stop, None, self.cancel, self.save, safe=self.cancel)
        self._buttons.setStretch(0, 9)
        self._show_running(False)

    def _fit_form(self) -> None:
        """It scrolls up and down only: with large letters it takes more of the width, and nothing is cut."""
        bar = self.choosing.verticalScrollBar().sizeHint().width()
        self.choosing.setMinimumWidth(self._left.minimumSizeHint().width() + bar)

    def _show_running(self, running: bool) -> None:
        self.going_on.setVisible(running)
        self.stop.setVisible(running)
        self.cancel.setVisible(not running)
        self.save.setVisible(not running)
        self.form.setEnabled(not running)

    @property
    def is_running(self) -> bool:
        """Whether a report is being written."""
        return self._job is not None

    @property
    def is_waiting(self) -> bool:
        """Whether the preview is about to be asked for."""
        return self._asking.isActive()

    # What can be chosen, and what follows

    @property
    def wish(self) -> ReportWish:
        """What is chosen now."""
        return self.form.wish

    def _ask_choices(self) -> None:
        artists = self.wish.artists
        self._desk.ask(
            self,
            "choices",
            lambda console: report_making.choices(console, artists),
            self._show_choices,
            self._fail,
        )

    def _show_choices(self, found: ReportChoices) -> None:
        self.form.show_choices(found)
        self._fit_form()
        self._ask_preview()

    def _wait(self) -> None:
        self.save.setEnabled(self.form.is_complete)
        self._asking.start()

    def _ask_preview(self) -> None:
        self._asking.stop()
        self.save.setEnabled(self.form.is_complete)
        if not self.form.is_complete:
            # Neither the rows of what was chosen before, nor a problem of it.
            self.show_problem("")
            self.preview.show_nothing(
                say("create-report", "A day is not right yet")
                if self.form.artists.chosen
                else say("create-report", "Nobody is chosen yet")
            )
            return
        wish = self.wish
        self._desk.ask(
            self,
            "preview",
            lambda console: report_making.preview(console, wish),
            self._show_preview,
            self._fail,
        )

    def _show_preview(self, found: Preview) -> None:
        self.show_problem("")
        self.preview.show_preview(found)

    def _fail(self, problem: Problem) -> None:
        self._job = None
        self._show_running(False)
        self.show_problem(problem_words(problem))

    # Writing

    def choose_file(self) -> None:
        """Ask where to, with a name that tells what it is."""
        dialog = QFileDialog(self, say("create-report", "Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(REPORT_SUFFIX.lstrip("."))
        dialog.setNameFilters([say("create-report", "Reports (*{suffix})", suffix=REPORT_SUFFIX)])
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.selectFile(self.proposed_name())
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def proposed_name(self) -> str:
        """Mara Lindqvist - AI programmes - 2025-11-18.acreport, without what a file name cannot hold."""
        day = self._desk.clock().date().isoformat()
        about = self.form.about[:_LONGEST_NAME]
        name = say("create-report", "{artist} - AI programmes - {day}", artist=about, day=day)
        return (
            "".join(" " if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in name) + REPORT_SUFFIX
        )

    def write(self, name: str) -> None:
        """Write the report beside the lanes; a whole roster takes some seconds."""
        wish, path = self.wish, Path(name)
        self._desk.keep(FOLDER_KEPT_AS, str(path.parent))
        self.show_problem("")
        self.bar.setRange(0, 0)
        self.step.setText(say("create-report", "Starting"))
        self._show_running(True)
        self.stop.setFocus()
        self._job = self._desk.long_work(
            lambda console, progress: _write(console, path, wish, progress),
            self._done,
            self._fail,
            self._show_step,
            self._stopped,
        )

    def _show_step(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.step.setText(domain_words(words))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.step.setText(say("create-report", "Stopping"))

    def _stopped(self) -> None:
        self._job = None
        self._show_running(False)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, made: ReportFile) -> None:
        self._job = None
        self.written.emit(made)
        self.accept()

    def reject(self) -> None:
        self._stop()
        super().reject()


_LONGEST_NAME = 80  # of a file name's part that lists the artists


def _write(console: Console, path: Path, wish: ReportWish, progress: Progress) -> ReportFile:
    return report_making.create_wished(console, path, wish, progress.report)
