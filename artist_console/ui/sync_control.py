"""Keeps what is shown and what the backend holds together: rounds after an answer and by the clock.

Says what the corner shows. When to try again after a failure is the schedule's to say, through the status.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from artist_console.commands import syncing
from artist_console.commands.syncing import Listening, SyncState, SyncStatus
from artist_console.domain.changes import Changes
from artist_console.domain.problems import Problem
from artist_console.ui.background import Job, Progress
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.places import Place
from artist_console.ui.sync_notices import Notice, NoticeKind, notice_of
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Tint

# After an answer: long enough to take several in a row along, short enough not to be noticed.
_SOON_MS = 600
_REGULARLY_MS = 60_000
_LEAST_WAIT_MS = 1_000


class SyncControl(QObject):
    """One round at a time. `status_changed` after every round and every answer."""

    status_changed = Signal()
    round_ended = Signal(object)  # SyncReport, or None where the round failed

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.status: SyncStatus | None = None
        self.is_syncing = False
        self.last_problem = ""
        self._put_away: frozenset[NoticeKind] = frozenset()
        self._again = False
        self._listening: Listening | None = None
        self._waiting_for_hint: Job | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.sync_by_itself)
        desk.changed.connect(self._note)
        desk.settings_changed.connect(self._follow_settings)

    def start(self) -> None:
        """Begin to sync by the clock, with a first round now."""
        self.ask_status()
        self.sync_by_itself()

    def stop(self) -> None:
        self._timer.stop()
        self._stop_listening()

    def sync_by_itself(self) -> None:
        if self._desk.settings.sync_enabled:
            self.sync()

    def sync(self) -> None:
        """A round now, whether or not rounds run by themselves."""
        if self.is_syncing:
            self._again = True
            return
        self._timer.stop()
        self._stop_listening()
        self.is_syncing = True
        self.last_problem = ""
        self.status_changed.emit()
        self._desk.act(self, syncing.sync, self._end, self._fail, network=True)

    def ask_status(self) -> None:
        self._desk.ask(self, "status", syncing.status, self._show_status)

    def _end(self, report: object) -> None:
        self.is_syncing = False
        self.ask_status()
        self.round_ended.emit(report)
        if self._again:
            self._again = False
            self._timer.start(0)
        else:
            self._timer.start(_REGULARLY_MS)
            if self._desk.settings.sync_enabled:
                self._desk.ask(self, "hints", syncing.listening, self._listen, network=True)

    # Hints: a round as soon as the service tells of a change, rather than by the clock

    def _listen(self, listening: Listening | None) -> None:
        self._stop_listening()
        if listening is not None and not self.is_syncing:
            self._listening = listening
            self._wait_for_hint(listening)

    def _wait_for_hint(self, listening: Listening) -> None:
        def wait(progress: Progress) -> bool:
            progress.on_stop(listening.stop)
            return listening.wait()

        self._waiting_for_hint = self._desk.background.listen(wait, self._heard, self._not_heard)

    def _heard(self, changed: bool) -> None:
        self._waiting_for_hint = None
        if changed:
            self.sync_by_itself()
        elif self._listening is not None:
            self._wait_for_hint(self._listening)

    def _not_heard(self, _problem: Problem) -> None:
        """Stopped, or the line was lost: the next round by the clock finds out, and listens again."""
        self._waiting_for_hint = None

    def _stop_listening(self) -> None:
        job, self._waiting_for_hint = self._waiting_for_hint, None
        if job is not None:
            job.cancel()
        if self._listening is not None:
            self._listening.stop()
            self._listening = None

    def _fail(self, problem: Problem) -> None:
        """Not told by a dialog: nobody asked for this round. The corner says it."""
        self.is_syncing = False
        self._again = False
        self.last_problem = problem_words(problem)
        self.ask_status()
        self.round_ended.emit(None)

    def _show_status(self, status: SyncStatus) -> None:
        self.status = status
        if status.next_try is not None and not self.is_syncing and self._desk.settings.sync_enabled:
            wait = round((status.next_try - self._desk.clock()).total_seconds() * 1000)
            self._timer.start(max(wait, _LEAST_WAIT_MS))
        self.status_changed.emit()

    def _note(self, changes: Changes) -> None:
        if changes & Changes.JOURNAL:
            self.ask_status()
            if self._desk.settings.sync_enabled and not self.is_syncing:
                self._timer.start(_SOON_MS)

    def _follow_settings(self) -> None:
        if not self._desk.settings.sync_enabled:
            self._timer.stop()
            self._stop_listening()
        self.status_changed.emit()

    # Words for the corner

    @property
    def is_off(self) -> bool:
        return not self._desk.settings.sync_enabled

    @property
    def waiting(self) -> int:
        return self.status.waiting if self.status is not None else 0

    def corner(self) -> tuple[str, Icon, Tint | None]:
        """Words, icon and tint of the button in the corner."""
        if self.is_syncing:
            return say("sync", "Syncing…"), Icon.SYNC, None
        status = self.status
        if status is None:
            return say("sync", "Not synced yet"), Icon.CLOUD_OFF, None
        if status.conflicts:
            words = say_count("sync", "1 conflict", "{n} conflicts", status.conflicts)
            return words, Icon.TWO_ARROWS, Tint.CONFLICT
        match status.state:
            case SyncState.SIGN_IN_AGAIN:
                return say("sync", "Sign in again"), Icon.KEY, Tint.ASK
            case SyncState.TROUBLE:
                return say("sync", "Sync has a problem"), Icon.TRIANGLE, Tint.DENY
            case SyncState.CANNOT_REACH:
                return self._cut_off_words(status), Icon.CLOUD_PROBLEM, Tint.ASK
            case _ if self.is_off or status.state is SyncState.OFF:
                if status.waiting:
                    words = say_count(
                        "sync", "Sync is off, 1 waiting", "Sync is off, {n} waiting", status.waiting
                    )
                    return words, Icon.CLOUD_OFF, Tint.ASK
                return say("sync", "Sync is off"), Icon.CLOUD_OFF, None
            case _ if status.waiting:
                return say_count("sync", "1 waiting", "{n} waiting", status.waiting), Icon.CLOCK, Tint.ASK
            case _:
                return say("sync", "Up to date"), Icon.CLOUD_CHECK, None

    def _cut_off_words(self, status: SyncStatus) -> str:
        if status.waiting:
            return say_count("sync", "Offline, 1 waiting", "Offline, {n} waiting", status.waiting)
        if status.next_try is not None:
            return say(
                "sync",
                "Cannot reach {host}, next try {time}",
                host=status.host,
                time=self._desk.figures.time(status.next_try),
            )
        return say("sync", "Cannot reach {host}", host=status.host)

    def notice(self) -> Notice:
        """The line under the top bar; empty while there is nothing to tell."""
        return notice_of(self.status, self._put_away)

    @property
    def wants_sign_in(self) -> bool:
        """The service does not know this sign-in any more."""
        return self.status is not None and self.status.state is SyncState.SIGN_IN_AGAIN

    def notice_place(self) -> Place | None:
        """Where the line leads; None: to the panel of sync."""
        restored = self.notice().kind is NoticeKind.RESTORED
        conflicts = self.status is not None and self.status.conflicts
        return Place("consent", "conflict/all") if restored and conflicts else None

    def put_notice_away(self) -> None:
        """The person has read it. That a service was restored is not told again, also after a restart."""
        kind = self.notice().kind
        if kind is NoticeKind.RESTORED:
            self._desk.act(self, syncing.note_restored_read, self._read_restored)
        elif kind is not None:
            self._put_away |= {kind}
            self.status_changed.emit()

    def _read_restored(self, _nothing: None) -> None:
        self.ask_status()
