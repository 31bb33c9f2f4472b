"""`report create` at a terminal: what is typed becomes what is chosen, and a preview writes nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

CATALOGUE = "Title,ISRC,Artist\nLow Tide,SEAAA2500001,Mara Quist\n"


@pytest.fixture
def filled(tmp_path: Path) -> Terminal:
    """A profile with one recording, about which everything was refused."""
    (tmp_path / "home").mkdir()
    catalogue = tmp_path / "catalogue.csv"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    made = Terminal(tmp_path / "data", tmp_path / "home")
    made.done("import", "catalogue", catalogue)
    made.done("decide", "refuse", "--all")
    made.done("sync")
    return made


def members_of(report: Path) -> list[str]:
    with zipfile.ZipFile(report) as package:
        return package.namelist()


def test_a_preview_says_who_will_see_what_and_writes_nothing(filled: Terminal, tmp_path: Path) -> None:
    shown = filled.done("report", "create", "--preview", "--without", "cases", "--without", "findings")
    seen, stays = shown.split("Stays with you")
    assert "Whoever opens the file will see" in seen
    assert "1 work: title, identifiers, who is credited" in seen
    assert "1 answer that was ever given, with 1 receipt" in seen
    assert "Letters, notes, drafts and files kept as evidence: never in a report" in stays
    asked = filled.asked("report", "create", "--preview", "--part", "permissions")
    assert next(line["what"] for line in asked["seen"]) == "works"
    left = {line["what"]: line for line in asked["stays"]}
    assert left["decisions"]["words"] == "1 answer with its receipt: you left it out"
    assert not list(tmp_path.glob("*.acreport"))


def test_a_report_holds_the_parts_that_were_typed(filled: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "r.acreport"
    filled.done("report", "create", "--out", path, "--part", "decisions", "--title", "For Ms. Berg")
    assert "entries.csv" in members_of(path)
    filled.done("report", "create", "--out", path, "--replace", "--without", "decisions")
    assert "entries.csv" not in members_of(path)
    assert "works.csv" in members_of(path)


def test_what_cannot_be_is_a_sentence(filled: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "r.acreport"
    for typed, said in (
        (("--as-known-then",), "Give --as-of as well."),
        (("--contract-words",), "Give --contract as well."),
        (("--as-of", "2999-01-01"), "2999-01-01 has not come yet."),
        (("--money-of", "Nobody"), "No other payee “Nobody” is known here."),
    ):
        assert said in filled.refused("report", "create", "--out", path, *typed)
    assert not path.exists()
    both = filled.run("report", "create", "--out", path, "--preview")
    assert both.returncode == 2
