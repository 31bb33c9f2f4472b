"""How the service answers trouble: RFC 9457 problem details, never a traceback.

Also the headers that every answer bears.
"""

from __future__ import annotations

import logging
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import Message, Scope

from artist_console.domain.problems import FileProblem, InputProblem, Problem, StorageProblem
from artist_console.formats.encoding import encode
from artist_console.formats.lines_problems import LinesFileProblem, LinesNeedMemory
from artist_console.formats.wire import EPOCH_HEADER, ProblemDetails, ProblemType
from artist_console.host.sealed_files import SealBroken

from .refusals import Refused
from .storage.troubles import TryAgain

_log = logging.getLogger(__name__)

_OF_STATUS = {
    400: ProblemType.MALFORMED,
    401: ProblemType.NOT_SIGNED_IN,
    403: ProblemType.NOT_ALLOWED,
    404: ProblemType.NOT_FOUND,
    405: ProblemType.NOT_ALLOWED,
    413: ProblemType.TOO_LARGE,
}


def _answer(details: ProblemDetails, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        encode(details),
        status_code=details.status,
        media_type="application/problem+json",
        headers=headers or {},
    )


def answer_refused(_: Request[Any, Any, Any], error: Refused) -> Response[bytes]:
    return _answer(error.details)


def answer_problem(_: Request[Any, Any, Any], error: Problem) -> Response[bytes]:
    """A Problem of the domain: its sentence is made for people."""
    if isinstance(error, InputProblem):
        return _answer(Refused(ProblemType.UNREADABLE_FILE, 422, error.sentence).details)
    if isinstance(error, StorageProblem):
        _log.warning("storage: %s", type(error).__name__)
        if isinstance(error, TryAgain):
            details = Refused(ProblemType.STORAGE, 503, error.sentence).details
            return _answer(details, {"retry-after": str(error.retry_after_s)})
        return _answer(Refused(ProblemType.STORAGE, 507, error.sentence).details)
    if isinstance(error, SealBroken | LinesFileProblem):
        return _answer_kept(error)
    if isinstance(error, FileProblem):  # of files that are being brought in
        _log.warning("files: %s", type(error).__name__)
        return _answer(Refused(ProblemType.NO_ROOM, 507, error.sentence).details)
    return _answer(Refused(ProblemType.MALFORMED, 400, error.sentence).details)


def _answer_kept(error: SealBroken | LinesFileProblem) -> Response[bytes]:
    """Of a file that the service keeps and cannot give: whoever asks can do nothing about it."""
    _log.error("kept files: %s", error.title)
    if isinstance(error, LinesNeedMemory):
        return _answer(Refused(ProblemType.TOO_LARGE, 413, error.sentence).details)
    words = (
        "A file that the service keeps is damaged, or was sealed with other keys. Whoever runs the service"
        " can put it back from a backup; the log says which one it is."
    )
    return _answer(Refused(ProblemType.BROKEN, 500, words).details)


def answer_http(_: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the framework refuses: unknown paths and methods, bodies and parameters that do not fit."""
    kind = _OF_STATUS.get(error.status_code, ProblemType.MALFORMED)
    if error.status_code >= 500:
        return answer_fault(_, error)
    words = _faults_of(error) if isinstance(error, ValidationException) else ""
    kept = {k: v for k, v in (error.headers or {}).items() if k.lower() in ("allow", "retry-after")}
    return _answer(Refused(kind, error.status_code, words).details, kept)


def _faults_of(error: ValidationException) -> str:
    """Which part of a request does not fit; what was sent is not repeated."""
    extra = error.extra if isinstance(error.extra, list) else []
    parts = [f"{e.get('key', 'body')}: {e.get('message', '')}" for e in extra if isinstance(e, dict)]
    return "; ".join(parts) or error.detail


def answer_fault(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A fault of the program: logged here, told without its inside."""
    _log.error("a request failed", exc_info=error)
    words = "Something in the service went wrong; it is in its log. Nothing was changed."
    return _answer(Refused(ProblemType.BROKEN, 500, words).details)


def answer_too_deep(_: Request[Any, Any, Any], __: RecursionError) -> Response[bytes]:
    """JSON nested deeper than anything that is sent here; the reader gives up before a handler runs."""
    return _answer(Refused(ProblemType.MALFORMED, 400, "The body is nested too deeply.").details)


def add_headers(epoch: str) -> Any:
    """A hook that marks every answer, problems too, with the epoch."""
    ours = [
        (EPOCH_HEADER.lower().encode(), epoch.encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]

    async def mark(message: Message, scope: Scope) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *ours]

    return mark


JSON = MediaType.JSON
