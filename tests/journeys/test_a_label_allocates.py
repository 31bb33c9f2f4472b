"""A label's statement, by command line alone: who is paid what is said, corrected, and exact to the digit.

Every command is a process of its own, so that nothing is kept between them but the profile's folder.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from artist_console.domain.statements import exact_sum
from tests.journeys.terminal import Terminal

MARA, OLA, STUDIO = "Mara Lindqvist", "Ola Berg", "Studio Nord"
CATALOGUE = {
    "mara.csv": f"title,artist,isrc\nSalt Lines,{MARA},SEYOK2600001\nFirst Thaw,{MARA},SEYOK2600003\n",
    "ola.csv": f"title,artist,isrc\nNight Ferry,{OLA},SEYOK2600011\n",
}
GROSS = (
    "ISRC,Title,Artist,Amount,Currency,Month,Type\n"
    f"SEYOK2600001,Salt Lines,{MARA},100.000000000001,EUR,2026-09,AI training fee\n"
    f"SEYOK2600011,Night Ferry,{OLA},33.33,EUR,2026-09,AI training fee\n"
    f"SEYOK2600003,First Thaw,{MARA},12.00,EUR,2026-09,AI training fee\n"
)
WHOLE = Decimal("145.330000000001")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    for name, text in {**CATALOGUE, "gross.csv": GROSS}.items():
        (home / name).write_text(text, encoding="utf-8")
    return Terminal(tmp_path / "profile", home)


def earned(terminal: Terminal, artist: str) -> Decimal:
    found = terminal.asked("earnings", "totals", "--artist", artist)["totals"]
    return exact_sum(Decimal(each["amount"]) for each in found)


def listed(terminal: Terminal, above: str) -> list[dict[str, Any]]:
    """What was worked out of a statement."""
    every = terminal.asked("statement", "list")["statements"]
    return [each for each in every if each["allocated_from"] == above]


def came_to(rows: list[dict[str, Any]]) -> Decimal:
    return exact_sum(Decimal(row["amount"]) for row in rows)


def steps_of(terminal: Terminal, statement: str) -> list[dict[str, Any]]:
    [flow] = terminal.asked("earnings", "waterfall", statement, "--line", "1")["waterfalls"]
    steps: list[dict[str, Any]] = flow["steps"]
    return steps


def test_from_what_a_label_received_to_what_each_is_due_and_back_again(terminal: Terminal) -> None:
    for name in CATALOGUE:
        terminal.done("import", "catalogue", terminal.home / name)
    gross = ("import", "statement", terminal.home / "gross.csv", "--level", "licensor-gross")
    came = terminal.asked(*gross, "--issuer", "Fieldnote", "--artist", MARA)
    [above] = [each["id"] for each in came["statements"] if not each["worked_out"]]

    # Nothing is said yet: all of it is left over, with the reason and what to do about it.
    [left] = listed(terminal, above)
    assert Decimal(left["amount"]) == WHOLE
    shown = terminal.run("statement", "list", COLUMNS="200").stdout
    assert "What is left of" in shown
    assert "left over" in shown
    assert "label received" in shown
    lines = terminal.asked("statement", "show", left["id"])["lines"]
    assert {line["method"] for line in lines} == {"no_split"}
    assert all("split set" in line["words"] for line in lines)

    # Said: rates, splits, a letter; one split misses the whole and is told.
    terminal.done("pay-terms", "add", "--issuer", "Fieldnote", "--rate", "80%")
    split = ("split", "set", "Salt Lines", "master")
    terminal.done(*split, f"{MARA}=75%", f"{OLA}=25%", "--source", "Email of May")
    terminal.done("split", "set", "Night Ferry", "master", f"{OLA}=100%")
    told = terminal.done("split", "set", "First Thaw", "master", f"{MARA}=50%", f"{STUDIO}=40%")
    assert "come to 90 %" in told
    terminal.done("direction", "add", "--by", OLA, "--to", STUDIO, "--share", "10%")
    done = terminal.asked("statement", "allocate", above)
    assert done["counts"]["lines_held"] == 1
    mara, ola = earned(terminal, MARA), earned(terminal, OLA)
    assert mara == Decimal("60.000000000001")
    assert ola == Decimal("41.9976")  # 90 % of 20.0000000000002 and of 26.664
    studio = Decimal("4.6664")  # of somebody whose money is not shown here
    rows = listed(terminal, above)
    assert came_to(rows) + studio == WHOLE

    # One line, from what the label received to what comes out: no step is missing.
    [own] = [row["id"] for row in rows if row["payee_name"] == MARA and row["level"] == "payee_net"]
    steps = steps_of(terminal, own)
    assert "Email of May" in [step["source"] for step in steps]
    changes = exact_sum(Decimal(step["amount"]) for step in steps if step["kind"] in ("start", "up", "down"))
    assert changes == Decimal(steps[-1]["after"]) == mara

    # Corrected: what was held is paid, what stood is left alone, and again changes nothing.
    terminal.done("split", "set", "First Thaw", "master", f"{MARA}=50%", f"{STUDIO}=50%")
    assert terminal.asked("statement", "allocate", above)["counts"]["lines_reversed"] == 1
    assert "Nothing is new" in terminal.done("statement", "allocate", above)
    assert earned(terminal, MARA) == mara + Decimal("4.80")
    assert earned(terminal, OLA) == ola
    assert came_to(listed(terminal, above)) + studio + Decimal("4.80") == WHOLE
    checked = terminal.asked("earnings", "check")["statements"]
    results = {check["result"] for each in checked for check in each["checks"]}
    assert "does_not_add_up" not in results
