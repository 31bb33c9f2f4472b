"""Words that wrap, for pages that scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from artist_console.ui.text import PlainLabel, Weight, label
from artist_console.ui.tokens import TextRole, Token


def paragraph(
    words: str,
    role: TextRole = TextRole.BODY,
    tone: Token = Token.TEXT_2,
    weight: Weight = "",
    *,
    selectable: bool = False,
) -> PlainLabel:
    """A label that wraps and is as high as its width asks for.

    A label's own least height is for a width that Qt guesses; many of them make a page taller than it is.
    """
    made = label(words, role, tone, weight, wrap=True, selectable=selectable)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
