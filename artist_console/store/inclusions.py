"""Statements of inclusion by work and by programme, as the backend passed them on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.inclusion import DatasetVersion, InclusionStatement, ModelVersion
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from . import mirror
from .opening import Store


def of_work(store: Store, work: WorkId) -> tuple[InclusionStatement, ...]:
    """All statements about one work."""
    return _read(store, "i.work = :work", {"work": work})


def of_works(store: Store, works: Iterable[WorkId]) -> Mapping[WorkId, tuple[InclusionStatement, ...]]:
    """All statements about these works; a work without any has no key."""
    found: dict[WorkId, list[InclusionStatement]] = {}
    wanted: dict[str, object] = {"works": encode(list(works)).decode()}
    for statement in _read(store, "i.work IN (SELECT value FROM json_each(:works))", wanted):
        found.setdefault(statement.work, []).append(statement)
    return {work: tuple(said) for work, said in found.items()}


def find(
    store: Store, *, artist: ArtistId | None = None, programme: ProgrammeId | None = None
) -> tuple[InclusionStatement, ...]:
    """All statements about an artist's works (all in reach when None), in one programme or in any."""
    return _read(
        store,
        "(:artist IS NULL OR i.work IN (SELECT work FROM mirror.work_artist WHERE artist = :artist"
        " UNION SELECT m.gone FROM mirror.work_artist a JOIN mirror.merged m USING (work)"
        " WHERE a.artist = :artist))"
        " AND (:programme IS NULL OR i.programme = :programme)",
        {"artist": artist, "programme": programme},
    )


def _read(store: Store, condition: str, bindings: dict[str, object]) -> tuple[InclusionStatement, ...]:
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
