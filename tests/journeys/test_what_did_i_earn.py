"""What came in, by command line alone: a file with every kind of fault is looked at, brought in, understood,
checked, corrected and written out again, and no digit is lost on the way.

Every command is a process of its own, so that nothing is kept between them but the profile's folder.
"""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from artist_console.domain.statements import exact_sum
from tests.journeys.terminal import Terminal

STORE = "Harmonia Generate"
HEADER = [
    "Date Inserted",
    "Reporting Date",
    "Sale Month",
    "Store",
    "Artist",
    "Title",
    "ISRC",
    "UPC",
    "Quantity",
    "Team Percentage",
    "Source Type",
    "Country of Sale",
    "Songwriter Royalties Withheld (USD)",
    "Earnings (USD)",
    "Recoup (USD)",
]
CATALOGUE = (
    "title,artist,isrc\n"
    "Salt Lines,Mara Lindqvist,SEYOK2600001\n"
    "Harbour Lights,Mara Lindqvist,SEYOK2600002\n"
    "First Thaw,Mara Lindqvist,SEYOK2600003\n"
)
GOOD = ("0.000715623033", "12.500000000001", "-0.69", "1.000000000000000001")
RATES = "date,currency,rate\n2026-06-30,USD,1.25\n"


def sale(month: str, store: str, title: str, isrc: str, upc: str, quantity: str, amount: str) -> list[str]:
    first = ["2026-07-09", "2026-07-05", month, store, "Mara Lindqvist", title, isrc, upc, quantity]
    return [*first, "100", "Song", "DE", "0", amount, "0"]


SALES = (
    sale("2026-05", "Spotify", "Salt Lines", "SEYOK2600001", "00094631432057", "1,200", GOOD[0]),
    sale("2026-05", STORE, "Salt Lines", "SEYOK2600001", "00094631432057", "926", GOOD[1]),
    sale("2026-05", "Spotify", "Harbour Lights", "SEYOK2600002", "8.80E+11", "3", "NaN"),
    sale("2026-06", "Spotify", "First Thaw", "SEYOK2600003", "00094631432057", "-2", GOOD[2]),
    sale("2026-06", "Spotify", "Harbour Lights", "SEYOK2600002", "00094631432057", "7", "(3.50)"),
    sale("2026-06", STORE, "First Thaw", "SEYOK2600003", "00094631432057", "31", GOOD[3]),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a profile that holds three recordings, and one that holds the statement, too."""
    folder = tmp_path_factory.mktemp("earned")
    home = folder / "home"
    home.mkdir()
    (folder / "songs.csv").write_text(CATALOGUE, encoding="utf-8")
    written(folder / "sales.csv", SALES)
    before = Terminal(folder / "before", home)
    before.done("import", "catalogue", folder / "songs.csv")
    shutil.copytree(before.data, folder / "after")
    Terminal(folder / "after", home).done("import", "statement", folder / "sales.csv")
    return folder


@pytest.fixture
def terminal(made: Path, tmp_path: Path) -> Terminal:
    """A terminal over a profile that holds three recordings."""
    shutil.copytree(made / "before", tmp_path / "profile")
    return Terminal(tmp_path / "profile", made / "home")


@pytest.fixture
def brought_in(made: Path, tmp_path: Path) -> Terminal:
    """The same after the statement came in."""
    shutil.copytree(made / "after", tmp_path / "profile")
    return Terminal(tmp_path / "profile", made / "home")


@pytest.fixture
def sales(made: Path) -> Path:
    return made / "sales.csv"


def written(path: Path, rows: tuple[list[str], ...]) -> Path:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def total(*amounts: str) -> Decimal:
    return exact_sum(map(Decimal, amounts))


def the_statement(terminal: Terminal) -> dict[str, Any]:
    [only] = terminal.asked("statement", "list")["statements"]
    assert isinstance(only, dict)
    return only


def test_a_file_is_looked_at_without_a_trace(terminal: Terminal, sales: Path) -> None:
    shown = terminal.done("import", "statement", sales, "--look")
    assert "DistroKid" in shown
    assert "what you are paid" in shown
    assert "“NaN” is not an amount" in shown
    assert terminal.asked("statement", "list")["statements"] == []


def test_what_is_wrong_is_left_out_told_and_saved(terminal: Terminal, sales: Path, tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.csv"
    result = terminal.run("import", "statement", sales, "--rejected", rejected)
    assert result.returncode == 0, result.stderr
    assert "partial" in result.stdout
    assert "No line is recognised as income from AI" in result.stdout
    with rejected.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["Row"], row["Earnings (USD)"]) for row in rows] == [("4", "NaN"), ("6", "(3.50)")]
    only = the_statement(terminal)
    assert Decimal(only["amount"]) == total(*GOOD)
    assert only["lines"] == len(GOOD)


def test_the_same_file_again_changes_nothing(brought_in: Terminal, sales: Path) -> None:
    before = brought_in.asked("statement", "list")
    assert "4 lines were here already" in brought_in.done("import", "statement", sales)
    assert brought_in.asked("statement", "list") == before


def test_what_a_store_means_is_said_once_and_counts_from_then_on(brought_in: Terminal) -> None:
    assert "No AI income" in brought_in.done("earnings", "totals")
    brought_in.done("earnings", "sources", "--name", STORE, "--kind", "pool.subscription")
    [earned] = brought_in.asked("earnings", "totals")["totals"]
    assert (earned["currency"], Decimal(earned["amount"])) == ("USD", total(GOOD[1], GOOD[3]))
    brought_in.done("earnings", "sources", "--name", STORE, "--forget")
    assert "No AI income" in brought_in.done("earnings", "totals")


def test_a_corrected_file_replaces_only_when_somebody_says_so(brought_in: Terminal, tmp_path: Path) -> None:
    first = the_statement(brought_in)["id"]
    corrected = (*SALES[:2], *SALES[3:4], *SALES[5:])
    again = written(tmp_path / "sales corrected.csv", corrected)
    words = brought_in.refused("import", "statement", again)
    assert "--replaces" in words
    assert "--keep-both" in words
    assert the_statement(brought_in)["id"] == first
    brought_in.done("import", "statement", again, "--replaces", first)
    known = {row["id"]: row for row in brought_in.asked("statement", "list")["statements"]}
    assert len(known) == 2
    [second] = set(known) - {first}
    brought_in.done("earnings", "sources", "--name", STORE, "--kind", "pool.subscription")
    [earned] = brought_in.asked("earnings", "totals")["totals"]
    assert Decimal(earned["amount"]) == total(GOOD[1], GOOD[3])  # once, not twice
    assert known[second]["replaces"] == first


def test_checks_say_what_holds_and_what_nothing_is_known_of(brought_in: Terminal) -> None:
    [checked] = brought_in.asked("earnings", "check")["statements"]
    by_name = {check["name"]: check["result"] for check in checked["checks"]}
    assert by_name["count"] == by_name["currency"] == by_name["duplicates"] == "adds_up"
    assert "part_cannot_be_checked" in by_name.values()  # rows were left out
    assert "does_not_add_up" not in by_name.values()
    assert "Not known, look in your contract" in brought_in.done("earnings", "check")


def test_every_way_out_has_every_digit(brought_in: Terminal, made: Path, tmp_path: Path) -> None:
    wanted = sorted(map(Decimal, GOOD))

    table = tmp_path / "out.csv"
    brought_in.done("statement", "export", table)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(Decimal(row["Amount (exact)"].lstrip("'")) for row in rows) == wanted

    sheet = tmp_path / "out.xlsx"
    brought_in.done("statement", "export", sheet)
    cells = CalamineWorkbook.from_path(sheet).get_sheet_by_index(0).to_python()
    head = next(n for n, row in enumerate(cells) if "Amount (exact)" in row)
    place = cells[head].index("Amount (exact)")
    exact = [row[place] for row in cells[head + 1 :] if row[place]]
    assert all(isinstance(cell, str) for cell in exact)
    assert sorted(Decimal(str(cell)) for cell in exact)[: len(wanted)] == wanted

    report = tmp_path / "out.tsv"
    brought_in.done("statement", "export", report)
    other = Terminal(tmp_path / "elsewhere", brought_in.home)
    other.done("import", "catalogue", made / "songs.csv")
    other.done("import", "statement", report)
    assert Decimal(the_statement(other)["amount"]) == total(*GOOD)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_the_page_on_paper_has_the_same_sum(brought_in: Terminal, tmp_path: Path) -> None:
    page = tmp_path / "out.pdf"
    brought_in.done("statement", "export", page)
    text = subprocess.run(["pdftotext", "-layout", page, "-"], check=True, capture_output=True, text=True)
    assert f"{total(*GOOD):f}" in text.stdout
    assert "2 rows were left out" in text.stdout


def test_another_currency_is_approximate_and_says_by_what(brought_in: Terminal, tmp_path: Path) -> None:
    brought_in.done("earnings", "sources", "--name", STORE, "--kind", "pool.subscription")
    rates = tmp_path / "rates.csv"
    rates.write_text(RATES, encoding="utf-8")
    brought_in.done("rates", "add", rates, "--name", "By hand", "--source", "a note of mine")
    shown = brought_in.done("earnings", "totals", "--in", "EUR")
    assert "≈" in shown
    assert "10.80" in shown  # 13.500000000001000001 / 1.25
    assert "By hand" in shown
    assert "30 June 2026" in shown
