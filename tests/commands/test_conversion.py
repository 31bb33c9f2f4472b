"""Rate tables of a profile: kept with their file, renewed, chosen, forgotten; converted sums are not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.commands import conversion, earnings
from artist_console.commands.console import Console
from artist_console.commands.conversion import CannotConvert, NoRates
from artist_console.domain.problems import InputProblem, Problem, UnknownThing
from artist_console.formats.rate_table import RateUnreadable
from artist_console.store import private
from tests.commands.desks import Desk, a_desk

ECB = "Date,USD,JPY,CYP,\n2025-05-30,1.1339,163.25,N/A,\n2025-05-29,1.1281,162.90,0.58,\n"
NEWER = "Date,USD,JPY,\n2025-06-01,1.1400,163.50,\n" + ECB.split("\n", 1)[1].replace("N/A,", "").replace(
    "0.58,", ""
)
HOUSE = "date,currency,rate\n2025-05-30,EUR,0.93\n2025-05-30,USD,1.05\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "p") as made:
        yield made


@pytest.fixture
def console(desk: Desk) -> Console:
    return desk.console


def a_file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_kept_with_its_file_and_read_again_after_a_restart(desk: Desk, tmp_path: Path) -> None:
    path = a_file(tmp_path, "eurofxref-hist.csv", ECB)
    kept = conversion.add_table(desk.console, path).value
    path.unlink()
    desk.reopen()
    (found,) = conversion.tables(desk.console)
    assert found == kept
    assert (found.base, found.last_day, found.file_name) == ("EUR", date(2025, 5, 30), "eurofxref-hist.csv")
    assert conversion.rates(desk.console, found).quotes["USD"][-1][1] == Decimal("1.1339")


def test_a_newer_file_takes_the_place_of_the_former_and_its_bytes_go(
    console: Console, tmp_path: Path
) -> None:
    first = conversion.add_table(console, a_file(tmp_path, "a.csv", ECB)).value
    again = conversion.add_table(console, a_file(tmp_path, "a.csv", ECB)).value
    assert again.id == first.id
    second = conversion.add_table(console, a_file(tmp_path, "b.csv", NEWER)).value
    assert [kept.id for kept in conversion.tables(console)] == [second.id]
    assert private.attached_bytes(console.store, first.sha256) is None


def test_a_file_that_cannot_be_read_leaves_everything_as_it_was(console: Console, tmp_path: Path) -> None:
    kept = conversion.add_table(console, a_file(tmp_path, "a.csv", ECB)).value
    with pytest.raises(RateUnreadable, match="row 3"):
        conversion.add_table(
            console, a_file(tmp_path, "b.csv", "Date,USD,\n2025-06-01,1.1,\n2025-06-02,1;1,\n")
        )
    assert conversion.tables(console) == (kept,)


def test_a_table_is_chosen_by_name_id_or_its_latest_rates(console: Console, tmp_path: Path) -> None:
    with pytest.raises(NoRates, match="No rate table is here"):
        conversion.table_of(console)
    ecb = conversion.add_table(console, a_file(tmp_path, "a.csv", NEWER)).value
    house = conversion.add_table(console, a_file(tmp_path, "house.csv", HOUSE), base="CHF").value
    assert conversion.table_of(console).id == ecb.id
    assert conversion.table_of(console, "HOUSE").id == house.id
    assert conversion.table_of(console, house.id[:6]).id == house.id
    with pytest.raises(InputProblem, match="fits several"):
        conversion.table_of(console, "e")
    with pytest.raises(UnknownThing, match="There is: ECB reference rates, house"):
        conversion.table_of(console, "bank")
    conversion.remove_table(console, house.id)
    assert [kept.id for kept in conversion.tables(console)] == [ecb.id]


def test_totals_are_converted_at_the_last_day_of_the_table_or_at_a_day_asked_for(
    console: Console, tmp_path: Path
) -> None:
    conversion.add_table(console, a_file(tmp_path, "a.csv", ECB))
    totals = earnings.totals(console)
    assert [currency for currency, _ in totals] == ["EUR"]
    found = conversion.convert(console, totals, "USD")
    assert found.day == date(2025, 5, 30)  # of the table; it is the first of June
    assert found.about == Decimal("2.79")  # 2 x 1.230000000001 x 1.1339
    assert [each.text for each in found.basis] == ["1 EUR = 1.1339 USD on 30 May 2025"]
    earlier = conversion.convert(console, totals, "USD", day=date(2025, 5, 29))
    assert [rate.day for rate in earlier.parts[0].rates] == [date(2025, 5, 29)]


def test_only_money_that_the_table_quotes_can_be_chosen(console: Console, tmp_path: Path) -> None:
    kept = conversion.add_table(console, a_file(tmp_path, "a.csv", ECB)).value
    assert conversion.currencies_of(kept) == ("EUR", "USD", "JPY")  # the Cyprus pound is no money any more
    for currency in ("GBP", "CYP", "eur", ""):
        with pytest.raises(CannotConvert, match="It knows EUR, USD, JPY"):
            conversion.convert(console, [("EUR", Decimal(1))], currency)


def test_nothing_converted_is_kept(desk: Desk, tmp_path: Path) -> None:
    conversion.add_table(desk.console, a_file(tmp_path, "a.csv", ECB))
    before = desk.console.store.value("SELECT total_changes()")
    conversion.convert(desk.console, earnings.totals(desk.console), "USD")
    assert desk.console.store.value("SELECT total_changes()") == before


def test_a_table_whose_file_is_gone_is_told(console: Console, tmp_path: Path) -> None:
    kept = conversion.add_table(console, a_file(tmp_path, "a.csv", ECB)).value
    private.drop_attachment(console.store, kept.sha256)
    with pytest.raises(Problem, match="Add it again"):
        conversion.convert(console, [("EUR", Decimal(1))], "USD")
