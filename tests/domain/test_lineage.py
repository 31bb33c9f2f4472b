"""Lineage: exactly what can be reached, in order, whatever circles the parents of models make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId, PartyId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    DocumentedModel,
    Evidence,
    InclusionStatement,
    ModelParent,
    ModelRelation,
    ModelVersion,
    fold_statements,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.lineage import EdgeKind, Family, Lineage, NodeKind, lineage_of, models_reached
from artist_console.domain.periods import Recorded

WORK = WorkId("work")
LATER = datetime(2025, 1, 3, tzinfo=UTC)
SETS = tuple(DatasetVersionId(f"set-{n}") for n in range(4))
MODELS = tuple(ModelVersionId(f"model-{n}") for n in range(6))
STOPS = {
    InclusionState.NOTHING_REPORTED,
    InclusionState.ATTESTED_ABSENT,
    InclusionState.CLEARED,
    InclusionState.RETRAINED_WITHOUT,
}


def said(place: str, state: InclusionState) -> InclusionStatement:
    is_set = place in SETS
    return InclusionStatement(
        FactId(f"said-{place}"),
        WORK,
        Asset.MASTER,
        state,
        date(2025, 1, 1),
        Basis.UNDECLARED,
        "Harmonia",
        EvidenceGrade.OPERATOR_STATED,
        Evidence("manifest"),
        Recorded(datetime(2025, 1, 2, tzinfo=UTC)),
        dataset=DatasetVersionId(place) if is_set else None,
        model=None if is_set else ModelVersionId(place),
    )


def model(
    id: ModelVersionId, trained_on: Iterable[DatasetVersionId] = (), parents: Iterable[ModelVersionId] = ()
) -> ModelVersion:
    family = tuple(ModelParent(parent, ModelRelation.FINE_TUNE) for parent in parents)
    return ModelVersion(id, id.title(), "1", PartyId("lab"), None, tuple(trained_on), family)


def follow(
    stated: Iterable[InclusionStatement], datasets: Iterable[DatasetVersion], models: Iterable[ModelVersion]
) -> Lineage:
    return lineage_of(WORK, "Salt Lines", "Mara", fold_statements(stated), Family(datasets, models))


families = st.lists(
    st.tuples(st.lists(st.sampled_from(SETS), max_size=3), st.lists(st.sampled_from(MODELS), max_size=3)),
    min_size=len(MODELS),
    max_size=len(MODELS),
).map(lambda each: tuple(model(id, *of) for id, of in zip(MODELS, each, strict=True)))
stated = st.dictionaries(st.sampled_from([*SETS, *MODELS]), st.sampled_from(InclusionState), max_size=6)


@given(families, stated)
def test_exactly_what_can_be_reached_is_there(
    models: tuple[ModelVersion, ...], states: dict[str, InclusionState]
) -> None:
    found = follow(
        [said(place, state) for place, state in states.items()],
        [DatasetVersion(id, id.title()) for id in SETS],
        models,
    )
    reached = {place for place, state in states.items() if state not in STOPS}
    leading = {each for each in reached if states[each] is not InclusionState.SCHEDULED}
    while True:
        more = {
            m.id
            for m in models
            if (set(m.trained_on) & leading) or ({p.model for p in m.parents} - {m.id}) & leading
        } - reached
        if not more:
            break
        reached |= more
        leading |= {each for each in more if states.get(each) not in (*STOPS, InclusionState.SCHEDULED)}
    assert {node.id for node in found.nodes} == {WORK, *reached}
    assert len(found.nodes) == len({node.id for node in found.nodes})
    assert {edge.target for edge in found.edges} == reached
    assert {node.id for node in found.nodes if node.stated} == {WORK, *(reached & states.keys())}
    assert set(models_reached(found)) == _used_in(models, states)


def _used_in(models: tuple[ModelVersion, ...], states: dict[str, InclusionState]) -> set[str]:
    """The same by hand: no way leads through what is only listed or suspected, planned or absent."""
    none = {*STOPS, InclusionState.SCHEDULED}
    used = {
        place
        for place, state in states.items()
        if state not in none and state is not InclusionState.SUSPECTED
    }
    while True:
        more = {
            m.id
            for m in models
            if states.get(m.id) not in none
            and ((set(m.trained_on) & used) or ({p.model for p in m.parents} - {m.id}) & used)
        } - used
        if not more:
            return {each for each in used if each in MODELS}
        used |= more


@given(families, stated)
def test_a_node_stands_behind_what_leads_to_it_but_for_circles(
    models: tuple[ModelVersion, ...], states: dict[str, InclusionState]
) -> None:
    found = follow([said(place, state) for place, state in states.items()], [], models)
    place = {node.id: n for n, node in enumerate(found.nodes)}
    assert place[WORK] == 0
    for node in found.nodes[1:]:
        into = [edge.source for edge in found.edges if edge.target == node.id]
        assert any(place[source] < place[node.id] for source in into)
    upward = [edge for edge in found.edges if place[edge.source] > place[edge.target]]
    if upward:
        assert any(_reaches(found, edge.target, edge.source) for edge in found.edges), "parents go round"


def _reaches(lineage: Lineage, source: str, target: str) -> bool:
    seen, coming = {source}, [source]
    while coming:
        here = coming.pop()
        for edge in lineage.edges:
            if edge.source == here and edge.target not in seen:
                seen.add(edge.target)
                coming.append(edge.target)
    return target in seen


def test_a_long_chain_and_a_large_circle_end() -> None:
    ids = [ModelVersionId(f"m-{n:05}") for n in range(5_000)]
    chain = [model(id, (), (ids[n - 1],)) for n, id in enumerate(ids)]  # the first descends from the last
    found = follow([said(ids[0], InclusionState.TRAINED)], (), chain)
    assert [node.id for node in found.nodes] == [WORK, *ids]
    models, _ = Family((), chain).behind(ids[7])
    assert len(models) == len(ids)


def test_what_is_stated_of_a_model_outweighs_what_would_follow() -> None:
    models = (model(MODELS[0], SETS[:1]), model(MODELS[1], (), MODELS[:1]))
    sets = [DatasetVersion(SETS[0], "Nordic", "3")]
    stated = [said(SETS[0], InclusionState.IN_DATASET), said(MODELS[0], InclusionState.ATTESTED_ABSENT)]
    found = follow(stated, sets, models)
    assert [node.id for node in found.nodes] == [WORK, SETS[0], MODELS[0]]
    assert found.nodes[-1].state is InclusionState.ATTESTED_ABSENT
    assert models_reached(found) == ()


def test_a_documented_model_is_documented_and_never_used() -> None:
    documented = DocumentedModel(
        "Sketch", "Paper Lab", "So it says.", "https://example.org", date(2025, 2, 3)
    )
    sets = [DatasetVersion(SETS[0], "Open Songs", public=True, documented=(documented,))]
    row = said(SETS[0], InclusionState.SUSPECTED)
    found = follow([row], sets, ())
    assert [node.kind for node in found.nodes] == [NodeKind.WORK, NodeKind.DATASET, NodeKind.MODEL]
    (edge,) = [edge for edge in found.edges if edge.target == found.nodes[-1].id]
    assert edge.relation is EdgeKind.DOCUMENTED
    assert "says https://example.org" in edge.words
    assert models_reached(found) == ()


@given(families, stated)
def test_the_same_facts_in_another_order_give_the_same_lineage(
    models: tuple[ModelVersion, ...], states: dict[str, InclusionState]
) -> None:
    rows = [said(place, state) for place, state in states.items()]
    sets = [DatasetVersion(id, id.title()) for id in SETS]
    assert follow(rows, sets, models) == follow(rows[::-1], sets[::-1], models[::-1])


@given(families, stated, st.sampled_from(MODELS))
def test_who_stands_behind_a_model_is_who_can_reach_it(
    models: tuple[ModelVersion, ...], states: dict[str, InclusionState], wanted: ModelVersionId
) -> None:
    """What narrows the search for works by model leaves none out."""
    behind, sets = Family((), models).behind(wanted)
    found = follow(
        [said(place, state) for place, state in states.items()],
        [DatasetVersion(id, id) for id in SETS],
        models,
    )
    if wanted in models_reached(found):
        assert states.keys() & {*behind, *sets}


def test_what_only_a_brought_file_says_in_an_operators_name_is_told_so() -> None:
    claimed = replace(model(MODELS[0], SETS[:1]), claimed=True)
    stated = [said(SETS[0], InclusionState.IN_DATASET)]
    found = follow(stated, [DatasetVersion(SETS[0], "Nordic")], [claimed])
    (edge,) = [edge for edge in found.edges if edge.relation is EdgeKind.TRAINED_ON]
    assert "nothing shows to come from its operator" in edge.words


def test_what_is_said_against_it_the_same_day_is_shown_there() -> None:
    first = said(SETS[0], InclusionState.IN_DATASET)
    other = replace(first, id=FactId("other"), state=InclusionState.REMOVED, recorded=Recorded(LATER))
    found = follow([first, other], [DatasetVersion(SETS[0], "Nordic")], ())
    node = found.nodes[1]
    assert (node.state, node.against) == (InclusionState.IN_DATASET, ("Harmonia says: removed",))
    (edge,) = found.edges
    assert edge.words == "Harmonia says it is in Nordic; on the same day, Harmonia says: removed"


def test_a_title_that_is_named_is_not_called_the_work() -> None:
    row = replace(said(SETS[0], InclusionState.SUSPECTED), of_a_title=InclusionState.IN_DATASET)
    (edge,) = follow([row], [DatasetVersion(SETS[0], "Nordic")], ()).edges
    assert edge.words == (
        "Harmonia names its title and artist for Nordic; which recording is meant is not known"
    )
    gone = replace(row, state=InclusionState.NOTHING_REPORTED, of_a_title=InclusionState.REMOVED)
    assert follow([gone], [DatasetVersion(SETS[0], "Nordic")], ()).edges == ()
