"""How complete the catalogues of the artists in reach are, and what to fix first."""

from __future__ import annotations

from artist_console.commands.artists import list_artists
from artist_console.commands.console import Console
from artist_console.domain.coverage import (
    Coverage,
    CoverageKind,
    CoverageLine,
    Coverages,
    Fix,
)
from artist_console.domain.fix_kinds import FixKind
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import UnknownThing
from artist_console.store import mirror

__all__ = [
    "Coverage",
    "CoverageKind",
    "CoverageLine",
    "Fix",
    "FixKind",
    "coverage",
    "fixes",
    "roster_coverage",
]


def coverage(console: Console, artist: ArtistId | None = None) -> Coverage:
    """Of one artist, or of all artists in reach together: a work of two of them counts once.

    Raises UnknownThing for an artist out of reach.
    """
    return _coverages(console).of(_asked(console, artist), artist)


def roster_coverage(console: Console) -> tuple[Coverage, ...]:
    """Of each artist in reach, least complete first, then by name."""
    known = _coverages(console)
    rows = [known.of((artist.id,), artist.id) for artist in list_artists(console)]
    return tuple(sorted(rows, key=lambda row: row.score))


def fixes(
    console: Console, artist: ArtistId | None = None, kind: FixKind | None = None, limit: int = 200
) -> tuple[Fix, ...]:
    """What to mend, the most useful first; at most `limit`. Raises UnknownThing as `coverage` does."""
    return tuple(_coverages(console).fixes(_asked(console, artist), kind)[:limit])


def _coverages(console: Console) -> Coverages:
    return Coverages(mirror.facts(console.store, console.clock()))


def _asked(console: Console, artist: ArtistId | None) -> tuple[ArtistId, ...]:
    reach = tuple(row.id for row in list_artists(console))
    if artist is None:
        return reach
    if artist not in reach:
        raise UnknownThing("The artist {artist} is not known here", "Sync, then look again", artist=artist)
    return (artist,)
