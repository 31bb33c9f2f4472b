"""Waterfalls: from an operator's pool to the net amount, of a line, of a work, of a statement."""

from __future__ import annotations

from dataclasses import replace

from artist_console.commands.console import Console
from artist_console.commands.earnings import EarningsQuery, totals_for
from artist_console.commands.statement_lines import NoSuchLine
from artist_console.domain.ids import StatementId, WorkId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import is_ai_income
from artist_console.domain.waterfall import (
    StepForm,
    Waterfall,
    WaterfallStep,
    waterfalls,
)
from artist_console.domain.waterfall import waterfall_of_line as of_one_line
from artist_console.store import statements as stored

__all__ = [
    "StepForm",
    "Waterfall",
    "WaterfallStep",
    "waterfall_of_line",
    "waterfall_of_statement",
    "waterfall_of_work",
]


def waterfall_of_line(console: Console, statement: StatementId, number: int) -> tuple[Waterfall, ...]:
    """One line, each of its own steps by itself. Raises NoSuchLine."""
    found = stored.line(console.store, statement, number)
    if found is None:
        raise NoSuchLine(number=number)
    return (of_one_line(found),)


def waterfall_of_statement(console: Console, statement: StatementId) -> tuple[Waterfall, ...]:
    """A whole statement, per currency, with what is taken off. Raises UnknownThing."""
    if stored.one(console.store, statement) is None:
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    return waterfalls(stored.each_line(console.store, statement))


def waterfall_of_work(console: Console, work: WorkId, query: EarningsQuery) -> tuple[Waterfall, ...]:
    """AI income of one work over all statements that count, per currency, narrowed as a query says.

    What is taken from a statement as a whole, and names no work, is not in it.
    """
    query = replace(query, work=work)
    holding = dict.fromkeys(total.statement for total in totals_for(console, query))
    where = LineFilter(
        work,
        query.programme,
        query.kind,
        query.use,
        query.territory,
        query.source,
        query.since.replace(day=1) if query.since is not None else None,
        query.until.replace(day=1) if query.until is not None else None,
    )
    return waterfalls(
        line
        for statement in holding
        for line in stored.each_line(console.store, statement, where)
        if is_ai_income(line.kind)
    )
