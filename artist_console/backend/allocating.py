"""Divides a statement above payee level among its payees, or corrects what was allocated of it before.

Each payee gets a statement of their own with nothing but their own lines. What could not be allocated is one
more statement, for whoever the statement above is of. Nothing that stands is ever rewritten: where splits,
letters, terms or the statement above were corrected, further statements take lines back and put them right.

The lines are read once for every few payees, so memory is bounded however many lines and payees there are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId, PartyId, StatementId, WorkId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.mandates import Power
from artist_console.domain.statements import LineKind, Statement, StatementLevel
from artist_console.formats.kinds import Kind
from artist_console.formats.lines_file import LinesFile
from artist_console.formats.wire import ProblemType

from .allocation_facts import Earlier, earlier_of, facts_for
from .allocation_run import Corrected, Run
from .allocation_sheets import Name
from .refusals import Refused, not_found
from .statement_files import StatementFiles
from .storage import accounts, rows, settings

_CORRECTIONS = (LineKind.REVERSAL, LineKind.ADJUSTMENT)


@dataclass
class AllocationResult:
    """What came of it: counts by name, and the statements that were written."""

    counts: dict[str, int] = field(default_factory=dict)
    written: list[StatementId] = field(default_factory=list)


def allocate_statement(
    connection: Connection,
    files: StatementFiles,
    id: StatementId,
    *,
    at: datetime,
    payees: Collection[PartyId] | None = None,
) -> AllocationResult:
    """Allocate a statement that stands, inside a writing transaction.

    `payees`: who may be paid by it, where whoever brought it in does not account for everybody. Twice with
    the same facts writes nothing the second time. Raises Refused for a statement that is none to allocate.
    """
    above: Statement | None = rows.some_of(connection, Kind.STATEMENT, [id]).get(id)
    if above is None:
        raise not_found()
    earlier = earlier_of(connection, above)
    _check(above, earlier)
    with files.reading(connection, above.id) as file:
        if file is None:
            return AllocationResult()
        others = {currency for currency, _ in file.total() if currency != above.currency}
        if others:
            words = (
                f"Its lines are in {', '.join(sorted({above.currency, *others}))}: one currency is needed."
            )
            raise Refused(ProblemType.CONFLICT, 409, words)
        named: set[WorkId] = {each.work for each in file.roll_ups() if each.work is not None}
        facts = facts_for(connection, above, named, payees)
        corrected = _corrected(connection, files, above, file)
        run = Run(connection, files, above, earlier, facts, corrected, file, at)
        run.allocate()
    return AllocationResult(dict(run.counts), [statement.id for statement in run.statements])


def payees_of(connection: Connection, account: AccountId, now: datetime) -> frozenset[PartyId] | None:
    """Whom a statement that an account brought in may pay; None: everybody, for whoever owns the service."""
    if settings.value(connection, "owner") == account:
        return None
    scope = accounts.scope_of(connection, account, now)
    return scope.own | {each.artist for each in scope.mandates if Power.SEE_MONEY in each.powers}


def is_allocated(statement: Statement) -> bool:
    """Whether a statement is one to allocate: above payee level, and not what was left of another."""
    return statement.level is not StatementLevel.PAYEE_NET and statement.allocated_from is None


def _check(above: Statement, earlier: Earlier) -> None:
    if not is_allocated(above):
        words = (
            "Its lines are a payee's own, or what was left of another statement: there is nothing to divide."
        )
        raise Refused(ProblemType.CONFLICT, 409, words)
    if earlier.replaced_by is not None:
        words = "It was replaced by a corrected statement; allocate that one."
        raise Refused(ProblemType.CONFLICT, 409, words)


def _corrected(
    connection: Connection, files: StatementFiles, above: Statement, file: LinesFile
) -> dict[int, Corrected]:
    """Lines that correct others, with what each corrects and the month in which that was earned."""
    named: dict[int, Name] = {}
    for kind in _CORRECTIONS:
        for line in file.lines(LineFilter(kind=kind), statement_order=False):
            if line.corrects is not None:
                named[line.number] = (line.corrects_statement or above.id, line.corrects)
    months: dict[Name, date] = {}
    for id in {statement for statement, _ in named.values()}:
        numbers = {number for statement, number in named.values() if statement == id}
        if id == above.id:
            months |= _months(file, numbers)
            continue
        with files.reading(connection, id) as other:
            if other is not None:
                months |= _months(other, numbers)
    return {number: Corrected(name, months.get(name)) for number, name in named.items()}


def _months(file: LinesFile, numbers: Collection[int]) -> dict[Name, date]:
    found = {number: file.line(number) for number in numbers}
    return {(file.statement, number): line.month for number, line in found.items() if line is not None}
