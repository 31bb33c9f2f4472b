"""Which letter a PDF is: a comment behind its end, which readers of PDF pass over (ISO 32000, 7.5.5).

Mail programs give a mail another Message-ID and drop headers that they do not know, but they leave attached
files as they are. A copy that was printed and scanned bears no mark.
"""

from __future__ import annotations

import re

_MARK = re.compile(rb"%artist-console-letter ([A-Za-z0-9._-]{1,80})\s*\Z")
_END = 200  # bytes


def with_mark(pdf: bytes, letter: str) -> bytes:
    """The same file, bearing the id of its letter. The same values give the same bytes."""
    return pdf.rstrip(b"\r\n") + f"\n%artist-console-letter {letter}\n".encode("ascii", "replace")


def marked_letter(pdf: bytes) -> str:
    """The id of the letter that a PDF is a copy of; empty where it bears none."""
    found = _MARK.search(pdf[-_END:])
    return found[1].decode("ascii") if found is not None else ""
