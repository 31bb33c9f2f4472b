"""What came back from a service, whole: nobody has judged it yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_GOOD = frozenset({200, 201, 202, 206})


@dataclass(frozen=True, slots=True)
class Answered:
    """Status, head and body. A body may hold tokens, so it is not shown."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        return f"Answered({self.status}, {len(self.content)} bytes)"

    @property
    def good(self) -> bool:
        return self.status in _GOOD

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
