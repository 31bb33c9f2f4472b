"""`coverage`: what is printed, and its JSON as documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.cli.run import _COMMANDS
from artist_console.commands import coverage
from artist_console.commands.consent import decide
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import UnknownThing
from tests.backend.world import MARA, SALT, work_subject
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk, a_desk, a_wish

Run = Callable[..., Answer]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara") as made:
        decide(made.console, [a_wish(subject=work_subject(SALT))])
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def test_the_score_is_told_with_its_lines_and_what_to_fix(run: Run, desk: Desk) -> None:
    answer = run("coverage", "--artist", MARA, "--fixes")
    assert_same_fields(documented("coverage"), facts_of(answer), "coverage")
    (row,) = facts_of(answer)["coverage"]
    assert row["artist"] == MARA
    assert 0 < row["score"] < 100
    assert row["fixes"] == len(facts_of(answer)["fixes"])
    assert f"{row['score']} of 100" in answer.text
    assert "identifiers are there and right" in answer.text
    assert "No ISNI and no IPI number is known. Your society" in " ".join(answer.text.split())
    assert coverage.coverage(desk.console, MARA).score == row["score"]


def test_fixes_of_one_kind_are_listed_alone(run: Run) -> None:
    answer = run("coverage", "--kind", "no-answer")
    kinds = {fix["kind"] for fix in facts_of(answer)["fixes"]}
    assert kinds == {"no_answer"}
    assert "fixes" not in facts_of(run("coverage"))
    assert "nothing to fix" in run("coverage", "--kind", "sources-disagree").text


def test_every_artist_in_reach_has_a_row(run: Run, desk: Desk) -> None:
    rows = coverage.roster_coverage(desk.console)
    assert [row.score for row in rows] == sorted(row.score for row in rows)
    told = facts_of(run("coverage"))["coverage"]
    assert len(told) == len(rows) + (len(rows) > 1)
    with pytest.raises(UnknownThing):
        coverage.coverage(desk.console, ArtistId("nobody"))
    assert len(coverage.fixes(desk.console, limit=1)) == 1
