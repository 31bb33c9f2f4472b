"""`earnings` in a terminal: what is not recognised is never zero, and a name can be told to mean income."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.cli.arguments import parse
from tests.journeys.terminal import Terminal

STATEMENT = (
    "ISRC,Title,Artist,Amount,Currency,Month,Store,Country\n"
    "AA6Q72600001,Low Tide,Mira Sand,1.500000000000000001,EUR,2026-10,Tuner One,SE\n"
    "AA6Q72600001,Low Tide,Mira Sand,0.25,EUR,2026-10,Spotify,SE\n"
)


@pytest.fixture
def filled(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    (home / "c.csv").write_text("title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n", encoding="utf-8")
    (home / "s.csv").write_text(STATEMENT, encoding="utf-8")
    terminal = Terminal(tmp_path / "profile", home)
    terminal.done("import", "catalogue", "c.csv")
    terminal.run("import", "statement", "s.csv", "--artist", "Mira Sand", "--level", "payee-net")
    return terminal


def test_a_name_that_is_told_to_mean_income_from_ai_counts_from_then_on(filled: Terminal) -> None:
    before = filled.asked("earnings", "totals", "--since", "2026-10-01")
    assert (before["totals"], before["lines_recognised"], before["lines_not_recognised"]) == ([], 0, 2)
    words = filled.done("earnings", "totals", "--since", "2026-10-01")
    assert "No line was recognised as AI income." in words
    assert "0" not in words.split("recognised as AI income.")[0]

    said = filled.asked("earnings", "sources", "--name", "tuner one", "--kind", "usage.generation")
    by_name = {row["source"]: row for row in said["sources"]}
    assert (by_name["Tuner One"]["certainty"], by_name["Tuner One"]["counts"]) == ("said", True)
    assert (by_name["Spotify"]["certainty"], by_name["Spotify"]["counts"]) == ("unknown", False)

    after = filled.asked("earnings", "totals", "--since", "2026-10-01")
    assert after["totals"] == [{"currency": "EUR", "amount": "1.500000000000000001"}]
    assert after["lines_not_recognised"] == 1
    narrowed = filled.asked("earnings", "totals", "--since", "2026-10-01", "--source", "Spotify")
    assert narrowed["totals"] == []

    statement = filled.asked("statement", "list")["statements"][0]["id"]
    lines = filled.asked("earnings", "lines", statement, "--kind", "usage.generation")
    assert [(line["source"], line["amount"]) for line in lines["lines"]] == [
        ("Tuner One", "1.500000000000000001")
    ]
    (whole,) = filled.asked("earnings", "waterfall", statement)["waterfalls"]
    assert Decimal(whole["net"]) == Decimal("1.750000000000000001")

    filled.done("earnings", "sources", "--name", "Tuner One", "--forget")
    assert filled.asked("earnings", "totals", "--since", "2026-10-01")["totals"] == []


def test_checks_say_what_is_not_stated_and_a_file_is_not_written_over(filled: Terminal) -> None:
    (statement,) = filled.asked("earnings", "check")["statements"]
    results = {check["name"]: check["result"] for check in statement["checks"]}
    assert results["count"] == results["currency"] == "adds_up"
    assert results["making"] == "part_cannot_be_checked"

    table = filled.home / "rows.csv"
    filled.done("earnings", "reconcile", "--out", table)
    assert "is there already" in filled.refused("earnings", "reconcile", "--out", table)
    filled.done("earnings", "reconcile", "--out", table, "--replace")


def test_what_is_half_said_of_a_name_is_answered_with_what_to_add(filled: Terminal) -> None:
    assert "--not-ai" in filled.refused("earnings", "sources", "--name", "Tuner One")
    assert "--name" in filled.refused("earnings", "sources", "--not-ai")
    assert "is no kind of line" in filled.refused("earnings", "totals", "--kind", "fee.dance", code=2)
    assert "what becomes of income" in filled.refused(
        "earnings", "sources", "--name", "X", "--kind", "tax.withheld"
    )


def test_every_line_of_a_large_statement_can_be_asked_for() -> None:
    given = parse(("earnings", "lines", "x", "--line", "7000000", "--offset", "9000000"))
    assert (given.line, given.offset) == (7_000_000, 9_000_000)
    assert parse(("statement", "show", "x", "--offset", "9000000")).offset == 9_000_000
