"""Lines of statements, as hypothesis makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from artist_console.domain.ids import ModelVersionId, ProgrammeId, StatementId, WorkId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.statements import AmountPrecision, Line, LineKind, Making
from artist_console.domain.uses import Right, Use

STATEMENT = StatementId("it's a statement")

texts = st.text(max_size=12) | st.sampled_from(
    ['"', "\r\n", "\x00", "a,b", " x ", "\\", "NULL", "''", "#", "\t"]
)
decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(
    min_value=-1000, max_value=1000, places=6
)
integers = st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1)
months = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)).map(lambda day: day.replace(day=1))
few_months = st.sampled_from([date(2025, 1, 1), date(2025, 2, 1), date(2025, 12, 1)])
ids = st.sampled_from(["a", "b", "c'd", "0123456789abcdef0123456789abcdef"])


def lines(
    amounts: st.SearchStrategy[Decimal] = decimals,
    text: st.SearchStrategy[str] = texts,
    month: st.SearchStrategy[date] = months,
) -> st.SearchStrategy[Line]:
    """Any line, of STATEMENT and with the number 0."""
    none = st.none()
    makings = st.builds(
        Making, decimals, decimals, decimals, decimals, st.integers(0, 10_000), st.integers(0, 18)
    )
    steps = st.builds(Step, st.sampled_from(StepKind), decimals, none | decimals, none | decimals, texts)
    return st.builds(
        Line,
        st.just(STATEMENT),
        st.just(0),
        st.sampled_from(LineKind),
        amounts,
        st.sampled_from(["EUR", "USD", ""]),
        month,
        work=none | ids.map(WorkId),
        programme=none | ids.map(ProgrammeId),
        use=none | st.sampled_from(Use),
        model=none | ids.map(ModelVersionId),
        territory=st.sampled_from(["", "DE", "FR", "Rest of the world"]),
        quantity=none | integers,
        method=text,
        method_version=text,
        confidence_low=none | decimals,
        confidence_high=none | decimals,
        making=none | makings,
        corrects=none | st.integers(0, 12),
        corrects_statement=none | st.sampled_from([STATEMENT, StatementId("another")]),
        words=text,
        title=text,
        artist=text,
        identifier=text,
        upc=text,
        release=text,
        source=st.sampled_from(["", "Spotify", "Suno", "it's"]),
        sales_type=st.sampled_from(["", "stream"]),
        right=none | st.sampled_from(Right),
        precision=st.sampled_from(AmountPrecision),
        original_amount=none | decimals,
        original_currency=text,
        exchange_rate=none | decimals,
        steps=st.lists(steps, max_size=3).map(tuple),
        allocated_from=none | integers,
        allocated_statement=none | ids.map(StatementId),
    )


def plain_line(number: int, amount: str = "1.50", **said: object) -> Line:
    line = Line(STATEMENT, number, LineKind.OTHER, Decimal(amount), "EUR", date(2025, 1, 1))
    return replace(line, **said)  # type: ignore[arg-type]  # fields of a line, by name


def numbered(found: list[Line], numbers: list[int] | None = None) -> tuple[Line, ...]:
    """In ascending order; numbers of their own, or 1, 2, 3."""
    given = sorted(numbers) if numbers is not None else range(1, len(found) + 1)
    return tuple(replace(line, number=number) for number, line in zip(given, found, strict=False))
