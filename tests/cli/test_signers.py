"""Signers by command line, as two people would do it: cards, words by telephone, a new key, a stolen one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.output import NOT_GENUINE, SIGNER_UNKNOWN
from tests.journeys.terminal import Terminal


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("signers")
    (place / "c.csv").write_text("title,artist\nLow Tide,Mira Sand\n", encoding="utf-8")
    terminal = Terminal(place / "mara", place)
    terminal.done("import", "catalogue", "c.csv")
    terminal.done("signers", "card", "--out", "one.acsigner", "--name", "Mara")
    terminal.done("report", "create", "--out", "one.acreport")
    return place


@pytest.fixture
def mara(made_once: Path, tmp_path: Path) -> Terminal:
    """Somebody with a song, a card and a report."""
    shutil.copytree(made_once, tmp_path / "home")
    return Terminal(tmp_path / "home" / "mara", tmp_path / "home")


@pytest.fixture
def lawyer(mara: Terminal) -> Terminal:
    """Somebody without a profile, in the same folder."""
    return Terminal(mara.home / "lawyer", mara.home)


def own(terminal: Terminal) -> Any:
    """The key that signs reports now."""
    return terminal.asked("signers", "list")["signers"][0]


def test_a_card_a_telephone_call_a_new_key_and_a_report(mara: Terminal, lawyer: Terminal) -> None:
    words = own(mara)["words"]
    assert "Nothing says yet" in lawyer.refused("signers", "trust", "one.acsigner")
    wrong = ("signers", "trust", "one.acsigner", "--compared", " ".join(reversed(words)))
    assert "not the words or digits of this key" in lawyer.refused(*wrong)
    # What she says on the telephone.
    trusted = lawyer.asked("signers", "trust", "one.acsigner", "--compared", " ".join(words).upper())
    assert (trusted["name"], trusted["how"]) == ("Mara", "card")
    # A new key, and a report that carries the handover.
    done = mara.asked("keys", "replace")
    assert done["handed_over"]
    assert done["words"] != words
    mara.done("report", "create", "--out", "two.acreport")
    found = lawyer.run("report", "verify", "two.acreport")
    assert found.returncode == 0
    assert "handover" in found.stdout
    kept = lawyer.asked("signers", "trust", "two.acreport")
    assert (kept["name"], kept["how"]) == ("Mara", "handover")
    assert mara.run("report", "verify", "one.acreport").returncode == 0, "her own earlier report"


def test_a_key_that_may_be_in_other_hands_counts_for_nothing_any_more(
    mara: Terminal, lawyer: Terminal
) -> None:
    told = lawyer.done("signers", "trust", "one.acsigner", "--not-compared")
    assert "Nobody compared its words" in told
    former = own(mara)
    done = mara.asked("keys", "replace", "--taken", "--reason", "The laptop was stolen")
    assert not done["handed_over"]
    mara.done("report", "create", "--out", "two.acreport", "--replace")
    assert lawyer.run("report", "verify", "two.acreport").returncode == SIGNER_UNKNOWN
    new = mara.asked("signers", "card", "--out", "two.acsigner", "--name", "Mara")
    shown = lawyer.done("signers", "show", "two.acsigner")
    assert "their own word" in shown
    assert "a key of Mara is no longer good" in shown
    lawyer.done("signers", "trust", "two.acsigner", "--compared", new["fingerprint"])
    assert lawyer.run("report", "verify", "two.acreport").returncode == 0
    assert lawyer.run("report", "verify", "one.acreport").returncode == SIGNER_UNKNOWN
    assert lawyer.asked("signers", "show", former["fingerprint"])["revoked"] == {
        "on": done["on"],
        "reason": "The laptop was stolen",
        "by_itself": True,
    }
    assert lawyer.run("signers", "show", "one.acsigner").returncode == NOT_GENUINE


def test_a_name_a_mark_made_here_and_letting_go(mara: Terminal, lawyer: Terminal) -> None:
    lawyer.done("signers", "trust", "one.acreport", "--not-compared", "--name", "Mara")
    lawyer.done("signers", "rename", "Mara", "Mara Lindqvist")
    marked = lawyer.asked("signers", "revoke", "mara lindqvist", "--reason", "Her office says so")
    assert marked["revoked"]["reason"] == "Her office says so"
    assert lawyer.run("report", "verify", "one.acreport").returncode == SIGNER_UNKNOWN
    assert lawyer.asked("signers", "revoke", "Mara Lindqvist", "--undo")["revoked"] is None
    lawyer.done("signers", "forget", "Mara Lindqvist")
    assert "is called" in lawyer.refused("signers", "show", "Mara Lindqvist")
    assert "no card, report or evidence bundle" in lawyer.refused("signers", "trust", "c.csv")
