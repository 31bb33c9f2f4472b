"""Statement files of distributors, labels and societies -> exact lines, each with what the file says of it.

The layouts are data (statement_layouts). Amounts keep every digit and their currency. A line is AI income
only where the words of its store, source or sales type say so; all other money is `LineKind.OTHER`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from artist_console.domain.currencies import is_currency
from artist_console.domain.identifiers import Read, read_isrc, read_iswc, read_upc
from artist_console.domain.money import NumberForm, read_amount
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import LineKind
from artist_console.domain.work_kinds import WorkKind

from .catalogue_table import names_in
from .incoming import CatalogueRow, ReadCatalogue, ReadStatement, RowNote, Severity, StatementRow
from .statement_layouts import LAYOUTS, OTHER, Layout
from .table_cells import read_count, read_date
from .table_columns import Columns, find_header, first_full_row, fold_header, match_columns, quoted
from .tables import Table, read_table

_CURRENCY_IN_NAME = re.compile(r"[(\[]\s*([A-Z]{3})\s*[)\]]\s*$")
_TOTAL = re.compile(r"(?:grand |sub)?total(?:s| amount| earnings| payable)?:?", re.IGNORECASE)
_LONGEST_WORDS = 2_000
_PERSONAL = re.compile(r"\b(?:buyer|e mail|email|phone|ship|street|postal|postcode|zip|paypal)\b")


@dataclass(frozen=True, slots=True)
class AiIncomeWords:
    """Folded phrases and the kind of line each makes, longest first."""

    phrases: tuple[tuple[str, LineKind], ...]

    def kind_in(self, texts: Sequence[str]) -> LineKind | None:
        """The kind that the longest phrase in one of the texts names; None where none speaks of AI."""
        padded = [f" {fold_header(text)} " for text in texts if text]
        for phrase, kind in self.phrases:
            if any(f" {phrase} " in text for text in padded):
                return kind
        return None


def ai_income_words(table: Mapping[str, Any]) -> AiIncomeWords:
    """The words from the parsed resource data/ai_income_words.json."""
    words = table["words"]
    phrases = [(fold_header(phrase), LineKind(kind)) for kind in words for phrase in words[kind]]
    return AiIncomeWords(tuple(sorted(phrases, key=lambda each: (-len(each[0]), each[0]))))


@dataclass(frozen=True, slots=True)
class _Found:
    layout: Layout
    header: int  # place of the header row
    columns: Columns
    currency: str  # of the amount column, from its name


def _bare(name: str) -> str:
    return fold_header(_CURRENCY_IN_NAME.sub("", name))


def find_layout(rows: Sequence[Sequence[str]]) -> str:
    """Key of the layout of a statement: "distrokid", ..., "table" for any other; empty when it is none."""
    found = _find(rows)
    return found.layout.key if found else ""


def _find(rows: Sequence[Sequence[str]]) -> _Found | None:
    for layout in LAYOUTS:

        def is_header(names: Sequence[str], wanted: frozenset[str] = layout.fingerprint) -> bool:
            return wanted <= {_bare(name) for name in names}

        header = find_header(rows, is_header)
        if header is not None:
            return _located(layout, header, rows[header])
    header = find_header(rows, _is_other)
    return _located(OTHER, header, rows[header]) if header is not None else None


def _is_other(names: Sequence[str]) -> bool:
    """Money and what it is for; without a currency the caller has to name one."""
    columns = match_columns([_bare(name) for name in names], OTHER.fields)
    return columns.has("amount") and (columns.has("isrc") or columns.has("iswc") or columns.has("title"))


def _located(layout: Layout, header: int, names: Sequence[str]) -> _Found:
    columns = replace(match_columns([_bare(name) for name in names], layout.fields), names=tuple(names))
    stated = _CURRENCY_IN_NAME.search(columns.name("amount"))
    return _Found(layout, header, columns, stated[1] if stated else layout.currency)


def read_statement(
    data: bytes,
    file_name: str,
    words: AiIncomeWords,
    *,
    currency: str = "",
    month: date | None = None,
    issuer: str = "",
) -> ReadStatement:
    """Read a statement file.

    `currency`, `month` and `issuer` are for files that do not name theirs; what a file says itself counts.
    Raises InputProblem when the file cannot be used as a statement.
    """
    table = read_table(data, file_name)
    found = _found_in(table, file_name)
    if not (found.columns.has("currency") or found.currency or currency):
        raise InputProblem(
            "“{file}” does not say in which currency its amounts are",
            "Say which currency the statement is in, as a code such as EUR (by command: --currency EUR).",
            file=file_name,
        )
    reading = _Reading(found, words, _number_form(table, found, file_name), currency, month)
    rows = reading.lines(table.rows)
    months = [row.month for row in rows if row.month is not None]
    return ReadStatement(
        layout=found.layout.key,
        issuer=found.layout.issuer or issuer,
        rows=rows,
        notes=tuple(reading.notes),
        sha256=table.sha256,
        period_from=min(months, default=None),
        period_until=_last_day(max(months)) if months else None,
        currencies=tuple(sorted({row.currency for row in rows})),
        declared_total=reading.declared_total,
        warnings=(*table.warnings, *reading.warnings(rows)),
    )


def _found_in(table: Table, file_name: str) -> _Found:
    found = _find(table.rows)
    if found is None:
        raise InputProblem(
            "“{file}” is not a statement that can be read (columns: {found})",
            "Its columns need names for what was earned, the title or ISRC, and the currency.",
            file=file_name,
            found=quoted(first_full_row(table.rows)) or "none",
        )
    return found


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _number_form(table: Table, found: _Found, file_name: str) -> NumberForm:
    """The form of a layout's numbers; of several, the one that most amounts of the file fit."""
    forms = found.layout.numbers
    if len(forms) == 1:
        return forms[0]
    cells = [found.columns.cell(row, "amount") for row in table.rows[found.header + 1 :]]
    cells = [cell for cell in cells if cell]
    values = [[read_amount(cell, form).value for cell in cells] for form in forms]
    fits = [sum(value is not None for value in each) for each in values]
    best = max(fits)
    agreed = [n for n, count in enumerate(fits) if count == best]
    if len(agreed) > 1 and any(values[agreed[0]][n] != values[agreed[1]][n] for n in range(len(cells))):
        raise InputProblem(
            "“{file}” leaves open whether a comma or a point marks decimals (as in “{cell}”)",
            "Export it again with more decimals, or with plain numbers such as 1234.56.",
            file=file_name,
            cell=next(c for n, c in enumerate(cells) if values[agreed[0]][n] != values[agreed[1]][n])[:40],
        )
    return forms[agreed[0]]


@dataclass(slots=True)
class _Reading:
    """One file being read: how, and the notes so far."""

    found: _Found
    words: AiIncomeWords
    numbers: NumberForm
    currency: str
    month: date | None
    notes: list[RowNote] = field(default_factory=list)
    declared_total: Decimal | None = None
    _identifiers: dict[tuple[str, str], Read] = field(default_factory=dict)
    _months: dict[str, date | None] = field(default_factory=dict)
    _kinds: dict[tuple[str, ...], LineKind | None] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)
    _kept: list[tuple[int, str]] = field(default_factory=list)  # place and label of what `words` repeats

    def lines(self, rows: Sequence[Sequence[str]]) -> tuple[StatementRow, ...]:
        columns = self.found.columns
        places = set(columns.places.values())
        personal = self.found.layout.personal
        self._kept = [
            (n, f"{name.strip()}: ")
            for n, name in enumerate(columns.names)
            if (n in places or not personal) and not _PERSONAL.search(fold_header(name))
        ]
        header = self.found.header
        lines = (self._line(n, row) for n, row in enumerate(rows[header + 1 :], header + 2) if any(row))
        return tuple(line for line in lines if line is not None)

    def warnings(self, rows: Sequence[StatementRow]) -> tuple[str, ...]:
        layout = self.found.layout
        said = []
        if layout.currency and not self.found.columns.has("currency"):
            said.append(f"The file names no currency; {layout.issuer} accounts in {layout.currency}.")
        if any(row.month is None for row in rows):
            said.append("The file does not say for every line in which month it was earned.")
        if layout.personal:
            said.append("Columns with data of buyers were left out.")
        if rows and not any(row.kind is not LineKind.OTHER for row in rows):
            said.append("No line was recognised as AI income.")
        return tuple(said)

    def _line(self, number: int, row: Sequence[str]) -> StatementRow | None:
        cells = self.found.columns.cells(row)

        def cell(name: str) -> str:
            return cells.get(name, "")

        amount = read_amount(cell("amount"), self.numbers)
        if self._is_total(row):
            self.declared_total = amount.value if self.declared_total is None else self.declared_total
            return None
        sales_type = cell("sales_type")
        layout = self.found.layout
        if layout.not_money and fold_header(sales_type) in layout.not_money:
            self._reject(number, "sales_type", f"The row is a “{sales_type[:40]}”, not a sale.")
            return None
        if amount.value is None:
            self._reject(number, "amount", amount.reason)
            return None
        month = self._month(number, cell("month"))
        currency = cell("currency").upper() or self.found.currency or self.currency
        if not is_currency(currency, month):
            then = " at that time" if is_currency(currency) else ""
            what = f"“{currency[:20]}” is not the code of a currency{then}."
            self._reject(number, "currency", what)
            return None
        store = cell("store") or layout.store
        return StatementRow(
            row=number,
            title=cell("title"),
            artist=cell("artist"),
            isrc=self._identifier(number, "isrc", cell("isrc"), read_isrc),
            upc=self._identifier(number, "upc", cell("upc"), read_upc),
            store=store,
            month=month,
            territory=cell("territory"),
            quantity=read_count(cell("quantity")),
            amount=amount.value,
            currency=currency,
            kind=self._kind(number, cell("kind"), store, sales_type),
            words=self._words(row),
            iswc=self._identifier(number, "iswc", cell("iswc"), read_iswc),
            release=cell("release"),
            label=cell("label"),
            sales_type=sales_type,
            original_amount=self._number(cell("original_amount")),
            original_currency=cell("original_currency").upper(),
            rate=self._number(cell("rate")),
        )

    def _number(self, text: str) -> Decimal | None:
        """A figure that only explains the amount, as far as it can be read."""
        return read_amount(text, self.numbers).value if text else None

    def work(self, number: int, row: Sequence[str]) -> CatalogueRow | None:
        """The work that a line is about; None for totals and lines without a title."""
        columns = self.found.columns
        title = columns.cell(row, "title")
        isrc = self._identifier(number, "isrc", columns.cell(row, "isrc"), read_isrc)
        iswc = self._identifier(number, "iswc", columns.cell(row, "iswc"), read_iswc)
        if not title or self._is_total(row):
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

    def _is_total(self, row: Sequence[str]) -> bool:
        """A row that begins with "Total" and is about no recording; somebody may have a song of that name."""
        first = next((cell for cell in row if cell), "").strip()
        if first[:1] not in "TtGgSs":  # spares the pattern for nearly all rows
            return False
        if not _TOTAL.fullmatch(first):
            return False
        # Where the identifier stands first, its column holds the word; a name of that word names somebody.
        codes = (self.found.columns.cell(row, each) for each in ("isrc", "upc", "iswc"))
        if any(code and code.strip() != first for code in codes):
            return False
        return not any(self.found.columns.cell(row, each) for each in ("artist", "store"))

    def _reject(self, row: int, name: str, what: str) -> None:
        self.notes.append(RowNote(row, self.found.columns.name(name), what, Severity.REJECTED))

    def _warn(self, row: int, name: str, what: str) -> None:
        """Once for the same fault: one wrong ISRC stands on hundreds of lines."""
        if (name, what) not in self._told:
            self._told.add((name, what))
            self.notes.append(RowNote(row, self.found.columns.name(name), what, Severity.WARNING))

    def _identifier(self, row: int, name: str, text: str, read: Callable[[str], Read]) -> str:
        if not text:
            return ""
        known = self._identifiers.get((name, text))
        if known is None:
            known = self._identifiers[name, text] = read(text)
        if known.reason or known.warning:
            self._warn(row, name, known.reason or known.warning)
        return known.value

    def _month(self, row: int, text: str) -> date | None:
        if not text:
            return self.month
        if text not in self._months:
            read = read_date(text, self.found.layout.days)
            self._months[text] = read.value.replace(day=1) if read.value else None
            if read.reason:
                self._warn(row, "month", read.reason)
        return self._months[text] or self.month

    def _kind(self, row: int, stated: str, store: str, sales_type: str) -> LineKind:
        if stated:
            try:
                return LineKind(stated.strip().lower())
            except ValueError:
                self._warn(row, "kind", f"“{stated[:40]}” is not a kind of line that is known here.")
        key = (store, sales_type)
        if key not in self._kinds:
            self._kinds[key] = self.words.kind_in(key)
        return self._kinds[key] or LineKind.OTHER

    def _words(self, row: Sequence[str]) -> str:
        kept = [label + row[n] for n, label in self._kept if n < len(row) and row[n]]
        return " · ".join(kept)[:_LONGEST_WORDS]


def read_statement_catalogue(data: bytes, file_name: str) -> ReadCatalogue:
    """The recordings and songs that a statement names, whatever became of its amounts.

    One row per identifier, or per title and artist where there is none.
    Raises InputProblem as `read_statement` does.
    """
    table = read_table(data, file_name)
    found = _found_in(table, file_name)
    reading = _Reading(found, AiIncomeWords(()), found.layout.numbers[0], "", None)
    works: dict[tuple[str, ...], CatalogueRow] = {}
    for number, row in enumerate(table.rows[found.header + 1 :], found.header + 2):
        work = reading.work(number, row)
        if work is not None:
            key = (work.identifier,) if work.identifier else (work.title, *work.artists, work.upc)
            works.setdefault(key, work)
    return ReadCatalogue(
        f"statement:{found.layout.key}",
        tuple(works.values()),
        tuple(reading.notes),
        table.sha256,
        table.warnings,
        found.layout.issuer,
    )
