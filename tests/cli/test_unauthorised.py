"""`unauthorised …`: what is printed, and its JSON as documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.seed import Act
from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.cli.run import _COMMANDS
from artist_console.cli.unauthorised import NotConfirmed
from artist_console.domain.problems import UnknownThing
from tests.backend.world import DAY, MANAGER, START, a_decision, a_mandate, an_allow, mandate_step
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk, a_desk

Run = Callable[..., Answer]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A manager whose mandate had ended sent a yes, and a no."""
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    mandate = mandate_step(a_mandate(until=(START - 3 * DAY).date()))
    yes = Act(MANAGER, START - DAY / 2, (an_allow(by=MANAGER, id="late-yes"),))
    no = Act(MANAGER, START - DAY / 4, (a_decision(by=MANAGER, id="late-no"),))
    with a_desk(tmp_path / "mara", mandate, yes, no) as made:
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def test_what_came_without_a_mandate_is_listed_adopted_and_left(run: Run) -> None:
    listed = run("unauthorised", "list")
    assert "by Manager" in listed.text
    assert_same_fields(documented("unauthorised list"), facts_of(listed), "unauthorised list")
    with pytest.raises(NotConfirmed):
        run("unauthorised", "adopt", "late-yes")
    adopted = run("unauthorised", "adopt", "late-yes", "--yes")
    assert_same_fields(documented("unauthorised adopt"), facts_of(adopted), "unauthorised adopt")
    assert facts_of(run("unauthorised", "leave", "late-no")) == {"left": ["late-no"]}
    with pytest.raises(UnknownThing):
        run("unauthorised", "leave", "late-no")
