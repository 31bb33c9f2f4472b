"""Devices, service and a harmful line over real sockets; and that the oracle sees what it is there to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from artist_console.domain.ids import DecisionId
from artist_console.domain.registers import Stance
from tests.faults import over_sockets, truth
from tests.faults.counts import Counts
from tests.faults.proxy import Harm
from tests.store.records import decide, on_work

ENOUGH_OF_EACH = 20


def test_whatever_befalls_the_line_nothing_is_lost_doubled_reordered_or_overruled(
    counted: Callable[[Counts], Counts],
) -> None:
    counts = counted(over_sockets.run(range(over_sockets.SHORT), print))
    assert counts.holds, (counts.wrong, counts.seeds)
    assert {
        harm: counts.met.get(harm.value, 0) for harm in Harm if counts.met.get(harm.value, 0) < ENOUGH_OF_EACH
    } == {}


def a_yes(device: int) -> truth.Made:
    return truth.Made(decide(Stance.ALLOW, on_work(0, 1)), device, frozenset(), None)


def a_no(device: int) -> truth.Made:
    return truth.Made(decide(Stance.REFUSE, on_work(0, 1)), device, frozenset(), None)


def figures(*ledger: truth.Made, made: tuple[truth.Made, ...] = ()) -> dict[str, int]:
    found = truth.Found()
    truth.of_ledger([each.decision for each in ledger], made or ledger, found)
    return dict(found.figures)


def test_the_oracle_sees_a_yes_that_was_given_without_sight_of_a_no() -> None:
    no, yes = a_no(0), a_yes(1)
    assert figures(no, yes) == {"stale_allow": 1}
    assert figures(no, replace(yes, on_screen=frozenset({no.decision.id}))) == {}
    assert figures(yes, no) == {}


def test_the_oracle_sees_a_yes_in_place_of_another_answer_than_its_person_saw() -> None:
    yes = a_yes(0)
    assert figures(replace(yes, shown=DecisionId("another"))) == {"stale_allow": 1}


def test_the_oracle_sees_what_is_doubled_or_out_of_order() -> None:
    one, two = a_no(0), a_no(0)
    assert figures(one, two, one, made=(one, two)) == {"doubled": 1, "reordered": 1}
    assert figures(two, one, made=(one, two)) == {"reordered": 1}
