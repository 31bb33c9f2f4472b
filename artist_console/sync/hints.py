"""Waits for a hint that something changed (PROTOCOL, rule 10); a round then fetches it.

It has a line to the service of its own, so that a round never waits behind it, and ends at once when it is
stopped: nothing here may hold up quitting.
"""

from __future__ import annotations

from typing import Protocol

from artist_console.formats import wire
from artist_console.store.profile import FeedPlace

from .problems import CursorExpired

WAIT_S = 25


class Line(Protocol):
    """What is waited on: `api.Api` over HTTP."""

    def feed(self, cursor: str | None, wait_s: int = 0) -> wire.FeedPage: ...
    def close(self) -> None: ...


class Listening:
    """One place in the feed that is waited at."""

    def __init__(self, line: Line, place: FeedPlace) -> None:
        self._line = line
        self._place = place

    def wait(self, wait_s: int = WAIT_S) -> bool:
        """Whether a round is worth running. Raises NetworkProblem (also once stopped), AuthorityProblem."""
        if self._place.cursor is None:
            return True
        try:
            page = self._line.feed(self._place.cursor, wait_s)
        except CursorExpired:
            return True
        return bool(page.items) or page.more or page.epoch != self._place.epoch

    def stop(self) -> None:
        """From any thread: ends the waiting at once, and lets no other begin."""
        self._line.close()
