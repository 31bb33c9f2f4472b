"""Rate tables: the ECB's files and plain ones are read whole, and what is wrong is told with its row."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem
from artist_console.formats.rate_table import ECB_NAME, NoRateTable, RateUnreadable, read_rate_table

HIST = (
    "Date,USD,JPY,BGN,CYP,\n"
    "2026-11-27,1.0850,163.25,N/A,N/A,\n"
    "2026-11-26,1.0801,162.90,N/A,N/A,\n"
    "2007-12-28,1.4692,164.93,1.9558,0.58527,\n"
)
DAILY = "Date, USD, JPY, \n27 November 2026, 1.0850, 163.25, \n"
PLAIN = "date,currency,rate\n2026-11-27,USD,1.0850\n2026-11-26,USD,1.0801\n2026-11-27,GBP,0.83420\n"


def zipped(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("eurofxref-hist.csv", HIST.encode()), ("eurofxref-hist.zip", zipped("eurofxref-hist.csv", HIST))],
)
def test_the_history_of_the_ecb_is_read_from_its_table_and_its_zip(name: str, data: bytes) -> None:
    table = read_rate_table(data, name).table
    assert (table.name, table.base) == (ECB_NAME, "EUR")
    assert "European Central Bank" in table.source
    assert table.quotes["USD"][-1] == (date(2026, 11, 27), Decimal("1.0850"))
    assert table.quotes["CYP"] == ((date(2007, 12, 28), Decimal("0.58527")),)
    assert (table.first_day, table.last_day) == (date(2007, 12, 28), date(2026, 11, 27))


def test_the_daily_file_of_the_ecb_has_its_day_in_words() -> None:
    table = read_rate_table(zipped("eurofxref.csv", DAILY), "eurofxref.zip").table
    assert table.quotes == {
        "JPY": ((date(2026, 11, 27), Decimal("163.25")),),
        "USD": ((date(2026, 11, 27), Decimal("1.0850")),),
    }


def test_a_plain_table_says_its_base_or_is_told_it() -> None:
    table = read_rate_table(PLAIN.encode(), "house.csv", base="CHF", source="our bank").table
    assert (table.name, table.source, table.base) == ("house", "our bank", "CHF")
    assert [day for day, _ in table.quotes["USD"]] == [date(2026, 11, 26), date(2026, 11, 27)]
    named = "Date;Base;Currency;Rate\n2026-11-27;USD;EUR;0.9217\n"
    assert read_rate_table(named.encode(), "x.csv").table.base == "USD"
    with pytest.raises(RateUnreadable, match="for one USD"):
        read_rate_table(named.encode(), "x.csv", base="GBP")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,currency,rate\n2026-11-27,USD,1,0850\n2026-11-27,USD,0850\n", "second rate of USD"),
        ("date,currency,rate\n2026-11-27,USD,NaN\n", "row 2: “NaN” is not a rate"),
        ("date,currency,rate\n2026-11-27,USD,1e3\n", "is not a rate"),
        ("date,currency,rate\n2026-11-27,USD,0\n", "converts nothing"),
        ("date,currency,rate\n2026-11-27,USD,-1.2\n", "converts nothing"),
        ("date,currency,rate\n2026-11-27,usd,1.2\n", "not the code of a currency"),
        ("date,currency,rate\n27/11/2026,USD,1.2\n", "is not a day"),
        ("date,base,currency,rate\n2026-11-27,EUR,USD,1\n2026-11-26,GBP,USD,1\n", "row 3"),
        ("date,base,currency,rate\n2026-11-27,USD,USD,1\n", "quoted against itself"),
        ("Date,USD,\n2026-11-27,1.08x,\n", "row 2: “1.08x” is not a rate"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(text: str, told: str) -> None:
    with pytest.raises(RateUnreadable) as caught:
        read_rate_table(text.encode(), "rates.csv")
    assert told in caught.value.sentence
    assert "Nothing of it was used" in caught.value.sentence


@pytest.mark.parametrize("text", ["Title,Amount\nA,1\n", "Date,USD\n", "Date,USD,\n2026-11-27,N/A,\n"])
def test_any_other_table_is_none(text: str) -> None:
    with pytest.raises(NoRateTable, match="is no rate table"):
        read_rate_table(text.encode(), "rates.csv")


def test_a_zip_that_ends_early_is_damaged_and_used_in_nothing() -> None:
    with pytest.raises(InputProblem, match="damaged"):
        read_rate_table(zipped("eurofxref-hist.csv", HIST)[:-30], "eurofxref-hist.zip")


@given(
    st.dictionaries(
        st.dates(date(1999, 1, 4), date(2030, 1, 1)),
        st.decimals(Decimal("0.000001"), Decimal("99999"), places=6),
        min_size=1,
        max_size=20,
    )
)
def test_every_rate_comes_back_with_every_digit(days: dict[date, Decimal]) -> None:
    text = "Date,ISK,\n" + "".join(f"{day.isoformat()},{rate:f},\n" for day, rate in days.items())
    assert read_rate_table(text.encode(), "eurofxref-hist.csv").table.quotes["ISK"] == tuple(
        sorted(days.items())
    )
