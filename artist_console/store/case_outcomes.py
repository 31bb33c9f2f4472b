"""What the outcomes of cases say of works, laid over what a service passed on (decision 0032)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from artist_console.domain.case_evidence import Told, statements, told, works_told_of
from artist_console.domain.cases import Case
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion import Asset, InclusionStatement
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind

from . import case_reading, heard, private
from .opening import Store


def of_case(store: Store, case: Case) -> tuple[Told, ...]:
    """What follows from each outcome of one case, work by work, with what is not applied and why."""
    return tuple(told(case, *_known(store, works_told_of(case))))


def all(store: Store) -> tuple[InclusionStatement, ...]:
    """Every statement that follows from a case, under the works that stay; kept until something changes."""
    mark = (private.version(store), heard.versions(store).get(Kind.WORK.value, 0))
    kept = store.cached("statements of cases", mark)
    if kept is not None:
        return cast("tuple[InclusionStatement, ...]", kept)
    known = case_reading.all(store)
    works = frozenset(work for case in known for work in works_told_of(case))
    found = statements(known, *_known(store, works)) if works else ()
    return store.keep("statements of cases", mark, found)


def rows_touched(store: Store, works: Iterable[WorkId]) -> frozenset[WorkId]:
    """The works whose rows are others when something is said of these: those that they were merged into."""
    homes, _ = _known(store, works)
    return frozenset(homes.get(work, work) for work in works)


_ASSET: dict[str, Asset] = {
    WorkKind.RECORDING.value: Asset.MASTER,
    WorkKind.COMPOSITION.value: Asset.COMPOSITION,
}


def _known(store: Store, works: Iterable[WorkId]) -> tuple[dict[WorkId, WorkId], dict[WorkId, Asset]]:
    """Merged ids with the one that stays, and of those in the catalogue which asset is meant."""
    named = encode(sorted(works)).decode()
    homes = {
        WorkId(gone): WorkId(work)
        for gone, work in store.rows(
            "SELECT gone, work FROM mirror.merged WHERE gone IN (SELECT value FROM json_each(:works))",
            {"works": named},
        )
    }
    wanted = encode(sorted({homes.get(work, work) for work in works})).decode()
    # A blob would be taken for SQLite's own binary form of JSON.
    rows = store.rows(
        "SELECT id, CAST(body AS TEXT) ->> 'kind' FROM mirror.row"
        " WHERE kind = :kind AND id IN (SELECT value FROM json_each(:works))",
        {"kind": Kind.WORK.value, "works": wanted},
    )
    return homes, {WorkId(id): _ASSET[kind] for id, kind in rows}
