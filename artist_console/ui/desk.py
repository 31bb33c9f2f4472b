"""What the window offers to screens and dialogs: questions, acts, navigation, messages, the chosen artist.

Screens hold no lane and no console. A question runs on the store lane (or the network lane) and its answer
arrives in the interface thread; the answer to a question that was asked again meanwhile is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from artist_console.commands.artists import ArtistRow
from artist_console.commands.console import Console, Result
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.problems import FileProblem, Problem
from artist_console.host.settings import Settings
from artist_console.ui.background import Background, Job, Progress, Writer
from artist_console.ui.figures import DEFAULT_LOCALE, Figures
from artist_console.ui.places import Place
from artist_console.ui.text import count_in
from artist_console.ui.theme import Theme

if TYPE_CHECKING:
    from artist_console.commands.wishes import Wish

T = TypeVar("T")

# The window moves and is resized in many small steps; the file is written once they end.
_SETTINGS_REST_MS = 400


class LaneConsole:
    """The console of one lane: opened on that lane's thread when it is first needed, and closed there."""

    def __init__(self, open_console: Callable[[], Console], connect: Callable[[], Any] | None = None) -> None:
        self._open = open_console
        self._connect = connect  # gives what the console talks to; network lane only
        self._console: Console | None = None

    def use(self, what: Callable[[Console], T]) -> T:
        """Run a command on the console. On the lane's thread only."""
        if self._console is None:
            self._console = self._open()
        if self._connect is not None and self._console.api is None:
            self._console.api = self._connect()
        return what(self._console)

    def once(self, what: Callable[[Console], T]) -> T:
        """Run something on a console of its own, opened and closed on the calling thread."""
        console = self._open()
        try:
            return what(console)
        finally:
            console.store.close()

    def close(self) -> None:
        """Close the store; the next use opens it again."""
        if self._console is not None:
            self._console.store.close()
            self._console = None


class _Question(QObject, Generic[T]):
    """One run on a lane, and who waits for it. Goes when it is answered."""

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        then: Callable[[T], None] | None,
        failed: Callable[[Problem], None] | None,
        key: tuple[int, str] | None,
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._owner = owner
        self._then = then
        self._failed = failed
        self._key = key

    def answer(self, value: T) -> None:
        if self._is_current() and self._then is not None and isValid(self._owner):
            self._then(value)
        self._end()

    def answer_result(self, result: Result[T]) -> None:
        """The answer to an act: what changed is told even when nobody waits any more."""
        if self._then is not None and isValid(self._owner):
            self._then(result.value)
        self._desk.changed.emit(result.changes)
        self._end()

    def fail(self, problem: Problem) -> None:
        if self._is_current():
            if self._failed is not None and isValid(self._owner):
                self._failed(problem)
            elif self._failed is None:
                self._desk.problem_told.emit(problem)
        self._end()

    def _is_current(self) -> bool:
        return self._key is None or self._desk.current_question(self._key) is self

    def _end(self) -> None:
        if self._key is not None:
            self._desk.forget_question(self._key, self)
        self.deleteLater()


class Desk(QObject):
    """Everything a screen can ask for."""

    changed = Signal(object)  # Changes: after an act, and after a round of sync
    scope_changed = Signal(object)  # ArtistId or None
    artists_changed = Signal()
    settings_changed = Signal(object)  # Settings
    place_wished = Signal(object)  # Place
    item_opened = Signal(str, str)  # key of the screen, item: for Back and for links
    message_wished = Signal(str, str, object)  # words, words of the action, what the action does
    problem_told = Signal(object)  # Problem that nobody else shows
    details_wished = Signal(object)  # QWidget or None
    details_closed = Signal()  # the person closed them
    decision_wished = Signal(object)  # tuple[Wish, ...]
    decided = Signal(object)  # tuple[Decision, ...] that were recorded from a wish
    allow_wished = Signal(object)  # tuple of artist and work: a yes to whatever is asked for them today
    receipt_wished = Signal(object)  # DecisionId
    undo_wished = Signal()
    redo_wished = Signal()
    sync_wished = Signal()
    account_wished = Signal(str)  # "sign_in", "sign_out", "devices", "recovery_code", "replace_key"
    seen_wished = Signal()  # what is marked as new has been seen
    seen = Signal()  # and that is recorded
    import_wished = Signal(object)  # FileKind or None
    sheet_wished = Signal(str)  # item of what opens over the page: "hits/<work>"

    def __init__(
        self,
        theme: Theme,
        background: Background,
        store_console: LaneConsole,
        network_console: LaneConsole,
        settings: Settings,
        save_settings: Callable[[Settings], None],
        clock: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.clock = clock
        self.background = background
        self.store_console = store_console
        self.network_console = network_console
        self.figures = Figures(settings.language)
        count_in(settings.language or DEFAULT_LOCALE)
        self.artists: tuple[ArtistRow, ...] = ()
        self._artist: ArtistId | None = ArtistId(settings.artist) if settings.artist else None
        self._settings = settings
        self._written = Writer(save_settings)
        self._current: dict[tuple[int, str], QObject] = {}
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SETTINGS_REST_MS)
        self._saving.timeout.connect(self._save_settings_beside)

    # Questions and acts

    def ask(
        self,
        owner: QObject,
        name: str,
        what: Callable[[Console], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
        *,
        network: bool = False,
    ) -> None:
        """Ask a command; `then` gets its answer in this thread, unless the owner asked again under this name.

        Without `failed`, a problem is shown as a message at the bottom of the page.
        """
        key = (id(owner), name)
        question = _Question(self, owner, then, failed, key)
        self._current[key] = question
        console = self.network_console if network else self.store_console
        lane = self.background.network if network else self.background.store
        lane.run(lambda: console.use(what), question.answer, question.fail, must_finish=False)

    def act(
        self,
        owner: QObject,
        what: Callable[[Console], Result[T]],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        *,
        network: bool = False,
    ) -> None:
        """Have something done, in order; afterwards every screen refreshes by its changes."""
        question = _Question(self, owner, then, failed, None)
        console = self.network_console if network else self.store_console
        lane = self.background.network if network else self.background.store
        lane.run(lambda: console.use(what), question.answer_result, question.fail)

    def long_act(
        self,
        owner: QObject,
        what: Callable[[Console, Progress], Result[T]],
        then: Callable[[T], None],
        failed: Callable[[Problem], None],
        progressed: Callable[[int, int, str], None],
        cancelled: Callable[[], None],
    ) -> Job:
        """Have something done on the network lane that takes seconds: it tells how far it is and can stop."""
        question = _Question(self, owner, then, failed, None)
        return self.background.network.run_long(
            lambda progress: self.network_console.use(lambda console: what(console, progress)),
            question.answer_result,
            question.fail,
            progressed,
            cancelled,
        )

    def long_work(
        self,
        what: Callable[[Console, Progress], T],
        then: Callable[[T], None],
        failed: Callable[[Problem], None] | None = None,
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Have something that takes seconds done beside the lanes, which stay free; it can be cancelled."""
        return self.background.job(
            lambda progress: self.store_console.once(lambda console: what(console, progress)),
            then,
            failed,
            progressed,
            cancelled,
        )

    def current_question(self, key: tuple[int, str]) -> QObject | None:
        return self._current.get(key)

    def forget_question(self, key: tuple[int, str], question: QObject) -> None:
        if self._current.get(key) is question:
            del self._current[key]

    # Where the person is

    @property
    def artist(self) -> ArtistId | None:
        """The artist chosen in the switcher; None is all of them."""
        return self._artist

    def choose_artist(self, artist: ArtistId | None) -> None:
        if artist == self._artist:
            return
        self._artist = artist
        self.change_settings(artist=artist or "")
        self.scope_changed.emit(artist)

    def set_artists(self, artists: tuple[ArtistRow, ...]) -> None:
        """The artists in reach; a chosen one that is out of reach is let go."""
        self.artists = artists
        if self._artist is not None and all(row.id != self._artist for row in artists):
            self._artist = None
        if len(artists) == 1 and self._artist is None:
            self._artist = artists[0].id
        self.artists_changed.emit()

    def name_of(self, artist: ArtistId) -> str:
        """The artist's name; empty for one out of reach."""
        return next((row.name for row in self.artists if row.id == artist), "")

    def go(self, place: Place) -> None:
        """Show a place; the one that is left is kept for Back."""
        self.place_wished.emit(place)

    def show_details(self, details: QObject | None) -> None:
        """Show a widget beside the page (380 wide), or close what is there (None)."""
        self.details_wished.emit(details)

    # Acting and telling

    def decide(self, wishes: Sequence[Wish]) -> None:
        """Have answers recorded: one refusal or clear at once with Undo, everything else after the review."""
        self.decision_wished.emit(tuple(wishes))

    def allow_what_is_asked(self, works: Sequence[tuple[ArtistId, WorkId]]) -> None:
        """Have a yes reviewed to all that the programmes ask for these works today."""
        self.allow_wished.emit(tuple(works))

    def say(self, words: str, action: str = "", do: Callable[[], None] | None = None) -> None:
        """Show a message at the bottom of the page, with at most one action."""
        self.message_wished.emit(words, action, do)

    def sync_now(self) -> None:
        self.sync_wished.emit()

    def undo(self) -> None:
        """Take the last answer back."""
        self.undo_wished.emit()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.redo_wished.emit()

    # Settings

    @property
    def settings(self) -> Settings:
        return self._settings

    def change_settings(self, **changes: Any) -> None:
        """Change settings by their names; they apply at once and are written shortly after."""
        changed = replace(self._settings, **changes)
        if changed == self._settings:
            return
        another_region = changed.language != self._settings.language
        self._settings = changed
        if another_region:
            self.figures.choose(changed.language)
            count_in(changed.language or DEFAULT_LOCALE)
        self._saving.start()
        self.settings_changed.emit(changed)
        if another_region:
            # Every figure that is shown is written anew.
            self.changed.emit(Changes.ALL)

    def kept(self, name: str) -> str:
        """What a table or another part kept of its columns, sort or filter; empty at first."""
        return self._settings.columns.get(name, "")

    def keep(self, name: str, state: str) -> None:
        self.change_settings(columns={**self._settings.columns, name: state})

    def save_settings_now(self) -> None:
        """Write the settings; a file that cannot be written is told, and the choice holds until the end."""
        self._saving.stop()
        try:
            self._written.save(self._settings)
        except FileProblem as problem:
            self.problem_told.emit(problem)

    def _save_settings_beside(self) -> None:
        """A disk can take half a second to say that it has a file: the interface does not wait for it."""
        settings, number = self._settings, self._written.next_number()
        self.background.job(
            lambda _progress: self._written.save(settings, number), None, self.problem_told.emit
        )
