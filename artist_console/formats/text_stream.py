"""A stream of bytes as text and as lines, in bounded memory: the encoding is told by the beginning.

Where a file that begins as UTF-8 holds other bytes further on, these are read as Windows Latin and a warning
is left: what was read before stands already.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Protocol

from .control_signs import Spacing, spaced
from .tables import WINDOWS_LATIN, Decoded, encoding_of
from .unpacking import HEAD_BYTES

MOST_LINE = 12_000_000  # characters; a longer line is left out
_CHUNK = 1 << 18
_STRAY = "artist_console_windows_latin"
_CUT = "The file ends in the middle of a character."
_LATER = (
    "The file is not in UTF-8 throughout. What is not was read as Windows Latin; check names with accents."
)


def _as_windows_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(WINDOWS_LATIN.get(code, chr(code)) for code in wrong), error.end


codecs.register_error(_STRAY, _as_windows_latin)


class Opened(Protocol):
    """A file opened for reading: `unpacking.OpenedFile`, or one part of several."""

    file_name: str
    stream: io.BufferedReader


class TextStream:
    """The text of a file, once, from its beginning. Raises InputProblem where it is none."""

    def __init__(self, opened: Opened, codec: str = "") -> None:
        """`codec`: of Python, where a person said how the file is encoded."""
        self._opened = opened
        head = opened.stream.peek(HEAD_BYTES)[:HEAD_BYTES]
        if codec:
            found = Decoded(head.decode(codec, errors="replace").removeprefix("\ufeff"), (), codec)
        else:
            found = encoding_of(head, opened.file_name, is_whole=len(head) < HEAD_BYTES)
        self.head, _ = spaced(found.text)
        self.too_long: list[int] = []  # numbers of the lines that were left out
        self.codec = found.codec
        self._warnings = found.warnings
        self._later: list[str] = []
        self._spacing = Spacing()

    @property
    def warnings(self) -> tuple[str, ...]:
        """About the whole file; complete when it has been read."""
        return tuple(dict.fromkeys((*self._warnings, *self._later, *self._spacing.warnings())))

    def texts(self) -> Iterator[str]:
        """Pieces of the text, none of them empty."""
        kind = codecs.getincrementaldecoder(self.codec)
        lenient = kind(_STRAY if self.codec in ("utf-8-sig", "cp1252") else "replace")
        decoder = kind("strict") if self.codec == "utf-8-sig" else lenient
        while True:
            data = self._opened.stream.read(_CHUNK)
            before = decoder.getstate()
            try:
                text = decoder.decode(data, not data)
            except UnicodeDecodeError:
                if not data:
                    self._later.append(_CUT)
                    return
                lenient.setstate(before)
                decoder = lenient
                self._later.append(_LATER)
                text = decoder.decode(data)
            if text:
                yield self._spacing.spaced(text)
            if not data:
                return

    def lines(self) -> Iterator[str]:
        """Lines with their ends, as they are; one that is too long becomes an empty one and is remembered."""
        rest = ""
        number = 0
        skipping = False
        for text in self.texts():
            # Universal newlines without translation: "\r\n" stays, and a lone "\r" ends a line too.
            pieces = list(io.StringIO(rest + text, newline=""))
            # What ends in "\r" may be the first half of "\r\n".
            rest = "" if pieces[-1].endswith("\n") else pieces.pop()
            for line in pieces:
                number += 1
                if skipping:
                    skipping = False
                    self.too_long.append(number)
                    yield "\n"
                else:
                    yield line
            if skipping or len(rest) > MOST_LINE:
                rest, skipping = "", True
        if skipping:
            self.too_long.append(number + 1)
            yield "\n"
        elif rest:
            yield rest
