"""Statements as tables: every amount comes back exactly, and no spreadsheet runs anything of it."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from artist_console.domain.statements import Line
from artist_console.formats.statement_table_out import AMOUNT, COLUMNS, EXACT, NamedLine, rows
from artist_console.formats.table_out import MOST_ROWS, TableTooLong, check_rows
from artist_console.formats.table_streams_out import SheetRows, write_csv, write_xlsx
from tests.formats.statement_lines_any import lines

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TITLES = [column.title for column in COLUMNS]
EXACT_COLUMNS = (
    "Confidence low",
    "Confidence high",
    "Pool",
    "Weight",
    "Total weight",
    "Rate",
    "Exchange rate",
)


def a_sheet(held: Iterable[Line]) -> SheetRows:
    return SheetRows("Lines", COLUMNS, rows(NamedLine(line, programme="P") for line in held))


def as_csv(held: Iterable[Line]) -> list[dict[str, str]]:
    out = io.BytesIO()
    write_csv(out, a_sheet(held))
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def as_xlsx(held: Iterable[Line]) -> list[list[object]]:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        write_xlsx(out, "A title", (a_sheet(held),), folder)
    out.seek(0)
    return CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python(skip_empty_area=False)


def decimal_of(cell: object) -> Decimal | None:
    return Decimal(str(cell)) if cell != "" else None


def figures_of(line: Line) -> list[Decimal | None]:
    made = line.making
    return [
        line.confidence_low,
        line.confidence_high,
        *((made.pool, made.weight, made.total_weight, made.rate) if made is not None else [None] * 4),
        line.exchange_rate,
    ]


@settings(deadline=None, max_examples=40)
@given(lines(("EUR", "JPY")))
def test_csv_gives_back_every_amount_exactly(held: list[Line]) -> None:
    found = as_csv(held)
    assert list(found[0]) == TITLES
    for row, line in zip(found, held, strict=True):
        assert row["Amount"] == row["Amount (exact)"] == f"{line.amount:f}"
        assert Decimal(row["Amount (exact)"]) == line.amount
        assert row["Currency"] == line.currency
        assert row["Kind"] == line.kind.value
        assert decimal_of(row["Original amount (exact)"]) == line.original_amount
        assert [decimal_of(row[name]) for name in EXACT_COLUMNS] == figures_of(line)


@settings(deadline=None, max_examples=40)
@given(lines())
def test_no_text_in_csv_begins_as_a_formula(held: list[Line]) -> None:
    figures = {"Amount", "Amount (exact)", "Original amount", "Original amount (exact)", *EXACT_COLUMNS}
    for row in as_csv(held):
        for name, cell in row.items():
            assert name in figures or not cell.lstrip(" ").startswith(RUN), (name, cell)


@settings(deadline=None, max_examples=30)
@given(lines())
def test_xlsx_gives_back_every_amount_from_its_text_column(held: list[Line]) -> None:
    head, *found = as_xlsx(held)
    assert head == TITLES
    for row, line in zip(found, held, strict=True):
        assert isinstance(row[EXACT], str)
        assert Decimal(row[EXACT]) == line.amount
        assert isinstance(row[AMOUNT], float)
        assert abs(Decimal(str(row[AMOUNT])) - line.amount) <= abs(line.amount) * Decimal("1e-14")
        exact = [decimal_of(row[TITLES.index(name)]) for name in EXACT_COLUMNS]
        assert exact == figures_of(line)
        assert decimal_of(row[TITLES.index("Original amount (exact)")]) == line.original_amount
        assert row[TITLES.index("Title")] == line.title


def test_what_no_sheet_can_hold_is_told() -> None:
    check_rows(MOST_ROWS - 1)
    with pytest.raises(TableTooLong, match="1,048,575"):
        check_rows(MOST_ROWS)
