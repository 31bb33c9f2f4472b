"""From a work through datasets and lists into model versions and their descendants.

A statement says that a work is in a dataset or was used in a model; what follows from the parents of a model
and from what it was trained on is shown too, and told apart (`stated`). Models that a public source names for
a list are documented, never "used". Parents come from outside and may go round in a circle: every walk ends.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from heapq import heappop, heappush

from .ids import DatasetVersionId, ModelVersionId, WorkId
from .inclusion import (
    DatasetVersion,
    DocumentedModel,
    InclusionStatement,
    ModelRelation,
    ModelVersion,
    Whereabouts,
)
from .inclusion_states import GRADE_ORDER, STRENGTH, EvidenceGrade, InclusionState
from .phrases import day_in_words
from .work_words import stated_words


class NodeKind(Enum):
    WORK = "work"
    DATASET = "dataset"
    MODEL = "model"


class EdgeKind(Enum):
    LISTED_IN = "listed_in"  # a public list names the work
    IN_DATASET = "in_dataset"
    TRAINED_ON = "trained_on"  # dataset -> model
    USED_IN = "used_in"  # work -> model, as stated
    FINE_TUNE = "fine_tune"
    DISTILLATION = "distillation"
    SYNTHETIC_DATA = "synthetic_data"
    DOCUMENTED = "documented"  # list -> model, as a public source has it


@dataclass(frozen=True, slots=True)
class LineageNode:
    id: str
    kind: NodeKind
    title: str  # name and version
    under: str  # operator or publisher
    state: InclusionState | None  # of the work there, where it is stated
    grade: EvidenceGrade | None
    as_of: date | None
    stated: bool  # False: follows from parents or datasets only
    said_by: str = ""  # who states the state
    against: tuple[str, ...] = ()  # what is said of the same day instead, "Harmonia says: removed"
    of_a_title: InclusionState | None = None  # as of the statement


@dataclass(frozen=True, slots=True)
class LineageEdge:
    source: str
    target: str
    relation: EdgeKind
    words: str


@dataclass(frozen=True, slots=True)
class Lineage:
    work: WorkId
    title: str
    # The work first, each behind all that leads to it; where parents go round, behind some of it.
    nodes: tuple[LineageNode, ...]
    edges: tuple[LineageEdge, ...]


NOT_SHOWN = "by a file that nothing shows to come from its operator"
# The work is not there, or nothing says so yet: no way leads on from such a place.
_NOT_THERE = frozenset(
    {
        InclusionState.NOTHING_REPORTED,
        InclusionState.ATTESTED_ABSENT,
        InclusionState.CLEARED,
        InclusionState.RETRAINED_WITHOUT,
    }
)
_OF_PARENT: dict[ModelRelation, tuple[EdgeKind, str]] = {
    ModelRelation.FINE_TUNE: (EdgeKind.FINE_TUNE, "{model} is fine-tuned from {parent}"),
    ModelRelation.DISTILLATION: (EdgeKind.DISTILLATION, "{model} is distilled from {parent}"),
    ModelRelation.SYNTHETIC_DATA: (EdgeKind.SYNTHETIC_DATA, "{model} is trained on music made by {parent}"),
}
_STATE_WORDS: dict[InclusionState, str] = {
    InclusionState.SUSPECTED: "{place} lists it",
    InclusionState.DELIVERED: "{who} says it was delivered for {place}",
    InclusionState.IN_DATASET: "{who} says it is in {place}",
    InclusionState.SCHEDULED: "{who} says it is planned for {place}",
    InclusionState.TRAINED: "{who} says {place} was trained on it",
    InclusionState.TRAINED_BEFORE_REFUSAL: "{who} says {place} was trained on it before your refusal",
    InclusionState.EXCLUDED_FROM_FUTURE: "{who} says it stays out of what follows {place}",
    InclusionState.REMOVAL_REQUESTED: "Removal from {place} was asked for",
    InclusionState.REMOVED: "{who} says it was removed from {place}",
    InclusionState.REMOVAL_REFUSED: "{who} says it will not take it out of {place}",
    InclusionState.QUARANTINED: "{who} says it is set aside in {place}",
}


class Family:
    """Datasets and models, and what comes of what."""

    def __init__(
        self,
        datasets: Iterable[DatasetVersion],
        models: Iterable[ModelVersion],
        operators: Mapping[str, str] | None = None,  # names of parties
    ) -> None:
        self.operators = operators or {}
        self.datasets = {each.id: each for each in datasets}
        self.models = {each.id: each for each in models}
        self.trained_on: defaultdict[DatasetVersionId, list[ModelVersion]] = defaultdict(list)
        self.children: defaultdict[ModelVersionId, list[tuple[ModelVersion, ModelRelation]]] = defaultdict(
            list
        )
        for model in sorted(self.models.values(), key=lambda m: m.id):
            for dataset in dict.fromkeys(model.trained_on):
                self.trained_on[dataset].append(model)
            for parent in dict.fromkeys(model.parents):
                if parent.model != model.id:
                    self.children[parent.model].append((model, parent.relation))

    def behind(self, model: ModelVersionId) -> tuple[frozenset[ModelVersionId], frozenset[DatasetVersionId]]:
        """The model with all that it descends from, and the datasets that any of them was trained on."""
        seen, coming = {model}, [model]
        while coming:
            known = self.models.get(coming.pop())
            for parent in known.parents if known is not None else ():
                if parent.model not in seen:
                    seen.add(parent.model)
                    coming.append(parent.model)
        sets = {each for id in seen if id in self.models for each in self.models[id].trained_on}
        return frozenset(seen), frozenset(sets)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is stated of the work in one dataset or model, the strongest first where assets differ."""

    said: InclusionStatement
    listed: bool
    against: tuple[str, ...] = ()


def lineage_of(
    work: WorkId, title: str, under: str, places: Iterable[Whereabouts], family: Family
) -> Lineage:
    """Everything that can be reached from a work. `places`: where it stands, folded."""
    stated = _stated(places)
    nodes: dict[str, LineageNode] = {
        work: LineageNode(work, NodeKind.WORK, title, under, None, None, None, True)
    }
    edges: dict[tuple[str, str, EdgeKind], LineageEdge] = {}

    def lead(source: str, target: str, relation: EdgeKind, words: str) -> None:
        edges.setdefault((source, target, relation), LineageEdge(source, target, relation, words))

    coming: deque[str] = deque()
    for id, place in stated.items():
        if place.said.state in _NOT_THERE:
            continue
        node = _node(id, stated, family)
        nodes[id] = node
        lead(work, id, _relation(place), _first_words(place, node))
        coming.append(id)
    while coming:
        id = coming.popleft()
        if id in stated and stated[id].said.state in (*_NOT_THERE, InclusionState.SCHEDULED):
            continue  # what is said of this very place outweighs what would follow
        here = nodes[id].title
        for target, relation, words in _onward(id, here, family):
            lead(id, target, relation, words)
            if target not in nodes:
                nodes[target] = _node(target, stated, family)
                coming.append(target)
        for documented in _documented(id, family):
            target = documented_id(documented)
            nodes.setdefault(target, _documented_node(documented))
            lead(id, target, EdgeKind.DOCUMENTED, _documented_words(documented))
    kept = tuple(sorted(edges.values(), key=lambda e: (e.source, e.target, e.relation.value)))
    return Lineage(work, title, _in_order(work, nodes, kept), kept)


def _stated(places: Iterable[Whereabouts]) -> dict[str, _Place]:
    """Per dataset or model what is stated of the work there; of several assets the strongest state.

    A statement by somebody stands before rows of a list of the same name.
    """
    found: dict[str, _Place] = {}
    for place in places:
        said = place.current
        id = said.dataset or said.model or ""
        against = tuple(stated_words(s.state, s.stated_by, s.of_a_title).text for s in place.contradicted_by)
        each = _Place(said, place.is_listing, tuple(dict.fromkeys(against)))
        if id and (id not in found or _strength(each) < _strength(found[id])):
            found[id] = each
    return dict(sorted(found.items()))


def _strength(place: _Place) -> tuple[object, ...]:
    said = place.said
    return (place.listed, STRENGTH.index(said.state), GRADE_ORDER.index(said.grade), said.id)


def _relation(place: _Place) -> EdgeKind:
    if place.said.model is not None:
        return EdgeKind.USED_IN
    return EdgeKind.LISTED_IN if place.said.grade is EvidenceGrade.PUBLIC_DATASET else EdgeKind.IN_DATASET


def _first_words(place: _Place, node: LineageNode) -> str:
    said = place.said
    words = _STATE_WORDS[said.state]
    if said.state is InclusionState.SUSPECTED and said.grade is not EvidenceGrade.PUBLIC_DATASET:
        words = "{who} suspects that it is in {place}"
    if said.of_a_title is not None:
        words = "{who} names its title and artist for {place}; which recording is meant is not known"
    told = words.format(who=said.stated_by, place=node.title)
    return "; on the same day, ".join((told, *place.against))


def _onward(id: str, here: str, family: Family) -> Iterable[tuple[str, EdgeKind, str]]:
    if id in family.datasets:
        for model in family.trained_on.get(DatasetVersionId(id), ()):
            words = f"{_named(model)} is stated to be trained on {here}"
            yield model.id, EdgeKind.TRAINED_ON, words + _by_whom(model)
    for child, relation in family.children.get(ModelVersionId(id), ()):
        kind, words = _OF_PARENT[relation]
        yield child.id, kind, words.format(model=_named(child), parent=here) + _by_whom(child)


def _by_whom(model: ModelVersion) -> str:
    return f", {NOT_SHOWN}" if model.claimed else ""


def _named(thing: DatasetVersion | ModelVersion) -> str:
    return f"{thing.name} {thing.version}".strip()


def _node(id: str, stated: Mapping[str, _Place], family: Family) -> LineageNode:
    said = stated[id].said if id in stated else None
    dataset, model = family.datasets.get(DatasetVersionId(id)), family.models.get(ModelVersionId(id))
    known = dataset or model
    is_dataset = dataset is not None or (model is None and said is not None and said.dataset is not None)
    return LineageNode(
        id,
        NodeKind.DATASET if is_dataset else NodeKind.MODEL,
        _named(known) if known is not None else f"{'A dataset' if is_dataset else 'A model'} not known here",
        dataset.publisher
        if dataset is not None
        else (family.operators.get(model.operator, "") if model is not None else ""),
        said.state if said is not None else None,
        said.grade if said is not None else None,
        said.as_of if said is not None else None,
        said is not None,
        said.stated_by if said is not None else "",
        stated[id].against if said is not None else (),
        said.of_a_title if said is not None else None,
    )


def _documented(id: str, family: Family) -> tuple[DocumentedModel, ...]:
    dataset = family.datasets.get(DatasetVersionId(id))
    return dataset.documented if dataset is not None else ()


def documented_id(model: DocumentedModel) -> str:
    """One node for a model that several lists are documented for."""
    return f"documented/{model.publisher}/{model.name}"


def _documented_node(model: DocumentedModel) -> LineageNode:
    return LineageNode(
        documented_id(model), NodeKind.MODEL, model.name, model.publisher, None, None, model.checked_on, False
    )


def checked_words(model: DocumentedModel) -> str:
    """When somebody looked the source up, or that nobody did."""
    if model.checked_on is None:
        return "source not looked up"
    return f"checked on {day_in_words(model.checked_on)}"


def _documented_words(model: DocumentedModel) -> str:
    return (
        f"{model.name} is publicly documented as trained on this list, says {model.source}"
        f" ({checked_words(model)})"
    )


def _in_order(
    work: WorkId, nodes: Mapping[str, LineageNode], edges: Iterable[LineageEdge]
) -> tuple[LineageNode, ...]:
    """The work first, then what is free to come by title; a circle is entered where it is first met."""
    after: defaultdict[str, set[str]] = defaultdict(set)
    missing: dict[str, int] = dict.fromkeys(nodes, 0)
    for edge in edges:
        if edge.target not in after[edge.source]:
            after[edge.source].add(edge.target)
            missing[edge.target] += 1
    met: dict[str, None] = {}  # in the order in which something that leads there was placed
    done: dict[str, LineageNode] = {}
    free = [(nodes[work].title.casefold(), str(work))]
    while free or met:
        id = heappop(free)[1] if free else next(iter(met))
        met.pop(id, None)
        if id in done:
            continue
        done[id] = nodes[id]
        for target in sorted(after[id], key=lambda each: (nodes[each].title.casefold(), each)):
            missing[target] -= 1
            if target in done:
                continue
            met[target] = None
            if missing[target] == 0:
                heappush(free, (nodes[target].title.casefold(), target))
    return tuple(done.values())


def models_reached(lineage: Lineage) -> tuple[ModelVersionId, ...]:
    """The model versions that the work is stated, or follows, to be used in.

    Documented ones are left out, and what can be reached only by way of a listing that nobody confirmed or of
    somebody's suspicion: neither is a use.
    """
    node_of = {node.id: node for node in lineage.nodes}
    onward: defaultdict[str, list[str]] = defaultdict(list)
    for edge in lineage.edges:
        guessed = edge.source == lineage.work and node_of[edge.target].state is InclusionState.SUSPECTED
        if edge.relation is not EdgeKind.DOCUMENTED and not guessed:
            onward[edge.source].append(edge.target)
    seen, coming = {str(lineage.work)}, [str(lineage.work)]
    while coming:
        for target in onward[coming.pop()]:
            if target not in seen:
                seen.add(target)
                coming.append(target)
    absent = (*_NOT_THERE, InclusionState.SCHEDULED)
    return tuple(
        ModelVersionId(node.id)
        for node in lineage.nodes
        if node.kind is NodeKind.MODEL and node.id in seen and node.state not in absent
    )
