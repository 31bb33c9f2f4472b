"""What a chart shows, as values: Decimal all the way to the pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto

from artist_console.ui.text import isolate, say

SERIES_LIMIT = 5
GRID_LINES = 3
OTHER = "other"

_ZERO = Decimal(0)


class Nature(Enum):
    """Kinds of money that never share one look."""

    FIXED = auto()  # fees, advances
    COUNTED = auto()  # usage that was counted
    ESTIMATED = auto()  # attributed by a model's estimate; hatched


@dataclass(frozen=True, slots=True)
class Series:
    """One series; None is no figure, which is not zero."""

    key: str
    name: str
    nature: Nature
    values: tuple[Decimal | None, ...]
    ranges: tuple[tuple[Decimal, Decimal] | None, ...] = ()  # confidence range of an estimate, per value


def series_words(one: Series) -> str:
    """The name of a series with what kind of money it is, where that is not counted usage."""
    match one.nature:
        case Nature.FIXED:
            return say("chart", "{series} (fixed)", series=isolate(one.name))
        case Nature.ESTIMATED:
            return say("chart", "{series} (estimated)", series=isolate(one.name))
        case Nature.COUNTED:
            return one.name


@dataclass(frozen=True, slots=True)
class ChartData:
    """Series over the same points, in the order of the table."""

    labels: tuple[str, ...]  # short, under the bars: "Nov"
    names: tuple[str, ...]  # as they are spoken: "November 2025"
    series: tuple[Series, ...]
    money: Callable[[Decimal], str]  # an amount in the reader's region
    summary: str = ""  # one sentence that says what the chart says
    axis: Callable[[Decimal], str] | None = None  # round amounts beside the grid lines
    landmarks: frozenset[int] = frozenset()  # points whose label is always written: where a year begins

    @property
    def count(self) -> int:
        return len(self.labels)

    def total(self, point: int) -> Decimal:
        """The sum at a point; exact."""
        return sum((one.values[point] or _ZERO for one in self.series), _ZERO)

    def highest(self) -> Decimal:
        """Of what stands above zero at any point."""
        return max((self._side(point, positive=True) for point in range(self.count)), default=_ZERO)

    def lowest(self) -> Decimal:
        """Of what stands below zero at any point: zero, or what was taken back."""
        return min((self._side(point, positive=False) for point in range(self.count)), default=_ZERO)

    def _side(self, point: int, *, positive: bool) -> Decimal:
        values = (one.values[point] or _ZERO for one in self.series)
        return sum((value for value in values if (value > 0) is positive), _ZERO)

    @property
    def is_empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of the table of a chart: words, and what stands under them."""

    words: str
    second: str = ""
    is_money: bool = True


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a chart as a table, on the screen and on paper: the first column names the row."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Figure, ...], ...]


def table_of(data: ChartData) -> ChartTable:
    """A row per point, a column per series, the sum at the end."""
    return ChartTable(
        (say("chart", "Month"), *(series_words(one) for one in data.series), say("chart", "Sum")),
        tuple(
            (
                Figure(data.names[point], is_money=False),
                *(_figure(data, one, point) for one in data.series),
                Figure(data.money(data.total(point))),
            )
            for point in range(data.count)
        ),
    )


def _figure(data: ChartData, one: Series, point: int) -> Figure:
    value = one.values[point]
    if value is None:
        return Figure("–")
    bounds = one.ranges[point] if point < len(one.ranges) else None
    if one.nature is not Nature.ESTIMATED or bounds is None:
        return Figure(data.money(value))
    low, high = data.money(bounds[0]), data.money(bounds[1])
    return Figure(data.money(value), say("chart", "{low} to {high}", low=low, high=high))


def with_other(data: ChartData) -> ChartData:
    """At most five series and "Other" for what the rest adds up to."""
    if len(data.series) <= SERIES_LIMIT:
        return data
    kept, rest = data.series[:SERIES_LIMIT], data.series[SERIES_LIMIT:]
    values = tuple(_sum_at(rest, point) for point in range(data.count))
    # A sum with an estimate in it is an estimate.
    nature = next(
        (n for n in (Nature.ESTIMATED, Nature.COUNTED) if any(s.nature is n for s in rest)), Nature.FIXED
    )
    other = Series(OTHER, say("chart", "Other"), nature, values)
    return replace(data, series=(*kept, other))


def _sum_at(series: Sequence[Series], point: int) -> Decimal | None:
    found = [one.values[point] for one in series]
    known = [value for value in found if value is not None]
    return sum(known, _ZERO) if known else None


def axis_steps(highest: Decimal, lowest: Decimal = _ZERO) -> tuple[Decimal, ...]:
    """Zero and at most three round figures above it, the last not below `highest`.

    Where more was taken back than earned, round figures below zero that are not below `lowest`.
    """
    if highest <= 0 and lowest >= 0:
        return (_ZERO, Decimal(1))
    least = max(highest, -lowest) / GRID_LINES
    unit = Decimal(1).scaleb(least.adjusted())
    step = next(
        unit * Decimal(factor) for factor in ("1", "2", "2.5", "5", "10") if unit * Decimal(factor) >= least
    )
    steps = [_ZERO]
    while steps[-1] < highest:
        steps.append(steps[-1] + step)
    while steps[0] - step >= lowest:
        steps.insert(0, steps[0] - step)
    return tuple(steps)


def spoken_point(data: ChartData, point: int) -> str:
    """One bar in words: its name, its total, and its parts with the range of an estimate."""
    parts = []
    for one in data.series:
        value = one.values[point]
        if value is None:
            continue
        bounds = one.ranges[point] if point < len(one.ranges) else None
        if one.nature is Nature.ESTIMATED and bounds is not None:
            low, high = data.money(bounds[0]), data.money(bounds[1])
            parts.append(
                say(
                    "chart",
                    "{series}: {amount}, estimated, between {low} and {high}",
                    series=one.name,
                    amount=data.money(value),
                    low=low,
                    high=high,
                )
            )
        elif one.nature is Nature.ESTIMATED:
            amount = data.money(value)
            parts.append(say("chart", "{series}: {amount}, estimated", series=one.name, amount=amount))
        else:
            parts.append(say("chart", "{series}: {amount}", series=one.name, amount=data.money(value)))
    head = say("chart", "{point}: {amount}", point=data.names[point], amount=data.money(data.total(point)))
    return "\n".join([head, *parts]) if _adds(data) else head


def _adds(data: ChartData) -> bool:
    """Whether the parts say more than the total does."""
    return len(data.series) > 1 or any(one.nature is Nature.ESTIMATED for one in data.series)
