"""The works table and its search: what is typed is found in any spelling; pages are whole and in order."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.registers import Stance
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorkFilter, WorkSort, WorksQuery
from artist_console.domain.works import Release, ReleaseTrack, Work, WorkCredit
from artist_console.formats.kinds import Kind
from artist_console.store import journal, projection, search, works
from artist_console.store.opening import Store
from tests.store.conftest import Place
from tests.store.records import (
    PROGRAMME,
    TODAY,
    artist_id,
    artist_rows,
    decide,
    fill,
    hear,
    listed,
    on_work,
    release_id,
    sign_in,
    work_id,
)


def put_titles(store: Store, titles: list[str], **more: Any) -> None:
    sign_in(store, [artist_id(0)])
    made = [
        Work(work_id(0, number), WorkKind.RECORDING, title, (artist_id(0),), **more)
        for number, title in enumerate(titles)
    ]
    hear(store, artist_rows(0, 0) + [(Kind.WORK, work) for work in made])
    projection.refresh(store, TODAY)


def found(store: Store, text: str) -> list[str]:
    return [row.title for row in works.find(store, WorksQuery(text=text, limit=1_000)).rows]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Überfahrt", "uberf"),
        ("Überfahrt", "ÜBER"),
        ("Straße", "strasse"),
        ("Café Noir", "noir cafe"),
        ("Ōkami", "okami"),
        ("おかみ", "かみ"),
        ("ガラス", "ガラ"),
        ("サラス", "サラ"),
        ("유리 날씨", "날씨"),
        ("한글", "한"),
        ("कविता", "विता"),
        ("İstanbul", "istanbul"),
        ('Don\'t "Stop" (Live)', 'don\'t "stop"'),
        ("100 % * Love", "100 %"),
        ("A - B", "-"),
        ("x", "x"),
        ("AND OR NOT", "or not"),
        ("NEAR(a)", "near("),
        ("ﬁne", "fine"),
        ("Salt\tLines", "salt lines"),
    ],
)
def test_a_title_is_found_by_part_of_it_whatever_its_case_and_accents(
    store: Store, title: str, typed: str
) -> None:
    put_titles(store, [title, "Another thing"])
    assert title in found(store, typed)


@pytest.mark.parametrize(
    ("title", "typed"), [("ガラス", "カラ"), ("Salt Lines", "salt  glass"), ("Salt", "lt x")]
)
def test_what_is_not_in_it_is_not_found(store: Store, title: str, typed: str) -> None:
    put_titles(store, [title])
    assert found(store, typed) == []


@pytest.mark.parametrize(
    "typed",
    ["SEABC2500015", "se-abc-25-00015", "SE ABC 25 00015", "seabc 25", "00015", "25-00015", "SE–ABC–25"],
)
def test_an_identifier_is_found_in_any_spelling(store: Store, typed: str) -> None:
    put_titles(store, ["Salt Lines"], identifier="SEABC2500015")
    assert found(store, typed) == ["Salt Lines"]


def test_people_releases_and_other_spellings_lead_to_the_work(store: Store) -> None:
    put_titles(
        store, ["Salt Lines"], aliases=("Linjer av salt",), credits=(WorkCredit("Ilse Moor", "producer"),)
    )
    release = Release(
        release_id(0, 1),
        "Night Ferry",
        (artist_id(0),),
        upc="00012345678905",
        tracks=(ReleaseTrack(work_id(0, 0), 1),),
    )
    hear(store, [(Kind.RELEASE, release)])
    projection.refresh(store, TODAY)
    for typed in ("linjer", "ilse", "night ferry", "lindqvist", "lindqvist ferry", "12345678905"):
        assert found(store, typed) == ["Salt Lines"], typed


def test_a_new_title_is_found_and_the_former_is_not(store: Store) -> None:
    put_titles(store, ["Salt Lines"])
    put_titles(store, ["Glass Weather"])
    assert found(store, "glass") == ["Glass Weather"]
    assert found(store, "salt") == []
    assert found(store, "lt") == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_search_finds_exactly_what_a_look_at_every_text_finds(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    text = st.text(st.sampled_from('aåbÉßカガ한 -"*%_()'), min_size=1, max_size=8)
    titles = data.draw(st.lists(text.filter(lambda t: t.strip()), min_size=1, max_size=6))
    typed = data.draw(text)
    with Place(tmp_path_factory.mktemp("search")).open() as store:
        put_titles(store, titles)
        folded = dict(store.rows("SELECT work_key, folded FROM mirror.text"))
        words = search.fold(typed).split()
        expected = [key for key, held in folded.items() if all(word in held for word in words)]
        condition = search.match(typed)
        where = f"WHERE {condition.sql}" if condition.sql else ""
        rows = store.rows(f"SELECT work_key FROM mirror.work_summary {where}", condition.bindings)
        assert sorted(key for (key,) in rows) == sorted(expected)


@pytest.mark.parametrize("sort", list(WorkSort))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_put_together_are_the_whole_table_in_order(
    store: Store, sort: WorkSort, descending: bool
) -> None:
    fill(store, 2, 30)
    hear(store, [(Kind.INCLUSION, listed(work_id(0, n))) for n in range(0, 30, 4)])
    journal.append(store, [decide(Stance.REFUSE, on_work(0, n)) for n in (2, 3, 4)])
    projection.refresh(store, TODAY)
    query = WorksQuery(sort=sort, descending=descending, limit=7)
    pages = [works.find(store, replace(query, offset=offset)) for offset in range(0, 70, 7)]
    rows = [(row.artist, row.work) for page in pages for row in page.rows]
    assert len(rows) == len(set(rows)) == pages[0].total == 66
    column = works._ORDER[sort]
    keys = [
        store.value(
            f"SELECT {column} FROM mirror.work_summary WHERE artist = :a AND work = :w", {"a": a, "w": w}
        )
        for a, w in rows
    ]
    assert keys == sorted(keys, reverse=descending)
    assert len(set(keys)) > 1 or sort in (WorkSort.EARNED,)


def test_each_filter_shows_as_many_as_it_counts(store: Store) -> None:
    fill(store, 2, 30)
    hear(store, [(Kind.INCLUSION, listed(work_id(0, n))) for n in range(0, 30, 4)])
    journal.append(store, [decide(Stance.REFUSE, on_work(0, n)) for n in (2, 3, 4)])
    projection.refresh(store, TODAY)
    for query in (
        WorksQuery(),
        WorksQuery(artist=artist_id(0)),
        WorksQuery(text="salt"),
        WorksQuery(label="Own label"),
    ):
        counts = works.counts(store, query)
        assert set(counts) == set(WorkFilter)
        for chosen in WorkFilter:
            assert works.find(store, replace(query, filter=chosen)).total == counts[chosen]
    assert works.counts(store, WorksQuery())[WorkFilter.REFUSED] == 3


def test_further_filters_narrow_the_table(store: Store) -> None:
    fill(store, 2, 30)
    hear(store, [(Kind.INCLUSION, listed(work_id(0, n))) for n in range(0, 30, 4)])
    projection.refresh(store, TODAY)

    def total(**more: Any) -> int:
        return works.find(store, WorksQuery(**more)).total

    assert total(programme=PROGRAMME) == 8
    assert total(release=release_id(0, 1)) == 10
    assert (
        total(artist=artist_id(0), missing_identifier=True) == len([n for n in range(30) if n % 7 == 3]) + 3
    )
    assert total(state=InclusionState.SUSPECTED) == 8
    assert total(label="Fieldnote") + total(label="Own label") == 60
    assert works.labels(store) == ("Fieldnote", "Own label")
    assert total(artist=artist_id(1)) == works.count_by_artist(store)[artist_id(1)][0] == 33


def test_the_first_page_of_ten_thousand_is_read_and_not_worked_out(place: Place) -> None:
    with place.open() as store:
        fill(store, 1, 9_000)
        projection.refresh(store, TODAY)
    taken = []
    for _ in range(3):
        with place.open() as store:
            started = perf_counter()
            page = works.find(store, WorksQuery(limit=60))
            taken.append(perf_counter() - started)
    assert (page.total, len(page.rows)) == (9_900, 60)
    assert min(taken) < 0.1


def test_every_work_of_a_query_is_found_however_many_there_are(store: Store) -> None:
    put_titles(store, [f"Song {number}" for number in range(5_203)])
    every = works.find_every(store, WorksQuery(limit=200, offset=400))
    assert len({row.work for row in every}) == 5_203
    assert works.find_every(store, WorksQuery(text="nothing like it")) == ()
