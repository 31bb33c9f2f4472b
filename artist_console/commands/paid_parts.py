"""What statements that count pay, by work, programme, use, kind and month."""

from __future__ import annotations

from artist_console.commands.console import Console
from artist_console.domain.ids import ArtistId
from artist_console.domain.statements import is_earned
from artist_console.domain.unmet import PaidPart
from artist_console.store import statements as stored


def paid_parts(console: Console, artist: ArtistId | None = None) -> tuple[PaidPart, ...]:
    """AI income of all statements that count, added up."""
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
        for total in stored.totals(console.store, payee=artist)
        if is_earned(total.kind)
    )
