"""The first page: what changed, what waits, and three figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from artist_console.commands.console import Totals
from artist_console.commands.works import MonthTotal
from artist_console.domain.ids import ArtistId
from artist_console.domain.waiting import WaitingItem


class ChangeKind(Enum):
    DECISION = "decision"
    INCLUSION = "inclusion"
    STATEMENT = "statement"
    TERMS = "terms"
    MANDATE = "mandate"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that changed. `target` is a place of the interface: "work/<id>", "statement/<id>" ..."""

    day: date
    when: datetime
    kind: ChangeKind
    title: str
    detail: str
    target: str
    artist: ArtistId | None
    new: bool  # since the last visit


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview of one artist, or of all of them."""

    name: str  # to greet; empty without an account
    since_words: str  # one sentence about what changed since the last visit
    earned: Totals  # AI income of the last twelve months
    earned_this_month: Totals
    trend: tuple[tuple[str, int], ...]  # per currency: last full month against the one before, in per cent
    works: int
    reported: int  # works reported in some programme
    operators: int  # known
    operators_reporting: int  # that have reported any work in reach
    waiting: tuple[WaitingItem, ...]  # oldest deadline first
    changed: tuple[ChangeRow, ...]  # newest first
    months: tuple[MonthTotal, ...]  # twelve months, by programme
    last_sync: datetime | None
    has_statements: bool
