"""Stacked bars by month, and small ones for the details: painted, spoken, and walked by the arrow keys.

The axis begins at zero and money does not mirror: time runs from left to right in every language.
"""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from artist_console.ui.charts.values import OTHER, ChartData, Nature, axis_steps, spoken_point, with_other
from artist_console.ui.text import plain_tooltip, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import CHART_TOKENS, TextRole, Token
from artist_console.ui.widgets.painting import (
    draw_words,
    focus_ring,
    mixed,
    painter_for,
    shows_focus,
    text_width,
)

_TOP = 26
_ABOVE, _BESIDE = 5, 4  # room around the figure of the marked bar
# How far unmarked bars go towards the surface: every mark keeps 3:1.
UNMARKED = 0.22
UNMARKED_SINGLE = 0.32


def series_colour(theme: Theme, place: int, key: str) -> QColor:
    """The colour of a series by its place; "Other" has the last."""
    return theme.colour(CHART_TOKENS[-1] if key == OTHER else CHART_TOKENS[place % len(CHART_TOKENS)])


class BarChart(QWidget):
    """Bars over points in time, one of them marked with its value."""

    marked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._data = ChartData((), (), (), str)
        self._steps: tuple[Decimal, ...] = (Decimal(0), Decimal(1))
        self._marked = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def data(self) -> ChartData:
        return self._data

    @property
    def marked_point(self) -> int:
        return self._marked

    def show_data(self, data: ChartData) -> None:
        """Show other figures; the last point with a figure is marked."""
        self._data = with_other(data)
        highest = max((self._data.total(point) for point in range(data.count)), default=Decimal(0))
        self._steps = axis_steps(highest)
        known = [p for p in range(data.count) if any(one.values[p] is not None for one in self._data.series)]
        self._marked = known[-1] if known else -1
        self.setAccessibleName(data.summary or say("chart", "Chart"))
        self._describe()
        self.update()

    def mark(self, point: int) -> None:
        """Mark another bar and say it."""
        if point == self._marked or not 0 <= point < self._data.count:
            return
        self._marked = point
        self._describe()
        spoken = spoken_point(self._data, point)
        event = QAccessibleAnnouncementEvent(self, spoken)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
        self.marked.emit(point)
        self.update()

    def _describe(self) -> None:
        words = spoken_point(self._data, self._marked) if self._marked >= 0 else ""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # Geometry

    def sizeHint(self) -> QSize:
        return QSize(520, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 140)

    def _plot(self) -> QRectF:
        theme = self._theme
        font = theme.font(TextRole.CAPTION, tabular=True)
        axis = max((text_width(font, self._axis_words(step)) for step in self._steps), default=0) + 10
        bottom = theme.px(24)
        return QRectF(
            axis, _TOP, max(10.0, self.width() - axis - 2), max(10.0, self.height() - _TOP - bottom)
        )

    def _slot(self, point: int) -> QRectF:
        plot = self._plot()
        width = plot.width() / max(1, self._data.count)
        return QRectF(plot.x() + point * width, plot.y(), width, plot.height())

    def _bar(self, point: int) -> QRectF:
        slot = self._slot(point)
        width = max(4.0, min(34.0, slot.width() * 0.62))
        return QRectF(slot.center().x() - width / 2, slot.y(), width, slot.height())

    def _y(self, amount: Decimal) -> float:
        """The only place where an amount becomes a number of pixels."""
        plot = self._plot()
        return plot.bottom() - float(amount / self._steps[-1]) * plot.height()

    def point_at(self, place: QPointF) -> int:
        """The point whose slot is under a place; -1 for none."""
        for point in range(self._data.count):
            slot = self._slot(point)
            if slot.x() <= place.x() < slot.right():
                return point
        return -1

    def _axis_words(self, amount: Decimal) -> str:
        return (self._data.axis or self._data.money)(amount)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.paint_chart(painter)
        if shows_focus(self):
            focus_ring(painter, self._theme, QRectF(self.rect()), self._theme.radius("button"))

    def paint_chart(self, painter: QPainter) -> None:
        """Paint everything but the focus; reports print with it, too."""
        self._paint_axis(painter)
        for point in range(self._data.count):
            self._paint_bar(painter, point)
        self._paint_value(painter)

    def _paint_axis(self, painter: QPainter) -> None:
        theme, plot = self._theme, self._plot()
        font = theme.font(TextRole.CAPTION, tabular=True)
        for step in self._steps:
            y = round(self._y(step)) + 0.5
            token = Token.CONTROL_LINE if step == 0 else Token.LINE
            painter.setPen(theme.pen(token))
            painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
            place = QRectF(0, y - 10, plot.x() - 10, 20)
            words = self._axis_words(step)
            draw_words(painter, place, words, font, theme.colour(Token.TEXT_2), Qt.AlignmentFlag.AlignRight)
        every = self._labels_every(font_width=text_width(theme.font(TextRole.CAPTION, 600), "MMM") + 8)
        last = self._data.count - 1
        for point, words in enumerate(self._data.labels):
            if (last - point) % every:
                continue
            slot = self._slot(point)
            marked = point == self._marked
            place = QRectF(slot.center().x() - 40, plot.bottom() + 4, 80, theme.px(18))
            ink = theme.colour(Token.TEXT if marked else Token.TEXT_2)
            caption = theme.font(TextRole.CAPTION, 600 if marked else 500)
            draw_words(painter, place, words, caption, ink, Qt.AlignmentFlag.AlignHCenter)

    def _labels_every(self, font_width: float) -> int:
        widest = max(
            (text_width(self._theme.font(TextRole.CAPTION, 600), words) + 8 for words in self._data.labels),
            default=font_width,
        )
        slot = self._plot().width() / max(1, self._data.count)
        return max(1, -(-int(widest) // max(1, int(slot))))

    def _paint_bar(self, painter: QPainter, point: int) -> None:
        theme, bar = self._theme, self._bar(point)
        marked = point == self._marked
        bottom = Decimal(0)
        parts = [(i, one) for i, one in enumerate(self._data.series) if one.values[point]]
        surface = theme.colour(Token.SURFACE)
        fade = UNMARKED_SINGLE if len(self._data.series) == 1 else UNMARKED
        for order, (place, one) in enumerate(parts):
            value = one.values[point] or Decimal(0)
            top = bottom + value
            box = QRectF(bar.x(), self._y(top), bar.width(), self._y(bottom) - self._y(top))
            bottom = top
            is_top = order == len(parts) - 1
            if not is_top and box.height() > 2:
                box.setTop(box.top() + 1)  # a line of the surface between two parts
            colour = series_colour(theme, place, one.key)
            if not marked and not theme.is_high_contrast:
                colour = mixed(colour, surface, fade)
            path = _top_rounded(box, 3.0 if is_top else 0.0)
            if one.nature is Nature.ESTIMATED:
                painter.fillPath(path, mixed(colour, surface, 0.72))
                painter.fillPath(path, QBrush(colour, Qt.BrushStyle.BDiagPattern))
                painter.setPen(QPen(colour, 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_top_rounded(box.adjusted(0.6, 0.6, -0.6, -0.6), 2.6 if is_top else 0.0))
            else:
                painter.fillPath(path, colour)

    def _paint_value(self, painter: QPainter) -> None:
        if self._marked < 0:
            return
        theme = self._theme
        words = self._data.money(self._data.total(self._marked))
        font = theme.font(TextRole.SMALL, 600, tabular=True)
        place = self.value_place()
        # The grid line stops around the figure.
        painter.fillRect(place.adjusted(-_BESIDE, 0, _BESIDE, 0), theme.colour(Token.SURFACE))
        draw_words(painter, place, words, font, theme.colour(Token.TEXT))
        top = self.bar_box(self._marked).top()
        if top - place.bottom() > 2 * _ABOVE:
            # A higher neighbour lifted the figure: a line leads back to its own bar.
            middle = round(self._bar(self._marked).center().x()) + 0.5
            painter.setPen(theme.pen(Token.CONTROL_LINE))
            painter.drawLine(QPointF(middle, place.bottom() + 1), QPointF(middle, top - 3))

    def value_place(self) -> QRectF:
        """Where the figure of the marked bar stands: above every bar that it reaches over."""
        theme, plot = self._theme, self._plot()
        words = self._data.money(self._data.total(self._marked))
        width = text_width(theme.font(TextRole.SMALL, 600, tabular=True), words)
        bar = self._bar(self._marked)
        left = min(max(bar.center().x() - width / 2, plot.x()), plot.right() - width)
        height = theme.px(16)
        over = QRectF(left - _BESIDE, plot.y(), width + 2 * _BESIDE, plot.height())
        tops = [box.top() for box in map(self.bar_box, range(self._data.count)) if box.intersects(over)]
        return QRectF(left, min(tops, default=plot.bottom()) - height - _ABOVE, width + 1, height)

    def bar_box(self, point: int) -> QRectF:
        """Where the bar of a point stands, all its parts together."""
        bar, top = self._bar(point), self._y(self._data.total(point))
        # A bar without height is still a place on the axis.
        return QRectF(bar.x(), top, bar.width(), max(0.01, self._plot().bottom() - top))

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right:
                self.mark(self._marked + 1)
            case Qt.Key.Key_Left:
                self.mark(self._marked - 1)
            case Qt.Key.Key_Home:
                self.mark(0)
            case Qt.Key.Key_End:
                self.mark(self._data.count - 1)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        if point >= 0:
            self.mark(point)
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            point = self.point_at(QPointF(event.pos()))
            words = spoken_point(self._data, point) if point >= 0 else ""
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)


class StackedBars(BarChart):
    """Months by programme, or by kind."""


class SmallBars(BarChart):
    """One series, for the details."""

    def sizeHint(self) -> QSize:
        return QSize(320, self._theme.px(156))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._theme.px(140))


def _top_rounded(box: QRectF, radius: float) -> QPainterPath:
    """A box whose two upper corners are round."""
    path = QPainterPath()
    radius = min(radius, box.width() / 2, max(0.0, box.height()))
    if radius <= 0:
        path.addRect(box)
        return path
    path.moveTo(box.bottomLeft())
    path.lineTo(box.left(), box.top() + radius)
    path.quadTo(box.topLeft(), QPointF(box.left() + radius, box.top()))
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + radius))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path
