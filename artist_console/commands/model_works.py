"""Which works are stated to be in one model version."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.domain.ids import ModelVersionId, WorkId
from artist_console.domain.inclusion import fold_statements
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.periods import as_known_on
from artist_console.store import inclusions, mirror


@dataclass(frozen=True, slots=True)
class ModelWorks:
    """The works that are stated to be used, or planned for use, in one model version."""

    model: ModelVersionId
    name: str  # empty where the model is not known here
    works: tuple[WorkId, ...]


_NOT_IN_IT = frozenset(
    {
        InclusionState.NOTHING_REPORTED,
        InclusionState.ATTESTED_ABSENT,
        InclusionState.CLEARED,
        InclusionState.RETRAINED_WITHOUT,
    }
)


def works_in_model(console: Console, model: ModelVersionId) -> ModelWorks:
    """By what is stated of the model itself; what follows from its parents or datasets is left out."""
    store = console.store
    facts = mirror.facts(store, console.clock())
    said = [each for each in inclusions.find(store) if each.model == model]
    there = {
        place.current.work
        for place in fold_statements(as_known_on(said))
        if place.current.state not in _NOT_IN_IT
    }
    homes = {facts.works[work].id if work in facts.works else work for work in there}
    known = inclusions.models(store).get(model)
    name = f"{known.name} {known.version}".strip() if known is not None else ""
    return ModelWorks(model, name, tuple(sorted(homes)))
