"""A sales report that goes out is a valid flat file, adds up, and gives every amount back exactly."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from artist_console.domain.ids import StatementId
from artist_console.domain.statements import Line, LineKind, StatementLevel, exact_sum
from artist_console.formats.dsr_out import DsrHead, file_name, write_dsr
from artist_console.formats.statement_table_out import NamedLine
from tests.formats.statement_lines_any import lines

AT = datetime(2026, 11, 29, 12, 30, 5, tzinfo=UTC)
HEAD = DsrHead("st-1", AT, "Har|monia", "Mara\tQuist", date(2026, 7, 1), date(2026, 9, 30))
_ID = StatementId("st-1")
CELLS = {"HEAD": 16, "SY02.02": 22, "AS02.02": 22, "SU03.02": 11, "LI01.02": 11, "FOOT": 6}


def written(held: list[Line], head: DsrHead = HEAD) -> list[list[str]]:
    """Records as cells, comments left out, escapes undone."""
    out = io.BytesIO()
    count = write_dsr(out, head, lambda: (NamedLine(line, head.level, programme="P 1") for line in held))
    assert count == len(held)
    text = out.getvalue().decode()
    assert text.endswith("\n")
    assert "\r" not in text
    records = [line.split("\t") for line in text[:-1].split("\n") if not line.startswith("#")]
    return [[re.sub(r"\\(.)", r"\1", cell) for cell in record] for record in records]


def of(records: list[list[str]], code: str) -> list[list[str]]:
    return [record for record in records if record[0] == code]


@settings(deadline=None, max_examples=40)
@given(lines(("EUR", "USD")))
def test_it_has_the_records_and_cells_of_the_profile_in_their_order(held: list[Line]) -> None:
    records = written(held)
    assert all(len(record) == CELLS[record[0]] for record in records)
    codes = [record[0] for record in records]
    summaries = len(of(records, "SY02.02"))
    assert codes == [
        "HEAD",
        *["SY02.02"] * summaries,
        *["AS02.02", "SU03.02", "LI01.02"] * len(held),
        "FOOT",
    ]
    assert records[0][1:4] == ["dsrf/30", "UGCProfile", "1.2"]
    counts = [str(len(records)), str(len(records)), str(summaries), str(len(held)), str(len(held))]
    assert records[-1][1:] == counts


@settings(deadline=None, max_examples=40)
@given(lines(("EUR", "USD")))
def test_every_line_gives_its_amount_back_and_summaries_are_their_exact_sums(held: list[Line]) -> None:
    records = written(held)
    summaries = {record[1]: record for record in of(records, "SY02.02")}
    sums: defaultdict[str, list[Decimal]] = defaultdict(list)
    blocks = zip(of(records, "AS02.02"), of(records, "SU03.02"), of(records, "LI01.02"), strict=True)
    for line, (resource, sale, share) in zip(held, blocks, strict=True):
        assert Decimal(sale[6]) == Decimal(share[8]) == Decimal(share[9]) == line.amount
        assert sale[2] == str(line.number)
        assert resource[1] == sale[1] == share[1]
        assert sale[3] == share[2]
        summary = summaries[sale[3]]
        assert summary[10] == line.currency
        assert sale[7][:7] == f"{line.month:%Y-%m}"
        sums[sale[3]].append(line.amount)
    assert {number: Decimal(record[11]) for number, record in summaries.items()} == {
        number: exact_sum(amounts) for number, amounts in sums.items()
    }


@settings(deadline=None, max_examples=40)
@given(lines())
def test_what_the_profile_has_no_cell_for_stands_in_the_category(held: list[Line]) -> None:
    for line, sale in zip(held, of(written(held), "SU03.02"), strict=True):
        head, *details = sale[9].split(";")
        told = {key: unquote(value) for key, _, value in (each.partition("=") for each in details)}
        assert head == f"ai:{line.kind.value}"
        assert told["level"] == "payee_net"
        assert told.get("use", "") == (line.use.value if line.use is not None else "")
        for key, value in (
            ("method", line.method),
            ("version", line.method_version),
            ("words", line.words),
            ("store", line.source),
            ("release", line.release),
        ):
            assert told.get(key, "") == value
        for key, amount in (
            ("low", line.confidence_low),
            ("high", line.confidence_high),
            ("pool", line.making.pool if line.making is not None else None),
            ("original", line.original_amount),
        ):
            assert (Decimal(told[key]) if key in told else None) == amount


def test_ai_uses_are_user_defined_and_other_money_is_not_passed_off_as_one() -> None:
    ai = Line(_ID, 1, LineKind.USAGE_GENERATION, Decimal(1), "EUR", date(2026, 7, 1))
    other = Line(_ID, 2, LineKind.OTHER, Decimal(1), "EUR", date(2026, 7, 1))
    summaries = of(written([ai, other]), "SY02.02")
    assert [record[5] for record in summaries] == ["UserDefined", "Unknown"]


def test_texts_end_no_cell_and_no_line() -> None:
    title = "a\tb\nc|d\\e\u2028f\x1b"
    line = Line(_ID, 1, LineKind.OTHER, Decimal(1), "EUR", date(2026, 7, 1), title=title)
    (resource,) = of(written([line]), "AS02.02")
    assert resource[5] == "a b c|d\\e f "


def test_a_gross_statement_says_that_it_is_one() -> None:
    head = DsrHead("m", AT, "A", "B", date(2026, 7, 1), date(2026, 7, 31), StatementLevel.LICENSOR_GROSS)
    line = Line(_ID, 1, LineKind.OTHER, Decimal(1), "EUR", date(2026, 7, 1))
    (summary,) = of(written([line], head), "SY02.02")
    assert summary[18] == "ai:other;level=licensor_gross"


@pytest.mark.parametrize(
    ("since", "until", "period"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 7, 1), date(2026, 9, 30), "2026-Q3"),
        (date(2026, 2, 1), date(2026, 2, 28), "2026-02"),
        (date(2026, 2, 3), date(2026, 2, 28), "2026-02-03--2026-02-28"),
        (date(2025, 12, 1), date(2026, 2, 28), "2025-12-01--2026-02-28"),
    ],
)
def test_the_name_is_as_ddex_names_such_files(since: date, until: date, period: str) -> None:
    head = DsrHead("m", AT, "Har_mo/nia", "Mara Quist", since, until)
    assert (
        file_name(head, ["SE"])
        == f"DSR_Mara-Quist_Har-mo-nia_Har-mo-nia_{period}_SE_1of1_20261129T123005.tsv"
    )
    assert "_multi_" in file_name(head, ["SE", "NO"])
    assert "_Worldwide_" in file_name(head, [])
    known = DsrHead("m", AT, "H", "M", since, until, sender_id="PADPIDA2013042401U")
    assert file_name(known, ["OU"]).startswith("DSR_M_PADPIDA2013042401U_H_")
