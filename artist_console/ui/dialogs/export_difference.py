"""What differs between two reports as a file for others: which format, where it goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import report_difference_export
from artist_console.commands.console import Console
from artist_console.commands.report_compare import ReportComparison
from artist_console.commands.report_export import ExportFormat
from artist_console.commands.reports import OpenedReport
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.export_report import FOLDER_KEPT_AS
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton
from artist_console.ui.widgets.layout import row


class ExportDifferenceDialog(Sheet):
    """Every difference goes out, whatever the filter of the page shows."""

    def __init__(
        self,
        desk: Desk,
        compared: tuple[OpenedReport, OpenedReport],
        found: ReportComparison,
        parent: QWidget,
    ) -> None:
        title = say("export-difference", "Export the difference")
        super().__init__(desk.theme, "export-difference", title, 520, 380, parent)
        self._desk, self._compared, self._found = desk, compared, found
        self._job: Job | None = None
        theme = desk.theme
        self.choices = {
            ExportFormat.PDF: RadioButton(theme, say("export-difference", "PDF, to read and to file")),
            ExportFormat.XLSX: RadioButton(theme, say("export-difference", "XLSX, for a spreadsheet")),
            ExportFormat.CSV: RadioButton(theme, say("export-difference", "CSV, for programs")),
        }
        for choice in self.choices.values():
            choice.belongs_to(tuple(self.choices.values()))
            self.inside.addWidget(choice)
        self.choices[ExportFormat.PDF].setChecked(True)
        carries = say("export-difference", "Both reports are named in it, with their hashes.")
        self.inside.addWidget(label(carries, TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.going_on = label("", tone=Token.TEXT_2)
        self.stop = Button(theme, say("export-difference", "Stop"), ButtonKind.QUIET)
        self.stop.clicked.connect(self._stop)
        self.inside.addLayout(row(self.going_on, None, self.stop))
        self.inside.addStretch(1)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("export-difference", "Save the file…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.clicked.connect(self._choose_file)
        self.set_buttons(None, cancel, self.save, safe=cancel)
        self._show_going_on("")

    @property
    def format(self) -> ExportFormat:
        return next((each for each, choice in self.choices.items() if choice.isChecked()), ExportFormat.PDF)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.format.value)
        dialog.selectFile(report_difference_export.proposed_name(self._found, self.format))
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, name: str) -> None:
        """Write it in the format that is chosen; a file that is there is replaced whole or not at all."""
        if self._job is not None:
            return
        path = Path(name)
        drawer = PaperDrawer(self._desk.theme.font().family(), self._desk)
        self._desk.keep(FOLDER_KEPT_AS, str(path.parent))
        self.show_problem("")
        work = partial(self._written_by, path, self.format, drawer)
        self._job = self._desk.long_work(work, self._saved, self._not_saved, None, self._stopped)
        self.save.setEnabled(False)
        self._show_going_on(say("export-difference", "Writing the file…"))

    def _written_by(
        self, path: Path, format: ExportFormat, drawer: PaperDrawer, _console: Console, progress: Progress
    ) -> Path:
        """On the thread of the work."""
        report_difference_export.export_difference(
            *self._compared,
            self._found,
            path,
            drawer.for_work(progress),
            format=format,
            told=progress.report,
        )
        return path

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _saved(self, path: Path) -> None:
        self._end()
        self._desk.say(say("export-difference", "Saved as {file}.", file=isolate(path.name)))
        self.accept()

    def _not_saved(self, problem: Problem) -> None:
        self._end()
        self.show_problem(problem_words(problem))

    def _stopped(self) -> None:
        self._end()
        self.show_problem(say("export-difference", "It was stopped; no file was written."))

    def _end(self) -> None:
        self._job = None
        self.save.setEnabled(True)
        self._show_going_on("")

    def _show_going_on(self, words: str) -> None:
        self.going_on.show_words(words)
        self.stop.setVisible(bool(words))
