"""`decide` and `decisions list` in one process: what is to be read before a yes is confirmed, and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.decided import run_list
from artist_console.cli.deciding import NothingAsked, OneAtATime, run_decide, run_redo, run_undo
from artist_console.cli.output import Answer, as_json
from artist_console.commands.history import history
from artist_console.commands.history_table import history_table
from artist_console.domain.problems import FileProblem
from artist_console.domain.registers import Stance
from tests.backend.world import PROGRAMME, SALT
from tests.commands.desks import Desk, a_desk
from tests.commands.test_songs import ALBUM, TRAIN_SONG
from tests.commands.test_songs import ROWS as SONGS

ONE = ("--work", SALT, "--programme", PROGRAMME, "--use", "train.generative")
CONDITIONS = ("--from", "2025-06-20", "--until", "2027-01-31", "--territory", "SE,NO", "--no-style-prompts",
              "--minimum-rate", "0.10 EUR")  # fmt: skip
IN_WORDS = (
    "from 20 June 2025, until 31 January 2027, only in NO, SE, no prompts that name an artist,"
    " at least 0.10 EUR"
)


@pytest.fixture(autouse=True)
def keys_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")


@pytest.fixture
def mara(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara") as made:
        yield made


def decided(desk: Desk, *typed: str) -> Answer:
    return run_decide(desk.console, parse(["decide", *typed]))


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def listed(desk: Desk, *typed: str) -> str:
    return run_list(desk.console, parse(["decisions", "list", *typed])).text


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_review_of_a_yes_tells_its_conditions_and_whose_terms_it_agrees_to(mara: Desk) -> None:
    told = in_one_line(decided(mara, "allow", *ONE, *CONDITIONS, "--review").text)
    assert f"Only on these conditions: - {IN_WORDS}" in told
    assert "Terms of Harmonia 2: version 1 of 1 January 2025" in told
    assert "conditions" not in in_one_line(decided(mara, "allow", *ONE, "--review").text)


def test_conditions_are_told_wherever_the_yes_is(mara: Desk) -> None:
    typed = ("allow", *ONE, *CONDITIONS, "--yes")
    (made,) = facts_of(decided(mara, *typed))["recorded"]
    (row,) = facts_of(run_list(mara.console, parse(["decisions", "list"])))["decisions"]
    assert row["conditions"] == made["conditions"]
    assert made["conditions"]["territories"] == ["NO", "SE"]
    assert str(made["conditions"]["minimum_rate"]) == "0.10"
    table = history_table(history(mara.console))
    column = [each.title for each in table.columns].index("Conditions")
    assert table.rows[0][column] == IN_WORDS


def test_an_answer_without_conditions_has_none_to_tell(mara: Desk) -> None:
    decided(mara, "refuse", "--all")
    (row,) = facts_of(run_list(mara.console, parse(["decisions", "list"])))["decisions"]
    assert row["conditions"] is None


def test_a_yes_that_stands_can_be_given_again_on_conditions_without_naming_the_programme(mara: Desk) -> None:
    decided(mara, "allow", *ONE, "--yes")
    again = ("allow", "--work", SALT, "--use", "train.generative", "--yes")
    with pytest.raises(NothingAsked):
        decided(mara, *again)
    decided(mara, *again, "--until", "2027-01-31")
    latest = history(mara.console)[0]
    assert (latest.stance, str(latest.conditions.until)) == (Stance.ALLOW, "2027-01-31")


@pytest.mark.parametrize(
    "typed", [("--all", "--use", "gen.voice"), ("--all", "--use", "voice_likeness"), ("--voice",)]
)
def test_voice_in_a_bulk_yes_is_told_as_that_and_not_as_unasked(mara: Desk, typed: tuple[str, ...]) -> None:
    with pytest.raises(OneAtATime, match="one use at a time"):
        decided(mara, "allow", *typed)
    assert history(mara.console) == ()


def test_undo_and_redo_say_that_they_wait_to_be_sent(mara: Desk) -> None:
    decided(mara, "refuse", "--all")
    assert "2 to be sent: artist-console sync" in run_undo(mara.console).text
    assert "3 to be sent: artist-console sync" in run_redo(mara.console).text


def test_a_list_of_none_does_not_say_that_nothing_was_decided(mara: Desk) -> None:
    assert listed(mara) == "Nothing has been decided yet."
    decided(mara, "refuse", "--all")
    assert listed(mara, "--limit", "0") == "1 decision; --limit shows them."


def test_a_name_too_long_for_a_file_is_told(mara: Desk) -> None:
    name = "a" * 300 + ".csv"
    with pytest.raises(FileProblem, match="could not be written"):
        listed(mara, "--out", name)


def test_the_songs_in_recordings_are_answered_apart_unless_asked_for(tmp_path: Path) -> None:
    with a_desk(tmp_path, rows=SONGS) as desk:
        album = ("--release", ALBUM, "--use", "research.mir", "--refuse-allows")
        alone = decided(desk, "refuse", *album, "--review")
        assert "The song in it is answered apart; --with-songs" in in_one_line(alone.text)
        assert facts_of(decided(desk, "refuse", *album))["recorded"][0]["subject"]["id"] == ALBUM
        both = decided(desk, "refuse", *album, "--with-songs")
        subjects = {each["subject"]["id"] for each in facts_of(both)["recorded"]}
        assert TRAIN_SONG in subjects
        assert "answered apart" not in both.text
