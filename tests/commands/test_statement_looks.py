"""A statement file before it is brought in: how it is read, what is open, what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.commands.file_kinds import FileKind
from artist_console.commands.import_hints import Hints
from artist_console.commands.layouts import remember
from artist_console.commands.rejected_rows import save_rejected
from artist_console.commands.sources import name_source
from artist_console.commands.statement_looks import (
    look_into_statement,
    what_to_remember,
    with_what_was_said,
)
from artist_console.commands.statement_preview import OpenQuestion, StatementPreview
from artist_console.domain.mandates import Power
from artist_console.domain.problems import AuthorityProblem, InputProblem
from artist_console.domain.statements import LineKind, StatementLevel
from tests.backend.world import MANAGER, MARA, a_mandate, mandate_step
from tests.commands.desks import Desk, a_desk

FILES = Path(__file__).resolve().parents[1] / "data" / "statements"
AMBIGUOUS = (
    'title,artist,amount,month\nLow Tide,Mira Sand,"1,234",3/4/2025\nPier,Mira Sand,"2,345",4/5/2025\n'
)


def look(path: Path, content: str, hints: Hints | None = None) -> StatementPreview:
    path.write_text(content, encoding="utf-8")
    return look_into_statement(None, path, hints or Hints())


def test_a_known_form_is_told_with_its_preamble_characters_and_level() -> None:
    found = look_into_statement(None, FILES / "soundcloud.csv", Hints())
    assert (found.issuer, found.level, found.currency) == (
        "SoundCloud for Artists",
        StatementLevel.PAYEE_NET,
        "USD",
    )
    assert (found.header_row, len(found.preamble), found.delimiter) == (3, 2, ",")
    assert found.questions == ()
    assert look_into_statement(None, FILES / "distrokid.tsv", Hints()).encoding == "windows-1252"


def test_the_first_rows_are_shown_as_they_will_be_read() -> None:
    found = look_into_statement(None, FILES / "believe.csv", Hints())
    first = found.rows[0]
    assert (first.amount, first.currency, first.month) == (Decimal("1234.567890123"), "EUR", date(2025, 1, 1))
    assert found.is_whole
    assert found.months == (date(2025, 1, 1), date(2025, 2, 1))


def test_what_the_file_leaves_open_is_asked_and_each_answer_closes_its_question(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    found = look(path, AMBIGUOUS)
    assert found.questions == (
        OpenQuestion.NUMBERS,
        OpenQuestion.DAYS,
        OpenQuestion.CURRENCY,
        OpenQuestion.LEVEL,
    )
    assert (found.cell, dict(found.readings)) == ("1,234", {"point": "1234", "comma": "1.234"})
    assert [row.amount for row in found.rows] == [None, None], "nothing is guessed"
    assert {row.currency for row in found.rows} == {""}
    hints = Hints(numbers="comma")
    assert look(path, AMBIGUOUS, hints).cell == "3/4/2025"
    hints = replace(hints, days="day_first")
    assert look(path, AMBIGUOUS, hints).questions == (OpenQuestion.CURRENCY, OpenQuestion.LEVEL)
    hints = replace(hints, currency="SEK")
    assert look(path, AMBIGUOUS, hints).questions == (OpenQuestion.LEVEL,)
    settled = look(path, AMBIGUOUS, replace(hints, level=StatementLevel.POOL))
    assert settled.questions == ()
    assert settled.level is StatementLevel.POOL
    assert [(row.amount, row.currency, row.month) for row in settled.rows] == [
        (Decimal("1.234"), "SEK", date(2025, 4, 1)),
        (Decimal("2.345"), "SEK", date(2025, 5, 1)),
    ]


def test_rows_that_will_be_left_out_stand_among_the_others_with_their_reasons(tmp_path: Path) -> None:
    rows = "Low Tide,Mira Sand,1.25,EUR\nPier,Mira Sand,NaN,EUR\nReef,Mira Sand,2.50,EUR\n"
    found = look(tmp_path / "a.csv", f"title,artist,amount,currency\n{rows}")
    assert [bool(row.reason) for row in found.rows] == [False, True, False]
    assert found.left_out == 1
    left_out = found.rows[1]
    assert (left_out.row, left_out.title, left_out.delivered, left_out.amount) == (3, "Pier", "NaN", None)


def test_an_unknown_table_is_one_question_until_its_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    content = "Was;Netto\nLow Tide;1,50\n"
    found = look(path, content)
    assert found.questions == (OpenQuestion.COLUMNS,)
    assert found.header == ("Was", "Netto")
    assert found.cells == (("Low Tide", "1,50"),)
    named = look(path, content, Hints(columns=(("title", "Was"), ("amount", "Netto"))))
    assert OpenQuestion.COLUMNS not in named.questions
    assert named.rows[0].title == "Low Tide"


def test_what_was_said_of_a_table_is_used_for_the_next_one_with_the_same_columns(
    mara: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Was;Netto\nLow Tide;1,50\n")
    said = Hints(
        columns=(("title", "Was"), ("amount", "Netto")),
        currency="EUR",
        month="2025-04",
        level=StatementLevel.LICENSOR_GROSS,
        issuer="Northlight",
    )
    first = look_into_statement(mara.console, path, said)
    assert first.questions == ()
    kept = what_to_remember(first)
    assert kept is not None
    remember(mara.console, FileKind.STATEMENT, first.header, *kept)
    path.write_text("netto;Was\n2,75;Pier\n")
    again = look_into_statement(mara.console, path, Hints())
    assert again.questions == (OpenQuestion.MONTH,), "a month is of one file, and asked each time"
    assert (again.level, again.issuer, again.currency, again.as_before) == (
        StatementLevel.LICENSOR_GROSS,
        "Northlight",
        "EUR",
        True,
    )
    assert with_what_was_said(mara.console, path, Hints(currency="SEK")).currency == "SEK"


def test_a_store_that_is_said_to_be_ai_income_counts_as_that_in_the_rows_that_are_shown(
    mara: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,amount,currency,month,store\nLow Tide,1.25,EUR,2025-04,Deep Choir\n")
    hints = Hints(level=StatementLevel.PAYEE_NET)
    assert look_into_statement(mara.console, path, hints).recognised == 0
    name_source(mara.console, "Deep Choir", LineKind.USAGE_GENERATION)
    assert look_into_statement(mara.console, path, hints).recognised == 1


def test_a_form_that_is_known_is_not_remembered() -> None:
    assert what_to_remember(look_into_statement(None, FILES / "believe.csv", Hints())) is None


def test_a_file_of_no_use_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    with pytest.raises(InputProblem, match="is empty"):
        look_into_statement(None, path, Hints())
    path.write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(InputProblem):
        look_into_statement(None, path, Hints())


def test_no_statement_is_looked_into_for_an_artist_whose_money_one_may_not_see(tmp_path: Path) -> None:
    with (
        a_desk(tmp_path / "profile", mandate_step(a_mandate()), owner=MANAGER) as manager,
        pytest.raises(AuthorityProblem, match="see the money of Mara Quist"),
    ):
        look_into_statement(manager.console, FILES / "believe.csv", Hints(), MARA)
    mandate = a_mandate(powers=(Power.SEE_WORKS, Power.SEE_MONEY))
    with a_desk(tmp_path / "other", mandate_step(mandate), owner=MANAGER) as manager:
        assert look_into_statement(manager.console, FILES / "believe.csv", Hints(), MARA).rows


def test_income_from_ai_is_counted_among_what_is_shown() -> None:
    found = look_into_statement(None, FILES / "table.csv", Hints(level=StatementLevel.PAYEE_NET))
    assert found.recognised == len(found.rows)
    assert {row.kind for row in found.rows} == {LineKind.FEE_TRAINING, LineKind.USAGE_GENERATION}


def test_the_rows_that_were_left_out_are_saved_as_they_came_with_the_reason(tmp_path: Path) -> None:
    path, target = tmp_path / "a.csv", tmp_path / "rejected.csv"
    path.write_text(
        "title,artist,amount,currency\nLow Tide,Mira Sand,1.25,EUR\nPier,=SUM(A1),(3.50),EUR\n"
        "Reef,M,NaN,EUR\n"
    )
    saved = save_rejected(path, Hints(), target)
    assert (saved.written, saved.of) == (2, 2)
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Row,Why it was left out,title,artist,amount,currency"
    assert lines[1].startswith("3,")
    assert "(3.50)" in lines[1]
    assert "'=SUM(A1)" in lines[1], "nothing that a spreadsheet would run"
    assert "NaN" in lines[2]
