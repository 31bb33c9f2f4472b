"""The tables that are shown follow every change; worked out bit by bit they are what all at once gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import Decision, Outcome
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.registers import ALL_MY_WORKS, Stance, Subject, SubjectKind
from artist_console.domain.uses import Use
from artist_console.domain.work_rows import OwnStance, WorkFilter, WorksQuery
from artist_console.formats.kinds import Kind
from artist_console.store import journal, mirror, projection, works
from artist_console.store.opening import Part, Store
from tests.store.conftest import Place
from tests.store.records import (
    NOW,
    TODAY,
    artist_id,
    decide,
    entries,
    fill,
    hear,
    listed,
    on_work,
    release_id,
    work_id,
    work_rows,
)


def shown(store: Store) -> list[tuple[object, ...]]:
    """Everything that the tables hold, in an order that does not depend on how they came about."""
    projection.refresh(store, TODAY)
    summaries = works.find(store, WorksQuery(limit=100_000)).rows
    return [
        *sorted((s.artist, s.work, repr(s)) for s in summaries),
        *[(f.id, repr(f)) for f in projection.findings(store)],
        *sorted((repr(w),) for w in projection.waiting_items(store)),
        *store.rows("SELECT work_key, folded FROM mirror.text ORDER BY work_key"),
    ]


def worked_out_anew(store: Store) -> list[tuple[object, ...]]:
    with store.transaction(Part.MIRROR):
        for table in ("work_summary", "finding", "waiting", "text", "trigram", "gram"):
            store.run(f"DELETE FROM mirror.{table}")
        store.run("DELETE FROM mirror.meta WHERE name = 'projected'")
    return shown(store)


def on_release(artist: int, number: int) -> Subject:
    return Subject(SubjectKind.RELEASE, release_id(artist, number))


def test_a_decision_shows_at_once_as_waiting(store: Store) -> None:
    fill(store)
    projection.refresh(store, TODAY)
    journal.append(store, [decide(Stance.REFUSE, on_work(0, 3))])
    assert projection.refresh(store, TODAY)
    row = works.summary(store, work_id(0, 3))
    assert row is not None
    assert (row.own, row.waiting, row.refused) == (OwnStance.REFUSE, True, True)
    assert row.outcome is PermissionOutcome.REFUSED
    other = works.summary(store, work_id(0, 4))
    assert other is not None
    assert (other.own, other.waiting) == (OwnStance.FOLLOW, False)
    assert not projection.refresh(store, TODAY)


def test_a_refusal_of_a_release_shows_on_its_works_and_says_where_from(store: Store) -> None:
    fill(store)
    projection.refresh(store, TODAY)
    journal.append(store, [decide(Stance.REFUSE, on_release(0, 1))])
    projection.refresh(store, TODAY)
    counts = works.counts(store, WorksQuery())
    assert counts[WorkFilter.REFUSED] == 10
    row = works.summary(store, work_id(0, 12))
    assert row is not None
    assert row.follows == "Night Ferry 1"


def test_what_another_lane_did_is_seen(place: Place, store: Store) -> None:
    fill(store)
    projection.refresh(store, TODAY)
    with place.open() as other_lane:
        journal.append(other_lane, [decide()])
        projection.refresh(other_lane, TODAY)
    assert works.counts(store, WorksQuery(artist=artist_id(0)))[WorkFilter.REFUSED] == 22
    assert projection.is_current(store, TODAY)


def test_a_crash_between_decision_and_table_is_made_good_at_the_next_start(place: Place) -> None:
    with place.open() as store:
        fill(store)
        projection.refresh(store, TODAY)
        journal.append(store, [decide(Stance.REFUSE, on_work(0, 3))])
    with place.open() as store:
        assert not projection.is_current(store, TODAY)
        projection.refresh(store, TODAY)
        row = works.summary(store, work_id(0, 3))
        assert row is not None
        assert row.own is OwnStance.REFUSE


def test_the_day_is_part_of_what_is_shown(store: Store) -> None:
    fill(store, 1, 3)
    made = decide(Stance.ALLOW, on_work(0, 1))
    hear(store, [(Kind.ENTRY, e) for e in entries([made])])
    projection.refresh(store, TODAY)
    assert not projection.refresh(store, TODAY)
    assert projection.refresh(store, TODAY + timedelta(days=1))


def test_an_inclusion_reaches_the_work_that_it_is_about(store: Store) -> None:
    fill(store)
    projection.refresh(store, TODAY)
    hear(store, [(Kind.INCLUSION, listed(work_id(0, 5)))])
    projection.refresh(store, TODAY)
    row = works.summary(store, work_id(0, 5))
    assert row is not None
    assert (row.where, row.stated_by) == (InclusionState.SUSPECTED, "Open Songs")
    assert [f.work for f in projection.findings(store)] == [work_id(0, 5)]
    assert works.counts(store, WorksQuery(artist=artist_id(0)))[WorkFilter.FINDINGS] == 1
    hear(store, [], [(Kind.INCLUSION, f"listed-{work_id(0, 5)}-1")])
    projection.refresh(store, TODAY)
    assert projection.findings(store) == ()
    assert works.counts(store, WorksQuery(artist=artist_id(0)))[WorkFilter.FINDINGS] == 0


def test_a_conflict_waits_until_it_is_dealt_with(store: Store) -> None:
    fill(store)
    made = decide(Stance.ALLOW, on_work(0, 1))
    journal.append(store, [made])
    (entry,) = journal.pending(store)
    with store.transaction(Part.JOURNAL):
        journal.record_outcome(
            store, entry, Outcome.CONFLICT, n=None, head=None, receipt=None, words="", at=NOW
        )
    projection.refresh(store, TODAY)
    assert made.id in [item.target for item in projection.waiting_items(store, artist_id(0))]
    assert projection.count_waiting(store)[artist_id(0)] >= 1
    journal.settle(store, made.id, journal.Settled.LEFT, NOW)
    projection.refresh(store, TODAY)
    assert made.id not in [item.target for item in projection.waiting_items(store)]


def test_a_new_work_does_not_take_the_place_of_one_that_is_worked_out_with_it(store: Store) -> None:
    """The new row comes first in order, the one with the highest place is made anew beside it."""
    fill(store, 2, 3)
    projection.refresh(store, TODAY)
    (last,) = store.rows("SELECT artist, work FROM mirror.work_summary ORDER BY key DESC LIMIT 1")
    place = "SELECT key FROM mirror.work_summary WHERE work = :work"
    before = store.value(place, {"work": last[1]})
    hear(store, [*work_rows(0, 7), (Kind.INCLUSION, listed(WorkId(last[1])))])
    projection.refresh(store, TODAY)
    assert works.summary(store, work_id(0, 7)) is not None
    assert store.value(place, {"work": last[1]}) == before


decisions = st.builds(
    decide,
    st.just(Stance.REFUSE),
    st.one_of(
        st.just(ALL_MY_WORKS),
        st.builds(on_work, st.integers(0, 1), st.integers(0, 24)),
        st.builds(on_release, st.integers(0, 1), st.integers(0, 2)),
    ),
    st.builds(artist_id, st.integers(0, 1)),
    use=st.sampled_from([None, Use.TRAIN_GENERATIVE]),
) | st.builds(
    decide,
    st.just(Stance.ALLOW),
    st.builds(on_work, st.integers(0, 1), st.integers(0, 24)),
    st.builds(artist_id, st.integers(0, 1)),
    use=st.sampled_from([Use.TRAIN_GENERATIVE, Use.GEN_COVER]),
)
steps = st.one_of(
    st.tuples(st.just("decide"), decisions),
    st.tuples(st.just("answer"), st.sampled_from([Outcome.ACCEPTED, Outcome.CONFLICT, Outcome.PROPOSED])),
    st.tuples(st.just("list"), st.builds(listed, st.builds(work_id, st.integers(0, 1), st.integers(0, 24)))),
    st.tuples(st.just("feed"), st.none()),
    st.tuples(st.just("add"), st.integers(25, 40)),
    st.tuples(st.just("remove"), st.integers(0, 24)),
    st.tuples(st.just("look"), st.none()),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=2, max_size=8))
def test_bit_by_bit_gives_what_all_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, what: list[tuple[str, object]]
) -> None:
    ledgers: dict[str, list[Decision]] = {}
    with Place(tmp_path_factory.mktemp("bits")).open() as store:
        fill(store, 2, 25)
        projection.refresh(store, TODAY)
        for kind, value in what:
            _take_step(store, kind, value, ledgers)
            if kind == "look":
                projection.refresh(store, TODAY)
        assert shown(store) == worked_out_anew(store)


def _take_step(store: Store, kind: str, value: object, ledgers: dict[str, list[Decision]]) -> None:
    if isinstance(value, Decision):
        journal.append(store, [value])
    elif isinstance(value, Outcome):
        for entry in journal.pending(store, 1):
            artist = entry.decision.register.artist
            done = ledgers.setdefault(artist, [])
            if value is Outcome.ACCEPTED:
                done.append(entry.decision)
            with store.transaction(Part.JOURNAL):
                n = len(done) if value is Outcome.ACCEPTED else None
                journal.record_outcome(store, entry, value, n=n, head=None, receipt=None, words="", at=NOW)
    elif kind == "feed":
        hear(store, [(Kind.ENTRY, e) for done in ledgers.values() for e in entries(done)])
    elif kind == "list":
        hear(store, [(Kind.INCLUSION, value)])
    elif kind == "add":
        assert isinstance(value, int)
        hear(store, work_rows(0, value))
    elif kind == "remove":
        assert isinstance(value, int)
        hear(store, [], [(Kind.WORK, work_id(0, value))])


def test_one_decision_among_a_roster_is_shown_in_a_tenth_of_a_second_and_a_wide_one_in_one(
    store: Store,
) -> None:
    """Far below on a quiet computer; the limits are those of the design, so that a loaded one passes too."""
    fill(store, 14, 115)
    hear(store, [(Kind.INCLUSION, listed(work_id(a, n))) for a in range(14) for n in range(0, 115, 5)])
    projection.refresh(store, TODAY)
    taken = []
    for number in range(5):
        journal.append(store, [decide(Stance.REFUSE, on_work(3, number + 1), artist_id(3))])
        started = perf_counter()
        projection.refresh(store, TODAY)
        taken.append(perf_counter() - started)
    assert min(taken) < 0.1
    journal.append(store, [decide(artist=artist_id(5))])
    started = perf_counter()
    projection.refresh(store, TODAY)
    assert perf_counter() - started < 1.0
    refused = works.counts(store, WorksQuery(artist=artist_id(5)))[WorkFilter.REFUSED]
    assert refused == works.find(store, WorksQuery(artist=artist_id(5))).total


def test_a_store_without_rows_shows_nothing(store: Store) -> None:
    projection.refresh(store, date(2025, 1, 1))
    assert works.find(store, WorksQuery()).total == 0


def test_what_is_said_of_a_merged_work_shows_on_the_one_that_stays(store: Store) -> None:
    fill(store, 1, 3)
    stays = mirror.get(store, Kind.WORK, work_id(0, 1))
    assert stays is not None
    gone = WorkId("merged-away")
    hear(store, [(Kind.WORK, replace(stays, merged_ids=(gone,)))])
    projection.refresh(store, TODAY)
    hear(store, [(Kind.INCLUSION, listed(gone))])
    projection.refresh(store, TODAY)
    row = works.summary(store, stays.id)
    assert row is not None
    assert row.where is InclusionState.SUSPECTED
    journal.append(store, [decide(Stance.REFUSE, Subject(SubjectKind.WORK, gone))])
    projection.refresh(store, TODAY)
    row = works.summary(store, stays.id)
    assert row is not None
    assert row.waiting
    assert shown(store) == worked_out_anew(store)
