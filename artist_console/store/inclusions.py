"""Statements of inclusion by work and by programme: what counts of what the backend passed on.

Answers to hits in public lists are laid over here and nowhere else, and so is what the outcomes of cases say;
only the queue of hits reads the rows as they came (`as_passed_on`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ModelVersion
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from . import case_outcomes, heard, match_answers, mirror, private
from .opening import Store


def of_work(store: Store, work: WorkId) -> tuple[InclusionStatement, ...]:
    """All statements about one work, those under ids that were merged into it among them."""
    return tuple(said for rows in of_works(store, _with_merged(store, work)).values() for said in rows)


def of_works(store: Store, works: Iterable[WorkId]) -> Mapping[WorkId, tuple[InclusionStatement, ...]]:
    """All statements about these works; a work without any has no key."""
    works = tuple(works)
    found: dict[WorkId, list[InclusionStatement]] = {}
    wanted: dict[str, object] = {"works": encode(list(works)).decode()}
    said = _read(store, "i.work IN (SELECT value FROM json_each(:works))", wanted)
    named = frozenset(works)
    for statement in (*said, *(each for each in case_outcomes.all(store) if each.work in named)):
        found.setdefault(statement.work, []).append(statement)
    return {work: tuple(said) for work, said in found.items()}


def find(
    store: Store, *, artist: ArtistId | None = None, programme: ProgrammeId | None = None
) -> tuple[InclusionStatement, ...]:
    """All statements about an artist's works (all in reach when None), in one programme or in any."""
    passed_on = _read(
        store,
        f"{_OF_ARTIST} AND (:programme IS NULL OR i.programme = :programme)",
        {"artist": artist, "programme": programme},
    )
    return (*passed_on, *_of_cases(store, artist, programme))


def all(store: Store) -> tuple[InclusionStatement, ...]:
    """Everything that counts; kept until something of it changes."""
    heard_of = heard.versions(store)
    kinds = (Kind.INCLUSION, Kind.WORK, Kind.DATASET)
    mark = (private.version(store), *(heard_of.get(kind.value, 0) for kind in kinds))
    kept = store.cached("inclusions that count", mark)
    if kept is not None:
        return cast("tuple[InclusionStatement, ...]", kept)
    found = (*match_answers.laid_over(store, mirror.all(store, Kind.INCLUSION)), *case_outcomes.all(store))
    return store.keep("inclusions that count", mark, found)


def as_passed_on(
    store: Store, *, artist: ArtistId | None = None, work: WorkId | None = None
) -> tuple[InclusionStatement, ...]:
    """The statements as they came, with every hit that was refused or that nobody has looked at."""
    if work is not None:
        works = encode(_with_merged(store, work)).decode()
        return _decoded(store, "i.work IN (SELECT value FROM json_each(:works))", {"works": works})
    return _decoded(store, _OF_ARTIST, {"artist": artist})


def _with_merged(store: Store, work: WorkId) -> list[WorkId]:
    rows = store.rows("SELECT gone FROM mirror.merged WHERE work = :work", {"work": work})
    return [work, *(WorkId(gone) for (gone,) in rows)]


_OF_ARTIST = (
    "(:artist IS NULL OR i.work IN (SELECT work FROM mirror.work_artist WHERE artist = :artist"
    " UNION SELECT m.gone FROM mirror.work_artist a JOIN mirror.merged m USING (work)"
    " WHERE a.artist = :artist))"
)


def _read(store: Store, condition: str, bindings: dict[str, object]) -> tuple[InclusionStatement, ...]:
    return match_answers.laid_over(store, _decoded(store, condition, bindings))


def _of_cases(
    store: Store, artist: ArtistId | None, programme: ProgrammeId | None
) -> tuple[InclusionStatement, ...]:
    said = [each for each in case_outcomes.all(store) if programme in (None, each.programme)]
    if artist is None or not said:
        return tuple(said)
    rows = store.rows("SELECT work FROM mirror.work_artist WHERE artist = :artist", {"artist": artist})
    own = {work for (work,) in rows}
    return tuple(each for each in said if each.work in own)


def _decoded(store: Store, condition: str, bindings: dict[str, object]) -> tuple[InclusionStatement, ...]:
    rows = store.rows(
        f"SELECT r.body FROM mirror.inclusion i JOIN mirror.row r USING (key) WHERE {condition}"
        " ORDER BY i.work, r.id",
        bindings,
    )
    return tuple(decode_row(Kind.INCLUSION, body) for (body,) in rows)


def datasets(store: Store) -> Mapping[str, DatasetVersion]:
    return {row.id: row for row in mirror.all(store, Kind.DATASET)}


def models(store: Store) -> Mapping[str, ModelVersion]:
    return {row.id: row for row in mirror.all(store, Kind.MODEL)}
