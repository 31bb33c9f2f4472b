"""A small graph from its beginning to its end: boxes in columns, lines with words, walked by the arrow keys.

What somebody states has a whole line, what only follows or was documented elsewhere a dashed one; the words
of line and box say it, too. From right to left the picture mirrors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from artist_console.ui.charts.layers import Layers, Slot, in_layers
from artist_console.ui.icons import Icon
from artist_console.ui.text import plain_tooltip
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.painting import (
    draw_words,
    fill_round,
    focus_ring,
    mirrored,
    painter_for,
    shows_focus,
    text_width,
)

_BOX_WIDTH, _BOX_HEIGHT = 200, 72
_BEND_HEIGHT = 20
_BETWEEN_ROWS = 18
_BETWEEN_COLUMNS = 120
_MARGIN = 12
_ARROW = 7.0


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A box: its name, what stands below it, and what is so there, told by icon and words."""

    id: str
    title: str
    under: str = ""
    state: str = ""
    icon: Icon = Icon.DOT
    tint: Tint = Tint.NEUTRAL
    dashed: bool = False  # nobody states it of the work itself
    spoken: str = ""  # what the box says to who does not see it


@dataclass(frozen=True, slots=True)
class GraphLine:
    source: str
    target: str
    words: str = ""
    dashed: bool = False


class Graph(QWidget):
    """One node is marked; left and right follow the lines, up and down the column."""

    marked = Signal(str)  # id
    opened = Signal(str)  # id: Enter, or a double press

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._nodes: dict[str, GraphNode] = {}
        self._lines: tuple[GraphLine, ...] = ()
        self._layers: Layers = in_layers((), ())
        self._places: dict[Slot, QRectF] = {}
        self._size = QSize(0, 0)
        self._marked = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._measure)

    @property
    def marked_node(self) -> str:
        return self._marked

    @property
    def nodes(self) -> tuple[GraphNode, ...]:
        return tuple(self._nodes.values())

    def show_graph(self, nodes: Sequence[GraphNode], lines: Sequence[GraphLine], summary: str) -> None:
        """Show another graph; its first node is marked. `summary` says in a sentence what can be seen."""
        self._nodes = {node.id: node for node in nodes}
        self._lines = tuple(line for line in lines if {line.source, line.target} <= self._nodes.keys())
        self._layers = in_layers(tuple(self._nodes), [(line.source, line.target) for line in self._lines])
        self._marked = next(iter(self._nodes), "")
        self.setAccessibleName(summary)
        self._describe()
        self._measure()

    def mark(self, node: str) -> None:
        """Mark another node and say it."""
        if node == self._marked or node not in self._nodes:
            return
        self._marked = node
        self._describe()
        event = QAccessibleAnnouncementEvent(self, self._nodes[node].spoken)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.marked.emit(node)
        self.update()

    def _describe(self) -> None:
        node = self._nodes.get(self._marked)
        self.setAccessibleDescription(node.spoken if node else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Geometry

    def _measure(self) -> None:
        """Give every box and bend its place; columns are centred beside each other."""
        px = self._theme.px
        wide, high = px(_BOX_WIDTH), px(_BOX_HEIGHT)
        step = wide + px(_BETWEEN_COLUMNS)
        heights = [
            [high if isinstance(slot, str) else px(_BEND_HEIGHT) for slot in column]
            for column in self._layers.columns
        ]
        sums = [sum(each) + px(_BETWEEN_ROWS) * (len(each) - 1) for each in heights]
        tallest = max(sums, default=0)
        self._places = {}
        for place, column in enumerate(self._layers.columns):
            top = _MARGIN + (tallest - sums[place]) / 2
            for slot, height in zip(column, heights[place], strict=True):
                self._places[slot] = QRectF(_MARGIN + place * step, top, wide, height)
                top += height + px(_BETWEEN_ROWS)
        count = len(self._layers.columns)
        across = max(0, count * step - px(_BETWEEN_COLUMNS))
        self._size = QSize(round(across + 2 * _MARGIN), round(tallest + 2 * _MARGIN))
        self.setMinimumSize(self._size)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def _box(self, slot: Slot) -> QRectF:
        """Where a slot lies in the widget: in the middle of the room there is, and mirrored."""
        down = max(0.0, (self.height() - self._size.height()) / 2)
        across = max(0.0, (self.width() - self._size.width()) / 2)
        box = self._places[slot].translated(across, down)
        return mirrored(box, QRectF(self.rect()), self._mirrors)

    def box_of(self, node: str) -> QRect:
        """Where the box of a node is, for whoever scrolls it into sight."""
        return self._box(node).toAlignedRect()

    @property
    def _mirrors(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def node_at(self, place: QPointF) -> str:
        return next((node for node in self._nodes if self._box(node).contains(place)), "")

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        forward = [line for line in self._lines if self._leads_on(line)]
        for line in forward:
            self._paint_line(painter, line)
        for line in forward:
            self._paint_words(painter, line)  # above every line
        for node in self._nodes.values():
            self._paint_node(painter, node)

    def _leads_on(self, line: GraphLine) -> bool:
        """Not so for a line that closes a circle: where the graph stands as a table, it is told."""
        return self._layers.column_of[line.source] < self._layers.column_of[line.target]

    def _paint_line(self, painter: QPainter, line: GraphLine) -> None:
        theme = self._theme
        touches = self._marked in (line.source, line.target)
        ink = theme.colour(Token.ACCENT if touches else Token.CONTROL_LINE)
        way = [self._box(slot) for slot in self._layers.way(line.source, line.target)]
        path = QPainterPath()
        start = self._side(way[0], leaves=True)
        path.moveTo(start)
        for one, other in pairwise(way):
            end = self._side(other, leaves=False)
            begin = self._side(one, leaves=True)
            if path.currentPosition() != begin:
                path.lineTo(begin)  # straight through the column that it passes
            middle = (begin.x() + end.x()) / 2
            path.cubicTo(QPointF(middle, begin.y()), QPointF(middle, end.y()), end)
        style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.6 if touches else 1.2, style))
        painter.drawPath(path)
        end = self._side(way[-1], leaves=False)
        back = _ARROW if not self._mirrors else -_ARROW
        head = [end, QPointF(end.x() - back, end.y() - 4), QPointF(end.x() - back, end.y() + 4)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF(head))

    def _side(self, box: QRectF, *, leaves: bool) -> QPointF:
        right = leaves is not self._mirrors
        return QPointF(box.right() if right else box.left(), box.center().y())

    def _paint_words(self, painter: QPainter, line: GraphLine) -> None:
        """In the last gap, on the line."""
        theme = self._theme
        way = self._layers.way(line.source, line.target)
        begin = self._side(self._box(way[-2]), leaves=True)
        end = self._side(self._box(way[-1]), leaves=False)
        font = theme.font(TextRole.CAPTION)
        room = abs(end.x() - begin.x()) - 2 * _ARROW
        width = min(text_width(font, line.words), room)
        height = theme.px(16)
        middle = (begin + end) / 2
        place = QRectF(middle.x() - width / 2, middle.y() - height / 2, width + 1, height)
        painter.fillRect(place.adjusted(-3, 0, 3, 0), theme.colour(Token.SURFACE))
        draw_words(
            painter, place, line.words, font, theme.colour(Token.TEXT_2), Qt.AlignmentFlag.AlignHCenter
        )

    def _paint_node(self, painter: QPainter, node: GraphNode) -> None:
        theme, box = self._theme, self._box(node.id)
        is_marked = node.id == self._marked
        radius = theme.radius("card")
        fill = theme.colour(Token.SELECTED if is_marked else Token.SURFACE)
        line = theme.colour(Token.ACCENT if is_marked else Token.CONTROL_LINE)
        style = Qt.PenStyle.DashLine if node.dashed else Qt.PenStyle.SolidLine
        fill_round(painter, box, radius, fill, line, max(1.6 if is_marked else 1.0, theme.border()), style)
        if is_marked and shows_focus(self):
            focus_ring(painter, theme, box.adjusted(-3, -3, 3, 3), radius + 3)
        self._paint_content(painter, node, box)

    def _paint_content(self, painter: QPainter, node: GraphNode, box: QRectF) -> None:
        theme, mirrors = self._theme, self._mirrors
        side = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        colours = theme.tint(node.tint)
        icon_size = theme.px(16)
        inner = box.adjusted(12, 9, -12, -9)
        lines = [part for part in (node.title, node.under, node.state) if part]
        step = theme.px(18)
        top = inner.center().y() - step * len(lines) / 2
        for place, words in enumerate(lines):
            here = QRectF(inner.x(), top + place * step, inner.width(), step)
            if words is node.title:
                draw_words(
                    painter, here, words, theme.font(TextRole.BODY, 600), theme.colour(Token.TEXT), side
                )
            elif words is node.state:
                icon = mirrored(QRectF(here.x(), here.y() + 1, icon_size, step - 2), here, mirrors)
                theme.icons.paint(painter, icon, node.icon, colours.text, right_to_left=mirrors, heavy=True)
                beside = mirrored(here.adjusted(icon_size + 5, 0, 0, 0), here, mirrors)
                draw_words(painter, beside, words, theme.font(TextRole.SMALL, 500), colours.text, side)
            else:
                small = theme.font(TextRole.SMALL)
                draw_words(painter, here, words, small, theme.colour(Token.TEXT_2), side)

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        forward = Qt.Key.Key_Left if self._mirrors else Qt.Key.Key_Right
        backward = Qt.Key.Key_Right if self._mirrors else Qt.Key.Key_Left
        if key == forward:
            self.mark(self._beside(1))
        elif key == backward:
            self.mark(self._beside(-1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.mark(self._in_column(1 if key == Qt.Key.Key_Down else -1))
        elif key == Qt.Key.Key_Home:
            self.mark(next(iter(self._nodes), ""))
        elif key == Qt.Key.Key_End:
            self.mark(next(reversed(self._nodes), ""))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._marked:
            self.opened.emit(self._marked)
        else:
            super().keyPressEvent(event)

    def _beside(self, by: int) -> str:
        """The nearest node that a line leads to (or from); without one the nearest of the next column."""
        here = self._marked
        if not here:
            return ""
        column = self._layers.column_of[here]
        if by > 0:
            near = [line.target for line in self._lines if line.source == here]
        else:
            near = [line.source for line in self._lines if line.target == here]
        near = [node for node in near if (self._layers.column_of[node] - column) * by > 0]
        if not near and 0 <= column + by < len(self._layers.columns):
            near = list(self._layers.nodes_in(column + by))
        if not near:
            return here
        first = min(abs(self._layers.column_of[node] - column) for node in near)
        near = [node for node in near if abs(self._layers.column_of[node] - column) == first]
        middle = self._places[here].center().y()
        return min(near, key=lambda node: abs(self._places[node].center().y() - middle))

    def _in_column(self, by: int) -> str:
        if not self._marked:
            return ""
        column = self._layers.nodes_in(self._layers.column_of[self._marked])
        at = column.index(self._marked) + by
        return column[at] if 0 <= at < len(column) else self._marked

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mark(self.node_at(event.position()))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.node_at(event.position())
        if node:
            self.opened.emit(node)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            node = self._nodes.get(self.node_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), plain_tooltip(node.spoken) if node else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.update()
