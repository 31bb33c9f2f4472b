"""Exact money: what a cell says, what a currency can pay, and totals that lose nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.currencies import decimals_of, is_currency
from artist_console.domain.money import (
    COMMA,
    PLAIN,
    POINT,
    Money,
    NumberForm,
    money_in_words,
    payable,
    read_amount,
    read_payment,
    totals,
)

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=18)


@pytest.mark.parametrize(
    ("cell", "form", "value"),
    [
        ("12.34", PLAIN, "12.34"),
        ("1200", PLAIN, "1200"),
        ("-0.69", PLAIN, "-0.69"),
        ("\u22120.69", PLAIN, "-0.69"),
        ("0.00031410", PLAIN, "0.00031410"),
        ("0.012863765233", PLAIN, "0.012863765233"),
        ("0.00164130103450794", PLAIN, "0.00164130103450794"),
        (".5", PLAIN, "0.5"),
        ("7.", PLAIN, "7"),
        ("1,234.56", POINT, "1234.56"),
        ("1,200", POINT, "1200"),
        ("1\u00a0234\u00a0567,89", COMMA, "1234567.89"),
        ("1\u202f234,5", COMMA, "1234.5"),
        ("1.234,56", COMMA, "1234.56"),
        ("0,0045", COMMA, "0.0045"),
        ("(3.50)", NumberForm(bracket_negatives=True), "-3.50"),
    ],
)
def test_an_amount_keeps_every_digit(cell: str, form: NumberForm, value: str) -> None:
    read = read_amount(cell, form)
    assert str(read.value) == value
    assert not read.reason


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("1,234.56", PLAIN),
        ("NaN", PLAIN),
        ("Infinity", PLAIN),
        ("1e3", PLAIN),
        ("1_000", PLAIN),
        ("(3.50)", PLAIN),
        ("(-3.50)", NumberForm(bracket_negatives=True)),
        ("$12.34", PLAIN),
        ("12.34 USD", POINT),
        ("1,23,456", POINT),
        ("1,234 567", POINT),
        ("12,34", POINT),
        ("1,234", PLAIN),
        ("1.2.3", POINT),
        ("--1", PLAIN),
        ("-", PLAIN),
        (".", PLAIN),
        ("", PLAIN),
        ("   ", PLAIN),
        ("٣", PLAIN),
        ("1" * 1000, PLAIN),
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(cell: str, form: NumberForm) -> None:
    read = read_amount(cell, form)
    assert read.value is None
    assert read.reason.endswith(".")


@pytest.mark.parametrize(
    ("currency", "decimals"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("MGA", 2), ("XAF", 0)]
)
def test_smallest_units_follow_iso_4217(currency: str, decimals: int) -> None:
    assert decimals_of(currency) == decimals


@pytest.mark.parametrize("code", ["XXX", "XTS", "XAU", "usd", "usd ", "USD ", "US$", "EURO", "", "Really"])
def test_what_is_no_currency(code: str) -> None:
    assert not is_currency(code)


def test_the_lev_is_money_until_the_end_of_2025() -> None:
    assert is_currency("BGN")
    assert is_currency("BGN", date(2025, 12, 31))
    assert not is_currency("BGN", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("cell", "currency"), [("12.34", "USD"), ("1200", "JPY"), ("0.005", "KWD"), ("1.50", "JPY")]
)
def test_a_payment_is_a_whole_number_of_smallest_units(cell: str, currency: str) -> None:
    fits = (cell, currency) != ("1.50", "JPY")
    assert (read_payment(cell, currency).value is not None) is fits


def test_a_payment_finer_than_its_currency_is_refused() -> None:
    assert "cannot be paid" in read_payment("12.345", "USD").reason
    assert "currency" in read_payment("12.34", "US$").reason


def test_a_payable_total_is_rounded_half_even_and_the_rest_is_told() -> None:
    assert payable(Decimal("0.125"), "USD").amount == Decimal("0.12")
    assert payable(Decimal("0.135"), "USD").amount == Decimal("0.14")
    assert payable(Decimal("0.125"), "USD").left_over == Decimal("0.005")
    assert payable(Decimal("2.5"), "JPY").amount == Decimal("2")


def test_currencies_are_never_added_to_one_another() -> None:
    parts = [Money(Decimal("1.1"), "USD"), Money(Decimal(2), "EUR"), Money(Decimal("2.2"), "USD")]
    assert totals(parts) == (Money(Decimal(2), "EUR"), Money(Decimal("3.3"), "USD"))


@given(AMOUNTS)
def test_every_amount_comes_back_from_its_text(amount: Decimal) -> None:
    text = f"{amount:f}"
    assert read_amount(text).value == amount
    assert read_amount(text.replace(".", ","), COMMA).value == amount
    assert read_amount(f"{amount:,f}", POINT).value == amount


@given(st.lists(AMOUNTS, max_size=50))
def test_totals_are_exact(amounts: list[Decimal]) -> None:
    found = totals(Money(amount, "USD") for amount in amounts)
    assert sum((Fraction(money.amount) for money in found), Fraction(0)) == sum(
        map(Fraction, amounts), Fraction(0)
    )


@given(AMOUNTS, st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_rounding_loses_nothing_and_moves_at_most_half_a_unit(amount: Decimal, currency: str) -> None:
    rounded = payable(amount, currency)
    assert Fraction(rounded.amount) + Fraction(rounded.left_over) == Fraction(amount)
    assert abs(Fraction(rounded.left_over)) <= Fraction(1, 2 * 10 ** decimals_of(currency))


@given(st.text(max_size=80))
def test_no_text_whatever_makes_an_amount_that_is_not_finite(text: str) -> None:
    for form in (PLAIN, POINT, COMMA):
        read = read_amount(text, form)
        assert (read.value is None) == bool(read.reason)
        assert read.value is None or read.value.is_finite()


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        ("6.900000", "EUR", "6.90 EUR"),
        ("1284.5", "EUR", "1,284.50 EUR"),
        ("0.000000000012", "USD", "0.000000000012 USD"),
        ("1200", "JPY", "1,200 JPY"),
        ("1E+3", "KWD", "1,000.000 KWD"),
        ("-0.50", "GBP", "-0.50 GBP"),
        ("1.50", "XXX", "1.5 XXX"),
    ],
)
def test_money_in_words_has_no_digit_that_says_nothing(amount: str, currency: str, said: str) -> None:
    assert money_in_words(Decimal(amount), currency) == said


@given(st.decimals(allow_nan=False, allow_infinity=False, places=18, min_value=-(10**30), max_value=10**30))
def test_money_in_words_is_never_rounded(amount: Decimal) -> None:
    figure, _, code = money_in_words(amount, "EUR").partition(" ")
    assert code == "EUR"
    assert Decimal(figure.replace(",", "")) == amount
    assert len(figure.partition(".")[2]) >= 2
