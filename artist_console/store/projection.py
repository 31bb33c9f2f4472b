"""What tables show, worked out from the rows and the journal: summaries of works, findings, what waits.

The functions of the domain say what is true; `affected` says what has to be asked again after a change. A
mark of what was seen is kept with the tables, so that no change is missed: not after a crash, not from
another lane. Rows come first, because a person waits for the row; findings and waiting lists follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

from artist_console.domain.finding import Finding
from artist_console.domain.finding_dismissed import open_ones
from artist_console.domain.ids import ArtistId, WorkId

from . import attention, summary_rows
from .affected import EVERYBODY, Affected, Mark, affected_since, mark_now, mark_text, read_mark
from .attention import count_waiting, findings, waiting_items
from .dismissed import dismissals
from .opening import Part, Store
from .sight import Sight

__all__ = [
    "PrivateChange",
    "count_waiting",
    "findings",
    "is_current",
    "refresh",
    "refresh_rows",
    "refresh_rows_after",
    "rows_are_current",
    "waiting_items",
]

_TRIES = 3


def refresh(store: Store, today: date) -> bool:
    """Bring all tables up to date with what has changed; gives whether anything was worked out.

    May be called at any time and by several lanes: the one that comes second starts again from what the first
    has written.
    """
    rows = refresh_rows(store, today)
    rest = _tried(store, lambda locked: _refresh_attention(store, today, locked=locked))
    return rows or rest


def refresh_rows(store: Store, today: date) -> bool:
    """Bring the rows of works up to date, in milliseconds after one decision; `refresh` does the rest."""
    return _tried(store, lambda locked: _refresh_rows(store, today, locked=locked))


@dataclass(frozen=True, slots=True)
class PrivateChange:
    """A change of private objects, all the works whose rows can be others by it, and artists besides."""

    since: int  # the version of private objects just before it
    works: frozenset[WorkId]
    artists: frozenset[ArtistId] = frozenset()  # whose findings and waiting list can be others
    times: int = 1  # how often objects were changed


def refresh_rows_after(store: Store, today: date, change: PrivateChange) -> bool:
    """The same after one private object changed that speaks about some works only.

    Where anything else private has changed as well, every row is worked out.
    """
    return _tried(store, lambda locked: _refresh_rows(store, today, locked=locked, change=change))


def is_current(store: Store, today: date) -> bool:
    """Whether the tables show all that is here, as of this day."""
    return (
        rows_are_current(store, today)
        and store.row("SELECT 1 FROM mirror.changed LIMIT 1") is None
        and not attention.stale_artists(store)
    )


def rows_are_current(store: Store, today: date) -> bool:
    """Whether the rows of works know of every decision made here, as of this day; findings may follow."""
    return read_mark(mark_text(store)) == mark_now(store, today)


def _tried(store: Store, attempt: Callable[[bool], bool | None]) -> bool:
    """Work outside of the lock, so that nobody waits; after some clashes inside of it."""
    for _ in range(_TRIES):
        done = attempt(False)
        if done is not None:
            return done
    with store.transaction(Part.MIRROR):
        done = attempt(True)
    assert done is not None, "nobody else writes while the mirror is held"
    return done


def _refresh_rows(
    store: Store, today: date, *, locked: bool, change: PrivateChange | None = None
) -> bool | None:
    """One attempt; None when another lane has written meanwhile."""
    with store.snapshot():
        before = mark_text(store)
        seen = store.value("SELECT max(number) FROM mirror.changed") or 0
        now = mark_now(store, today)
        former, named = _without(change, read_mark(before), now)
        affected = affected_since(store, former, now)
        if named is not None:
            affected.works |= named.works
            affected.artists |= named.artists
        if not affected and seen == 0 and read_mark(before) == now:
            return False
        works = None if affected.everything else affected.works
        made = summary_rows.work_out(Sight(store, today), works, with_texts=affected.texts)
        stale = _stale_after(store, affected, made)

    def write() -> None:
        summary_rows.write(store, made)
        store.run_many(
            "INSERT INTO mirror.stale (artist) VALUES (:artist) ON CONFLICT DO NOTHING",
            [{"artist": artist} for artist in stale],
        )
        store.run("DELETE FROM mirror.changed WHERE number <= :seen", {"seen": seen})
        _set_mark(store, now)

    return _written(store, write, lambda: mark_text(store) == before, locked=locked)


def _without(
    change: PrivateChange | None, former: Mark | None, now: Mark
) -> tuple[Mark | None, PrivateChange | None]:
    """The former mark as if it had seen the change, and the change to be worked out for that."""
    if change is None or former is None or former.private != change.since:
        return former, None
    if now.private != change.since + change.times:
        return former, None
    return msgspec.structs.replace(former, private=now.private), change


def _stale_after(store: Store, affected: Affected, made: summary_rows.Made) -> set[ArtistId]:
    """The artists whose findings may be others now: those named, and all whose works were touched."""
    if affected.everything:
        return {EVERYBODY}
    return affected.artists | {summary.artist for summary in made.summaries}


def _refresh_attention(store: Store, today: date, *, locked: bool) -> bool | None:
    """One attempt; None when another lane has written meanwhile."""
    with store.snapshot():
        before = mark_text(store)
        stale = attention.stale_artists(store)
        if not stale:
            return False
        sight = Sight(store, today)
        former = [f for f in findings(store) if EVERYBODY in stale or f.artist in stale]
        found = attention.find_for(sight, stale)
        items = attention.wait_for(sight, stale, found)
        # The row of a work names its gravest finding of those that nobody has put aside.
        named = open_ones(found, dismissals(store))
        others = _named(former) ^ _named(named)
        made = summary_rows.work_out(sight, {work for _, work, _ in others}, findings=named)

    def write() -> None:
        attention.write(store, stale, found, items)
        summary_rows.write(store, made)

    def still_holds() -> bool:
        return mark_text(store) == before and attention.stale_artists(store) == stale

    return _written(store, write, still_holds, locked=locked)


def _named(found: Iterable[Finding]) -> set[tuple[ArtistId, WorkId, str]]:
    return {(f.artist, f.work, f.kind.value) for f in found if f.work is not None}


def _written(
    store: Store, write: Callable[[], None], still_holds: Callable[[], bool], *, locked: bool
) -> bool | None:
    if locked:
        write()
        return True
    with store.transaction(Part.MIRROR):
        if not still_holds():
            return None
        write()
    return True


def _set_mark(store: Store, mark: Mark) -> None:
    store.run(
        "INSERT INTO mirror.meta (name, value) VALUES ('projected', :mark)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"mark": msgspec.json.encode(mark).decode()},
    )
