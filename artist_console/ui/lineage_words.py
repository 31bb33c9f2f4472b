"""How the boxes and lines of a lineage look and what they are called."""

from __future__ import annotations

from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.lineage import EdgeKind, Lineage, LineageEdge, LineageNode, NodeKind
from artist_console.ui.meanings import state_chip
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

_BESIDE = {
    EdgeKind.TRAINED_ON: "trained on it",
    EdgeKind.FINE_TUNE: "fine-tuned",
    EdgeKind.DISTILLATION: "distilled",
    EdgeKind.SYNTHETIC_DATA: "fed on its music",
    EdgeKind.DOCUMENTED: "documented",
}


_FROM_THE_WORK = {
    InclusionState.SUSPECTED: "listed in it",
    InclusionState.IN_DATASET: "in it",
    InclusionState.TRAINED: "used in it",
    InclusionState.TRAINED_BEFORE_REFUSAL: "used in it",
    InclusionState.REMOVAL_REFUSED: "used in it",
}


def line_words(edge: LineageEdge, target: LineageNode) -> str:
    """What stands on a line. From the work on it follows what is stated there, and is no stronger."""
    words = _BESIDE.get(edge.relation)
    if words is None:
        if edge.relation is EdgeKind.LISTED_IN:
            words = "listed in it"
        else:
            words = _FROM_THE_WORK.get(target.state, "stated") if target.state is not None else "stated"
    return say("lineage", words)


def is_documented(lineage: Lineage, node: LineageNode) -> bool:
    """Whether a model is known from a public source alone, which says what it was trained on."""
    into = [edge.relation for edge in lineage.edges if edge.target == node.id]
    return not node.stated and bool(into) and set(into) == {EdgeKind.DOCUMENTED}


def node_chip(node: LineageNode, *, documented: bool) -> ChipValue:
    """What is stated of the work in a dataset or model; what nobody states is never shown as stated."""
    if node.state is not None:
        return state_chip(node.state, node.under or node.title)
    if documented:
        return ChipValue(ChipMeaning.DOCUMENTED)
    return ChipValue(ChipMeaning.FOLLOWS_ONLY)


def summary_words(lineage: Lineage) -> str:
    """What the graph shows, in one sentence; what is only documented or follows is counted by itself."""
    models = [node for node in lineage.nodes if node.kind is NodeKind.MODEL]
    documented = sum(is_documented(lineage, node) for node in models)
    stated = sum(node.stated for node in models)
    parts = (
        _some("1 dataset or list", "{n} datasets and lists", len(lineage.nodes) - len(models) - 1),
        _some("1 model that somebody names", "{n} models that somebody names", stated),
        _some("1 model that follows", "{n} models that follow", len(models) - stated - documented),
        _some("1 model documented elsewhere", "{n} models documented elsewhere", documented),
    )
    found = ", ".join(part for part in parts if part)
    if not found:
        return say("lineage", "Nothing is reported, so nothing can be followed.")
    return say("lineage", "{title} leads to: {found}.", title=lineage.title, found=found)


def _some(one: str, many: str, count: int) -> str:
    return say_count("lineage", one, many, count) if count else ""
