"""What is asked about a statement before it is brought in: how it is read, whose it is, what it replaces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from artist_console.commands import former_statements, statement_looks
from artist_console.commands.import_hints import Hints
from artist_console.commands.statement_preview import FormerStatements, StatementPreview
from artist_console.domain.ids import ArtistId, StatementId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.former_statement import CorrectedDialog, SameFileDialog
from artist_console.ui.dialogs.import_questions import WhoseDialog
from artist_console.ui.dialogs.statement_look import StatementLookDialog


class StatementQuestions(QObject):
    """One file; a question that is closed without an answer lets it go."""

    settled = Signal(object, object)  # StatementPreview with its hints, ArtistId or None
    left = Signal()
    failed = Signal(object)  # Problem

    def __init__(self, desk: Desk, path: Path, artist: ArtistId | None, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._path, self._artist, self._window = desk, path, artist, window
        self._preview: StatementPreview | None = None
        self._answered = False

    def ask(self, hints: Hints) -> None:
        path, artist = self._path, self._artist
        self._desk.long_work(
            lambda console, _progress: statement_looks.look_into_statement(console, path, hints, artist),
            self._show_look,
            self._fail,
        )

    def _show_look(self, preview: StatementPreview) -> None:
        dialog = StatementLookDialog(self._desk, self._path, preview, self._artist, self._window)
        dialog.told.connect(self._take_look)
        self._open(dialog)

    def _take_look(self, preview: StatementPreview) -> None:
        self._answered = True
        self._preview = preview
        if self._artist is None and len(self._desk.artists) > 1:
            dialog = WhoseDialog(self._desk, self._path, self._desk.artists, self._window, may_be_new=False)
            dialog.is_of.connect(self._take_whose)
            self._open(dialog)
        else:
            self._find_former()

    def _take_whose(self, artist: str) -> None:
        self._answered = True
        self._artist = ArtistId(artist)
        self._find_former()

    def _find_former(self) -> None:
        path, preview, artist = self._path, self._now, self._artist
        self._desk.long_work(
            lambda console, _progress: former_statements.find_former(console, path, preview, artist),
            self._take_former,
            self._fail,
        )

    def _take_former(self, former: FormerStatements) -> None:
        if former.same:
            self._open(SameFileDialog(self._desk, self._path, former, self._window))
        elif former.alike:
            dialog = CorrectedDialog(self._desk, self._path, former, self._window)
            dialog.told.connect(self._take_place)
            self._open(dialog)
        else:
            self._settle()

    def _take_place(self, replaces: StatementId | None) -> None:
        self._answered = True
        preview = self._now
        self._preview = replace(preview, hints=replace(preview.hints, replaces=replaces))
        self._settle()

    def _settle(self) -> None:
        self.settled.emit(self._now, self._artist)
        self.deleteLater()

    @property
    def _now(self) -> StatementPreview:
        assert self._preview is not None
        return self._preview

    def _fail(self, problem: Problem) -> None:
        self.failed.emit(problem)
        self.deleteLater()

    def _open(self, dialog: QDialog) -> None:
        self._answered = False
        dialog.finished.connect(self._let_go)
        dialog.open()

    def _let_go(self, _result: int) -> None:
        if not self._answered:
            self.left.emit()
            self.deleteLater()
