"""After any answers, findings put aside, notes and statements: the tables are what all at once gives."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.commands.console import Console
from artist_console.commands.findings import dismiss_finding, list_findings, restore_finding
from artist_console.commands.hits import Verdict, answer_hits, list_hits
from artist_console.commands.removals import list_removals, mark_removal
from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId
from artist_console.domain.inclusion import (
    DatasetVersion,
    Evidence,
    InclusionStatement,
    ListedRow,
    MatchBand,
    ModelVersion,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.registers import Stance
from artist_console.domain.removal_steps import RemovalStep
from artist_console.domain.work_rows import WorksQuery
from artist_console.formats.kinds import Kind
from artist_console.host.paths import ProfileFolder
from artist_console.store import inclusions, journal, projection, summary_rows, works
from artist_console.store.opening import Part, Store
from tests.store.conftest import Place
from tests.store.records import (
    DATASET,
    NOW,
    OPERATOR,
    PROGRAMME,
    TODAY,
    artist_id,
    decide,
    fill,
    hear,
    listed,
    on_work,
    work_id,
)

SET, MODEL = DatasetVersionId("set"), ModelVersionId("model")
PLACES: list[tuple[Kind, Any]] = [
    (Kind.DATASET, DatasetVersion(SET, "Nordic", "3", "Harmonia Lab", OPERATOR, PROGRAMME)),
    (Kind.MODEL, ModelVersion(MODEL, "Big", "1", OPERATOR, PROGRAMME, (SET,))),
]
_numbers = itertools.count()


def a_hit(work: int, band: MatchBand, key: str, number: int) -> InclusionStatement:
    evidence = Evidence("open.csv", row=number, listed=ListedRow("Salt", "Mara", band, key))
    return replace(listed(work_id(work % 2, work), number), evidence=evidence, programme=None)


def a_statement(work: int, state: InclusionState, day: int, in_model: bool) -> InclusionStatement:
    said = listed(work_id(work % 2, work))
    return replace(
        said,
        id=FactId(f"said-{next(_numbers)}"),
        state=state,
        as_of=date(2025, 9, 1) + timedelta(days=day),
        grade=EvidenceGrade.OPERATOR_STATED,
        evidence=Evidence("manifest"),
        dataset=None if in_model else SET,
        model=MODEL if in_model else None,
    )


works_of_both = st.integers(0, 4)
steps = st.one_of(
    st.tuples(
        st.just("hear"),
        st.builds(a_hit, works_of_both, st.sampled_from(MatchBand), st.sampled_from("kl"), st.integers(1, 4)),
    ),
    st.tuples(
        st.just("hear"),
        st.builds(
            a_statement, works_of_both, st.sampled_from(InclusionState), st.integers(0, 50), st.booleans()
        ),
    ),
    st.tuples(
        st.just("answer"),
        st.tuples(st.integers(0, 99), st.sampled_from([*Verdict, None]), st.booleans()),
    ),
    st.tuples(st.just("dismiss"), st.integers(0, 99)),
    st.tuples(st.just("restore"), st.integers(0, 99)),
    st.tuples(
        st.just("mark"),
        st.tuples(st.integers(0, 99), st.sampled_from(list(RemovalStep)[1:]), st.integers(0, 60)),
    ),
    st.tuples(st.just("refuse"), works_of_both),
    st.tuples(st.just("look"), st.none()),
)


def a_console(store: Store, place: Place) -> Console:
    def no_key() -> Any:
        raise AssertionError("nothing is signed here")

    ids = itertools.count()
    return Console(
        store, None, lambda: NOW, lambda: f"id-{next(ids):06}", ProfileFolder(place.folder), no_key
    )


def take(console: Console, kind: str, value: Any) -> None:
    store = console.store
    if kind == "hear":
        hear(store, [(Kind.INCLUSION, value)])
    elif kind == "answer":
        number, verdict, alike = value
        ids = [r.statement for g in list_hits(console) for each in g.lists for r in each.rows]
        if ids:
            answer_hits(console, [ids[number % len(ids)]], verdict, alike)
    elif kind in ("dismiss", "restore"):
        found = list_findings(console, dismissed=kind == "restore")
        if found:
            act = dismiss_finding if kind == "dismiss" else restore_finding
            act(console, found[value % len(found)].finding.id)
    elif kind == "mark":
        number, step, back = value
        cases = list_removals(console)
        if cases:
            mark_removal(console, cases[number % len(cases)].id, step, TODAY - timedelta(days=back))
    elif kind == "refuse":
        journal.append(store, [decide(Stance.REFUSE, on_work(value % 2, value), artist_id(value % 2))])
    elif kind == "look":
        projection.refresh(store, TODAY)


def shown(store: Store) -> list[tuple[object, ...]]:
    projection.refresh(store, TODAY)
    summaries = works.find(store, WorksQuery(limit=1_000)).rows
    return [
        *sorted((s.artist, s.work, repr(s)) for s in summaries),
        *sorted(store.rows("SELECT work, artist, finding, where_rank FROM mirror.work_summary")),
        *[(f.id, repr(f)) for f in projection.findings(store, dismissed=True)],
        *[(f.id,) for f in projection.findings(store)],
        *sorted((repr(w),) for w in projection.waiting_items(store)),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=3, max_size=14))
def test_bit_by_bit_gives_what_all_at_once_gives(
    tmp_path_factory: pytest.TempPathFactory, what: list[tuple[str, Any]]
) -> None:
    place = Place(tmp_path_factory.mktemp("bits"))
    with place.open() as store:
        fill(store, 2, 5)
        hear(store, PLACES)
        console = a_console(store, place)
        projection.refresh(store, TODAY)
        for kind, value in what:
            take(console, kind, value)
        before = shown(store)
        with store.transaction(Part.MIRROR):
            for table in ("work_summary", "finding", "waiting"):
                store.run(f"DELETE FROM mirror.{table}")
            store.run("DELETE FROM mirror.meta WHERE name = 'projected'")
        assert shown(store) == before


def test_an_answer_works_out_only_the_work_that_it_is_about(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path_factory.mktemp("one"))
    with place.open() as store:
        fill(store, 2, 20)
        hear(store, [(Kind.INCLUSION, a_hit(n, MatchBand.KEY, "k", 1)) for n in range(20)])
        console = a_console(store, place)
        projection.refresh(store, TODAY)
        asked: list[object] = []
        real = summary_rows.work_out

        def noted(sight: Any, works: Any, **more: Any) -> Any:
            asked.append(works)
            return real(sight, works, **more)

        monkeypatch.setattr(summary_rows, "work_out", noted)
        said = a_hit(7, MatchBand.KEY, "k", 1)
        answer_hits(console, [said.id], Verdict.REFUSED)
        assert asked == [{said.work}]
        projection.refresh(store, TODAY)
        assert asked[1:] == [{said.work}], "its finding went, and with it the name on its row alone"


def test_hits_of_a_list_are_read_once_however_often_they_are_counted(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = Place(tmp_path_factory.mktemp("kept"))
    with place.open() as store:
        fill(store, 1, 5)
        hear(store, [(Kind.INCLUSION, a_hit(0, MatchBand.CHECK, "k", 1))])
        assert inclusions.all(store) == ()
        assert inclusions.all(store) is inclusions.all(store)
        console = a_console(store, place)
        answer_hits(console, [a_hit(0, MatchBand.CHECK, "k", 1).id], Verdict.CONFIRMED)
        (counted,) = inclusions.all(store)
        assert counted.state is InclusionState.IN_DATASET
        assert counted.dataset == DATASET
