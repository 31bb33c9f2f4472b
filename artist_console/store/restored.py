"""That a service was restored, and what came of the decisions that were sent to it once more."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from . import journal, profile
from .journal import Entry
from .opening import Part, Store


@dataclass(frozen=True, slots=True)
class Restored:
    """What a person is told until they have read it."""

    at: datetime
    confirmed: int  # decisions that the service knows again, or knew still
    attention: int  # those that a person has to look at: conflicts, no authority, not readable
    waiting: int  # not answered yet


def note(store: Store, at: datetime) -> None:
    """Inside the transaction that opens the stream in which everything is sent again."""
    stream: int = store.value("SELECT max(number) FROM main.stream")
    former = _read(store)
    # A second restore before the first was read is told as one, from the first on.
    since = former[1] if former is not None else stream
    profile.put(store, "restored", json.dumps({"at": at.isoformat(), "stream": since}))


def restored(store: Store) -> Restored | None:
    """None: nothing was restored since the person last read of it, or nothing had been sent before."""
    noted = _read(store)
    if noted is None:
        return None
    at, stream = noted
    again = journal.sent_again_since(store, stream)
    if not again:
        return None
    attention = sum(_needs_person(entry) for entry in again)
    waiting = sum(entry.outcome is None and not entry.parked for entry in again)
    return Restored(at, len(again) - attention - waiting, attention, waiting)


def note_read(store: Store) -> None:
    """The person has read it."""
    with store.transaction(Part.JOURNAL):
        profile.put(store, "restored", None)


def _needs_person(entry: Entry) -> bool:
    if entry.settled is not None:
        return False
    return bool(entry.parked) or entry.outcome in journal.NOT_APPLIED


def _read(store: Store) -> tuple[datetime, int] | None:
    text = profile.text(store, "restored")
    if text is None:
        return None
    noted = json.loads(text)
    return datetime.fromisoformat(noted["at"]), int(noted["stream"])
