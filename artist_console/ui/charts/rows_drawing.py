"""Bars that lie in rows, each with its name and figure: works, artists, the steps of a waterfall.

Drawn the same way on the screen and on paper. Rows are read like a list, so from right to left they mirror
with their bars; the figures in them do not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from artist_console.ui.charts.bars_drawing import UNMARKED
from artist_console.ui.charts.hatching import fill_part, rounded
from artist_console.ui.charts.look import Look
from artist_console.ui.charts.rows_values import BarRow, RowsData, Scale, Span, scale_of
from artist_console.ui.charts.values import Nature
from artist_console.ui.tokens import CHART_TOKENS, TextRole, Token
from artist_console.ui.widgets.painting import draw_words, fill_round, mirrored, mixed, text_width

# From this width on names and bars stand beside each other; below it a bar lies under its name.
_BESIDE_FROM = 520
_ROW, _ROW_WITH_DETAIL, _ROW_BELOW, _ROW_BELOW_WITH_DETAIL = 32, 44, 42, 58
_NAMES_MOST = 0.36  # of the width
_BAR = 14.0
_GAP = 12.0
_INSET = 8.0
_CUT = 5.0  # width of the cut through a bar that is longer than can be drawn


@dataclass(frozen=True, slots=True)
class RowsDrawing:
    """Rows in a box of a width; its height follows from them."""

    look: Look
    data: RowsData
    size: QSizeF
    marked: int = -1
    right_to_left: bool = False
    scale: Scale = field(init=False)
    _figures: float = field(init=False)
    _names: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scale", scale_of(self.data))
        font = self.look.font(TextRole.BODY, 600, tabular=True)
        widest = max((text_width(font, row.figure) for row in self.data.rows), default=0.0)
        object.__setattr__(self, "_figures", widest + 2)
        named = [text_width(self.look.font(TextRole.BODY, 600), row.name) for row in self.data.rows]
        named += [text_width(self.look.font(TextRole.SMALL), row.detail) for row in self.data.rows]
        most = self.size.width() * _NAMES_MOST
        object.__setattr__(self, "_names", min(max(named, default=0.0) + _GAP, most))

    # Where things are

    @property
    def is_beside(self) -> bool:
        return self.size.width() >= self.look.px(_BESIDE_FROM)

    @property
    def row_height(self) -> float:
        has_detail = any(row.detail for row in self.data.rows)
        if self.is_beside:
            return self.look.px(_ROW_WITH_DETAIL if has_detail else _ROW)
        return self.look.px(_ROW_BELOW_WITH_DETAIL if has_detail else _ROW_BELOW)

    @property
    def scale_is_cut(self) -> bool:
        """Whether some bar is longer than it can be drawn."""
        return any(
            self.scale.is_cut(max(span.start, span.end)) for row in self.data.rows for span in row.spans
        )

    @property
    def height(self) -> float:
        return self.row_height * len(self.data.rows)

    def row(self, place: int) -> QRectF:
        return QRectF(0, place * self.row_height, self.size.width(), self.row_height)

    def row_at(self, place: QPointF) -> int:
        found = int(place.y() // self.row_height) if place.y() >= 0 else -1
        return found if 0 <= found < len(self.data.rows) else -1

    def bars(self, place: int) -> QRectF:
        """The room for the bar of a row, not mirrored."""
        row = self.row(place)
        bar = self.look.px(int(_BAR))
        left, right = row.left() + _INSET, row.right() - _INSET
        if self.is_beside:
            left += self._names + _GAP
            right -= self._figures + _GAP
            return QRectF(left, row.center().y() - bar / 2, max(10.0, right - left), bar)
        return QRectF(left, row.bottom() - bar - self.look.px(4), max(10.0, right - left), bar)

    def span_box(self, place: int, span: Span) -> QRectF:
        """Where a part of a bar lies; what is not nothing is at least two pixels."""
        bars = self.bars(place)
        first = bars.left() + self.scale.part(min(span.start, span.end)) * bars.width()
        last = bars.left() + self.scale.part(max(span.start, span.end)) * bars.width()
        if span.start != span.end and last - first < 2:
            last = first + 2
        box = QRectF(first, bars.top(), last - first, bars.height())
        return mirrored(box, self.row(place), self.right_to_left)

    # Drawing

    def paint(self, painter: QPainter) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if self.marked >= 0:
            fill_round(painter, self.row(self.marked), 6, self.look.colour(Token.HOVER))
        if self.data.are_steps and self.is_beside:  # below their names, lines between bars would cross these
            self._paint_links(painter)
        for place, row in enumerate(self.data.rows):
            self._paint_words(painter, place, row)
            self._paint_bar(painter, place, row)

    def _paint_words(self, painter: QPainter, place: int, row: BarRow) -> None:
        look, box = self.look, self.row(place)
        strong = row.is_total or place == self.marked
        font = look.font(TextRole.BODY, 600 if strong else 500)
        figure_font = look.font(TextRole.BODY, 600 if strong else 500, tabular=True)
        inner = box.adjusted(_INSET, 0, -_INSET, 0)
        line = look.px(18)
        if self.is_beside:
            names = QRectF(inner.left(), inner.top(), self._names, inner.height())
            figures = QRectF(inner.right() - self._figures, inner.top(), self._figures, inner.height())
        else:
            high = line + (look.px(16) if row.detail else 0)
            own = text_width(figure_font, row.figure) + 2
            names = QRectF(inner.left(), inner.top() + 4, inner.width() - own - _GAP, high)
            figures = QRectF(inner.right() - own, inner.top() + 4, own, line)
        start = Qt.AlignmentFlag.AlignRight if self.right_to_left else Qt.AlignmentFlag.AlignLeft
        end = Qt.AlignmentFlag.AlignLeft if self.right_to_left else Qt.AlignmentFlag.AlignRight
        names = mirrored(names, box, self.right_to_left)
        figures = mirrored(figures, box, self.right_to_left)
        if row.detail:
            middle = names.center().y()
            upper = QRectF(names.left(), middle - line, names.width(), line)
            lower = QRectF(names.left(), middle, names.width(), look.px(16))
            draw_words(painter, upper, row.name, font, look.colour(Token.TEXT), start)
            small = look.font(TextRole.SMALL)
            draw_words(painter, lower, row.detail, small, look.colour(Token.TEXT_2), start)
        else:
            draw_words(painter, names, row.name, font, look.colour(Token.TEXT), start)
        draw_words(painter, figures, row.figure, figure_font, look.colour(Token.TEXT), end)

    def _paint_bar(self, painter: QPainter, place: int, row: BarRow) -> None:
        look = self.look
        bars = mirrored(self.bars(place), self.row(place), self.right_to_left)
        if not self.data.are_steps:
            fill_round(painter, bars, 3, look.colour(Token.SUNKEN))
        for order, span in enumerate(row.spans):
            box = self.span_box(place, span)
            if order and box.width() > 3:
                box.adjust(0 if self.right_to_left else 1, 0, -1 if self.right_to_left else 0, 0)
            colour = self._colour(span)
            if self.marked >= 0 and place != self.marked and not look.is_high_contrast:
                colour = mixed(colour, look.colour(Token.SURFACE), UNMARKED)
            fill_part(painter, look, rounded(box, end=3.0), colour, span.nature)
            if self.scale.is_cut(max(span.start, span.end)):
                self._paint_cut(painter, place, bars)
        if self.scale.low < 0:
            self._paint_zero(painter, place)
        if row.range is not None:
            self._paint_range(painter, place, row)

    def _paint_zero(self, painter: QPainter, place: int) -> None:
        """Where nothing is: what lies before it was taken back."""
        bars = self.bars(place)
        x = bars.left() + self.scale.part(Decimal(0)) * bars.width()
        line = mirrored(QRectF(x, bars.top() - 3, 1, bars.height() + 6), self.row(place), self.right_to_left)
        painter.fillRect(line, self.look.colour(Token.CONTROL_LINE))

    def _colour(self, span: Span) -> QColor:
        return self.look.colour(CHART_TOKENS[span.place % len(CHART_TOKENS)])

    def _paint_cut(self, painter: QPainter, place: int, bars: QRectF) -> None:
        """Two slanting gaps: this bar goes on further than can be drawn."""
        ground = self.look.colour(Token.HOVER if place == self.marked else Token.SURFACE)
        for back in (0.10, 0.14):
            middle = bars.left() + bars.width() * (back if self.right_to_left else 1 - back)
            lean = bars.height() / 4
            gap = QPolygonF(
                [
                    QPointF(middle - _CUT / 2 + lean, bars.top() - 1),
                    QPointF(middle + _CUT / 2 + lean, bars.top() - 1),
                    QPointF(middle + _CUT / 2 - lean, bars.bottom() + 1),
                    QPointF(middle - _CUT / 2 - lean, bars.bottom() + 1),
                ]
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawPolygon(gap)

    def _paint_range(self, painter: QPainter, place: int, row: BarRow) -> None:
        """A thin line from the lowest to the highest that the estimate may be."""
        assert row.range is not None, "asked for with a range"
        box = self.span_box(place, Span(*row.range, Nature.ESTIMATED))
        y = box.center().y()
        painter.setPen(QPen(self.look.colour(Token.TEXT), 1.4))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        for x in (box.left(), box.right()):
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))

    def _paint_links(self, painter: QPainter) -> None:
        """What is left after a step leads on to the next one."""
        painter.setPen(QPen(self.look.colour(Token.CONTROL_LINE), 1, Qt.PenStyle.DotLine))
        for place, row in enumerate(self.data.rows[:-1]):
            if row.after is None or self.scale.is_cut(row.after):
                continue
            here, below = self.bars(place), self.bars(place + 1)
            x = here.left() + self.scale.part(row.after) * here.width()
            if self.right_to_left:
                x = self.row(place).right() - (x - self.row(place).left())
            x = round(x) + 0.5
            painter.drawLine(QPointF(x, here.bottom()), QPointF(x, below.top()))
