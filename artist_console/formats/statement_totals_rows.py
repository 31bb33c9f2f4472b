"""Rows of a statement that add up others: which they are, and what the file declares as its total.

A total at the end, or before the first line, is what the file declares. One in the middle is of a part, and
so is the one at the end where parts before it have theirs and it is what the lines behind the last of them
come to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from artist_console.domain.statements import exact_sum

from .statement_columns import Located

_WORD = r"total|totals|totale|totales|gesamt|gesamtsumme|gesamtbetrag|summe|summa|somme|suma|итого|всего"
# A pattern that DuckDB has in common with Python.
TOTAL_WORDS = (
    rf"(?:(?:grand|sub|net|overall)[ -]?)?(?:{_WORD})"
    r"(?: (?:amount|earnings|payable|due|net|gross|royalty|royalties|revenue|général|general))*"
    r"(?: (?:in|of))?(?: \(?[a-z]{3}\)?)?:?"
)
_TOTAL = re.compile(TOTAL_WORDS, re.IGNORECASE)
MAY_BEGIN = "TtGgSsNnOoИиВв"  # spares the pattern for nearly all rows
_PART = re.compile(r"sub|zwischen|промежут", re.IGNORECASE)
_MOST_WAITING = 1_000
_ADDED_TOGETHER = 10_000


@dataclass(frozen=True, slots=True)
class _Total:
    row: int
    amount: Decimal | None
    currency: str
    of_part: bool


class TotalRows:
    """The totals of one file, row after row."""

    def __init__(self) -> None:
        self.waiting: list[_Total] = []  # since the last line
        self._top: list[_Total] = []
        self._some_line = False
        self._last_part: dict[str, list[Decimal]] | None = None  # amounts behind the last total of a part

    def add(self, row: int, amount: Decimal | None, currency: str, cells: Sequence[str]) -> None:
        words = next((cell for cell in cells if cell), "")
        if len(self.waiting) < _MOST_WAITING:
            self.waiting.append(_Total(row, amount, currency, bool(_PART.search(words))))

    def passed(self) -> list[int]:
        """A line follows: the rows of the totals that are no longer at the end."""
        rows = [total.row for total in self.waiting]
        if self._some_line:
            self._last_part = {}
        else:
            self._top = self.waiting
        self._some_line = True
        self.waiting = []
        return rows

    def line(self, amount: Decimal | None, currency: str) -> None:
        """A line was read, or a row left out that has an amount: nothing before it is at the top any more."""
        self._some_line = True
        if self._last_part is not None and amount is not None:
            behind = self._last_part.setdefault(currency, [])
            behind.append(amount)
            if len(behind) >= _ADDED_TOGETHER:
                behind[:] = [exact_sum(behind)]

    def declared(self, currencies: Sequence[str]) -> tuple[tuple[str, Decimal], ...]:
        """What the file declares for each of its currencies, sorted by code."""
        found: dict[str, Decimal] = {}
        # The last one counts: a grand total stands below the totals of parts.
        for total in (*self._top, *self.waiting):
            currency = total.currency or (currencies[0] if len(currencies) == 1 else "")
            if total.amount is None or total.of_part or currency not in currencies:
                continue
            if total not in self._top and self._is_of_last_part(total.amount, currency):
                continue
            found[currency] = total.amount
        return tuple(sorted(found.items()))

    def _is_of_last_part(self, amount: Decimal, currency: str) -> bool:
        return self._last_part is not None and amount == exact_sum(self._last_part.get(currency, ()))


def is_total(row: Sequence[str], found: Located) -> bool:
    """A row that begins with "Total" and is about no recording; somebody may have a song of that name."""
    first = row[0] if row and row[0] else next((cell for cell in row if cell), "")
    if first[:1].isspace():
        first = first.strip()
    if not first or first[0] not in MAY_BEGIN:
        return False
    first = first.strip()
    if not _TOTAL.fullmatch(first):
        return False
    columns = found.columns
    # Where the identifier stands first, its column holds the word; a name of that word names somebody.
    codes = (columns.cell(row, each) for each in ("isrc", "upc", "iswc"))
    if any(code and code.strip() != first for code in codes):
        return False
    return not any(columns.cell(row, each) not in ("", first) for each in ("artist", "store")) and not (
        columns.cell(row, "artist") == first and columns.cell(row, "title") not in ("", first)
    )
