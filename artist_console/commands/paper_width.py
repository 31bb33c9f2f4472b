"""Texts cut to a width on paper, without a font at hand: signs are counted, wide ones for more."""

from __future__ import annotations

import unicodedata

_NARROW = frozenset("iljI.,:;|'! ·’“”")


def cut(text: str, most: float) -> str:
    """A text on one line, cut where it is longer than so many signs of ordinary width."""
    line = " ".join(text.split())
    at, width = 0, 0.0
    for at, sign in enumerate(line):
        width += _width(sign)
        if width > most:
            return f"{line[: max(at - 1, 0)].rstrip()}…"
    return line


def width(text: str) -> float:
    """How wide it is, in signs of ordinary width."""
    return sum(map(_width, text))


def _width(sign: str) -> float:
    """How wide a sign is beside an ordinary letter of the font; never less than it is."""
    spelled = len(unicodedata.normalize("NFKC", sign))
    if spelled > 1:  # one sign that is drawn as a whole phrase
        return 1.5 * spelled
    if unicodedata.east_asian_width(sign) in "WF" or sign in "WM@%—…m" or ord(sign) > 0x2FFF:
        return 2.15
    if sign in _NARROW:
        return 0.55
    if sign in "tfr()-":
        return 0.75
    return 1.45 if sign == "w" else 1.35 if sign.isupper() else 1.15
