"""What a chart of rows shows: one amount a row, or the steps that lead from one amount to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from artist_console.ui.charts.values import ChartTable, Figure, Nature
from artist_console.ui.text import say

_ZERO = Decimal(0)
# From so many times the next smaller one on, an amount is drawn cut off: else all others would vanish.
CUT_FROM = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a bar, from one amount to another; `place` is its colour among the series."""

    start: Decimal
    end: Decimal
    nature: Nature
    place: int = 0


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row: its name, its figure, and the bar beside it."""

    key: str
    name: str
    figure: str  # in the reader's region, with its sign
    spans: tuple[Span, ...]
    detail: str = ""  # under the name
    range: tuple[Decimal, Decimal] | None = None  # between what an estimate lies
    range_words: str = ""
    is_total: bool = False
    after: Decimal | None = None  # what is left after a step, where the rows are steps
    after_words: str = ""
    source: str = ""  # who says so
    exact: str = ""  # the figure where `figure` is too short to tell it: for the table, and when spoken
    spoken: str = ""  # what is said beyond name and figure

    @property
    def told(self) -> str:
        """The figure with every digit that says something."""
        return self.exact or self.figure


@dataclass(frozen=True, slots=True)
class RowsData:
    """Rows in the order of the table."""

    rows: tuple[BarRow, ...]
    headers: tuple[str, str]  # over the names and over the figures
    summary: str = ""
    series: tuple[tuple[int, str, Nature], ...] = ()  # for the legend: place of the colour, name, look
    are_steps: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(row.spans for row in self.rows)


@dataclass(frozen=True, slots=True)
class Scale:
    """From an amount to a part of the width. What reaches beyond `high` is cut off and marked as such."""

    low: Decimal
    high: Decimal

    def part(self, amount: Decimal) -> float:
        """0 at the low end, 1 at the high one: the only place where an amount becomes a float."""
        inside = min(max(amount, self.low), self.high)
        return float((inside - self.low) / (self.high - self.low))

    def is_cut(self, amount: Decimal) -> bool:
        return amount > self.high


def scale_of(data: RowsData) -> Scale:
    """Zero and everything else in sight; steps from a huge pool are cut off so that the rest can be seen."""
    ends = [end for row in data.rows for span in row.spans for end in (span.start, span.end)]
    ends += [end for row in data.rows if row.range is not None for end in row.range]
    low = min([_ZERO, *ends])
    high = max([_ZERO, *ends])
    if data.are_steps:
        # Room behind what is not cut, so that the cut ones are seen to be longer.
        over = _cut_over(data.rows)
        high = over * Decimal("1.3") if over is not None else high
    return Scale(low, high if high > low else low + 1)


def _cut_over(rows: Sequence[BarRow]) -> Decimal | None:
    """The amount below which half of the steps or more lie, where what comes before is far larger."""
    left = [row.after for row in rows if row.after is not None]
    sizes = sorted({amount for amount in left if amount > 0}, reverse=True)
    found = None
    for larger, smaller in pairwise(sizes):
        within = sum(amount <= smaller for amount in left)
        if larger >= smaller * CUT_FROM and within * 2 >= len(left):
            found = smaller
    return found


def table_of_rows(data: RowsData) -> ChartTable:
    """The same figures as a table."""
    headers = [*data.headers]
    if data.are_steps:
        headers += [say("chart", "Left after it"), say("chart", "Who says so")]
    rows = []
    for row in data.rows:
        cells = [Figure(row.name, row.detail, is_money=False), Figure(row.told, row.range_words)]
        if data.are_steps:
            cells += [Figure(row.after_words), Figure(row.source, is_money=False)]
        rows.append(tuple(cells))
    return ChartTable(tuple(headers), tuple(rows))


def spoken_row(data: RowsData, place: int) -> str:
    """A row in words."""
    row = data.rows[place]
    parts = [say("chart", "{name}: {amount}", name=row.name, amount=row.told)]
    if row.range_words:
        parts.append(say("chart", "An estimate, {range}", range=row.range_words))
    if row.after_words and not row.is_total:
        parts.append(say("chart", "{amount} is left", amount=row.after_words))
    if row.spoken:
        parts.append(row.spoken)
    if row.source:
        parts.append(row.source)
    return "\n".join(parts)


def nature_spans(parts: Iterable[tuple[Nature, int, Decimal]]) -> tuple[Span, ...]:
    """Parts of one amount (nature, place of its colour, amount) behind each other; below zero: taken back."""
    up, down = _ZERO, _ZERO
    spans = []
    for nature, place, amount in parts:
        if amount > 0:
            spans.append(Span(up, up + amount, nature, place))
            up += amount
        elif amount < 0:
            spans.append(Span(down + amount, down, nature, place))
            down += amount
    return tuple(spans)
