"""`proposal …` and the links of `permission`: what is printed, and its JSON as documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.cli.proposals import NotConfirmed
from artist_console.cli.run import _COMMANDS
from artist_console.domain.problems import UnknownThing
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk
from tests.commands.proposing import with_a_proposal

Run = Callable[..., Answer]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with with_a_proposal(tmp_path / "mara") as made:
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def test_a_proposal_is_listed_and_signed_after_confirming(run: Run) -> None:
    listed = run("proposal", "list")
    assert "by Nils Holm" in listed.text
    assert "Allow: Salt Lines · Train a model that makes music" in " ".join(listed.text.split())
    assert_same_fields(documented("proposal list"), facts_of(listed), "proposal list")
    with pytest.raises(NotConfirmed):
        run("proposal", "sign", "p-salt")
    signed = run("proposal", "sign", "p-salt", "--yes")
    assert facts_of(signed) == {"signed": 2}
    assert run("proposal", "list").text == "Nothing waits for a signature."
    with pytest.raises(UnknownThing, match="p-salt"):
        run("proposal", "decline", "p-salt")


def test_a_proposal_is_declined(run: Run) -> None:
    assert facts_of(run("proposal", "decline", "p-harbour")) == {"declined": 2}


def test_a_permission_says_what_is_behind_each_sentence(run: Run) -> None:
    run("proposal", "sign", "p-salt", "--yes")
    found = run(
        "permission",
        "Salt Lines",
        "--programme",
        "Harmonia 2",
        "--use",
        "train.generative",
        "--artist",
        "Mara Quist",
    )
    assert "decision/p-salt" in found.text
    facts = facts_of(found)
    assert_same_fields(documented("permission"), facts, "permission")
    first = facts["trace"][0]
    assert {"kind": "decision", "id": "p-salt"}.items() <= first["links"][0].items()
    assert [link["kind"] for link in facts["links"]] == ["terms", "party"]
