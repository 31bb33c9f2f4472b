"""Two things timed turn by turn, and the ratio of their medians; or one, against a time that is promised."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Figure:
    """A ratio of one run. `at_most` None: no limit is set, the figure is told."""

    name: str
    ours_s: float
    theirs_s: float
    at_most: float | None
    against: str

    @property
    def ratio(self) -> float:
        return self.ours_s / self.theirs_s

    @property
    def holds(self) -> bool:
        return self.at_most is None or self.ratio <= self.at_most

    @property
    def line(self) -> str:
        limit = f" (at most {self.at_most:g}){'' if self.holds else '  TOO MUCH'}" if self.at_most else ""
        return (
            f"{self.name}: {self.ours_s * 1000:.2f} ms against {self.theirs_s * 1000:.2f} ms"
            f" for {self.against}: {self.ratio:.3g} times{limit}"
        )


class Taken(NamedTuple):
    """Seconds on the clock, and those in which the processor worked for it."""

    clock: float
    processor: float

    @classmethod
    def so_far(cls) -> Taken:
        return cls(perf_counter(), process_time())

    @property
    def since(self) -> Taken:
        now = Taken.so_far()
        return Taken(now.clock - self.clock, now.processor - self.processor)


@dataclass(frozen=True, slots=True)
class Limit:
    """Several runs against a time that is promised. `at_most_s` None: the figure is told.

    By the clock; where others use the computer too, the time of the processor says what it is without them.
    """

    name: str
    taken: Sequence[Taken]
    at_most_s: float | None

    @property
    def clock_s(self) -> float:
        return median([each.clock for each in self.taken])

    @property
    def holds(self) -> bool:
        return self.at_most_s is None or self.clock_s <= self.at_most_s

    @property
    def line(self) -> str:
        limit = ""
        if self.at_most_s is not None:
            limit = f" (at most {self.at_most_s * 1000:g}){'' if self.holds else '  TOO MUCH'}"
        clock = [each.clock for each in self.taken]
        processor = median([each.processor for each in self.taken])
        return (
            f"{self.name}: {self.clock_s * 1000:.1f} ms{limit}, {processor * 1000:.1f} of the processor;"
            f" {min(clock) * 1000:.1f} to {max(clock) * 1000:.1f} in {len(clock)} runs"
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole against what is promised."""

    name: str
    of: int
    whole: int
    at_least: float | None

    @property
    def value(self) -> float:
        return self.of / self.whole if self.whole else 1.0

    @property
    def holds(self) -> bool:
        return self.at_least is None or self.value >= self.at_least

    @property
    def line(self) -> str:
        limit = "" if self.at_least is None else f" (at least {self.at_least:g})"
        return f"{self.name}: {self.value:.4f} ({self.of:,} of {self.whole:,}){limit}" + (
            "" if self.holds else "  TOO LITTLE"
        )


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[list[float], list[float]]:
    """Seconds of each call. Turn by turn, so that whatever else the computer does falls on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for into, call in zip(taken, (ours, theirs), strict=True):
            began = perf_counter()
            call()
            into.append(perf_counter() - began)
    return taken


def median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)
