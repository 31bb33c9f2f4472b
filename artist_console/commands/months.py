"""Money by month: what charts and tables show, in words, each nature by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Protocol

from artist_console.commands.names import programme_name
from artist_console.domain import words
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.statements import LineKind, MoneyNature, exact_sum, nature_of


class Monthly(Protocol):
    """A line, or lines of one kind, month and programme added up."""

    @property
    def month(self) -> date: ...
    @property
    def currency(self) -> str: ...
    @property
    def kind(self) -> LineKind: ...
    @property
    def programme(self) -> ProgrammeId | None: ...
    @property
    def amount(self) -> Decimal: ...


NO_PROGRAMME = "No programme named"


class EarningsBy(Enum):
    PROGRAMME = "programme"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """Money earned in one month, in one currency, of one nature, under one heading."""

    month: date  # first day
    currency: str
    amount: Decimal
    key: str  # programme id or line kind; empty where the line names none
    label: str  # in words
    nature: MoneyNature


def month_totals(totals: Iterable[Monthly], facts: FactBook, by: EarningsBy) -> tuple[MonthTotal, ...]:
    """Sums by month, currency, heading and nature, in that order. Natures are never added together."""
    groups: defaultdict[tuple[date, str, str, str], list[Decimal]] = defaultdict(list)
    for total in totals:
        key = total.kind.value if by is EarningsBy.KIND else (total.programme or "")
        groups[total.month, total.currency, key, nature_of(total.kind).value].append(total.amount)
    return tuple(
        MonthTotal(month, currency, exact_sum(amounts), key, heading(facts, by, key), MoneyNature(nature))
        for (month, currency, key, nature), amounts in sorted(groups.items())
    )


def heading(facts: FactBook, by: EarningsBy, key: str) -> str:
    """What a programme id or a kind of line is called."""
    if by is EarningsBy.KIND:
        return words.LINE_KIND[LineKind(key)][0]
    return programme_name(facts, ProgrammeId(key)) if key else NO_PROGRAMME
