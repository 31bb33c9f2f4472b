"""The only makers of labels, tooltips and message boxes, and the way every text is translated.

Qt guesses rich text in labels, tooltips and boxes, and would then load files that a stranger's string names.
What is made here shows its text as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QMessageBox, QSizePolicy, QWidget

from artist_console.ui.tokens import TextRole, Tint, Token

Weight = Literal["", "medium", "strong"]

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))
# What begins markup in rich text; quotation marks stand between tags only.
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


# Translation


def say(context: str, template: str, /, **fields: object) -> str:
    """A whole sentence in the reader's language, its named places filled."""
    return fill_words(QCoreApplication.translate(context, template), fields)


def say_count(context: str, one: str, many: str, n: int, /, **fields: object) -> str:
    """A sentence about `n` things. `{n}` is the number; a translation may have more forms than two.

    English has its two forms here; a translation is looked up by the form for many and Qt's numerus rule.
    """
    translated = QCoreApplication.translate(context, many, None, n)
    template = one if translated == many and n == 1 else translated
    return fill_words(template, {"n": QLocale().toString(n), **fields})


def count_in(locale: str) -> None:
    """Write the numbers of `say_count` as a region does, from now on."""
    QLocale.setDefault(QLocale(locale))


def fill_words(template: str, fields: Mapping[str, object]) -> str:
    """Fill named places, and only those: a value may itself hold braces or percent signs."""
    return template.format_map({key: without_overrides(str(value)) for key, value in fields.items()})


def without_overrides(words: str) -> str:
    """Without the signs that turn the writing of all that follows, also behind the title that holds them.

    Letters of each script keep their own direction; isolates end with what they hold.
    """
    return words.translate(_OVERRIDES)


def isolate(words: str) -> str:
    """Keep a date, amount, identifier or name in its own order inside a sentence of another direction."""
    return f"{_FIRST_STRONG_ISOLATE}{words}{_POP_ISOLATE}" if words else words


def visible_line(words: str) -> str:
    """One line for a place that has one: breaks and tabs become spaces."""
    return " ".join(words.split())


# Labels


class PlainLabel(QLabel):
    """A label that shows exactly its text."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._follow_direction()
        self.setText(words)

    def setText(self, text: str) -> None:
        super().setText(without_overrides(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._follow_direction()

    def _follow_direction(self) -> None:
        """Begin where the layout begins: Qt would go by the script of the words."""
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrors else Qt.AlignmentFlag.AlignLeft
        upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)

    def show_words(self, words: str) -> None:
        """Show another text; a label without one takes no room."""
        self.setText(words)
        self.setVisible(bool(words))

    def set_tone(self, tone: Token | Tint) -> None:
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(PlainLabel):
    """One line that ends in "…" where it does not fit, and then has its text as a tooltip."""

    def __init__(self, words: str = "", parent: QWidget | None = None, *, middle: bool = False) -> None:
        super().__init__(words, parent)
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(visible_line(text))
        self._tell_when_cut()

    def minimumSizeHint(self) -> QSize:
        return QSize(min(24, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_when_cut()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._tell_when_cut()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self.shown_text())

    def shown_text(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def _tell_when_cut(self) -> None:
        set_tooltip(self, self.text() if hasattr(self, "_mode") and self.shown_text() != self.text() else "")


def label(
    words: str = "",
    role: TextRole = TextRole.BODY,
    tone: Token | Tint = Token.TEXT,
    weight: Weight = "",
    *,
    wrap: bool = False,
    selectable: bool = False,
) -> PlainLabel:
    """A label of the scale of type; the style sheet gives it font and colour by its properties."""
    made = PlainLabel(words)
    _dress(made, role, tone, weight)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def from_outside(
    words: str, role: TextRole = TextRole.BODY, tone: Token | Tint = Token.TEXT, weight: Weight = ""
) -> PlainLabel:
    """Words of somebody else, to be read and copied: a long address in them is cut at the edge.

    Qt would make the page as wide as the longest word; nothing that is cut is lost to whoever copies it.
    """
    made = label(words, role, tone, weight, wrap=True, selectable=True)
    made.setMinimumWidth(1)
    return made


def elided(
    words: str = "",
    role: TextRole = TextRole.BODY,
    tone: Token | Tint = Token.TEXT,
    weight: Weight = "",
    *,
    middle: bool = False,
) -> ElidedLabel:
    """A label of one line that gives way; `middle` keeps both ends, for file names and hashes."""
    made = ElidedLabel(words, middle=middle)
    _dress(made, role, tone, weight)
    return made


def _dress(made: QLabel, role: TextRole, tone: Token | Tint, weight: Weight) -> None:
    made.setProperty("role", role.value)
    made.setProperty("tone", tone.value)
    made.setProperty("weight", weight)


# Tooltips and boxes


def plain_tooltip(words: str) -> str:
    """A text for `ToolTipRole` and `setToolTip` that Qt shows as it stands.

    Tooltips have no plain mode. Escaped inside a paragraph that keeps its blanks, nothing in it is markup.
    """
    return f'<p style="white-space:pre-wrap">{words.translate(_ESCAPED)}</p>' if words else ""


def set_tooltip(widget: QWidget, words: str) -> None:
    widget.setToolTip(plain_tooltip(words))


def message_box(parent: QWidget | None, title: str, words: str, detail: str = "") -> QMessageBox:
    """A box for something that the person just asked for. Add buttons, then `open()` it."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(title)
    # The second text has no format of its own before Qt shows it; it follows the first.
    box.setInformativeText(words)
    for found in box.findChildren(QLabel):
        found.setTextFormat(Qt.TextFormat.PlainText)
    if detail:
        box.setDetailedText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
