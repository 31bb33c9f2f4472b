"""`split`: who is paid what of a work, said by hand, with what is off about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer
from artist_console.cli.run import _COMMANDS
from artist_console.domain.ids import FactId
from artist_console.domain.parties import Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.uses import Right
from artist_console.formats.kinds import Kind
from artist_console.sync.problems import RequestRefused
from tests.backend.world import MARA, OLA, SALT
from tests.cli.test_documentation import assert_same_fields, documented
from tests.cli.test_pay_terms import Run, facts_of
from tests.commands.desks import Desk, a_desk

ON_RECORD = Stakeholder(
    FactId("voice-of-mara"),
    MARA,
    SALT,
    Right.PERFORMANCE,
    Standing.SHARES,
    Recorded(datetime(2025, 1, 1, tzinfo=UTC)),
    10_000,
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=[(Kind.STAKEHOLDER, ON_RECORD)]) as made:
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


SET = ("split", "set", "Salt Lines", "master")


def test_a_split_is_set_listed_and_removed_by_its_right(run: Run) -> None:
    made = facts_of(run(*SET, "Mara Quist=75%", "Studio Nord=0.25", "--source", "Email of May"))
    assert_same_fields(documented("split set"), made, "split set")
    assert [(each["party_name"], each["share_bp"]) for each in made["shares"]] == [
        ("Mara Quist", 7_500),
        ("Studio Nord", 2_500),
    ]
    assert (made["total_bp"], made["notes"], made["source"]) == (10_000, [], "Email of May")
    listed = run("split", "list", "Salt Lines")
    assert_same_fields(documented("split list"), facts_of(listed), "split list")
    assert "Mara Quist 75 %, Studio Nord 25 %" in listed.text
    assert len(facts_of(run("split", "list", "--artist", "Mara Quist"))["splits"]) == 1
    with pytest.raises(InputProblem, match="0 splits"):
        run("split", "remove", "Salt Lines", "voice")
    assert facts_of(run("split", "remove", "Salt Lines", "master")) == {"removed": made["id"]}
    assert facts_of(run("split", "list")) == {"splits": []}


def test_shares_that_miss_the_whole_are_kept_and_told_each_time(run: Run) -> None:
    told = run(*SET, "Mara Quist=60%", "Ola Berg=30%")
    assert "come to 90 %" in told.text
    assert "come to 90 %" in run("split", "list").text
    assert "come to" not in run(*SET, "Mara Quist=33.33%", "Ola Berg=33.33%", "Studio Nord=33.33%").text


def test_that_shares_on_record_are_paid_by_is_told(run: Run) -> None:
    told = run("split", "set", "Salt Lines", "performance", "Studio Nord=100%")
    assert "Paid by the shares on record in place of these: Mara Quist 100 %." in told.text
    same = run("split", "set", "Salt Lines", "performance", "Mara Quist=100%")
    assert facts_of(same)["notes"] == []


def test_a_later_split_says_when_the_one_before_it_ends(run: Run) -> None:
    first = facts_of(run(*SET, "Mara Quist=100%"))
    told = run(*SET, f"{OLA}=100%", "--from", "2026-01-01")
    assert "ends on 2025-12-31" in told.text
    assert facts_of(told)["ended"] == [first["id"]]
    with pytest.raises(RequestRefused, match="2026-01-01"):
        run(*SET, "Mara Quist=100%")
    with pytest.raises(InputProblem, match="2 splits"):
        run("split", "remove", "Salt Lines", "master")
    assert facts_of(run("split", "remove", first["id"])) == {"removed": first["id"]}


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ((*SET, "Mara Quist"), "no share"),
        ((*SET, "=50%"), "no share"),
        ((*SET, "Mara Quist=much"), "no part of a whole"),
        ((*SET, "Mara Quist=0.00001"), "finer than a basis point"),
        (("split", "set", "No such song", "master", "Mara Quist=1"), "No such song"),
    ],
)
def test_what_says_no_share_is_told(run: Run, words: tuple[str, ...], match: str) -> None:
    with pytest.raises((InputProblem, UnknownThing), match=match):
        run(*words)
    assert facts_of(run("split", "list")) == {"splits": []}
