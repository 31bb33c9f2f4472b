"""The graph: walked by the arrow keys, spoken, mirrored, and everything of it has a place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from artist_console.ui.charts.graph import Graph, GraphLine, GraphNode
from artist_console.ui.theme import Theme

NODES = (
    GraphNode("work", "Salt Lines", spoken="Salt Lines"),
    GraphNode("list", "Open Listen", "Cadence", "Listed publicly", spoken="Open Listen, listed publicly"),
    GraphNode("set", "Nordic Songs 3", "Harmonia Lab", "In a dataset", spoken="Nordic Songs 3"),
    GraphNode("model", "Harmonia 2", "Harmonia Lab", "Trained", spoken="Harmonia 2, trained"),
    GraphNode("mini", "Harmonia Mini", dashed=True, spoken="Harmonia Mini, nothing reported"),
)
LINES = (
    GraphLine("work", "list", "listed in"),
    GraphLine("work", "set", "in the dataset"),
    GraphLine("set", "model", "trained on it"),
    GraphLine("work", "model", "used in"),
    GraphLine("model", "mini", "distilled", dashed=True),
    GraphLine("mini", "model", "closes a circle"),
)


@pytest.fixture
def graph(theme: Theme, qtbot: QtBot) -> Iterator[Graph]:
    made = Graph(theme)
    qtbot.addWidget(made)
    made.show_graph(NODES, LINES, "Salt Lines is in 2 datasets and 1 model")
    made.resize(made.sizeHint())
    made.show()
    yield made
    made.hide()


def press(graph: Graph, *keys: Qt.Key) -> str:
    for key in keys:
        QTest.keyClick(graph, key)
    return graph.marked_node


def test_arrows_follow_the_lines_and_the_column(graph: Graph) -> None:
    assert graph.marked_node == "work"
    assert press(graph, Qt.Key.Key_Left) == "work", "nothing leads to it"
    first = press(graph, Qt.Key.Key_Right)
    other = press(graph, Qt.Key.Key_Down if graph.box_of(first).y() < 60 else Qt.Key.Key_Up)
    assert {first, other} == {"list", "set"}
    graph.mark("set")
    assert press(graph, Qt.Key.Key_Right) == "model"
    assert press(graph, Qt.Key.Key_Right) == "mini"
    assert press(graph, Qt.Key.Key_Home) == "work"
    assert press(graph, Qt.Key.Key_End) == "mini"


def test_from_right_to_left_the_picture_and_the_keys_mirror(graph: Graph) -> None:
    before = graph.box_of("work").x()
    graph.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert graph.box_of("work").x() > before
    assert graph.box_of("work").x() > graph.box_of("model").x()
    assert press(graph, Qt.Key.Key_Right) == "work"
    assert press(graph, Qt.Key.Key_Left) != "work"


def test_it_says_what_it_shows_and_what_is_marked(graph: Graph) -> None:
    assert graph.accessibleName() == "Salt Lines is in 2 datasets and 1 model"
    told: list[str] = []
    graph.opened.connect(told.append)
    QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=graph.box_of("list").center())
    assert graph.accessibleDescription() == "Open Listen, listed publicly"
    press(graph, Qt.Key.Key_Return)
    assert told == ["list"]


def test_boxes_do_not_cover_each_other_and_lie_inside(graph: Graph) -> None:
    boxes = [graph.box_of(node.id) for node in NODES]
    assert all(graph.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_an_empty_graph_does_no_harm(theme: Theme, qtbot: QtBot) -> None:
    graph = Graph(theme)
    qtbot.addWidget(graph)
    graph.show_graph((), (), "Nothing is reported")
    assert press(graph, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Return) == ""
