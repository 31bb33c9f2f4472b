"""Rate tables as files: the European Central Bank's, and a plain table of day, currency and rate.

A file is used whole or not at all: a rate that cannot be read is told with its row, and none of it counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from artist_console.domain.conversion import RateTable
from artist_console.domain.money import read_amount
from artist_console.domain.problems import InputProblem

from .table_columns import fold_header
from .tables import read_table

ECB_NAME = "ECB reference rates"
ECB_SOURCE = "European Central Bank, euro foreign exchange reference rates"
ECB_BASE = "EUR"

_CODE = re.compile(r"[A-Z]{3}")
_NOT_QUOTED = frozenset({"", "N/A", "NA", "-"})
_DAY = ("date", "day")
_CURRENCY = ("currency", "currency code", "code", "to", "quote")
_RATE = ("rate", "value", "exchange rate")
_BASE = ("base", "from", "base currency")


class NoRateTable(InputProblem):
    title_template = "“{file}” is no rate table"
    advice_template = (
        "Choose the ECB's eurofxref-hist.zip, eurofxref-hist.csv or eurofxref.csv, or a table with the"
        " columns date, currency and rate"
    )


class RateUnreadable(InputProblem):
    title_template = "“{file}”, row {row}: {reason}"
    advice_template = "Mend that row, or get the file again. Nothing of it was used"


@dataclass(frozen=True, slots=True)
class ReadRates:
    """The table and the hash of its file."""

    table: RateTable
    sha256: str


def read_rate_table(
    data: bytes, file_name: str, name: str = "", source: str = "", base: str = ""
) -> ReadRates:
    """Read a rate table; name, source and base are what the person says, else what the file is known for.

    A plain table says in a column `base` for one unit of what its rates are, or the person says it; without
    either it is the euro. Raises NoRateTable, RateUnreadable, or InputProblem where the file is damaged.
    """
    read = read_table(data, file_name)
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(read.rows, 1)]
    rows = [(number, row) for number, row in rows if any(row)]
    if len(rows) < 2:
        raise NoRateTable(file=file_name)
    head = rows[0][1]
    if _is_ecb(head):
        if base not in ("", ECB_BASE):
            raise RateUnreadable(file=file_name, row=1, reason="rates of the ECB are for one euro")
        quotes = _ecb_quotes(head, rows[1:], file_name)
        table = RateTable(name or ECB_NAME, source or ECB_SOURCE, ECB_BASE, quotes)
        return ReadRates(table, read.sha256)
    columns = _plain_columns(head)
    if columns is None:
        raise NoRateTable(file=file_name)
    quotes, named = _plain_quotes(columns, rows[1:], file_name)
    if base and named and base != named:
        raise RateUnreadable(file=file_name, row=rows[1][0], reason=f"its rates are for one {named}")
    stem = file_name.rpartition(".")[0] or file_name
    return ReadRates(
        RateTable(name or stem, source or file_name, named or base or ECB_BASE, quotes), read.sha256
    )


# The ECB's: a row for each day, a column for each currency


def _is_ecb(head: Sequence[str]) -> bool:
    codes = [cell for cell in head[1:] if cell]
    return fold_header(head[0]) == "date" and bool(codes) and all(_CODE.fullmatch(code) for code in codes)


def _ecb_quotes(
    head: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], file_name: str
) -> dict[str, tuple[tuple[date, Decimal], ...]]:
    found: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
    for number, row in rows:
        day = _day(row[0], number, file_name)
        for code, cell in zip(head[1:], row[1:], strict=False):
            if code and cell.upper() not in _NOT_QUOTED:
                _keep(found[code], day, _rate(cell, number, file_name), code, number, file_name)
    return _ordered(found, file_name)


# A plain one: a row for each rate


def _plain_columns(head: Sequence[str]) -> dict[str, int] | None:
    names = [fold_header(cell) for cell in head]
    wanted = {"day": _DAY, "currency": _CURRENCY, "rate": _RATE, "base": _BASE}
    places = {
        field: next((names.index(name) for name in spellings if name in names), -1)
        for field, spellings in wanted.items()
    }
    return places if min(places["day"], places["currency"], places["rate"]) >= 0 else None


def _plain_quotes(
    columns: dict[str, int], rows: Iterable[tuple[int, Sequence[str]]], file_name: str
) -> tuple[dict[str, tuple[tuple[date, Decimal], ...]], str]:
    found: defaultdict[str, dict[date, Decimal]] = defaultdict(dict)
    base = ""
    for number, row in rows:
        cells = [*row, *[""] * (max(columns.values()) + 1 - len(row))]
        day = _day(cells[columns["day"]], number, file_name)
        code = _code(cells[columns["currency"]], number, file_name)
        if columns["base"] >= 0:
            named = _code(cells[columns["base"]], number, file_name)
            if base and named != base:
                reason = f"a rate for one {named}, and those before are for one {base}"
                raise RateUnreadable(file=file_name, row=number, reason=reason)
            base = named
        _keep(found[code], day, _rate(cells[columns["rate"]], number, file_name), code, number, file_name)
    quotes = _ordered(found, file_name)
    if base in quotes:
        raise RateUnreadable(file=file_name, row=1, reason=f"{base} is quoted against itself")
    return quotes, base


def _ordered(
    found: dict[str, dict[date, Decimal]], file_name: str
) -> dict[str, tuple[tuple[date, Decimal], ...]]:
    quotes = {code: tuple(sorted(days.items())) for code, days in sorted(found.items()) if days}
    if not quotes:
        raise NoRateTable(file=file_name)
    return quotes


def _keep(
    days: dict[date, Decimal], day: date, value: Decimal, code: str, number: int, file_name: str
) -> None:
    """The same rate twice is harmless; two rates of one day are not."""
    if days.setdefault(day, value) != value:
        reason = f"a second rate of {code} for {day.isoformat()}, {value:f} beside {days[day]:f}"
        raise RateUnreadable(file=file_name, row=number, reason=reason)


def _rate(cell: str, number: int, file_name: str) -> Decimal:
    read = read_amount(cell)
    if read.value is None:
        reason = f"“{cell[:40]}” is not a rate; expected is a number such as 1.0850"
        raise RateUnreadable(file=file_name, row=number, reason=reason)
    if read.value <= 0:
        raise RateUnreadable(file=file_name, row=number, reason=f"a rate of {read.value:f} converts nothing")
    return read.value


def _code(cell: str, number: int, file_name: str) -> str:
    if not _CODE.fullmatch(cell):
        reason = f"“{cell[:40]}” is not the code of a currency, such as USD"
        raise RateUnreadable(file=file_name, row=number, reason=reason)
    return cell


def _day(cell: str, number: int, file_name: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    reason = f"“{cell[:40]}” is not a day; expected is 2025-11-18"
    raise RateUnreadable(file=file_name, row=number, reason=reason)
