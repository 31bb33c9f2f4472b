"""What a Parquet file says: its columns with their types, its rows, and a digest of each column's cells.

Read by DuckDB, shut in (`lines_duck`), a few rows at a time. A stranger's file is read in a child with
limits; what comes back is this short value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import BinaryIO

import msgspec

from .lines_problems import LinesFileProblem, LinesNeedMemory

MOST_COLUMNS = 500
MOST_ROWS = 50_000_000
TEXT = "VARCHAR"
_AT_ONCE = 1_000  # cells of a column that are hashed together: part of the definition of a digest
_MEMORY_MB = 256
_LONGEST_NAME = 200
_ENCODER = msgspec.json.Encoder()


class ColumnDigest(msgspec.Struct, frozen=True):
    name: str
    type: str  # as DuckDB names it
    sha256: str


class TableDigest(msgspec.Struct, frozen=True):
    rows: int
    columns: list[ColumnDigest]


class NotParquet(ValueError):
    """A file that is no Parquet file or no table of plain cells. `str()` says why, as part of a sentence."""


class Digests:
    """Digests of columns, from rows of cells as text; the empty cell is None."""

    def __init__(self, columns: int) -> None:
        self.rows = 0
        self._hashes = [hashlib.sha256() for _ in range(columns)]
        self._held: list[Sequence[str | None]] = []

    def add(self, rows: Iterable[Sequence[str | None]]) -> None:
        for row in rows:
            self._held.append(row)
            self.rows += 1
            if len(self._held) == _AT_ONCE:
                self._write_down()

    def done(self) -> list[str]:
        """Hex, in the order of the columns."""
        self._write_down()
        return [each.hexdigest() for each in self._hashes]

    def _write_down(self) -> None:
        if self._held:
            for digest, cells in zip(self._hashes, zip(*self._held, strict=True), strict=True):
                digest.update(_ENCODER.encode(cells))
            self._held.clear()


def plain_number(text: str) -> str:
    """The one spelling of a number whose decimals at the end may be any. Raises ArithmeticError."""
    value = Decimal(text)
    if not value.is_finite():
        raise ArithmeticError(text)
    digits = f"{value:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


def digest_parquet(source: BinaryIO) -> TableDigest:
    """Read all of a file that can be sought. Raises NotParquet; MemoryError where it needs too much."""
    # Late: DuckDB takes a while to load.
    from .lines_duck import OneFile, room

    held = room(_MEMORY_MB)
    sound = False
    try:
        address = held.hand(OneFile(source))
        columns = [
            (str(name), str(kind))
            for name, kind, *_ in held.each_row(f"DESCRIBE SELECT * FROM read_parquet({address})")
        ]
        _check(columns)
        cells = ", ".join(f"CAST({_quoted(name)} AS VARCHAR)" for name, _ in columns)
        digests = Digests(len(columns))
        numbers = [place for place, (_, kind) in enumerate(columns) if is_number(kind)]
        for row in held.each_row(f"SELECT {cells} FROM read_parquet({address})", at_once=_AT_ONCE):
            if digests.rows == MOST_ROWS:
                raise NotParquet("it has more rows than are read")
            given = list(row)
            for place in numbers:
                if given[place] is not None:
                    given[place] = plain_number(given[place])
            digests.add((given,))
    except LinesNeedMemory as error:
        raise MemoryError from error
    except LinesFileProblem as error:
        raise NotParquet("it is no Parquet file, or it is damaged") from error
    except ArithmeticError as error:
        raise NotParquet("it holds a number that is none") from error
    else:
        sound = True
    finally:
        held.leave(sound=sound)
    listed = zip(columns, digests.done(), strict=True)
    return TableDigest(digests.rows, [ColumnDigest(name, kind, sha256) for (name, kind), sha256 in listed])


def is_number(kind: str) -> bool:
    return kind.startswith("DECIMAL(") or kind in _NUMBERS


_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMBERS = frozenset((*_WHOLE, *(f"U{name}" for name in _WHOLE), "FLOAT", "DOUBLE"))
_PLAIN = _NUMBERS | {TEXT, "BOOLEAN", "DATE"}


def _check(columns: Sequence[tuple[str, str]]) -> None:
    if len(columns) > MOST_COLUMNS:
        raise NotParquet(f"it has more than {MOST_COLUMNS} columns")
    for name, kind in columns:
        if len(name) > _LONGEST_NAME:
            raise NotParquet("a column has a name that is too long")
        if kind not in _PLAIN and not is_number(kind):
            raise NotParquet("a column holds something else than texts, numbers, days or yes and no")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
