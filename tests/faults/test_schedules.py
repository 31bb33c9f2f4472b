"""A thousand schedules of everything that can go wrong at once, on the real classes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import schedules
from .counts import Counts

CHUNK = 25
CHUNKS = [range(start, start + CHUNK) for start in range(0, schedules.SHORT, CHUNK)]


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_nothing_is_lost_doubled_reordered_overruled_or_stuck(
    seeds: range, counted: Callable[[Counts], Counts]
) -> None:
    told: list[str] = []
    counts = counted(schedules.run(seeds, told.append))
    assert counts.holds, "\n".join(told)


def test_the_same_seed_tells_the_same_story() -> None:
    one, other = (schedules.play(schedules.schedule_of(7)) for _ in range(2))
    assert one.lines == other.lines
    assert one.met == other.met
