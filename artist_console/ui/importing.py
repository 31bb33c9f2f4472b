"""Bringing in files: choosing or dropping them, the run in the background, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import imports as imports_commands
from artist_console.commands.imports import FileKind, ImportResult
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.import_dialogs import ImportProblemDialog, ImportResultDialog, KindDialog
from artist_console.ui.places import Place
from artist_console.ui.text import say

REPORT_SUFFIX = ".acreport"


class Importer(QObject):
    """Serves the desk's wishes to import."""

    imported = Signal(object)  # ImportResult

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._waiting: list[Path] = []
        desk.import_wished.connect(self.choose_file)

    def choose_file(self, kind: FileKind | None = None) -> None:
        """Ask for a file; without a kind, ask for that, too."""
        dialog = QFileDialog(self._window, say("import", "Choose a file to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(_name_filters(kind))
        dialog.setProperty("kind", kind)
        dialog.filesSelected.connect(self._take_selected)
        dialog.open()

    def _take_selected(self, names: list[str]) -> None:
        kind = self.sender().property("kind")
        self.take([Path(name) for name in names], kind if isinstance(kind, FileKind) else None)

    def take(self, paths: list[Path], kind: FileKind | None = None) -> None:
        """Import dropped or chosen files; a report is opened instead."""
        for path in paths:
            if path.suffix == REPORT_SUFFIX:
                self._desk.go(Place("reports", f"report/{path}"))
            elif kind is not None:
                self.start(kind, path)
            else:
                dialog = KindDialog(self._desk, path, self._window)
                dialog.chosen.connect(self.start)
                dialog.open()

    def start(self, kind: FileKind, path: Path) -> None:
        """Import one file on the network lane; the result opens when it is there."""
        artist: ArtistId | None = self._desk.artist
        self._desk.say(say("import", "Importing {name}…", name=path.name))
        self._desk.act(
            self,
            lambda console: imports_commands.import_file(console, kind, path, artist),
            self._show,
            self._fail,
            network=True,
        )

    def _show(self, result: ImportResult) -> None:
        ImportResultDialog(self._desk, result, self._window).open()
        self.imported.emit(result)

    def _fail(self, problem: Problem) -> None:
        ImportProblemDialog(self._desk, problem, self._window).open()


def _name_filters(kind: FileKind | None) -> list[str]:
    everything = say("import", "All files (*)")
    match kind:
        case FileKind.CATALOGUE:
            return [say("import", "Catalogues (*.csv *.tsv *.xlsx *.xml)"), everything]
        case FileKind.DATASET_LIST:
            return [say("import", "Dataset lists (*.csv *.csv.gz *.tsv *.tsv.gz)"), everything]
        case FileKind.STATEMENT:
            return [say("import", "Statements (*.csv *.tsv *.xlsx)"), everything]
        case None:
            return [everything]
