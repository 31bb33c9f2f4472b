"""Where a work leads to: datasets, models and what descends from them."""

from __future__ import annotations

from artist_console.commands.console import Console
from artist_console.commands.names import party_name, work_title
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ModelVersionId, PartyId, WorkId
from artist_console.domain.inclusion import ModelVersion, fold_statements
from artist_console.domain.lineage import (
    EdgeKind,
    Lineage,
    LineageEdge,
    LineageNode,
    NodeKind,
    lineage_of,
    models_reached,
)
from artist_console.domain.periods import as_known_on
from artist_console.domain.problems import UnknownThing
from artist_console.store import inclusions, mirror
from artist_console.store import lineage as families

__all__ = [
    "EdgeKind",
    "Lineage",
    "LineageEdge",
    "LineageNode",
    "NodeKind",
    "known_models",
    "lineage",
    "models_trained_on",
]


def lineage(console: Console, work: WorkId) -> Lineage:
    """Everything that a work can be followed to. Raises UnknownThing."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    known = facts.works.get(work)
    if known is None:
        raise UnknownThing("The work {work} is not known here", "Sync, then look again", work=work)
    said = inclusions.of_works(store, (known.id, *known.merged_ids))
    places = fold_statements(as_known_on(each for rows in said.values() for each in rows))
    return lineage_of(
        known.id, work_title(facts, known.id), _artists(facts, known.artists), places, families.family(store)
    )


def _artists(facts: FactBook, artists: tuple[PartyId, ...]) -> str:
    names = (party_name(facts, artist) for artist in artists)
    return ", ".join(name for name in names if name)


def known_models(console: Console) -> tuple[ModelVersion, ...]:
    """The model versions that are known here, by name."""
    models = inclusions.models(console.store).values()
    return tuple(sorted(models, key=lambda model: (model.name.casefold(), model.version, model.id)))


def models_trained_on(console: Console, work: WorkId) -> tuple[ModelVersionId, ...]:
    """The model versions that a work is stated to be used in, or that follow from what is stated."""
    return models_reached(lineage(console, work))
