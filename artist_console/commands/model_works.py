"""Which works are in one model version."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.domain.ids import ModelVersionId, WorkId
from artist_console.store import inclusions
from artist_console.store.lineage import works_behind


@dataclass(frozen=True, slots=True)
class ModelWorks:
    """The works that are stated, or follow, to be used in one model version."""

    model: ModelVersionId
    name: str  # empty where the model is not known here
    works: tuple[WorkId, ...]


def works_in_model(console: Console, model: ModelVersionId) -> ModelWorks:
    """As `WorksQuery.model` finds them, with the name of the model."""
    known = inclusions.models(console.store).get(model)
    name = f"{known.name} {known.version}".strip() if known is not None else ""
    return ModelWorks(model, name, tuple(sorted(works_behind(console.store, model))))
