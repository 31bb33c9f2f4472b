"""Releases of a catalogue: found by barcode, GRid or name, filled with tracks, and withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from artist_console.domain.identifiers import show_upc
from artist_console.domain.ids import PartyId, ReleaseId
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Release, ReleaseTrack, Work
from artist_console.formats.incoming import CatalogueRow, Takedown

from .catalogue_said import Source, joined
from .holdings import Holdings
from .job import Order, Result


class Releases:
    """The releases of one import."""

    def __init__(self, held: Holdings, order: Order, source: Source, result: Result) -> None:
        self._held = held
        self._order = order
        self._source = source
        self._result = result

    def take(self, row: CatalogueRow, work: Work, artists: tuple[PartyId, ...], only: PartyId | None) -> None:
        """The release that a row stands on, with the work on it. An older message fills gaps alone."""
        own = self._artists(row, artists, only)
        title = row.release_title or row.title
        known = self._held.release(title, own, row.upc, row.grid)
        base = known or Release(ReleaseId(self._order.new_id()), title, own)
        fresh = not self._source.is_older(work)
        release = replace(
            base,
            title=row.release_title if row.release_title and fresh else base.title,
            artists=joined(base.artists, own),
            kind=(row.release_kind if fresh or known is None else "") or base.kind,
            upc=base.upc or row.upc,
            grid=base.grid or row.grid,
            label=(row.label if fresh else "") or base.label or row.label,
            released_on=(row.released_on if fresh else None) or base.released_on or row.released_on,
            tracks=_with_track(base.tracks, work, row.position),
            taken_down_on=self._taken_down(base, row) if fresh else base.taken_down_on,
        )
        self._held.add_release(release)

    def _taken_down(self, base: Release, row: CatalogueRow) -> date | None:
        """A message that carries a release without withdrawing it offers it again."""
        if row.taken_down_on is not None and base.taken_down_on is None:
            self._result.count("releases_withdrawn")
        return row.taken_down_on if self._source.complete_deals else row.taken_down_on or base.taken_down_on

    def withdraw(self, takedown: Takedown) -> None:
        """Mark the release that a message takes back; one that is not here is told."""
        name = f"“{takedown.title}”" if takedown.title else "A release"
        code = show_upc(takedown.upc) if takedown.upc else takedown.grid or takedown.isrc
        known = self._held.product(takedown.upc, takedown.grid)
        if known is None:
            alone = self._held.coded(WorkKind.RECORDING, takedown.isrc) if takedown.isrc else None
            what = (
                f"{name} ({code}) is no longer offered alone; the releases that hold it are not touched."
                if alone is not None
                else f"{name} ({code}), which the message withdraws, is not known here."
            )
            self._result.note(takedown.row, "release", what, "warning")
            return
        on = takedown.on or self._order.at.date()
        if known.taken_down_on is None:
            self._result.count("releases_withdrawn")
            self._held.add_release(replace(known, taken_down_on=on))

    def _artists(
        self, row: CatalogueRow, artists: tuple[PartyId, ...], only: PartyId | None
    ) -> tuple[PartyId, ...]:
        """Those of its artists who are known here; a compilation by others still holds the work."""
        known = [self._held.party(name) for name in row.release_artists]
        own = tuple(dict.fromkeys(p.id for p in known if p is not None))
        return artists if only is not None or not own else own


def _with_track(
    tracks: tuple[ReleaseTrack, ...], work: Work, position: int | None
) -> tuple[ReleaseTrack, ...]:
    if work.kind is not WorkKind.RECORDING:
        return tracks  # a release holds its recordings, not the songs in them
    there = next((track for track in tracks if track.work == work.id), None)
    if there is not None and position in (None, there.position):
        return tracks
    place = position or max((track.position for track in tracks), default=0) + 1
    others = [track for track in tracks if track.work != work.id]
    return tuple(sorted([*others, ReleaseTrack(work.id, place)], key=lambda track: track.position))
