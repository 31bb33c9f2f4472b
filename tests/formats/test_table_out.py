"""Tables that go out: every value is there, and no spreadsheet runs any of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from artist_console.formats.table_out import (
    Table,
    TableColumn,
    TableKind,
    TableTooLong,
    csv_file,
    harmless,
    kind_of,
    table_file,
    xlsx_file,
)

RUN = "=+-@\t\r\n＝＋－＠"
AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=20)


def a_table(*rows: tuple[str | int | bool | Decimal | date | None, ...]) -> Table:
    return Table("Decisions", [TableColumn(f"column {n}") for n in range(len(rows[0]))], rows)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", list(RUN))
def test_a_text_that_a_spreadsheet_would_run_stays_text(sign: str) -> None:
    for text in (f"{sign}HYPERLINK(1)", f"  {sign}cmd|' /C calc'!A0"):
        (_, (cell,)) = read_csv(csv_file(a_table((text,))))
        assert cell == f"'{text}"
    assert harmless(f"Title {sign} more") == f"Title {sign} more"


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_csv_gives_back_every_text_but_for_the_apostrophe(rows: list[tuple[str, str]]) -> None:
    found = read_csv(csv_file(a_table(*rows)))[1:]
    assert found == [[harmless(cell) for cell in row] for row in rows]
    assert all(not cell.lstrip(" ").startswith(tuple(RUN)) for row in found for cell in row)


SHEET_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)


@settings(deadline=None)
@given(st.lists(st.tuples(SHEET_TEXTS, st.integers(-(10**14), 10**14)), min_size=1, max_size=5))
def test_a_sheet_holds_texts_as_texts_and_numbers_as_numbers(rows: list[tuple[str, int]]) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_file(a_table(*rows)))).get_sheet_by_index(0)
    found = sheet.to_python(skip_empty_area=False)[1:]
    assert [(str(text), int(number)) for text, number in found] == rows


def test_formulas_links_and_long_numbers_are_written_as_they_stand() -> None:
    row = ("=1+1", "https://example.org", "007", Decimal("0.000000000000000001"), 10**17)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_file(a_table(row)))).get_sheet_by_index(0)
    expected = ["=1+1", "https://example.org", "007", "0.000000000000000001", "100000000000000000"]
    assert sheet.to_python()[1] == expected


def test_times_stand_in_utc_and_nothing_stays_empty() -> None:
    table = a_table((AT, date(2026, 3, 1), True, None, "a text"))
    (_, cells) = read_csv(csv_file(table))
    assert cells == ["2026-03-01T12:30:00+00:00", "2026-03-01", "yes", "", "a text"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_file(table))).get_sheet_by_index(0)
    assert sheet.to_python()[1] == [datetime(2026, 3, 1, 12, 30), date(2026, 3, 1), "yes", "", "a text"]  # noqa: DTZ001


def test_the_same_table_gives_the_same_bytes() -> None:
    for kind in TableKind:
        assert table_file(a_table(("a", 1)), kind) == table_file(a_table(("a", 1)), kind)


def test_what_no_sheet_can_hold_is_told() -> None:
    class Many(tuple[tuple[int], ...]):
        def __len__(self) -> int:
            return 1_048_576

    with pytest.raises(TableTooLong, match="1,048,575"):
        xlsx_file(Table("x", [TableColumn("n")], Many()))
    long = xlsx_file(a_table(("x" * 40_000,)))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(long)).get_sheet_by_index(0)
    assert len(str(sheet.to_python()[1][0])) == 32_767


@pytest.mark.parametrize("title", ["", "a/b[c]:*?\\", "'quoted'", "x" * 60])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert xlsx_file(Table(title, [TableColumn("n")], [(1,)]))


def test_the_ending_says_what_is_written() -> None:
    assert kind_of("a.CSV") is TableKind.CSV
    assert kind_of("b.x.xlsx") is TableKind.XLSX
    assert kind_of("c.ods") is None
