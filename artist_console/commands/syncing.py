"""Exchange with the backend, and what waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from artist_console.domain.decisions import Stance
from artist_console.domain.ids import ArtistId, DecisionId


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A decision on its way."""

    decision: DecisionId
    artist: ArtistId
    artist_name: str
    words: str  # "Refused Training for “Glass Harbour”"
    stance: Stance
    made_at: datetime
    tries: int
    last_answer: str  # of the backend, one sentence; empty: not tried yet
    parked: bool  # the backend could not read it; it stays here with its reason


class SyncState(Enum):
    OFF = "off"  # nothing connected, or switched off
    UP_TO_DATE = "up_to_date"
    WAITING = "waiting"  # something to send
    CANNOT_REACH = "cannot_reach"
    SIGN_IN_AGAIN = "sign_in_again"
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
