"""What a handler or a rule raises to answer with a problem (RFC 9457) instead of a result."""

from __future__ import annotations

from artist_console.formats.wire import ProblemDetails, ProblemType, problem_uri

_TITLES = {
    ProblemType.MALFORMED: "The request cannot be read as what it should be",
    ProblemType.NOT_SIGNED_IN: "Sign in first",
    ProblemType.DEVICE_REVOKED: "This device was signed out",
    ProblemType.NOT_FOUND: "There is nothing here",
    ProblemType.NOT_ALLOWED: "This is not open to the account",
    ProblemType.CURSOR_EXPIRED: "The place in the feed is no longer known; take a snapshot",
    ProblemType.SEQUENCE_GAP: "Decisions are missing before this one",
    ProblemType.STREAM_FORKED: "The stream holds another decision at this place",
    ProblemType.CONFLICT: "Something has changed meanwhile",
    ProblemType.TOO_LARGE: "The request is too large",
    ProblemType.UNREADABLE_FILE: "The file cannot be read",
    ProblemType.CLIENT_TOO_OLD: "This version of the application is too old for this service",
    ProblemType.NO_ROOM: "The file cannot be put by",
    ProblemType.STORAGE: "Nothing could be saved",
    ProblemType.BROKEN: "The service failed",
}


class Refused(Exception):
    """An answer that is a problem. A transaction that it leaves is rolled back."""

    def __init__(
        self, kind: ProblemType, status: int, detail: str = "", *, expected_seq: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.details = ProblemDetails(problem_uri(kind), _TITLES[kind], status, detail, expected_seq)


def not_found() -> Refused:
    """The one answer for what does not exist and for what is out of reach."""
    return Refused(ProblemType.NOT_FOUND, 404, "It does not exist, or is not open to this account.")
