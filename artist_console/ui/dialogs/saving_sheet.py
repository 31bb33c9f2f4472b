"""A sheet that writes a file for others: where it goes, how far it is, saved or stopped; and on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands.console import Console
from artist_console.commands.paper import Paper
from artist_console.domain.problems import Problem
from artist_console.ui import paper as sheets
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.paper_lines import document
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, ButtonKind

Writing = Callable[[Console, Progress], Path]  # on the thread of the work; gives what was written


class SavingSheet(Sheet):
    """What a kind of sheet writes is in the methods below the last heading."""

    def __init__(
        self,
        desk: Desk,
        name: str,
        title: str,
        size: tuple[int, int],
        parent: QWidget,
        *,
        folder_kept_as: str,  # of the settings: where such a file was saved last
    ) -> None:
        super().__init__(desk.theme, name, title, *size, parent)
        self._desk, self._folder_kept_as = desk, folder_kept_as
        self._job: Job | None = None
        theme = desk.theme
        self.going_on = label("", tone=Token.TEXT_2)
        self.stop = Button(theme, say("saving", "Stop"), ButtonKind.QUIET)
        self.stop.clicked.connect(self._stop)
        self.cancel = Button(theme, say("dialog", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("saving", "Save the file…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.clicked.connect(self._choose_file)
        self._show_going_on("")

    @property
    def is_free(self) -> bool:
        """Whether nothing is being written."""
        return self._job is None

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.suffix())
        dialog.selectFile(self.proposed_name())
        folder = self._desk.kept(self._folder_kept_as)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write it as it is chosen; a file that is there is replaced whole or not at all."""
        if not (self.is_free and self.save.isEnabled()):
            return
        path = Path(name)
        drawer = PaperDrawer(self._desk.theme.font().family(), self._desk)
        self._desk.keep(self._folder_kept_as, str(path.parent))
        self.show_problem("")
        work = self.writing(path, drawer)
        self._job = self._desk.long_work(work, self._saved, self._not_saved, self._tell, self._stopped)
        self.enable()
        self._show_going_on(say("saving", "Writing the file…"))

    def _tell(self, done: int, total: int, _words: str) -> None:
        if self._job is not None and total:
            number = self._desk.figures.number
            self.going_on.setText(self.counted(number(done), number(total)))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _saved(self, path: Path) -> None:
        self._end()
        self._desk.say(say("saving", "Saved as {file}.", file=isolate(path.name)))
        self.accept()

    def _not_saved(self, problem: Problem) -> None:
        self._end()
        self.show_problem(problem_words(problem))

    def _stopped(self) -> None:
        self._end()
        self.show_problem(say("saving", "It was stopped; no file was written."))

    def _end(self) -> None:
        self._job = None
        self._show_going_on("")
        self.enable()

    def _show_going_on(self, words: str) -> None:
        self.going_on.show_words(words)
        self.stop.setVisible(bool(words))

    # On paper

    def preview(self, paper: Paper, title: str) -> None:
        """Show how it will look on paper; it is printed from there."""
        # Late: the library of printers is only needed here.
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog

        if not QPrinterInfo.availablePrinterNames():
            words = say("saving", "No printer is set up on this computer. Save it as PDF, and print that.")
            self.show_problem(words)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        shown = QPrintPreviewDialog(printer, self)
        shown.setWindowTitle(title)
        family = self._desk.theme.font().family()
        shown.paintRequested.connect(partial(_paint, paper=paper, family=family))
        shown.open()

    # What a kind of sheet writes

    def suffix(self) -> str:
        """The ending of the file."""
        raise NotImplementedError

    def proposed_name(self) -> str:
        raise NotImplementedError

    def writing(self, path: Path, drawer: PaperDrawer) -> Writing:
        """What writes the file as it is chosen now."""
        raise NotImplementedError

    def enable(self) -> None:
        """Let be pressed what can be: called when writing begins and ends."""
        self.save.setEnabled(self.is_free)

    def counted(self, done: str, total: str) -> str:
        """How far it is."""
        return say("saving", "{done} of {total} rows", done=done, total=total)


def _paint(device: QPagedPaintDevice, *, paper: Paper, family: str) -> None:
    sheets.paint(device, document(paper, family), paper.foot, family)
