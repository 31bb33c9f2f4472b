"""Waterfalls: from an operator's pool to the net amount, of a line, of a work, of a statement."""

from __future__ import annotations

from collections.abc import Iterator

from artist_console.commands.console import Console
from artist_console.commands.earnings import EarningsQuery
from artist_console.domain.ids import StatementId, WorkId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.statements import Line, is_ai_income
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

_PAGE = 5_000  # lines that are held at a time


def waterfall_of_line(console: Console, statement: StatementId, number: int) -> tuple[Waterfall, ...]:
    """One line, each of its own steps by itself. Raises UnknownThing."""
    found = stored.lines(console.store, statement, after=number - 1, limit=1)
    if not found or found[0].number != number:
        raise UnknownThing("Line {number} of it is not here", "Sync, then look again", number=str(number))
    return (of_one_line(found[0]),)


def waterfall_of_statement(console: Console, statement: StatementId) -> tuple[Waterfall, ...]:
    """A whole statement, per currency, with what is taken off. Raises UnknownThing."""
    if all(each.id != statement for each in stored.all(console.store)):
        raise UnknownThing("This statement is not known here", "Sync, then look again")
    return waterfalls(_lines(console, statement))


def waterfall_of_work(console: Console, work: WorkId, query: EarningsQuery) -> tuple[Waterfall, ...]:
    """AI income of one work over all statements that count, per currency, narrowed as a query says.

    What is taken from a statement as a whole, and names no work, is not in it.
    """
    gone = stored.replaced(console.store)
    return waterfalls(
        line
        for statement in stored.all(console.store, query.artist)
        if statement.id not in gone
        for line in stored.lines(console.store, statement.id, work=work)
        if is_ai_income(line.kind) and _passes(line, query)
    )


def _passes(line: Line, query: EarningsQuery) -> bool:
    return (
        query.programme in (None, line.programme)
        and query.kind in (None, line.kind)
        and query.use in (None, line.use)
        and query.territory in ("", line.territory)
        and query.source in ("", line.source)
        and (query.since is None or line.month >= query.since.replace(day=1))
        and (query.until is None or line.month <= query.until.replace(day=1))
    )


def _lines(console: Console, statement: StatementId) -> Iterator[Line]:
    """In their order, a page at a time."""
    after = -1
    while page := stored.lines(console.store, statement, after=after, limit=_PAGE):
        yield from page
        after = page[-1].number
