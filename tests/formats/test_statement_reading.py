"""Looking at statement files and reading them: what is shown before, what a person says, and bad input."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.money import COMMA, POINT
from artist_console.domain.problems import ColumnsUnknown, InputProblem
from artist_console.domain.statements import AmountPrecision, LineKind, StatementLevel
from artist_console.domain.uses import Right
from artist_console.formats.incoming import Severity, StatementRow
from artist_console.formats.statement_layouts import LAYOUTS
from artist_console.formats.statement_reading import (
    StatementHints,
    StatementLook,
    StatementReader,
    look_into,
)
from artist_console.formats.statement_table import ai_income_words
from tests.formats.dsr_files import zipped

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "statements"
WORDS = ai_income_words(
    json.loads((ROOT / "resources/data/ai_income_words.json").read_text(encoding="utf-8"))
)
HEADER = b"title,isrc,month,amount,currency\n"
CLICKNCLEAR = (
    b"T,M,2026-01-01T00:00:00.000Z,2026-03-31T23:59:59.999Z,2,USD,100.0000,14.5832,114.58\n"
    b'S,M,2026-01-01T00:00:00.000Z,Ann Buyer,Low Tide,"Mira Sand, Kay",AA6Q72600001,094631432057,Harbour,'
    b"US,USD,25.0000,0.0000,4.1666,20.8333,10.4166,70.00,7.2916\n"
    b"T,P,2026-01-01T00:00:00.000Z,2026-03-31T23:59:59.999Z,1,USD,50.0000,3.6458,57.29\n"
    b'S,P,2026-02-01T00:00:00.000Z,Ann Buyer,Low Tide,Mira Sand,"Ann, Bo",T0345246801,US,USD,'
    b"25.0000,0.0000,4.1666,20.8333,10.4166,50.00,5.2083,70.00,3.6458\n"
)


def look(data: bytes, name: str = "s.csv", **said: Any) -> StatementLook:
    return look_into(io.BytesIO(data), name, StatementHints(**said))


def reader(data: bytes, name: str = "s.csv", **said: Any) -> StatementReader:
    return StatementReader(io.BytesIO(data), name, WORDS, StatementHints(**said))


def rows(data: bytes, **said: Any) -> Sequence[StatementRow]:
    return tuple(reader(data, **said).rows())


def rejected(data: bytes, **said: Any) -> str:
    """Why the one row of a file is left out."""
    opened = reader(data, **said)
    assert list(opened.rows()) == []
    assert opened.rejected_count == 1
    assert "1 row was left out, so totals are partial." in opened.warnings
    return opened.rejected[0].what


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_a_look_tells_what_the_reader_then_reads(path: Path) -> None:
    data = path.read_bytes()
    seen = look(data, path.name)
    if "currency" in seen.asks:
        seen = look(data, path.name, currency="USD")
    read = reader(data, path.name, currency="USD")
    assert seen.problem is None
    assert (seen.layout, seen.level, seen.numbers) == (read.layout, read.level, read.look.numbers)
    assert seen.layout == path.stem
    found = list(read.rows())
    assert len(found) + read.rejected_count == len(seen.rows) - sum(row[0] == "Total" for row in seen.rows)
    assert set(read.currencies) <= set(seen.currencies)


def test_whose_money_a_layout_is_about_is_declared() -> None:
    above = {layout.key for layout in LAYOUTS if layout.level is not StatementLevel.PAYEE_NET}
    assert above == {"beatport", "cargo-physical", "dmp"}
    assert look(CLICKNCLEAR).level is StatementLevel.LICENSOR_GROSS
    assert look(HEADER + b"A,,2026-01,1,EUR\n", level=StatementLevel.POOL).level is StatementLevel.POOL


def test_a_look_shows_encoding_delimiter_preamble_and_header() -> None:
    text = "Account;12\n\nTitle;Month;Amount;Currency\nÄrger;2026-01;1,25;EUR\n"
    seen = look(text.encode("utf-16"))
    assert (seen.encoding, seen.delimiter, seen.header_row) == ("utf-16", ";", 3)
    assert seen.preamble == (("Account", "12"), ())
    assert seen.header == ("Title", "Month", "Amount", "Currency")
    assert seen.rows == (("Ärger", "2026-01", "1,25", "EUR"),)
    assert (seen.currencies, seen.asks) == (("EUR",), ())
    assert look(text.encode("cp1252")).encoding == "windows-1252"


@pytest.mark.parametrize("packed", [gzip.compress, lambda data: zipped({"a.csv": data})])
def test_a_packed_file_is_looked_into_and_read(packed: object) -> None:
    data = packed(HEADER + b"A,,2026-01,1.5,EUR\n")  # type: ignore[operator]
    assert look(data).rows == (("A", "", "2026-01", "1.5", "EUR"),)
    assert [row.amount for row in rows(data)] == [Decimal("1.5")]


def test_a_look_keeps_its_rows_to_the_first_two_hundred() -> None:
    data = HEADER + b"A,,2026-01,1.5,EUR\n" * 90_000
    assert len(look(data).rows) == 200
    assert look(data).problem is None


def test_buyers_are_not_in_a_look_either() -> None:
    seen = repr(look((FOLDER / "bandcamp.csv").read_bytes()))
    assert "Ann Example" not in seen
    assert "ann@example.org" not in seen


def test_the_statement_among_the_tables_of_a_zip_is_found() -> None:
    summary = b"Product Artist,Currency,Sale Net Receipts,Reported Royalty\nMira Sand,GBP,1,0.85\n"
    data = zipped({"a-artists.csv": summary, "b-royalty.csv": (FOLDER / "curve.csv").read_bytes()})
    read = reader(data, "royalty.zip")
    assert [str(row.amount) for row in read.rows()] == ["0.02371234567890123"]
    assert any("a-artists.csv" in warning for warning in read.warnings)
    with pytest.raises(InputProblem, match="holds 2 tables"):
        reader(
            zipped({"a.csv": HEADER + b"A,,2026-01,1,EUR\n", "b.csv": HEADER + b"B,,2026-01,1,EUR\n"}),
            "z.zip",
        )


def test_a_truncated_zip_is_refused_and_nothing_of_it_used() -> None:
    data = zipped({"a.csv": HEADER + b"".join(b"A%d,,2026-01,1.5,EUR\n" % n for n in range(3000))})
    with pytest.raises(InputProblem, match="damaged or ends early"):
        reader(data[:-200], "s.zip")
    assert "damaged" in str(look(data[:-200], "s.zip").problem)


def test_the_report_of_clicknclear_is_read_without_a_header_and_without_its_buyers() -> None:
    read = reader(CLICKNCLEAR)
    found = list(read.rows())
    assert [(row.row, str(row.amount), row.right) for row in found] == [
        (2, "7.2916", Right.MASTER),
        (4, "3.6458", Right.COMPOSITION),
    ]
    assert (found[0].isrc, found[0].upc, found[1].iswc) == ("AA6Q72600001", "00094631432057", "T0345246801")
    assert read.declared_totals == (("USD", Decimal("18.2290")),)
    assert "Ann Buyer" not in repr(found) + repr(read.look.rows)
    assert any("states 2 sales of type M in USD and holds 1" in warning for warning in read.warnings)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("songs", "song,listeners,streams,saves,release_date\nA,1,2,3,2026-01-01"),
        ("timeline", "date,streams\n2026-01-01,5"),
        (
            "audience",
            "date,listeners,monthly listeners,monthly active listeners,streams,playlist adds,saves,followers",
        ),
        ("playlists", "title,author,listeners,streams,date_added\nA,B,1,2,2026-01-01"),
    ],
)
def test_tables_of_streams_are_known_to_hold_no_money(name: str, header: str) -> None:
    with pytest.raises(InputProblem, match="holds no money"):
        reader(b"\xef\xbb\xbf" + header.encode() + b"\n", f"{name}.csv")


def test_a_mark_between_thousands_counts_only_where_it_is_declared() -> None:
    data = HEADER + b'A,,2026-01,"1,234.56",EUR\n'
    assert "does not declare" in rejected(data)
    assert "numbers" in look(data).asks
    assert [row.amount for row in rows(data, numbers=POINT)] == [Decimal("1234.56")]
    assert [row.amount for row in rows(b"title;amount;currency\nA;1.234,56;EUR\n", numbers=COMMA)] == [
        Decimal("1234.56")
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (b"(3.50)", "Brackets"),
        (b"NaN", "not an amount"),
        (b"1e3", "not an amount"),
        (b"", "no amount"),
        ("¥5".encode(), "not an amount"),
    ],
)
def test_a_cell_that_is_no_amount_leaves_its_row_out_and_says_what_was_expected(
    cell: bytes, says: str
) -> None:
    assert says in rejected(HEADER + b"A,,2026-01," + cell + b",EUR\n")


def test_accountants_brackets_count_where_the_layout_declares_them() -> None:
    found = rows((FOLDER / "cargo-physical.csv").read_bytes())
    assert [str(row.amount) for row in found] == ["1456.00", "-3.50"]
    assert [row.quantity for row in found] == [2, -1]


def test_a_shortened_barcode_is_told_and_left_out_of_the_line() -> None:
    read = reader(b"title,upc,amount,currency\nA,8.80E+11,1,EUR\n", month=date(2026, 1, 1))
    assert [row.upc for row in read.rows()] == [""]
    assert "the digits are lost" in read.notes[0].what


def test_quantities_with_thousands_are_whole_numbers() -> None:
    data = b'title,quantity,amount,currency\nA,"1,200",1,EUR\nB,some,1,EUR\n'
    read = reader(data)
    assert [row.quantity for row in read.rows()] == [1200, None]
    assert [note.row for note in read.notes] == [3]


def test_totals_in_the_middle_are_no_lines_and_the_last_is_declared() -> None:
    data = (
        HEADER + b"A,,2026-01,1,EUR\nTotal,,,1,EUR\nB,,2026-01,2.5,EUR\nSubtotal,,,2.5,\nGrand Total,,,3.5,\n"
    )
    read = reader(data)
    assert [row.title for row in read.rows()] == ["A", "B"]
    assert read.declared_totals == (("EUR", Decimal("3.5")),)
    assert [(note.row, note.severity) for note in read.notes] == [(3, Severity.WARNING)]


def test_two_currencies_in_one_column_are_kept_apart() -> None:
    data = b"title,month,amount\nA,2026-01,1.5 EUR\nB,2026-01,USD 2\nC,2026-01,3\n"
    read = reader(data, currency="GBP")
    assert [(row.amount, row.currency) for row in read.rows()] == [
        (Decimal("1.5"), "EUR"),
        (Decimal(2), "USD"),
        (Decimal(3), "GBP"),
    ]
    assert read.currencies == ("EUR", "GBP", "USD")
    assert "its column of currencies says USD" in rejected(HEADER + b"A,,2026-01,1 EUR,USD\n")


def test_an_amount_that_was_converted_is_in_the_currency_that_its_calculation_ends_in() -> None:
    header = "Asset ISRC,Asset Title,Sale Type,Reported Royalty,Currency,Exchange Rate,"
    header += "Sale net receipts calculation\n"
    line = "AA6Q72600001,A,Streaming,0.00188,USD,0.7957,$0.0027 × 100% of sale × 0.7957 £/$ = £\n"
    row = rows((header + line).encode())[0]
    assert (row.currency, row.original_currency, row.rate) == ("GBP", "USD", Decimal("0.7957"))


def test_a_column_that_holds_no_currencies_is_overruled_by_the_person_who_says_one() -> None:
    data = HEADER + b"A,,2026-01,1,Really\n"
    assert "REALLY" in rejected(data)
    assert [row.currency for row in rows(data, currency="EUR")] == ["EUR"]


def test_any_table_is_read_by_the_columns_that_a_person_names() -> None:
    data = b"Was,Wieviel,Wann\nLow Tide,1.25,2026-04\n"
    with pytest.raises(ColumnsUnknown) as caught:
        reader(data)
    assert caught.value.columns == ("Was", "Wieviel", "Wann")
    assert caught.value.rows == (("Low Tide", "1.25", "2026-04"),)
    assert look(data).asks == ("columns",)
    said = (("amount", "Wieviel"), ("title", "Was"), ("month", "Wann"))
    row = rows(data, columns=said, currency="EUR")[0]
    assert (row.row, row.title, row.amount, row.month) == (2, "Low Tide", Decimal("1.25"), date(2026, 4, 1))


def test_a_table_without_a_header_is_named_by_its_first_row_which_is_a_line() -> None:
    data = b"Low Tide,1.25\nPier,2\n"
    said = (("title", "Low Tide"), ("amount", "1.25"))
    assert [row.title for row in rows(data, columns=said, currency="EUR")] == ["Low Tide", "Pier"]


def test_a_person_can_say_which_row_is_the_header_and_how_the_file_is_encoded() -> None:
    data = b"title,amount\nnot,this\n" + "title,amount,currency\nНочь,1,EUR\n".encode("cp1251")
    row = rows(data, header_row=3, encoding="windows-1251")[0]
    assert (row.title, row.row) == ("Ночь", 4)
    with pytest.raises(InputProblem, match="has no row 9"):
        reader(data, header_row=9)
    with pytest.raises(InputProblem, match="cannot be read as “klingon”"):
        reader(data, encoding="klingon")


def test_quarters_are_put_into_their_first_month_and_that_is_told() -> None:
    read = reader(b"title,period,amount,currency\nA,2Q2026,1,EUR\nB,2026-Q3,1,EUR\n")
    assert [row.month for row in read.rows()] == [date(2026, 4, 1), date(2026, 7, 1)]
    assert "quarters" in read.notes[0].what


def test_our_own_export_comes_back_with_how_each_amount_was_made() -> None:
    row = rows((FOLDER / "artist-console.csv").read_bytes())[0]
    assert (row.kind, row.amount) == (LineKind.USAGE_GENERATION, Decimal("0.0123456789012345"))
    assert row.making is not None
    assert (row.making.pool, row.making.share_bp, row.making.decimals) == (Decimal(1000), 5000, 16)
    assert row.right is Right.MASTER


def test_notes_and_rejected_rows_are_bounded_and_counted() -> None:
    read = reader(HEADER + b"A,,2026-01,x,EUR\n" * 12_000)
    assert list(read.rows()) == []
    assert read.rejected_count == 12_000
    assert len(read.rejected) == 10_000
    assert len(read.notes) + read.notes_left_out == 12_000


def test_a_decimal_mark_that_only_a_late_row_tells_is_found() -> None:
    data = b"title;amount;currency\n" + b"A;1,234;EUR\n" * 30_000 + b"B;0,5;EUR\n"
    assert look(data).numbers is None
    assert rows(data)[0].amount == Decimal("1.234")


@settings(max_examples=60)
@given(
    st.lists(
        st.decimals(min_value=-(10**9), max_value=10**9, places=18, allow_nan=False), min_size=1, max_size=20
    ),
    st.sampled_from([("point", "."), ("comma", ",")]),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
    st.sampled_from(["\t", ";"]),
)
def test_every_digit_comes_back_whatever_the_file_looks_like(
    amounts: list[Decimal], mark: tuple[str, str], encoding: str, delimiter: str
) -> None:
    lines = [["title", "amount", "currency"]]
    lines += [["Schäre", f"{amount:.18f}".replace(".", mark[1]), "EUR"] for amount in amounts]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    assert [row.amount for row in rows(data)] == amounts


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for cells in sheets:
        sheet = book.add_worksheet()
        for n, row in enumerate(cells):
            for place, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_formula(n, place, *cell)
                else:
                    sheet.write(n, place, cell)
    book.close()
    return out.getvalue()


_NAMES = ("title", "month", "amount", "currency")


def test_amounts_of_a_spreadsheet_are_marked_and_texts_in_it_are_exact() -> None:
    data = workbook([_NAMES, ("A", "2026-01", 0.1, "EUR"), ("B", "2026-01", "0.012863765233", "EUR")])
    read = reader(data, "s.xlsx")
    assert [(row.amount, row.precision) for row in read.rows()] == [
        (Decimal("0.1"), AmountPrecision.SPREADSHEET),
        (Decimal("0.012863765233"), AmountPrecision.EXACT),
    ]
    assert any("spreadsheet precision" in warning for warning in read.warnings)
    assert look(data, "s.xlsx").rows[0] == ("A", "2026-01", "0.1", "EUR")


def test_stored_values_of_formulas_are_used_and_missing_ones_are_told() -> None:
    formula = ("=1+1", None, 2.5)
    empty = ("=1+1", None, "")
    data = workbook([_NAMES, ("A", "2026-01", formula, "EUR"), ("B", "2026-01", empty, "EUR")])
    read = reader(data, "s.xlsx")
    assert [(row.title, row.amount, row.precision) for row in read.rows()] == [
        ("A", Decimal("2.5"), AmountPrecision.SPREADSHEET)
    ]
    assert [rejected.row for rejected in read.rejected] == [3]
    assert "formula without a stored value" in read.rejected[0].what
    assert any("2 cells are formulas" in warning for warning in look(data, "s.xlsx").warnings)


def test_the_sheet_that_is_a_statement_is_read_wherever_it_stands() -> None:
    data = workbook([("Summary", ""), ("Total", 5)], [_NAMES, ("A", "2026-01", "5", "EUR")])
    assert [row.amount for row in rows(data)] == [Decimal(5)]


def test_an_apostrophe_that_kept_our_text_from_being_run_is_taken_off_again() -> None:
    header = "Line,Month,Title,Amount,Amount (exact),Currency,Kind,Nature\n"
    data = header + "1,2026-08,'=1+1,1,1,EUR,other,counted\n2,2026-08,'Round Midnight,1,1,EUR,other,counted\n"
    assert [row.title for row in rows(data.encode())] == ["=1+1", "'Round Midnight"]
    cells = [header.strip().split(","), *(line.split(",") for line in data.splitlines()[1:])]
    assert [row.title for row in rows(workbook(cells))] == ["'=1+1", "'Round Midnight"]


# Totals of parts


def totals_of(*rows: str) -> tuple[tuple[str, Decimal], ...]:
    opened = reader(HEADER + "".join(f"{row}\n" for row in rows).encode())
    list(opened.rows())
    return opened.declared_totals


def test_a_total_of_the_last_part_is_no_total_of_the_file() -> None:
    parts = ("A,,2026-01,1.00,EUR", "Total,,,1.00,", "B,,2026-01,2.00,EUR", "Total,,,2.00,")
    assert totals_of(*parts) == ()
    assert totals_of(*parts, "Grand total,,,3.00,") == (("EUR", Decimal("3.00")),)
    assert totals_of(*parts[:3], "Total,,,3.00,") == (("EUR", Decimal("3.00")),)
    assert totals_of(*parts[:3], "Total,,,9.00,") == (("EUR", Decimal("9.00")),)


def test_a_total_is_the_file_s_only_where_no_row_with_an_amount_follows() -> None:
    part = ("A,,2026-01,1.00,EUR", "Total,,,1.00,")
    assert totals_of(*part, "B,,2026-01,NaN,EUR") == ()
    assert totals_of(*part, "All amounts are estimates,,,,") == (("EUR", Decimal("1.00")),)
    assert totals_of("A,,2026-01,NaN,EUR", "Total,,,1.00,", "B,,2026-01,3.00,EUR") == ()


def test_a_year_of_which_no_statement_can_be_is_no_month() -> None:
    opened = reader(HEADER + b"A,,9999-12,1,EUR\nB,,0001-01,1,EUR\nC,,2026-01,1,EUR\n")
    assert [line.month for line in opened.rows()] == [None, None, date(2026, 1, 1)]
    assert sum("in a year" in note.what for note in opened.notes) == 2
    assert opened.period_until == date(2026, 1, 31)


# Files of senders whose layout is not known


@pytest.mark.parametrize(
    ("header", "row", "store"),
    [
        (
            'Reporting Period,Track Title,ISRC Code,Digital Service Provider,Territory,Count,"Royalty ($US)"',
            "2026-06,Low Tide,GBWUL2686921,Open Studio,US,900,1.75",
            "Open Studio",
        ),
        (
            "Date,Retailer,Country,Release Artist,Track Title,UPC,ISRC,Quantity,Earned,Currency",
            "2025-04,Open Studio,US,Mara,Low Tide,,GBWUL2686921,10,1.75,USD",
            "Open Studio",
        ),
        (
            "Sale Period,Store,Track,Artist,ISRC,Units,Your Earnings (USD)",
            "2025-04,Open Studio,Low Tide,Mara,GBWUL2686921,10,$1.75",
            "Open Studio",
        ),
        (
            "transaction_date,store,country,isrc,track_title,artist,quantity,net_amount_usd",
            "2025-04-01,Open Studio,US,GBWUL2686921,Low Tide,Mara,10,1.75",
            "Open Studio",
        ),
        (
            "Work Title,ISWC,DSP,Usage Period,Royalty Amount,Currency",
            "Low Tide,,Open Studio,2026-Q1,$1.75,USD",
            "Open Studio",
        ),
        (
            "TITLE NAME,PERF SOURCE,PERF COUNT,ROYALTY AMOUNT,PERF PERIOD,Currency",
            "LOW TIDE,Open Studio,100,$1.75,2025-Q4,USD",
            "Open Studio",
        ),
        ("Werktitel,Urheber,Plattform,Betrag in EUR", "Low Tide,Mara,Open Studio,1.75", "Open Studio"),
        (
            "Verk,Upphovsman,Källa,Antal,Belopp,Currency",
            "Low Tide,Mara,Open Studio,10,1.75,SEK",
            "Open Studio",
        ),
    ],
)
def test_what_senders_call_amount_title_and_store_is_known(header: str, row: str, store: str) -> None:
    (line,) = reader(f"{header}\n{row}\n".encode()).rows()
    assert (line.amount, line.title.title(), line.store) == (Decimal("1.75"), "Low Tide", store)


def test_a_name_that_ends_like_a_code_names_no_currency() -> None:
    opened = reader(b"title,month,total all,amount\nA,2026-01,7,1\n", currency="EUR")
    (line,) = opened.rows()
    assert (line.amount, line.currency) == (Decimal(1), "EUR")


def test_a_dollar_is_of_the_country_that_the_file_names_and_of_no_other() -> None:
    (line,) = reader(HEADER + b"A,,2026-01,$1.50,CAD\n").rows()
    assert (line.amount, line.currency) == (Decimal("1.50"), "CAD")
    (line,) = reader(HEADER + "A,,2026-01,-€1.50,EUR\n".encode()).rows()
    assert (line.amount, line.currency) == (Decimal("-1.50"), "EUR")
    assert "not an amount" in rejected(HEADER + b"A,,2026-01,$1.50,EUR\n")
    assert "in GBP" in rejected(HEADER + "A,,2026-01,£1.50,EUR\n".encode())


def test_a_row_without_a_currency_is_told_as_that() -> None:
    assert rejected(HEADER + b"A,,2026-01,1,\n") == "The row names no currency."


# Packed so that they grow, and what is no table


def test_a_zip_that_states_that_it_grows_is_refused_before_anything_of_it_is_read() -> None:
    bomb = zipped({"s.csv": HEADER + b"A,,2026-01,1,EUR\n" + b"\n" * 30_000_000})
    with pytest.raises(InputProblem, match="grows far beyond"):
        reader(bomb, "s.zip")


def test_empty_rows_without_end_are_no_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("artist_console.formats.statement_table_lines.MOST_EMPTY", 3)
    row = b"A,,2026-01,1,EUR\n"
    assert len(rows(HEADER + row + b"\n\n\n" + row + b",,,,\n" * 3)) == 2
    with pytest.raises(InputProblem, match="empty rows"):
        rows(HEADER + row + b"\n\n\n\n" + row)


def test_a_pdf_is_called_one() -> None:
    problem = look(b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n" + b"\x00\x01" * 50, "s.pdf").problem
    assert problem is not None
    assert "is a PDF" in problem.title
