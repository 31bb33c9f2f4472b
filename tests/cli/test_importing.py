"""`import`: files of another kind are told as what they are, and advice names what to type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.run import _COMMANDS
from artist_console.domain.problems import Problem
from tests.commands.desks import Desk, a_desk


@pytest.fixture
def mara(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara") as made:
        yield made


def told(desk: Desk, kind: str, path: Path, *words: str) -> str:
    given = parse(("import", kind, str(path), *words))
    with pytest.raises(Problem) as problem:
        _COMMANDS[given.command](desk.console, given)
    return problem.value.sentence


def test_what_is_no_manifest_is_told_as_what_it_is(mara: Desk, tmp_path: Path) -> None:
    picture, table = tmp_path / "cover.png", tmp_path / "own.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    table.write_text("title,artist\nLow Tide,Mira Sand\n", encoding="utf-8")
    assert "it is a picture" in told(mara, "manifest", picture)
    assert "is no manifest: it is a table" in told(mara, "manifest", table)


def test_columns_that_are_not_known_are_answered_with_the_option(mara: Desk, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("tune,who\nLow Tide,Mira Sand\n", encoding="utf-8")
    for kind in ("catalogue", "dataset-list"):
        assert "--column title=NAME --column artist=NAME" in told(mara, kind, table)
        said = told(mara, kind, table, "--column", "title=nope", "--column", "artist=who")
        assert "has no column “nope”. Its columns: “tune”, “who”." in said
        assert "“foo” is no field" in told(mara, kind, table, "--column", "foo=tune")


def test_a_registration_of_nobody_here_names_the_option(mara: Desk) -> None:
    registration = Path(__file__).parents[1] / "data/registration.v22"
    assert "(by command: --artist NAME)" in told(mara, "catalogue", registration)
