"""`consensus …` and `uses without-yes` over a real profile: what is printed, and its JSON as documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.decided import WouldBeReplaced
from artist_console.cli.output import Answer, as_json
from artist_console.cli.run import _COMMANDS
from artist_console.commands.consent import decide
from artist_console.domain.problems import InputProblem, UnknownThing
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.agreeing import ROWS, SONG, TIDE
from tests.commands.desks import Desk, a_desk, an_allow

Run = Callable[..., Answer]
ONE_CELL = ("--programme", "Harmonia 2", "--use", "train.generative")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=ROWS) as made:
        decide(made.console, [an_allow(TIDE), an_allow(SONG)])
        made.sync()
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def test_the_board_is_printed_by_right_and_its_json_is_as_documented(run: Run) -> None:
    run("consensus", "record", "Petra", "allowed", "--work", TIDE, "--words", "Yes.")
    shown = run("consensus", "show", TIDE, *ONE_CELL)
    assert shown.text.startswith("Low Tide: Everyone agreed")
    for told in ("Song of “Low Tide”", "Petra Nyholm", "50 %", "Mara Quist (you)", "Agreed"):
        assert told in shown.text, told
    assert_same_fields(documented("consensus show"), facts(shown), "consensus show")


def test_an_answer_is_recorded_listed_changed_and_removed(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "yes.txt"
    letter.write_text("Yes.")
    done = run(
        "consensus", "record", "petra nyholm", "allowed", *ONE_CELL, "--on", "2025-05-20", "--words", "Yes.",
        "--source", "Her mail", "--evidence", str(letter),
    )  # fmt: skip
    assert "“Not everyone has agreed” becomes “Allowed”" in done.text
    assert_same_fields(documented("consensus record"), facts(done), "consensus record")
    listed = run("consensus", "answers", "petra")
    assert_same_fields(documented("consensus answers"), facts(listed), "consensus answers")
    (row,) = facts(listed)["answers"]
    assert (row["stance"], row["evidence"], row["on"]) == ("allowed", "yes.txt", "2025-05-20")
    copy = tmp_path / "copy.txt"
    saved = run("consensus", "evidence", row["id"], "--out", str(copy))
    assert_same_fields(documented("consensus evidence"), facts(saved), "consensus evidence")
    assert copy.read_text() == "Yes."
    with pytest.raises(WouldBeReplaced):
        run("consensus", "evidence", row["id"], "--out", str(copy))
    changed = facts(
        run("consensus", "change", row["id"][-8:], "refused", "--words", "No.", "--without-evidence")
    )
    assert (changed["answer"]["stance"], changed["answer"]["words"]) == ("refused", "No.")
    assert changed["answer"]["source"] == "Her mail", "what is not given stays"
    assert changed["answer"]["evidence"] == ""
    # The recording, and the song as a work of its own.
    assert changed["follows"] == ["2 works, 2 uses in all: “Allowed” becomes “Refused”."]
    removed = facts(run("consensus", "remove", row["id"]))
    assert removed["answer"] is None
    assert facts(run("consensus", "answers"))["answers"] == []


def test_a_reminder_is_printed_with_its_link(run: Run) -> None:
    draft = run("consensus", "remind", TIDE, "Petra", *ONE_CELL, "--mail", "petra@example.org")
    assert draft.text.startswith("Your answer about “Low Tide”\n\nHello Petra Nyholm,")
    assert draft.text.rstrip().rsplit("\n", 1)[-1].startswith("mailto:petra@example.org?subject=")
    assert_same_fields(documented("consensus remind"), facts(draft), "consensus remind")
    assert run("consensus", "remind", TIDE).text.split("\n")[2] == "Hello,"


def test_who_may_not_be_named_is_not_found_by_name(run: Run) -> None:
    with pytest.raises(UnknownThing, match="may be named"):
        run("consensus", "record", "Ola", "allowed")
    with pytest.raises(UnknownThing, match="may be named"):
        run("consensus", "remind", "Harbour Lights", "Ola")
    assert "Ola" not in run("consensus", "show", "Harbour Lights").text


def test_what_makes_no_sense_is_a_sentence(run: Run) -> None:
    with pytest.raises(InputProblem, match="what was tried"):
        run("consensus", "record", "Petra", "unreachable")
    with pytest.raises(UnknownThing, match="No answer"):
        run("consensus", "remove", "0000")


def test_uses_without_a_yes_are_printed_in_their_groups(run: Run) -> None:
    shown = run("uses", "without-yes")
    order = [
        shown.text.index(name) for name in ("Licensed by others", "Claimed under the law", "No basis stated")
    ]
    assert order == sorted(order)
    assert "You can object until 1 July 2025." in " ".join(shown.text.split())
    uses, listed = shown.text.split("Listed publicly (1)\n")
    assert "Open list" in listed
    assert "Open list" not in uses
    assert "Being listed is not the same as being used in a model." in listed
    assert [use["grade"] == "public_dataset" for use in facts(shown)["uses"]] == [
        use["listing"] for use in facts(shown)["uses"]
    ]
    assert_same_fields(documented("uses without-yes"), facts(shown), "uses without-yes")
