"""Rows of the domain as records of a table, and back, exactly: a row has one spelling, and only that is read.

Scalars stand as they are, amounts with all their digits, nested values as canonical JSON, nothing as the
empty cell. A text that a spreadsheet would run gets an apostrophe before it, and so does one that begins
with an apostrophe; reading takes it away again. The last cell of every record is its salt (`row_digests`).
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from .canonical import NotCanonical, canonical_bytes
from .row_soundness import MAX_DIGITS, unsound_amount, unsoundness
from .strict_json import placed

Row = TypeVar("Row")

SALT = "salt"
SALT_DIGITS = 32
_SALT_WORDS = "Random, so that nobody guesses a row that was taken out from its hash"
_SALT = re.compile(f"[0-9a-f]{{{SALT_DIGITS}}}", re.ASCII)
# A spreadsheet runs a cell that begins with one of these, also in their full-width form, spaces aside.
_FORMULA_SIGNS = ("'", "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SPACES = " \u00a0"
_SUSPECT = frozenset((*_FORMULA_SIGNS, *_SPACES))
# Looked for behind a comma before every text is looked at: a pattern with one beginning is ten times as fast.
_PERHAPS_GUARDED = re.compile(f',"?[{_SPACES}{re.escape("".join(_FORMULA_SIGNS))}]')
_NEEDS_QUOTES = re.compile('[",\r\n]')
_IN_QUOTES = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')  # possessive: a hostile cell takes neither time nor room
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,18}", re.ASCII)
_MAX_AMOUNT_SIGNS = MAX_DIGITS + len("-0.")  # of a sound one: no bomb of digits is reckoned with
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_BOOLEANS = {"true": True, "false": False}
_ENCODER = msgspec.json.Encoder(decimal_format="string")
_DECODER = msgspec.json.Decoder()
# The same bytes as `canonical_bytes` for text and truth under the names of dataclasses, and much faster.
_SORTED = msgspec.json.Encoder(decimal_format="string", order="sorted")


class MalformedRow(ValueError):
    """A record that is no row of its kind in its one spelling. `str()` says why."""


class _Kind(Enum):
    TEXT = "string"
    WHOLE = "integer"
    AMOUNT = "number"
    TRUTH = "boolean"
    DAY = "date"
    TIME = "datetime"
    ONE = "object"
    MANY = "array"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as Table Schema names it; `type` is one of its types."""

    name: str
    type: str
    description: str = ""


class RowCodec(Generic[Row]):
    """One dataclass as a table: `key` names the columns that tell rows apart, `words` describe columns."""

    def __init__(
        self, row_type: type[Row], key: tuple[str, ...], words: Mapping[str, str] | None = None
    ) -> None:
        self._row_type = row_type
        self._names = tuple(field.name for field in fields(row_type))  # type: ignore[arg-type]
        hints = get_type_hints(row_type)
        kinds = [_kind_of(hints[name]) for name in self._names]
        told = words or {}
        self.key = key
        self.columns = tuple(
            Column(name, kind.value, told.get(name, ""))
            for name, (kind, _) in zip(self._names, kinds, strict=True)
        )
        self._key_at = tuple(map(self._names.index, key))
        self._key_cells = max(self._key_at, default=0) + 1
        self._texts = tuple(at for at, (kind, _) in enumerate(kinds) if kind is _Kind.TEXT)
        self._optional = tuple(at for at, (_, optional) in enumerate(kinds) if optional)
        self._optional_texts = tuple(at for at in self._texts if kinds[at][1])
        self._amounts = _places(kinds, _Kind.AMOUNT)
        self._wholes = _places(kinds, _Kind.WHOLE)
        self._truths = _places(kinds, _Kind.TRUTH)
        self._nested = tuple(
            (at, canonical_bytes if _has_numbers(hints[self._names[at]]) else _SORTED.encode)
            for at in _places(kinds, _Kind.ONE, _Kind.MANY)
        )

    def head(self) -> bytes:
        """The names of the columns, as the first record of a table."""
        return ",".join((*self._names, SALT)).encode("ascii")

    def schema(self) -> dict[str, Any]:
        """The Table Schema of the table."""
        described = [
            {"name": column.name, "type": column.type}
            | ({"description": column.description} if column.description else {})
            for column in self.columns
        ]
        # Other programs compare keys, and cannot do so with a list.
        comparable = all(self.columns[at].type != _Kind.MANY.value for at in self._key_at)
        return {
            "fields": [*described, {"name": SALT, "type": _Kind.TEXT.value, "description": _SALT_WORDS}],
            "primaryKey": list(self.key) if comparable else [],
            "missingValues": [""],
        }

    # Writing

    def record(self, row: Row, salt: str) -> bytes:
        """The record of a row, without a line end; the salt has 32 hex digits.

        Raises NotCanonical or UnicodeEncodeError where a value has no spelling.
        """
        return f"{self._spelled(self._plain(row))},{salt}".encode()

    def _plain(self, row: Row) -> list[Any]:
        """Text, whole numbers, truth, lists and objects; amounts as text with all their digits."""
        # By way of JSON it takes half as long as by msgspec.to_builtins.
        values = list(_DECODER.decode(_ENCODER.encode(row)).values())
        for at in self._amounts:
            text = values[at]
            if text is not None and ("E" in text or len(text) > MAX_DIGITS):
                values[at] = _plain_digits(text)
        return values

    def _spelled(self, values: list[Any]) -> str:
        cells: list[str] = ["" if value is None else value for value in values]
        for at in self._wholes:
            if values[at] is not None:
                cells[at] = _whole(values[at])
        for at in self._truths:
            if values[at] is not None:
                cells[at] = "true" if values[at] else "false"
        nested = ""
        for at, spell in self._nested:
            if cells[at]:
                nested = cells[at] = _in_quotes(spell(values[at]).decode())
            elif values[at] is not None:
                cells[at] = "[]"
        for at in self._optional_texts:
            if values[at] == "":
                cells[at] = "'"  # an empty text where there could be none at all
        text = ",".join(cells)
        if nested:
            plain = ",".join([cells[at] for at in self._texts])
            commas = len(self._texts) - 1
        else:
            plain, commas = text, len(cells) - 1
        if (
            _PERHAPS_GUARDED.search("," + plain) is None
            and '"' not in plain
            and "\n" not in plain
            and "\r" not in plain
            and plain.count(",") == commas
        ):
            return text
        for at in self._texts:
            if values[at]:
                cells[at] = _quoted(guarded(cells[at]))
        return ",".join(cells)

    # Reading

    def row(self, record: bytes) -> Row:
        """The row of a record. Raises MalformedRow: unreadable, unsound, or not in its one spelling."""
        try:
            text = record.decode()
        except UnicodeDecodeError:
            raise MalformedRow("it is not UTF-8") from None
        values: list[Any] = cells_of(text)
        if len(values) != len(self._names) + 1:
            raise MalformedRow(f"it has {len(values)} cells in place of {len(self._names) + 1}")
        salt: str = values.pop()
        if _SALT.fullmatch(salt) is None:
            raise MalformedRow("it has no salt")
        for at in self._optional:
            if not values[at]:
                values[at] = None
        if _PERHAPS_GUARDED.search("," + text) is not None:
            self._unguard(values)
        try:
            self._read_scalars(values)
            named = dict(zip(self._names, values, strict=False))
            row = msgspec.convert(named, self._row_type)
        except msgspec.ValidationError as error:
            raise MalformedRow(placed(error)) from error
        except (ValueError, ArithmeticError, msgspec.MsgspecError, RecursionError) as error:
            raise MalformedRow(str(error)) from error
        unsound = unsoundness(row)
        if unsound:
            raise MalformedRow(unsound)
        try:
            # Each cell was seen to be the one spelling of its value, so the row has to hold these values.
            # Nested ones were read in their order by name.
            encoder = _SORTED if any(values[at] for at, _ in self._nested) else _ENCODER
            if encoder.encode(row) != encoder.encode(named):
                raise MalformedRow("it is not in its one spelling")
        except (RecursionError, msgspec.MsgspecError) as error:
            raise MalformedRow(str(error)) from error
        return row

    def _unguard(self, values: list[Any]) -> None:
        for at in self._texts:
            cell: str | None = values[at]
            if not cell or cell[0] not in _SUSPECT:
                continue
            if cell[0] == "'":
                bare = cell[1:]
                if not _is_guarded(bare) and (bare or at not in self._optional_texts):
                    raise MalformedRow(f"“{self._names[at]}” has an apostrophe that it does not need")
                values[at] = bare
            elif _is_guarded(cell):
                raise MalformedRow(f"“{self._names[at]}” would be run by a spreadsheet")

    def _read_scalars(self, values: list[Any]) -> None:
        for at in self._wholes:
            if values[at] is not None:
                if _WHOLE.fullmatch(values[at]) is None:
                    raise MalformedRow(f"“{self._names[at]}” is no whole number")
                values[at] = int(values[at])
        for at in self._amounts:
            if values[at] is not None:
                if len(values[at]) > _MAX_AMOUNT_SIGNS or _AMOUNT.fullmatch(values[at]) is None:
                    raise MalformedRow(f"“{self._names[at]}” is no amount in plain digits")
                values[at] = Decimal(values[at])
        for at in self._truths:
            if values[at] is not None:
                if values[at] not in _BOOLEANS:
                    raise MalformedRow(f"“{self._names[at]}” is neither true nor false")
                values[at] = _BOOLEANS[values[at]]
        for at, spell in self._nested:
            cell = values[at]
            if cell == "[]":
                values[at] = []
            elif cell is not None:
                values[at] = _DECODER.decode(cell)
                if values[at] is None or spell(values[at]) != cell.encode():
                    raise MalformedRow(f"“{self._names[at]}” is not in canonical spelling")

    def key_of(self, record: bytes) -> tuple[str, ...]:
        """The cells that tell this row apart, as they stand in the table. Raises MalformedRow."""
        try:
            if b'"' not in record:
                begin = record.split(b",", self._key_cells)
                return tuple([begin[at].decode() for at in self._key_at])
            cells = cells_of(record.decode())
            return tuple([cells[at] for at in self._key_at])
        except (UnicodeDecodeError, IndexError):
            raise MalformedRow("it has no key") from None


def _places(kinds: list[tuple[_Kind, bool]], *wanted: _Kind) -> tuple[int, ...]:
    return tuple(at for at, (kind, _) in enumerate(kinds) if kind in wanted)


def _kind_of(hint: Any) -> tuple[_Kind, bool]:
    """How values of a type are spelled, and whether there may be none."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _kind_of(inner)[0], True
    if origin is tuple:
        return _Kind.MANY, False
    if hint in _SCALARS:
        return _SCALARS[hint], False
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _Kind.TEXT, False
    if is_dataclass(hint):
        return _Kind.ONE, False
    raise TypeError(f"a table has no cells for {hint}")


_SCALARS: dict[Any, _Kind] = {
    str: _Kind.TEXT,
    int: _Kind.WHOLE,
    bool: _Kind.TRUTH,
    Decimal: _Kind.AMOUNT,
    date: _Kind.DAY,
    datetime: _Kind.TIME,
}


def _has_numbers(hint: Any) -> bool:
    """Whether a whole number can stand anywhere in values of a nested type."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    if is_dataclass(hint) and isinstance(hint, type):
        return any(map(_has_numbers, get_type_hints(hint).values()))
    return hint is int or any(map(_has_numbers, get_args(hint)))


def _plain_digits(text: str) -> str:
    amount = Decimal(text)
    if (
        unsound_amount(amount) or amount.adjusted() >= MAX_DIGITS
    ):  # 1E+60 has one digit more than is read back
        raise NotCanonical("an amount has more digits than any that is written")
    return format(amount, "f")


def _whole(value: Any) -> str:
    if type(value) is not int or _WHOLE.fullmatch(str(value)) is None:
        raise NotCanonical("a whole number is larger than any that is written")
    return str(value)


# Cells


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before it where it could be one."""
    return f"'{text}" if _is_guarded(text) else text


def unguarded(cell: str) -> str:
    """The text of a guarded cell."""
    return cell[1:] if cell.startswith("'") else cell


def _is_guarded(text: str) -> bool:
    return text.lstrip(_SPACES).startswith(_FORMULA_SIGNS)


def _quoted(cell: str) -> str:
    return _in_quotes(cell) if _NEEDS_QUOTES.search(cell) else cell


def _in_quotes(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def record_of(cells: list[str]) -> str:
    """Cells as a record: quoted where they have to be, and nowhere else."""
    return ",".join(map(_quoted, cells))


def cells_of(text: str) -> list[str]:
    """The cells of a record as `record_of` spells them. Raises MalformedRow for any other spelling."""
    cells: list[str] = []
    at = 0
    while (quote := text.find('"', at)) >= 0:
        if quote > at:
            cells += _bare_cells(text[at : quote - 1])
            if text[quote - 1] != ",":
                raise MalformedRow("a cell lacks its quotes")
        found = _IN_QUOTES.match(text, quote)
        if found is None:
            raise MalformedRow("quotes are not closed")
        cell = found[1].replace('""', '"')
        if _NEEDS_QUOTES.search(cell) is None:
            raise MalformedRow("a cell has quotes that it does not need")
        cells.append(cell)
        at = found.end()
        if at == len(text):
            return cells
        if text[at] != ",":
            raise MalformedRow("something stands behind the quotes of a cell")
        at += 1
    cells += _bare_cells(text[at:])
    return cells


def _bare_cells(text: str) -> list[str]:
    if "\n" in text or "\r" in text:
        raise MalformedRow("a line break stands outside quotes")
    return text.split(",")


def without_salt(record: bytes) -> bytes:
    """What a record says, to be compared with that of another report."""
    return record[: -SALT_DIGITS - 1]
