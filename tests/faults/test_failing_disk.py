"""Calls to the disk fail one by one, in a scenario of thirty steps; no step is half done or told wrongly."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults import failing_disk
from tests.faults.counts import Counts


def test_whichever_call_to_the_disk_fails_each_step_is_whole_or_nothing_and_told(
    counted: Callable[[Counts], Counts],
) -> None:
    counts = counted(failing_disk.run(range(failing_disk.SHORT), print))
    assert counts.holds, (counts.wrong, counts.seeds)
    assert set(counts.met) == {"EIO", "ENOSPC", "journal locked", "mirror locked"}
    assert counts.runs > 300
