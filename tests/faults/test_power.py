"""Losses of power on the real store; and that a disk which lies about syncing does not go unnoticed."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults import power
from tests.faults.counts import Counts


def test_a_loss_of_power_at_any_moment_takes_nothing_acknowledged_and_tears_nothing(
    counted: Callable[[Counts], Counts],
) -> None:
    counts = counted(power.run(range(power.SHORT), print))
    assert counts.holds, (counts.wrong, counts.seeds)
    assert min(counts.met.values()) >= 15, "every kind of step loses power"


def test_a_disk_that_lies_about_syncing_is_found_out() -> None:
    counts = power.run(range(10), lambda _: None, syncs_lie=True)
    assert counts.wrong
    assert len(counts.seeds) > 5
