"""The artists in reach as a manager sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from artist_console.commands.artists import ArtistRow, list_artists
from artist_console.commands.attention import count_waiting
from artist_console.commands.authority import RosterPower, acting_for
from artist_console.commands.console import Console, Totals
from artist_console.commands.names import limits_words
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.parties import Party
from artist_console.domain.statements import is_earned
from artist_console.formats.kinds import Kind
from artist_console.store import mirror, profile, statements, works


@dataclass(frozen=True, slots=True)
class RosterRow:
    """An artist as a manager sees it."""

    artist: ArtistId
    name: str
    label: str
    waiting: int  # things that need the artist or the manager
    works: int
    reported: int  # works reported in some programme
    may: RosterPower
    limits: str  # programmes and uses that the mandate is limited to, in words; empty: no limit
    until: date | None  # last day of the mandate
    ends_soon: bool  # within 60 days
    last_synced: datetime | None
    earned: Totals  # AI income of the last twelve months


ENDS_SOON = timedelta(days=60)


def roster(console: Console) -> tuple[RosterRow, ...]:
    """The artists in reach as a manager sees them, by name."""
    facts = mirror.facts(console.store, console.clock())
    counts = works.count_by_artist(console.store)
    synced = profile.last_sync(console.store)
    waiting = count_waiting(console)
    return tuple(
        _roster_row(console, artist, facts, counts, waiting, synced) for artist in list_artists(console)
    )


def _roster_row(
    console: Console,
    artist: ArtistRow,
    facts: FactBook,
    counts: Mapping[ArtistId, tuple[int, int, int]],
    waiting: Mapping[ArtistId, int],
    synced: datetime | None,
) -> RosterRow:
    acting = acting_for(console, artist.id)
    mandate = acting.mandate
    until = mandate.until if mandate is not None else None
    in_reach, reported, _ = counts.get(artist.id, (0, 0, 0))
    return RosterRow(
        artist=artist.id,
        name=artist.name,
        label=artist.label,
        waiting=waiting.get(artist.id, 0),
        works=in_reach,
        reported=reported,
        may=acting.power,
        limits=limits_words(facts, mandate),
        until=until,
        ends_soon=until is not None and until <= console.today + ENDS_SOON,
        last_synced=synced,
        earned=totals_of(console, artist.id),
    )


def totals_of(console: Console, artist: ArtistId | None) -> Totals:
    """AI income of the twelve months to today, exactly, per currency."""
    since = twelve_months_to(console.today)
    found = statements.totals(console.store, payee=artist, since=since, until=console.today)
    return statements.sum_by_currency((t.currency, t.amount) for t in found if is_earned(t.kind))


def reach(console: Console) -> tuple[Party, ...]:
    """The artists in reach with all that is known of them, by name."""
    rows = (mirror.get(console.store, Kind.PARTY, artist.id) for artist in list_artists(console))
    return tuple(row for row in rows if isinstance(row, Party))
