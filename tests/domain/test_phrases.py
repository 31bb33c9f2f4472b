"""Days and periods in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.phrases import day_in_words, period_in_words


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2026, 8, 1), date(2026, 8, 31), "August 2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "July to September 2026"),
        (date(2025, 12, 1), date(2026, 2, 28), "December 2025 to February 2026"),
        (date(2026, 7, 3), date(2026, 9, 30), "3 July 2026 to 30 September 2026"),
        (date(2026, 7, 1), date(2026, 9, 29), "1 July 2026 to 29 September 2026"),
    ],
)
def test_a_period_of_whole_months_is_told_by_its_months(since: date, until: date, said: str) -> None:
    assert period_in_words(since, until) == said


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_a_period_names_both_of_its_years_and_no_figure_of_a_month(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    said = period_in_words(since, until)
    assert str(since.year) in said
    assert str(until.year) in said
    assert "-" not in said
    if since.day != 1:
        assert said == f"{day_in_words(since)} to {day_in_words(until)}"


def test_a_period_up_to_the_last_day_that_there_is_has_words() -> None:
    assert "December 9999" in str(period_in_words(date(9999, 12, 1), date.max))
