"""Approximations: by the rate of the day or the last before, across the base, never without their basis."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.conversion import LONGEST_GAP, RateTable, approximate, can_convert_into
from artist_console.domain.currencies import decimals_of

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
TABLE = RateTable(
    "ECB reference rates",
    "European Central Bank",
    "EUR",
    {
        "JPY": ((FRIDAY, Decimal("163.25")),),
        "RUB": ((date(2022, 3, 1), Decimal("117.2010")),),
        "USD": ((date(2026, 11, 26), Decimal("1.0801")), (FRIDAY, Decimal("1.0850"))),
    },
)
AMOUNTS = st.decimals(Decimal("-1e12"), Decimal("1e12"), places=18)


def test_a_weekend_takes_the_rate_of_the_friday_and_says_so() -> None:
    total = approximate([("USD", Decimal("108.50"))], "EUR", TABLE, FRIDAY + timedelta(days=2))
    assert total.about == Decimal("100.00")
    assert [each.text for each in total.basis] == ["1 EUR = 1.0850 USD on 27 November 2026"]
    assert approximate([("USD", Decimal("108.01"))], "EUR", TABLE, date(2026, 11, 26)).about == Decimal(
        "100.00"
    )


def test_across_the_base_both_rates_are_named() -> None:
    total = approximate([("USD", Decimal("1085"))], "JPY", TABLE, FRIDAY)
    assert total.about == Decimal("163250")
    assert [rate.currency for rate in total.parts[0].rates] == ["USD", "JPY"]
    assert len(total.basis) == 2


def test_what_has_no_rate_is_told_and_leaves_the_total_partial() -> None:
    total = approximate(
        [("EUR", Decimal("1.005")), ("RUB", Decimal(10)), ("GBP", Decimal(1))], "EUR", TABLE, FRIDAY
    )
    assert total.is_partial
    assert total.about == Decimal("1.00")  # half-even
    told = [part.why_not.text for part in total.parts if part.why_not is not None]
    assert told == [
        "ECB reference rates has no rate of RUB for 27 November 2026; "
        "the last one before is of 1 March 2022.",
        "ECB reference rates has no rate of GBP.",
    ]
    early = approximate([("USD", Decimal(1))], "EUR", TABLE, date(2020, 1, 1))
    assert early.about is None
    assert early.parts[0].why_not is not None
    assert "from 26 November 2026 only" in early.parts[0].why_not.text


def test_what_is_in_the_currency_already_is_no_approximation() -> None:
    total = approximate([("EUR", Decimal("1.2345"))], "EUR", TABLE, FRIDAY)
    assert total.is_exact
    assert total.about == total.parts[0].about == Decimal("1.2345")
    assert total.basis == ()
    assert approximate([], "EUR", TABLE, FRIDAY).about == 0


def test_a_rate_ends_after_the_longest_gap() -> None:
    assert TABLE.rate("USD", FRIDAY + LONGEST_GAP) is not None
    assert TABLE.rate("USD", FRIDAY + LONGEST_GAP + timedelta(days=1)) is None


def test_money_that_the_table_quotes_can_be_chosen() -> None:
    assert can_convert_into(TABLE, "EUR")
    assert can_convert_into(TABLE, "JPY")
    assert not can_convert_into(TABLE, "GBP")
    cyp = RateTable("x", "x", "EUR", {"CYP": ((FRIDAY, Decimal("0.58")),)})
    assert not can_convert_into(cyp, "CYP")


@given(AMOUNTS, st.sampled_from(["EUR", "USD", "JPY"]), st.sampled_from(["EUR", "USD", "JPY"]))
def test_there_and_back_is_off_by_no_more_than_the_roundings(amount: Decimal, of: str, into: str) -> None:
    there = approximate([(of, amount)], into, TABLE, FRIDAY).parts[0].about
    assert there is not None
    back = approximate([(into, there)], of, TABLE, FRIDAY).parts[0].about
    assert back is not None
    unit = Decimal(1).scaleb(-decimals_of(into))
    of_rate, to_rate = TABLE.rate(of, FRIDAY), TABLE.rate(into, FRIDAY)
    assert of_rate is not None
    assert to_rate is not None
    most = unit / 2 * of_rate.value / to_rate.value + Decimal(1).scaleb(-decimals_of(of))
    assert abs(back - amount) <= most


@given(st.lists(st.tuples(st.sampled_from(["EUR", "USD", "JPY"]), AMOUNTS), min_size=1, max_size=6))
def test_the_total_is_rounded_once_and_does_not_hang_on_the_order(parts: list[tuple[str, Decimal]]) -> None:
    total = approximate(parts, "USD", TABLE, FRIDAY)
    assert total.about == approximate(reversed(parts), "USD", TABLE, FRIDAY).about
    assert total.about is not None
    rounded = sum(part.about or Decimal(0) for part in total.parts)
    assert abs(rounded - total.about) <= Decimal("0.01") * len(parts)
