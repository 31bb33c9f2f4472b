"""Which values of a stranger's row can be reckoned with: quick, and exactly as the digits say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.row_soundness import MAX_DIGITS, unsound_amount


@given(
    st.one_of(st.integers(0, 10**5), st.integers(0, 10 ** (MAX_DIGITS + 5))),
    st.integers(-2 * MAX_DIGITS - 10, 2 * MAX_DIGITS + 10),
    st.integers(0, 1),
)
@settings(deadline=None, max_examples=500)
def test_an_amount_is_sound_by_its_digits_and_its_exponent(number: int, exponent: int, sign: int) -> None:
    digits = tuple(map(int, str(number)))
    is_sound = len(digits) <= MAX_DIGITS and -MAX_DIGITS <= exponent <= MAX_DIGITS
    assert (unsound_amount(Decimal((sign, digits, exponent))) == "") is is_sound


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "9" * 4_000_000])
def test_what_is_no_amount_is_told(text: str) -> None:
    assert unsound_amount(Decimal(text)).startswith("an amount ")
