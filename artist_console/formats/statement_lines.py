"""Rows of a statement -> exact lines, or a note why a row is none. Knows no file: rows come one by one.

Bounded whatever the number of rows: notes and rejected rows beyond the first are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from artist_console.domain.currencies import is_currency
from artist_console.domain.identifiers import Read, read_isrc, read_iswc, read_upc
from artist_console.domain.money import COMMA, POINT, NumberForm, read_amount
from artist_console.domain.periods import PAID_YEARS
from artist_console.domain.statements import AmountPrecision, LineKind, Making
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind

from .catalogue_table import names_in
from .income_words import AiIncomeWords
from .incoming import CatalogueRow, StatementRow
from .statement_columns import Located
from .statement_notes import RowNotes
from .statement_totals_rows import TotalRows, is_total
from .table_cells import DayOrder, read_count, read_date, read_quarter
from .table_columns import fold_header

_MOST_REMEMBERED = 100_000  # texts that were read before
_LONGEST_WORDS = 2_000
_CODE_BESIDE = re.compile(r"(?:(?P<before>[A-Z]{3})\s*)?(?P<amount>[^A-Z]*?)(?:\s*(?P<after>[A-Z]{3}))?")
_SIGN_BESIDE = re.compile(
    r"(?P<minus>-?)\s?(?P<before>US\$|\$|€|£)?\s?(?P<amount>[0-9][^$€£]*?)\s?(?P<after>US\$|\$|€|£)?"
)
_SIGN_OF = {"US$": "USD", "€": "EUR", "£": "GBP"}
_MAKING = ("pool", "weight", "total_weight", "rate_of_pool", "share", "decimals")
_MOST_DECIMALS = 18
_RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONG = 18  # digits of a count
_NO_IDENTIFIER = frozenset({"-", "--", "-----", "n/a", "na", "none", "null", "missing", "unknown", "0"})
_PLAIN_AMOUNT = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{1,30})?")
_CONVERTED = re.compile(r"\S+/\S+\s*=\s*(\S)\s*$")  # "... x 0.7957 £/$ = £"
_SIGNS = {"£": "GBP", "€": "EUR", "¥": "JPY"}
_MORE = (
    *("original_amount", "rate", "method", "method_version", "confidence_low", "confidence_high"),
    *("pool", "corrects", "model", "programme"),
)
_NOTHING: frozenset[int] = frozenset()
_USES = {use.value: use for use in Use}
_RIGHTS = {
    **{right.value: right for right in Right},
    # How societies and publishers write performing, mechanical and synchronisation rights.
    **dict.fromkeys(("pr", "mr", "sr", "performing", "mechanical", "sync"), Right.COMPOSITION),
}
_KINDS = {kind.value: kind for kind in LineKind}


class LineMaker:
    """Makes the lines of one file. `notes` are of the rows so far."""

    def __init__(
        self,
        found: Located,
        words: AiIncomeWords,
        numbers: NumberForm,
        days: DayOrder,
        currency: str = "",
        month: date | None = None,
        overrule: bool = False,
    ) -> None:
        """`overrule`: the currency that a person said counts for cells that name none."""
        self.found = found
        self.totals = TotalRows()
        self.notes = RowNotes()
        self.guarded = False  # texts that a spreadsheet would run have an apostrophe before them
        self.some_without_month = False
        self.some_ai = False
        self.some_from_spreadsheet = False
        self._words = words
        self._numbers = numbers
        self._point = numbers.decimal == "."
        self._days = days
        self._currency = currency
        self._default_month = month
        self._overrule = overrule and bool(currency)
        self._identifiers: dict[tuple[str, str], Read] = {}
        self._months: dict[str, date | None] = {}
        self._kinds: dict[tuple[str, ...], LineKind | None] = {}
        self._currencies: dict[tuple[str, date | None], str] = {}
        self._kept_places = found.kept()
        names = found.columns.names
        # What `words` repeats of a line, under the names of its columns.
        self._kept = [(n, f"{names[n].strip()}: ") for n in self._kept_places]
        self._amount_place = found.columns.places.get("amount", -1)
        self._has_more = any(found.columns.has(name) for name in _MORE)
        self._has_making = all(found.columns.has(name) for name in ("pool", "weight", "total_weight"))

    def line(self, number: int, row: Sequence[str], binary: frozenset[int] = _NOTHING) -> StatementRow | None:
        """The line of a row; None where it is a total or cannot be used.

        `binary`: the places of cells that a spreadsheet holds as binary numbers.
        """
        cells = self.found.columns.cells(row)
        layout = self.found.layout
        if self.guarded:
            cells = {field: _unguarded(text) for field, text in cells.items()}
        cell = cells.get
        if is_total(row, self.found):
            read = read_amount(cell("amount", ""), self._numbers)
            self.totals.add(number, read.value, cell("currency", "").upper(), row)
            return None
        sales_type = cell("sales_type", "")
        if layout.not_money and fold_header(sales_type) in layout.not_money:
            self._reject(number, "sales_type", f"The row is a “{sales_type[:40]}”, not a sale.", row)
            return None
        amount, code = self._amount(cell("amount", ""), cell("currency", "").upper())
        if isinstance(amount, str):
            self._reject(number, "amount", amount, row)
            return None
        month = self._month(number, cell("month", ""))
        stated = cell("currency", "").upper()
        if code and stated and code != stated:
            what = f"The amount is in {code}, its column of currencies says {stated[:20]}."
            self._reject(number, "amount", what, row)
            return None
        currency = code or stated or self.found.currency or self._currency
        sold_in = cell("original_currency", "").upper()
        if (paid_in := _paid_in(cell("conversion", ""), stated)) and paid_in != stated:
            # The column names the currency of the sale; the amount is in the one that it was changed to.
            what = f"The amount is in {paid_in}: it was converted from {stated[:20]}."
            self._warn(number, "currency", what)
            currency, sold_in = paid_in, sold_in or stated
        if self._overrule and stated and not code and not is_currency(stated):
            what = f"“{stated[:20]}” is not the code of a currency; the amounts are read as {self._currency}."
            self._warn(number, "currency", what)
            currency = self._currency
        if why := self._no_currency(currency, month):
            self._reject(number, "currency", why, row)
            return None
        store = cell("store", "") or layout.store
        kind = self._kind(number, cell("kind", ""), store, sales_type)
        self.some_without_month |= month is None
        self.some_ai |= kind is not LineKind.OTHER
        if self.totals.waiting:
            self._tell_totals()
        self.totals.line(amount, currency)
        isrc = self._identifier(number, "isrc", cell("isrc", ""), read_isrc)
        iswc = self._identifier(number, "iswc", cell("iswc", ""), read_iswc)
        if (work_id := cell("work_id", "")) and not (isrc or iswc):
            # One column for what its sender knows a work by: often one of the two.
            isrc, iswc = _surely(read_isrc(work_id)), _surely(read_iswc(work_id))
        spreadsheet = (bool(binary) and self._amount_place in binary) or (
            cell("precision", "").lower() == AmountPrecision.SPREADSHEET.value
        )
        self.some_from_spreadsheet |= spreadsheet
        return StatementRow(
            row=number,
            title=cell("title", ""),
            artist=cell("artist", ""),
            isrc=isrc,
            upc=self._identifier(number, "upc", cell("upc", ""), read_upc),
            store=store,
            month=month,
            territory=cell("territory", ""),
            quantity=self._quantity(number, cell("quantity", "")),
            amount=amount,
            currency=currency,
            kind=kind,
            words=cell("own_words", "") or self._words_of(row),
            iswc=iswc,
            release=cell("release", ""),
            label=cell("label", ""),
            sales_type=sales_type,
            original_currency=sold_in,
            precision=AmountPrecision.SPREADSHEET if spreadsheet else AmountPrecision.EXACT,
            use=_USES.get(cell("use", "").lower()) or _USES.get(sales_type.lower()),
            right=_RIGHTS.get(cell("right", "").lower()) or _RIGHTS.get(sales_type.lower()),
            **(self._more(number, cells) if self._has_more else {}),
        )

    def _more(self, number: int, cells: dict[str, str]) -> dict[str, Any]:
        """What few layouts have columns for: how an amount came to be."""
        cell = cells.get
        return {
            "original_amount": self._number(cell("original_amount", "")),
            "rate": self._number(cell("rate", "")),
            "method": cell("method", ""),
            "method_version": cell("method_version", ""),
            "confidence_low": self._number(cell("confidence_low", "")),
            "confidence_high": self._number(cell("confidence_high", "")),
            "making": self._making(number, cells) if self._has_making else None,
            "corrects": read_count(cell("corrects", "")),
            "model": cell("model", ""),
            "programme": cell("programme", ""),
        }

    def work(self, number: int, row: Sequence[str]) -> CatalogueRow | None:
        """The work that a row is about, whatever became of its amount; None for totals and nameless rows."""
        columns = self.found.columns
        title = columns.cell(row, "title")
        isrc = self._identifier(number, "isrc", columns.cell(row, "isrc"), read_isrc)
        iswc = self._identifier(number, "iswc", columns.cell(row, "iswc"), read_iswc)
        if not title or is_total(row, self.found):
            return None
        return CatalogueRow(
            number,
            WorkKind.COMPOSITION if iswc and not isrc else WorkKind.RECORDING,
            title,
            names_in(columns.cell(row, "artist")),
            identifier=isrc or iswc,
            release_title=columns.cell(row, "release"),
            upc=self._identifier(number, "upc", columns.cell(row, "upc"), read_upc),
            label=columns.cell(row, "label"),
        )

    def reject(self, number: int, what: str, row: Sequence[str] = ()) -> None:
        """Leave a row out for what it is as a whole."""
        self._reject(number, "", what, row)

    def shown(self, row: Sequence[str]) -> tuple[str, ...]:
        """A row as it may be kept: without data of buyers."""
        kept = set(self._kept_places)
        names = len(self.found.columns.names)
        return tuple(cell if n in kept or n >= names else "" for n, cell in enumerate(row))

    def _amount(self, text: str, stated: str) -> tuple[Decimal | str, str]:
        """The amount and the currency that stands beside it in its cell, or why there is none."""
        if self._point and _PLAIN_AMOUNT.fullmatch(text):
            return Decimal(text), ""
        read = read_amount(text, self._numbers)
        if read.value is not None:
            return read.value, ""
        beside = _CODE_BESIDE.fullmatch(text) if text[:3].isupper() or text[-3:].isupper() else None
        if beside is not None and (code := beside["before"] or beside["after"]):
            own = read_amount(beside["amount"], self._numbers)
            both = beside["before"] and beside["after"] and beside["before"] != beside["after"]
            if own.value is not None and not both and is_currency(code):
                return own.value, code
        if (signed := _SIGN_BESIDE.fullmatch(text)) is not None:
            code = self._of_sign(signed["before"] or signed["after"], stated)
            own = read_amount(signed["minus"] + signed["amount"], self._numbers)
            if code and own.value is not None and not (signed["before"] and signed["after"]):
                return own.value, code
        return f"{read.reason}{self._advice_on(text)}", ""

    def _of_sign(self, sign: str, stated: str) -> str:
        """The currency of a sign beside an amount; of dollars there are several: the file says which."""
        if sign != "$":
            return _SIGN_OF.get(sign, "")
        declared = stated or self.found.currency or self._currency
        return declared if is_currency(declared) and declared.endswith("D") else ""

    def _advice_on(self, text: str) -> str:
        grouped = [form for form in (POINT, COMMA) if read_amount(text, form).value is not None]
        if grouped and not (self._numbers.thousands and self.found.layout.declares_numbers):
            return (
                " It may have a mark between thousands, but the file does not declare one: say how it writes"
                " its numbers."
            )
        if text.startswith("(") and text.endswith(")"):
            return " Brackets for negative amounts are not declared by this layout."
        return ""

    def _no_currency(self, currency: str, month: date | None) -> str:
        key = (currency, month)
        if key not in self._currencies:
            why = ""
            if not is_currency(currency, month):
                then = " at that time" if is_currency(currency) else ""
                why = f"“{currency[:20]}” is not the code of a currency{then}."
                if not currency:
                    why = "The row names no currency."
            _make_room(self._currencies)
            self._currencies[key] = why
        return self._currencies[key]

    def _number(self, text: str) -> Decimal | None:
        """A figure that only explains the amount, as far as it can be read."""
        return read_amount(text, self._numbers).value if text else None

    def _quantity(self, row: int, text: str) -> int | None:
        if not text:
            return None
        count = int(text) if text.isdecimal() and text.isascii() and len(text) < _LONG else read_count(text)
        if count is None:
            self._warn(row, "quantity", f"“{text[:40]}” is not a whole number, so the line has no quantity.")
        return count

    def _making(self, row: int, cells: dict[str, str]) -> Making | None:
        """How the line says that it was made; told where only a part of it can be read."""
        given = {name: cells.get(name, "") for name in _MAKING}
        if not any(given.values()):
            return None
        pool, weight, total = (self._number(given[name]) for name in _MAKING[:3])
        rate = self._number(given["rate_of_pool"]) if given["rate_of_pool"] else Decimal(1)
        share = read_count(cells["share_bp"]) if "share_bp" in cells else self._basis_points(given["share"])
        decimals = read_count(given["decimals"]) if given["decimals"] else 2
        if (
            (pool is None or weight is None or total is None)
            or (rate is None or share is None)
            or (decimals is None or not 0 <= decimals <= _MOST_DECIMALS)
        ):
            self._warn(row, "pool", "How the line was made cannot be read in full, so it is not checked.")
            return None
        return Making(pool, weight, total, rate, share, decimals)

    def _basis_points(self, text: str) -> int | None:
        """ "50", "50 %" and "50.00" are half of it; without any, it is all."""
        if not text:
            return 10_000
        percent = self._number(text.removesuffix("%").strip())
        if percent is None or not 0 <= percent <= 100 or (points := percent * 100) != int(points):
            return None
        return int(points)

    def _reject(self, row: int, name: str, what: str, cells: Sequence[str]) -> None:
        if self.found.columns.cell(cells, "amount"):  # not a remark below the total
            if self.totals.waiting:
                self._tell_totals()
            self.totals.line(None, "")
        self.notes.reject(row, self.found.columns.name(name) if name else "", what, self.shown(cells))

    def _warn(self, row: int, name: str, what: str) -> None:
        self.notes.warn_once(row, self.found.columns.name(name), what)

    def _tell_totals(self) -> None:
        """A line came after what looks like a total: it adds up a part, or all of the rows from the top."""
        for row in self.totals.passed():
            what = "The row is a total of other rows, so it is no line."
            self.notes.warn(row, self.found.columns.name("amount"), what)

    def _identifier(self, row: int, name: str, text: str, read: Callable[[str], Read]) -> str:
        if not text or text.lower() in _NO_IDENTIFIER:
            return ""
        known = self._identifiers.get((name, text))
        if known is None:
            _make_room(self._identifiers)
            known = self._identifiers[name, text] = read(text)
        if known.reason or known.warning:
            self._warn(row, name, known.reason or known.warning)
        return known.value

    def _month(self, row: int, text: str) -> date | None:
        if not text:
            return self._default_month
        if text not in self._months:
            _make_room(self._months)
            self._months[text] = self._read_month(row, text)
        return self._months[text] or self._default_month

    def _read_month(self, row: int, text: str) -> date | None:
        if (quarter := read_quarter(text)) is not None:
            self._warn(row, "month", "The file names quarters; their lines are put into the first month.")
            return quarter
        read = read_date(text, self._days)
        if read.value is not None and read.value.year not in PAID_YEARS:
            what = f"“{text[:40]}” is in a year of which no statement can be; it is no month."
            self._warn(row, "month", what)
            return None
        if read.reason:
            self._warn(row, "month", read.reason)
        return read.value.replace(day=1) if read.value else None

    def _kind(self, row: int, stated: str, store: str, sales_type: str) -> LineKind:
        if stated:
            kind = _KINDS.get(stated.lower())
            if kind is not None:
                return kind
            self._warn(row, "kind", f"“{stated[:40]}” is not a kind of line that is known here.")
        key = (store, sales_type)
        if key not in self._kinds:
            _make_room(self._kinds)
            self._kinds[key] = self._words.kind_in(key)
        return self._kinds[key] or LineKind.OTHER

    def _words_of(self, row: Sequence[str]) -> str:
        width = len(row)
        return " · ".join([label + row[n] for n, label in self._kept if n < width and row[n]])[
            :_LONGEST_WORDS
        ]


def _paid_in(calculation: str, stated: str) -> str:
    """The currency that a calculation ends in; empty where it says none that only one country has."""
    found = _CONVERTED.search(calculation) if calculation else None
    if found is None:
        return ""
    dollars = stated if stated.endswith("D") else ""
    return _SIGNS.get(found[1], dollars if found[1] == "$" else "")


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].lstrip(" ").startswith(_RUN) else text


def _surely(read: Read) -> str:
    return "" if read.reason else read.value


def _make_room(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= _MOST_REMEMBERED:
        remembered.clear()
