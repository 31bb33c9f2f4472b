"""`addressee` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from artist_console.cli.addressees import _option
from artist_console.commands.addressee_form import CONTACT_FIELDS, FIELDS
from tests.cli.test_documentation import COMMANDS, assert_same_fields, documented
from tests.journeys.terminal import Terminal

CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    (home / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    made = Terminal(tmp_path / "profile", home)
    made.asked("import", "catalogue", "c.csv")
    return made


def test_the_directory_is_listed_and_shown_with_its_sources(terminal: Terminal) -> None:
    listed = terminal.asked("addressee", "list", "stability", "--kind", "operator")
    assert_same_fields(documented("addressee list"), listed, "addressee list")
    (entry,) = listed["addressees"]
    assert terminal.asked("addressee", "show", "Stability") == entry
    shown = terminal.done("addressee", "show", "known/stability-ai")
    assert "Contact 1" in shown
    assert "https://stability.ai/terms-of-service (read 29 November 2026)" in shown
    assert "Nobody so called" in terminal.done("addressee", "list", "zzz")


def test_an_addressee_is_added_changed_and_removed(terminal: Terminal) -> None:
    refused = terminal.refused(
        "addressee", "add", "--email", "nobody", "--postal", "1 High Street", "--kind", "bank"
    )
    for told in ("--name: Say who it is.", "contact 1, --email:", "contact 1, --postal-country:", "--kind:"):
        assert told in refused
    added = terminal.asked(
        "addressee", "add", "--name", "A Small Label", "--email", "office@example.org", "--also", "ASL"
    )
    assert (added["kind"], added["own"], added["contacts"][0]["purpose"]) == ("label", True, "general")

    changed = terminal.asked(
        "addressee", "change", "ASL", "--form", "https://example.org/rights", "--purpose", "copyright"
    )
    assert [each["purpose"] for each in changed["contacts"]] == ["general", "copyright"]
    changed = terminal.asked("addressee", "change", "asl", "--contact", "1", "--email", "new@example.org")
    assert changed["contacts"][0]["email"] == "new@example.org"
    changed = terminal.asked("addressee", "change", added["id"], "--drop-contact", "1", "--note", "Anna")
    assert [each["purpose"] for each in changed["contacts"]] == ["copyright"]
    assert "has no contact 7" in terminal.refused("addressee", "change", "ASL", "--contact", "7")

    assert "would go" in terminal.refused("addressee", "remove", "ASL")
    removed = terminal.asked("addressee", "remove", "ASL", "--yes")
    assert_same_fields(documented("addressee remove"), removed, "addressee remove")
    assert "No addressee “ASL”" in terminal.refused("addressee", "show", "ASL")


def test_what_ships_comes_back_when_an_own_change_goes(terminal: Terminal) -> None:
    shipped = terminal.asked("addressee", "show", "GEMA")
    changed = terminal.asked("addressee", "change", "GEMA", "--email", "my.contact@example.org")
    assert (changed["id"], changed["own"]) == ("known/gema", True)
    assert terminal.asked("addressee", "remove", "GEMA", "--yes")["left"] == shipped
    assert "was not changed here" in terminal.refused("addressee", "remove", "GEMA", "--yes")


def test_a_name_that_fits_several_is_not_guessed(terminal: Terminal) -> None:
    assert "fits several addressees" in terminal.refused("addressee", "show", "music")


def test_every_field_has_an_option() -> None:
    options = {option for action in COMMANDS["addressee add"]._actions for option in action.option_strings}
    assert {_option(field) for field in FIELDS} <= options
    assert {_option(f"contacts/1/{field}").split(", ")[1] for field in CONTACT_FIELDS} <= options
