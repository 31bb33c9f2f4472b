"""Control signs that strayed into a text: each is read as a space, and it is told where they stood."""

from __future__ import annotations

import re
from collections.abc import Sequence

# White space stays, and so does the sign that old systems end a file with.
CONTROLS = [chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r\v\f\x1a\x85"]
_CONTROL = re.compile(f"[{re.escape(''.join(CONTROLS))}]")
_AS_SPACES = str.maketrans(dict.fromkeys(CONTROLS, " "))
_SIGNS_LOOKED_AT = 1 << 18
_FEW = 8  # in a short text these are no sign of anything
_LINES_NAMED = 8


def is_binary(text: str) -> bool:
    """Whether so much of a beginning is control signs that it is no text; of packed data it is a quarter."""
    head = text[:_SIGNS_LOOKED_AT]
    if _CONTROL.search(head) is None:
        return False
    return sum(map(head.count, CONTROLS)) > max(_FEW, len(head) // 20)


class Spacing:
    """Puts spaces for control signs in one text, piece after piece, and remembers the lines."""

    def __init__(self) -> None:
        self._named: list[int] = []  # the first lines that hold one
        self._count = 0  # of the lines that do
        self._last = 0
        self._line = 1
        self._ended_in_return = False

    def spaced(self, text: str) -> str:
        if _CONTROL.search(text) is None:
            self._pass(text)
            return text
        start = 0
        for found in _CONTROL.finditer(text):
            self._pass(text[start : found.start()])
            start = found.start()
            self._note()
        self._pass(text[start:])
        return text.translate(_AS_SPACES)

    def warnings(self) -> tuple[str, ...]:
        return (_told(self._named, self._count),) if self._named else ()

    def _note(self) -> None:
        if self._last == self._line:
            return
        self._last = self._line
        self._count += 1
        if len(self._named) < _LINES_NAMED:
            self._named.append(self._line)

    def _pass(self, text: str) -> None:
        """Count the ends of lines: "\\n", "\\r\\n" or a lone "\\r"."""
        if not text:
            return
        ends = text.count("\n") + text.count("\r") - text.count("\r\n")
        self._line += ends - (self._ended_in_return and text[0] == "\n")
        self._ended_in_return = text[-1] == "\r"


def spaced(text: str) -> tuple[str, tuple[str, ...]]:
    """A whole text, and what is to be said of it."""
    spacing = Spacing()
    return spacing.spaced(text), spacing.warnings()


def _told(lines: Sequence[int], count: int) -> str:
    named = [f"{line:,}" for line in lines]
    if count == 1:
        return f"Line {named[0]} holds control signs; they were read as spaces."
    first, last = (named, f"{count - len(named):,} more") if count > len(named) else (named[:-1], named[-1])
    return f"Lines {', '.join(first)} and {last} hold control signs; they were read as spaces."
