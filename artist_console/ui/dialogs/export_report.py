"""A report as a file for others, or on paper: which tables, which format, where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from artist_console.commands import report_export
from artist_console.commands.console import Console
from artist_console.commands.report_export import ExportFormat
from artist_console.commands.report_inside import ReportInside
from artist_console.commands.report_pages import MOST_ROWS, PREVIEWED_ROWS
from artist_console.commands.report_sheets import ReportSheet, ReportTable
from artist_console.commands.report_tables import ReportTables
from artist_console.ui.background import Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.saving_sheet import SavingSheet, Writing
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import PlainLabel, label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, CheckBox, RadioButton, Select
from artist_console.ui.widgets.layout import column, row

FOLDER_KEPT_AS = "report.export.folder"
_INSET = 28
_WHOLE = "whole"


class ExportReportDialog(SavingSheet):
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
        title = say("export-report", "Export")
        super().__init__(desk, "export-report", title, (620, 560), parent, folder_kept_as=FOLDER_KEPT_AS)
        self._inside, self._narrowed = inside, narrowed
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
        self.inside.addLayout(row(self.going_on, None, self.stop))
        self.set_buttons(self.print_button, None, self.cancel, self.save, safe=self.cancel)
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
        self.enable()

    def enable(self) -> None:
        free = self.is_free and bool(self._sheets())
        self.save.setEnabled(free)
        self.print_button.setEnabled(free and self.tables != (ReportTable.LINES,))

    # Written and printed

    def print_it(self) -> None:
        """Show how it will look on paper; it is printed from there."""
        paper = report_export.paper_of(self._inside, self.tables, self.narrowed, PREVIEWED_ROWS)
        self.preview(paper, say("export-report", "Print the report"))

    def suffix(self) -> str:
        return self.format.value

    def proposed_name(self) -> str:
        return report_export.proposed_name(self._inside.opened, self.tables, self.format)

    def writing(self, path: Path, drawer: PaperDrawer) -> Writing:
        inside, tables, format, narrowed = self._inside, self.tables, self.format, self.narrowed

        def write(_console: Console, progress: Progress) -> Path:
            draw = drawer.for_work(progress)
            return report_export.export_report(
                inside, path, draw, tables=tables, format=format, narrowed=narrowed, told=progress.report
            ).path

        return write


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
