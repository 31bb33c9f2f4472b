"""Exchange with the backend, and what waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from artist_console.commands.console import Console, Result
from artist_console.commands.names import decision_words, party_name
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import Outcome
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId, ArtistId, DecisionId
from artist_console.domain.problems import NetworkProblem, Problem
from artist_console.domain.registers import Stance
from artist_console.store import journal, mirror, profile, projection, restored, tries
from artist_console.store.journal import Entry, Settled
from artist_console.store.restored import Restored
from artist_console.store.tries import Tries
from artist_console.sync import engine
from artist_console.sync.engine import Progress, SyncReport
from artist_console.sync.hints import Listening
from artist_console.sync.problems import ServiceBusy, ServiceFailed, SignInAgain, Unreachable
from artist_console.sync.sign_in_problems import DeviceRevoked, ProxyRefused

if TYPE_CHECKING:
    # The window paints its first rows before anything speaks HTTP.
    from artist_console.sync.api import Api

__all__ = [
    "CLOCK_TOLERANCE_S",
    "Listening",
    "NotConnected",
    "OutboxRow",
    "OutboxState",
    "Progress",
    "Restored",
    "SyncReport",
    "SyncState",
    "SyncStatus",
    "api_of",
    "leave_not_taken",
    "listening",
    "note_restored_read",
    "outbox",
    "status",
    "sync",
]


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A decision on its way, or one that was not taken."""

    decision: DecisionId
    act: ActId
    artist: ArtistId
    artist_name: str
    words: str  # "Refused Training for “Glass Harbour”"
    stance: Stance
    made_at: datetime
    tries: int  # rounds that ended without an outcome for it
    last_try: datetime | None
    last_answer: str  # why it is not there yet; empty before the first try
    state: OutboxState


class OutboxState(Enum):
    WAITING = "waiting"
    NOT_AUTHORISED = "not_authorised"  # no mandate in force reaches so far; the artist is told
    NOT_READ = "not_read"  # the service could not read it; it stays here with its reason


class SyncState(Enum):
    OFF = "off"  # nothing connected, or switched off
    UP_TO_DATE = "up_to_date"
    WAITING = "waiting"  # something to send
    CANNOT_REACH = "cannot_reach"
    SIGN_IN_AGAIN = "sign_in_again"
    TROUBLE = "trouble"  # the other side is there, and something is wrong that waiting alone does not mend
    CONFLICTS = "conflicts"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """For the status in the corner."""

    state: SyncState
    waiting: int
    conflicts: int
    parked: int
    last_sync: datetime | None
    next_try: datetime | None
    host: str  # who runs the backend; "this computer" for the embedded one
    last_problem: str  # one sentence; empty when the last round went well
    restored: Restored | None = None  # the service was restored, and nobody has read of it yet
    clock_ahead_s: int = 0  # how far the clock of this computer is ahead; negative: behind


# A clock that is a little off tells nobody anything; one that is far off writes wrong times into decisions.
CLOCK_TOLERANCE_S = 120


class NotConnected(NetworkProblem):
    """There is no service to talk to."""

    title_template = "This profile is not connected to a service, so there is nothing to sync with"
    advice_template = "Import a file to set up a private service on this computer, or connect to one"


def api_of(console: Console) -> Api:
    """What the console talks to. Raises NotConnected."""
    if console.api is None:
        raise NotConnected
    return console.api


def sync(console: Console, progress: Callable[[Progress], None] | None = None) -> Result[SyncReport]:
    """One round: send what waits, fetch what is new. Raises NetworkProblem or AuthorityProblem."""
    try:
        report = engine.run_round(console.store, api_of(console), console.clock, progress)
    except Problem:
        # The tables follow what was decided here and the day, whether or not the other side answers.
        projection.refresh(console.store, console.today)
        raise
    return Result(report, report.changes)


def listening(console: Console) -> Listening | None:
    """What waits for a hint that something changed, on a line of its own.

    None without a service, and where it runs in this process: whatever changes there is done from here.
    """
    api = console.api
    if api is None or _is_own_service(console):
        return None
    return Listening(api.beside(), profile.feed_place(console.store))


def _is_own_service(console: Console) -> bool:
    """Whether the service runs in this process: it has the same clock, and changes nothing by itself."""
    return console.folder.backend.exists()


def outbox(console: Console) -> tuple[OutboxRow, ...]:
    """What was not taken, and what waits to be sent in the order in which it goes."""
    facts = mirror.facts(console.store, console.clock())
    not_taken = [
        entry
        for entry in journal.needing_person(console.store)
        if entry.parked or entry.outcome is Outcome.NOT_AUTHORISED
    ]
    tried = tries.of_waiting(console.store)
    return tuple(
        _outbox_row(facts, entry, tried.get(entry.place))
        for entry in (*not_taken, *journal.pending(console.store))
    )


def _outbox_row(facts: FactBook, entry: Entry, tried: Tries | None) -> OutboxRow:
    return OutboxRow(
        decision=entry.decision.id,
        act=entry.decision.act,
        artist=entry.decision.register.artist,
        artist_name=party_name(facts, entry.decision.register.artist),
        words=decision_words(facts, entry.decision),
        stance=entry.decision.stance,
        made_at=entry.decision.made_at,
        tries=tried.count if tried is not None else 0,
        last_try=tried.last_at if tried is not None else None,
        last_answer=entry.parked or entry.words or (tried.answer if tried is not None else ""),
        state=_state_of(entry),
    )


def _state_of(entry: Entry) -> OutboxState:
    if entry.parked:
        return OutboxState.NOT_READ
    return OutboxState.WAITING if entry.outcome is None else OutboxState.NOT_AUTHORISED


def leave_not_taken(console: Console, decision: DecisionId) -> Result[None]:
    """The person knows that it was not taken: it waits no more, and stays in the journal with its answer."""
    journal.settle(console.store, decision, Settled.LEFT, console.clock())
    return Result(None, Changes.JOURNAL | Changes.CONSENT | Changes.SYNC)


def note_restored_read(console: Console) -> Result[None]:
    """The person has read that the service was restored."""
    restored.note_read(console.store)
    return Result(None, Changes.SYNC)


_STATE_OF: Mapping[str, SyncState] = {
    SignInAgain.__name__: SyncState.SIGN_IN_AGAIN,
    DeviceRevoked.__name__: SyncState.SIGN_IN_AGAIN,
    **dict.fromkeys(
        (each.__name__ for each in (NotConnected, ProxyRefused, ServiceBusy, ServiceFailed, Unreachable)),
        SyncState.CANNOT_REACH,
    ),
}


def status(console: Console) -> SyncStatus:
    """For the status in the corner: from what waits here and how the last round ended."""
    waiting = journal.count_pending(console.store)
    needing = journal.needing_person(console.store)
    conflicts = sum(entry.outcome is Outcome.CONFLICT for entry in needing)
    last = profile.last_round(console.store)
    account = console.account
    if account is None:
        state = SyncState.OFF
    elif last.problem:
        state = _STATE_OF.get(last.problem_kind, SyncState.TROUBLE)
    elif conflicts:
        state = SyncState.CONFLICTS
    else:
        state = SyncState.WAITING if waiting else SyncState.UP_TO_DATE
    return SyncStatus(
        state=state,
        waiting=waiting,
        conflicts=conflicts,
        parked=sum(bool(entry.parked) for entry in needing),
        last_sync=profile.last_sync(console.store),
        next_try=last.next_try,
        host=account.host if account is not None else "",
        last_problem=last.problem,
        restored=restored.restored(console.store),
        clock_ahead_s=0 if _is_own_service(console) else -profile.clock_offset_s(console.store),
    )
