"""Amounts, days and months of one region, out of Babel's data of it. `figures` is what the window asks.

Babel and the data of a region take as long to load as a bare window takes to paint, so this module is loaded
when an amount or a day is first written.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol


class Region:
    """Writes amounts and days for one region; an unknown name is the one in `otherwise`."""

    def __init__(self, name: str, otherwise: str) -> None:
        try:
            self._locale = Locale.parse(name or otherwise)
        except (UnknownLocaleError, ValueError):
            self._locale = Locale.parse(otherwise)

    @property
    def own_name(self) -> str:
        """The region in its own words: "svenska (Sverige)"; empty where Babel has none."""
        return self._locale.get_display_name() or ""

    # Money

    def money(self, currency: str, amount: Decimal) -> str:
        """An amount with the currency's own number of decimals: "€1,284.42"."""
        return format_currency(amount, currency, locale=self._locale)

    def money_round(self, currency: str, amount: Decimal) -> str:
        """An amount without its decimals, for an axis: "€1,500"."""
        if amount != amount.to_integral_value():
            return self.money(currency, amount)
        return format_currency(
            amount, currency, locale=self._locale, format=self._whole_money(), currency_digits=False
        )

    def exact(self, amount: Decimal) -> str:
        """All digits of an amount, grouped: for the making of a line."""
        digits = max(-int(amount.as_tuple().exponent), 0)
        return format_decimal(
            amount, format="#,##0." + "0" * digits if digits else "#,##0", locale=self._locale
        )

    def symbol(self, currency: str) -> str:
        return get_currency_symbol(currency, locale=self._locale)

    def decimals(self, currency: str) -> int:
        return get_currency_precision(currency)

    def _whole_money(self) -> str:
        pattern = self._locale.currency_formats["standard"].pattern
        return str(pattern).replace("0.00", "0")

    # Days

    def day(self, when: date) -> str:
        """18 November 2025."""
        return format_date(when, format="d MMMM y", locale=self._locale)

    def short_day(self, day: date, *, with_year: bool) -> str:
        """18 Nov, or 18 Nov 2024."""
        form = "d MMM y" if with_year else "d MMM"
        return self._three_letters(format_date(day, format=form, locale=self._locale))

    def day_and_time(self, when: datetime) -> str:
        """18 November 2025, 14:02, in the zone of this computer."""
        return format_datetime(when.astimezone(), format="d MMMM y, HH:mm", locale=self._locale)

    def time(self, when: datetime) -> str:
        """14:02, in the zone of this computer."""
        return format_time(when.astimezone(), format="HH:mm", locale=self._locale)

    def weekday(self, when: date) -> str:
        return format_date(when, format="EEEE", locale=self._locale)

    def month(self, when: date) -> str:
        """November 2025."""
        return format_date(when, format="LLLL y", locale=self._locale)

    def month_name(self, when: date) -> str:
        """November."""
        return format_date(when, format="LLLL", locale=self._locale)

    def short_month(self, when: date) -> str:
        """Nov."""
        return self._three_letters(format_date(when, format="LLL", locale=self._locale))

    def _three_letters(self, words: str) -> str:
        """British English alone has one short month with four letters: one spelling for all of English."""
        return words.replace("Sept", "Sep") if self._locale.language == "en" else words
