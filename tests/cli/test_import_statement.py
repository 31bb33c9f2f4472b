"""`import statement`: looking at a file, saying what it leaves open, and what becomes of a former version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.cli import import_statement
from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.domain.problems import Problem
from tests.commands.desks import Desk, a_desk

ROWS = (
    "title,artist,store,month,amount,currency,kind\n"
    "Low Tide,Mira Sand,Open Studio,2026-01,1.25,EUR,fee.training\n"
    "Pier,Mira Sand,Open Studio,2026-02,2.50,EUR,\n"
    "Reef,Mira Sand,Open Studio,2026-02,NaN,EUR,\n"
)


@pytest.fixture
def mara(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara") as made:
        yield made


def written(folder: Path, content: str, name: str = "s.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def looked(path: Path, *words: str) -> dict[str, object]:
    answer = import_statement.run_look(None, parse(("import", "statement", str(path), "--look", *words)))
    found: dict[str, object] = json.loads(as_json(answer.facts))
    return found


def brought(desk: Desk, path: Path, *words: str) -> Answer:
    return import_statement.run_import(desk.console, parse(("import", "statement", str(path), *words)))


def test_a_look_tells_what_is_open_and_how_to_say_it(tmp_path: Path) -> None:
    path = written(tmp_path, 'title,artist,amount\nLow Tide,Mira Sand,"1,234"\n')
    assert looked(path)["asks"] == ["numbers", "currency", "month", "level"]
    answer = import_statement.run_look(None, parse(("import", "statement", str(path), "--look")))
    assert "--decimal point or --decimal comma" in answer.text
    found = looked(
        path, "--decimal", "comma", "--currency", "EUR", "--month", "2025-04", "--level", "licensor-gross"
    )
    assert (found["asks"], found["level"]) == ([], "licensor_gross")
    rows = found["rows"]
    assert isinstance(rows, list)
    assert (rows[0]["amount"], rows[0]["month"]) == ("1.234", "2025-04")


def test_a_look_says_what_the_whole_file_comes_to_as_soon_as_its_amounts_can_be_read(tmp_path: Path) -> None:
    many = "title,artist,amount,currency,month\n" + "Low Tide,Mira Sand,0.01,EUR,2025-04\n" * 500
    path = written(tmp_path, f"{many}Low Tide,Mira Sand,NaN,EUR,2025-04\n")
    found = looked(path)
    assert (found["asks"], found["rows_are_all"]) == (["level"], False)
    whole = found["whole"]
    assert isinstance(whole, dict)
    assert (whole["lines"], whole["left_out"]) == (500, 1)
    assert {code: Decimal(text) for code, text in whole["totals"].items()} == {"EUR": Decimal("5.00")}
    answer = import_statement.run_look(None, parse(("import", "statement", str(path), "--look")))
    assert "The whole file: 500 lines, 5.00 EUR; 1 row is left out and not in it." in answer.text
    assert looked(written(tmp_path, 'title,artist,amount\nLow Tide,Mira Sand,"1,234"\n'))["whole"] is None


def test_what_is_brought_in_says_its_total_that_it_is_partial_and_saves_what_was_left_out(
    mara: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "rejected.csv"
    answer = brought(mara, written(tmp_path, ROWS), "--level", "payee-net", "--rejected", str(target))
    assert "3.75 EUR from 2 lines (partial: 1 row was left out)" in answer.text
    facts = json.loads(as_json(answer.facts))
    (statement,) = facts["statements"]
    assert (statement["total"], statement["partial"], statement["level"]) == ("3.75", True, "payee_net")
    assert "NaN" in target.read_text("utf-8-sig")


def test_a_corrected_version_is_never_taken_silently(mara: Desk, tmp_path: Path) -> None:
    first = brought(mara, written(tmp_path, ROWS), "--level", "payee-net")
    (statement,) = json.loads(as_json(first.facts))["statements"]
    corrected = written(tmp_path, ROWS.replace("1.25", "1.75"), "s2.csv")
    with pytest.raises(Problem) as told:
        brought(mara, corrected, "--level", "payee-net")
    assert f"--replaces {statement['id']}" in told.value.sentence
    assert "--keep-both" in told.value.sentence
    taken = brought(mara, corrected, "--level", "payee-net", "--replaces", statement["id"][-8:])
    (newer,) = json.loads(as_json(taken.facts))["statements"]
    assert newer["replaces"] == statement["id"]
    again = brought(mara, written(tmp_path, ROWS), "--level", "payee-net")
    assert "lines were here already" in again.text, "the same file changes nothing"


def test_a_signless_or_unknown_option_is_told_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    for words, named in (
        (("--level", "mine"), "licensor-gross"),
        (("--delimiter", "ab"), "one sign"),
        (("--header-row", "0"), "counted from 1"),
    ):
        with pytest.raises(SystemExit):
            parse(("import", "statement", "a.csv", *words))
        assert named in capsys.readouterr().err
    given = parse(("import", "statement", "a.csv", "--delimiter", "tab", "--level", "payee-net"))
    assert (given.delimiter, given.level) == ("\t", "payee-net")


def test_files_that_are_no_set_are_not_taken_for_one(mara: Desk, tmp_path: Path) -> None:
    one, two = written(tmp_path, ROWS, "a.csv"), written(tmp_path, ROWS, "b.csv")
    with pytest.raises(Problem, match="not the parts of one sales report"):
        brought(mara, one, str(two))
