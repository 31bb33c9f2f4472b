"""What orders a page or a panel: headings, rules, rows of names and values, notes, and what folds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, from_outside, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import clear_layout, row
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

_NARROW_NOTE = 280


class Rule(QFrame):
    """A line between two things."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.border())


class SectionHeading(QWidget):
    """A heading with something at the end of its line."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        end: QWidget | None = None,
        parent: QWidget | None = None,
        *,
        small: bool = False,
    ) -> None:
        super().__init__(parent)
        role = TextRole.BODY if small else TextRole.SECTION
        self.words = label(words, role, weight="strong", wrap=True)
        line = row(self.words, gap=8)
        line.setStretch(0, 1)
        if end is not None:
            line.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setAccessibleName(words)

    def show_words(self, words: str) -> None:
        self.words.setText(words)
        self.setAccessibleName(words)


class KeyValues(QWidget):
    """Names and values in two columns; a value can be copied with one press."""

    copied = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add(self, key: str, value: str, *, copy: bool = False, one_line: bool = False) -> None:
        """`one_line` is for a hash: it gives way in its middle, and both ends stay."""
        place = self._grid.rowCount()
        name = label(key, TextRole.SMALL, Token.TEXT_3)
        words = elided(value, middle=True) if one_line else from_outside(value)
        words.setAccessibleName(say("key-values", "{name}: {value}", name=key, value=value))
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, place, 0, top)
        self._grid.addWidget(words, place, 1, top)
        if copy:
            button = IconButton(self._theme, Icon.COPY, say("key-values", "Copy {name}", name=key))
            button.setFixedSize(QSize(24, 24))
            button.setProperty("copies", value)
            button.clicked.connect(self._copy_sender)
            self._grid.addWidget(button, place, 2, top)

    def clear(self) -> None:
        clear_layout(self._grid)

    def _copy_sender(self) -> None:
        sender = self.sender()
        if sender is not None:
            value = str(sender.property("copies"))
            QGuiApplication.clipboard().setText(value)
            self.copied.emit(value)


class Note(QWidget):
    """A short paragraph with an icon before it."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        tint: Tint = Tint.NEUTRAL,
        icon: Icon = Icon.INFO,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = label(words, TextRole.BODY, Token.TEXT_2, wrap=True)
        self.words.setMinimumWidth(1)  # a long name in it never makes the page wider
        line = row(gap=8)
        line.addWidget(IconMark(theme, icon, tint), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """As high as a narrow card asks for.

        The words could be as narrow as one letter, and hundreds high then: a page that scrolls would end in a
        stretch of nothing.
        """
        height = self.heightForWidth(self._theme.px(_NARROW_NOTE))
        return QSize(super().minimumSizeHint().width(), height)

    def show_words(self, words: str) -> None:
        self.words.show_words(words)
        self.setVisible(bool(words))


class _Twist(PressButton):
    """The line that opens and closes."""

    def __init__(self, theme: Theme, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = words
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        font = self._theme.font(TextRole.BODY, 500)
        width = text_width(font, self.words) + self._theme.px(16) + 18
        return QSize(round(width), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self.underMouse():
            fill_round(painter, rect, theme.radius("button"), theme.colour(Token.HOVER))
        if shows_focus(self):
            focus_ring(painter, theme, rect, theme.radius("button"))
        size = theme.px(16)
        icon = Icon.CHEVRON_DOWN if self.isChecked() else Icon.CHEVRON_RIGHT
        box = mirrored(QRectF(4, (rect.height() - size) / 2, size, size), rect, mirrors)
        theme.icons.paint(painter, box, icon, theme.colour(Token.TEXT_2), right_to_left=mirrors)
        place = mirrored(QRectF(size + 10, 0, rect.width() - size - 12, rect.height()), rect, mirrors)
        alignment = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        font = theme.font(TextRole.BODY, 500)
        draw_words(painter, place, self.words, font, theme.colour(Token.TEXT), alignment)


class Disclosure(QWidget):
    """A line that opens what is below it; closed at first."""

    toggled = Signal(bool)

    def __init__(self, theme: Theme, words: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = _Twist(theme, words, self)
        self._content = content
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._line)
        layout.addWidget(content)
        self._line.toggled.connect(self.set_open)
        theme.changed.connect(self._line.updateGeometry)
        self.set_words(words)
        content.hide()

    @property
    def is_open(self) -> bool:
        return self._line.isChecked()

    @property
    def line(self) -> QPushButton:
        """The button, for focus and tests."""
        return self._line

    def set_end(self, widget: QWidget) -> None:
        """Something at the end of the line, beside the words."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.removeWidget(self._line)
        line = row(gap=8)
        line.addWidget(self._line, 1)
        line.addWidget(widget)
        layout.insertLayout(0, line)

    def set_words(self, words: str) -> None:
        self._line.words = words
        self._line.setAccessibleName(words)
        self._line.update()

    def set_open(self, is_open: bool) -> None:
        self._line.setChecked(is_open)
        # Asked of the content itself: before the first showing nothing is visible.
        if self._content.isHidden() is is_open:
            self._content.setVisible(is_open)
            self.toggled.emit(is_open)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.update()
