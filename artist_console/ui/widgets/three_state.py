"""Refuse, follow, allow: the one control for an answer, always in this order.

It shows a value and emits a wish; the value changes when somebody sets it. The three parts are Qt's own
radio buttons underneath, so that assistive technology knows them; one of them has the keyboard, arrows move,
Enter or Space confirms, Esc goes back to the value. The small form is painted by delegates, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from artist_console.domain.registers import Stance
from artist_console.ui.icons import Icon
from artist_console.ui.text import say, set_tooltip
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
from artist_console.ui.widgets.stops import move_to, one_stop

ORDER = (Stance.REFUSE, Stance.CLEAR, Stance.ALLOW)

_ICON = 16
_GAP = 8
_PADDING = 8
_SEGMENT_LINE = 1.2


@dataclass(frozen=True, slots=True)
class _Look:
    icon: Icon
    tint: Tint


_LOOKS = {
    Stance.REFUSE: _Look(Icon.CROSS, Tint.REFUSE),
    Stance.CLEAR: _Look(Icon.FOLLOW, Tint.NEUTRAL),
    Stance.ALLOW: _Look(Icon.CHECK, Tint.ALLOW),
}


def stance_words(stance: Stance, follow_words: str = "") -> str:
    """What the part for a stance reads; the middle names what it follows, "Undecided" at the top level."""
    match stance:
        case Stance.REFUSE:
            return say("three-state", "Refuse")
        case Stance.CLEAR:
            return follow_words or say("three-state", "Undecided")
        case Stance.ALLOW:
            return say("three-state", "Allow")


def _icon_of(stance: Stance, follow_words: str) -> Icon:
    # At the top level there is nothing to follow.
    return Icon.QUESTION if stance is Stance.CLEAR and not follow_words else _LOOKS[stance].icon


def small_segment(theme: Theme, rect: QRectF, stance: Stance, *, right_to_left: bool) -> QRectF:
    """Where one third of the small control lies, for painting and for the pointer."""
    width = rect.width() / 3
    part = QRectF(rect.x() + ORDER.index(stance) * width, rect.y(), width, rect.height())
    return mirrored(part, rect, right_to_left)


def small_size(theme: Theme) -> QSize:
    """96 x 28 at 100 %."""
    return QSize(theme.px(theme.width("three_state_small")), theme.height("three_state_small"))


def paint_small(
    painter: QPainter,
    theme: Theme,
    rect: QRectF,
    value: Stance | None,
    *,
    follow_words: str = "",
    hover: Stance | None = None,
    enabled: bool = True,
    right_to_left: bool = False,
) -> None:
    """The control with icons alone, as it stands in a table row."""
    radius = theme.radius("field")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill_round(
        painter, rect, radius - 1, theme.colour(Token.SUNKEN), theme.colour(Token.LINE), theme.border()
    )
    for stance in ORDER:
        part = small_segment(theme, rect, stance, right_to_left=right_to_left)
        chosen = stance is value
        ink = theme.colour(Token.TEXT_2 if enabled else Token.DISABLED)
        if chosen:
            box = part.adjusted(2, 2.5, -2, -2.5)
            ink = _paint_chosen(painter, theme, box, stance, radius - 2, small=True)
        elif stance is hover and enabled:
            fill_round(painter, part.adjusted(2, 2.5, -2, -2.5), radius - 2, theme.colour(Token.HOVER))
            ink = theme.colour(Token.TEXT)
        size = theme.px(14)
        place = QRectF(part.center().x() - size / 2, part.center().y() - size / 2, size, size)
        icon = _icon_of(stance, follow_words)
        theme.icons.paint(painter, place, icon, ink, right_to_left=right_to_left, heavy=chosen)


def _paint_chosen(
    painter: QPainter, theme: Theme, box: QRectF, stance: Stance, radius: float, *, small: bool = False
) -> QColor:
    """Tint and line of the chosen part; gives the colour for its icon and words."""
    colours = theme.tint(_LOOKS[stance].tint)
    width = 2.0 if theme.is_high_contrast else _SEGMENT_LINE
    fill_round(painter, box, radius, colours.back, colours.solid, width)
    return colours.on_back


class _Part(QRadioButton):
    """One third. A press is a wish: it never checks itself."""

    pressed_for = Signal(object)
    moved = Signal(int)
    left_again = Signal()

    def __init__(self, theme: Theme, stance: Stance, small: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.stance = stance
        self._small = small
        self._follow_words = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._tell)

    def show_value(self, chosen: bool) -> None:
        # Exclusive is what makes it a choice for assistive technology; but none may be chosen, too.
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(True)

    def show_words(self, follow_words: str) -> None:
        self._follow_words = follow_words
        words = stance_words(self.stance, follow_words)
        self.setAccessibleName(words)
        set_tooltip(self, words if self._small else "")
        self.update()

    @property
    def words(self) -> str:
        return stance_words(self.stance, self._follow_words)

    def wanted_width(self) -> int:
        words = text_width(self._theme.font(TextRole.BODY, 600), self.words)
        return round(words + self._theme.px(_ICON) + _GAP + 2 * _PADDING + 6)

    def nextCheckState(self) -> None:
        """Checking is left to whoever records the answer."""

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), self._theme.height("three_state"))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        match event.key():
            case Qt.Key.Key_Right:
                self.moved.emit(-1 if mirrors else 1)
            case Qt.Key.Key_Left:
                self.moved.emit(1 if mirrors else -1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.click()
            case Qt.Key.Key_Escape:
                self.left_again.emit()
                event.ignore()
            case _:
                event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        radius = theme.radius("button")
        chosen = self.isChecked()
        enabled = self.isEnabled()
        ink = theme.colour(Token.TEXT_2 if enabled else Token.DISABLED)
        if chosen:
            ink = _paint_chosen(painter, theme, rect, self.stance, radius)
        elif enabled and self.underMouse():
            fill_round(painter, rect, radius, theme.colour(Token.HOVER))
            ink = theme.colour(Token.TEXT)
        if shows_focus(self):
            focus_ring(painter, theme, rect, radius)
        size = theme.px(14 if self._small else _ICON)
        icon = _icon_of(self.stance, self._follow_words)
        if self._small:
            place = QRectF(rect.center().x() - size / 2, rect.center().y() - size / 2, size, size)
            theme.icons.paint(painter, place, icon, ink, right_to_left=mirrors, heavy=chosen)
            return
        font = theme.font(TextRole.BODY, 600 if chosen else 500)
        words = min(text_width(font, self.words) + 1, rect.width() - size - _GAP - 2 * _PADDING + 8)
        left = max(_PADDING - 2.0, (rect.width() - words - size - _GAP) / 2)
        place = mirrored(QRectF(left, rect.center().y() - size / 2, size, size), rect, mirrors)
        theme.icons.paint(painter, place, icon, ink, right_to_left=mirrors, heavy=chosen)
        text = mirrored(QRectF(left + size + _GAP, 0, words, rect.height()), rect, mirrors)
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        draw_words(painter, text, self.words, font, ink, alignment)

    def _tell(self) -> None:
        self.pressed_for.emit(self.stance)


class ThreeStateControl(QWidget):
    """The control with words, which folds into three lines; or small, with icons alone."""

    chosen = Signal(object)  # Stance; a wish, nothing has changed yet

    def __init__(
        self, theme: Theme, follow_words: str = "", *, small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._small = small
        self._value: Stance | None = None
        self._follow_words = follow_words
        self._parts = {stance: _Part(theme, stance, small, self) for stance in ORDER}
        for part in self._parts.values():
            part.pressed_for.connect(self.chosen)
            part.moved.connect(self._move)
            part.left_again.connect(self._go_home)
        sideways = QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.Preferred
        self.setSizePolicy(sideways, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("three-state", "Decision"))
        theme.changed.connect(self._measure)
        self._show()

    @property
    def value(self) -> Stance | None:
        return self._value

    def set_value(self, value: Stance | None) -> None:
        """Show an answer; None is mixed or nothing decided."""
        self._value = value
        self._show()

    def set_follow_words(self, words: str) -> None:
        """What the middle follows ("Follow album"); empty at the top level."""
        self._follow_words = words
        self._show()

    def set_enabled_stances(self, *, refuse: bool = True, follow: bool = True, allow: bool = True) -> None:
        for stance, enabled in ((Stance.REFUSE, refuse), (Stance.CLEAR, follow), (Stance.ALLOW, allow)):
            self._parts[stance].setEnabled(enabled)

    def part(self, stance: Stance) -> QRadioButton:
        """The part for a stance, for tests and hints."""
        return self._parts[stance]

    def is_folded(self) -> bool:
        """Whether the three stand below each other because their words do not fit beside each other."""
        return not self._small and self.width() < self._wanted_width()

    # Size

    def sizeHint(self) -> QSize:
        if self._small:
            return small_size(self._theme)
        return QSize(self._wanted_width(), self._theme.height("three_state"))

    def minimumSizeHint(self) -> QSize:
        if self._small:
            return small_size(self._theme)
        widest = max(part.wanted_width() for part in self._parts.values())
        return QSize(widest + 6, self._theme.height("three_state"))

    def _wanted_width(self) -> int:
        return sum(part.wanted_width() for part in self._parts.values()) + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hold_height()
        self._place()

    def _hold_height(self) -> None:
        """Three lines where the words do not fit beside each other; a layout then gives the room."""
        if self._small:
            self.setFixedSize(small_size(self._theme))
            return
        one = self._theme.height("three_state")
        self.setFixedHeight(3 * (one - 4) + 4 if self.is_folded() else one)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._place()

    def _place(self) -> None:
        inset = 2.0
        inner = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self.is_folded():
            height = inner.height() / 3
            for place, stance in enumerate(ORDER):
                box = QRectF(inner.x(), inner.y() + place * height, inner.width(), height)
                self._parts[stance].setGeometry(box.toAlignedRect())
            return
        left = inner.x()
        for stance, width in zip(ORDER, self._part_widths(inner.width()), strict=True):
            box = mirrored(QRectF(left, inner.y(), width, inner.height()), inner, mirrors)
            self._parts[stance].setGeometry(box.toRect())
            left += width

    def _part_widths(self, room: float) -> list[float]:
        """Equal thirds; where the words of one need more, the others give it."""
        third = room / 3
        wanted = [0.0 if self._small else float(self._parts[stance].wanted_width()) for stance in ORDER]
        if max(wanted) <= third:
            return [third] * 3
        spare = (room - sum(wanted)) / 3
        return [width + spare for width in wanted]

    # Looks and keys

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme = self._theme
        fill = theme.colour(Token.SUNKEN if self._small else Token.SURFACE)
        line = theme.colour(Token.LINE if self._small else Token.CONTROL_LINE)
        fill_round(painter, QRectF(self.rect()), theme.radius("field"), fill, line, theme.border())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._home().setFocus(event.reason())

    def _home(self) -> _Part:
        wanted = self._parts[self._value] if self._value is not None else self._parts[Stance.REFUSE]
        if wanted.isEnabled():
            return wanted
        return next((part for part in self._parts.values() if part.isEnabled()), wanted)

    def _go_home(self) -> None:
        move_to(self._parts.values(), self._home())

    def _move(self, step: int) -> None:
        here = next((i for i, stance in enumerate(ORDER) if self._parts[stance].hasFocus()), 0)
        for place in range(here + step, -1 if step < 0 else len(ORDER), step):
            if self._parts[ORDER[place]].isEnabled():
                move_to(self._parts.values(), self._parts[ORDER[place]])
                return

    def _show(self) -> None:
        for stance, part in self._parts.items():
            part.show_value(stance is self._value)
            part.show_words(self._follow_words)
        # One tab stop: the part that has the value, or the first.
        home = self._home()
        one_stop(self._parts.values(), home)
        self.setFocusProxy(home)
        spoken = stance_words(self._value, self._follow_words) if self._value is not None else ""
        self.setAccessibleDescription(spoken or say("three-state", "No answer, or answers that differ"))
        self._measure()

    def _measure(self) -> None:
        self.updateGeometry()
        self._hold_height()
        self._place()
        self.update()
