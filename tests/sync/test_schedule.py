"""When the next attempt is: never at once, never later than five minutes unless the service asks."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from artist_console.sync.schedule import FIRST_S, LONGEST_ASKED_S, LONGEST_S, next_attempt, wait_s
from tests.store.records import NOW

failures = st.integers(1, 10_000)
chances = st.floats(0, 1, exclude_max=True)


@given(failures, chances)
def test_the_wait_stays_between_a_second_and_five_minutes(count: int, chance: float) -> None:
    assert FIRST_S <= wait_s(count, chance) <= LONGEST_S


@given(failures, chances)
def test_the_longest_possible_wait_grows_with_every_failure(count: int, chance: float) -> None:
    assert wait_s(count, chance) <= wait_s(count + 1, chance)


@given(failures, chances, st.floats(0, 10**9))
def test_the_service_is_given_the_time_it_asks_for_within_an_hour(
    count: int, chance: float, asked: float
) -> None:
    assert wait_s(count, chance, asked) >= min(asked, LONGEST_ASKED_S)
    assert wait_s(count, chance, asked) <= max(LONGEST_S, LONGEST_ASKED_S)


def test_without_a_failure_nothing_is_waited_for() -> None:
    assert wait_s(0, 0.5) == 0.0


def test_attempts_of_many_devices_are_spread() -> None:
    waits = [wait_s(9, chance / 10) for chance in range(10)]
    assert all(later - sooner > 20 for sooner, later in pairwise(waits))


def test_the_instant_follows_from_the_wait() -> None:
    assert next_attempt(NOW, 1, 0.9) == NOW + timedelta(seconds=1)
    assert next_attempt(NOW, 20, 0.0, 60) == NOW + timedelta(seconds=60)
