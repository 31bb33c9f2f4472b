"""The artists that this account may see, for the switcher and for the roster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from artist_console.commands.attention import count_waiting
from artist_console.commands.authority import RosterPower, acting_for, limits_words
from artist_console.commands.console import Console, Totals
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId
from artist_console.domain.mandates import Mandate
from artist_console.domain.parties import Party
from artist_console.domain.statements import is_earned
from artist_console.formats.wire import Kind
from artist_console.store import mirror, profile, statements, works

__all__ = ["ArtistRow", "RosterPower", "RosterRow", "list_artists", "roster", "totals_of"]


@dataclass(frozen=True, slots=True)
class ArtistRow:
    """An artist of the switcher."""

    id: ArtistId
    name: str
    label: str  # the line under the name: label or management; may be empty
    works: int
    self_declared: bool  # made from an imported catalogue; nobody checked who this is
    mandate: Mandate | None  # None: the account is the artist


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


def list_artists(console: Console) -> tuple[ArtistRow, ...]:
    """The artists in reach, by name."""
    counts = works.count_by_artist(console.store)
    return tuple(
        ArtistRow(
            party.id,
            party.name,
            party.label,
            counts.get(party.id, (0, 0, 0))[0],
            party.self_declared,
            acting_for(console, party.id).mandate,
        )
        for party in reach(console)
    )


def roster(console: Console) -> tuple[RosterRow, ...]:
    """The artists in reach as a manager sees them, by name."""
    facts = mirror.facts(console.store, console.clock())
    counts = works.count_by_artist(console.store)
    synced = profile.last_sync(console.store)
    waiting = count_waiting(console)
    return tuple(_roster_row(console, party, facts, counts, waiting, synced) for party in reach(console))


def reach(console: Console) -> tuple[Party, ...]:
    """Asked for before the first paint, so it reads only the rows that it needs."""
    account = console.account
    rostered = [row.artist for row in account.artists] if account is not None else []
    rows = (mirror.get(console.store, Kind.PARTY, artist) for artist in rostered)
    found = [row for row in rows if isinstance(row, Party)]
    return tuple(sorted(found, key=lambda party: (party.name.casefold(), party.id)))


def _roster_row(
    console: Console,
    party: Party,
    facts: FactBook,
    counts: Mapping[ArtistId, tuple[int, int, int]],
    waiting: Mapping[ArtistId, int],
    synced: datetime | None,
) -> RosterRow:
    acting = acting_for(console, party.id)
    mandate = acting.mandate
    until = mandate.until if mandate is not None else None
    in_reach, reported, _ = counts.get(party.id, (0, 0, 0))
    return RosterRow(
        artist=party.id,
        name=party.name,
        label=party.label,
        waiting=waiting.get(party.id, 0),
        works=in_reach,
        reported=reported,
        may=acting.power,
        limits=limits_words(facts, mandate),
        until=until,
        ends_soon=until is not None and until <= console.today + ENDS_SOON,
        last_synced=synced,
        earned=totals_of(console, party.id),
    )


def totals_of(console: Console, artist: ArtistId | None) -> Totals:
    """AI income of the twelve months to today, exactly, per currency."""
    since = twelve_months_to(console.today)
    found = statements.totals(console.store, payee=artist, since=since, until=console.today)
    return statements.sum_by_currency((t.currency, t.amount) for t in found if is_earned(t.kind))
