"""Figures of lines that go by are those of lines that are held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import PartyId
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import Line, LineKind, Statement, StatementSource, exact_sum
from artist_console.formats.encoding import encode
from artist_console.formats.report_figures import PassingLines
from tests.formats.statement_lines_any import STATEMENT, lines


def statement_of(held: list[Line], total: Decimal | None) -> Statement:
    return Statement(
        STATEMENT,
        "Harmonia",
        PartyId("mara"),
        date(2025, 7, 1),
        date(2025, 9, 30),
        "EUR",
        len(held),
        total,
        StatementSource.API,
        date(2025, 10, 15),
        "00",
    )


@given(lines(("EUR", "USD")), st.booleans(), st.lists(st.integers(0, 5), max_size=4))
def test_passing_lines_give_the_checks_of_held_ones(made: list[Line], right: bool, again: list[int]) -> None:
    held = [*made, *(made[place % len(made)] for place in again if made)]
    held = [replace(line, number=number) for number, line in enumerate(held, start=1)]
    total = exact_sum(line.amount for line in held) + (0 if right else 1)
    statement = statement_of(held, total)
    passing = PassingLines(statement)
    for line in held:
        passing.add(line, encode(replace(line, number=0)))
    assert passing.check() == check(statement, held)
    assert passing.amount == exact_sum(line.amount for line in held)


def test_a_number_that_stands_twice_is_told() -> None:
    line = Line(STATEMENT, 7, LineKind.USAGE_GENERATION, Decimal(1), "EUR", date(2025, 7, 1))
    passing = PassingLines(statement_of([line, line], None))
    for each in (line, line):
        passing.add(each, encode(each))
    assert passing.check() == check(statement_of([line, line], None), [line, line])
