"""Findings and what waits for a person, kept per artist as the functions of the domain found them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from artist_console.domain.decisions import Outcome
from artist_console.domain.finding import Finding, PaidUse
from artist_console.domain.finding_dismissed import open_ones
from artist_console.domain.findings import find
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.unauthorised import Unauthorised
from artist_console.domain.waiting import WaitingItem, waiting
from artist_console.formats import encoding
from artist_console.formats.kinds import Kind

from . import (
    asked_no_more,
    case_reading,
    heard,
    inclusions,
    journal,
    mirror,
    private,
    removals,
    statements,
    switches,
)
from .affected import EVERYBODY
from .dismissed import dismissals
from .opening import Store
from .private import PrivateKind
from .sight import Sight

_NO_DEADLINE = "9999-12-31"


def findings(
    store: Store, artist: ArtistId | None = None, work: WorkId | None = None, *, dismissed: bool = False
) -> tuple[Finding, ...]:
    """What the records show that a person may want to act on: those with a deadline first.

    `dismissed`: those that were put aside as well.
    """
    rows = store.rows(
        "SELECT body FROM mirror.finding WHERE (:artist IS NULL OR artist = :artist)", {"artist": artist}
    )
    found = [encoding.decode(Finding, body) for (body,) in rows]
    if not dismissed:
        found = list(open_ones(found, dismissals(store)))
    if work is not None:
        found = [f for f in found if f.work == work or work in f.works]
    return tuple(sorted(found, key=lambda f: (f.deadline or date.max, f.since, f.kind.value, f.id)))


def waiting_items(store: Store, artist: ArtistId | None = None) -> tuple[WaitingItem, ...]:
    """What waits for the person, oldest deadline first."""
    rows = store.rows(
        "SELECT body FROM mirror.waiting WHERE (:artist IS NULL OR artist = :artist)"
        " ORDER BY deadline, since, key",
        {"artist": artist},
    )
    return tuple(encoding.decode(WaitingItem, body) for (body,) in rows)


def count_waiting(store: Store) -> dict[ArtistId, int]:
    """How much waits, per artist."""
    return {
        ArtistId(artist): count
        for artist, count in store.rows("SELECT artist, count(*) FROM mirror.waiting GROUP BY artist")
    }


def stale_artists(store: Store) -> frozenset[ArtistId]:
    """Artists whose findings and waiting list are older than their works; EVERYBODY stands for all."""
    return frozenset(ArtistId(artist) for (artist,) in store.rows("SELECT artist FROM mirror.stale"))


def find_for(sight: Sight, stale: frozenset[ArtistId]) -> tuple[Finding, ...]:
    """The findings of these artists, those that were put aside among them."""
    store = sight.store
    artists = None if EVERYBODY in stale else stale
    return find(
        sight.facts,
        _said_about(store, artists),
        mirror.all(store, Kind.MODEL),
        mirror.all(store, Kind.DATASET),
        statements.all(store),
        _paid(store),
        mirror.all(store, Kind.MANDATE),
        sight.today,
        artists,
        removals.marks(store),
        switches.notes(store),
    )


def _said_about(store: Store, artists: frozenset[ArtistId] | None) -> tuple[InclusionStatement, ...]:
    if artists is None:
        return inclusions.all(store)
    found = {s.id: s for artist in sorted(artists) for s in inclusions.find(store, artist=artist)}
    return tuple(found.values())


def _paid(store: Store) -> tuple[PaidUse, ...]:
    heard_of = heard.versions(store)
    mark = (heard_of.get("line", 0), heard_of.get(Kind.STATEMENT.value, 0), private.version(store))
    kept = store.cached("paid uses", mark)
    if isinstance(kept, tuple):
        return kept
    return store.keep("paid uses", mark, statements.paid_uses(store))


def wait_for(sight: Sight, stale: frozenset[ArtistId], found: Iterable[Finding]) -> tuple[WaitingItem, ...]:
    """What waits for these artists; what was put aside waits no more."""
    store = sight.store
    everybody = EVERYBODY in stale
    conflicts = (
        entry.decision for entry in journal.needing_person(store) if entry.outcome is Outcome.CONFLICT
    )
    return waiting(
        sorted(ArtistId(id) for id in sight.facts.said) if everybody else sorted(stale),
        sight.facts,
        sight.outcomes,
        sight.requests,
        tuple(conflicts),
        open_ones(found, dismissals(store)),
        _said_about(store, None if everybody else stale),
        statements.checks(store),
        mirror.all(store, Kind.MANDATE),
        sight.today,
        asked_no_more.noted(store, PrivateKind.LET_END),
        _unauthorised(store),
        removals.marks(store),
        case_reading.all(store),
    )


def _unauthorised(store: Store) -> tuple[Unauthorised, ...]:
    left = asked_no_more.noted(store, PrivateKind.LEFT)
    return tuple(told for told in mirror.all(store, Kind.UNAUTHORISED) if told.id not in left)


def write(
    store: Store, stale: frozenset[ArtistId], found: Iterable[Finding], items: Iterable[WaitingItem]
) -> None:
    """Put what was found in the place of what these artists had, inside a transaction."""
    for table in ("finding", "waiting"):
        store.run(
            f"DELETE FROM mirror.{table} WHERE :everybody"
            " OR artist IN (SELECT value FROM json_each(:artists))",
            {"everybody": EVERYBODY in stale, "artists": encoding.encode(sorted(stale)).decode()},
        )
    store.run_many(
        "INSERT INTO mirror.finding (id, artist, work, kind, body)"
        " VALUES (:id, :artist, :work, :kind, :body)",
        [
            {
                "id": f.id,
                "artist": f.artist,
                "work": f.work or "",
                "kind": f.kind.value,
                "body": encoding.encode(f),
            }
            for f in found
        ],
    )
    store.run_many(
        "INSERT INTO mirror.waiting (artist, deadline, since, body)"
        " VALUES (:artist, :deadline, :since, :body)",
        [
            {
                "artist": item.artist,
                "deadline": item.deadline.isoformat() if item.deadline else _NO_DEADLINE,
                "since": item.since.isoformat(),
                "body": encoding.encode(item),
            }
            for item in items
        ],
    )
    store.run("DELETE FROM mirror.stale")
