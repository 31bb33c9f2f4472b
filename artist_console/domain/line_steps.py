"""How an amount came to be, step by step: from an operator's pool to what a payee is paid.

The steps of a line are in the order in which they were taken; the amount of the last one, rounded as the line
declares, is the amount of the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class StepKind(Enum):
    """What a step does."""

    POOL = "pool"  # what an operator set aside
    LINE = "line"  # the amount of the line above, or what a deduction is taken from, where no pool is known
    WEIGHT = "weight"  # x weight / total weight
    RATE = "rate"  # x the rate of the agreement: the licensor's part
    RIGHT = "right"  # x the part that one right has of it
    SPLIT = "split"  # x a stakeholder's share in force on the day of use
    DIRECTION = "direction"  # x what a letter of direction passes on, or leaves
    ROUNDING = "rounding"  # what rounding to the declared decimals adds or takes


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `amount` is what is left after it, unrounded except after ROUNDING.

    `part` / `whole` is the factor where the step multiplies; both None where it does not.
    """

    kind: StepKind
    amount: Decimal
    part: Decimal | None = None
    whole: Decimal | None = None
    source: str = ""  # who or what says so: a pool's name, an agreement, a split, a letter of direction
