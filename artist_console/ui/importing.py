"""Bringing in files, one after the other: what has to be asked first, the run, and what came of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from artist_console.commands import imports as imports_commands
from artist_console.commands import layouts
from artist_console.commands.console import Console, Result
from artist_console.commands.handed_over import PackageKind, what_it_is
from artist_console.commands.imports import (
    CatalogueLook,
    FileKind,
    Hints,
    ImportProgress,
    ImportResult,
    ListLook,
)
from artist_console.commands.statement_looks import what_to_remember
from artist_console.commands.statement_preview import StatementPreview
from artist_console.commands.statement_sets import FileSet, packed, sets_of
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import ColumnsUnknown, Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.import_columns import ColumnsDialog
from artist_console.ui.dialogs.import_dialogs import ImportProblemDialog, ImportResultDialog, KindDialog
from artist_console.ui.dialogs.import_list_card import ListCardDialog
from artist_console.ui.dialogs.import_questions import ArtistsDialog, WhoseDialog
from artist_console.ui.import_words import name_filters, progress_words
from artist_console.ui.places import Place
from artist_console.ui.statement_importing import StatementQuestions
from artist_console.ui.text import say

_NOTHING_SAID = Hints()
_SENDS = "sends"  # what a run is at: the file is on its way to the service


@dataclass(frozen=True, slots=True)
class _File:
    """A file on its way in, and what the person has said about it so far."""

    path: Path
    kind: FileKind | None = None
    artist: ArtistId | None = None
    hints: Hints = _NOTHING_SAID
    header: tuple[str, ...] = ()  # of a table whose columns the person has named; kept once it is brought in
    named: tuple[tuple[str, str], ...] = ()  # fields and columns as they were named before, to be changed
    as_before: bool = False  # its columns are read as they were named for an earlier file
    preview: StatementPreview | None = None  # of a statement: how it is read
    parts: FileSet | None = None  # files that are one report together, still to be packed


class Importer(QObject):
    """Serves the desk's wishes to import. One file at a time: the next is asked about when one is through."""

    imported = Signal(object)  # ImportResult
    result_closed = Signal()
    going_on = Signal(str)  # what is going on, in words; empty: nothing any more

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._waiting: deque[_File] = deque()
        self._file: _File | None = None  # on its way
        self._job: Job | None = None
        self._answered = False
        self._unknown: tuple[str, ...] = ()
        self._header: tuple[str, ...] = ()  # of the table whose columns are asked for
        self._packs: TemporaryDirectory[str] | None = None  # of the parts of one report, packed

    @staticmethod
    def brought_a_catalogue(result: ImportResult) -> bool:
        """Whether what came in are works of the person's own."""
        return result.kind is FileKind.CATALOGUE

    @property
    def is_running(self) -> bool:
        """Whether a file is being taken over."""
        return self._job is not None

    def choose_file(self, kind: FileKind | None = None) -> None:
        """Ask for a file; without a kind, ask for that, too."""
        dialog = QFileDialog(self._window, say("import", "Choose a file to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(name_filters(kind))
        dialog.setProperty("kind", kind)
        dialog.filesSelected.connect(self._take_selected)
        dialog.open()

    def _take_selected(self, names: list[str]) -> None:
        kind = self.sender().property("kind")
        self.take([Path(name) for name in names], kind if isinstance(kind, FileKind) else None)

    def take(self, paths: list[Path], kind: FileKind | None = None) -> None:
        """Import dropped or chosen files, one after the other; a report, evidence or a card is opened."""
        for files in sets_of(paths):
            path = files.paths[0]
            what = what_it_is(path)
            if what is PackageKind.REPORT:
                self._desk.go(Place("reports", f"report/{path}"))
            elif what is PackageKind.EVIDENCE:
                self._desk.sheet_wished.emit(f"evidence-file/{path}")
            elif what is PackageKind.CARD:
                self._desk.sheet_wished.emit(f"signer-card/{path}")
            elif len(files.paths) > 1:
                self._waiting.append(_File(path, FileKind.STATEMENT, parts=files))
            else:
                self._waiting.append(_File(path, kind))
        self._next()

    def start(self, kind: FileKind, path: Path) -> None:
        """Import one file as a kind; the result opens when it is there."""
        self.take([path], kind)

    def cancel(self) -> None:
        """Have the file that is being taken over stop; nothing of it is kept."""
        if self._job is not None:
            self._job.cancel()
            self.going_on.emit(say("import", "Stopping the import…"))

    # What has to be asked first

    def _next(self) -> None:
        if self._file is not None or not self._waiting:
            return
        file = self._file = self._waiting.popleft()
        path = file.path
        if file.parts is not None:
            self._pack(file.parts)
            return
        self._desk.ask(
            self,
            "peek",
            lambda console: imports_commands.peek(path),
            self._ask_kind if file.kind is None else self._look,
            self._fail,
        )

    def _pack(self, parts: FileSet) -> None:
        """The parts of one report go as one file, which is gone again at the end."""
        folder = self._packs = TemporaryDirectory(prefix="artist-console-")
        self._desk.long_work(
            lambda console, _progress: packed(parts, Path(folder.name)), self._take_pack, self._fail
        )

    def _take_pack(self, path: Path) -> None:
        self._file = replace(self._now, path=path, parts=None)
        self._look(None)

    def _ask_kind(self, _nothing: object) -> None:
        assert self._file is not None
        dialog = KindDialog(self._desk, self._file.path, self._window)
        dialog.chosen.connect(self._take_kind)
        self._open(dialog)

    def _take_kind(self, kind: FileKind, _path: Path) -> None:
        self._learn(replace(self._now, kind=kind))

    def _look(self, _nothing: object) -> None:
        """A table may be known by its header; then it is looked into."""
        file = self._now
        if file.artist is None and self._desk.artist is not None:
            file = self._file = replace(file, artist=self._desk.artist)
        kind, path = file.kind, file.path
        if kind in (FileKind.CATALOGUE, FileKind.DATASET_LIST) and not file.hints.columns:
            self._desk.long_work(
                lambda console, _progress: layouts.columns_for(console, kind, path),
                self._take_remembered,
                self._fail,
            )
        else:
            self._look_inside()

    def _take_remembered(self, columns: tuple[tuple[str, str], ...]) -> None:
        file = self._now
        if columns:
            self._file = replace(file, hints=replace(file.hints, columns=columns), as_before=True)
        self._look_inside()

    def _look_inside(self) -> None:
        """A catalogue is looked into for its artists, a statement for how it is read."""
        file = self._now
        path, columns, artist = file.path, file.hints.columns, file.artist
        if file.kind is FileKind.DATASET_LIST:
            self._desk.long_work(
                lambda console, _progress: imports_commands.look_into_list(console, path, columns, artist),
                self._ask_about_list,
                self._ask_columns,
            )
        elif file.kind is FileKind.CATALOGUE:
            self._desk.long_work(
                lambda console, _progress: imports_commands.look_into_catalogue(
                    console, path, columns, artist
                ),
                self._ask_artists,
                self._ask_columns,
            )
        elif file.kind is FileKind.STATEMENT:
            questions = StatementQuestions(self._desk, path, artist, self._window)
            questions.settled.connect(self._take_statement)
            questions.left.connect(self._end)
            questions.failed.connect(self._fail)
            questions.ask(file.hints)
        else:
            self._run()

    def _take_statement(self, preview: StatementPreview, artist: ArtistId | None) -> None:
        self._file = replace(self._now, hints=preview.hints, artist=artist, preview=preview)
        self._run()

    def _ask_columns(self, problem: Problem) -> None:
        if not isinstance(problem, ColumnsUnknown) or not problem.columns:
            self._fail(problem)
            return
        file = self._now
        assert file.kind is not None
        dialog = ColumnsDialog(
            self._desk,
            file.path,
            file.kind,
            problem.columns,
            self._window,
            rows=problem.rows,
            chosen={**problem.recognised, **dict(file.named)},
        )
        self._header = problem.columns
        dialog.told.connect(self._take_columns)
        self._open(dialog)

    def _take_columns(self, columns: tuple[tuple[str, str], ...]) -> None:
        hints = replace(self._now.hints, columns=columns)
        self._learn(replace(self._now, hints=hints, header=self._header, as_before=False))

    def _ask_about_list(self, look: ListLook) -> None:
        dialog = ListCardDialog(self._desk, self._now.path, look, self._now.hints, self._window)
        dialog.told.connect(self._take_list_card)
        self._open(dialog)

    def _take_list_card(self, hints: Hints) -> None:
        self._answered = True
        self._file = replace(self._now, hints=hints)
        self._run()

    def _ask_artists(self, look: CatalogueLook) -> None:
        file, names = self._now, tuple(name for name, _ in look.known)
        file = self._file = replace(file, hints=replace(file.hints, take_artists=names))
        is_first = not self._desk.artists and len(look.unknown) == 1
        if look.unknown and not is_first:
            shown = self._desk.name_of(file.artist) if file.artist is not None else ""
            dialog = ArtistsDialog(self._desk, file.path, look, shown, self._window)
            self._unknown = tuple(name for name, _ in look.unknown)
            dialog.are_mine.connect(self._take_artists)
            dialog.are_spellings.connect(self._take_spellings)
            self._open(dialog)
        elif look.unnamed and not look.known and not look.unknown and file.artist is None:
            self._ask_whose(may_be_new=True)
        else:
            self._take_artists(tuple(name for name, _ in look.unknown))

    def _take_artists(self, names: tuple[str, ...]) -> None:
        self._answered = True
        hints = self._now.hints
        self._file = replace(self._now, hints=replace(hints, take_artists=(*hints.take_artists, *names)))
        self._run()

    def _take_spellings(self) -> None:
        self._answered = True
        hints = self._now.hints
        names = (*hints.take_artists, *self._unknown)
        self._file = replace(self._now, hints=replace(hints, take_artists=names, also_called=self._unknown))
        self._run()

    def _ask_whose(self, *, may_be_new: bool) -> None:
        artists = self._desk.artists
        dialog = WhoseDialog(self._desk, self._now.path, artists, self._window, may_be_new=may_be_new)
        dialog.is_of.connect(self._take_whose)
        dialog.is_of_new.connect(self._take_whose_name)
        self._open(dialog)

    def _take_whose(self, artist: str) -> None:
        self._answered = True
        self._file = replace(self._now, artist=ArtistId(artist))
        self._run()

    def _take_whose_name(self, name: str) -> None:
        self._answered = True
        self._file = replace(self._now, hints=replace(self._now.hints, artist_name=name))
        self._run()

    def _learn(self, file: _File) -> None:
        self._answered = True
        self._file = file
        self._look(None)

    def _open(self, dialog: QDialog) -> None:
        """A question that is closed without an answer lets the file go."""
        self._answered = False
        dialog.finished.connect(self._let_go)
        dialog.open()

    def _let_go(self, _result: int) -> None:
        if not self._answered:
            self._end()

    @property
    def _now(self) -> _File:
        assert self._file is not None
        return self._file

    # The run

    def _run(self) -> None:
        file = self._now
        assert file.kind is not None
        kind, path, artist, hints = file.kind, file.path, file.artist, file.hints
        if hints.artist_name:
            artist = None

        def bring_in(console: Console, progress: Progress) -> Result[ImportResult]:
            def tell(now: ImportProgress) -> None:
                if now.bytes_total:
                    progress.report(now.bytes_sent, now.bytes_total, _SENDS)
                else:
                    progress.report(now.rows_read, now.rows_total or 0)

            return imports_commands.import_file(console, kind, path, artist, tell, hints)

        self.going_on.emit(say("import", "Importing {name}…", name=path.name))
        self._job = self._desk.long_act(self, bring_in, self._show, self._fail, self._tell, self._stopped)

    def _tell(self, done: int, total: int, phase: str) -> None:
        if self._file is None or self._job is None:
            return
        words = progress_words(self._desk.figures, self._file.path.name, done, total, sends=phase == _SENDS)
        self.going_on.emit(words)

    def _show(self, result: ImportResult) -> None:
        self._over()
        file = self._now
        self._keep_columns(file)
        brought = (file.path, file.hints) if file.preview is not None else None
        dialog = ImportResultDialog(self._desk, result, self._window, brought)
        dialog.finished.connect(self._end)
        dialog.finished.connect(self.result_closed)
        dialog.open()
        self.imported.emit(result)

    def _keep_columns(self, file: _File) -> None:
        """What the person said of a table is remembered once it has proved to be of use."""
        kind, header, columns = file.kind, file.header, dict(file.hints.columns)
        if file.preview is not None:
            self._keep_reading(file.preview)
        elif header and kind is not None:
            self._desk.act(self, lambda console: layouts.remember(console, kind, header, columns))
        elif file.as_before:
            name = file.path.name
            words = say("import", "{name} was read with the columns that you named before.", name=name)
            bare = replace(file.hints, columns=())
            again = replace(file, hints=bare, named=file.hints.columns, as_before=False)
            self._desk.say(words, say("import", "Name them again…"), partial(self._take_again, again))

    def _keep_reading(self, preview: StatementPreview) -> None:
        """The next statement of such a form is read the same way."""
        kept = what_to_remember(preview)
        if kept is not None:
            header, (columns, said) = preview.header, kept
            self._desk.act(
                self,
                lambda console: layouts.remember(console, FileKind.STATEMENT, header, columns, said),
            )

    def _take_again(self, file: _File) -> None:
        kind = file.kind
        assert kind is not None
        self._waiting.append(file)
        self._desk.act(
            self,
            lambda console: layouts.forget_for(console, kind, file.path),
            lambda _nothing: self._next(),
            self._fail,
        )

    def _stopped(self) -> None:
        name = self._now.path.name
        self._over()
        self._desk.say(
            say("import", "The import of {name} was stopped. Nothing of it was taken over.", name=name)
        )
        self._end()

    def _fail(self, problem: Problem) -> None:
        self._over()
        dialog = ImportProblemDialog(self._desk, problem, self._window)
        dialog.finished.connect(self._end)
        dialog.open()

    def _over(self) -> None:
        self._job = None
        self.going_on.emit("")

    def _end(self, _result: int = 0) -> None:
        self._file = None
        if self._packs is not None:
            self._packs.cleanup()
            self._packs = None
        self._next()
