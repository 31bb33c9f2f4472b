"""Money by month as chart data: any span of months, one currency, with the range of every estimate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from artist_console.commands.earnings import EstimateRange, MonthTotal
from artist_console.domain.statements import MoneyNature, exact_sum
from artist_console.ui.charts.values import ChartData, Nature, Series
from artist_console.ui.figures import Figures
from artist_console.ui.money_words import MoneyWords
from artist_console.ui.text import say

_YEAR = 12

_NATURE = {
    MoneyNature.FIXED: Nature.FIXED,
    MoneyNature.COUNTED: Nature.COUNTED,
    MoneyNature.ESTIMATED: Nature.ESTIMATED,
}


def months_between(first: date, last: date) -> tuple[date, ...]:
    """First days of the months from one to the other, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
        for n in range(max(count, 0))
    )


def earnings_chart(
    totals: Sequence[MonthTotal],
    ranges: Sequence[EstimateRange],
    currency: str,
    axis: Sequence[date],
    words: MoneyWords,
) -> ChartData:
    """One series per heading and nature, the largest first; a month without a line is no figure, not zero."""
    amounts: defaultdict[tuple[str, MoneyNature], dict[date, Decimal]] = defaultdict(dict)
    names: dict[tuple[str, MoneyNature], str] = {}
    for total in totals:
        if total.currency == currency and total.nature in _NATURE:
            amounts[total.key, total.nature][total.month] = total.amount
            names[total.key, total.nature] = total.label
    bounds = {(r.key, r.month): (r.low, r.high) for r in ranges if r.currency == currency}
    figures = words.figures
    ordered = sorted(amounts, key=lambda key: (-exact_sum(amounts[key].values()), names[key], key[1].value))
    series = tuple(
        Series(
            f"{key}/{nature.value}",
            names[key, nature],
            _NATURE[nature],
            tuple(amounts[key, nature].get(month) for month in axis),
            tuple(bounds.get((key, month)) for month in axis) if nature is MoneyNature.ESTIMATED else (),
        )
        for key, nature in ordered
    )
    shown = exact_sum(held[m] for held in amounts.values() for m in axis if m in held)
    one_year = len({month.year for month in axis}) == 1
    return ChartData(
        tuple(_label(figures, month, len(axis)) for month in axis),
        tuple(figures.month(month) for month in axis),
        series,
        # With all digits the code would be cut in the table; the heading and the axis name the currency.
        lambda amount: figures.exact(amount) if words.exact else words.money(currency, amount),
        say(
            "chart",
            "{money} earned from {first} to {last}.",
            money=words.money(currency, shown),
            first=figures.month_name(axis[0]) if one_year else figures.month(axis[0]),
            last=figures.month(axis[-1]),
        )
        if axis
        else "",
        lambda amount: figures.money_round(currency, amount),
        frozenset(at for at, month in enumerate(axis) if len(axis) > _YEAR and month.month == 1),
    )


def _label(figures: Figures, month: date, months: int) -> str:
    """Under its bar. Over more than a year, January says which year begins."""
    return str(month.year) if months > _YEAR and month.month == 1 else figures.short_month(month)
