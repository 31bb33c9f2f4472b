"""Figures of many lines together, worked out where the lines lie: what totals, charts and checks read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .ids import ProgrammeId, WorkId
from .statements import Line, LineKind
from .uses import Use


@dataclass(frozen=True, slots=True)
class SourceMeaning:
    """What a store or service, as lines name it, is held to be: whose money, and of which kind."""

    source: str
    programme: ProgrammeId | None
    kind: LineKind


@dataclass(frozen=True, slots=True)
class LineFilter:
    """Which lines. None and "" do not narrow down; months are included.

    `meanings` are laid over lines of their sources that are of kind OTHER and name no programme, before
    programme and kind are looked at.
    """

    work: WorkId | None = None
    programme: ProgrammeId | None = None
    kind: LineKind | None = None
    use: Use | None = None
    territory: str = ""
    source: str = ""
    since: date | None = None  # first day of a month
    until: date | None = None
    meanings: tuple[SourceMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class RollUp:
    """Lines of one statement added up that share everything here but `amount` and `lines`.

    `territory` is told for two kinds of roll-up apart: with works and without territories, and the other way.
    """

    month: date
    currency: str
    kind: LineKind
    programme: ProgrammeId | None
    work: WorkId | None
    use: Use | None
    source: str
    amount: Decimal  # exact
    lines: int
    territory: str = ""
    sales_type: str = ""
    territories: tuple[str, ...] = ()  # of the lines, sorted, where it has no territory of its own


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What the checks of a statement need of its lines."""

    count: int
    totals: tuple[tuple[str, Decimal], ...]  # exact, per currency, sorted by code
    first_month: date | None
    last_month: date | None
    other_currency: (
        tuple[int, str] | None
    )  # number and currency of the first line in another than the statement's
    twice_numbered: int | None  # the first number that stands twice
    repeated: tuple[tuple[int, int], ...]  # (line, earlier line) that say the same in every field, first few
    repeated_count: int
    made: Sequence[
        Line
    ]  # lines that say how they were made, by number; to be gone through, they may be millions
