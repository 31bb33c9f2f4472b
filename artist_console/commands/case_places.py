"""What an answer can speak of: the programmes, datasets and models that are known here."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands import works
from artist_console.commands.console import Console
from artist_console.commands.lineage import known_models
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


def _named(name: str, version: str) -> str:
    return f"{name} {version}" if version and version not in name else name
