"""Any lines of a statement, for rules that hold for all: amounts of up to 18 decimals, hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from artist_console.domain.ids import ProgrammeId, StatementId, WorkId
from artist_console.domain.statements import AmountPrecision, Line, LineKind, Making
from artist_console.domain.uses import Right, Use

STATEMENT = StatementId("st-1")
AMOUNTS = st.one_of(
    st.decimals(Decimal("-1e15"), Decimal("1e15"), places=18),
    st.decimals(Decimal("-1e15"), Decimal("1e15"), places=2),
    st.sampled_from(
        [Decimal("0.00164130103450794"), Decimal("-0.69"), Decimal("0"), Decimal("12345678901234.5")]
    ),
)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "@x",
            "-5",
            "+1",
            "＝a",
            "桜",
            "يا زهرة",
            "a|b",
            "a\\b",
            "\t=x",
            "\\|",
            "8.80E+11",
            "Total",
            ";=",
        ]
    ),
)
ISRCS = st.sampled_from(["", "USRC17607839", "T0345246801", "AA6Q72000047"])
MAKINGS = st.builds(
    Making,
    pool=AMOUNTS,
    weight=st.decimals(0, Decimal("1e6"), places=6),
    total_weight=st.decimals(1, Decimal("1e9"), places=3),
    rate=st.decimals(0, 1, places=4),
    share_bp=st.integers(0, 10_000),
    decimals=st.integers(0, 18),
)


def lines(currencies: tuple[str, ...] = ("EUR",)) -> st.SearchStrategy[list[Line]]:
    """Up to a few, numbered from 1."""
    one = st.builds(
        Line,
        statement=st.just(STATEMENT),
        number=st.just(0),
        kind=st.sampled_from(LineKind),
        amount=AMOUNTS,
        currency=st.sampled_from(currencies),
        month=st.dates(date(2020, 1, 1), date(2026, 12, 1)).map(lambda day: day.replace(day=1)),
        work=st.none() | st.sampled_from([WorkId("w-1"), WorkId("w-2")]),
        programme=st.none() | st.just(ProgrammeId("p-1")),
        use=st.none() | st.sampled_from(Use),
        territory=st.sampled_from(["", "SE", "JP", "OU", "=2", "World"]),
        quantity=st.none() | st.integers(0, 10**12),
        method=TEXTS,
        method_version=TEXTS,
        confidence_low=st.none() | AMOUNTS,
        confidence_high=st.none() | AMOUNTS,
        making=st.none() | MAKINGS,
        words=TEXTS,
        title=TEXTS,
        artist=TEXTS,
        identifier=ISRCS,
        upc=st.sampled_from(["", "00094631432057"]),
        release=TEXTS,
        source=TEXTS,
        sales_type=TEXTS,
        right=st.none() | st.sampled_from(Right),
        precision=st.sampled_from(AmountPrecision),
        original_amount=st.none() | AMOUNTS,
        original_currency=st.sampled_from(["", "USD"]),
        exchange_rate=st.none() | st.decimals(Decimal("0.0001"), 1000, places=8),
    )
    return st.lists(one, min_size=1, max_size=5).map(
        lambda made: [_numbered(line, number) for number, line in enumerate(made, 1)]
    )


def _numbered(line: Line, number: int) -> Line:
    return replace(line, number=number)
