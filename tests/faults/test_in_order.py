"""A long queue through a harmful line: all of it, once, in its order."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults import in_order
from tests.faults.counts import Counts


def test_five_thousand_decisions_that_waited_are_delivered_in_exactly_their_order(
    counted: Callable[[Counts], Counts],
) -> None:
    counts = counted(in_order.run(range(in_order.SHORT), print))
    assert counts.holds, counts.wrong
    assert counts.met["rounds"] >= 10, "the line did harm on the way"
