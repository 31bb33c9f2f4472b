"""Twelve months of money as a chart: one series per programme (or kind) and nature, in one currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from artist_console.commands.months import MonthTotal
from artist_console.domain.statements import MoneyNature, exact_sum
from artist_console.ui.charts.values import ChartData, Nature, Series
from artist_console.ui.figures import Figures
from artist_console.ui.text import say

MONTHS = 12
_MOST_SERIES = 5
_OTHER = "other"

_NATURE = {
    MoneyNature.FIXED: Nature.FIXED,
    MoneyNature.COUNTED: Nature.COUNTED,
    MoneyNature.ESTIMATED: Nature.ESTIMATED,
}


def currencies_of(months: Iterable[MonthTotal]) -> tuple[str, ...]:
    """The currencies that were earned in, the one with the most months first."""
    seen: dict[str, set[date]] = {}
    for total in months:
        seen.setdefault(total.currency, set()).add(total.month)
    return tuple(sorted(seen, key=lambda currency: (-len(seen[currency]), currency)))


def last_months(last: date, count: int = MONTHS) -> tuple[date, ...]:
    """First days of `count` months, the last one being the month of `last`."""
    months = []
    year, month = last.year, last.month
    for _ in range(count):
        months.append(date(year, month, 1))
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return tuple(reversed(months))


def month_chart(
    totals: Sequence[MonthTotal], currency: str, last: date, figures: Figures, *, one_series: bool = False
) -> ChartData:
    """The chart of one currency, ending with the month of `last` or the newest month that has money.

    More than five series become "Other". `one_series`: everything is summed, for the small chart of a work.
    """
    own = [t for t in totals if t.currency == currency and t.nature in _NATURE]
    newest = max((t.month for t in own), default=last)
    axis = last_months(newest)
    named: dict[tuple[str, Nature], str] = {}
    for total in own:
        named.setdefault(
            ("", Nature.COUNTED) if one_series else (total.key, _NATURE[total.nature]), total.label
        )
    if one_series:
        named = {key: say("chart", "Earned") for key in named}
    sums = {
        key: tuple(
            exact_sum(
                t.amount
                for t in own
                if t.month == month and (one_series or (t.key, _NATURE[t.nature]) == key)
            )
            for month in axis
        )
        for key in named
    }
    ordered = sorted(named, key=lambda key: (-sum(sums[key], Decimal(0)), named[key]))
    kept, rest = ordered[:_MOST_SERIES], ordered[_MOST_SERIES:]
    if len(rest) == 1:
        kept, rest = ordered, []
    series = [
        Series(f"{key}/{nature.name}", named[key, nature], nature, sums[key, nature]) for key, nature in kept
    ]
    if rest:
        others = tuple(exact_sum(sums[key][at] for key in rest) for at in range(len(axis)))
        series.append(Series(_OTHER, say("chart", "Other"), Nature.COUNTED, others))
    whole = exact_sum(amount for values in sums.values() for amount in values)
    return ChartData(
        tuple(figures.short_month(month) for month in axis),
        tuple(figures.month(month) for month in axis),
        tuple(series),
        lambda amount: figures.money_round(currency, amount),
        _summary(figures, currency, whole, axis),
    )


def _summary(figures: Figures, currency: str, whole: Decimal, axis: Sequence[date]) -> str:
    return say(
        "chart",
        "{money} earned from {first} to {last}.",
        money=figures.money(currency, whole),
        first=figures.month(axis[0]),
        last=figures.month(axis[-1]),
    )
