"""What earlier periods of a payee with an issuer left: how much is recouped, which reserves come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from artist_console.domain.ids import PartyId, StatementId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.pay_terms import PayTerms, terms_on
from artist_console.domain.settlement import Carried, HeldReserve
from artist_console.domain.statements import LineKind, Statement, exact_sum

from .allocation_facts import Earlier
from .allocation_sheets import Opened


@dataclass
class _Held:
    """What one chain of statements holds in reserve."""

    since: date  # last day of its period
    line: int
    statement: StatementId
    amounts: list[Decimal]


def carried_of(
    above: Statement, payee: PartyId, earlier: Earlier, every: Sequence[PayTerms], opened: Opened
) -> Carried:
    """From the payee's earlier statements, those of the same chain left out: these are settled anew."""
    now = terms_on(every, above.issuer, payee, above.period_until)
    began = now.period.since if now is not None and now.period.since is not None else date.min
    own = [each for each in earlier.others if each.payee == payee]
    roots = {each.id: earlier.roots[each.allocated_from] for each in own if each.allocated_from is not None}
    recouped: list[Decimal] = []
    held: dict[StatementId, _Held] = {}
    released: list[tuple[StatementId, Decimal]] = []
    for statement in own:
        with opened(statement.id) as file:
            if file is None:
                continue
            if statement.period_until >= began:
                taken = file.lines(LineFilter(kind=LineKind.RECOUPMENT), statement_order=False)
                recouped += [-line.amount for line in taken]
            for line in file.lines(LineFilter(kind=LineKind.RESERVE_HELD), statement_order=False):
                found = held.setdefault(
                    roots[statement.id], _Held(statement.period_until, line.number, statement.id, [])
                )
                found.amounts.append(-line.amount)
            for line in file.lines(LineFilter(kind=LineKind.RESERVE_RELEASED), statement_order=False):
                if line.corrects_statement in roots:
                    released.append((roots[line.corrects_statement], line.amount))
    for root, amount in released:
        if root in held:
            held[root].amounts.append(-amount)
    ends = {each.period_until for each in own} | {above.period_until}
    due = []
    for found in held.values():
        left = exact_sum(found.amounts)
        agreed = terms_on(every, above.issuer, payee, found.since) or now
        passed = sum(found.since < end <= above.period_until for end in ends)
        if left > 0 and agreed is not None and passed >= max(agreed.reserve_periods, 1):
            due.append(HeldReserve(left, found.line, found.statement))
    return Carried(exact_sum(recouped), tuple(due))
