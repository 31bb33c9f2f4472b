"""A report written once more: signed by this profile too, or without some of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import report_signing
from artist_console.commands.report_redacting import RedactedFile
from artist_console.commands.report_signing import SignedFile
from artist_console.commands.reports import OpenedReport
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.create_report import FOLDER_KEPT_AS
from artist_console.ui.dialogs.redact_report import RedactReportDialog
from artist_console.ui.places import REPORT_SUFFIX
from artist_console.ui.text import isolate, say


class ReportCopies(QObject):
    """Asks where a copy goes, has it written, and tells where it is."""

    written = Signal(str)  # path

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def redact(self, report: OpenedReport) -> None:
        """Of an unchanged report."""
        dialog = RedactReportDialog(self._desk, report, self._page.window())
        dialog.written.connect(self._show_redacted)
        dialog.open()

    def _show_redacted(self, made: RedactedFile) -> None:
        self._desk.say(say("reports", "Saved as {name}.", name=isolate(made.path.name)))
        self.written.emit(str(made.path))

    def sign_too(self, report: OpenedReport) -> None:
        """Of an unchanged report: ask where it goes, then sign it."""
        dialog = QFileDialog(self._page, say("reports", "Save the report with your signature"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(REPORT_SUFFIX.lstrip("."))
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.selectFile(report.path.name)
        dialog.fileSelected.connect(lambda name: self.sign_to(report, Path(name)))
        dialog.open()

    def sign_to(self, report: OpenedReport, path: Path) -> None:
        """Write it with one signature more; `path` may be the report itself."""
        self._desk.long_work(
            lambda console, _progress: report_signing.sign_report(console, report.path, path),
            self._show_signed,
            self._desk.problem_told.emit,
        )

    def _show_signed(self, made: SignedFile) -> None:
        words = say(
            "reports",
            "Signed as {name}, and saved as {file}.",
            name=isolate(made.signer),
            file=isolate(made.path.name),
        )
        self._desk.say(words)
        self.written.emit(str(made.path))
