"""`programmes add`, `change`, `remove`: what was announced is set up, answered by name, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.cli.run import _COMMANDS
from artist_console.commands.consent import decide
from artist_console.commands.permissions import explain
from artist_console.commands.programmes import list_programmes
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import ProgrammeId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Use
from artist_console.store.journal import undelivered
from artist_console.sync.problems import NotAllowed, RequestRefused
from tests.backend.world import MARA, SALT
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk, a_desk, a_wish

Run = Callable[..., Answer]
ADD = (
    *("programmes", "add", "--operator", "Umbra", "--name", "Umbra Studio", "--use", "training"),
    *("--use", "gen.remix", "--source", "https://umbra.example/news", "--announced", "2025-01-16"),
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara") as made:
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def test_what_was_announced_is_set_up_with_its_source_and_without_an_agreement(run: Run, desk: Desk) -> None:
    made = facts_of(run(*ADD))
    assert_same_fields(documented("programmes add"), made, "programmes add")
    row = next(each for each in list_programmes(desk.console) if each.programme.id == made["id"])
    assert row.programme.set_up_here
    assert row.programme.source == "https://umbra.example/news"
    assert row.operator_name == "Umbra"
    assert row.agreements == 0
    assert not row.asks
    assert {Use.TRAIN_GENERATIVE, Use.GEN_REMIX} <= set(row.uses)


def test_it_is_answered_by_name_like_any_other(run: Run, desk: Desk) -> None:
    id = ProgrammeId(facts_of(run(*ADD))["id"])
    decide(desk.console, [a_wish(programme=id)])
    desk.sync()
    found = explain(desk.console, SALT, id, Use.TRAIN_GENERATIVE, MARA)
    assert found.answer.kind is AnswerKind.REFUSED
    assert found.outcome is not PermissionOutcome.ALLOWED
    with pytest.raises(RequestRefused, match="it stays"):
        run("programmes", "remove", str(id))


def test_it_is_not_removed_from_under_a_decision_that_waits(run: Run, desk: Desk) -> None:
    id = ProgrammeId(facts_of(run(*ADD))["id"])
    decide(desk.console, [a_wish(programme=id)])
    with pytest.raises(RequestRefused, match="it stays"):
        run("programmes", "remove", str(id))
    assert not undelivered(desk.console.store)
    assert id in {each.programme.id for each in list_programmes(desk.console)}


def test_the_same_again_or_nothing_new_is_told(run: Run, tmp_path: Path) -> None:
    id = facts_of(run(*ADD))["id"]
    with pytest.raises(RequestRefused, match="is here already"):
        run(*ADD)
    with pytest.raises(InputProblem, match="Nothing was said"):
        run("programmes", "change", id)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b" \n")
    with pytest.raises(InputProblem, match="is empty"):
        run("programmes", "change", id, "--terms", str(empty))
    for more in (("--announced", "2040-01-01"), ("--terms-from", "2026-01-01")):
        with pytest.raises(RequestRefused):
            run("programmes", "change", id, *more)


def test_it_is_changed_in_parts_and_its_terms_get_versions(run: Run, desk: Desk, tmp_path: Path) -> None:
    id = facts_of(run(*ADD))["id"]
    terms = tmp_path / "terms.txt"
    terms.write_text("All is asked for.", encoding="utf-8-sig")
    first = facts_of(run("programmes", "change", id, "--terms", str(terms), "--name", "Umbra Two"))
    assert (first["name"], first["operator"]) == ("Umbra Two", "Umbra")
    assert facts_of(run("programmes", "change", id, "--terms", str(terms)))["terms"] == first["terms"]
    terms.write_text("Nothing is asked for.", encoding="utf-8")
    second = facts_of(run("programmes", "change", id, "--terms", str(terms)))
    assert second["terms"] != first["terms"]
    row = next(each for each in list_programmes(desk.console) if each.programme.id == id)
    assert row.terms is not None
    assert row.terms.number == 2
    assert row.terms.text == "Nothing is asked for."
    assert facts_of(run("programmes", "remove", id)) == {"removed": id}
    assert id not in {each.programme.id for each in list_programmes(desk.console)}


def test_the_programme_of_an_operator_is_left_as_it_is_reported(run: Run) -> None:
    with pytest.raises(NotAllowed) as refused:
        run("programmes", "change", "Harmonia", "--name", "Mine")
    assert "its operator's" in refused.value.advice
    with pytest.raises(NotAllowed):
        run("programmes", "remove", "Harmonia")


def test_what_is_missing_is_told_and_nothing_is_set_up(run: Run, desk: Desk, tmp_path: Path) -> None:
    before = list_programmes(desk.console)
    with pytest.raises(RequestRefused, match="name of the operator"):
        run("programmes", "add", "--operator", "  ", "--name", "X", "--use", "training")
    pictures = tmp_path / "terms.png"
    pictures.write_bytes(b"\x89PNG\xff")
    with pytest.raises(Exception, match="no text in UTF-8"):
        run(*ADD, "--terms", str(pictures))
    assert list_programmes(desk.console) == before
