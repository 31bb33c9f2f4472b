"""A file of lines gives the figures that its lines have, to the last digit: checks rest on either alike."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.ids import PartyId, ProgrammeId, StatementId, WorkId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.statement_checks import check, check_figures, figures_of
from artist_console.domain.statements import Line, LineKind, Making, Statement, StatementSource, exact_sum
from artist_console.domain.uses import Use
from artist_console.formats.lines_file import LinesFile, write_lines

ID = StatementId("figures")
_MAKING = Making(Decimal("148000.5"), Decimal(1930), Decimal(46_210_337), Decimal("0.35"), 2_500, 6)
_STEPS = (Step(StepKind.LINE, Decimal("2.5"), source="Line 3"),)


def statement_of(lines: list[Line]) -> Statement:
    return Statement(
        ID,
        "Fieldnote Records",
        PartyId("mara"),
        date(2026, 5, 1),
        date(2026, 7, 31),
        "EUR",
        len(lines),
        exact_sum(line.amount for line in lines),
        StatementSource.API,
        date(2026, 8, 20),
        "ab" * 32,
    )


_lines = st.lists(
    st.builds(
        lambda amount, currency, month, kind, work, programme, use, making, steps: Line(
            ID,
            0,
            kind,
            amount,
            currency,
            month,
            work,
            programme,
            use,
            making=making,
            steps=steps,
        ),
        st.sampled_from(
            [
                Decimal("0.1"),
                Decimal("-3.000000000000000007"),
                Decimal("0.0000000000000000000000000000000000001"),
                Decimal("123456789012345678901234567890.5"),
            ]
        ),
        st.sampled_from(["EUR", "USD"]),
        st.sampled_from([date(2026, 5, 1), date(2026, 7, 1)]),
        st.sampled_from([LineKind.FEE_TRAINING, LineKind.POOL_SUBSCRIPTION]),
        st.sampled_from([None, WorkId("salt")]),
        st.sampled_from([None, ProgrammeId("harmonia")]),
        st.sampled_from([None, Use.TRAIN_GENERATIVE]),
        st.sampled_from([None, None, _MAKING]),
        st.sampled_from([(), (), _STEPS]),
    ),
    min_size=1,
    max_size=12,
).map(lambda lines: [replace(line, number=place) for place, line in enumerate(lines, 1)])


@settings(max_examples=25, deadline=None)
@given(_lines)
def test_figures_of_a_file_are_those_of_its_lines(lines: list[Line]) -> None:
    statement = statement_of(lines)
    with LinesFile.open(io.BytesIO(write_lines(ID, lines))) as file:
        found = file.figures(statement)
        expected = figures_of(statement, lines)
        assert replace(found, made=tuple(found.made)) == expected
        assert check_figures(statement, found) == check(statement, lines)
