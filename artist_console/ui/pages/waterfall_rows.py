"""A waterfall as rows of a chart: what there is at first, what is taken or added, what comes out."""

from __future__ import annotations

from decimal import Decimal

from artist_console.domain.statements import MoneyNature
from artist_console.domain.waterfall import StepForm, Waterfall, WaterfallStep
from artist_console.ui.charts.rows_values import BarRow, RowsData, Span
from artist_console.ui.charts.values import Nature
from artist_console.ui.meanings import sentence
from artist_console.ui.money_words import MoneyWords, telling_money
from artist_console.ui.text import say

# Places of colours: what there is, what is added, what is taken.
_THERE, _ADDED, _TAKEN = 0, 1, 5


def waterfall_rows(waterfall: Waterfall, words: MoneyWords) -> RowsData:
    """Every step with its change; the table also says what is left after it and who says so."""
    rows = []
    before = Decimal(0)
    for step in waterfall.steps:
        rows.append(_row(step, before, waterfall.currency, words))
        before = step.after
    first, last = waterfall.steps[0], waterfall.steps[-1]
    summary = say(
        "chart",
        "From {first} to {last}, in {n} steps.",
        first=_money(words, waterfall.currency, first.amount),
        last=_money(words, waterfall.currency, last.after),
        n=words.figures.number(len(waterfall.steps)),
    )
    headers = (say("chart", "Step"), say("chart", "Change"))
    return RowsData(tuple(rows), headers, summary, are_steps=True)


def _row(step: WaterfallStep, before: Decimal, currency: str, words: MoneyWords) -> BarRow:
    is_total = step.kind in (StepForm.START, StepForm.TOTAL)
    if is_total:
        span = Span(min(Decimal(0), step.after), max(Decimal(0), step.after), Nature.COUNTED, _THERE)
    else:
        place = _ADDED if step.kind is StepForm.UP else _TAKEN
        nature = Nature.ESTIMATED if step.nature is MoneyNature.ESTIMATED else Nature.COUNTED
        span = Span(min(before, step.after), max(before, step.after), nature, place)
    return BarRow(
        step.key,
        sentence(step.words),
        _short(words, currency, step.amount),
        (span,),
        exact=_money(words, currency, step.amount),
        is_total=is_total,
        after=step.after,
        after_words=_money(words, currency, step.after),
        source=step.source,
        spoken=say("chart", "Estimated by a model") if step.nature is MoneyNature.ESTIMATED else "",
    )


def _money(words: MoneyWords, currency: str, amount: Decimal) -> str:
    """As everywhere; a step that would be rounded away is told with all its digits."""
    if not words.exact and amount and not round(amount, words.figures.decimals(currency)):
        return telling_money(words.figures, currency, amount)
    return words.money(currency, amount)


def _short(words: MoneyWords, currency: str, amount: Decimal) -> str:
    """For the chart: what would be rounded away is told to be less than the smallest coin."""
    decimals = words.figures.decimals(currency)
    if amount and not round(amount, decimals):
        smallest = words.figures.money(currency, Decimal(1).scaleb(-decimals))
        return say("chart", "under {amount}", amount=smallest)
    return words.money(currency, amount)
