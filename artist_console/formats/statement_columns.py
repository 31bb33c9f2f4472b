"""Where the header of a statement stands, which layout it is of, and which column holds what.

Told by the names of the columns, or said by a person: what a person says of a column counts first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from artist_console.domain.problems import ColumnsUnknown, InputProblem

from .statement_layouts import LAYOUTS, OTHER, Layout
from .table_columns import (
    Columns,
    check_said,
    find_header,
    fold_header,
    match_columns,
    quoted,
    shown_to_a_person,
)
from .table_first_row import FirstRow, first_row

__all__ = ["STATEMENT_FIELDS", "Located", "locate", "locate_by_names"]

HEADER_WITHIN = 15  # rows that may stand before the header
STATEMENT_FIELDS = tuple(OTHER.fields)  # what a person can say that a column holds
# "Earnings (USD)", "Royalty ($US)", "Betrag in EUR", "net_amount_usd": without brackets only what is no word.
_CURRENCY_IN_NAME = re.compile(
    r"[(\[]\s*(?P<code>[A-Z]{3}|US\$|\$US|€|£)\s*[)\]]\s*$"
    r"|[ _](?:(?i:in)[ _])?(?P<bare>USD|EUR|GBP|JPY|CHF|SEK|NOK|DKK|usd|eur|gbp|jpy|chf|sek|nok|dkk)\s*$"
)
_SIGN_IN_NAME = {"US$": "USD", "$US": "USD", "€": "EUR", "£": "GBP"}
_PERSONAL = re.compile(r"\b(?:buyer|e mail|email|phone|ship|street|postal|postcode|zip|paypal)\b")
_HEADER_NAMES = frozenset(name for names in OTHER.fields.values() for name in names)


@dataclass(frozen=True, slots=True)
class Located:
    """The layout of a table and where its parts are."""

    layout: Layout
    header: int  # place of the header row among the rows; -1: there is none
    columns: Columns
    currency: str = ""  # of the amount column, from its name or from the layout
    said: bool = False  # a person named columns
    header_is_row: bool = True  # False: the row by which the columns were named is the first line itself

    @property
    def first(self) -> int:
        """The place of the first row below the header."""
        return self.header + 1 if self.header_is_row else self.header

    def kept(self) -> tuple[int, ...]:
        """The places of the columns that may be kept: none that holds data of buyers."""
        places = set(self.columns.places.values())
        return tuple(
            n
            for n, name in enumerate(self.columns.names)
            if (n in places or not self.layout.personal) and not _PERSONAL.search(fold_header(name))
        )


def bare_name(name: str) -> str:
    """The folded name of a column without a currency at its end."""
    return fold_header(_CURRENCY_IN_NAME.sub("", name))


def locate_by_names(rows: Sequence[Sequence[str]]) -> Located | None:
    """The layout that the first rows show; None where they are no statement."""
    for layout in LAYOUTS:

        def is_header(names: Sequence[str], wanted: frozenset[str] = layout.fingerprint) -> bool:
            return wanted <= {bare_name(name) for name in names}

        header = find_header(rows, is_header)
        if header is not None:
            return _located(layout, header, rows[header])
    header = find_header(rows, _is_other)
    return _located(OTHER, header, rows[header]) if header is not None else None


def locate(
    rows: Sequence[Sequence[str]],
    file_name: str,
    said: Mapping[str, str],
    header_row: int | None = None,
) -> Located:
    """The layout of a table, given its first rows and what a person said of its columns.

    Raises ColumnsUnknown where nobody can tell what its columns hold, InputProblem where a person named a
    field or a column that is not there.
    """
    if header_row is not None:
        return _below(rows, file_name, said, header_row)
    if not said:
        found = locate_by_names(rows)
        if found is None:
            raise _unknown(rows, file_name)
        return found
    check_said(said, rows, STATEMENT_FIELDS, file_name)
    wanted = set(said.values())
    header = find_header(rows, lambda names: wanted <= set(names))
    if header is None:  # in several rows: no one row is the header
        raise _unknown(rows, file_name)
    return _as_said(rows, header, said, file_name)


def _below(
    rows: Sequence[Sequence[str]], file_name: str, said: Mapping[str, str], header_row: int
) -> Located:
    place = header_row - 1
    if not 0 <= place < len(rows):
        raise InputProblem(
            "“{file}” has no row {row} among its first {count}, so it cannot be its header",
            "Say which row names the columns, counted from 1.",
            file=file_name,
            row=header_row,
            count=len(rows),
        )
    if said:
        check_said(said, [rows[place]], STATEMENT_FIELDS, file_name)
        return _as_said(rows, place, said, file_name)
    found = locate_by_names([rows[place]])
    if found is None:
        raise _unknown(rows[place:], file_name)
    return replace(found, header=place)


def _as_said(rows: Sequence[Sequence[str]], header: int, said: Mapping[str, str], file_name: str) -> Located:
    names = rows[header]
    known = locate_by_names([names])
    layout = known.layout if known else OTHER
    own = {field: list(names).index(name) for field, name in said.items() if name in names}
    free = ["" if place in own.values() else bare_name(name) for place, name in enumerate(names)]
    # Two names may not claim one meaning: a person who says where the amount is means it.
    wanted = {field: spellings for field, spellings in layout.fields.items() if field not in own}
    columns = Columns(tuple(names), {**match_columns(free, wanted).places, **own})
    if not columns.has("amount"):
        raise _unknown(rows[header:], file_name)
    is_known = bool({fold_header(name) for name in names} & _HEADER_NAMES)
    told = first_row(names, rows[header + 1 :], [columns.places[field] for field in said], is_known)
    return Located(
        layout,
        header,
        columns,
        _currency_of(columns, layout),
        said=True,
        header_is_row=told is not FirstRow.RECORDING,
    )


def _is_other(names: Sequence[str]) -> bool:
    """Money and what it is for; without a currency the caller has to name one."""
    columns = match_columns([bare_name(name) for name in names], OTHER.fields)
    return columns.has("amount") and (columns.has("isrc") or columns.has("iswc") or columns.has("title"))


def _located(layout: Layout, header: int, names: Sequence[str]) -> Located:
    columns = replace(match_columns([bare_name(name) for name in names], layout.fields), names=tuple(names))
    return Located(layout, header, columns, _currency_of(columns, layout))


def _currency_of(columns: Columns, layout: Layout) -> str:
    stated = _CURRENCY_IN_NAME.search(columns.name("amount"))
    if stated is None:
        return layout.currency
    code = stated["code"] or stated["bare"]
    return _SIGN_IN_NAME.get(code, code.upper())


def _unknown(rows: Sequence[Sequence[str]], file_name: str) -> ColumnsUnknown:
    names, below = shown_to_a_person(rows)
    known = match_columns([bare_name(name) for name in names], OTHER.fields)
    return ColumnsUnknown(
        "“{file}” is not a statement that can be read (columns: {found})",
        "Say which column holds the amount, and which the title or ISRC (by command: --column amount=NAME"
        " --column title=NAME), or give its columns such names in the file.",
        names,
        rows=below,
        recognised={field: names[place] for field, place in known.places.items()},
        file=file_name,
        found=quoted(names) or "none",
    )
