"""What was earned from AI and what became of it: exact sums over lines, per currency, never mixed.

Earned -> set against your advance -> held -> payable -> paid (PRODUCT, "Money rules"). Deductions stand in
statements as negative amounts; here each step is told as a positive figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Protocol

from .finding import PaidUse
from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .statements import Line, LineKind, MoneyNature, Statement, exact_sum, is_earned, nature_of

Totals = tuple[tuple[str, Decimal], ...]  # per currency, sorted by code

_HELD = frozenset({LineKind.RESERVE_HELD, LineKind.RESERVE_RELEASED})
_DEDUCTED = frozenset({LineKind.COST, LineKind.TAX_WITHHELD, LineKind.COMMISSION, LineKind.SPLIT_TRANSFER})


@dataclass(frozen=True, slots=True)
class Flow:
    """From earned to paid in one currency.

    `earned + other + advanced + unattributed - set_against - held - deducted == payable`, to the last digit.
    """

    currency: str
    earned: Decimal  # AI income only
    other: Decimal  # income that is not recognised as AI income
    advanced: Decimal
    unattributed: Decimal
    set_against: Decimal  # against an advance
    held: Decimal  # reserves held, less those released
    deducted: Decimal  # costs, tax, commission, passed on to others
    payable: Decimal
    paid: Decimal

    @property
    def still_to_come(self) -> Decimal:
        return exact_sum((self.payable, -self.paid))


class Amount(Protocol):
    """A line, or several lines of one kind added up."""

    @property
    def kind(self) -> LineKind: ...
    @property
    def currency(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...


def flows(statements: Iterable[Statement], lines: Iterable[Amount]) -> tuple[Flow, ...]:
    """One flow per currency, sorted by code; payments are those that the statements name."""
    by_currency: defaultdict[str, list[Amount]] = defaultdict(list)
    for line in lines:
        by_currency[line.currency].append(line)
    paid: defaultdict[str, list[Decimal]] = defaultdict(list)
    for statement in statements:
        if statement.paid is not None:
            paid[statement.currency].append(statement.paid)
    return tuple(_flow(code, by_currency[code], paid[code]) for code in sorted({*by_currency, *paid}))


def _flow(currency: str, lines: Iterable[Amount], paid: Iterable[Decimal]) -> Flow:
    parts: defaultdict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        parts[_step(line.kind)].append(line.amount)
    sums = {name: exact_sum(amounts) for name, amounts in parts.items()}
    zero = Decimal(0)
    return Flow(
        currency,
        earned=sums.get("earned", zero),
        other=sums.get("other", zero),
        advanced=sums.get("advanced", zero),
        unattributed=sums.get("unattributed", zero),
        set_against=_turned(sums.get("set_against", zero)),
        held=_turned(sums.get("held", zero)),
        deducted=_turned(sums.get("deducted", zero)),
        payable=exact_sum(sums.values()),
        paid=exact_sum(paid),
    )


def _turned(amount: Decimal) -> Decimal:
    return amount.copy_negate() if amount else Decimal(0)


def _step(kind: LineKind) -> str:
    """Which step of a flow a kind of line belongs to."""
    if is_earned(kind):
        return "earned"
    if kind is LineKind.ADVANCE:
        return "advanced"
    if kind is LineKind.UNATTRIBUTED:
        return "unattributed"
    if kind is LineKind.RECOUPMENT:
        return "set_against"
    if kind in _HELD:
        return "held"
    if kind in _DEDUCTED:
        return "deducted"
    assert kind is LineKind.OTHER, f"{kind} is neither income nor a step on the way to being paid"
    return "other"


class SumBy(Enum):
    PROGRAMME = "programme"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class MonthSum:
    """AI income of one month in one currency. `key`: a programme's id ("" none named) or a kind's value."""

    month: date
    currency: str
    key: str
    nature: MoneyNature
    amount: Decimal


def month_sums(lines: Iterable[Line], by: SumBy) -> tuple[MonthSum, ...]:
    """Sums of AI income by month, currency, key and nature, sorted in that order.

    Money of different natures is never added together (PRODUCT: fixed money never looks like influence).
    """
    groups: defaultdict[tuple[date, str, str, str], list[Decimal]] = defaultdict(list)
    for line in lines:
        if is_earned(line.kind):
            key = line.kind.value if by is SumBy.KIND else (line.programme or "")
            groups[line.month, line.currency, key, nature_of(line.kind).value].append(line.amount)
    return tuple(
        MonthSum(month, currency, key, MoneyNature(nature), exact_sum(amounts))
        for (month, currency, key, nature), amounts in sorted(groups.items())
    )


def totals_of(lines: Iterable[Line]) -> Totals:
    """AI income per currency."""
    groups: defaultdict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        if is_earned(line.kind):
            groups[line.currency].append(line.amount)
    return tuple((currency, exact_sum(amounts)) for currency, amounts in sorted(groups.items()))


def twelve_months_to(today: date) -> date:
    """The first day of the earliest of the twelve months that end with the month of `today`."""
    month = today.month % 12 + 1
    return date(today.year if today.month == 12 else today.year - 1, month, 1)


def earned_by_work(lines: Iterable[Line], since: date, until: date) -> Mapping[WorkId, Totals]:
    """AI income per work for lines of months from `since` to `until`, both included."""
    groups: defaultdict[WorkId, list[Line]] = defaultdict(list)
    for line in lines:
        if line.work is not None and since <= line.month <= until:
            groups[line.work].append(line)
    sums = {work: totals_of(held) for work, held in groups.items()}
    return {work: totals for work, totals in sums.items() if totals}


def paid_uses(statements: Iterable[Statement], lines: Iterable[Line]) -> tuple[PaidUse, ...]:
    """Which works AI income was stated for, in which programme, and from when until when."""
    payee: dict[StatementId, Statement] = {statement.id: statement for statement in statements}
    groups: defaultdict[tuple[ArtistId, str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if is_earned(line.kind) and line.statement in payee:
            groups[payee[line.statement].payee, line.work or "", line.programme or ""].append(line)
    return tuple(
        PaidUse(
            artist,
            WorkId(work) if work else None,
            ProgrammeId(programme) if programme else None,
            min(line.month for line in held),
            max(line.month for line in held),
            max(held, key=lambda line: (line.month, line.statement)).statement,
            tuple(sorted({line.territory for line in held if line.territory})),
        )
        for (artist, work, programme), held in sorted(groups.items())
    )
