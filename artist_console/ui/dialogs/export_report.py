"""A report as a file for others, or on paper: which tables, which format, where it goes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import report_export
from artist_console.commands.console import Console
from artist_console.commands.paper import Paper
from artist_console.commands.report_export import ExportFormat, WrittenExport
from artist_console.commands.report_inside import ReportInside
from artist_console.commands.report_pages import MOST_ROWS, PREVIEWED_ROWS
from artist_console.commands.report_sheets import ReportSheet, ReportTable
from artist_console.commands.report_tables import ReportTables
from artist_console.domain.problems import Problem
from artist_console.ui import paper as sheets
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.paper_lines import document
from artist_console.ui.text import PlainLabel, isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, RadioButton, Select
from artist_console.ui.widgets.layout import column, row

FOLDER_KEPT_AS = "report.export.folder"
_INSET = 28
_WHOLE = "whole"


class ExportReportDialog(Sheet):
    """Read from the report that is open; nothing in it changes."""

    def __init__(
        self,
        desk: Desk,
        inside: ReportInside,
        parent: QWidget,
        *,
        table: ReportTable | None = None,
        narrowed: ReportTables | None = None,
    ) -> None:
        """`table` is chosen at first; `narrowed` holds the rows as the filter of the page leaves them."""
        super().__init__(desk.theme, "export-report", say("export-report", "Export"), 620, 560, parent)
        self._desk, self._inside, self._narrowed = desk, inside, narrowed
        self._job: Job | None = None
        theme = desk.theme
        self.set_heading(self.windowTitle(), inside.opened.title or inside.opened.path.name)
        self.what = Select(theme, say("export-report", "What goes out"))
        self.what.addItem(say("export-report", "All of the report"), _WHOLE)
        for sheet in report_export.tables_out(inside):
            words = say(
                "export-report",
                "{table} ({n})",
                table=domain_words(sheet.title),
                n=desk.figures.number(sheet.count),
            )
            self.what.addItem(words, sheet.table.value)
        if table is not None:
            self.what.setCurrentIndex(max(0, self.what.findData(table.value)))
        self.what.currentIndexChanged.connect(self._chosen)
        self.inside.addWidget(label(say("export-report", "What goes out"), weight="strong"))
        self.inside.addWidget(self.what)
        self.only_shown = CheckBox(theme, say("export-report", "Only the rows that the filter shows"))
        self.only_shown.setChecked(narrowed is not None)
        self.only_shown.setVisible(narrowed is not None)
        self.only_shown.toggled.connect(self._chosen)
        self.inside.addWidget(self.only_shown)
        self.inside.addSpacing(6)
        self.choices: dict[ExportFormat, RadioButton] = {}
        self._about: dict[ExportFormat, PlainLabel] = {}
        for format, name, what in _formats():
            choice = RadioButton(theme, name)
            choice.setAccessibleDescription(what)
            choice.toggled.connect(self._chosen)
            about = label(what, TextRole.SMALL, Token.TEXT_2, wrap=True)
            about.setContentsMargins(_INSET, 0, 0, 0)
            self.choices[format], self._about[format] = choice, about
            self.inside.addLayout(column(choice, about, gap=0))
        for choice in self.choices.values():
            choice.belongs_to(tuple(self.choices.values()))
        self.long = label("", tone=Token.TEXT_2, wrap=True)
        self.inside.addWidget(self.long)
        carries = say(
            "export-report",
            "Each file names the report, its period and signer, what came of the check, and the hash.",
        )
        self.inside.addWidget(label(carries, TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)
        self.print_button = Button(theme, say("export-report", "Print…"), icon=Icon.PRINT)
        self.print_button.clicked.connect(self.print_it)
        self.going_on = label("", tone=Token.TEXT_2)
        self.stop = Button(theme, say("export-report", "Stop"), ButtonKind.QUIET)
        self.stop.clicked.connect(self._stop)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("export-report", "Save the file…"), ButtonKind.PRIMARY, Icon.SAVE)
        self.save.clicked.connect(self._choose_file)
        self.inside.addLayout(row(self.going_on, None, self.stop))
        self.set_buttons(self.print_button, None, cancel, self.save, safe=cancel)
        self._show_going_on("")
        self.choices[ExportFormat.PDF].setChecked(True)
        self._chosen()

    # What is chosen

    @property
    def tables(self) -> tuple[ReportTable, ...]:
        """The table that goes out; none for all of them."""
        chosen = report_export.table_named(str(self.what.currentData()))
        return (chosen,) if chosen is not None else ()

    @property
    def format(self) -> ExportFormat:
        return next((each for each, choice in self.choices.items() if choice.isChecked()), ExportFormat.PDF)

    @property
    def narrowed(self) -> ReportTables | None:
        return self._narrowed if self.only_shown.isChecked() else None

    def _sheets(self) -> tuple[ReportSheet, ...]:
        wanted = self.tables
        found = report_export.tables_out(self._inside, self.narrowed)
        return tuple(sheet for sheet in found if not wanted or sheet.table in wanted)

    def _chosen(self, _ignored: object = None) -> None:
        whole = not self.tables
        is_lines = self.tables == (ReportTable.LINES,)
        for format, fits in (
            (ExportFormat.CSV, not whole),
            (ExportFormat.ZIP, whole),
            (ExportFormat.PDF, not is_lines),
        ):
            self.choices[format].setVisible(fits)
            self._about[format].setVisible(fits)
            if not fits and self.choices[format].isChecked():
                self.choices[ExportFormat.XLSX].setChecked(True)
        most = max((sheet.count for sheet in self._sheets()), default=0)
        on_paper = self.format is ExportFormat.PDF
        self.long.show_words(
            say_count(
                "export-report",
                "On paper a table is cut after its first row.",
                "On paper a table is cut after {n} rows, and says how many more there are; XLSX holds all.",
                MOST_ROWS,
            )
            if on_paper and most > MOST_ROWS
            else ""
        )
        self._enable()

    def _enable(self) -> None:
        free = self._job is None and bool(self._sheets())
        self.save.setEnabled(free)
        self.print_button.setEnabled(free and self.tables != (ReportTable.LINES,))

    # Print

    def print_it(self) -> None:
        """Show how it will look on paper; it is printed from there."""
        # Late: the library of printers is only needed here.
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog

        if not QPrinterInfo.availablePrinterNames():
            self.show_problem(
                say(
                    "export-report",
                    "No printer is set up on this computer. Save it as PDF, and print that.",
                )
            )
            return
        paper = report_export.paper_of(self._inside, self.tables, self.narrowed, PREVIEWED_ROWS)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        preview = QPrintPreviewDialog(printer, self)
        preview.setWindowTitle(say("export-report", "Print the report"))
        family = self._desk.theme.font().family()
        preview.paintRequested.connect(partial(_paint, paper=paper, family=family))
        preview.open()

    # Writing

    def _choose_file(self) -> None:
        format = self.format
        dialog = QFileDialog(self, self.windowTitle())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(format.value)
        dialog.selectFile(report_export.proposed_name(self._inside.opened, self.tables, format))
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
        work = partial(self._written_by, path, self.format, self.tables, self.narrowed, drawer)
        self._job = self._desk.long_work(work, self._saved, self._not_saved, self._tell, self._stopped)
        self._enable()
        self._show_going_on(say("export-report", "Writing the file…"))

    def _written_by(
        self,
        path: Path,
        format: ExportFormat,
        tables: tuple[ReportTable, ...],
        narrowed: ReportTables | None,
        drawer: PaperDrawer,
        _console: Console,
        progress: Progress,
    ) -> WrittenExport:
        """On the thread of the work."""
        return report_export.export_report(
            self._inside,
            path,
            drawer.for_work(progress),
            tables=tables,
            format=format,
            narrowed=narrowed,
            told=progress.report,
        )

    def _tell(self, done: int, total: int, _words: str) -> None:
        if self._job is not None and total:
            number = self._desk.figures.number
            self.going_on.setText(
                say("export-report", "{done} of {total} rows", done=number(done), total=number(total))
            )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _saved(self, made: WrittenExport) -> None:
        self._end()
        self._desk.say(say("export-report", "Saved as {file}.", file=isolate(made.path.name)))
        self.accept()

    def _not_saved(self, problem: Problem) -> None:
        self._end()
        self.show_problem(problem_words(problem))

    def _stopped(self) -> None:
        self._end()
        self.show_problem(say("export-report", "It was stopped; no file was written."))

    def _end(self) -> None:
        self._job = None
        self._show_going_on("")
        self._enable()

    def _show_going_on(self, words: str) -> None:
        self.going_on.show_words(words)
        self.stop.setVisible(bool(words))


def _paint(device: QPagedPaintDevice, *, paper: Paper, family: str) -> None:
    sheets.paint(device, document(paper, family), paper.foot, family)


def _formats() -> tuple[tuple[ExportFormat, str, str], ...]:
    return (
        (
            ExportFormat.PDF,
            say("export-report", "PDF, to read and to file"),
            say(
                "export-report",
                "What was checked, what it does not tell, and the tables; pages are numbered.",
            ),
        ),
        (
            ExportFormat.XLSX,
            say("export-report", "XLSX, for a spreadsheet"),
            say("export-report", "Every row of every column, a sheet for each table. Nothing in it runs."),
        ),
        (
            ExportFormat.CSV,
            say("export-report", "CSV, for programs"),
            say("export-report", "One table; each row names the report that it is of."),
        ),
        (
            ExportFormat.ZIP,
            say("export-report", "CSV in a ZIP, for programs"),
            say("export-report", "A CSV file for each table; each row names the report that it is of."),
        ),
    )
