"""Statement files: every layout, exact amounts, what is AI income and what is not."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from artist_console.domain.money import Money, totals
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import LineKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.incoming import ReadStatement, Severity
from artist_console.formats.statement_layouts import LAYOUTS
from artist_console.formats.statement_table import (
    ai_income_words,
    find_layout,
    read_statement,
    read_statement_catalogue,
)
from artist_console.formats.tables import read_table
from tests.formats.damage import damaged, only_input_problems

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "statements"
WORDS = ai_income_words(
    json.loads((ROOT / "resources/data/ai_income_words.json").read_text(encoding="utf-8"))
)
FILES = {path.stem: path.read_bytes() for path in sorted(FOLDER.iterdir())}


def read(name: str, **given: str) -> ReadStatement:
    return read_statement(FILES[name], f"{name}.csv", WORDS, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_layout_is_known_by_its_columns(name: str) -> None:
    assert find_layout(read_table(FILES[name], "statement").rows) == name


def test_there_is_a_sample_of_every_layout() -> None:
    assert {layout.key for layout in LAYOUTS} | {"table"} == set(FILES)


@pytest.mark.parametrize(
    ("name", "first", "currency", "month", "title", "isrc", "store", "territory", "quantity"),
    [
        ("distrokid", "0.011000000000", "USD", (2025, 1), "Señal", "AA6Q72600001", "Streamhouse", "GB", 120),
        (
            "distrokid-2025",
            "0.012863765233",
            "USD",
            (2025, 6),
            "Low Tide",
            "AA6Q72600001",
            "Streamhouse",
            "GB",
            1200,
        ),
        ("tunecore", "2.60208", "USD", (2025, 1), "Low Tide", "AA6Q72600001", "Streamhouse", "DE", 1200),
        (
            "cdbaby",
            "0.01969561241409528",
            "USD",
            (2023, 8),
            "Low Tide",
            "AA6Q72600001",
            "Streamhouse",
            "US",
            12,
        ),
        (
            "believe",
            "1234.567890123",
            "EUR",
            (2025, 1),
            "Low Tide",
            "AA6Q72600001",
            "Streamhouse",
            "Germany",
            1200,
        ),
        ("believe-ru", "0.0123", "EUR", (2025, 1), "Прилив", "AA6Q72600001", "Streamhouse", "Kazakhstan", 12),
        ("bandcamp", "0.85", "GBP", (2025, 10), "Low Tide", "AA6Q72600001", "Bandcamp", "DE", 1),
        (
            "curve",
            "0.02371234567890123",
            "GBP",
            (2025, 1),
            "Low Tide",
            "AA6Q72600001",
            "Streamhouse",
            "GB",
            12,
        ),
        ("prs", "0.0016", "GBP", None, "LOW TIDE", "", "RADIO HARBOUR", "", 12),
        ("soundcloud", "0.0012", "USD", (2025, 1), "Low Tide", "AA6Q72600001", "Streamhouse", "GB", 12),
        ("beatport", "1.2345", "USD", None, "Low Tide", "AA6Q72600001", "Beatport", "GBR", 3),
        ("dmp", "100.51", "EUR", None, "Low Tide", "", "Radio Harbour", "", None),
        ("table", "1000.50", "EUR", (2026, 1), "Low Tide", "AA6Q72600001", "Open Studio", "", None),
    ],
)
def test_a_line_keeps_every_digit_and_what_it_is_about(
    name: str,
    first: str,
    currency: str,
    month: tuple[int, int] | None,
    title: str,
    isrc: str,
    store: str,
    territory: str,
    quantity: int | None,
) -> None:
    line = read(name, currency="USD").rows[0]
    assert (str(line.amount), line.currency) == (first, currency)
    assert line.month == (date(*month, 1) if month else None)
    assert (line.title, line.isrc, line.store) == (title, isrc, store)
    assert (line.territory, line.quantity) == (territory, quantity)


def test_words_of_store_and_sales_type_make_ai_income_and_nothing_else_does() -> None:
    assert [row.kind for row in read("distrokid").rows] == [
        LineKind.OTHER,
        LineKind.OTHER,
        LineKind.FEE_TRAINING,
    ]
    assert [row.kind for row in read("distrokid-2025").rows] == [LineKind.OTHER, LineKind.USAGE_GENERATION]
    assert [row.kind for row in read("table").rows] == [
        LineKind.FEE_TRAINING,
        LineKind.FEE_TRAINING,
        LineKind.USAGE_GENERATION,
    ]
    titled = FILES["curve"].replace(b"Low Tide", b"AI Training").replace(b"Mira Sand", b"Generative AI")
    assert read_statement(titled, "c.csv", WORDS).rows[0].kind is LineKind.OTHER


def test_a_word_inside_another_is_no_ai_income() -> None:
    assert WORDS.kind_in(("Said training", "Fair Licensing")) is None
    assert WORDS.kind_in(("AI-Training (fee)",)) is LineKind.FEE_TRAINING
    assert WORDS.kind_in(("generative AI training",)) is LineKind.FEE_TRAINING


def test_a_statement_without_ai_income_says_so() -> None:
    assert "No line was recognised as AI income." in read("tunecore").warnings
    assert "No line was recognised as AI income." not in read("distrokid").warnings


def test_a_statement_may_hold_several_currencies() -> None:
    statement = read("tunecore")
    assert statement.currencies == ("GBP", "USD")
    assert totals(Money(row.amount, row.currency) for row in statement.rows) == (
        Money(Decimal("0.00938"), "GBP"),
        Money(Decimal("2.60208"), "USD"),
    )
    first = statement.rows[0]
    assert (str(first.original_amount), first.original_currency, str(first.rate)) == ("2.4", "EUR", "1.0842")


def test_the_period_reaches_from_the_first_to_the_last_month() -> None:
    statement = read("distrokid")
    assert (statement.period_from, statement.period_until) == (date(2025, 1, 1), date(2025, 2, 28))


def test_buyers_data_never_leaves_the_file() -> None:
    statement = read("bandcamp")
    said = repr(statement)
    for personal in ("Ann Example", "ann@example.org", "lovely", "Bob", "mira@example.org"):
        assert personal not in said
    assert statement.currencies == ("EUR", "GBP")
    assert [(note.row, note.severity) for note in statement.notes] == [(4, Severity.REJECTED)]


def test_columns_with_an_address_are_left_out_of_every_layout() -> None:
    data = b"title,artist,amount,currency,buyer email,note\nLow Tide,Mira Sand,1.5,EUR,ann@example.org,paid\n"
    words = read_statement(data, "t.csv", WORDS).rows[0].words
    assert "ann@example.org" not in words
    assert "note: paid" in words


def test_a_total_row_is_the_declared_total_and_no_line() -> None:
    data = b"title;isrc;amount;currency\nA;;1000,50;EUR\nB;;0,125;EUR\nTotal;;1000,625;\n"
    statement = read_statement(data, "t.csv", WORDS)
    assert len(statement.rows) == 2
    assert statement.declared_total == Decimal("1000.625")


def test_a_total_over_several_currencies_declares_nothing() -> None:
    statement = read("table")
    assert len(statement.rows) == 3
    assert (statement.declared_total, statement.declared_totals) == (None, ())


@pytest.mark.parametrize("column", ["ISRC", "UPC", "Title", "Label"])
def test_a_total_row_is_known_whatever_column_stands_first(column: str) -> None:
    others = [name for name in ("Title", "ISRC") if name != column]
    header = ",".join([column, *others, "Amount", "Currency"])
    blank = "," * len(others)
    data = f"{header}\nSong{blank},1.5,EUR\nTotal{blank},99,EUR\n".encode()
    statement = read_statement(data, "t.csv", WORDS)
    assert [row.amount for row in statement.rows] == [Decimal("1.5")]
    assert statement.declared_total == Decimal(99)


def test_an_artist_called_total_is_paid() -> None:
    data = b"artist,title,isrc,amount,currency\nTotal,Low Tide,AA6Q72600001,1.5,EUR\n"
    assert len(read_statement(data, "t.csv", WORDS).rows) == 1


def test_a_song_called_total_is_a_line() -> None:
    data = b"title,artist,amount,currency\nTotal,Mira Sand,1.5,EUR\n"
    assert read_statement(data, "t.csv", WORDS).rows[0].title == "Total"


def test_lines_without_a_usable_amount_or_currency_are_left_out_and_named() -> None:
    statement = read("dmp")
    assert len(statement.rows) == 1
    note = statement.notes[0]
    assert (note.row, note.field, note.severity) == (3, "Currency", Severity.REJECTED)
    assert "REALLY" in note.what
    data = b"title,amount,currency\nA,NaN,EUR\nB,1e3,EUR\nC,,EUR\nD,0,EUR\n"
    assert [row.title for row in read_statement(data, "t.csv", WORDS).rows] == ["D"]


def test_one_wrong_isrc_on_many_lines_is_told_once() -> None:
    lines = b"".join(b"A,B,USSM19803O37,1,EUR\n" for _ in range(500))
    statement = read_statement(b"title,artist,isrc,amount,currency\n" + lines, "t.csv", WORDS)
    assert len(statement.rows) == 500
    assert [note.severity for note in statement.notes] == [Severity.WARNING]


def test_a_lost_zero_of_a_barcode_is_put_back_with_a_warning() -> None:
    statement = read("distrokid")
    assert {row.upc for row in statement.rows} == {"00094631432057"}
    assert any("leading zero" in note.what for note in statement.notes)


def test_a_file_without_a_currency_asks_for_one() -> None:
    with pytest.raises(InputProblem, match="in which currency"):
        read("beatport")
    assert read("beatport", currency="EUR").currencies == ("EUR",)


def test_a_file_without_months_takes_the_callers() -> None:
    statement = read_statement(FILES["prs"], "prs.csv", WORDS, month=date(2026, 4, 1))
    assert {row.month for row in statement.rows} == {date(2026, 4, 1)}
    assert any("accounts in GBP" in warning for warning in statement.warnings)


def test_decimal_marks_that_could_be_both_are_asked_about() -> None:
    with pytest.raises(InputProblem, match="comma or a point"):
        read_statement(b"title;amount;currency\nA;1,234;EUR\nB;2;EUR\n", "t.csv", WORDS)
    plain = read_statement(b"title;amount;currency\nA;1,2345;EUR\nB;1,234;EUR\n", "t.csv", WORDS)
    assert [str(row.amount) for row in plain.rows] == ["1.2345", "1.234"]


def test_a_currency_that_has_ended_is_refused_for_later_months() -> None:
    data = b"title,month,amount,currency\nA,2025-12,1,BGN\nB,2026-01,1,BGN\n"
    statement = read_statement(data, "t.csv", WORDS)
    assert [row.title for row in statement.rows] == ["A"]
    assert "at that time" in statement.notes[0].what


def test_the_published_sample_of_a_publisher_has_titles_but_no_currency(shared_data: Path) -> None:
    data = (shared_data / "statements" / "dmp" / "royaltystatement.csv").read_bytes()
    statement = read_statement(data, "royaltystatement.csv", WORDS)
    assert (statement.layout, statement.rows, len(statement.notes)) == ("dmp", (), 6)
    works = read_statement_catalogue(data, "royaltystatement.csv")
    assert len(works.rows) == 5


def test_a_statement_gives_the_works_it_names_once_each() -> None:
    works = read_statement_catalogue(FILES["distrokid-2025"], "d.csv")
    assert works.layout == "statement:distrokid-2025"
    assert [(row.title, row.identifier, row.artists, row.kind) for row in works.rows] == [
        ("Low Tide", "AA6Q72600001", ("Mira Sand",), WorkKind.RECORDING)
    ]


def test_a_registration_of_works_is_no_statement(shared_data: Path) -> None:
    paths = [path for path in (shared_data / "cwr").iterdir() if path.suffix.lower() in (".v21", ".v22")]
    assert len(paths) == 2
    for path in paths:
        with pytest.raises(InputProblem, match="registration of works"):
            read_statement(path.read_bytes(), path.name, WORDS)


def test_a_table_that_is_no_statement_says_what_it_has() -> None:
    with pytest.raises(InputProblem, match="columns: “colour”, “size”"):
        read_statement(b"colour,size\nred,1\n", "t.csv", WORDS)


@settings(max_examples=400)
@given(damaged(list(FILES.values())))
def test_damaged_statements_are_refused_in_a_sentence_or_read(data: bytes) -> None:
    only_input_problems(lambda data, name: read_statement(data, name, WORDS, currency="USD"), data, "s.csv")
    only_input_problems(read_statement_catalogue, data, "s.csv")
