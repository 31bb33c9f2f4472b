"""Finding a table's header row and its columns by name, forgiving in spelling, strict in meaning."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from artist_console.domain.problems import InputProblem

_HEADER_WITHIN = 15  # rows that may stand before the header: account numbers, titles, dates
_LOOKED_AT = 100  # for the first rows that hold something
_LONGEST_SHOWN = 200


@lru_cache(maxsize=8_192)
def fold_header(name: str) -> str:
    """ "Earnings (USD)", "earnings_usd" and " Earnings [USD] " are one name."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())


def find_header(rows: Sequence[Sequence[str]], is_header: Callable[[Sequence[str]], bool]) -> int | None:
    """Place of the first row that `is_header` takes for one, among the first of the file."""
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        if is_header(row):
            return place
    return None


def first_full_row(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """The row that a person would take for the header: the first with anything in it."""
    return next((row for row in rows if any(cell.strip() for cell in row)), ())


def shown_to_a_person(
    rows: Sequence[Sequence[str]], most: int = 4
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The names of the header that a person would see, and the first rows below it, a cell for each name."""
    header = first_full_row(rows)
    places = [place for place, name in enumerate(header) if name.strip()]
    below = [row for row in rows[:_LOOKED_AT] if row is not header and any(cell.strip() for cell in row)]
    shown = [
        tuple(row[p].strip()[:_LONGEST_SHOWN] if p < len(row) else "" for p in places) for row in below[:most]
    ]
    return tuple(header[place] for place in places), tuple(shown)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a layout stand in a row."""

    names: tuple[str, ...]  # as the file writes them
    places: Mapping[str, int]

    def cell(self, row: Sequence[str], field: str) -> str:
        """The trimmed text of a field; empty where the file lacks the column or the row ends before it."""
        place = self.places.get(field)
        return row[place].strip() if place is not None and place < len(row) else ""

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The trimmed texts of all fields at once; fields that the row ends before are missing."""
        length = len(row)
        return {field: row[place].strip() for field, place in self.places.items() if place < length}

    def name(self, field: str) -> str:
        """The column of a field as the file names it."""
        place = self.places.get(field)
        return self.names[place].strip() if place is not None else field

    def has(self, field: str) -> bool:
        return field in self.places

    def unused(self) -> tuple[str, ...]:
        used = set(self.places.values())
        return tuple(name.strip() for n, name in enumerate(self.names) if n not in used and name.strip())


def match_columns(names: Sequence[str], wanted: Mapping[str, Iterable[str]]) -> Columns:
    """Give each wanted field the first column that bears one of its names, in the order of preference."""
    folded = [fold_header(name) for name in names]
    places: dict[str, int] = {}
    for field, spellings in wanted.items():
        for spelling in spellings:
            place = next(
                (n for n, name in enumerate(folded) if name == spelling and n not in places.values()), None
            )
            if place is not None:
                places[field] = place
                break
    return Columns(tuple(names), places)


def check_said(
    said: Mapping[str, str], rows: Sequence[Sequence[str]], fields: Iterable[str], file_name: str
) -> None:
    """Raise InputProblem where a person named a field that is none, or a column that no row names.

    `rows` are the first ones of the table, among which its header is.
    """
    known = tuple(fields)
    for field, column in said.items():
        if field not in known:
            raise InputProblem(
                "“{field}” is no field of such a file",
                "What a column can hold: {known}",
                field=field[:_LONGEST_SHOWN],
                known=", ".join(known),
            )
        if not any(column in row for row in rows[:_HEADER_WITHIN]):
            raise InputProblem(
                "“{file}” has no column “{column}”. Its columns: {found}",
                "Name it as the file does (by command: --column {field}=NAME)",
                file=file_name,
                column=column[:_LONGEST_SHOWN],
                found=quoted(first_full_row(rows)) or "none",
                field=field,
            )


def quoted(names: Iterable[str], most: int = 12) -> str:
    """Column names in a sentence."""
    listed = [name.strip()[:40] for name in names if name.strip()]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(f"“{name}”" for name in listed[:most]) + more
