"""What differs between two reports as a file for others: which format, where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from artist_console.commands import report_difference_export
from artist_console.commands.console import Console
from artist_console.commands.report_compare import ReportComparison
from artist_console.commands.report_export import ExportFormat
from artist_console.commands.reports import OpenedReport
from artist_console.ui.background import Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.export_report import FOLDER_KEPT_AS
from artist_console.ui.dialogs.saving_sheet import SavingSheet, Writing
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import RadioButton
from artist_console.ui.widgets.layout import row


class ExportDifferenceDialog(SavingSheet):
    """Every difference goes out, whatever the filter of the page shows."""

    def __init__(
        self,
        desk: Desk,
        compared: tuple[OpenedReport, OpenedReport],
        found: ReportComparison,
        parent: QWidget,
    ) -> None:
        title = say("export-difference", "Export the difference")
        super().__init__(desk, "export-difference", title, (520, 380), parent, folder_kept_as=FOLDER_KEPT_AS)
        self._compared, self._found = compared, found
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
        self.inside.addLayout(row(self.going_on, None, self.stop))
        self.inside.addStretch(1)
        self.set_buttons(None, self.cancel, self.save, safe=self.cancel)

    @property
    def format(self) -> ExportFormat:
        return next((each for each, choice in self.choices.items() if choice.isChecked()), ExportFormat.PDF)

    def suffix(self) -> str:
        return self.format.value

    def proposed_name(self) -> str:
        return report_difference_export.proposed_name(self._found, self.format)

    def writing(self, path: Path, drawer: PaperDrawer) -> Writing:
        compared, found, format = self._compared, self._found, self.format

        def write(_console: Console, progress: Progress) -> Path:
            draw = drawer.for_work(progress)
            report_difference_export.export_difference(
                *compared, found, path, draw, format=format, told=progress.report
            )
            return path

        return write
