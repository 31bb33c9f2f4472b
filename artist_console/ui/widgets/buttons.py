"""Buttons, boxes to tick and choices: painted from the tokens, spoken and pressed as Qt's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QRadioButton, QSizePolicy, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import set_tooltip
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.painting import (
    RING,
    draw_words,
    fill_round,
    focus_ring,
    mirrored,
    painter_for,
    shows_focus,
    text_width,
)
from artist_console.ui.widgets.press import ENTER, PressButton

_ICON = 16
_GAP = 8
_STRONG = 600
_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ON = (Qt.Key.Key_Down, Qt.Key.Key_Right)
_MEDIUM = 500


class ButtonKind(Enum):
    """At most one PRIMARY per view. DANGER is for what loses data; its words say what is lost."""

    PRIMARY = auto()
    SECONDARY = auto()
    QUIET = auto()
    DANGER = auto()


class Button(PressButton):
    """A button with words, and an icon where it helps."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(words)
        theme.changed.connect(self._measure)

    def set_words(self, words: str) -> None:
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self._measure()

    def set_icon(self, icon: Icon | None) -> None:
        self._icon = icon
        self._measure()

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self._measure()

    @property
    def words(self) -> str:
        return self.text().replace("&&", "&")

    def sizeHint(self) -> QSize:
        width = text_width(self._font(), self.words) + 2 * self._padding
        if self._icon is not None:
            width += self._theme.px(_ICON) + (_GAP if self.words else 0)
        if self.menu() is not None:
            width += self._theme.px(_ICON) + 4
        return QSize(round(width + 1), self._theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._theme.height("control") + 24), hint.height())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        rect = QRectF(self.rect())
        fill, line, ink = self._colours()
        radius = self._theme.radius("button")
        if shows_focus(self) and self._kind in (ButtonKind.PRIMARY, ButtonKind.DANGER):
            # A ring in the colour of the button needs a gap to be seen.
            gap = RING + 2
            fill_round(painter, rect.adjusted(gap, gap, -gap, -gap), radius - 2, fill)
        else:
            fill_round(painter, rect, radius, fill, line, self._theme.border())
        if shows_focus(self):
            focus_ring(painter, self._theme, rect, radius + 1)
        self._paint_content(painter, rect, ink)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size = self._theme.px(_ICON)
        padding = min(self._padding, max(4.0, (rect.width() - size) / 2)) if not self.words else self._padding
        left, right = rect.left() + padding, rect.right() - padding
        icon_ink = ink if self._kind is not ButtonKind.SECONDARY or not self.isEnabled() else self._soft_ink()
        if self.menu() is not None:
            box = mirrored(QRectF(right - size + 4, 0, size, rect.height()), rect, mirrors)
            self._theme.icons.paint(painter, box, Icon.CHEVRON_DOWN, icon_ink)
            right -= size + 4
        words = text_width(self._font(), self.words)
        content = words + (size + (_GAP if words else 0) if self._icon is not None else 0)
        left += max(0.0, (right - left - content) / 2)
        if self._icon is not None:
            box = mirrored(QRectF(left, (rect.height() - size) / 2, size, size), rect, mirrors)
            self._theme.icons.paint(painter, box, self._icon, icon_ink, right_to_left=mirrors)
            left += size + _GAP
        if self.words:
            place = mirrored(QRectF(left, 0, right - left + 1, rect.height()), rect, mirrors)
            alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
            whole = draw_words(painter, place, self.words, self._font(), ink, alignment)
            if not whole and not self.toolTip():
                set_tooltip(self, self.words)

    @property
    def _padding(self) -> float:
        return 10.0 if self._kind is ButtonKind.QUIET else 13.0

    def _soft_ink(self) -> QColor:
        return self._theme.colour(Token.TEXT_2)

    def _font(self) -> QFont:
        weight = _MEDIUM if self._kind is ButtonKind.QUIET else _STRONG
        return self._theme.font(TextRole.BODY, weight)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, line and words for the state that the button is in."""
        theme = self._theme
        over = self.underMouse() and self.isEnabled()
        pressed = self.isDown() or self.isChecked()
        if not self.isEnabled():
            quiet = self._kind is ButtonKind.QUIET
            fill = None if quiet else theme.colour(Token.SUNKEN)
            return fill, None if quiet else theme.colour(Token.LINE), theme.colour(Token.DISABLED)
        match self._kind:
            case ButtonKind.PRIMARY:
                fill = theme.colour(Token.ACCENT_HOVER if over or pressed else Token.ACCENT)
                return fill, None, theme.colour(Token.ON_ACCENT)
            case ButtonKind.DANGER:
                deny = theme.tint(Tint.DENY)
                return theme.colour(Token.HOVER if over else Token.SURFACE), deny.solid, deny.text
            case ButtonKind.SECONDARY:
                fill = theme.colour(Token.HOVER if over or pressed else Token.SURFACE)
                return fill, theme.colour(Token.CONTROL_LINE), theme.colour(Token.TEXT)
            case ButtonKind.QUIET:
                fill = theme.colour(Token.HOVER) if over or pressed else None
                return fill, None, theme.colour(Token.TEXT_2)

    def _measure(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(Button):
    """A square button with an icon alone; its name is its tooltip and what is spoken."""

    def __init__(self, theme: Theme, icon: Icon, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", ButtonKind.QUIET, icon, parent)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def sizeHint(self) -> QSize:
        side = self._theme.height("control")
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class LinkButton(Button):
    """Words in the accent colour that lead somewhere."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, words, ButtonKind.QUIET, None, parent)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.height("smallest"))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    @property
    def _padding(self) -> float:
        return 3.0

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        ink = self._theme.colour(Token.ACCENT_TEXT if self.isEnabled() else Token.DISABLED)
        return None, None, ink

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        super()._paint_content(painter, rect, ink)
        if self.isEnabled() and (self.underMouse() or self._theme.is_high_contrast):
            painter.setPen(ink)
            baseline = rect.center().y() + self.fontMetrics().ascent() / 2 + 1.5
            width = min(text_width(self._font(), self.words), rect.width() - 2 * self._padding)
            left = (rect.width() - width) / 2
            painter.drawLine(round(left), round(baseline), round(left + width), round(baseline))


def paint_tick(
    painter: QPainter, theme: Theme, rect: QRectF, state: Qt.CheckState, *, enabled: bool = True
) -> None:
    """A box to tick, as widget and as table cell."""
    # Stronger than other controls: it stands on selected rows, too.
    line = theme.colour(Token.TEXT_3 if enabled else Token.DISABLED)
    if state is Qt.CheckState.Unchecked:
        fill_round(painter, rect, theme.radius("box"), theme.colour(Token.SURFACE), line, 1.4)
        return
    fill_round(painter, rect, theme.radius("box"), theme.colour(Token.ACCENT if enabled else Token.DISABLED))
    icon = Icon.CHECK if state is Qt.CheckState.Checked else Icon.MINUS
    theme.icons.paint(painter, rect.adjusted(1, 1, -1, -1), icon, theme.colour(Token.ON_ACCENT), heavy=True)


class CheckBox(QCheckBox):
    """A box to tick with its words."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._theme = theme
        self.setAccessibleName(words)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = self.text().replace("&&", "&")
        width = self._theme.px(_ICON) + 4 + (_GAP + text_width(self._theme.font(), words) + 5 if words else 4)
        return QSize(round(width), max(24, self._theme.height("smallest")))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(48, self.sizeHint().width()), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        _paint_choice(painter, self, self._theme, self._paint_mark)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        paint_tick(painter, self._theme, box, self.checkState(), enabled=self.isEnabled())


class RadioButton(QRadioButton):
    """One of several; none is chosen before the person chooses. `one_of` says which belong together."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._theme = theme
        self._choices: tuple[RadioButton, ...] = ()
        self.setAccessibleName(words)
        self.toggled.connect(self._let_go)
        theme.changed.connect(self.updateGeometry)

    def belongs_to(self, choices: Sequence[RadioButton]) -> None:
        self._choices = tuple(choices)

    def _let_go(self, chosen: bool) -> None:
        for other in self._choices if chosen else ():
            if other is not self:
                other.setChecked(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt leaves siblings one stop of Tab, the last one that had the keyboard. Here nothing is chosen at
        # first, so each has to be within reach.
        for choice in self._choices:
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose; arrows move, and take the choice along once there is one."""
        key = event.key()
        if key in ENTER:
            self.click()
            event.accept()
            return
        if key in (*_BACK, *_ON) and self in self._choices:
            mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            on = key in _ON
            if mirrors and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                on = not on
            at = self._choices.index(self) + (1 if on else -1)
            target = self._choices[at % len(self._choices)]
            reason = Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason
            target.setFocus(reason)
            if self.isChecked():
                target.setChecked(True)
            event.accept()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        words = self.text().replace("&&", "&")
        width = self._theme.px(_ICON) + 4 + (_GAP + text_width(self._theme.font(), words) + 5 if words else 4)
        return QSize(round(width), max(24, self._theme.height("smallest")))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(48, self.sizeHint().width()), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        _paint_choice(painter, self, self._theme, self._paint_mark)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        chosen = self.isChecked()
        token = Token.DISABLED if not self.isEnabled() else Token.ACCENT if chosen else Token.CONTROL_LINE
        line = theme.colour(token)
        fill_round(painter, box, box.width() / 2, theme.colour(Token.SURFACE), line, 1.6 if chosen else 1.4)
        if chosen:
            dot = box.adjusted(4, 4, -4, -4)
            fill_round(painter, dot, dot.width() / 2, line)


def one_of(*choices: RadioButton) -> None:
    """Of these at most one is chosen; each can be reached by Tab, and by arrows from any other."""
    for choice in choices:
        choice.belongs_to(choices)


def _paint_choice(
    painter: QPainter,
    button: QCheckBox | QRadioButton,
    theme: Theme,
    paint_mark: Callable[[QPainter, QRectF], None],
) -> None:
    rect = QRectF(button.rect())
    mirrors = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    size = theme.px(_ICON)
    box = mirrored(QRectF(3, (rect.height() - size) / 2, size, size), rect, mirrors)
    paint_mark(painter, box)
    words = button.text().replace("&&", "&")
    if words:
        left = 3 + size + _GAP
        place = mirrored(QRectF(left, 0, rect.width() - left, rect.height()), rect, mirrors)
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        ink = theme.colour(Token.TEXT if button.isEnabled() else Token.DISABLED)
        draw_words(painter, place, words, theme.font(), ink, alignment)
    if shows_focus(button):
        around = rect if words else box.adjusted(-3, -3, 3, 3)
        focus_ring(painter, theme, around, theme.radius("button"))


class Select(QComboBox):
    """A choice among few; Qt's own list, our field."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        longest = max(
            (text_width(self._theme.font(), self.itemText(i)) for i in range(self.count())), default=40
        )
        return QSize(round(longest + 20 + self._theme.px(_ICON) + 12), self._theme.height("control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(72, self._theme.height("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        radius = theme.radius("button")
        fill = theme.colour(Token.SURFACE if self.isEnabled() else Token.SUNKEN)
        fill_round(painter, rect, radius, fill, theme.colour(Token.CONTROL_LINE), theme.border())
        if shows_focus(self):
            focus_ring(painter, theme, rect, radius)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        size = theme.px(_ICON)
        ink = theme.colour(Token.TEXT if self.isEnabled() else Token.DISABLED)
        arrow = mirrored(QRectF(rect.right() - size - 8, 0, size, rect.height()), rect, mirrors)
        theme.icons.paint(painter, arrow, Icon.CHEVRON_DOWN, ink)
        place = mirrored(QRectF(11, 0, rect.width() - size - 24, rect.height()), rect, mirrors)
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        draw_words(painter, place, self.currentText(), theme.font(), ink, alignment)
