"""`statement` and `rates`, and totals in another currency: what is printed, and its JSON as documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli import statements
from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.cli.run import _COMMANDS
from artist_console.cli.statements import PeriodIsPdf, WhichStatement
from artist_console.commands.conversion import CannotConvert, NoRates
from artist_console.commands.paper import Paper
from artist_console.commands.statement_out import FileThere
from artist_console.domain.ids import StatementId
from artist_console.formats.kinds import Kind
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk
from tests.commands.statement_world import RICH, RICH_LINES, STATEMENT, a_statement_desk

Run = Callable[..., Answer]
ECB = "Date,USD,SEK,\n2025-05-30,1.1339,10.8850,\n2025-05-29,1.1281,10.8450,\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARTIST_CONSOLE_KEYRING", "off")
        with a_statement_desk(tmp_path_factory.mktemp("desk") / "p") as made:
            yield made


@pytest.fixture
def run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "160")

    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


def exported(desk: Desk, *words: str, drawn: list[Paper] | None = None) -> Answer:
    def draw(paper: Paper) -> bytes:
        if drawn is not None:
            drawn.append(paper)
        return b"%PDF-1.4 drawn"

    return statements.run_export(desk.console, parse(["statement", "export", *words]), draw)


@pytest.fixture
def ecb(run: Run, desk: Desk, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "eurofxref-hist.csv"
    path.write_text(ECB, encoding="utf-8")
    run("rates", "add", str(path))
    yield path
    run("rates", "remove", "ECB")


# Statements


def test_statements_are_listed_with_what_they_come_to(run: Run) -> None:
    answer = run("statement", "list")
    assert_same_fields(documented("statement list"), facts_of(answer), "statement list")
    (row,) = facts_of(answer)["statements"]
    assert row["amount"] == "159.649258392265358979"
    assert (row["level"], row["lines"], row["check"]) == ("payee_net", 9, "adds_up")
    assert "159.649258392265358979" in answer.text
    assert "Mara Quist" in answer.text


def test_one_is_shown_with_its_checks_and_lines(run: Run) -> None:
    answer = run("statement", "show", "rich", "--lines", "4", "--offset", "2")
    facts = facts_of(answer)
    told = documented("statement show")
    assert set(told) == set(facts)
    assert set(told["lines"][0]) == set(facts["lines"][0])
    assert set(told["checks"][0]) == set(facts["checks"][0])
    assert [line["number"] for line in facts["lines"]] == [5, 3, 4, 6]  # a correction behind what it corrects
    assert "Adds up: The lines add up to the declared total." in " ".join(answer.text.split())
    assert "3 more: --offset 6" in answer.text
    assert facts_of(run("statement", "show", RICH, "--lines", "0"))["lines"] == []


def test_a_statement_is_written_in_the_format_of_the_ending(desk: Desk, tmp_path: Path) -> None:
    drawn: list[Paper] = []
    for ending, key in (("csv", "csv"), ("xlsx", "xlsx"), ("tsv", "dsr"), ("pdf", "pdf")):
        path = tmp_path / f"a.{ending}"
        answer = exported(desk, str(path), drawn=drawn)
        assert_same_fields(documented("statement export"), facts_of(answer), "statement export")
        assert facts_of(answer) == {"file": str(path), "format": key, "lines": len(RICH_LINES)}
        assert path.stat().st_size > 0
    assert len(drawn) == 1
    with pytest.raises(FileThere):
        exported(desk, str(tmp_path / "a.csv"))
    assert exported(desk, str(tmp_path / "a.csv"), "--replace", "--format", "dsr").code == 0
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("#HEAD")


def test_a_period_is_written_as_pdf(desk: Desk, tmp_path: Path) -> None:
    drawn: list[Paper] = []
    period = ("--artist", "Mara", "--since", "2025-04-02", "--until", "2025-04-03")
    answer = exported(desk, str(tmp_path / "p.pdf"), *period, drawn=drawn)
    assert drawn[0].title == "Mara Quist: earnings, April 2025"
    assert facts_of(answer)["lines"] == 9
    with pytest.raises(PeriodIsPdf):
        exported(desk, str(tmp_path / "p.csv"), *period)


def test_where_several_are_here_one_has_to_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    other = replace(STATEMENT, id=StatementId("st-other"), line_count=1, sha256="cd" * 32)
    lines = [*RICH_LINES, replace(RICH_LINES[0], statement=other.id)]
    with a_statement_desk(tmp_path / "p", lines, rows=[(Kind.STATEMENT, other)]) as desk:
        with pytest.raises(WhichStatement, match="2 statements are here"):
            exported(desk, str(tmp_path / "a.csv"))
        answer = exported(desk, str(tmp_path / "a.csv"), "--statement", "other")
        assert facts_of(answer)["lines"] == 1


# Rates


def test_tables_are_added_listed_and_removed(run: Run, tmp_path: Path) -> None:
    assert "No rate table is here" in run("rates", "list").text
    path = tmp_path / "house.csv"
    path.write_text("date,currency,rate\n2025-05-30,EUR,0.93\n", encoding="utf-8")
    added = run("rates", "add", str(path), "--base", "CHF", "--source", "Our bank", "--name", "House")
    assert_same_fields(documented("rates add"), facts_of(added), "rates add")
    listed = run("rates", "list")
    assert facts_of(listed) == facts_of(added)
    assert "House" in listed.text
    assert "1 CHF" in listed.text
    removed = run("rates", "remove", "house")
    assert_same_fields(documented("rates remove"), facts_of(removed), "rates remove")
    assert facts_of(run("rates", "list"))["rates"] == []


def test_totals_are_told_in_another_currency_with_their_basis(run: Run, ecb: Path) -> None:
    plain = run("earnings", "totals", "--since", "2025-01-01")
    answer = run("earnings", "totals", "--since", "2025-01-01", "--in", "usd", "--at", "2025-05-29")
    assert answer.text.startswith(plain.text)
    assert "≈ 297.63 USD" in answer.text  # 263.832258... x 1.1281
    assert "1 EUR = 1.1281 USD on 29 May 2025" in answer.text
    assert "European Central Bank" in answer.text
    facts = facts_of(answer)
    assert facts["totals"] == facts_of(plain)["totals"]
    assert "approximately" not in facts_of(plain)
    shown = facts["approximately"]
    assert (shown["about"], shown["day"], shown["partial"]) == ("297.63", "2025-05-29", False)
    assert shown["parts"][0]["rates"] == [
        {"base": "EUR", "currency": "USD", "rate": "1.1281", "day": "2025-05-29"}
    ]


def test_what_cannot_be_converted_is_told(run: Run, ecb: Path) -> None:
    assert "nothing was converted" in run("earnings", "totals", "--since", "2025-01-01", "--in", "EUR").text
    with pytest.raises(CannotConvert, match="cannot convert into XXX"):
        run("earnings", "totals", "--in", "xxx")
    long_ago = run("earnings", "totals", "--since", "2025-01-01", "--in", "USD", "--at", "2020-01-01")
    assert "None of it can be told in USD." in long_ago.text
    assert "has rates of USD from 29 May 2025 only." in " ".join(long_ago.text.split())


def test_without_a_table_it_says_where_to_get_one(run: Run) -> None:
    with pytest.raises(NoRates) as caught:
        run("earnings", "totals", "--in", "USD")
    assert "eurofxref-hist.zip" in caught.value.sentence
