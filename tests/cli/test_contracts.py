"""`contract` and `standing` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from artist_console.cli.contracts import OPTIONS
from artist_console.commands.contract_form import FIELDS
from artist_console.domain.problems import InputProblem
from artist_console.formats import contract_file
from artist_console.formats.contract_file import read_contract_file
from tests.cli.test_documentation import assert_same_fields, documented
from tests.journeys.terminal import Terminal

CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\nHigh,Mira Sand,AA6Q72600002\n"
LABEL = (
    "--with", "Fieldnote", "--right", "master", "--signed-on", "2019-03-03", "--ai", "blanket",
    "--ai-words", "canary of the clause", "--clause", "14.3",
)  # fmt: skip


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    (home / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    (home / "paper.pdf").write_bytes(b"signed")
    made = Terminal(tmp_path / "profile", home)
    made.asked("import", "catalogue", "c.csv")
    return made


def test_a_contract_is_noted_shown_changed_and_removed(terminal: Terminal) -> None:
    added = terminal.asked("contract", "add", *LABEL, "--file", "paper.pdf")
    (listed,) = terminal.asked("contract", "list")["contracts"]
    assert added == {**listed, "fields": added["fields"]}
    assert_same_fields(documented("contract list")["contracts"][0], listed, "contract list")
    assert (added["recordings"], added["file"]["name"]) == (2, "paper.pdf")
    assert added["fields"]["ai_words"] == "canary of the clause"

    standing = terminal.asked("standing")
    assert_same_fields(documented("standing"), standing, "standing")
    (recordings,) = (row for row in standing["standing"] if row["of"] == "recordings")
    assert (recordings["standing"], recordings["count"]) == ("wish", 2)
    assert recordings["source"] == "Contract with Fieldnote of 3 March 2019, clause 14.3"

    changed = terminal.asked("contract", "add", "--replace", "fieldnote", "--ai", "approval")
    assert (changed["id"], changed["clause_number"]) == (added["id"], "14.3")
    line = terminal.asked("standing", "Low Tide")["standing"][0]
    assert (line["standing"], line["contract"]) == ("approves", added["id"])
    assert line["words"].startswith("Fieldnote has to ask you before it licenses this recording")

    terminal.asked("contract", "show", added["id"][-6:], "--save-file", "copy.pdf")
    assert (terminal.home / "copy.pdf").read_bytes() == b"signed"

    refused = terminal.refused("contract", "remove", "Fieldnote")
    assert "decisions, receipts and statements stay" in refused
    assert terminal.asked("contract", "remove", "Fieldnote", "--yes")["file"] == "paper.pdf"
    assert terminal.asked("contract", "list") == {"contracts": []}


def test_the_list_shows_the_signs_that_name_a_contract(terminal: Terminal) -> None:
    added = terminal.asked("contract", "add", *LABEL)
    signs = next(part for part in terminal.done("contract", "list").split() if part.startswith("…"))
    assert terminal.asked("contract", "show", signs.removeprefix("…"))["id"] == added["id"]
    assert terminal.asked("contract", "show", "field")["id"] == added["id"]


@pytest.mark.parametrize("nothing", ["", " ", "e", "nobody"])
def test_what_names_no_contract_removes_none(terminal: Terminal, nothing: str) -> None:
    added = terminal.asked("contract", "add", "--with", "Old Müll", "--right", "master")
    short = added["id"][-1] if nothing == "e" else nothing
    told = terminal.refused("contract", "remove", short, "--yes")
    assert "is known here. See them with: artist-console contract list" in told
    assert len(terminal.asked("contract", "list")["contracts"]) == 1


def test_the_copy_of_a_contract_replaces_no_file_unasked(terminal: Terminal) -> None:
    terminal.asked("contract", "add", *LABEL, "--file", "paper.pdf")
    show = ("contract", "show", "Fieldnote", "--save-file")
    assert "c.csv is there already" in terminal.refused(*show, "c.csv")
    assert (terminal.home / "c.csv").read_text(encoding="utf-8") == CATALOGUE
    told = " ".join(terminal.done(*show, "c.csv", "--replace").split())
    assert "The file is copied to c.csv. It is not encrypted there." in told
    assert (terminal.home / "c.csv").read_bytes() == b"signed"


def test_what_is_wrong_is_told_with_its_option(terminal: Terminal) -> None:
    told = terminal.refused("contract", "add", "--with", "Fieldnote", "--until", "soon")
    assert "--right: Choose at least one right that it is about." in told
    assert "--until: “soon” is not a day." in told
    assert terminal.asked("contract", "list") == {"contracts": []}


def test_a_contract_comes_from_a_file_and_options_count_before_it(terminal: Terminal) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "formats" / "contract.md"
    example = page.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    (terminal.home / "contract.json").write_text(example, encoding="utf-8")
    added = terminal.asked("contract", "add", "--from", "contract.json", "--clause", "15")
    assert (added["clause_number"], added["fields"]["objection_days"]) == ("15", "60")


def test_every_field_has_an_option_and_a_place_in_the_file() -> None:
    assert set(OPTIONS) == {*FIELDS, "file"}
    assert set(FIELDS) == contract_file.FIELDS
    page = Path(__file__).resolve().parents[2] / "docs" / "formats" / "contract.md"
    assert all(f"`{field}`" in page.read_text(encoding="utf-8") for field in FIELDS)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff", "is not JSON in UTF-8"),
        (b"[" * 100_000, "is not JSON in UTF-8"),
        (b"[]", "holds no contract"),
        (b'{"othr_side": "F"}', "a field that is not known: othr_side"),
        (b'{"rights": "master", "share": 1.5}', "share has to be a text or a whole number"),
        (b'{"works": [1]}', "works has to be a list of texts"),
    ],
)
def test_a_file_that_is_no_contract_is_told(content: bytes, told: str) -> None:
    with pytest.raises(InputProblem, match=told):
        read_contract_file(content, "contract.json")


def test_a_file_may_leave_out_what_is_not_known() -> None:
    content = json.dumps({"rights": "master", "note": None, "audit_months": 12}).encode()
    assert read_contract_file(content, "c.json") == {"rights": ("master",), "audit_months": "12"}
