"""Rate tables of this profile, and what totals come to in another currency, about.

A table is a private object with the file it was read from; no service is sent it. What is converted is shown
and forgotten: nothing here keeps an approximation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import cast

from artist_console.commands.console import Console, Result
from artist_console.domain.changes import Changes
from artist_console.domain.conversion import ApproximateTotal, RateTable, approximate, can_convert_into
from artist_console.domain.currencies import is_currency
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats.rate_table import read_rate_table
from artist_console.host.files import read_bounded
from artist_console.store import private
from artist_console.store.private import Change, PrivateKind

_MOST_BYTES = 30_000_000  # the ECB's history since 1999 has less than one

# What most people here account in, first in a list to choose from; every other one a table has follows.
_OFTEN = ("EUR", "USD", "GBP", "JPY", "SEK", "CHF")


class NoRates(InputProblem):
    title_template = "No rate table is here, so nothing can be converted"
    advice_template = (
        "Download eurofxref-hist.zip from the European Central Bank and add it: artist-console rates add FILE"
    )


class CannotConvert(InputProblem):
    title_template = "{table} cannot convert into {currency}"
    advice_template = "It knows {known}"


@dataclass(frozen=True, slots=True)
class KeptRates:
    """A rate table as it is kept; its file lies beside it under its hash."""

    id: str
    name: str
    source: str  # who states the rates
    base: str
    first_day: date
    last_day: date
    currencies: tuple[str, ...]  # that it quotes, the base with them
    file_name: str
    sha256: str
    added_at: datetime


def tables(console: Console) -> tuple[KeptRates, ...]:
    """The rate tables here, those with the latest rates first."""
    found = private.all(console.store, PrivateKind.RATE_TABLE, KeptRates)
    return tuple(sorted(found, key=lambda kept: (-kept.last_day.toordinal(), kept.name.casefold(), kept.id)))


def add_table(
    console: Console, path: Path, name: str = "", source: str = "", base: str = ""
) -> Result[KeptRates]:
    """Keep a rate table. A newer file of the same name and source takes the place of the former one.

    Raises FileProblem, NoRateTable, RateUnreadable, or InputProblem where the file is damaged or too large.
    """
    data = read_bounded(path, _MOST_BYTES)
    read = read_rate_table(data, path.name, name, source, base)
    table, store, at = read.table, console.store, console.clock()
    private.attach(store, path.name, data, at)
    kept = KeptRates(
        id=read.sha256[:32],
        name=table.name,
        source=table.source,
        base=table.base,
        first_day=table.first_day,
        last_day=table.last_day,
        currencies=table.currencies,
        file_name=path.name,
        sha256=read.sha256,
        added_at=at,
    )
    former = [
        each
        for each in tables(console)
        if (each.name, each.source, each.base) == (kept.name, kept.source, kept.base) and each.id != kept.id
    ]
    change = Change(PrivateKind.RATE_TABLE, [kept], [each.id for each in former])
    private.exchange(store, "", [change], at)
    for each in former:
        private.drop_unnamed(store, each.sha256)
    return Result(kept, Changes.NONE)


def remove_table(console: Console, id: str) -> Result[KeptRates]:
    """Forget a rate table and its file. Raises UnknownThing."""
    kept = table_of(console, id)
    private.remove(console.store, PrivateKind.RATE_TABLE, kept.id)
    private.drop_unnamed(console.store, kept.sha256)
    return Result(kept, Changes.NONE)


def table_of(console: Console, text: str = "") -> KeptRates:
    """A table by its id or name, or a part of them that fits one; without a text, that with the latest rates.

    Raises NoRates, UnknownThing, or InputProblem where several fit.
    """
    known = tables(console)
    if not known:
        raise NoRates
    if not text:
        return known[0]
    wanted = text.casefold()
    exact = [kept for kept in known if text == kept.id or kept.name.casefold() == wanted]
    found = exact or [kept for kept in known if kept.id.startswith(text) or wanted in kept.name.casefold()]
    if not found:
        names = ", ".join(kept.name for kept in known)
        raise UnknownThing("No rate table “{text}” is here", "There is: {names}", text=text, names=names)
    if len(found) > 1:
        raise InputProblem(
            "“{text}” fits several rate tables: {names}",
            "Name one by its id",
            text=text,
            names=", ".join(f"{kept.name} ({kept.id[:8]})" for kept in found),
        )
    return found[0]


def rates(console: Console, kept: KeptRates) -> RateTable:
    """The rates of a table, read from its file. Raises UnknownThing where the file is gone."""
    store = console.store
    name = f"rate table {kept.id}"
    held = store.cached(name, kept)
    if held is not None:
        return cast(RateTable, held)
    data = private.attached_bytes(store, kept.sha256)
    if data is None:
        raise UnknownThing("The file of {table} is not here any more", "Add it again", table=kept.name)
    read = read_rate_table(data, kept.file_name, kept.name, kept.source, kept.base)
    return store.keep(name, kept, read.table)


def currencies_of(kept: KeptRates) -> tuple[str, ...]:
    """What one can convert into, those first that are asked for most."""
    shown = [code for code in kept.currencies if is_currency(code)]
    return tuple(
        sorted(shown, key=lambda code: (_OFTEN.index(code) if code in _OFTEN else len(_OFTEN), code))
    )


def convert(
    console: Console,
    amounts: Iterable[tuple[str, Decimal]],
    into: str,
    table: str = "",
    day: date | None = None,
) -> ApproximateTotal:
    """What amounts come to in another currency, about, at the rates of a day.

    `table` as `table_of` takes it; `day`: today, or the last day of the table where that is earlier. Raises
    NoRates, CannotConvert, UnknownThing.
    """
    kept = table_of(console, table)
    held = rates(console, kept)
    if not can_convert_into(held, into):
        known = ", ".join(currencies_of(kept))
        raise CannotConvert(table=kept.name, currency=into, known=known)
    return approximate(amounts, into, held, day or min(console.today, kept.last_day))
