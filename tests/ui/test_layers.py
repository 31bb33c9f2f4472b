"""A graph in layers: nothing is lost, lines lead forward, and cross as little as they can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from artist_console.ui.charts.layers import in_layers

NAMES = [f"n{place}" for place in range(9)]
graphs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=24)


@given(graphs)
def test_every_node_has_one_place_and_lines_lead_forward(lines: list[tuple[str, str]]) -> None:
    layers = in_layers(NAMES, lines)
    placed = [slot for column in layers.columns for slot in column]
    assert sorted(slot for slot in placed if isinstance(slot, str)) == NAMES
    assert len(set(placed)) == len(placed)
    assert all(layers.columns), "no column is empty"


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=24))
def test_without_circles_every_line_leads_to_a_later_column(pairs: list[tuple[int, int]]) -> None:
    lines = [(NAMES[min(pair)], NAMES[max(pair)]) for pair in pairs if pair[0] != pair[1]]
    layers = in_layers(NAMES, lines)
    for source, target in lines:
        assert layers.column_of[source] < layers.column_of[target]
        for step, stop in enumerate(layers.way(source, target)):
            assert stop in layers.columns[layers.column_of[source] + step]


def test_the_order_within_a_column_lets_lines_cross_least() -> None:
    layers = in_layers(
        ["work", "a", "b", "c", "x", "y", "z"],
        [("work", "a"), ("work", "b"), ("work", "c"), ("a", "z"), ("b", "y"), ("c", "x")],
    )
    first, last = layers.nodes_in(1), layers.nodes_in(2)
    assert [{"a": "z", "b": "y", "c": "x"}[node] for node in first] == list(last)


def test_a_circle_does_no_harm() -> None:
    layers = in_layers(["a", "b"], [("a", "b"), ("b", "a")])
    assert layers.columns == (("a",), ("b",))
