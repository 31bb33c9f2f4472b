"""The works of a model are exactly those whose lineage reaches it, however they are asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId
from artist_console.domain.inclusion import (
    DatasetVersion,
    InclusionStatement,
    ModelParent,
    ModelRelation,
    ModelVersion,
    fold_statements,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.lineage import lineage_of, models_reached
from artist_console.domain.periods import Recorded
from artist_console.domain.work_rows import WorksQuery
from artist_console.formats.kinds import Kind
from artist_console.store import inclusions, lineage, projection, works
from artist_console.store.opening import Store
from tests.store.conftest import Place
from tests.store.records import NOW, OPERATOR, PROGRAMME, TODAY, artist_id, fill, hear, listed, work_id

SETS = tuple(DatasetVersionId(f"set-{n}") for n in range(2))
MODELS = tuple(ModelVersionId(f"model-{n}") for n in range(4))

models = st.lists(
    st.tuples(st.lists(st.sampled_from(SETS), max_size=2), st.lists(st.sampled_from(MODELS), max_size=2)),
    min_size=len(MODELS),
    max_size=len(MODELS),
).map(
    lambda made: tuple(
        ModelVersion(
            id, id, "1", OPERATOR, PROGRAMME, tuple(sets),
            tuple(ModelParent(parent, ModelRelation.FINE_TUNE) for parent in parents),
        )
        for id, (sets, parents) in zip(MODELS, made, strict=True)
    )
)  # fmt: skip
statements = st.dictionaries(
    st.tuples(st.integers(0, 3), st.sampled_from([*SETS, *MODELS])),
    st.sampled_from(InclusionState),
    max_size=8,
)


def said(number: int, place: str, state: InclusionState) -> InclusionStatement:
    is_set = place in SETS
    return replace(
        listed(work_id(0, number)),
        id=FactId(f"said-{number}-{place}"),
        state=state,
        grade=EvidenceGrade.OPERATOR_STATED,
        dataset=DatasetVersionId(place) if is_set else None,
        model=None if is_set else ModelVersionId(place),
    )


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(models, statements)
def test_works_behind_a_model_are_those_whose_lineage_reaches_it(
    tmp_path_factory: pytest.TempPathFactory,
    made: tuple[ModelVersion, ...],
    states: dict[tuple[int, str], InclusionState],
) -> None:
    with Place(tmp_path_factory.mktemp("behind")).open() as store:
        fill(store, 1, 4)
        rows: list[tuple[Kind, Any]] = [(Kind.MODEL, model) for model in made]
        rows += [(Kind.DATASET, DatasetVersion(id, id)) for id in SETS]
        rows += [(Kind.INCLUSION, said(n, place, state)) for (n, place), state in states.items()]
        hear(store, rows)
        reached = {work_id(0, n): _reached(store, n) for n in range(4)}
        for model in MODELS:
            expected = {work for work, found in reached.items() if model in found}
            assert lineage.works_behind(store, model) == expected


def _reached(store: Store, number: int) -> tuple[ModelVersionId, ...]:
    work = work_id(0, number)
    places = fold_statements(inclusions.of_work(store, work))
    return models_reached(lineage_of(work, "", "", places, lineage.family(store)))


def test_the_table_is_narrowed_to_a_model_and_counts_with_it(store: Store) -> None:
    fill(store, 1, 6)
    hear(store, [(Kind.MODEL, ModelVersion(MODELS[0], "Big", "1", OPERATOR, PROGRAMME))])
    hear(store, [(Kind.INCLUSION, said(n, MODELS[0], InclusionState.TRAINED)) for n in (1, 4)])
    projection.refresh(store, TODAY)
    query = WorksQuery(artist=artist_id(0), model=MODELS[0])
    assert {row.work for row in works.find(store, query).rows} == {work_id(0, 1), work_id(0, 4)}
    assert next(iter(works.counts(store, query).values())) == 2
    correction = replace(
        said(4, MODELS[0], InclusionState.RETRAINED_WITHOUT),
        id=FactId("corrected"),
        recorded=Recorded(NOW, replaces=f"said-4-{MODELS[0]}"),
    )
    hear(store, [(Kind.INCLUSION, correction)])
    assert {row.work for row in works.find(store, query).rows} == {work_id(0, 1)}
