"""Statements that go out and come in again: every format gives its amounts back, to the last digit."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from artist_console.domain.statements import Line, StatementLevel
from artist_console.formats.dsr_out import DsrHead, write_dsr
from artist_console.formats.income_words import AiIncomeWords
from artist_console.formats.statement_table import read_statement
from artist_console.formats.statement_table_out import COLUMNS, NamedLine, rows
from artist_console.formats.table_streams_out import SheetRows, write_csv, write_xlsx
from tests.formats.statement_lines_any import lines

WORDS = AiIncomeWords(())
Write = Callable[[list[NamedLine]], bytes]


def as_csv(held: list[NamedLine]) -> bytes:
    out = io.BytesIO()
    write_csv(out, SheetRows("Lines", COLUMNS, rows(held)))
    return out.getvalue()


def as_xlsx(held: list[NamedLine]) -> bytes:
    out = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        write_xlsx(out, "T", (SheetRows("Lines", COLUMNS, rows(held)),), folder)
    return out.getvalue()


def as_dsr(held: list[NamedLine]) -> bytes:
    at = datetime(2026, 11, 29, tzinfo=UTC)
    head = DsrHead("m", at, "Harmonia", "Mara", date(2026, 7, 1), date(2026, 7, 31), held[0].level)
    out = io.BytesIO()
    write_dsr(out, head, lambda: iter(held))
    return out.getvalue()


FORMATS = [("a.csv", as_csv), ("a.xlsx", as_xlsx), ("a.tsv", as_dsr)]


@pytest.mark.parametrize(("name", "write"), FORMATS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(lines(("EUR", "JPY", "KWD")))
def test_amounts_come_back_exactly(name: str, write: Write, held: list[Line]) -> None:
    read = read_statement(write([NamedLine(line) for line in held]), name, WORDS)
    assert read.rows_left_out == 0
    found = [(row.amount, row.currency, row.kind, row.use, row.month) for row in read.rows]
    assert found == [(line.amount, line.currency, line.kind, line.use, line.month) for line in held]
    assert [row.making for row in read.rows] == [line.making for line in held]
    assert [(row.confidence_low, row.confidence_high) for row in read.rows] == [
        (line.confidence_low, line.confidence_high) for line in held
    ]
    assert [row.quantity for row in read.rows] == [line.quantity for line in held]


@pytest.mark.parametrize(("name", "write"), FORMATS)
@pytest.mark.parametrize("level", StatementLevel)
@settings(deadline=None, max_examples=2)
@given(lines())
def test_whose_money_it_is_comes_back(
    name: str, write: Write, level: StatementLevel, held: list[Line]
) -> None:
    read = read_statement(write([NamedLine(line, level) for line in held]), name, WORDS)
    assert read.level is level
