"""What statements that count pay, by work, programme, use, kind and month."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId
from artist_console.domain.statements import Line, Statement, StatementLevel, exact_sum, is_earned
from artist_console.domain.unmet import PaidPart
from artist_console.store import statements as stored


def paid_parts(console: Console, artist: ArtistId | None = None) -> tuple[PaidPart, ...]:
    """AI income of all statements that count, added up."""
    gone = stored.replaced(console.store)
    return tuple(
        part
        for statement in stored.all(console.store, artist)
        if statement.id not in gone and statement.level is StatementLevel.PAYEE_NET
        for part in _of(statement, stored.lines(console.store, statement.id))
    )


def _of(statement: Statement, lines: tuple[Line, ...]) -> tuple[PaidPart, ...]:
    amounts: defaultdict[tuple[object, ...], list[Decimal]] = defaultdict(list)
    first: dict[tuple[object, ...], Line] = {}
    for line in lines:
        if is_earned(line.kind):
            key = (line.kind, line.month, line.currency, line.work, line.programme, line.use)
            first.setdefault(key, line)
            amounts[key].append(line.amount)
    return tuple(
        PaidPart(
            ArtistId(statement.payee),
            statement.id,
            line.kind,
            line.month,
            line.currency,
            exact_sum(amounts[key]),
            len(amounts[key]),
            line.work,
            line.programme,
            line.use,
        )
        for key, line in first.items()
    )
