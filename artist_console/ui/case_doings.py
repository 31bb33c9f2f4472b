"""What a person can do about a case, each in its own dialog or at once. Page and details ask for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from artist_console.commands import case_files, case_put_back, letter_copies
from artist_console.commands import cases as case_commands
from artist_console.commands.cases import CaseRow
from artist_console.domain.cases import CaseEvent
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import Letter
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.case_file import CaseFileDialog
from artist_console.ui.dialogs.case_outcome import OutcomeDialog
from artist_console.ui.dialogs.case_sent import SentDialog
from artist_console.ui.dialogs.case_short import CloseDialog, NextDateDialog, NoteDialog, OwnerDialog
from artist_console.ui.dialogs.export_evidence import ExportEvidenceDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.new_letter_result import open_in_mail_program
from artist_console.ui.dialogs.save_letters import SaveLettersDialog
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.pages.case_details import CaseAction
from artist_console.ui.places import Place
from artist_console.ui.text import say

FOLDER_KEPT_AS = "cases.folder"


class CaseDoings(QObject):
    """Lives as long as the page. Files that are dropped together are asked about one after the other."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._waiting: deque[tuple[Path, str]] = deque()

    def do(self, action: CaseAction, shown: CaseRow) -> None:
        window = self._page.window()
        match action:
            case CaseAction.SENT:
                SentDialog(self._desk, shown, window).open()
            case CaseAction.REPLY:
                self.choose_files(shown)
            case CaseAction.OUTCOME:
                OutcomeDialog(self._desk, shown, window).open()
            case CaseAction.NEXT_DATE:
                NextDateDialog(self._desk, shown, window).open()
            case CaseAction.FOLLOW_UP:
                self.follow_up(shown)
            case CaseAction.NOTE:
                NoteDialog(self._desk, shown, window).open()
            case CaseAction.OWNER:
                OwnerDialog(self._desk, shown, window).open()
            case CaseAction.CLOSE:
                CloseDialog(self._desk, shown, window).open()
            case CaseAction.REOPEN:
                case = shown.case.id
                self._desk.act(self, lambda console: case_commands.reopen_case(console, case))
            case CaseAction.EXPORT:
                ExportEvidenceDialog(self._desk, (shown.case,), shown.case.title, window).open()
            case CaseAction.SAVE_LETTERS:
                SaveLettersDialog(self._desk, shown.case.letters, window).open()
            case CaseAction.COPY_LINK:
                QApplication.clipboard().setText(Place("letters", f"case/{shown.case.id}").link)
                self._desk.say(say("case", "The link to the case was copied."))

    def record_outcome(self, shown: CaseRow, reply: CaseEvent) -> None:
        OutcomeDialog(self._desk, shown, self._page.window(), reply).open()

    def take_back(self, shown: CaseRow, event: CaseEvent) -> None:
        """What was noted by mistake stays in the history, and counts no more."""
        case, id = shown.case.id, event.id
        self._desk.act(
            self,
            lambda console: case_commands.take_back(console, case, id),
            lambda _case: self._taken_back(case, id),
        )

    def _taken_back(self, case: str, event: str) -> None:
        words = say("case", "Taken back. It stays in the history of the case.")
        self._desk.say(words, say("case", "Undo"), partial(self.put_back, case, event))

    def put_back(self, case: str, event: str) -> None:
        """It counts again as it was noted."""
        self._desk.act(self, lambda console: case_put_back.put_back(console, case, event))

    def follow_up(self, shown: CaseRow) -> None:
        """Another letter of the same case, to the same addressee."""
        case = shown.case
        start = LetterStart(
            kind=LetterKind.FOLLOW_UP,
            artists=(case.artist,),
            addressees=(case.addressee,),
            works=case.works,
            about=case.about,
            case=case.id,
        )
        NewLetterDialog(self._desk, self._page.window(), start).open()

    def open_mail(self, letter: Letter) -> None:
        told = open_in_mail_program(letter)
        if told:
            self._desk.say(told)

    # Files that come in

    def choose_files(self, shown: CaseRow | None = None) -> None:
        """From the disk, for whoever does not drag."""
        case = shown.case.id if shown is not None else ""
        dialog = QFileDialog(self._page, say("case", "Choose the mail or file that came"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                say("case", "Mails and papers (*.eml *.pdf *.txt *.png *.jpg *.jpeg)"),
                say("case", "All files (*)"),
            ]
        )
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)

        def take(paths: Sequence[str]) -> None:
            self._take([Path(path) for path in paths], case)

        dialog.filesSelected.connect(take)
        dialog.open()

    def take_files(self, files: Sequence[Path], shown: CaseRow | None) -> None:
        """Files that were let go over the page, or over a case."""
        self._take(files, shown.case.id if shown is not None else "")

    def _take(self, files: Sequence[Path], case: str) -> None:
        if files:
            self._desk.keep(FOLDER_KEPT_AS, str(files[0].parent))
        idle = not self._waiting
        self._waiting.extend((file, case) for file in files)
        if idle:
            self._ask_next()

    def _ask_next(self) -> None:
        if not self._waiting:
            return
        path, case = self._waiting[0]
        dialog = CaseFileDialog(self._desk, path, self._page.window(), case)
        dialog.kept.connect(self._show_case)
        dialog.finished.connect(self._go_on)
        dialog.open()

    def _go_on(self, result: int) -> None:
        """The next file; whoever cancels one is asked about the others all the same."""
        if self._waiting:
            self._waiting.popleft()
        self._ask_next()

    def _show_case(self, case: str) -> None:
        self._desk.go(Place("letters", f"case/{case}"))

    # Files that go out

    def save_file(self, shown: CaseRow, event: CaseEvent) -> None:
        if event.file is None:
            return
        case, id = shown.case.id, event.id

        def save(path: str) -> None:
            self._desk.ask(
                self, "save", lambda console: case_files.save_file(console, case, id, Path(path)), self._saved
            )

        self._choose_target(event.file.file.name, save)

    def save_attachment(self, shown: CaseRow, file: AttachedFile) -> None:
        """A copy of a file that went along with a letter."""

        def save(path: str) -> None:
            self._desk.ask(
                self, "save", lambda console: letter_copies.save_copy(console, file, Path(path)), self._saved
            )

        self._choose_target(file.name, save)

    def _choose_target(self, name: str, save: object) -> None:
        dialog = QFileDialog(self._page, say("case", "Save a copy of the file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(save)
        dialog.open()

    def _saved(self, path: Path) -> None:
        self._desk.say(say("case", "Saved as {file}. The copy is not encrypted.", file=path.name))
