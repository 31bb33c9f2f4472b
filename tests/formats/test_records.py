"""The records of a table, in steps: exactly the bytes that are hashed, under limits."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats import records as table
from artist_console.formats.records import BYTE_ORDER_MARK, MalformedTable, head_and_records
from artist_console.formats.row_cells import record_of
from tests.formats.any_rows import TEXTS

_RECORDS = st.lists(TEXTS, min_size=2, max_size=4).map(lambda cells: record_of(cells).encode())


def _table(*records: bytes) -> io.BytesIO:
    return io.BytesIO(BYTE_ORDER_MARK + b"".join(record + b"\r\n" for record in records))


def _read(source: io.BytesIO, limit: int = table.MAX_RECORD_BYTES) -> list[bytes]:
    head, rest = head_and_records(source, limit=limit)
    return [head, *rest]


@given(st.lists(_RECORDS, min_size=1, max_size=8), st.integers(1, 60))
@settings(deadline=None)
def test_records_are_read_as_they_were_written_whatever_the_steps(records: list[bytes], step: int) -> None:
    limit = max(max(map(len, records)) + 2, step)
    assert _read(_table(*records), limit) == records
    assert _read(_table(*records)) == records


def test_a_large_table_is_read_over_many_steps() -> None:
    records = [b'%d,"a\r\n""b"' % n + b"x" * (n % 999) for n in range(6_000)]
    assert sum(map(len, records)) > 2 * 1024 * 1024
    assert _read(_table(*records)) == records


def test_a_record_of_the_limit_is_read_and_a_longer_one_is_not() -> None:
    for longest in (b"x" * 100, b'"' + b"\r\n" * 49 + b'"', b'"' + b"y" * 98 + b'"'):
        assert _read(_table(b"a", longest, b"b"), 100) == [b"a", longest, b"b"]
        with pytest.raises(MalformedTable) as found:
            _read(_table(b"a", longest[:-1] + b"z" + longest[-1:], b"b"), 100)
        assert (found.value.line, found.value.why) == (2, "the record is too long")


def test_a_bomb_of_one_record_ends_at_the_limit() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            start = BYTE_ORDER_MARK if not self.taken else b""
            view[:] = start + b"x" * (len(view) - len(start))
            self.taken += len(view)
            return len(view)

    endless = Endless()
    with pytest.raises(MalformedTable):
        head_and_records(io.BufferedReader(endless))
    assert endless.taken < 3 * table.MAX_RECORD_BYTES


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"a\r\n", 1),
        (BYTE_ORDER_MARK, 1),
        (BYTE_ORDER_MARK + b"a", 1),
        (BYTE_ORDER_MARK + b"a\r\nb", 2),
        (BYTE_ORDER_MARK + b"a\r\nb\n", 2),
        (BYTE_ORDER_MARK + b'a\r\nb\r\n"c\r\n', 3),
        (BYTE_ORDER_MARK + b'a\r\nb\r\n"c\r\nd\r\n', 3),
    ],
)
def test_what_is_no_table_says_where(data: bytes, line: int) -> None:
    with pytest.raises(MalformedTable) as found:
        _read(io.BytesIO(data))
    assert found.value.line == line
    assert str(found.value).startswith(f"line {line}: ")


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_records_or_are_refused(data: bytes) -> None:
    try:
        records = _read(io.BytesIO(data))
    except MalformedTable:
        return
    assert _table(*records).getvalue() == data
