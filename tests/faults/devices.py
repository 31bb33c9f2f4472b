"""One profile on one computer, in the hands of one person: the real store, commands and rounds."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import apsw

from artist_console.commands import conflicts, consent, proposals
from artist_console.commands.consent import KeepChoice
from artist_console.commands.console import Console
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision, Pin, effective
from artist_console.domain.ids import AccountId, ArtistId, DecisionId
from artist_console.domain.registers import Register
from artist_console.formats.signatures import SigningKey
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal, mirror
from artist_console.store.opening import Store, open_store
from artist_console.sync.engine import SyncReport, run_round
from tests.store.statement_files import files_in

from .cast import DATA_KEY, MIRROR_KEY, SIGNING_KEY
from .line import NO_HARM, DirectApi, Harm, Line


class Crash(BaseException):
    """The process ends here: nothing after this line is carried out."""


class Refusal(Enum):
    """How a commit does not come about."""

    FULL = "full"
    BROKEN = "broken"
    BUSY = "busy"
    CRASH_BEFORE = "crash before"
    CRASH_AFTER = "crash after"


_ERRORS: Mapping[Refusal, type[apsw.Error]] = {
    Refusal.FULL: apsw.FullError,
    Refusal.BROKEN: apsw.IOError,
    Refusal.BUSY: apsw.BusyError,
}


class _Refusing:
    """A connection whose n-th commit from now does not come about."""

    def __init__(self, connection: apsw.Connection, after: int, how: Refusal) -> None:
        self._connection = connection
        self._after = after
        self._how = how
        self.met = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, sql: str, *more: Any) -> Any:
        if sql != "COMMIT" or self.met:
            return self._connection.execute(sql, *more)
        if self._after:
            self._after -= 1
            return self._connection.execute(sql, *more)
        self.met = True
        if self._how in _ERRORS:
            raise _ERRORS[self._how]("the disk of this world refuses")
        if self._how is Refusal.CRASH_AFTER:
            self._connection.execute(sql, *more)
        raise Crash


@dataclass
class Clock:
    """A computer's clock: the world's, off by some time."""

    world: Callable[[], datetime]
    skew: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return self.world() + self.skew


@dataclass
class Device:
    """A profile folder and who sits before it."""

    name: str
    account: AccountId
    folder: Path
    line: Line
    clock: Clock
    token: str
    new_id: Callable[[], str]
    opened: Store | None = None
    said: list[DecisionId] = field(default_factory=list)  # "Recorded on this device" was shown for these
    quiet_at: object = None  # the last change of the service that a round without news has seen
    away: bool = False  # its device was revoked and nobody signed in again

    # -- the folder

    @property
    def store(self) -> Store:
        if self.opened is None:
            self.opened = open_store(
                self.folder / "journal.db",
                self.folder / "mirror.db",
                DATA_KEY,
                MIRROR_KEY,
                files=files_in(self.folder),
            )
        return self.opened

    def close(self) -> None:
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    def copy_to(self, target: Path) -> None:
        """Copy the folder of a profile that is closed."""
        self.close()
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target)

    def put_back(self, source: Path, said: Sequence[DecisionId]) -> None:
        """The folder as it was when it was copied."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(source, self.folder)
        self.said = list(said)

    def lose_mirror(self) -> None:
        self.close()
        for path in self.folder.glob("mirror.db*"):
            path.unlink()

    # -- what the person sees and does

    @property
    def console(self) -> Console:
        return Console(
            self.store, self.api, self.clock, self.new_id, ProfileFolder(self.folder), lambda: _KEY
        )

    @property
    def api(self) -> DirectApi:
        return DirectApi(self.token, self.line, self.clock)

    def on_screen(self, artist: str) -> frozenset[DecisionId]:
        """The decisions that count in what this device shows of an artist."""
        return frozenset(decision.id for decision in self.said_of(artist))

    def said_of(self, artist: str) -> list[Decision]:
        """What counts in what this device shows of an artist, in its order."""
        said = mirror.facts(self.store, self.clock()).said
        return [recording.decision for recording in said.get(ArtistId(artist), ())]

    def shown(self, register: Register) -> Decision | None:
        said = mirror.facts(self.store, self.clock()).said.get(register.artist, ())
        return effective(register, said)

    def decide(self, wishes: Sequence[Wish], keeps: KeepChoice | None = None) -> tuple[Decision, ...]:
        return consent.decide(self.console, wishes, keeps).value

    def append(self, decisions: Sequence[Decision]) -> None:
        """Record what the commands would not make."""
        journal.append(self.store, decisions)

    def resolve(self, decision: DecisionId, *, keep_mine: bool) -> tuple[Decision, ...]:
        return conflicts.resolve(self.console, decision, keep_mine).value

    def answer_proposal(self, decision: DecisionId, *, signs: bool, seen: Pin | None = None) -> int:
        command = proposals.sign if signs else proposals.decline
        return command(self.console, decision, seen).value

    def round(self, harm: Mapping[int, Harm] = NO_HARM) -> SyncReport:
        """One round over a line that does harm by plan. Raises what the client raises."""
        self.line.plan(harm)
        try:
            return run_round(self.store, self.api, self.clock)
        finally:
            self.line.calm()

    @contextmanager
    def refusing(self, how: Refusal, after: int = 0) -> Any:
        """The n-th commit from now does not come about; a crash ends the process."""
        store = self.store
        guard = _Refusing(store.connection, after, how)
        real, store.connection = store.connection, guard  # type: ignore[assignment]
        try:
            yield guard
        except Crash:
            store.connection = real
            self.close()
        finally:
            store.connection = real


_KEY = SigningKey(SIGNING_KEY)
