"""Whether a line follows from what it says of its making: pool, weight, rate and share, or its steps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from .line_steps import StepKind
from .money import money_in_words
from .phrases import Sentence, say
from .statements import PRECISION, Line, exact_sum


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a line first goes wrong, and by how much where that can be told."""

    line: int
    words: Sentence
    difference: Decimal | None = None


MOST_DECIMALS = 18  # in which a difference is told

STEP_NAMES: dict[StepKind, str] = {
    StepKind.POOL: "the pool",
    StepKind.LINE: "the line above",
    StepKind.WEIGHT: "weight by total weight",
    StepKind.RATE: "the rate",
    StepKind.RIGHT: "the part of the right",
    StepKind.SPLIT: "the share",
    StepKind.DIRECTION: "the letter of direction",
    StepKind.ROUNDING: "the rounding",
}


def fault_of(line: Line) -> Fault | None:
    """What is wrong with how a line says it was made; None where it follows, or says nothing."""
    return _making_fault(line) or _steps_fault(line)


def _making_fault(line: Line) -> Fault | None:
    making = line.making
    if making is None:
        return None
    if making.total_weight == 0:
        return Fault(
            line.number, say("Line {line} divides by a total weight of zero.", line=str(line.number))
        )
    difference = less(line.amount, making.amount())
    if difference == 0:
        return None
    words = say(
        "Line {line} differs from its own pool, weight, rate and share by {money}.",
        line=str(line.number),
        money=money_in_words(abs(difference), line.currency),
    )
    return Fault(line.number, words, difference)


def _steps_fault(line: Line) -> Fault | None:
    """The first step that does not follow from those before it, or a last one that is not the amount.

    Followed exactly; a step follows where it is right in all the digits that it states.
    """
    if not line.steps:
        return None
    value = Fraction(line.steps[0].amount)
    for step in line.steps[1:]:
        if step.kind is StepKind.ROUNDING:
            off = _off_by(step.amount, value)
            value = Fraction(step.amount)
        else:
            if step.part is not None and step.whole is not None:
                if step.whole == 0:
                    words = say(
                        "Line {line} divides by zero at {step}.",
                        line=str(line.number),
                        step=STEP_NAMES[step.kind],
                    )
                    return Fault(line.number, words)
                value = value * Fraction(step.part) / Fraction(step.whole)
            off = _off_by(step.amount, value)
        if off != 0:
            words = say(
                "Line {line} first goes wrong at {step}, by {money}.",
                line=str(line.number),
                step=STEP_NAMES[step.kind],
                money=money_in_words(abs(off), line.currency),
            )
            return Fault(line.number, words, off)
    left = _off_by(line.amount, value)
    if left == 0:
        return None
    words = say(
        "The steps of line {line} lead to {money} more than its amount."
        if left < 0
        else "The steps of line {line} lead to {money} less than its amount.",
        line=str(line.number),
        money=money_in_words(abs(left), line.currency),
    )
    return Fault(line.number, words, left)


def _off_by(stated: Decimal, value: Fraction) -> Decimal:
    """`stated - value`, told to MOST_DECIMALS; 0 where `stated` is `value`, rounded to the digits it has."""
    off = Fraction(stated) - value
    exponent = _exponent(stated)
    # So many digits are told of a division without an end, which may be cut off instead of rounded.
    part = Fraction(1, 2) if exponent >= -MOST_DECIMALS else Fraction(1)
    if abs(off) <= part * Fraction(Decimal(1).scaleb(exponent)):
        return Decimal(0)
    with localcontext() as context:
        context.prec = PRECISION
        told = Decimal(off.numerator) / off.denominator
        return told.quantize(Decimal(1).scaleb(-MOST_DECIMALS), rounding=ROUND_HALF_EVEN).normalize() or told


def _exponent(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    assert isinstance(exponent, int), "amounts are finite"
    return min(exponent, 0)


def less(one: Decimal, other: Decimal) -> Decimal:
    """`one - other`, without losing a digit."""
    return exact_sum((one, other.copy_negate()))
