"""Cards and what stands on them: a figure, a result, a row that leads somewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, label, set_tooltip, visible_line
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.chips import Chip, ChipValue, chip_width, paint_chip
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.painting import (
    draw_words,
    fill_round,
    focus_ring,
    mirrored,
    painter_for,
    shows_focus,
    text_width,
)
from artist_console.ui.widgets.press import PressButton
from artist_console.ui.widgets.sections import SectionHeading

PADDING = 18


class Card(QFrame):
    """A box with a line around it and, where it has one, a title."""

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        action: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        strong: bool = False,
        padding: int = PADDING,
    ) -> None:
        """`strong` draws the line of a control: for a bar that acts on what is chosen."""
        super().__init__(parent)
        self._theme = theme
        self._strong = strong
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding - 2, padding, padding)
        self.body.setSpacing(12)
        self.heading: SectionHeading | None = None
        if title or action is not None:
            self.heading = SectionHeading(theme, title, action)
            self.body.addWidget(self.heading)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def add(self, part: QWidget, stretch: int = 0) -> None:
        self.body.addWidget(part, stretch)

    def set_title(self, words: str) -> None:
        if self.heading is not None:
            self.heading.show_words(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        line = self._theme.colour(Token.CONTROL_LINE if self._strong else Token.LINE)
        fill = self._theme.colour(Token.SURFACE)
        rect = QRectF(self.rect())
        fill_round(painter, rect, self._theme.radius("card"), fill, line, self._theme.border())


_FIGURES = (TextRole.METRIC, TextRole.TITLE, TextRole.SECTION)


class MetricCard(Card):
    """One figure with what it is, and a line about it."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._title = label(title, TextRole.BODY, Token.TEXT_2)
        self._figure = elided("", TextRole.METRIC)
        self._chip = Chip(theme)
        self._detail = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self.body.setSpacing(3)
        self.body.addWidget(self._title)
        self.body.addWidget(self._figure)
        self.body.addSpacing(5)
        line = row(self._chip, self._detail, gap=9)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addStretch(1)
        self.show_figure("")

    def show_figure(self, words: str, detail: str = "", chip: ChipValue | None = None) -> None:
        self._figure.setText(words)
        self._fit_figure()
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._chip.setVisible(chip is not None)
        if chip is not None:
            self._chip.show_value(chip)
        spoken = ". ".join(part for part in (self._title.text(), words, detail) if part)
        self.setAccessibleName(spoken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_figure()

    def _fit_figure(self) -> None:
        """A figure is written smaller before any of it is left out."""
        room = self.width() - 2 * self.body.contentsMargins().left()
        words = self._figure.text()
        role = next((r for r in _FIGURES if text_width(self._theme.font(r, 600), words) < room), _FIGURES[-1])
        if self._figure.property("role") != role.value:
            self._figure.setProperty("role", role.value)
            self._figure.style().unpolish(self._figure)
            self._figure.style().polish(self._figure)


class Banner(QFrame):
    """One result over the whole width: icon, sentence, and what it means."""

    def __init__(
        self,
        theme: Theme,
        tint: Tint = Tint.INFO,
        icon: Icon = Icon.SHIELD,
        title: str = "",
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tint = tint
        self._icon = icon
        self._title = label(title, TextRole.SECTION, tint, wrap=True)
        self._detail = label(detail, TextRole.BODY, tint, wrap=True)
        self._mark = IconMark(theme, icon, tint, 26)
        line = row(self._mark, gap=16, margins=(20, 13, 20, 14))
        line.addLayout(column(self._title, self._detail, gap=2), 1)
        self.setLayout(line)
        theme.changed.connect(self._recolour)
        self.show_result(tint, icon, title, detail)

    def show_result(self, tint: Tint, icon: Icon, title: str, detail: str = "") -> None:
        self._tint, self._icon = tint, icon
        self._title.setText(title)
        self._detail.show_words(detail)
        self.setAccessibleName(". ".join(part for part in (title.rstrip("."), detail) if part))
        self._recolour()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        colours = theme.tint(self._tint)
        contrast = theme.is_high_contrast
        fill = theme.colour(Token.SURFACE) if contrast else colours.back
        fill_round(painter, rect, theme.radius("card"), fill, colours.solid if contrast else None, 2)

    def _recolour(self) -> None:
        self._mark.show_icon(self._icon, self._tint)
        for part in (self._title, self._detail):
            part.set_tone(self._tint)
        self.update()


class ListRow(PressButton):
    """Icon in a tinted square, a name, a quieter line, and where it leads."""

    opened = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        tint: Tint,
        title: str,
        detail: str = "",
        parent: QWidget | None = None,
        *,
        chevron: bool = True,
        end: str = "",
        chip: ChipValue | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._chip = chip
        self._tint = tint
        self._title = visible_line(title)
        self._detail = visible_line(detail)
        self._chevron = chevron
        self._end = end
        self._new = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = (self._title, self._detail, chip.shown if chip is not None else "", end)
        self.setAccessibleName(". ".join(part for part in said if part))
        if chevron:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self.opened)
        theme.changed.connect(self.updateGeometry)

    def set_new(self, is_new: bool) -> None:
        """Mark it until it was seen."""
        self._new = is_new
        self.update()

    def sizeHint(self) -> QSize:
        words = max(
            text_width(self._theme.font(TextRole.BODY, 600), self._title),
            text_width(self._theme.font(TextRole.SMALL), self._detail),
        )
        beside = chip_width(self._theme, self._chip) + 12 if self._chip is not None else 0
        return QSize(round(words) + 90 + beside, self._theme.px(50))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        painter = painter_for(self)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        if self._chevron and self.underMouse():
            fill_round(painter, rect, theme.radius("field"), theme.colour(Token.HOVER))
        if shows_focus(self):
            focus_ring(painter, theme, rect, theme.radius("field"))
        colours = theme.tint(self._tint)
        size = theme.px(32)
        square = mirrored(QRectF(4, (rect.height() - size) / 2, size, size), rect, mirrors)
        fill_round(painter, square, theme.radius("field") - 1, colours.back)
        inset = size * 0.27
        icon = square.adjusted(inset, inset, -inset, -inset)
        theme.icons.paint(painter, icon, self._icon, colours.on_back, right_to_left=mirrors, heavy=True)
        left, right = 4.0 + size + 12, rect.width() - 6
        if self._chevron:
            arrow = QRectF(right - 20, rect.center().y() - 8, 16, 16)
            theme.icons.paint(
                painter,
                mirrored(arrow, rect, mirrors),
                Icon.CHEVRON_RIGHT,
                theme.colour(Token.TEXT_2),
                right_to_left=mirrors,
            )
            right -= 28
        if self._end:
            font = theme.font(TextRole.SMALL, tabular=True)
            width = text_width(font, self._end)
            place = mirrored(QRectF(right - width, 0, width + 1, rect.height()), rect, mirrors)
            draw_words(painter, place, self._end, font, theme.colour(Token.TEXT_2), alignment)
            right -= width + 10
        if self._chip is not None:
            width = min(chip_width(theme, self._chip), (right - left) / 2)
            room = QRectF(right - width, 0, width, rect.height())
            paint_chip(painter, theme, mirrored(room, rect, mirrors), self._chip, right_to_left=mirrors)
            right -= width + 12
        if self._new:
            dot = mirrored(QRectF(right - 8, rect.center().y() - 3.5, 7, 7), rect, mirrors)
            fill_round(painter, dot, 3.5, theme.colour(Token.ACCENT))
            right -= 16
        half = theme.px(17)
        top = rect.center().y() - (half if self._detail else half / 2)
        first = mirrored(QRectF(left, top, right - left, half), rect, mirrors)
        font = theme.font(TextRole.BODY, 600 if self._new else 500)
        whole = draw_words(painter, first, self._title, font, theme.colour(Token.TEXT), alignment)
        if self._detail:
            second = mirrored(QRectF(left, rect.center().y() + 1, right - left, half), rect, mirrors)
            small = theme.font(TextRole.SMALL)
            whole &= draw_words(painter, second, self._detail, small, theme.colour(Token.TEXT_2), alignment)
        if not whole and not self.toolTip():
            set_tooltip(self, "\n".join(part for part in (self._title, self._detail) if part))
