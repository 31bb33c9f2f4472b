"""Chains of steps, followed exactly: from a pool or a line above to an amount, by fractions.

A chain begins with POOL or LINE; every further step multiplies by `part / whole` or, where it is ROUNDING,
puts an amount in the place of what it was, at most half a unit of its last digit away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .line_steps import Step, StepKind

BEGINNINGS = frozenset({StepKind.POOL, StepKind.LINE})
_LONGEST = 60  # digits that an amount which ends is written with
_UNITS = 10**_LONGEST
_SHORT = 40  # significant digits of one that does not end


@dataclass(frozen=True, slots=True)
class StepFault:
    """Where a chain first goes wrong (place from 0; the length of the chain: the line's own amount)."""

    place: int
    difference: Decimal | None  # what stands there less what follows; None where nothing follows at all


def chain_fault(steps: Sequence[Step], amount: Decimal) -> StepFault | None:
    """None where every step follows from the one before it and the last one is `amount`."""
    if not steps or steps[0].kind not in BEGINNINGS or steps[0].part is not None:
        return StepFault(0, None)
    value = Fraction(steps[0].amount)
    for place, step in enumerate(steps[1:], 1):
        if step.kind is StepKind.ROUNDING:
            stated = Fraction(step.amount)
            if abs(stated - value) > half_unit(step.amount):
                return StepFault(place, decimal_of(stated - value))
            value = stated
            continue
        if step.part is None or step.whole is None or step.whole == 0 or step.kind in BEGINNINGS:
            return StepFault(place, None)
        value = value * Fraction(step.part) / Fraction(step.whole)
        if step.amount != decimal_of(value):
            return StepFault(place, decimal_of(Fraction(step.amount) - value))
    if Fraction(amount) != value:
        return StepFault(len(steps), decimal_of(Fraction(amount) - value))
    return None


def followed(beginning: Step, factors: Sequence[Step]) -> tuple[Step, ...]:
    """A chain whose steps have the amounts that follow; those given in `factors` are not looked at."""
    value = Fraction(beginning.amount)
    chain = [beginning]
    for step in factors:
        value *= factor_of(step)
        chain.append(Step(step.kind, decimal_of(value), step.part, step.whole, step.source))
    return tuple(chain)


def value_of(steps: Sequence[Step]) -> Fraction:
    """What a chain comes to, exactly. The chain is one without a fault."""
    value = Fraction(steps[0].amount)
    for step in steps[1:]:
        if step.kind is StepKind.ROUNDING:
            value = Fraction(step.amount)
        else:
            value *= factor_of(step)
    return value


def factor_of(step: Step) -> Fraction:
    """What a step multiplies by; it is none that begins a chain or rounds."""
    assert step.part is not None
    assert step.whole is not None
    return Fraction(step.part) / Fraction(step.whole)


def decimal_of(value: Fraction) -> Decimal:
    """As decimal digits: exactly where they end, else the first 40 that say something, cut off."""
    exact = exact_decimal(value)
    if exact is not None:
        return exact
    sign, value = ("-", -value) if value < 0 else ("", value)
    places = _SHORT - len(str(value.numerator)) + len(str(value.denominator))
    digits = str(int(value * Fraction(10) ** places))
    return Decimal(f"{sign}{digits[:_SHORT]}E{len(digits) - _SHORT - places}")


def exact_decimal(value: Fraction) -> Decimal | None:
    """The same number as decimal digits; None where they do not end, or there are more than 60."""
    if value == 0:
        return Decimal(0)
    units, rest = divmod(_UNITS, value.denominator)
    if rest:
        return None
    digits = str(abs(value.numerator) * units)
    kept = digits.rstrip("0")
    places = min(_LONGEST, max(0, _LONGEST - len(digits) + len(kept)))
    digits = digits[: len(digits) - _LONGEST + places]
    if len(digits) > _LONGEST:
        return None
    sign = "-" if value < 0 else ""
    return Decimal(f"{sign}{digits or '0'}E-{places}")


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half-even to so many decimals; what has no more of them is written with those that it has."""
    exact = exact_decimal(value)
    if exact is not None and -_exponent(exact) <= decimals:
        return exact
    return Decimal(f"{round(value * 10**decimals)}E-{decimals}")


def half_unit(amount: Decimal) -> Fraction:
    """Half a unit of the last digit that an amount is written with."""
    return Fraction(10) ** _exponent(amount) / 2


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent
