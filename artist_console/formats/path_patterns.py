"""Patterns of paths as robots.txt and tdmrep.json use them (RFC 9309, section 2.2.2 and 2.2.3).

A pattern is the beginning of a path; "*" stands for any signs, "$" at the end for the end of the path. Upper
and lower case differ. Matched without going back: no pattern of a stranger takes long.
"""

from __future__ import annotations

import re

_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")


def normal(path: str) -> str:
    """One spelling of a path: what needs no percent is without, all else keeps it in capitals."""

    def spelled(match: re.Match[str]) -> str:
        sign = chr(int(match[1], 16))
        return sign if _UNRESERVED.fullmatch(sign) else f"%{match[1].upper()}"

    encoded = "".join(
        sign if " " < sign < "\x7f" else "".join(f"%{byte:02X}" for byte in sign.encode(errors="replace"))
        for sign in path
    )
    return _ESCAPE.sub(spelled, encoded)


def matches(pattern: str, path: str) -> bool:
    """Whether a path, with its query, lies under a pattern. An empty pattern matches nothing."""
    if not pattern:
        return False
    path = _verbatim(path)
    to_the_end = pattern.endswith("$")
    first, *pieces = (_verbatim(piece) for piece in pattern.removesuffix("$").split("*"))
    if not path.startswith(first):
        return False
    if not pieces:
        return not to_the_end or len(path) == len(first)
    at = len(first)
    last = pieces.pop() if to_the_end else ""
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(path) - at >= len(last) and path.endswith(last)


def _verbatim(text: str) -> str:
    """Special signs that are meant as themselves, which patterns write with a percent."""
    return normal(text.replace("*", "%2A").replace("$", "%24"))


def specific(pattern: str) -> int:
    """How many bytes a pattern is long in its one spelling: of two that match, the longer one counts."""
    return len(normal(pattern))
