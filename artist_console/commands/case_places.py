"""What an answer can speak of: the programmes, datasets and models that are known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from artist_console.commands import works
from artist_console.commands.console import Console
from artist_console.commands.lineage import known_models
from artist_console.domain.case_evidence import OF_A_DATASET, OF_A_MODEL
from artist_console.domain.cases import Case, Outcome
from artist_console.domain.ids import DatasetVersionId, ModelVersionId, ProgrammeId
from artist_console.store import inclusions


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """Ids with the names that a person knows them by, each in the order of its names."""

    programmes: tuple[tuple[ProgrammeId, str], ...]
    datasets: tuple[tuple[DatasetVersionId, str], ...]
    models: tuple[tuple[ModelVersionId, str], ...]


def named_places(console: Console) -> NamedPlaces:
    """Everything that an outcome of a case can name."""
    datasets = sorted(
        ((each.id, _named(each.name, each.version)) for each in inclusions.datasets(console.store).values()),
        key=lambda each: (each[1].casefold(), each[0]),
    )
    models = tuple((each.id, _named(each.name, each.version)) for each in known_models(console))
    return NamedPlaces(works.programme_names(console), tuple(datasets), models)


def at_removal(console: Console, case: Case, outcome: Outcome) -> Outcome:
    """An answer that names no place, to a letter about a removal, speaks of the place of that removal."""
    removal = case.about.removal
    if not removal or outcome.dataset or outcome.model or outcome.programme:
        return outcome
    dataset = _ending(removal, inclusions.datasets(console.store))
    if dataset is not None and outcome.kind not in OF_A_MODEL:
        return replace(outcome, dataset=DatasetVersionId(dataset))
    model = _ending(removal, inclusions.models(console.store))
    if model is not None and outcome.kind not in OF_A_DATASET:
        return replace(outcome, model=ModelVersionId(model))
    return outcome


def _ending(removal: str, ids: Iterable[str]) -> str | None:
    """The id of a removal case ends with that of its place (`removal_steps.case_id`)."""
    return max((id for id in ids if removal.endswith(f"/{id}")), key=len, default=None)


def _named(name: str, version: str) -> str:
    return f"{name} {version}" if version and version not in name else name
