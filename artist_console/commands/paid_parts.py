"""What statements that count pay, by work, programme, use, kind and month."""

from __future__ import annotations

from collections.abc import Iterable

from artist_console.domain.statements import is_earned
from artist_console.domain.unmet import PaidPart
from artist_console.store.statements import LineTotal


def paid_parts(found: Iterable[LineTotal]) -> tuple[PaidPart, ...]:
    """What of totals, told apart by work, is AI income."""
    return tuple(
        PaidPart(
            total.payee,
            total.statement,
            total.kind,
            total.month,
            total.currency,
            total.amount,
            total.lines,
            total.work,
            total.programme,
            total.use,
        )
        for total in found
        if is_earned(total.kind)
    )
