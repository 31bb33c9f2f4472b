"""A work as a letter tells it."""

from __future__ import annotations

from dataclasses import dataclass

from .parties import Standing
from .work_kinds import WorkKind


@dataclass(frozen=True, slots=True)
class ListedWork:
    """One work as a letter tells it."""

    title: str
    kind: WorkKind
    version: str = ""
    identifier: str = ""  # ISRC or ISWC in canonical form
    standing: Standing | None = None  # of the artist on it; None: not told apart from the other works
