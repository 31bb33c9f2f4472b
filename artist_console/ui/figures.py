"""Money, numbers and dates as the reader's region writes them. Exact decimals, nothing is a float."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from artist_console.ui.text import say

if TYPE_CHECKING:
    from artist_console.ui.regional import Region

DEFAULT_LOCALE = "en_GB"


class Figures:
    """Writes figures for one region. Tables hold it, so another region reaches what they show at once."""

    def __init__(self, locale: str = DEFAULT_LOCALE) -> None:
        self.choose(locale)

    def choose(self, locale: str) -> None:
        """Write for another region from now on; empty is the default."""
        self._name = locale or DEFAULT_LOCALE
        numbers = QLocale(self._name)
        # The "C" locale is what Qt gives for a name that it does not know.
        unknown = numbers.language() is QLocale.Language.C
        self._numbers = QLocale(DEFAULT_LOCALE) if unknown else numbers

    def load(self) -> None:
        """Load what amounts and days are written with, in a moment when nobody waits for it."""
        _region(self._name)

    @property
    def _region(self) -> Region:
        return _region(self._name)

    # Money

    def money(self, currency: str, amount: Decimal) -> str:
        """An amount with the currency's own number of decimals: "€1,284.42"."""
        return self._region.money(currency, amount)

    def money_round(self, currency: str, amount: Decimal) -> str:
        """An amount without its decimals, for an axis: "€1,500"."""
        return self._region.money_round(currency, amount)

    def totals(self, totals: Iterable[tuple[str, Decimal]]) -> str:
        """Totals per currency, one after the other; empty where there is no money."""
        return " · ".join(self.money(currency, amount) for currency, amount in totals)

    def exact(self, amount: Decimal) -> str:
        """All digits of an amount, grouped: for the making of a line."""
        return self._region.exact(amount)

    def symbol(self, currency: str) -> str:
        return self._region.symbol(currency)

    def decimals(self, currency: str) -> int:
        return self._region.decimals(currency)

    # Numbers

    def number(self, number: int) -> str:
        """A count. Qt knows how a region groups digits; amounts are Babel's."""
        return self._numbers.toString(number)

    # Days

    def day(self, when: date | datetime) -> str:
        """18 November 2025."""
        return self._region.day(_day(when))

    def short_day(self, when: date | datetime, today: date) -> str:
        """Today, Yesterday, 18 Nov, and with its year where that is another: 18 Nov 2024."""
        day = _day(when)
        if day == today:
            return say("day", "Today")
        if day == today - timedelta(days=1):
            return say("day", "Yesterday")
        return self._region.short_day(day, with_year=day.year != today.year)

    def day_and_time(self, when: datetime) -> str:
        """18 November 2025, 14:02, in the zone of this computer."""
        return self._region.day_and_time(when)

    def time(self, when: datetime) -> str:
        """14:02, in the zone of this computer."""
        return self._region.time(when)

    def weekday(self, when: date | datetime) -> str:
        return self._region.weekday(_day(when))

    def month(self, when: date) -> str:
        """November 2025."""
        return self._region.month(when)

    def month_name(self, when: date) -> str:
        """November."""
        return self._region.month_name(when)

    def short_month(self, when: date) -> str:
        """Nov."""
        return self._region.short_month(when)


def _day(when: date | datetime) -> date:
    return when.astimezone().date() if isinstance(when, datetime) else when


@lru_cache(maxsize=8)
def _region(name: str) -> Region:
    # Late: a first paint whose rows hold no amount and no day does without.
    from artist_console.ui.regional import Region

    return Region(name, DEFAULT_LOCALE)


def region_name(name: str) -> str:
    """A region in its own words: "svenska (Sverige)"."""
    return _region(name).own_name or name
