"""Findings and waiting lists that follow a decision: worked out when somebody looks, not at once."""

from __future__ import annotations

from artist_console.commands.console import Console
from artist_console.domain.findings import Finding
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.waiting import WaitingItem
from artist_console.store import projection, shown


def bring_up_to_date(console: Console) -> None:
    """Work out what decisions made here have changed.

    What a new day or a sync brings takes longer: that is left to the sync, which runs beside the window.
    """
    shown.catch_up(console.store)
    if projection.rows_are_current(console.store, console.today):
        projection.refresh(console.store, console.today)


def waiting(console: Console, artist: ArtistId | None = None) -> tuple[WaitingItem, ...]:
    """What waits for a person, oldest deadline first."""
    bring_up_to_date(console)
    return projection.waiting_items(console.store, artist)


def count_waiting(console: Console) -> dict[ArtistId, int]:
    bring_up_to_date(console)
    return projection.count_waiting(console.store)


def findings(
    console: Console, artist: ArtistId | None = None, work: WorkId | None = None
) -> tuple[Finding, ...]:
    """What the records show that a person may want to act on."""
    bring_up_to_date(console)
    return projection.findings(console.store, artist, work)
