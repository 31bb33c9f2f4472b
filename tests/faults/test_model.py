"""Ten thousand schedules of the model; and that it sees the faults of the rules that it shares."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import model
from .counts import Counts
from .mutants import MUTANTS, patched

CHUNK = 1_000
CHUNKS = [range(start, start + CHUNK) for start in range(0, model.SHORT, CHUNK)]
# The mutants of rules that the model shares with the product, and so can show.
SHARED = (
    "last_write_wins",
    "seen_is_ignored",
    "base_is_ignored",
    "seen_by_number_alone",
    "a_stale_no_is_a_conflict",
    "an_act_is_split",
    "taking_back_is_judged_as_a_no",
    "a_holder_overrules_the_artists_no",
    "a_proposal_counts_at_once",
)
ENOUGH = 2_000


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_the_protocol_loses_doubles_reorders_and_overrules_nothing(
    seeds: range, counted: Callable[[Counts], Counts]
) -> None:
    told: list[str] = []
    counts = counted(model.run(seeds, told.append))
    assert counts.holds, "\n".join(told)


@pytest.mark.parametrize("name", SHARED)
def test_the_model_shows_a_broken_rule(name: str) -> None:
    with patched(MUTANTS[name]):
        assert any(model.play(seed).wrong for seed in range(ENOUGH))
