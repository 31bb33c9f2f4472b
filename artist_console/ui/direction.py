"""Directions of writing inside texts whose language runs one way: names of another script keep to themselves.

Documents and lines follow the language they are written in; what stands in them of another direction is
isolated (Unicode UAX 9, first strong isolates) when it is drawn or shown. The texts themselves, above all the
exact words of a letter and their hash, hold no such signs.
"""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

FIRST_STRONG_ISOLATE, POP_ISOLATE, LEFT_TO_RIGHT_MARK = "\u2068", "\u2069", "\u200e"
# Marks, embeddings, overrides and forced isolates: in a name they can only turn what stands around it.
_TURNING = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067"))
_ISOLATED = re.compile(f"({FIRST_STRONG_ISOLATE}[^{FIRST_STRONG_ISOLATE}{POP_ISOLATE}]*{POP_ISOLATE})")
_STRAY = str.maketrans("", "", FIRST_STRONG_ISOLATE + POP_ISOLATE)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_OPENS, _CLOSES = "([{", ")]}"


def isolated(text: str) -> str:
    """The text with each part that runs right to left isolated, and without signs that turn others."""
    if text.isascii():
        return text
    pieces = _ISOLATED.split(text.translate(_TURNING))
    return "".join(
        piece if number % 2 else _isolate_runs(piece.translate(_STRAY)) for number, piece in enumerate(pieces)
    )


def left_to_right(text: str) -> str:
    """For a label of text that is written left to right: each line begins there, whatever it begins with."""
    return "\n".join(
        LEFT_TO_RIGHT_MARK + isolated(line) if _runs(line) else isolated(line) for line in text.split("\n")
    )


def write_left_to_right(document: QTextDocument) -> None:
    """For a text that is being written: what it holds stays as it is, no sign is put into it."""
    option = document.defaultTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    document.setDefaultTextOption(option)


def _isolate_runs(text: str) -> str:
    made, at = [], 0
    for start, end in _runs(text):
        made += [text[at:start], FIRST_STRONG_ISOLATE, text[start:end], POP_ISOLATE]
        at = end
    return "".join((*made, text[at:]))


def _runs(text: str) -> list[tuple[int, int]]:
    """From the first to the last right-to-left sign of each run, with no left-to-right letter between."""
    if text.isascii():
        return []
    found: list[tuple[int, int]] = []
    is_going = False
    for at, sign in enumerate(text):
        kind = unicodedata.bidirectional(sign)
        if kind in _RIGHT_TO_LEFT:
            start = found.pop()[0] if is_going else at
            found.append((start, at + 1))
            is_going = True
        elif kind == "NSM" and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif kind in ("L", "B"):
            is_going = False
    return [(start, _closed(text, start, end)) for start, end in found]


def _closed(text: str, start: int, end: int) -> int:
    """The end moved past brackets that the run opens."""
    run = text[start:end]
    missing = sum(run.count(sign) for sign in _OPENS) - sum(run.count(sign) for sign in _CLOSES)
    while missing > 0 and end < len(text) and text[end] in _CLOSES:
        end, missing = end + 1, missing - 1
    return end
