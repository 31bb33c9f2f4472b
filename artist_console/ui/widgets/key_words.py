"""A key as words to compare and as digits, and the question whether somebody compared them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from artist_console.commands.key_words import in_lines, is_said_by, words_from
from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.painting import fill_round, painter_for

_A_LINE = 4


class KeyWords(QFrame):
    """Four lines of four words, the digits below, and a button that copies both."""

    def __init__(self, theme: Theme, fingerprint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(5)
        self._words = [label("", TextRole.LEAD, weight="strong") for _ in range(_A_LINE * _A_LINE)]
        for place, word in enumerate(self._words):
            self._grid.addWidget(word, place // _A_LINE, place % _A_LINE)
        self._grid.setColumnStretch(_A_LINE, 1)
        self.digits = label("", TextRole.SMALL, Token.TEXT_2, selectable=True)
        self.copy = Button(theme, say("key", "Copy"), ButtonKind.QUIET, Icon.COPY)
        self.copy.setAccessibleName(say("key", "Copy the words and digits of this key"))
        self.copy.clicked.connect(self._copy)
        below = row(self.digits, self.copy, gap=12)
        below.setStretch(0, 1)
        self.setLayout(column(self._grid, below, gap=8, margins=(16, 12, 12, 8)))
        theme.changed.connect(self.update)
        self.fingerprint = ""
        self.show_key(fingerprint)

    def show_key(self, fingerprint: str) -> None:
        """Show another key; nothing of one without digits."""
        self.fingerprint = fingerprint
        words = words_from(fingerprint)
        for place, shown in enumerate(self._words):
            shown.setText(words[place] if words else "")
        self.digits.setText(fingerprint)
        self.setAccessibleName(say("key", "Words to compare: {words}", words=", ".join(words)))
        self.setVisible(bool(words))

    @property
    def said(self) -> str:
        """The words as they are copied: a line for every four, then the digits."""
        return "\n".join((*in_lines(words_from(self.fingerprint)), self.fingerprint))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.said)
        self.copy.set_words(say("key", "Copied"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        theme = self._theme
        line = theme.colour(Token.LINE)
        fill = theme.colour(Token.SUNKEN)
        fill_round(painter, QRectF(self.rect()), theme.radius("field"), fill, line, theme.border())


class KeyComparing(QWidget):
    """Whether the words were compared with the signer. Nothing is chosen before the person chooses.

    What the signer says can be typed instead: then it is compared here, and only all of it counts.
    """

    changed = Signal()

    def __init__(self, theme: Theme, fingerprint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fingerprint = fingerprint
        self.words = KeyWords(theme, fingerprint)
        how = say(
            "key",
            "Have the signer read the words to you, by telephone or in person, and compare from the first to"
            " the last. The file cannot tell you, nor a mail that came with it. The words are no password:"
            " nobody can open or sign anything with them.",
        )
        self.compared = RadioButton(theme, say("key", "I compared them with the signer: all of them match"))
        self.not_compared = RadioButton(theme, say("key", "I did not compare them"))
        one_of(self.compared, self.not_compared)
        for choice in (self.compared, self.not_compared):
            choice.toggled.connect(self.changed)
        self.typed = QLineEdit()
        self.typed.textEdited.connect(self._compare)
        hint = say("key", "Words or digits. They are compared with the key for you.")
        self.typed_field = Field(theme, say("key", "Or type what the signer tells you"), self.typed, hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(label(say("key", "Words to compare"), weight="strong"))
        layout.addWidget(self.words)
        layout.addWidget(label(how, tone=Token.TEXT_2, wrap=True))
        layout.addWidget(self.compared)
        layout.addWidget(self.not_compared)
        layout.addWidget(self.typed_field)

    @property
    def answer(self) -> bool | None:
        """True: compared. False: not. None: nothing was chosen, or what was typed is another key."""
        if self.typed.text().strip() and not is_said_by(self._fingerprint, self.typed.text()):
            return None
        if self.compared.isChecked():
            return True
        return False if self.not_compared.isChecked() else None

    def _compare(self, text: str) -> None:
        matches = is_said_by(self._fingerprint, text)
        fault = ""
        if text.strip() and not matches:
            fault = say("key", "This is not all of the key, or another one. Trust it only when it matches.")
        self.typed_field.show_fault(fault)
        if matches:
            self.compared.setChecked(True)
        self.changed.emit()
