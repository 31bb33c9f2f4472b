"""Bars over points in time, drawn the same way on the screen and on paper.

The axis begins at zero, or below it where more was taken back than earned. Money does not mirror: time runs
from left to right in every language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from artist_console.ui.charts.hatching import fill_part, rounded
from artist_console.ui.charts.look import Look, series_colour
from artist_console.ui.charts.values import ChartData, axis_steps
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.painting import draw_words, mixed, text_width

_TOP = 26
_ABOVE, _BESIDE = 5, 4  # room around the figure of the marked bar
# How far unmarked bars go towards the surface: every mark keeps 3:1.
UNMARKED = 0.22
UNMARKED_SINGLE = 0.32


@dataclass(frozen=True, slots=True)
class BarsDrawing:
    """Bars in a box of a size; one of them is marked with its value, or none (-1)."""

    look: Look
    data: ChartData
    size: QSizeF
    marked: int = -1
    steps: tuple[Decimal, ...] = field(init=False)
    _ends: tuple[Decimal, Decimal] = field(init=False)

    def __post_init__(self) -> None:
        lowest = self.data.lowest()
        steps = axis_steps(self.data.highest(), lowest)
        object.__setattr__(self, "steps", steps)
        object.__setattr__(self, "_ends", (min(steps[0], lowest), max(steps[-1], -lowest / 10)))

    # Where things are

    def plot(self) -> QRectF:
        font = self.look.font(TextRole.CAPTION, tabular=True)
        axis = max((text_width(font, self._axis_words(step)) for step in self.steps), default=0) + 10
        bottom = self.look.px(24)
        wide, high = self.size.width(), self.size.height()
        return QRectF(axis, _TOP, max(10.0, wide - axis - 2), max(10.0, high - _TOP - bottom))

    def slot(self, point: int) -> QRectF:
        plot = self.plot()
        width = plot.width() / max(1, self.data.count)
        return QRectF(plot.x() + point * width, plot.y(), width, plot.height())

    def bar(self, point: int) -> QRectF:
        slot = self.slot(point)
        width = max(4.0, min(34.0, slot.width() * 0.62))
        return QRectF(slot.center().x() - width / 2, slot.y(), width, slot.height())

    def y(self, amount: Decimal) -> float:
        """The only place where an amount becomes a number of pixels."""
        plot, (low, high) = self.plot(), self._ends
        return plot.bottom() - float((amount - low) / (high - low)) * plot.height()

    def point_at(self, place: QPointF) -> int:
        """The point whose slot is under a place; -1 for none."""
        for point in range(self.data.count):
            slot = self.slot(point)
            if slot.x() <= place.x() < slot.right():
                return point
        return -1

    def bar_box(self, point: int) -> QRectF:
        """Where the bar of a point stands, all its parts together."""
        bar = self.bar(point)
        values = [one.values[point] or Decimal(0) for one in self.data.series]
        top = self.y(sum((value for value in values if value > 0), Decimal(0)))
        bottom = self.y(sum((value for value in values if value < 0), Decimal(0)))
        # A bar without height is still a place on the axis.
        return QRectF(bar.x(), top, bar.width(), max(0.01, bottom - top))

    def value_place(self) -> QRectF:
        """Where the figure of the marked bar stands: above every bar that it reaches over."""
        plot = self.plot()
        words = self.data.money(self.data.total(self.marked))
        width = text_width(self.look.font(TextRole.SMALL, 600, tabular=True), words)
        bar = self.bar(self.marked)
        left = min(max(bar.center().x() - width / 2, plot.x()), plot.right() - width)
        height = self.look.px(16)
        over = QRectF(left - _BESIDE, plot.y(), width + 2 * _BESIDE, plot.height())
        tops = [box.top() for box in map(self.bar_box, range(self.data.count)) if box.intersects(over)]
        return QRectF(left, min(tops, default=plot.bottom()) - height - _ABOVE, width + 1, height)

    def _axis_words(self, amount: Decimal) -> str:
        return (self.data.axis or self.data.money)(amount)

    # Drawing

    def paint(self, painter: QPainter) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._paint_axis(painter)
        for point in range(self.data.count):
            self._paint_bar(painter, point)
        self._paint_value(painter)

    def _paint_axis(self, painter: QPainter) -> None:
        look, plot = self.look, self.plot()
        font = look.font(TextRole.CAPTION, tabular=True)
        for step in self.steps:
            y = round(self.y(step)) + 0.5
            painter.setPen(look.pen(Token.CONTROL_LINE if step == 0 else Token.LINE))
            painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
            place = QRectF(0, y - 10, plot.x() - 10, 20)
            words = self._axis_words(step)
            draw_words(painter, place, words, font, look.colour(Token.TEXT_2), Qt.AlignmentFlag.AlignRight)
        every = self._labels_every(font_width=text_width(look.font(TextRole.CAPTION, 600), "MMM") + 8)
        written = self.labelled(every)
        for point, words in enumerate(self.data.labels):
            if point not in written:
                continue
            slot = self.slot(point)
            marked = point == self.marked
            place = QRectF(slot.center().x() - 40, plot.bottom() + 4, 80, look.px(18))
            ink = look.colour(Token.TEXT if marked else Token.TEXT_2)
            caption = look.font(TextRole.CAPTION, 600 if marked else 500)
            draw_words(painter, place, words, caption, ink, Qt.AlignmentFlag.AlignHCenter)

    def labelled(self, every: int) -> frozenset[int]:
        """Points whose label is written, `every` or more apart: the last, landmarks, then the rest back."""
        last = self.data.count - 1
        written = {last}
        for point in (*sorted(self.data.landmarks, reverse=True), *range(last, -1, -every)):
            if all(abs(point - other) >= every for other in written):
                written.add(point)
        return frozenset(written)

    def _labels_every(self, font_width: float) -> int:
        widest = max(
            (text_width(self.look.font(TextRole.CAPTION, 600), words) + 8 for words in self.data.labels),
            default=font_width,
        )
        slot = self.plot().width() / max(1, self.data.count)
        return max(1, -(-int(widest) // max(1, int(slot))))

    def _paint_bar(self, painter: QPainter, point: int) -> None:
        look, bar = self.look, self.bar(point)
        surface = look.colour(Token.SURFACE)
        fade = UNMARKED_SINGLE if len(self.data.series) == 1 else UNMARKED
        parts = [(i, one) for i, one in enumerate(self.data.series) if one.values[point]]
        above = [place for place, one in parts if (one.values[point] or 0) > 0]
        up, down = Decimal(0), Decimal(0)
        for place, one in parts:
            value = one.values[point] or Decimal(0)
            if value > 0:
                bottom, up = up, up + value
                top = up
            else:
                top, down = down, down + value
                bottom = down
            box = QRectF(bar.x(), self.y(top), bar.width(), self.y(bottom) - self.y(top))
            is_top = bool(above) and place == above[-1]
            if not is_top and box.height() > 2:
                box.setTop(box.top() + 1)  # a line of the surface between two parts
            colour = series_colour(look, place, one.key)
            if self.marked >= 0 and point != self.marked and not look.is_high_contrast:
                colour = mixed(colour, surface, fade)
            fill_part(painter, look, rounded(box, top=3.0 if is_top else 0.0), colour, one.nature)

    def _paint_value(self, painter: QPainter) -> None:
        if self.marked < 0:
            return
        look = self.look
        words = self.data.money(self.data.total(self.marked))
        font = look.font(TextRole.SMALL, 600, tabular=True)
        place = self.value_place()
        # The grid line stops around the figure.
        painter.fillRect(place.adjusted(-_BESIDE, 0, _BESIDE, 0), look.colour(Token.SURFACE))
        draw_words(painter, place, words, font, look.colour(Token.TEXT))
        top = self.bar_box(self.marked).top()
        if top - place.bottom() > 2 * _ABOVE:
            # A higher neighbour lifted the figure: a line leads back to its own bar.
            middle = round(self.bar(self.marked).center().x()) + 0.5
            painter.setPen(look.pen(Token.CONTROL_LINE))
            painter.drawLine(QPointF(middle, place.bottom() + 1), QPointF(middle, top - 3))
