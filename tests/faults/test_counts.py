"""Counts of the parts of a run come together from several processes."""

from __future__ import annotations

import pickle
from types import MappingProxyType

from tests.faults.counts import Counts


def test_counts_travel_between_processes_and_add_up() -> None:
    one = Counts("a part", runs=3, lost=1, seeds=(7,), met=MappingProxyType({"cut": 2}))
    other = pickle.loads(pickle.dumps(one))
    assert other == one
    both = one + other
    assert (both.runs, both.wrong, both.seeds, both.met) == (6, {"lost": 2}, (7, 7), {"cut": 4})
    assert not both.holds
