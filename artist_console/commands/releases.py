"""Releases of the artists in reach."""

from __future__ import annotations

from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId
from artist_console.domain.works import Release
from artist_console.store import mirror


def list_releases(console: Console, artist: ArtistId | None = None) -> tuple[Release, ...]:
    """Releases that are the artist's, or hold a work of theirs, by title."""
    facts = mirror.facts(console.store, console.clock())
    own = {work.id for work in facts.works.values() if artist is None or artist in work.artists}
    found = [
        release
        for release in facts.releases.values()
        if artist is None or artist in release.artists or any(track.work in own for track in release.tracks)
    ]
    return tuple(sorted(found, key=lambda release: (release.title.casefold(), release.id)))
