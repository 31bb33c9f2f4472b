"""Whether a line follows from what it says about its own making: pool, weight, rate and share, or its steps."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from .line_steps import Step, StepKind
from .money import money_in_words
from .phrases import Sentence, say
from .statements import PRECISION, Line, exact_sum


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a line first goes wrong, and by how much where that can be told."""

    line: int
    words: Sentence
    difference: Decimal | None = None


STEP_NAMES: dict[StepKind, str] = {
    StepKind.POOL: "the pool",
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
    """The first step that does not follow from the one before it, or a last one that is not the amount."""
    before: Step | None = None
    for step in line.steps:
        off = _off_by(before, step)
        if off is None:
            words = say(
                "Line {line} divides by zero at {step}.", line=str(line.number), step=STEP_NAMES[step.kind]
            )
            return Fault(line.number, words)
        if off != 0:
            words = say(
                "Line {line} first goes wrong at {step}, by {money}.",
                line=str(line.number),
                step=STEP_NAMES[step.kind],
                money=money_in_words(abs(off), line.currency),
            )
            return Fault(line.number, words, off)
        before = step
    if before is None:
        return None
    left = less(line.amount, rounded_like(before.amount, line.amount))
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


def _off_by(before: Step | None, step: Step) -> Decimal | None:
    """By how much a step is off; 0 where it follows in all digits that it states, None: it divides by zero."""
    if before is None:
        return Decimal(0)  # where it starts is stated, not worked out
    if step.part is not None and step.whole is not None:
        if step.whole == 0:
            return None
        with localcontext() as context:
            context.prec = PRECISION
            follows = before.amount * step.part / step.whole
        return less(step.amount, rounded_like(follows, step.amount))
    if step.kind is StepKind.ROUNDING:
        return less(step.amount, rounded_like(before.amount, step.amount))
    return less(step.amount, before.amount)


def less(one: Decimal, other: Decimal) -> Decimal:
    """`one - other`, without losing a digit."""
    return exact_sum((one, other.copy_negate()))


def rounded_like(amount: Decimal, like: Decimal) -> Decimal:
    """`amount`, half-even, to as many decimals as `like` is stated with."""
    exponent = like.as_tuple().exponent
    assert isinstance(exponent, int), "amounts are finite"
    with localcontext() as context:
        context.prec = PRECISION
        return amount.quantize(Decimal(1).scaleb(min(exponent, 0)), rounding=ROUND_HALF_EVEN)
