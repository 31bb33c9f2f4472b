"""A row as a record of a table: exact both ways, one spelling, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.statements import Line
from artist_console.formats.canonical import NotCanonical
from artist_console.formats.report_content import ROW_TYPES
from artist_console.formats.row_cells import (
    MalformedRow,
    RowCodec,
    cells_of,
    guarded,
    record_of,
    unguarded,
    without_salt,
)
from artist_console.formats.row_soundness import MAX_DIGITS
from tests.formats.any_rows import ODD_TEXTS, TEXTS, any_value
from tests.formats.report_world import lines

SALT = "0123456789abcdef" * 2
_RUN_BY_SPREADSHEETS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


class Colour(Enum):
    RED = "red"
    PLUS = "+plus"


@dataclass(frozen=True, slots=True)
class Point:
    x: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A row with each type of cell, required, optional and with odd defaults."""

    id: str
    part: int
    name: str | None
    colour: Colour
    on: date | None
    at: datetime
    amount: Decimal | None
    is_here: bool | None
    point: Point | None
    points: tuple[Point, ...] = (Point(Decimal(1)),)
    kind: str = "album"
    words: str | None = "nothing"


THINGS = RowCodec(Thing, ("part", "id"), {"on": "the day"})
THING = Thing(
    "a", 7, None, Colour.RED, None, datetime(2025, 3, 1, tzinfo=UTC), None, None, None, (), "", None
)


def _codec(kind: str) -> RowCodec[Any]:
    columns = RowCodec(ROW_TYPES[kind], ()).columns
    return RowCodec(ROW_TYPES[kind], (columns[0].name,))


CODECS = {kind: _codec(kind) for kind in ROW_TYPES}


def _one_table(codec: RowCodec[Any], record: bytes) -> list[str]:
    """The cells as Python's own reader of CSV finds them."""
    before = csv.field_size_limit(10_000_000)  # of the whole process: others count on theirs
    try:
        (row,) = csv.reader(io.StringIO(record.decode(), newline=""))
    finally:
        csv.field_size_limit(before)
    assert len(row) == len(codec.columns) + 1
    return row


@pytest.mark.parametrize("kind", list(ROW_TYPES))
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_rows_of_every_kind_are_read_back_as_they_were(kind: str, data: st.DataObject) -> None:
    row_type: Any = ROW_TYPES[kind]
    row = data.draw(any_value(row_type))
    codec = CODECS[kind]
    record = codec.record(row, SALT)
    again = codec.row(record)
    assert again == row
    assert codec.record(again, SALT) == record
    cells = _one_table(codec, record)
    assert cells == cells_of(record.decode())
    assert record_of(cells) == record.decode()
    assert codec.key_of(record) == (cells[0],)
    assert cells[-1] == SALT
    assert record == without_salt(record) + b"," + SALT.encode()


@given(any_value(Thing))
@settings(deadline=None, max_examples=300)
def test_each_type_of_cell_is_exact(thing: Thing) -> None:
    record = THINGS.record(thing, SALT)
    again = THINGS.row(record)
    assert again == thing
    if thing.amount is not None:
        assert again.amount is not None
        assert str(abs(again.amount.normalize())) == str(abs(thing.amount.normalize()))
    cells = _one_table(THINGS, record)
    for column, cell in zip(THINGS.columns, cells, strict=False):
        if column.type == "string" and cell:
            assert cell.lstrip(" \u00a0")[:1] not in _RUN_BY_SPREADSHEETS or cell.isspace()
    assert THINGS.key_of(record) == (cells[1], cells[0])


@given(any_value(Thing), st.data())
@settings(deadline=None, max_examples=300)
def test_a_record_with_any_other_byte_is_refused_or_is_another_row(thing: Thing, data: st.DataObject) -> None:
    record = bytearray(THINGS.record(thing, SALT))
    at = data.draw(st.integers(0, len(record) - 1))
    if data.draw(st.booleans()):
        record[at : at + 1] = data.draw(st.binary(max_size=2))
    else:
        record[at] = data.draw(st.sampled_from(list(b",\"'\r\n =-0E.{}")))
    changed = bytes(record)
    try:
        read = THINGS.row(changed)
    except MalformedRow:
        return
    salt = cells_of(changed.decode())[-1]
    assert THINGS.record(read, salt) == changed


@given(st.binary(max_size=120))
@settings(deadline=None)
def test_any_bytes_are_read_without_harm(data: bytes) -> None:
    with pytest.raises(MalformedRow):
        CODECS["lines"].row(data)


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(deadline=None)
def test_cells_are_read_as_any_reader_of_csv_reads_them(cells: list[str]) -> None:
    text = record_of(cells)
    assert cells_of(text) == cells
    (row,) = csv.reader(io.StringIO(text, newline="")) if text else ([""],)
    assert row == cells


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_guard_is_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip(" \u00a0")[:1] not in [*_RUN_BY_SPREADSHEETS]


def test_what_a_table_is_made_of_is_plain_to_see() -> None:
    line = lines("q3")[0]
    codec = RowCodec(Line, ("statement", "number"))
    assert codec.head().startswith(b"statement,number,kind,amount,currency,month,work,")
    assert codec.head().endswith(b",salt")
    record = codec.record(line, SALT)
    assert record.startswith(b"q3,1,usage.generation,10.000000000001,EUR,2025-07-01,salt-lines,harmonia-2,,")
    assert codec.key_of(record) == ("q3", "1")
    tiny = replace(line, amount=Decimal("-1E-18"))
    assert b",-0.000000000000000001," in codec.record(tiny, SALT)
    assert THINGS.schema() == {
        "fields": [
            {"name": "id", "type": "string"},
            {"name": "part", "type": "integer"},
            {"name": "name", "type": "string"},
            {"name": "colour", "type": "string"},
            {"name": "on", "type": "date", "description": "the day"},
            {"name": "at", "type": "datetime"},
            {"name": "amount", "type": "number"},
            {"name": "is_here", "type": "boolean"},
            {"name": "point", "type": "object"},
            {"name": "points", "type": "array"},
            {"name": "kind", "type": "string"},
            {"name": "words", "type": "string"},
            {
                "name": "salt",
                "type": "string",
                "description": "Random, so that nobody guesses a row that was taken out from its hash",
            },
        ],
        "primaryKey": ["part", "id"],
        "missingValues": [""],
    }


def test_no_text_and_an_empty_text_are_told_apart() -> None:
    assert THINGS.record(THING, SALT) == f"a,7,,red,,2025-03-01T00:00:00Z,,,,[],,,{SALT}".encode()
    empty = replace(THING, name="", words="")
    assert THINGS.record(empty, SALT) == f"a,7,',red,,2025-03-01T00:00:00Z,,,,[],,',{SALT}".encode()
    assert THINGS.row(THINGS.record(empty, SALT)) == empty


_GOOD = ["a", "7", "n", "red", "2025-01-02", "2025-03-01T00:00:00Z", "1.50", "true", '{"label":"","x":"1"}',
         "[]", "k", "w", SALT]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "cell"),
    [
        (1, ""), (1, "07"), (1, "+7"), (1, "7.0"), (1, "-0"), (1, "9" * 25), (1, "٧"), (1, " 7"),
        (2, "=1"), (2, " =1"), (2, "'x"), (3, "blue"), (3, ""), (3, "+plus"), (4, "2025-1-2"),
        (4, "2025-02-30"), (5, "2025-03-01"), (5, "2025-03-01T00:00:00"), (5, "2025-03-01T00:00:00+00:00"),
        (6, "1.5e0"), (6, "1E1"), (6, "NaN"), (6, "Infinity"), (6, "1,5"), (6, ".5"), (6, "+1"), (6, "01"),
        (6, "1" * (MAX_DIGITS + 1)), (6, "9" * 3_000_000), (8, '{"label":"","x":"%s"}' % ("9" * 3_000_000)),
        (6, "1E999999999999"), (6, "0x1"), (6, "1_0"), (7, "True"), (7, "1"),
        (8, "[]"), (8, "{}"), (8, '{"label": "","x":"1"}'), (8, '{"x":"1"}'), (8, '{"x":"1","label":""}'),
        (8, '{"label":"","label":"","x":"1"}'), (8, '{"label":"","x":1}'),
        (8, '{"label":"","more":1,"x":"1"}'),
        (8, '{"label":"","x":"NaN"}'), (8, "{"), (8, "null"), (8, '{"a":' * 5_000), (9, ""), (9, "{}"),
        (9, "[null]"), (9, "[" * 100_000), (10, "'k"), (10, "-"), (12, ""), (12, SALT.upper()),
        (12, SALT[1:]), (12, SALT + "0"),
    ],
)  # fmt: skip
def test_a_cell_in_another_spelling_is_refused(at: int, cell: str) -> None:
    assert THINGS.row(record_of(_GOOD).encode()).part == 7
    cells = [*_GOOD]
    cells[at] = cell
    with pytest.raises(MalformedRow):
        THINGS.row(record_of(cells).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda good: good.replace(b",k,", b',"k",'),
        lambda good: good.replace(b",k,", b",k\n,"),
        lambda good: good.replace(b",k,", b",k\r,"),
        lambda good: good.replace(b",k,", b',k"k,'),
        lambda good: good.replace(b",k,", b',"k"k,'),
        lambda good: good.replace(b",k,", b',"k,'),
        lambda good: good.replace(b",k,", b",\xff,"),
        lambda good: good.replace(b",k,", b",\xed\xa0\x80,"),
        lambda good: good + b",",
        lambda good: good + b"\r\n",
        lambda good: b"," + good,
        lambda good: b"",
    ],
)
def test_a_record_in_another_spelling_is_refused(change: Any) -> None:
    good = record_of(_GOOD).encode()
    with pytest.raises(MalformedRow):
        THINGS.row(change(good))


@pytest.mark.parametrize(
    "amount",
    [
        Decimal("9" * MAX_DIGITS),
        -Decimal("0." + "1" * (MAX_DIGITS - 1)),
        Decimal("9" * 30 + "E+30"),
        Decimal("-0." + "9" * MAX_DIGITS),
        Decimal("-1E-60"),
        Decimal("-0.00"),
    ],
)
def test_the_longest_amounts_are_exact(amount: Decimal) -> None:
    thing = replace(THING, amount=amount, point=Point(amount))
    read = THINGS.row(THINGS.record(thing, SALT))
    assert read == thing
    assert read.amount is not None
    assert read.amount.is_signed() == amount.is_signed()


def test_a_key_is_found_behind_quotes_and_missed_with_a_sentence() -> None:
    odd = replace(THING, id='a,"b"\r\nc')
    assert THINGS.key_of(THINGS.record(odd, SALT)) == ("7", odd.id)
    for broken in (b"", b"\xff,1", b'"a,1', b"a"):
        with pytest.raises(MalformedRow):
            THINGS.key_of(broken)


def test_what_has_no_spelling_is_not_written() -> None:
    with pytest.raises(UnicodeEncodeError):
        THINGS.record(replace(THING, id="\ud800"), SALT)
    with pytest.raises(NotCanonical):
        THINGS.record(replace(THING, part=10**30), SALT)
    for amount in ("1E+60", "1E+999999", "1E-61", "1.5E-60", "1E-999999", "1" * (MAX_DIGITS + 4)):
        with pytest.raises(NotCanonical):
            THINGS.record(replace(THING, amount=Decimal(amount)), SALT)
    with pytest.raises(TypeError):
        RowCodec(Unspellable, ())


@dataclass(frozen=True, slots=True)
class Unspellable:
    ratio: float
