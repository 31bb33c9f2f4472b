"""A decision is never recorded and not shown: who reads a row finds it in it, however it was recorded."""

from __future__ import annotations

import pytest

from artist_console.domain.work_rows import OwnStance, WorkFilter, WorksQuery
from artist_console.store import journal, projection, shown, works
from artist_console.store.opening import Store
from tests.store.records import TODAY, decide, fill, on_work, work_id


@pytest.fixture
def known(store: Store) -> Store:
    fill(store, 1, 3)
    projection.refresh(store, TODAY)
    return store


def test_every_way_of_reading_rows_shows_what_was_recorded_without_them(known: Store) -> None:
    refused = work_id(0, 1)
    journal.append(known, [decide(subject=on_work(0, 1))])
    row = works.summary(known, refused)
    assert row is not None
    assert (row.own, row.waiting) == (OwnStance.REFUSE, True)

    journal.append(known, [decide(subject=on_work(0, 2))])
    assert works.counts(known, WorksQuery())[WorkFilter.REFUSED] == 2

    journal.append(known, [decide(subject=on_work(0, 0))])
    assert works.find(known, WorksQuery(filter=WorkFilter.REFUSED)).total == 3


def test_rows_that_know_everything_are_read_as_they_are(known: Store) -> None:
    assert not shown.catch_up(known)
    journal.append(known, [decide(subject=on_work(0, 0))])
    assert shown.catch_up(known)
    assert not shown.catch_up(known)
    assert projection.rows_are_current(known, TODAY)


def test_before_anything_was_worked_out_there_is_nothing_to_catch_up_with(store: Store) -> None:
    journal.append(store, [decide()])
    assert not shown.catch_up(store)
