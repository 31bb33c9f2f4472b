"""Pieces of a file that a service gives by ranges (RFC 9110, 14), so that none is held whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .answered import Answered
from .problems import EndedEarly, Nonsense

LINES_TYPE = "application/vnd.apache.parquet"
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
_TAG = re.compile(r'"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class FilePiece:
    """Where a piece begins, how large the whole is, and the hash by which the service names the whole."""

    start: int
    total: int
    sha256: str
    content: bytes


def read_piece(host: str, answered: Answered) -> FilePiece:
    """The piece that a good answer is; a service that knows no ranges gives all of it.

    Raises EndedEarly for a piece that is not whole, Nonsense for one that does not say what it is.
    """
    tag = _TAG.fullmatch(answered.headers.get("ETag", ""))
    if tag is None:
        raise Nonsense(host=host, what="it does not say of which file it is a piece")
    size = len(answered.content)
    if answered.status != 206:
        return FilePiece(0, size, tag[1], answered.content)
    found = _RANGE.fullmatch(answered.headers.get("Content-Range", ""))
    if found is None:
        raise Nonsense(host=host, what="it does not say which piece of the file it is")
    first, last, total = int(found[1]), int(found[2]), int(found[3])
    if not first <= last < total:
        raise Nonsense(host=host, what="it says that it is a piece that there cannot be")
    if size < last - first + 1:
        raise EndedEarly(host=host)
    if size > last - first + 1:
        raise Nonsense(host=host, what="it is more than it says")
    return FilePiece(first, total, tag[1], answered.content)
