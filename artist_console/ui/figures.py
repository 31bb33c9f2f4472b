"""Money, numbers and dates as the reader's region writes them. Exact decimals, nothing is a float."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, get_currency_precision, get_currency_symbol

from artist_console.ui.text import say

DEFAULT_LOCALE = "en_GB"


class Figures:
    """Writes figures for one region. Tables hold it, so another region reaches what they show at once."""

    def __init__(self, locale: str = DEFAULT_LOCALE) -> None:
        self._locale = _locale(locale)

    def choose(self, locale: str) -> None:
        """Write for another region from now on; empty is the default."""
        self._locale = _locale(locale)

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

    def totals(self, totals: Iterable[tuple[str, Decimal]]) -> str:
        """Totals per currency, one after the other; empty where there is no money."""
        return " · ".join(self.money(currency, amount) for currency, amount in totals)

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

    # Numbers

    def number(self, number: int) -> str:
        return format_decimal(number, locale=self._locale)

    # Days

    def day(self, when: date | datetime) -> str:
        """18 November 2025."""
        return format_date(_day(when), format="d MMMM y", locale=self._locale)

    def short_day(self, when: date | datetime, today: date) -> str:
        """Today, Yesterday, 18 Nov, and with its year where that is another: 18 Nov 2024."""
        day = _day(when)
        if day == today:
            return say("day", "Today")
        if day == today - timedelta(days=1):
            return say("day", "Yesterday")
        form = "d MMM" if day.year == today.year else "d MMM y"
        return self._three_letters(format_date(day, format=form, locale=self._locale))

    def day_and_time(self, when: datetime) -> str:
        """18 November 2025, 14:02, in the zone of this computer."""
        return format_datetime(when.astimezone(), format="d MMMM y, HH:mm", locale=self._locale)

    def time(self, when: datetime) -> str:
        """14:02, in the zone of this computer."""
        return format_time(when.astimezone(), format="HH:mm", locale=self._locale)

    def weekday(self, when: date | datetime) -> str:
        return format_date(_day(when), format="EEEE", locale=self._locale)

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


def _day(when: date | datetime) -> date:
    return when.astimezone().date() if isinstance(when, datetime) else when


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name or DEFAULT_LOCALE)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(DEFAULT_LOCALE)


def region_name(name: str) -> str:
    """A region in its own words: "svenska (Sverige)"."""
    return _locale(name).get_display_name() or name
