"""`pay-terms`, `direction`, `statement allocate`: from what is agreed to what each payee's statement says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.output import Answer, as_json
from artist_console.cli.run import _COMMANDS
from artist_console.commands import earnings
from artist_console.domain.ids import FactId, StatementId
from artist_console.domain.parties import Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.statements import Line, LineKind, Statement, StatementLevel, StatementSource
from artist_console.domain.uses import Right
from artist_console.formats.kinds import Kind
from artist_console.sync.problems import RequestRefused
from tests.backend.world import MARA, OLA, SALT, START
from tests.cli.test_documentation import assert_same_fields, documented
from tests.commands.desks import Desk, a_desk

Run = Callable[..., Answer]
GROSS = StatementId("gross-of-may")
SPLIT = [
    (
        Kind.STAKEHOLDER,
        Stakeholder(
            FactId(f"{party}-salt"), party, SALT, Right.MASTER, Standing.SHARES, Recorded(START), share
        ),
    )
    for party, share in ((MARA, 7_500), (OLA, 2_500))
]
ABOVE = Statement(
    GROSS, "Fieldnote", MARA, date(2025, 5, 1), date(2025, 5, 31), "EUR", 2, None, StatementSource.API,
    date(2025, 6, 1), "", level=StatementLevel.LICENSOR_GROSS,
)  # fmt: skip
LINES = [
    Line(GROSS, number, LineKind.USAGE_GENERATION, Decimal(amount), "EUR", date(2025, 5, 1), work)
    for number, amount, work in ((1, "100.00", SALT), (2, "7.00", None))
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ARTIST_CONSOLE_KEYRING", "off")
    with a_desk(tmp_path / "mara", rows=[*SPLIT, (Kind.STATEMENT, ABOVE)], lines=LINES) as made:
        yield made


@pytest.fixture
def run(desk: Desk) -> Run:
    def typed(*words: str) -> Answer:
        given = parse(words)
        return _COMMANDS[given.command](desk.console, given)

    return typed


def facts_of(answer: Answer) -> Any:
    return json.loads(as_json(answer.facts))


TERMS = ("pay-terms", "add", "--issuer", "Fieldnote", "--payee", "Mara Quist", "--rate", "50%")


def test_terms_are_added_listed_changed_and_removed(run: Run) -> None:
    made = facts_of(
        run(*TERMS, "--rate", "0.6:master", "--tax", "10%", "--recoupable", "20.00", "--currency", "EUR")
    )
    assert_same_fields(documented("pay-terms add"), made, "pay-terms add")
    assert (made["payee"], made["payee_name"], made["tax_rate"]) == (MARA, "Mara Quist", "0.10")
    assert [rate["right"] for rate in made["rates"]] == [None, "master"]
    listed = run("pay-terms", "list")
    assert_same_fields(documented("pay-terms list"), facts_of(listed), "pay-terms list")
    assert "(master)" in listed.text
    changed = facts_of(run("pay-terms", "change", made["id"], "--tax", "0"))
    assert (changed["id"], changed["tax_rate"], changed["rates"]) == (made["id"], "0", made["rates"])
    with pytest.raises(InputProblem, match="Nothing was said"):
        run("pay-terms", "change", made["id"])
    assert facts_of(run("pay-terms", "remove", made["id"])) == {"removed": made["id"]}
    assert facts_of(run("pay-terms", "list")) == {"pay_terms": []}


def test_terms_for_everybody_say_how_a_line_divides_between_rights(run: Run) -> None:
    parts = ("--right-part", "master=80%", "--right-part", "composition=20%")
    made = facts_of(run("pay-terms", "add", "--issuer", "Harmonia", "--rate", "1", *parts))
    assert made["payee"] is None
    assert [(part["right"], part["part"]) for part in made["right_parts"]] == [
        ("master", "0.80"), ("composition", "0.20"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "match"),
    [
        (("--rate", "120%"), "no part of a whole"),
        (("--rate", "half"), "no part of a whole"),
        (("--rate", "0.5:flying"), "flying"),
        (("--right-part", "wings=1"), "no right"),
        (("--recoupable", "much"), "no amount"),
    ],
)
def test_what_is_no_number_or_right_is_told(run: Run, words: tuple[str, ...], match: str) -> None:
    with pytest.raises((InputProblem, UnknownThing), match=match):
        run(*TERMS, *words)
    assert facts_of(run("pay-terms", "list")) == {"pay_terms": []}


def test_a_letter_of_direction_is_added_listed_and_removed(run: Run) -> None:
    words = ("--by", "Mara Quist", "--to", "Studio Nord", "--share", "12.5%", "--right", "master")
    made = facts_of(run("direction", "add", *words, "--work", "Salt Lines", "--payer", "Fieldnote"))
    assert_same_fields(documented("direction add"), made, "direction add")
    assert (made["share_bp"], made["payee_name"], made["work"]) == (1_250, "Studio Nord", SALT)
    listed = run("direction", "list")
    assert_same_fields(documented("direction list"), facts_of(listed), "direction list")
    assert "12.5 %" in listed.text
    with pytest.raises(RequestRefused, match="pass on"):
        run("direction", "add", "--by", MARA, "--to", "Harmonia", "--share", "90%")
    with pytest.raises(InputProblem, match="finer than a basis point"):
        run("direction", "add", "--by", MARA, "--to", "Harmonia", "--share", "0.00001")
    with pytest.raises(InputProblem, match="not known"):
        run("direction", "add", "--by", "Nobody", "--to", "Harmonia", "--share", "1%")
    assert facts_of(run("direction", "remove", made["id"])) == {"removed": made["id"]}
    assert facts_of(run("direction", "list")) == {"directions": []}


def test_a_statement_is_allocated_and_corrected_when_terms_change(run: Run, desk: Desk) -> None:
    id = facts_of(run(*TERMS))["id"]
    run("direction", "add", "--by", "Mara Quist", "--to", "Studio Nord", "--share", "10%")
    done = facts_of(run("statement", "allocate", "gross-of-may"))
    assert_same_fields(documented("statement allocate"), done, "statement allocate")
    assert done["counts"]["lines_allocated"] == 1
    assert done["counts"]["lines_unattributed"] == 2  # nobody's work, and no rate for Ola
    net = next(row for row in earnings.statements(desk.console, MARA) if row.statement.id in done["written"]
               and row.statement.level is StatementLevel.PAYEE_NET)  # fmt: skip
    assert net.statement.declared_total == Decimal("33.75")
    again = run("statement", "allocate", "gross-of-may")
    assert "Nothing is new" in again.text
    run("pay-terms", "change", id, "--rate", "1")
    told = run("statement", "allocate", "gross-of-may")
    assert "taken back" in told.text
    assert facts_of(told)["counts"]["lines_reversed"] == 2
    with pytest.raises(RequestRefused, match="nothing to divide"):
        run("statement", "allocate", net.statement.id)
    assert replace(ABOVE, lines_sha256="", lines_bytes=0, seal="") in [
        replace(row.statement, lines_sha256="", lines_bytes=0, seal="")
        for row in earnings.statements(desk.console)
    ]
