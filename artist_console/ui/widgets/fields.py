"""Fields to type into, bound to their labels; a fault is said beside the field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.painting import fill_round, focus_ring, mirrored, painter_for, text_width

_PAUSE_MS = 120
_ICON = 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GOES_ON = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Down)


class SearchField(QWidget):
    """A field with a glass; it tells what is sought when the typing pauses, or the keyboard goes on."""

    searched = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, placeholder: str, hint: str = "", parent: QWidget | None = None) -> None:
        """`hint` names a shortcut and stands at the end while the field is empty."""
        super().__init__(parent)
        self._theme = theme
        self._hint = hint
        self.edit = QLineEdit(self)
        self.edit.setProperty("flat", True)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.edit.installEventFilter(self)
        self._clear = IconButton(theme, Icon.CLOSE, say("search", "Clear"), self)
        self._clear.setFixedSize(24, 24)
        self._clear.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.edit.textChanged.connect(self._wait)
        self._clear.clicked.connect(self.clear)
        self._line = row(self.edit, self._clear, gap=4)
        self.setLayout(self._line)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def words(self) -> str:
        return self.edit.text()

    def set_words(self, words: str) -> None:
        """Show words without telling that they were typed."""
        blocked = self.edit.blockSignals(True)
        self.edit.setText(words)
        self.edit.blockSignals(blocked)
        self._show_parts()

    def clear(self) -> None:
        self.edit.clear()
        self._pause.stop()
        self.searched.emit("")
        self.cleared.emit()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.width("search_most"), self._theme.height("control") + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if event.type() is QEvent.Type.FocusOut:
            self.tell_now()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.words:
                self.clear()
                return True
            if event.key() in _GOES_ON:
                # Whoever goes on to the list means the one that the words narrow it to.
                waited = self.tell_now()
                return waited and event.key() in _ENTER
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme, rect = self._theme, QRectF(self.rect())
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        radius = theme.radius("field")
        line = theme.colour(Token.CONTROL_LINE)
        fill_round(painter, rect, radius, theme.colour(Token.SURFACE), line, theme.border())
        if self.edit.hasFocus():
            focus_ring(painter, theme, rect, radius)
        size = theme.px(_ICON)
        glass = mirrored(QRectF(11, (rect.height() - size) / 2, size, size), rect, mirrors)
        theme.icons.paint(painter, glass, Icon.SEARCH, theme.colour(Token.TEXT_2))
        if self._hint and not self.words:
            font = theme.font(TextRole.CAPTION)
            width = text_width(font, self._hint) + 14
            height = theme.px(20)
            box = QRectF(rect.right() - width - 7, (rect.height() - height) / 2, width, height)
            box = mirrored(box, rect, mirrors)
            fill_round(painter, box, 4, theme.colour(Token.SUNKEN), theme.colour(Token.LINE))
            painter.setFont(font)
            painter.setPen(theme.colour(Token.TEXT_2))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._hint)

    def _wait(self) -> None:
        self._show_parts()
        self._pause.start()

    def _tell(self) -> None:
        self.searched.emit(self.words)

    def tell_now(self) -> bool:
        """Tell without the pause; whether anything was still to be told."""
        waited = self._pause.isActive()
        self._pause.stop()
        if waited:
            self._tell()
        return waited

    def _show_parts(self) -> None:
        self._clear.setVisible(bool(self.words))
        self._measure()

    def _measure(self) -> None:
        hint = text_width(self._theme.font(TextRole.CAPTION), self._hint) + 26 if self._hint else 10
        end = 6 if self.words else round(hint)
        start = 11 + self._theme.px(_ICON) + 8
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._line.setContentsMargins(end if mirrors else start, 0, start if mirrors else end, 0)
        self.updateGeometry()
        self.update()


class Field(QWidget):
    """A label, an editor bound to it, a hint below, and what is wrong with it where something is."""

    def __init__(
        self, theme: Theme, words: str, editor: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._label = label(words, TextRole.BODY, weight="medium")
        self._label.setBuddy(editor)
        editor.setAccessibleName(words)
        self._below = label("", TextRole.SMALL, Token.TEXT_3, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._label)
        layout.addWidget(editor)
        layout.addWidget(self._below)
        self.show_fault("")

    def set_words(self, words: str) -> None:
        """Another label, for a field whose meaning follows a choice."""
        self._label.setText(words)
        self.editor.setAccessibleName(words)

    def show_hint(self, words: str) -> None:
        """Another hint, for a field whose meaning follows what is known; a fault that is told goes."""
        self._hint = words
        self.show_fault("")

    def show_fault(self, words: str) -> None:
        """Say beside the field what is missing; nothing where it is fine."""
        self._below.set_tone(Tint.DENY if words else Token.TEXT_3)
        self._below.show_words(words or self._hint)
        self.editor.setAccessibleDescription(words or self._hint)
