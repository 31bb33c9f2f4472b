"""Whether the shares that lines name can be: none above 100 %, none that belong together above it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext

from .ids import WorkId
from .line_checks import Fault
from .line_steps import StepKind
from .parties import WHOLE_BP
from .phrases import say
from .statements import PRECISION, Line
from .uses import Right

# The payee's share of a right of a work, in basis points, by the split in force in a month; None: not known,
# or the split itself does not add up.
KnownShares = Callable[[WorkId, Right, date], int | None]

MOST_TOGETHER = 500_000  # things whose shares are added up, so that memory stays bounded


def nothing_known(work: WorkId, right: Right, month: date) -> int | None:
    return None


def share_fault(line: Line, known: KnownShares = nothing_known) -> Fault | None:
    """A share of more than all of it, of less than nothing, or another than the split in force says."""
    if line.making is not None and not 0 <= line.making.share_bp <= WHOLE_BP:
        return _impossible(line, Decimal(line.making.share_bp) / 100)
    is_directed = any(step.kind is StepKind.DIRECTION for step in line.steps)
    for step in line.steps:
        if step.kind not in (StepKind.SPLIT, StepKind.DIRECTION, StepKind.RIGHT):
            continue
        if step.part is None or step.whole is None or step.whole == 0:
            continue
        with localcontext() as context:
            context.prec = PRECISION
            percent = step.part * 100 / step.whole
        if not 0 <= percent <= 100:
            return _impossible(line, percent)
        # By a letter of direction it is somebody else's share that is divided on.
        own = step.kind is StepKind.SPLIT and not is_directed
        if own and line.work is not None and line.right is not None:
            share = known(line.work, line.right, line.month)
            if share is not None and step.part * WHOLE_BP != share * step.whole:
                words = say(
                    "Line {line} takes a share of {found} %; the split in force then says {known} %.",
                    line=str(line.number),
                    found=in_percent(percent),
                    known=in_percent(Decimal(share) / 100),
                )
                return Fault(line.number, words)
    return None


def _impossible(line: Line, percent: Decimal) -> Fault:
    words = say("Line {line} takes a share of {share} %.", line=str(line.number), share=in_percent(percent))
    return Fault(line.number, words)


def in_percent(percent: Decimal) -> str:
    """At most six decimals, without zeros at the end."""
    text = f"{round(percent, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class SharesTogether:
    """Adds up the shares of lines that were made of one thing: no more than all of it can be shared out."""

    def __init__(self) -> None:
        self._sums: dict[int, int] = {}
        self._first: dict[int, int] = {}
        self.fault: Fault | None = None
        self.is_full = False

    def add(self, line: Line) -> None:
        making = line.making
        if making is None or line.work is None or line.corrects is not None or self.fault is not None:
            return
        thing = hash(
            (
                (making.pool, making.weight, making.total_weight, making.rate),
                (line.month, line.kind, line.work, line.programme, line.use, line.model, line.territory),
                (line.source, line.sales_type, line.identifier, line.upc, line.title, line.quantity),
            )
        )
        if thing not in self._sums and len(self._sums) >= MOST_TOGETHER:
            self.is_full = True
            return
        self._sums[thing] = together = self._sums.get(thing, 0) + making.share_bp
        first = self._first.setdefault(thing, line.number)
        if together > WHOLE_BP and first != line.number:
            words = say(
                "Lines {first} to {line} share out one and the same sum, and their shares come to {share} %.",
                first=str(first),
                line=str(line.number),
                share=in_percent(Decimal(together) / 100),
            )
            self.fault = Fault(line.number, words)
