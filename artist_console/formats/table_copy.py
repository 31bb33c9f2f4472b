"""A table of a report once more as Parquet, for programs that read long tables: writing it, and comparing it.

The copy has the columns of the table but for the salt, and its cells as they stand in the table: numbers as
numbers where one type has room for all of them, everything else as text, the empty cell as nothing. It is
compared column by column, by digests of the cells in their order (`parquet_digest`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from .parquet_digest import Digests, TableDigest, is_number, plain_number
from .records import MAX_RECORD_BYTES, MalformedTable, head_and_records
from .row_cells import SALT

ENDING = ".parquet"
MEDIA_TYPE = "application/vnd.apache.parquet"
MANY_ROWS = 50_000  # a table of more gets a copy

_MEMORY_MB = 256
_MOST_DIGITS = 38  # of DuckDB's decimals
_AT_ONCE = 1_000
_NUMERIC = frozenset({"integer", "number"})
_READ = """read_csv({table}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    new_line = '\\r\\n', nullstr = '', parallel = false, buffer_size = 8388608, max_line_size = {longest},
    columns = {{{columns}}})"""
_COPY = "COPY (SELECT {cells} FROM {read}) TO {file} (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"


def copy_name(table: str) -> str:
    return f"{table}{ENDING}"


def write_copy(table: BinaryIO, fields: Sequence[tuple[str, str]], sink: BinaryIO) -> None:
    """Write the copy of a table, which is read from where it stands and twice; it can be sought.

    `fields` are its columns with their types of Table Schema, the salt among them. Raises LinesFileProblem.
    """
    # Late: DuckDB takes a while to load.
    from .lines_duck import OneFile, Sink, room

    held = room(_MEMORY_MB)
    sound = False
    try:
        read = _READ.format(
            table=held.hand(OneFile(table)),
            longest=2 * MAX_RECORD_BYTES,
            columns=", ".join(f"{_quoted(name)}: 'VARCHAR'" for name, _ in fields),
        )
        shown = [(name, kind) for name, kind in fields if name != SALT]
        numeric = [name for name, kind in shown if kind in _NUMERIC]
        kinds = dict(zip(numeric, _room_for(held.each_row, numeric, read), strict=True))
        cells = [
            f"CAST({_named(name)} AS {kinds[name]}) AS {_named(name)}" if kinds.get(name) else _named(name)
            for name, _ in shown
        ]
        for _ in held.each_row(_COPY.format(cells=", ".join(cells), read=read, file=held.hand(Sink(sink)))):
            pass
        sound = True
    finally:
        held.leave(sound=sound)


def _room_for(
    each_row: Callable[[str], Iterator[tuple[int | None, ...]]], names: Sequence[str], read: str
) -> Iterator[str]:
    """A type that holds every number of a column exactly; empty where there is none."""
    if not names:
        return
    asked = [
        f"max(length(split_part(ltrim({_named(name)}, '-'), '.', {part})))"
        for name in names
        for part in (1, 2)
    ]
    (found,) = each_row(f"SELECT {', '.join(asked)} FROM {read}")
    for whole, decimals in zip(found[::2], found[1::2], strict=True):
        digits = (whole or 1) + (decimals or 0)
        yield f"DECIMAL({digits}, {decimals or 0})" if digits <= _MOST_DIGITS else ""


def _named(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a copy and its table part. `words` is a part of a sentence."""

    words: str


def difference(copy: TableDigest, table: BinaryIO) -> Difference | None:
    """What a copy says otherwise than the table, which is read from its beginning; None where it is nothing.

    Raises MalformedTable.
    """
    return difference_from(copy, *head_and_records(table))


def difference_from(copy: TableDigest, head: bytes, records: Iterator[bytes]) -> Difference | None:
    """The same with the records of the table, all of them and in order; raises what taking them raises."""
    names = [name for name in _cells(head) if name != SALT]
    if [column.name for column in copy.columns] != names:
        return Difference("its columns are others")
    numbers = [place for place, column in enumerate(copy.columns) if is_number(column.type)]
    digests = Digests(len(names))
    while batch := list(islice(records, _AT_ONCE)):
        for record in batch:
            cells: list[str | None] = [cell or None for cell in _cells(record)[: len(names)]]
            if len(cells) != len(names):
                raise MalformedTable(digests.rows + 2, "it has another number of cells than the head")
            for place in numbers:
                cell = cells[place]
                try:
                    cells[place] = None if cell is None else plain_number(cell)
                except ArithmeticError:
                    return Difference(f"“{names[place]}” differs")
            digests.add((cells,))
    if copy.rows != digests.rows:
        return Difference(f"it has {copy.rows:,} rows, and the table {digests.rows:,}")
    for column, sha256 in zip(copy.columns, digests.done(), strict=True):
        if column.sha256 != sha256:
            return Difference(f"“{column.name}” differs")
    return None


def _cells(record: bytes) -> list[str]:
    try:
        text = record.decode()
        return next(csv.reader(io.StringIO(text, newline=""), strict=True), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise MalformedTable(0, "a record is no text, or its quotes are not in order") from error
