"""Copies of tables as Parquet: the same cells, and any difference is seen."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.parquet_digest import NotParquet, TableDigest, digest_parquet, plain_number
from artist_console.formats.records import BYTE_ORDER_MARK, MalformedTable
from artist_console.formats.table_copy import difference, write_copy

FIELDS = (
    ("id", "string"),
    ("words", "string"),
    ("amount", "number"),
    ("count", "integer"),
    ("salt", "string"),
)
HEAD = b"id,words,amount,count,salt"
ROWS = (
    b'L1,"a, ""b""\r\n\xc3\xbc",1.50,3,00',
    b"L2,,-0.000000000001,,00",
    b"L3,'=1+1,,9007199254740993,00",
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**40), max_value=10**40)
cells = st.tuples(texts, texts, st.none() | amounts, st.none() | st.integers(-(10**30), 10**30))


def table(*rows: bytes) -> bytes:
    return BYTE_ORDER_MARK + b"".join(row + b"\r\n" for row in (HEAD, *rows))


def copied(data: bytes) -> TableDigest:
    out = io.BytesIO()
    write_copy(io.BytesIO(data), FIELDS, out)
    return digest_parquet(out)


def said(copy: TableDigest, data: bytes) -> str:
    found = difference(copy, io.BytesIO(data))
    return "" if found is None else found.words


def record(row: tuple[str, str, Decimal | None, int | None]) -> bytes:
    first, second = ('"' + text.replace('"', '""') + '"' if text else "" for text in row[:2])
    numbers = [
        "" if each is None else f"{each:f}" if isinstance(each, Decimal) else str(each) for each in row[2:]
    ]
    return ",".join((first, second, *numbers, "0")).encode()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_copy_says_what_its_table_says(count: int) -> None:
    data = table(*ROWS[:count])
    copy = copied(data)
    assert copy.rows == count
    assert [column.name for column in copy.columns] == ["id", "words", "amount", "count"]
    assert said(copy, data) == ""


def test_numbers_are_numbers_with_all_their_decimals() -> None:
    kinds = {column.name: column.type for column in copied(table(*ROWS)).columns}
    assert kinds == {
        "id": "VARCHAR",
        "words": "VARCHAR",
        "amount": "DECIMAL(13,12)",
        "count": "DECIMAL(16,0)",
    }


def test_a_number_that_no_type_has_room_for_is_text() -> None:
    data = table(b"L1,,1." + b"0" * 60 + b"1,,00")
    copy = copied(data)
    assert copy.columns[2].type == "VARCHAR"
    assert said(copy, data) == ""


@settings(max_examples=40, deadline=None)
@given(st.lists(cells, max_size=6))
def test_any_table_and_its_copy_are_the_same(rows: list[tuple[str, str, Decimal | None, int | None]]) -> None:
    data = table(*map(record, rows))
    assert said(copied(data), data) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b"L2", b"L9"), "“id” differs"),
        ((b"1.50", b"1.51"), "“amount” differs"),
        ((b",3,", b",4,"), "“count” differs"),
        ((b"'=1+1", b"'=1+2"), "“words” differs"),
        ((b"id,words", b"words,id"), "its columns are others"),
        ((ROWS[1] + b"\r\n", b""), "it has 3 rows, and the table 2"),
        ((ROWS[0] + b"\r\n" + ROWS[1], ROWS[1] + b"\r\n" + ROWS[0]), "“id” differs"),
    ],
)
def test_any_difference_is_told(change: tuple[bytes, bytes], words: str) -> None:
    data = table(*ROWS)
    assert said(copied(data), data.replace(*change)) == words


def test_a_table_with_a_cell_too_few_is_malformed() -> None:
    with pytest.raises(MalformedTable):
        said(copied(table(*ROWS)), table(b"L1,,"))


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\xff" * 60 + b"PAR1", b"id,words\r\n"])
def test_what_is_no_parquet_is_told(data: bytes) -> None:
    with pytest.raises(NotParquet, match="no Parquet file"):
        digest_parquet(io.BytesIO(data))


@pytest.mark.parametrize(
    ("text", "plain"), [("1.50", "1.5"), ("100", "100"), ("-0.00", "0"), ("1E+3", "1000"), ("0.10", "0.1")]
)
def test_a_number_has_one_spelling(text: str, plain: str) -> None:
    assert plain_number(text) == plain
