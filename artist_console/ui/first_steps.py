"""The first steps of a new profile: keep it here or connect, a first catalogue, first answers.

Also signing in again later, which begins on the same page. Loaded only where a profile is new or signs in.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from artist_console.commands.first_answers import refuse_all_generative
from artist_console.commands.imports import ImportResult
from artist_console.commands.opening import Opening
from artist_console.commands.signing_in import SignedIn
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.first_answers import FirstAnswersDialog
from artist_console.ui.dialogs.interview import InterviewDialog
from artist_console.ui.dialogs.sign_in import SignInDialog
from artist_console.ui.frame.shell import Shell
from artist_console.ui.importing import Importer
from artist_console.ui.meanings import problem_words
from artist_console.ui.pages.first_start import FirstImport, FirstStart
from artist_console.ui.places import Place
from artist_console.ui.sync_control import SyncControl
from artist_console.ui.text import say

_START, _IMPORT = "first-start", "first-import"


class FirstSteps(QObject):
    """Leads from an empty profile to one that holds something; the window goes on from there."""

    ended = Signal()  # the profile holds an account now
    report_wished = Signal()
    left = Signal()  # for the sample, in a window of its own

    def __init__(
        self,
        desk: Desk,
        opening: Opening | None,
        frame: Shell,
        sync: SyncControl,
        importer: Importer,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._opening, self._frame, self._window = desk, opening, frame, window
        self._sync, self._importer = sync, importer
        self._import: FirstImport | None = None
        self.start = self._make_start()

    def _make_start(self) -> FirstStart:
        opening = self._opening
        start = FirstStart(
            self._desk,
            can_connect=opening is not None and opening.sign_ins is not None,
            can_sample=opening is not None and opening.show_sample is not None,
        )
        start.keep_wished.connect(self._keep_here)
        start.connect_wished.connect(self.show_connection)
        start.report_wished.connect(self.report_wished)
        start.sample_wished.connect(self._look_around)
        self._frame.add_page(_START, start)
        return start

    def show_choices(self) -> None:
        self._frame.show_page(_START)
        self.start.connect_choice.setFocus()

    def show_connection(self) -> None:
        """Sign in to a service, for the first time or again."""
        if self._opening is None or self._opening.sign_ins is None:
            return
        dialog = SignInDialog(self._desk, self._opening.sign_ins, self._window)
        dialog.signed_in.connect(self._after_sign_in)
        dialog.open()

    def show_going_on(self, words: str) -> None:
        """What an import is doing, where the first catalogue is brought in."""
        if self._import is not None and self._frame.current_page == _IMPORT:
            self._import.show_busy(words)

    # A private service

    def _keep_here(self) -> None:
        if self._opening is None or self._opening.keep_here is None:
            self._after_setup(None)
            return
        self.start.show_busy(say("first", "Setting up a private service on this computer…"))
        self._desk.background.network.run(self._opening.keep_here, self._after_setup, self._fail)

    def _fail(self, problem: Problem) -> None:
        self.start.show_fault(problem_words(problem))

    def _open_anew(self) -> None:
        """The profile holds an account now: open it anew on both lanes."""
        self._desk.background.network.run(self._desk.network_console.close)
        self._desk.background.store.run(self._desk.store_console.close)

    def _after_setup(self, _api: object) -> None:
        self._open_anew()
        page = self._import = FirstImport(self._desk)
        page.file_wished.connect(self._desk.import_wished)
        page.cancel_wished.connect(self._importer.cancel)
        page.without_wished.connect(self._go_on_without)
        self._frame.add_page(_IMPORT, page)
        self._frame.show_page(_IMPORT)
        self._importer.imported.connect(self._after_import)
        self._sync.start()

    def _go_on_without(self) -> None:
        """No catalogue yet: the account is here after a round with the private service."""
        self._importer.imported.disconnect(self._after_import)
        self._first_round()

    # A service of others

    def _after_sign_in(self, signed_in: SignedIn) -> None:
        self._open_anew()
        words = say(
            "first",
            "Signed in as {name}. Fetching what the service has for you…",
            name=signed_in.account_name,
        )
        self.start.show_busy(words)
        self._first_round()

    def _first_round(self) -> None:
        self._sync.round_ended.connect(self._after_first_round)
        self._sync.sync()

    def _after_first_round(self, report: object) -> None:
        self._sync.round_ended.disconnect(self._after_first_round)
        if report is None:
            self.start.show_fault(self._sync.last_problem)
            return
        self.ended.emit()

    # The first catalogue, and what is said about it

    def _after_import(self, result: ImportResult) -> None:
        self._importer.imported.disconnect(self._after_import)
        if self._importer.brought_a_catalogue(result):
            self._importer.result_closed.connect(self._ask_first_answers)
        self.ended.emit()

    def _ask_first_answers(self) -> None:
        """What is mine to decide, of the artist whose catalogue came first; then what to say for now."""
        self._importer.result_closed.disconnect(self._ask_first_answers)
        artist = self._desk.artist or next((row.id for row in self._desk.artists), None)
        if artist is None:
            self._ask_for_now()
            return
        interview = InterviewDialog(self._desk, artist, self._window)
        interview.finished.connect(self._ask_for_now)
        interview.open()

    def _ask_for_now(self) -> None:
        dialog = FirstAnswersDialog(self._desk, self._window)
        dialog.refuse_wished.connect(self._refuse_generative)
        dialog.go_through_wished.connect(self._open_consent)
        dialog.open()

    def _refuse_generative(self) -> None:
        self._desk.decide(refuse_all_generative(row.id for row in self._desk.artists))

    def _open_consent(self) -> None:
        self._desk.go(Place("consent"))

    def _look_around(self) -> None:
        if self._opening is not None and self._opening.show_sample is not None:
            self._opening.show_sample()
            self.left.emit()
