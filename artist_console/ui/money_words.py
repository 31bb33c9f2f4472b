"""Money and accounting periods in words, as the money screens write them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext

from artist_console.domain.statements import PRECISION
from artist_console.ui.figures import Figures
from artist_console.ui.text import say


class MoneyWords:
    """Writes amounts to the currency's own decimals, or with every digit that the statement has."""

    def __init__(self, figures: Figures, *, exact: bool = False) -> None:
        self.figures = figures
        self.exact = exact

    def money(self, currency: str, amount: Decimal) -> str:
        if not self.exact:
            shown = round(amount, self.figures.decimals(currency))
            # What rounds to nothing has no sign: "-€0.00" says more than is there.
            return self.figures.money(currency, amount if shown else Decimal(0))
        return exact_money(self.figures, currency, amount)


def exact_money(figures: Figures, currency: str, amount: Decimal) -> str:
    """All digits and the code of the currency: "6.900000 EUR"."""
    return say("money", "{amount} {currency}", amount=figures.exact(amount), currency=currency)


def telling_money(figures: Figures, currency: str, amount: Decimal) -> str:
    """As elsewhere, "€6.90", but never rounded: further digits are shown where they say something."""
    with localcontext() as context:
        context.prec = PRECISION
        told = amount.normalize()
    if -int(told.as_tuple().exponent) <= figures.decimals(currency):
        return figures.money(currency, amount)
    return exact_money(figures, currency, told)


def period_words(figures: Figures, since: date, until: date) -> str:
    """August 2026; July to September 2026; December 2025 to February 2026; else both days."""
    if since.day != 1 or (until + timedelta(days=1)).day != 1:
        return say("period", "{since} to {until}", since=figures.day(since), until=figures.day(until))
    if (since.year, since.month) == (until.year, until.month):
        return figures.month(since)
    if since.year == until.year:
        return say(
            "period", "{since} to {until}", since=figures.month_name(since), until=figures.month(until)
        )
    return say("period", "{since} to {until}", since=figures.month(since), until=figures.month(until))
