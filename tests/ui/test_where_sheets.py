"""Where works are, over the pages: lineage as graph and table, timelines, lists, and what leads to them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from artist_console.commands import lineage as lineage_commands
from artist_console.commands import works as works_commands
from artist_console.commands.console import Console
from artist_console.domain.ids import WorkId
from artist_console.domain.lineage import Lineage, NodeKind
from artist_console.domain.work_rows import WorkFilter, WorksQuery
from artist_console.ui.dialogs.hits import HitsDialog
from artist_console.ui.dialogs.lineage import LineageDialog
from artist_console.ui.dialogs.lists import ListsDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.timeline import TimelineDialog
from artist_console.ui.places import Place, read_link
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow


def words_of(dialog: QWidget) -> str:
    found = "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisibleTo(dialog))
    return found.replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
def lineage(window: OpenWindow) -> Lineage:
    """Of the reported work that leads furthest."""

    def find(console: Console) -> Lineage:
        rows = works_commands.find_works(console, WorksQuery(filter=WorkFilter.REPORTED, limit=60)).rows
        return max((lineage_commands.lineage(console, row.work) for row in rows), key=lambda e: len(e.nodes))

    found: list[Lineage] = []
    window.desk.ask(window.main, "test lineage", find, found.append)
    window.settle()
    assert any(not node.stated for node in found[0].nodes), "some of it only follows"
    return found[0]


def test_the_graph_and_the_table_tell_the_same(window: OpenWindow, lineage: Lineage) -> None:
    window.desk.sheet_wished.emit(f"lineage/{lineage.work}")
    shown = window.panel(LineageDialog)
    assert [node.title for node in shown.graph.nodes] == [node.title for node in lineage.nodes]
    assert shown.graph.hasFocus()
    assert shown.graph.accessibleName() == shown.lead.text()
    for node, box in zip(lineage.nodes, shown.graph.nodes, strict=True):
        assert box.dashed is not node.stated
        if not node.stated:
            assert "trained" not in box.state, "what follows is not said to be used"
    QTest.keyClick(shown.switch, Qt.Key.Key_Space)
    assert shown.shows_table
    assert {(step.edge.source, step.edge.target) for step in shown.model.rows} == {
        (edge.source, edge.target) for edge in lineage.edges
    }
    QTest.keyClick(shown.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert shown.model.rows[-1].target.title in shown.title.text()
    QTest.keyClick(shown.switch, Qt.Key.Key_Space)
    assert not shown.shows_table


def test_the_works_in_a_model_are_a_filter_that_can_be_taken_away(
    window: OpenWindow, lineage: Lineage
) -> None:
    window.desk.choose_artist(None)
    window.desk.sheet_wished.emit(f"lineage/{lineage.work}")
    shown = window.panel(LineageDialog)
    model = next(node for node in lineage.nodes if node.kind is NodeKind.MODEL and node.stated)
    shown.graph.mark(model.id)
    QTest.keyClick(shown.graph, Qt.Key.Key_Return)
    assert shown.works.hasFocus(), "Enter leads to what there is to see"
    QTest.keyClick(shown.works, Qt.Key.Key_Return)
    window.settle()
    listed = {window.works.model.row_at(row).work for row in range(window.works.model.total)}  # type: ignore[union-attr]
    assert lineage.work in listed
    chip = next(pill for pill in window.works._further if model.title in pill.accessibleName())
    less = window.works.model.total
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    window.settle()
    assert window.works.model.total > less


def test_a_timeline_is_told_by_month_and_its_decisions_open_their_receipts(
    window: OpenWindow, lineage: Lineage
) -> None:
    window.main.open_link(Place("works", f"timeline/{lineage.work}").link)
    shown = window.panel(TimelineDialog)
    rows = shown.findChildren(ListRow)
    assert len(rows) > 3
    told: list[object] = []
    window.desk.receipt_wished.connect(told.append)
    decision = next(
        row for row in rows if "Allow" in row.accessibleName() or "Refuse" in row.accessibleName()
    )
    QTest.keyClick(decision, Qt.Key.Key_Return)
    assert told
    window.desk.receipt_wished.disconnect(told.append)


def test_the_timeline_of_a_model_bears_its_name(window: OpenWindow, lineage: Lineage) -> None:
    model = next(node for node in lineage.nodes if node.kind is NodeKind.MODEL and node.stated)
    window.desk.sheet_wished.emit(f"model-timeline/{model.id}")
    shown = window.panel(TimelineDialog)
    assert model.title in shown.heading.text().replace("\u2068", "").replace("\u2069", "")
    for more in shown.findChildren(LinkButton):
        QTest.keyClick(more, Qt.Key.Key_Return)  # the rest of a long one
    window.settle()
    assert any(lineage.title in row.accessibleName() for row in shown.findChildren(ListRow))


def test_a_list_has_a_card_and_leads_to_its_rows(window: OpenWindow) -> None:
    window.desk.sheet_wished.emit("list/")
    shown = window.panel(ListsDialog)
    words = words_of(shown)
    for name in ("Published by", "Licence", "Where it was obtained", "Hash of the file", "Rows"):
        assert name in words
    assert "does not show that a model was trained" in words
    link = next(each for each in shown.findChildren(LinkButton) if each.words.startswith("Look at the rows"))
    QTest.keyClick(link, Qt.Key.Key_Return)
    rows = window.panel(HitsDialog)
    assert rows.works.rows
    rows.close()
    shown.close()


def test_what_opens_over_the_works_is_offered_with_the_commands(window: OpenWindow, lineage: Lineage) -> None:
    window.desk.choose_artist(None)
    window.show("works")
    offered = {action.text(): action for action in window.main.menus.offered}
    for words in ("Are these yours? Rows of public lists…", "Findings…", "Removals…", "Public lists…"):
        assert words in offered
    offered["Timeline of this work…"].trigger()
    window.settle()
    told = window.works.messages.message
    assert told is not None, "nothing is chosen yet"
    window.works.open_item(f"work/{lineage.work}")
    window.settle()
    row = window.works.model.row_of(lineage.work)
    assert row is not None
    window.works.table.setCurrentIndex(window.works.model.index(row, 1))
    offered["Where this work leads…"].trigger()
    shown = window.panel(LineageDialog)
    assert lineage.title in shown.heading.text()
    shown.close()


@pytest.mark.parametrize("kind", ["hits", "findings", "removals", "list", "coverage", "lineage", "timeline"])
def test_tab_comes_round_and_every_stop_can_be_seen_and_has_a_name(
    window: OpenWindow, lineage: Lineage, kind: str
) -> None:
    window.choose_artist("Mara Lindqvist")
    window.desk.sheet_wished.emit(f"{kind}/{lineage.work}" if kind in ("lineage", "timeline") else f"{kind}/")
    shown = window.panel(Sheet)
    start = shown.focusWidget()
    stops = [start]
    for _ in range(400):
        QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
        if shown.focusWidget() is start:
            break
        stops.append(shown.focusWidget())
    else:
        raise AssertionError("Tab does not come round")
    assert len(set(stops)) == len(stops) > 1
    for stop in stops:
        assert stop.isVisible()
        assert stop.accessibleName() or isinstance(stop, QScrollArea), stop
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Escape)
    assert not shown.isVisible()


@pytest.mark.parametrize(
    "item", ["hits/w1", "list/d1", "lineage/w1", "timeline/w1", "findings/", "removals/x"]
)
def test_every_sheet_has_a_link(item: str) -> None:
    if item.endswith("/"):
        assert read_link(Place("works", item + "x").link) == Place("works", item + "x")
    else:
        assert read_link(Place("works", item).link) == Place("works", item)


def test_a_work_that_nobody_reports_leads_nowhere_and_is_not_called_unused(window: OpenWindow) -> None:
    def find(console: Console) -> WorkId:
        rows = works_commands.find_works(console, WorksQuery(limit=400)).rows
        return next(r.work for r in rows if len(lineage_commands.lineage(console, r.work).nodes) == 1)

    found: list[WorkId] = []
    window.desk.ask(window.main, "test nothing", find, found.append)
    window.settle()
    window.desk.sheet_wished.emit(f"lineage/{found[0]}")
    shown = window.panel(LineageDialog)
    assert "that does not show that it is not" in words_of(shown)
    assert not shown.graph.isVisible()
