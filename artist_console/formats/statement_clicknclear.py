"""The report of ClicknClear to rightsholders: a table without a header, each row of its own form.

Its specification is public (github.com/ClicknClear/cnc-reporting-spec). Rows are put under names of our own,
so that they are read as those of any other layout; names of licensees, who are buyers, are not taken over.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from artist_console.domain.money import PLAIN, read_amount
from artist_console.domain.statements import StatementLevel, exact_sum

from .statement_columns import Located
from .statement_layouts import Layout, fields_of
from .table_columns import Columns

_TYPES = ("M", "P", "PR")
_LOOKED_AT = 20
_LEAST_CELLS = 9
NAMES = (
    *("Income Type", "Date Of Sale", "Title", "Performed By", "Writers", "ISRC", "ISWC", "UPC", "Label"),
    *("Territory Licensed", "Currency", "Right", "Amount Due to Rightsholder"),
)
# Where the cells of NAMES stand in a row of sales; None: it has no such cell.
_MASTER = (1, 2, 4, 5, None, 6, None, 7, 8, 9, 10, None, 17)
_PUBLISHING = (1, 2, 4, 5, 6, None, 7, None, None, 8, 9, None, 18)
_FORMS = {"M": (_MASTER, "Master Sale", "master"), "P": (_PUBLISHING, "Publishing Sale", "composition")}
LAYOUT = Layout(
    "clicknclear",
    "ClicknClear",
    frozenset(),
    fields_of(
        sales_type="income type",
        month="date of sale",
        title="title",
        artist="performed by",
        isrc="isrc",
        iswc="iswc",
        upc="upc",
        label="label",
        territory="territory licensed",
        currency="currency",
        right="right",
        amount="amount due to rightsholder",
    ),
    numbers=(PLAIN,),
    store="ClicknClear",
    personal=True,
    level=StatementLevel.LICENSOR_GROSS,
)


def is_clicknclear(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first rows are totals and sales of ClicknClear."""
    full = [row for row in rows[:_LOOKED_AT] if any(cell.strip() for cell in row)]
    return bool(full) and all(_type_of(row) is not None for row in full)


def _type_of(row: Sequence[str]) -> tuple[str, str] | None:
    """ "T" or "S", and the type of income; the specification has them in both orders."""
    if len(row) < _LEAST_CELLS:
        return None
    pair = (row[0].strip(), row[1].strip())
    for kind, income in (pair, pair[::-1]):
        if kind in ("T", "S") and income in _TYPES:
            return kind, income
    return None


def located() -> Located:
    """Where the fields are in the rows that `ClicknClearRows` gives."""
    places = {
        field: [name.casefold() for name in NAMES].index(name[0]) for field, name in LAYOUT.fields.items()
    }
    return Located(LAYOUT, -1, Columns(NAMES, places))


class ClicknClearRows:
    """The rows of one report: sales are put under NAMES, totals are kept."""

    def __init__(self) -> None:
        self._due: dict[str, list[Decimal]] = {}
        self._stated: dict[tuple[str, str], int] = {}
        self._found: dict[tuple[str, str], int] = {}

    def take(self, row: Sequence[str]) -> tuple[tuple[str, ...] | None, str]:
        """The cells of a sale under NAMES; or None, with the reason where the row is left out."""
        told = _type_of(row)
        if told is None:
            return None, "The row is neither a total (T) nor a sale (S) of ClicknClear."
        kind, income = told
        if kind == "T":
            self._take_total(income, row)
            return None, ""
        if income not in _FORMS:
            return (
                None,
                "The row is a producer fee; ClicknClear's specification does not say what its cells are.",
            )
        places, words, right = _FORMS[income]
        if len(row) <= max(place for place in places if place is not None):
            return None, f"The row ends before its amount: a {words.lower()} has more cells."
        cells = [row[place] if place is not None else "" for place in places]
        cells[NAMES.index("Income Type")] = words
        cells[NAMES.index("Right")] = right
        key = (income, cells[NAMES.index("Currency")].strip().upper())
        self._found[key] = self._found.get(key, 0) + 1
        return tuple(cells), ""

    def _take_total(self, income: str, row: Sequence[str]) -> None:
        currency = row[5].strip().upper()
        amount = read_amount(row[7]).value
        if amount is not None:
            self._due.setdefault(currency, []).append(amount)
        if row[4].strip().isdigit() and len(row[4]) < 20:
            key = (income, currency)
            self._stated[key] = self._stated.get(key, 0) + int(row[4])

    def declared(self, currencies: Sequence[str]) -> tuple[tuple[str, Decimal], ...]:
        """What the rows of totals say is due for this period, per currency."""
        return tuple((code, exact_sum(due)) for code, due in sorted(self._due.items()) if code in currencies)

    def warnings(self) -> tuple[str, ...]:
        """Where the report states another number of sales than it holds."""
        told = []
        for (income, currency), stated in sorted(self._stated.items()):
            found = self._found.get((income, currency), 0)
            if found != stated:
                told.append(
                    f"The report states {stated:,} sales of type {income} in {currency} and holds {found:,}."
                )
        return tuple(told)
