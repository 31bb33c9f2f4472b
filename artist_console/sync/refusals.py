"""The problem that an answer is which is not the one asked for (RFC 9457), or that its status alone says."""

from __future__ import annotations

import time
import unicodedata
from email.utils import parsedate_to_datetime
from typing import NoReturn

from artist_console.domain.problems import InputProblem
from artist_console.formats import encoding, wire

from .answered import Answered
from .problems import (
    ClientTooOld,
    CursorExpired,
    Nonsense,
    NoRoomThere,
    NotAllowed,
    NotFound,
    RequestRefused,
    ServiceBusy,
    ServiceFailed,
    SignInAgain,
    StreamRefused,
)
from .sign_in_problems import DeviceRevoked

_LONGEST_WORDS = 300
_PAGES = ("text/html", "application/xhtml+xml")


def refuse(host: str, answered: Answered) -> NoReturn:
    """Raise the problem that an answer is which is not good."""
    status = answered.status
    if status == 429 or (status == 503 and "Retry-After" in answered.headers):
        busy = ServiceBusy(host=host)
        busy.retry_after_s = _retry_after_s(answered.headers.get("Retry-After", ""))
        raise busy
    if 300 <= status < 400:
        raise Nonsense(host=host, what="it leads to another address")
    details = _details(answered)
    if details is None:
        if status >= 500:
            raise ServiceFailed(host=host, status=status)
        if status == 401:
            raise SignInAgain(host=host)
        check_kind(host, answered, "application/problem+json")
        raise Nonsense(host=host, what=f"an error {status} without a reason")
    _refuse_with(host, status, details)


def check_kind(host: str, answered: Answered, wanted: str) -> None:
    """Raise Nonsense for an answer of another media type."""
    if answered.kind == wanted:
        return
    what = "it is a web page" if answered.kind in _PAGES else "it is of another kind"
    raise Nonsense(host=host, what=what)


def words(text: str) -> str:
    """Text of a service as one plain line."""
    plain = "".join(" " if unicodedata.category(c).startswith("C") else c for c in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= _LONGEST_WORDS else plain[: _LONGEST_WORDS - 1] + "…"


def _details(answered: Answered) -> wire.ProblemDetails | None:
    if answered.kind != "application/problem+json":
        return None
    try:
        return encoding.decode(wire.ProblemDetails, answered.content)
    except encoding.MalformedMessage:
        return None


def _refuse_with(host: str, status: int, details: wire.ProblemDetails) -> NoReturn:
    kind = _kind_of(details.type)
    detail = words(details.detail or details.title)
    match kind, status:
        case ((wire.ProblemType.SEQUENCE_GAP | wire.ProblemType.STREAM_FORKED), _):
            stream = StreamRefused(host=host)
            stream.forked = kind is wire.ProblemType.STREAM_FORKED
            raise stream
        case wire.ProblemType.CURSOR_EXPIRED, _:
            raise CursorExpired(host=host)
        case wire.ProblemType.NOT_SIGNED_IN, _:
            raise SignInAgain(host=host)
        case wire.ProblemType.DEVICE_REVOKED, _:
            raise DeviceRevoked(host=host)
        case wire.ProblemType.NOT_ALLOWED, _:
            raise NotAllowed(host=host, detail=detail)
        case wire.ProblemType.CLIENT_TOO_OLD, _:
            raise ClientTooOld("{host} does not take it: {detail}", host=host, detail=detail)
        case wire.ProblemType.NOT_FOUND, _:
            raise NotFound(host=host)
        case wire.ProblemType.UNREADABLE_FILE, _:
            raise InputProblem("{what}", "{detail}", what=words(details.title), detail=detail)
        case wire.ProblemType.NO_ROOM, _:
            raise NoRoomThere(host=host, detail=detail)
        case _, _ if status >= 500:
            raise ServiceFailed(host=host, status=status)
        case _:
            refused = RequestRefused(host=host, detail=detail.rstrip("."))
            refused.malformed = kind in (wire.ProblemType.MALFORMED, wire.ProblemType.TOO_LARGE)
            raise refused


def _kind_of(uri: str) -> wire.ProblemType | None:
    return next((kind for kind in wire.ProblemType if wire.problem_uri(kind) == uri), None)


def _retry_after_s(value: str) -> float | None:
    """Seconds, or a date (RFC 9110); None for anything else."""
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
