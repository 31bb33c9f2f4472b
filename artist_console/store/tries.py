"""How often each decision that waits was to be sent, when last, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from . import journal
from .opening import Part, Store


@dataclass(frozen=True, slots=True)
class Tries:
    """Rounds that ended without an outcome for a decision."""

    count: int
    last_at: datetime
    answer: str  # one sentence


def note_failed_round(store: Store, at: datetime, answer: str) -> None:
    """Count one more try for everything that waits, and forget what waits no longer."""
    waiting = journal.pending_places(store)
    with store.transaction(Part.MIRROR):
        _forget_all_but(store, waiting)
        store.run_many(
            "INSERT INTO mirror.try (place, count, last_at, answer) VALUES (:place, 1, :at, :answer)"
            " ON CONFLICT (place) DO UPDATE SET count = count + 1, last_at = :at, answer = :answer",
            [{"place": place, "at": at.isoformat(), "answer": answer} for place in waiting],
        )


def forget_delivered(store: Store) -> None:
    """After a round that came through."""
    if store.value("SELECT 1 FROM mirror.try LIMIT 1") is not None:
        waiting = journal.pending_places(store)
        with store.transaction(Part.MIRROR):
            _forget_all_but(store, waiting)


def _forget_all_but(store: Store, waiting: tuple[int, ...]) -> None:
    # What waits is the end of the journal.
    first = min(waiting, default=None)
    store.run("DELETE FROM mirror.try WHERE :first IS NULL OR place < :first", {"first": first})


def of_waiting(store: Store) -> Mapping[int, Tries]:
    """By the place of the decision in the journal."""
    rows = store.rows("SELECT place, count, last_at, answer FROM mirror.try")
    return {place: Tries(count, datetime.fromisoformat(at), answer) for place, count, at, answer in rows}
