"""`kill -9` of either side: what was acknowledged is there, nothing is corrupt, and the queue goes on."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.faults import kills
from tests.faults.counts import Counts


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here, and killed by a signal")
def test_a_kill_of_either_side_takes_nothing_that_was_acknowledged(
    counted: Callable[[Counts], Counts],
) -> None:
    counts = counted(kills.run(range(kills.SHORT), print))
    assert counts.holds, (counts.wrong, counts.seeds)
    assert counts.met == {"client": 20, "service": 20}
