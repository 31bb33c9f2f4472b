"""What is taken from a payee's share of a period before it is net, in one declared order.

    earned -> recoupment -> reserve held -> reserves released -> commission -> tax -> net

Each is taken from what those before it left; nothing is taken from a period that earned nothing. Deductions
are rounded to the smallest unit of the currency, half-even; the net keeps every digit, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction

from .currencies import decimals_of, is_currency
from .ids import StatementId
from .line_steps import Step, StepKind
from .money import money_in_words
from .pay_terms import PayTerms
from .statements import PRECISION, LineKind, exact_sum
from .step_chains import decimal_of, rounded

# The order in which deductions are taken, see docs/formats/allocation.md.
ORDER = (
    LineKind.RECOUPMENT,
    LineKind.RESERVE_HELD,
    LineKind.RESERVE_RELEASED,
    LineKind.COMMISSION,
    LineKind.TAX_WITHHELD,
)
_NOTHING = Decimal(0)
_PLACES_OF_NO_CURRENCY = 2


@dataclass(frozen=True, slots=True)
class HeldReserve:
    """What is still held of an earlier period, and the line that says so."""

    amount: Decimal  # above nothing
    line: int
    statement: StatementId


@dataclass(frozen=True, slots=True)
class Carried:
    """What earlier periods left: how much of the advance is recouped, and reserves whose time has come."""

    recouped: Decimal = _NOTHING
    due: tuple[HeldReserve, ...] = ()


@dataclass(frozen=True, slots=True)
class Deduction:
    """One deduction, or a reserve that comes back. `amount` is below nothing where it is taken."""

    kind: LineKind
    amount: Decimal
    steps: tuple[Step, ...]
    words: str
    of: HeldReserve | None = None  # of a release: what comes back


def settle(
    earned: Decimal, currency: str, terms: PayTerms | None, carried: Carried, *, commission_due: bool = True
) -> tuple[Deduction, ...]:
    """All deductions of one payee's period, in their order. They and `earned` add up to the net.

    `commission_due`: whether the mandate that the commission is for is in force.
    """
    found: list[Deduction] = []
    left = earned
    if terms is not None:
        places = decimals_of(currency) if is_currency(currency) else _PLACES_OF_NO_CURRENCY
        left = _take(found, _recoupment(left, currency, terms, carried, places), left)
        words = f"{_percent(terms.reserve_rate)} held, released after {terms.reserve_periods} periods"
        left = _take(found, _rate(LineKind.RESERVE_HELD, left, terms.reserve_rate, places, words), left)
    for reserve in sorted(carried.due, key=lambda held: (held.statement, held.line)):
        released = Deduction(
            LineKind.RESERVE_RELEASED,
            reserve.amount,
            (Step(StepKind.LINE, reserve.amount, source=f"Line {reserve.line}"),),
            "Held before, released now",
            reserve,
        )
        left = _take(found, released, left)
    if terms is not None:
        if commission_due:
            words = f"{_percent(terms.commission_rate)} commission"
            left = _take(found, _rate(LineKind.COMMISSION, left, terms.commission_rate, places, words), left)
        words = f"{_percent(terms.tax_rate)} tax withheld"
        left = _take(found, _rate(LineKind.TAX_WITHHELD, left, terms.tax_rate, places, words), left)
    return tuple(found)


def net_of(earned: Decimal, deductions: Iterable[Deduction]) -> Decimal:
    return exact_sum((earned, *(each.amount for each in deductions)))


def _take(found: list[Deduction], taken: Deduction | None, left: Decimal) -> Decimal:
    if taken is None or taken.amount == 0:
        return left
    found.append(taken)
    return exact_sum((left, taken.amount))


def _recoupment(
    left: Decimal, currency: str, terms: PayTerms, carried: Carried, places: int
) -> Deduction | None:
    open_ = exact_sum((terms.recoupable, -carried.recouped))
    if left <= 0 or open_ <= 0 or terms.currency != currency:
        return None
    most = left
    if terms.recouped_share < 1:
        with localcontext() as context:
            context.prec = PRECISION
            unit = Decimal(1).scaleb(-places)
            most = (left * terms.recouped_share).quantize(unit, rounding=ROUND_DOWN)
    amount = min(open_, most)
    after = money_in_words(exact_sum((open_, -amount)), currency)
    return Deduction(
        LineKind.RECOUPMENT,
        -amount,
        (Step(StepKind.LINE, -amount, source=f"Open before: {money_in_words(open_, currency)}"),),
        f"Set against the advance; still open: {after}",
    )


def _rate(kind: LineKind, left: Decimal, rate: Decimal, places: int, words: str) -> Deduction | None:
    if left <= 0 or rate <= 0:
        return None
    exact = Fraction(left) * Fraction(rate)
    taken = rounded(exact, places)
    if taken > left:  # rounding up a rate of all, or nearly
        taken = left
    steps: tuple[Step, ...] = (
        Step(StepKind.LINE, -left, source="What was left before"),
        Step(StepKind.RATE, -decimal_of(exact), rate, Decimal(1), words),
    )
    if exact != Fraction(taken):
        steps = (*steps, Step(StepKind.ROUNDING, -taken, source=f"{places} decimals"))
    return Deduction(kind, -taken, steps, words)


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f} %"
