"""Datasets and models as a family, and the works that a model was made of as far as it is known."""

from __future__ import annotations

from typing import cast

from artist_console.domain.ids import ModelVersionId, WorkId
from artist_console.domain.inclusion import InclusionStatement, fold_statements
from artist_console.domain.lineage import Family, lineage_of, models_reached
from artist_console.domain.periods import as_known_on
from artist_console.formats.kinds import Kind

from . import heard, inclusions, mirror, private
from .opening import Store


def family(store: Store) -> Family:
    """Kept until a dataset, a model or a party changes."""
    heard_of = heard.versions(store)
    mark = tuple(heard_of.get(kind.value, 0) for kind in (Kind.DATASET, Kind.MODEL, Kind.PARTY))
    kept = store.cached("family of models", mark)
    if kept is not None:
        return cast(Family, kept)
    names = {party.id: party.name for party in mirror.all(store, Kind.PARTY)}
    made = Family(mirror.all(store, Kind.DATASET), mirror.all(store, Kind.MODEL), names)
    return store.keep("family of models", mark, made)


def works_behind(store: Store, model: ModelVersionId) -> frozenset[WorkId]:
    """The works that are stated, or follow, to be used in a model: exactly those whose lineage reaches it."""
    heard_of = heard.versions(store)
    kinds = (Kind.DATASET, Kind.MODEL, Kind.INCLUSION, Kind.WORK)
    mark = (model, private.version(store), *(heard_of.get(kind.value, 0) for kind in kinds))
    kept = store.cached("works behind a model", mark)
    if kept is not None:
        return cast("frozenset[WorkId]", kept)
    return store.keep("works behind a model", mark, _works_behind(store, model))


def _works_behind(store: Store, model: ModelVersionId) -> frozenset[WorkId]:
    known = family(store)
    models, datasets = known.behind(model)
    homes = {WorkId(gone): WorkId(work) for gone, work in store.rows("SELECT gone, work FROM mirror.merged")}
    # Only works with a word about something that the model comes from can reach it; of these all words count.
    about = {
        homes.get(said.work, said.work)
        for said in inclusions.all(store)
        if said.model in models or said.dataset in datasets
    }
    gone = [id for id, work in homes.items() if work in about]
    found: dict[WorkId, list[InclusionStatement]] = {}
    for work, said in inclusions.of_works(store, (*sorted(about), *gone)).items():
        found.setdefault(homes.get(work, work), []).extend(said)
    reached = set()
    for work, rows in found.items():
        places = fold_statements(as_known_on(rows))
        if model in models_reached(lineage_of(work, "", "", places, known)):
            reached.add(work)
    return frozenset(reached)
