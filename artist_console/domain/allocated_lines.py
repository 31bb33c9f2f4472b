"""The lines of a payee's statement, and of what is left of the one above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from .allocation import Left, LeftReason, Part, standing_of
from .ids import StatementId
from .line_steps import Step, StepKind
from .settlement import Deduction
from .statements import Line, LineKind, Statement
from .step_chains import rounded

_UNNUMBERED = 0  # until the line is written

WHY: Mapping[LeftReason, str] = {
    LeftReason.NO_WORK: "It is not known which work this is about.",
    LeftReason.NO_SONG: "It is not known which song the recording is of.",
    LeftReason.NO_RIGHT_PARTS: "Nothing says how this divides between recording and song.",
    LeftReason.NO_SPLIT: (
        "Nobody's share of this right is known. Say who is paid what beside the pay terms,"
        " or by: artist-console split set."
    ),
    LeftReason.NO_RATE: "No rate is known by which this is paid on. Say it in the pay terms.",
    LeftReason.DISPUTED_SPLIT: "The shares of this right are disputed: held until they agree.",
    LeftReason.SPLIT_TOTAL: (
        "The shares of this right do not come to the whole: held until they do. Correct them, then have the"
        " statement worked out again."
    ),
    LeftReason.DIRECTIONS_TOTAL: "Letters of direction pass on more than all of it: held until they agree.",
    LeftReason.OTHERS: "It is for others, whom this statement does not pay.",
}
KEPT = "Kept by the issuer, by its rates"
ROUNDING = "Left by rounding the parts"
COMMISSION_METHOD = "commission"  # of lines on the statement of whoever gets it


def part_line(above: Line, part: Part, statement: StatementId, decimals: int) -> Line:
    """The line of one payee; its number, and what it corrects, are not set yet."""
    share = Fraction(part.amount) / Fraction(above.amount) if above.amount else Fraction(0)
    return replace(
        above,
        statement=statement,
        number=_UNNUMBERED,
        amount=part.amount,
        right=part.right,
        confidence_low=_scaled(above.confidence_low, share, decimals),
        confidence_high=_scaled(above.confidence_high, share, decimals),
        making=part.making,
        steps=part.steps,
        corrects=None,
        corrects_statement=None,
        original_amount=None,
        original_currency="",
        exchange_rate=None,
        allocated_from=above.number,
        allocated_statement=above.statement,
    )


def left_line(above: Line, left: Left, statement: StatementId) -> Line:
    """What could not be paid on of a line, with the reason."""
    return replace(
        above,
        statement=statement,
        number=_UNNUMBERED,
        kind=LineKind.UNATTRIBUTED,
        amount=left.amount,
        right=left.right or above.right,
        method=left.reason.value,
        method_version=standing_of(left.reason).value,
        confidence_low=None,
        confidence_high=None,
        making=None,
        steps=(),
        corrects=None,
        corrects_statement=None,
        words=WHY[left.reason],
        original_amount=None,
        original_currency="",
        exchange_rate=None,
        allocated_from=above.number,
        allocated_statement=above.statement,
    )


def whole_line(above: Statement, statement: StatementId, amount: Decimal, words: str) -> Line:
    """What is told of the statement above as one: what its issuer kept, what rounding left."""
    return Line(
        statement,
        _UNNUMBERED,
        LineKind.SPLIT_TRANSFER if words == KEPT else LineKind.ADJUSTMENT,
        amount,
        above.currency,
        above.period_until.replace(day=1),
        words=words,
        allocated_statement=above.id,
    )


def deduction_line(above: Statement, statement: StatementId, taken: Deduction) -> Line:
    """A deduction of a period; a reserve that comes back names the line that held it."""
    return Line(
        statement,
        _UNNUMBERED,
        taken.kind,
        taken.amount,
        above.currency,
        above.period_until.replace(day=1),
        method="pay terms",
        words=taken.words,
        steps=taken.steps,
        corrects=taken.of.line if taken.of is not None else None,
        corrects_statement=taken.of.statement if taken.of is not None else None,
        allocated_statement=above.id,
    )


def commission_line(above: Statement, statement: StatementId, amount: Decimal, payer: str) -> Line:
    """A commission on the statement of whoever gets it."""
    return Line(
        statement,
        _UNNUMBERED,
        LineKind.COMMISSION,
        amount,
        above.currency,
        above.period_until.replace(day=1),
        method=COMMISSION_METHOD,
        words=f"Commission of {payer}",
        steps=(Step(StepKind.LINE, amount, source=f"Commission of {payer}"),),
        allocated_statement=above.id,
    )


def reversal_of(line: Line, statement: StatementId) -> Line:
    """A line that takes back another one, which it names."""
    return replace(
        line,
        statement=statement,
        number=_UNNUMBERED,
        kind=LineKind.REVERSAL,
        amount=-line.amount,
        making=None,
        steps=(Step(StepKind.LINE, -line.amount, source=f"Line {line.number}"),),
        confidence_low=None,
        confidence_high=None,
        quantity=-line.quantity if line.quantity is not None else None,
        corrects=line.number,
        corrects_statement=line.statement if line.statement != statement else None,
    )


def _scaled(amount: Decimal | None, share: Fraction, decimals: int) -> Decimal | None:
    return None if amount is None else rounded(Fraction(amount) * share, decimals)
