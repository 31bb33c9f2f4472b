"""Works as a person finds them: a page of rows, counted and filtered. One in full: `work_details`."""

from __future__ import annotations

from collections.abc import Mapping

from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.work_rows import WorkFilter, WorksQuery, WorkSummary
from artist_console.store import heard
from artist_console.store import works as stored
from artist_console.store.works import WorksPage

__all__ = [
    "WorksPage",
    "count_works",
    "find_every_work",
    "find_works",
    "labels",
    "programme_names",
    "summaries_of",
]


def find_works(console: Console, query: WorksQuery) -> WorksPage:
    """One page of works, sorted and filtered by the store."""
    return stored.find(console.store, query)


def find_every_work(console: Console, query: WorksQuery) -> tuple[WorkSummary, ...]:
    """All works that answer a query, however many there are."""
    return stored.find_every(console.store, query)


def count_works(console: Console, query: WorksQuery) -> Mapping[WorkFilter, int]:
    """How many works each filter would show, the query being the same otherwise."""
    return stored.counts(console.store, query)


def labels(console: Console, artist: ArtistId | None = None) -> tuple[str, ...]:
    """The labels that works can be filtered by."""
    return stored.labels(console.store, artist)


def programme_names(console: Console) -> tuple[tuple[ProgrammeId, str], ...]:
    """The programmes that works can be filtered by, by name."""
    return tuple(sorted(heard.programmes(console.store), key=lambda pair: (pair[1].casefold(), pair[0])))


def summaries_of(console: Console, work: str, artist: ArtistId | None = None) -> tuple[WorkSummary, ...]:
    """The row of the work with this id, as the artist's where one is given; empty where there is none."""
    found = stored.summary(console.store, WorkId(work), artist)
    return () if found is None else (found,)
