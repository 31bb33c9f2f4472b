"""What the pages about receipts have in common: the look of a check, and a long value that can be copied."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QLayout

from artist_console.commands.history import CheckLine
from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import IconButton
from artist_console.ui.widgets.layout import row


def check_look(check: CheckLine) -> tuple[Icon, Tint]:
    if check.passed:
        return Icon.CHECK, Tint.INFO
    return (Icon.QUESTION, Tint.NEUTRAL) if check.lacking else (Icon.TRIANGLE, Tint.DENY)


def long_value(theme: Theme, name: str, value: str) -> QLayout:
    """Both ends of a hash, and all of it to copy."""
    copy = IconButton(theme, Icon.COPY, say("receipt", "Copy {name}", name=name))
    copy.clicked.connect(partial(QApplication.clipboard().setText, value))
    shown = elided(value, TextRole.BODY, middle=True)
    shown.setAccessibleName(say("receipt", "{name}: {value}", name=name, value=value))
    line = row(label(name, TextRole.SMALL, Token.TEXT_3), gap=16)
    line.addWidget(shown, 1)
    line.addWidget(copy)
    return line
