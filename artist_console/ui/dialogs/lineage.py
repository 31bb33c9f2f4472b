"""Where a work leads: datasets, models and what descends from them, as a graph and as a table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from artist_console.commands import lineage as lineage_commands
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion_states import EvidenceGrade
from artist_console.domain.lineage import EdgeKind, Lineage, LineageNode, NodeKind
from artist_console.domain.problems import Problem
from artist_console.ui.charts.graph import Graph, GraphLine, GraphNode
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.delegates.table import Column, DataTable
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.lineage_words import is_documented, line_words, node_chip, summary_words
from artist_console.ui.looks import grade_chip
from artist_console.ui.places import Place
from artist_console.ui.scroll_areas import ScrolledArea
from artist_console.ui.tables.lineage_model import LineageModel, Step
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.states import StateStack

_MOST_BOXES = 60  # of more a picture says little; the table has them all
_NO_STATEMENT = frozenset({EdgeKind.DOCUMENTED})


class LineageDialog(Sheet):
    """The graph or the table, and below it what is known of the marked place."""

    def __init__(self, desk: Desk, work: WorkId, parent: QWidget) -> None:
        super().__init__(
            desk.theme, "lineage", say("lineage", "Where this work leads"), 1240, 740, parent, scrolls=False
        )
        self._desk, self._work = desk, work
        self._lineage: Lineage | None = None
        self._shown: LineageNode | None = None
        theme = desk.theme
        self.switch = LinkButton(theme, say("chart", "Show as table"))
        self.switch.clicked.connect(self._change_places)
        self.graph = Graph(theme)
        self.graph.marked.connect(self._show_node)
        self.graph.opened.connect(self._open_node)
        self._scroller = _Wide()
        self._scroller.setWidget(self.graph)
        self.model = LineageModel(desk.figures, self)
        self.table = DataTable(theme, say("lineage", "Steps from the work onwards"))
        self.table.setModel(self.model)
        self.table.set_columns(
            [
                Column("to", 200, 150, stretch=True, sortable=False),
                Column("from", 170, 120, sortable=False),
                Column("said", 330, 140, gives_way=2, sortable=False),
                Column("state", 220, 150, sortable=False),
                Column("evidence", 160, 110, gives_way=1, sortable=False),
            ]
        )
        self.table.current_changed.connect(self._follow_row)
        self.table.opened.connect(self._open_row)
        shown = QWidget()
        self._stack = QStackedLayout(shown)
        self._stack.addWidget(self._scroller)
        self._stack.addWidget(self.table)
        self.states = StateStack(theme, shown)
        self.states.retry.connect(self._ask)
        self.inside.setContentsMargins(24, 0, 24, 14)
        dashed = say("lineage", "Dashed: documented elsewhere, or it follows. Nobody states it of this work.")
        self._legend = label(dashed, TextRole.SMALL, Token.TEXT_3)
        self.inside.addLayout(row(self._legend, None, self.switch))
        self.inside.addWidget(self.states, 1)
        self._build_card()
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        self.states.show_loading(say("lineage", "Following the work"))
        self._ask()

    def _build_card(self) -> None:
        theme = self._desk.theme
        self.card = Card(theme, padding=14)
        self.title = label("", weight="strong", wrap=True)
        self._state, self._grade = Chip(theme), Chip(theme)
        self.said = label("", tone=Token.TEXT_2, wrap=True)
        self.caveat = label("", TextRole.SMALL, Token.TEXT_3, wrap=True)
        self.works = LinkButton(theme, say("lineage", "Works in this model"))
        self.works.clicked.connect(self._go_to_works)
        self.timeline = LinkButton(theme, say("lineage", "Timeline of this model"))
        self.timeline.clicked.connect(self._open_timeline)
        self.about_list = LinkButton(theme, say("lineage", "About this list"))
        self.about_list.clicked.connect(self._open_list)
        head = row(self.title, self._state, self._grade, gap=8)
        head.setStretch(0, 1)
        self.card.body.setSpacing(6)
        self.card.body.addLayout(column(head, self.said, self.caveat, gap=4))
        self.card.body.addLayout(row(self.works, self.timeline, self.about_list, None, gap=14))
        self.card.hide()
        self.inside.addWidget(self.card)

    # Loading

    def _ask(self) -> None:
        work = self._work
        self._desk.ask(
            self,
            "lineage",
            lambda console: lineage_commands.lineage(console, work),
            self.show_lineage,
            self._failed,
        )

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def show_lineage(self, lineage: Lineage) -> None:
        self._lineage = lineage
        summary = summary_words(lineage)
        self.set_heading(say("lineage", "Where {title} leads", title=lineage.title), summary)
        if len(lineage.nodes) < 2:
            for part in (self.switch, self.card, self._legend):
                part.hide()
            nobody = say(
                "lineage",
                "Nobody has said that it is used; that does not show that it is not. No list names it.",
            )
            self.states.show_empty(say("lineage", "Nothing to follow yet"), nobody)
            return
        by_id = {node.id: node for node in lineage.nodes}
        self.graph.show_graph(
            [self._box(lineage, node) for node in lineage.nodes],
            [
                GraphLine(
                    edge.source,
                    edge.target,
                    line_words(edge, by_id[edge.target]),
                    dashed=edge.relation in _NO_STATEMENT,
                )
                for edge in lineage.edges
            ],
            summary,
        )
        order = {node.id: place for place, node in enumerate(lineage.nodes)}
        steps = [
            Step(by_id[e.source], by_id[e.target], e, is_documented(lineage, by_id[e.target]))
            for e in sorted(lineage.edges, key=lambda e: (order[e.target], order[e.source]))
        ]
        self.model.show_rows(steps)
        self.states.show_content()
        self.show_as_table(len(lineage.nodes) > _MOST_BOXES)
        self._show_node(self.graph.marked_node)

    def _box(self, lineage: Lineage, node: LineageNode) -> GraphNode:
        if node.kind is NodeKind.WORK:
            return GraphNode(node.id, node.title, node.under, spoken=node.title)
        chip = node_chip(node, documented=is_documented(lineage, node))
        spoken = ". ".join(part for part in (node.title, node.under, chip.shown) if part)
        return GraphNode(
            node.id,
            node.title,
            node.under,
            chip.shown,
            chip.look.icon,
            chip.look.tint,
            dashed=not node.stated,
            spoken=f"{spoken}. {' '.join(self._sentences(lineage, node))}",
        )

    def _sentences(self, lineage: Lineage, node: LineageNode) -> list[str]:
        """What is said of how one gets here."""
        return [f"{edge.words.rstrip('.')}." for edge in lineage.edges if edge.target == node.id]

    # Graph and table

    @property
    def shows_table(self) -> bool:
        return self._stack.currentWidget() is self.table

    def show_as_table(self, as_table: bool) -> None:
        self._stack.setCurrentWidget(self.table if as_table else self._scroller)
        self.switch.set_words(say("chart", "Show as graph") if as_table else say("chart", "Show as table"))
        (self.table if as_table else self.graph).setFocus(Qt.FocusReason.OtherFocusReason)
        if as_table:
            self._follow_row(self.table.currentIndex())
        else:
            self._show_node(self.graph.marked_node)

    def _change_places(self) -> None:
        self.show_as_table(not self.shows_table)

    def _follow_row(self, index: QModelIndex) -> None:
        step = index.data(ROW_ROLE)
        if isinstance(step, Step):
            self._show(step.target)

    def _open_row(self, index: QModelIndex) -> None:
        step = index.data(ROW_ROLE)
        if isinstance(step, Step):
            self._open(step.target)

    # The marked place

    def _show_node(self, id: str) -> None:
        node = self._node(id)
        if node is not None:
            box = self.graph.box_of(id)
            self._scroller.ensureVisible(box.center().x(), box.center().y(), box.width(), box.height())
            self._show(node)

    def _node(self, id: str) -> LineageNode | None:
        nodes = self._lineage.nodes if self._lineage is not None else ()
        return next((node for node in nodes if node.id == id), None)

    def _show(self, node: LineageNode) -> None:
        assert self._lineage is not None
        lineage = self._lineage
        self._shown = node
        documented = is_documented(lineage, node)
        is_work = node.kind is NodeKind.WORK
        self.card.show()
        self.title.setText(" · ".join(part for part in (node.title, node.under) if part))
        self._state.setVisible(not is_work)
        if not is_work:
            self._state.show_value(node_chip(node, documented=documented))
        self._grade.setVisible(node.grade is not None)
        if node.grade is not None:
            self._grade.show_value(grade_chip(node.grade))
        sentences = self._sentences(lineage, node)
        if node.as_of is not None and not documented:
            sentences.append(say("lineage", "As of {day}.", day=self._desk.figures.day(node.as_of)))
        if is_work:
            sentences = [say("lineage", "Everything that follows begins here. Arrow keys walk through it.")]
        self.said.setText(" ".join(sentences))
        self.caveat.show_words(self._caveat(node, documented=documented))
        is_model = node.kind is NodeKind.MODEL and not documented
        self.works.setVisible(is_model)
        self.timeline.setVisible(is_model)
        into = {edge.relation for edge in lineage.edges if edge.target == node.id}
        self.about_list.setVisible(node.kind is NodeKind.DATASET and EdgeKind.LISTED_IN in into)

    def _caveat(self, node: LineageNode, *, documented: bool) -> str:
        if node.kind is NodeKind.WORK:
            return ""
        if documented:
            return say(
                "lineage",
                "A public source says what it was trained on. Nobody has reported that this work was used.",
            )
        if not node.stated:
            return say(
                "lineage",
                "It follows from what it descends from or was trained on. Nobody states it of this work.",
            )
        if node.grade is EvidenceGrade.PUBLIC_DATASET:
            return say("lineage", "Being listed is not the same as being used in a model.")
        if node.kind is NodeKind.DATASET:
            return say("lineage", "Being in a dataset is not the same as being used in a model.")
        return ""

    def _open_node(self, id: str) -> None:
        node = self._node(id)
        if node is not None:
            self._open(node)

    def _open(self, node: LineageNode) -> None:
        """Enter: what there is to see of a place."""
        self._shown = node
        for button in (self.works, self.about_list):
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _go_to_works(self) -> None:
        node = self._shown
        if node is not None:
            self.accept()
            self._desk.go(Place("works", f"model/{node.id}"))

    def _open_timeline(self) -> None:
        if self._shown is not None:
            self._desk.sheet_wished.emit(f"model-timeline/{self._shown.id}")

    def _open_list(self) -> None:
        if self._shown is not None:
            self._desk.sheet_wished.emit(f"list/{self._shown.id}")


class _Wide(ScrolledArea):
    """Scrolls sideways as well: a family of models is as wide as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _follow_range(self, _least: int, _most: int) -> None:
        """The graph takes the keyboard, and what it marks is scrolled into sight."""
