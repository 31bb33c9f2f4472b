"""Dates, durations and counts as files write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.table_cells import (
    DayOrder,
    read_count,
    read_date,
    read_duration,
    read_iso_duration,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT2M28S", "148"),
        ("PT3M26.2S", "206.2"),
        ("PT36M30S", "2190"),
        ("PT1H02M03S", "3723"),
        ("P1DT1S", "86401"),
        ("PT45S", "45"),
        ("PT4M", "240"),
    ],
)
def test_durations_of_the_standard(text: str, seconds: str) -> None:
    assert read_iso_duration(text).seconds == Decimal(seconds)


def test_a_duration_of_zero_means_unknown_and_is_no_fault() -> None:
    read = read_iso_duration("PT0H0M0S")
    assert (read.seconds, read.reason) == (None, "")


@pytest.mark.parametrize(
    "text",
    [
        "P",
        "PT",
        "PT5",
        "3:45",
        "-PT5S",
        "P5S",
        "pt3m",
        "PT1M60.S",
        "P1Y",
        "P2M",
        "",
        "PT9999999999999S",
        "x" * 999,
    ],
)
def test_what_is_no_duration_of_the_standard(text: str) -> None:
    read = read_iso_duration(text)
    assert read.seconds is None
    assert read.reason


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("206", "206"),
        ("206.5", "206.5"),
        ("3:26", "206"),
        ("05:18", "318"),
        ("1:02:03", "3723"),
        ("75:00", "4500"),
        ("PT3M26S", "206"),
    ],
)
def test_durations_as_tables_write_them(text: str, seconds: str) -> None:
    assert read_duration(text).seconds == Decimal(seconds)


@pytest.mark.parametrize("text", ["3:60", "1:60:00", "3.26.1", "abc", "-3:26", "9999999:00:00", "999999999"])
def test_what_is_no_duration_in_a_table(text: str) -> None:
    read = read_duration(text)
    assert read.seconds is None
    assert read.reason


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", (2026, 3, 31)),
        ("2026/03/01", (2026, 3, 1)),
        ("2026-03", (2026, 3, 1)),
        ("2026", (2026, 1, 1)),
        ("20260331", (2026, 3, 31)),
        ("202603", (2026, 3, 1)),
        ("2026-03-31T10:00:00Z", (2026, 3, 31)),
        ("March 2026", (2026, 3, 1)),
        ("Mar-2026", (2026, 3, 1)),
        ("31 March 2026", (2026, 3, 31)),
        ("Mar 31, 2026", (2026, 3, 31)),
        ("03/2026", (2026, 3, 1)),
        ("31/3/2026", (2026, 3, 31)),
        ("3/31/2026", (2026, 3, 31)),
        ("4/4/2026", (2026, 4, 4)),
    ],
)
def test_dates_that_say_which_day_they_are(text: str, day: tuple[int, int, int]) -> None:
    assert read_date(text).value == date(*day)


def test_a_date_that_may_be_two_days_is_not_guessed() -> None:
    read = read_date("3/4/2026")
    assert read.value is None
    assert "two different days" in read.reason
    assert read_date("3/4/2026", DayOrder.MONTH_FIRST).value == date(2026, 3, 4)
    assert read_date("3/4/2026", DayOrder.DAY_FIRST).value == date(2026, 4, 3)


def test_dates_with_a_time_of_day_are_read_in_the_declared_order() -> None:
    assert read_date("10/15/2023 12:00:00 AM", DayOrder.MONTH_FIRST).value == date(2023, 10, 15)
    assert read_date("10/1/25 1:02am", DayOrder.MONTH_FIRST).value == date(2025, 10, 1)


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026-02-30", "31/31/2026", "0000-01-01", "soon", "Q1 2026", "", "9" * 100]
)
def test_what_is_no_date(text: str) -> None:
    read = read_date(text)
    assert read.value is None
    assert read.reason


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("12", 12),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u00a0200", 1200),
        ("1.234.567", 1_234_567),
        ("-3", -3),
        ("12.0", 12),
        ("0", 0),
    ],
)
def test_counts(text: str, count: int) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize("text", ["", "1.5", "12,5", "x", "1,2,3", "1e3", "٣", "9" * 60])
def test_what_is_no_count(text: str) -> None:
    assert read_count(text) is None


@given(st.dates())
def test_every_day_is_read_back_from_its_iso_form(day: date) -> None:
    assert read_date(day.isoformat()).value == day


@given(st.text(max_size=80))
def test_no_text_whatever_makes_a_cell_fail(text: str) -> None:
    for order in DayOrder:
        read = read_date(text, order)
        assert (read.value is None) == bool(read.reason)
    read_duration(text)
    read_count(text)
