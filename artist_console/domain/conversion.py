"""Approximations in another currency: by a rate table that somebody named, at a day that is told with them.

An approximation is for reading. It is no amount: nothing keeps it, nothing adds it to lines, and it never
stands without "≈", its rates, their source and their day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import cached_property

from .currencies import decimals_of, is_currency
from .phrases import Sentence, day_in_words, say
from .statements import PRECISION, exact_sum

APPROXIMATELY = "≈"
# Tables skip weekends, holidays and, of some authorities, all but one day of a month. A longer gap says that
# the table has stopped quoting a currency, and its last rate is no rate of today.
LONGEST_GAP = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a table's base came to in `currency` on a day."""

    currency: str
    value: Decimal  # above zero
    day: date


@dataclass(frozen=True)
class RateTable:
    """Daily rates of one source against one base currency; days of each currency ascend."""

    name: str
    source: str  # who states the rates
    base: str
    quotes: Mapping[str, tuple[tuple[date, Decimal], ...]] = field(repr=False)

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """All that it can convert between, the base with them."""
        return tuple(sorted({self.base, *self.quotes}))

    @cached_property
    def first_day(self) -> date:
        return min(days[0][0] for days in self.quotes.values())

    @cached_property
    def last_day(self) -> date:
        return max(days[-1][0] for days in self.quotes.values())

    def rate(self, currency: str, day: date) -> Rate | None:
        """Of the day, else the last one before; None where there is none, or none for a long time."""
        if currency == self.base:
            return Rate(currency, Decimal(1), day)
        quoted = self.quotes.get(currency, ())
        place = bisect_right(quoted, day, key=lambda quote: quote[0])
        if not place:
            return None
        found, value = quoted[place - 1]
        return Rate(currency, value, found) if day - found <= LONGEST_GAP else None


@dataclass(frozen=True, slots=True)
class Approximation:
    """What an amount comes to in another currency, about. No rate is named where nothing was converted."""

    amount: Decimal  # as stated ...
    currency: str  # ... in this
    into: str
    about: Decimal | None  # rounded half-even to the smallest unit of `into`; None: there is no rate
    rates: tuple[Rate, ...] = ()  # against the base of the table; one or, across the base, two
    why_not: Sentence | None = None

    @property
    def is_exact(self) -> bool:
        """Nothing was converted: it is the amount itself."""
        return self.currency == self.into


@dataclass(frozen=True, slots=True)
class ApproximateTotal:
    """Amounts of several currencies together, about; partial where one of them has no rate."""

    into: str
    about: Decimal | None  # None: none of them could be converted; exact where `is_exact`
    parts: tuple[Approximation, ...]  # in the order in which they were given
    table: str
    source: str
    base: str
    day: date  # that was asked for; each rate names its own

    @property
    def is_partial(self) -> bool:
        return any(part.about is None for part in self.parts)

    @property
    def is_exact(self) -> bool:
        """All of it is stated in `into`."""
        return all(part.is_exact for part in self.parts)

    @property
    def basis(self) -> tuple[Sentence, ...]:
        """The rates that were used, each with its day."""
        used = {rate.currency: rate for part in self.parts for rate in part.rates}
        return tuple(
            say(
                "1 {base} = {rate} {currency} on {day}",
                base=self.base,
                rate=format(rate.value, "f"),
                currency=rate.currency,
                day=day_in_words(rate.day),
            )
            for _, rate in sorted(used.items())
        )


def approximate(
    amounts: Iterable[tuple[str, Decimal]], into: str, table: RateTable, day: date
) -> ApproximateTotal:
    """What amounts come to in `into` at the rates of a day, by way of the table's base.

    Each part is rounded for itself; the total is added up before it is rounded, once.
    """
    unrounded: list[Decimal] = []
    parts = []
    for currency, amount in amounts:
        part, exact = _part(currency, amount, into, table, day)
        parts.append(part)
        if exact is not None:
            unrounded.append(exact)
    about = exact_sum(unrounded) if unrounded or not parts else None
    if about is not None and any(not part.is_exact for part in parts):
        about = _rounded(about, into)
    return ApproximateTotal(into, about, tuple(parts), table.name, table.source, table.base, day)


def _part(
    currency: str, amount: Decimal, into: str, table: RateTable, day: date
) -> tuple[Approximation, Decimal | None]:
    if currency == into:
        return Approximation(amount, currency, into, amount), amount
    rates = []
    for code in (currency, into):
        rate = table.rate(code, day)
        if rate is None:
            return Approximation(amount, currency, into, None, why_not=_why_not(code, table, day)), None
        rates.append(rate)
    of, to = rates
    with localcontext() as context:
        context.prec = PRECISION
        exact = amount * to.value / of.value
    named = tuple(rate for rate in rates if rate.currency != table.base)
    return Approximation(amount, currency, into, _rounded(exact, into), named), exact


def _rounded(amount: Decimal, currency: str) -> Decimal:
    with localcontext() as context:
        context.prec = PRECISION
        return amount.quantize(Decimal(1).scaleb(-decimals_of(currency)), rounding=ROUND_HALF_EVEN)


def _why_not(currency: str, table: RateTable, day: date) -> Sentence:
    known = table.quotes.get(currency, ())
    if not known:
        return say("{table} has no rate of {currency}.", table=table.name, currency=currency)
    if known[0][0] > day:
        return say(
            "{table} has rates of {currency} from {day} only.",
            table=table.name,
            currency=currency,
            day=day_in_words(known[0][0]),
        )
    last = max(quoted for quoted, _ in known if quoted <= day)
    return say(
        "{table} has no rate of {currency} for {wanted}; the last one before is of {day}.",
        table=table.name,
        currency=currency,
        wanted=day_in_words(day),
        day=day_in_words(last),
    )


def can_convert_into(table: RateTable, currency: str) -> bool:
    """Whether it is money that can be paid, and the table quotes it."""
    return is_currency(currency) and (currency == table.base or currency in table.quotes)
