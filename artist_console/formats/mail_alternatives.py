"""Whether the plain text of a mail and its HTML say the same, beyond their looks.

The sender writes both, and a program shows one of them: words that stand in one alone would pass unseen.
"""

from __future__ import annotations

import re

DIFFERENT = "Its plain text and its HTML say different things; both are shown."
HTML_FOLLOWS = "— In its HTML: —"

# What plain text has in place of links and pictures.
_IN_PLACE = re.compile(
    r"\[(?:cid|image|logo)[^\]\n]{0,300}\]|<?(?:https?://|mailto:)[^\s<>\]]{1,2000}>?", re.IGNORECASE
)
_SIGNS = re.compile(r"[^\W_]+")


def say_the_same(plain: str, html: str) -> bool:
    """Compared by letters and figures alone, in their order."""
    return _signs(plain) == _signs(html)


def both(plain: str, html: str) -> str:
    return f"{plain.rstrip()}\n\n{HTML_FOLLOWS}\n\n{html}"


def _signs(text: str) -> str:
    return "".join(_SIGNS.findall(_IN_PLACE.sub(" ", text))).casefold()
