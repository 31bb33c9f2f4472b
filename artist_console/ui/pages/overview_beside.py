"""What Overview shows beside what waits: rows of lists without an answer, and how whole a catalogue is."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands import coverage as coverage_commands
from artist_console.commands import hits as hits_commands
from artist_console.commands.console import Console
from artist_console.domain.coverage import Coverage
from artist_console.domain.ids import ArtistId


@dataclass(frozen=True, slots=True)
class BesideOverview:
    rows: int  # of public lists, without an answer
    works_listed: int  # that they are about
    coverage: Coverage


NOTHING_BESIDE = BesideOverview(0, 0, Coverage(None, 0, (), 0))


def beside_overview(console: Console, artist: ArtistId | None) -> BesideOverview:
    groups = hits_commands.list_hits(console, artist, open_only=True)
    return BesideOverview(
        sum(group.open for group in groups), len(groups), coverage_commands.coverage(console, artist)
    )
