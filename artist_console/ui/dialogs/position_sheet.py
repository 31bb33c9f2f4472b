"""The position sheet: one page per artist for negotiations, to read, print and save as PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import position_files
from artist_console.commands import position_sheet as commands
from artist_console.commands.console import Console
from artist_console.commands.paper import Paper
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui import paper as sheets
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.paper_view import PaperView
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.paper_lines import document
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, Select
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.states import StateStack

FOLDER_KEPT_AS = "position.folder"


class PositionSheetDialog(Sheet):
    """Read before it goes to anybody: it is for the other side unless the person says otherwise."""

    def __init__(self, desk: Desk, artists: tuple[ArtistId, ...], parent: QWidget) -> None:
        title = say("position", "Position sheet")
        super().__init__(desk.theme, "position-sheet", title, 760, 780, parent)
        self._desk = desk
        self.artists = artists or tuple(row.id for row in desk.artists)
        self.paper: Paper | None = None
        self._job: Job | None = None
        lead = say(
            "position",
            "One page for negotiations: what was decided, what is known, what is open. It is not signed; no "
            "money, contract, note or unreleased work is on it.",
        )
        self.set_heading(title, lead)
        theme = desk.theme
        self.which = Select(theme, say("position", "Whose sheet"))
        for artist in self.artists:
            self.which.addItem(desk.name_of(artist), artist)
        self.which.currentIndexChanged.connect(self._look)
        if len(self.artists) > 1:
            self.inside.addLayout(row(self.which, None))
        else:
            self.which.setParent(self)
            self.which.hide()
        self.for_ourselves = CheckBox(
            theme, say("position", "For ourselves: count unreleased works and open cases too")
        )
        self.for_ourselves.toggled.connect(self._look)
        self.inside.addLayout(row(self.for_ourselves, None))
        self.view = PaperView(theme)
        self.states = StateStack(theme, self.view)
        self.states.retry.connect(self._look)
        self.inside.addWidget(self.states)
        self.inside.addStretch(1)
        self.going_on = label("", tone=Token.TEXT_2)
        self.stop = Button(theme, say("dialog", "Cancel"), ButtonKind.QUIET)
        self.stop.clicked.connect(self._cancel)
        self.print_button = Button(theme, say("position", "Print…"), icon=Icon.PRINT)
        self.print_button.clicked.connect(self._print)
        self.save_one = Button(theme, say("position", "Save as PDF…"), icon=Icon.SAVE)
        self.save_one.clicked.connect(self._choose_file)
        count = len(self.artists)
        self.save_all = Button(
            theme, say_count("position", "Save 1 sheet…", "Save all {n} sheets…", count), icon=Icon.FOLDER
        )
        self.save_all.clicked.connect(self._choose_folder)
        if count < 2:
            self.save_all.setParent(self)
            self.save_all.hide()
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        several = (self.save_all,) if count > 1 else ()
        self.set_buttons(
            self.print_button, self.save_one, *several, self.going_on, self.stop, None, close, safe=close
        )
        self._show_going_on("")
        self._enable(False)
        self._look()

    @property
    def artist(self) -> ArtistId | None:
        """Whose sheet is shown."""
        found = self.which.currentData()
        return ArtistId(found) if isinstance(found, str) else None

    def _look(self, _chosen: int = 0) -> None:
        artist, for_ourselves = self.artist, self.for_ourselves.isChecked()
        self.show_problem("")
        if artist is None:
            self.states.show_empty(say("position", "No artist is known here yet."))
            return
        self._desk.ask(
            self,
            "sheet",
            lambda console: commands.position_sheet(console, artist, for_ourselves),
            self._show,
            self._not_made,
        )

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        self.view.show_paper(paper)
        self.states.show_content()
        self._enable(True)

    def _not_made(self, problem: Problem) -> None:
        self.paper = None
        self._enable(False)
        self.states.show_error(problem)

    def _enable(self, on: bool) -> None:
        for button in (self.print_button, self.save_one, self.save_all):
            button.setEnabled(on and self._job is None)

    # Print

    def _print(self) -> None:
        """Show how it will look on paper; it is printed from there."""
        # Late: the library of printers is only needed here.
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog

        if self.paper is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self.show_problem(
                say("position", "No printer is set up on this computer. Save it as PDF, and print that.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.paper.title)
        preview = QPrintPreviewDialog(printer, self)
        preview.setWindowTitle(say("position", "Print the position sheet"))
        preview.paintRequested.connect(
            partial(paint, paper=self.paper, family=self._desk.theme.font().family())
        )
        preview.open()

    # PDF

    def _choose_file(self) -> None:
        if self.paper is None:
            return
        dialog = QFileDialog(self, say("position", "Save the position sheet"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        day = self._desk.clock().astimezone().date()
        dialog.selectFile(position_files.sheet_name(self.paper.title, day) + ".pdf")
        self._begin_at(dialog)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, say("position", "A folder for the sheets"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        self._begin_at(dialog)
        dialog.fileSelected.connect(self.save_all_to)
        dialog.open()

    def _begin_at(self, dialog: QFileDialog) -> None:
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)

    def save_to(self, name: str) -> None:
        """Write the sheet that is shown."""
        paper, path = self.paper, Path(name)
        if paper is None:
            return
        self._desk.keep(FOLDER_KEPT_AS, str(path.parent))
        self.show_problem("")
        page = sheets.pdf(document(paper, self._family), paper.title, paper.foot, self._family)
        self._desk.ask(
            self, "save", lambda _: position_files.save_page(path, page), self._saved, self._not_saved
        )

    def save_all_to(self, name: str) -> None:
        """Write the sheets of all, in the order of the list; none where one of them cannot be."""
        artists, folder, for_ourselves = self.artists, Path(name), self.for_ourselves.isChecked()
        if self._job is not None:
            return
        self._desk.keep(FOLDER_KEPT_AS, name)
        self.show_problem("")
        drawer = PaperDrawer(self._family, self)

        def save(console: Console, progress: Progress) -> tuple[Path, ...]:
            return position_files.save_sheets(
                console, artists, folder, drawer.for_work(progress), progress.report, for_ourselves
            )

        self._job = self._desk.long_work(
            save, self._saved_all, self._not_saved_all, self._tell, self._stopped
        )
        self._enable(False)
        self._show_going_on(say("position", "Making the sheets…"))

    def _tell(self, done: int, total: int, _title: str) -> None:
        if self._job is not None:
            self.going_on.setText(say("position", "{done} of {total}", done=done, total=total))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _saved(self, path: Path) -> None:
        self._desk.say(say("position", "Saved as {file}.", file=isolate(path.name)))

    def _not_saved(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))

    def _saved_all(self, written: tuple[Path, ...]) -> None:
        self._end()
        self._desk.say(say_count("position", "1 sheet was saved.", "{n} sheets were saved.", len(written)))

    def _not_saved_all(self, problem: Problem) -> None:
        self._end()
        self.show_problem(problem_words(problem))

    def _stopped(self) -> None:
        self._end()
        self.show_problem(say("position", "It was stopped; no sheet was written."))

    def _end(self) -> None:
        self._job = None
        self._show_going_on("")
        self._enable(self.paper is not None)

    def _show_going_on(self, words: str) -> None:
        self.going_on.show_words(words)
        self.stop.setVisible(bool(words))

    @property
    def _family(self) -> str:
        return self._desk.theme.font().family()


def paint(device: QPagedPaintDevice, paper: Paper, family: str) -> None:
    """Draw the sheet on a printer."""
    sheets.paint(device, document(paper, family), paper.foot, family)
