"""The works table: sorted, filtered, counted and paged by the database from the projection.

Every reading first brings the rows up to date with what was decided here (`shown`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.work_rows import WorkFilter, WorkSort, WorksQuery, WorkSummary
from artist_console.formats import encoding

from . import search, shown
from .opening import Store


@dataclass(frozen=True, slots=True)
class WorksPage:
    """`total` rows answer the query; `rows` are those of the page asked for."""

    total: int
    rows: tuple[WorkSummary, ...]


_ORDER: dict[WorkSort, str] = {
    WorkSort.TITLE: "title",
    WorkSort.WHERE: "where_rank",
    WorkSort.PERMISSION: "permission_rank",
    WorkSort.EARNED: "earned",
    WorkSort.CHANGED: "changed_at",
    WorkSort.RELEASE: "release",
    WorkSort.ARTIST: "artist_name",
    WorkSort.YEAR: "year",
}
_FILTER: dict[WorkFilter, str] = {
    WorkFilter.REPORTED: "reported = 1",
    WorkFilter.NEEDS_YOU: "needs_you = 1",
    WorkFilter.REFUSED: "refused = 1",
    WorkFilter.FINDINGS: "finding = 1",
}


def _conditions(store: Store, query: WorksQuery, *, with_filter: bool) -> tuple[str, dict[str, object]]:
    """The WHERE clause of a query and its bindings."""
    found = search.match(query.text)
    parts = [found.sql] if found.sql else []
    bound = dict(found.bindings)
    if query.artist is not None:
        parts.append("artist = :artist")
        bound["artist"] = query.artist
    if query.programme is not None:
        parts.append("work IN (SELECT work FROM mirror.inclusion WHERE programme = :programme)")
        bound["programme"] = query.programme
    if query.label:
        parts.append("label = :label")
        bound["label"] = query.label
    if query.release is not None:
        parts.append("work IN (SELECT work FROM mirror.track WHERE release = :release)")
        bound["release"] = query.release
    if query.only is not None:
        parts.append("work IN (SELECT value FROM json_each(:only))")
        bound["only"] = json.dumps(query.only)
    if query.missing_identifier:
        parts.append("no_identifier = 1")
    if query.state is not None:
        parts.append("state = :state")
        bound["state"] = query.state.value
    if query.model is not None:
        # The rows of a window are read without the rules of lineage.
        from .lineage import works_behind

        parts.append("work IN (SELECT value FROM json_each(:made_of))")
        bound["made_of"] = encoding.encode(sorted(works_behind(store, query.model))).decode()
    if with_filter and query.filter in _FILTER:
        parts.append(_FILTER[query.filter])
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), bound


def find(store: Store, query: WorksQuery) -> WorksPage:
    """One page of the works that answer a query, and how many there are."""
    shown.catch_up(store)
    where, bound = _conditions(store, query, with_filter=True)
    way = "DESC" if query.descending else "ASC"
    column = _ORDER[query.sort]
    # Of equals the title decides, then the key: pages never repeat or leave out a row.
    order: tuple[tuple[str, str], ...] = ((column, way), ("key", way))
    if column != "title":
        order = ((column, way), ("title", "ASC"), ("key", "ASC"))
    with store.snapshot():
        total = store.value(f"SELECT count(*) FROM mirror.work_summary {where}", bound)
        # The keys first: an index holds them with the texts they are ordered by, the bodies are large.
        rows = store.rows(
            "SELECT w.body FROM (SELECT key FROM mirror.work_summary"
            f" {where} ORDER BY {_spelled(order)} LIMIT :limit OFFSET :offset) page"
            f" CROSS JOIN mirror.work_summary w ON w.key = page.key ORDER BY {_spelled(order, 'w.')}",
            {**bound, "limit": query.limit, "offset": query.offset},
        )
    return WorksPage(total, tuple(encoding.decode(WorkSummary, body) for (body,) in rows))


def find_every(store: Store, query: WorksQuery) -> tuple[WorkSummary, ...]:
    """All works that answer a query, however many there are."""
    shown.catch_up(store)
    with store.snapshot():
        total = find(store, replace(query, offset=0, limit=1)).total
        return find(store, replace(query, offset=0, limit=total)).rows


def _spelled(order: tuple[tuple[str, str], ...], of: str = "") -> str:
    return ", ".join(f"{of}{column} {way}" for column, way in order)


def counts(store: Store, query: WorksQuery) -> Mapping[WorkFilter, int]:
    """How many works each filter would show, the query being the same otherwise."""
    shown.catch_up(store)
    where, bound = _conditions(store, query, with_filter=False)
    found = store.row(
        "SELECT count(*), coalesce(sum(reported), 0), coalesce(sum(needs_you), 0),"
        f" coalesce(sum(refused), 0), coalesce(sum(finding), 0) FROM mirror.work_summary {where}",
        bound,
    )
    filters = (
        WorkFilter.ALL,
        WorkFilter.REPORTED,
        WorkFilter.NEEDS_YOU,
        WorkFilter.REFUSED,
        WorkFilter.FINDINGS,
    )
    return dict(zip(filters, found, strict=True))


def summary(store: Store, work: WorkId, artist: ArtistId | None = None) -> WorkSummary | None:
    """The row of one work; of several artists' rows the first by name where none is given."""
    shown.catch_up(store)
    body = store.value(
        "SELECT body FROM mirror.work_summary WHERE work = :work AND (:artist IS NULL OR artist = :artist)"
        " ORDER BY artist_name, key LIMIT 1",
        {"work": work, "artist": artist},
    )
    return encoding.decode(WorkSummary, body) if body is not None else None


def count_by_artist(store: Store) -> Mapping[ArtistId, tuple[int, int, int]]:
    """Per artist: works, works reported, works that need an answer."""
    shown.catch_up(store)
    return {
        ArtistId(artist): (works, reported, needs)
        for artist, works, reported, needs in store.rows(
            "SELECT artist, count(*), sum(reported), sum(needs_you) FROM mirror.work_summary GROUP BY artist"
        )
    }


def labels(store: Store, artist: ArtistId | None = None) -> tuple[str, ...]:
    """The labels that works can be filtered by."""
    rows = store.rows(
        "SELECT DISTINCT label FROM mirror.work_summary"
        " WHERE label <> '' AND (:artist IS NULL OR artist = :artist) ORDER BY label",
        {"artist": artist},
    )
    return tuple(label for (label,) in rows)
