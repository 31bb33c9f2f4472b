"""Hits in public lists: what counts before and after an answer, in rows, findings, lists and reports."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from artist_console.cli.showing import places
from artist_console.commands import attention, hits, inclusions, lists, works
from artist_console.commands.hits import Verdict, answer_hits, list_hits
from artist_console.commands.report_inside import look_into
from artist_console.commands.report_making import create
from artist_console.commands.reports import open_report
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import FactId, WorkId
from artist_console.domain.inclusion import Evidence, InclusionStatement, MatchBand
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.match_answers import row_of
from artist_console.domain.problems import UnknownThing
from artist_console.domain.work_rows import WorkFilter, WorksQuery
from artist_console.formats.kinds import Kind
from tests.backend.world import HARBOUR, MARA, SALT
from tests.commands.desks import Desk, a_desk
from tests.commands.listed_world import HITS, LISTS, OPEN, OTHER, hit


@pytest.fixture
def listed(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=[*LISTS, *HITS]) as desk:
        yield desk


def listings(desk: Desk) -> set[WorkId | None]:
    return {f.work for f in attention.findings(desk.console) if f.kind is FindingKind.LISTED_PUBLICLY}


def state(desk: Desk, work: WorkId) -> InclusionState:
    return works.summaries_of(desk.console, work)[0].where


def test_the_queue_has_one_group_per_work_the_surest_first(listed: Desk) -> None:
    salt, harbour = list_hits(listed.console)
    assert (salt.work, salt.best, salt.open) == (SALT, MatchBand.KEY, 2)
    assert [(each.name, len(each.rows)) for each in salt.lists] == [("Open Songs 1", 1), ("Other Songs", 1)]
    assert (harbour.work, harbour.best, harbour.open) == (HARBOUR, MatchBand.LIKELY, 2)
    assert "93 of 100" in harbour.lists[0].rows[0].words
    assert list_hits(listed.console, work=HARBOUR, dataset=OTHER)[0].best is MatchBand.CHECK
    assert list_hits(listed.console, artist=MARA) == (salt, harbour)


def test_likely_counts_and_what_is_to_be_checked_does_not(
    listed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    assert listings(listed) == {SALT, HARBOUR}
    (row,) = inclusions.list_inclusions(listed.console, work=HARBOUR)
    assert (row.state, row.is_listing, row.dataset) == (InclusionState.SUSPECTED, True, "Open Songs 1")
    assert row.is_likely_only
    assert "(likely)" in places([row]).text


def test_a_refusal_takes_a_row_out_of_everything_but_the_queue(listed: Desk) -> None:
    done = answer_hits(listed.console, [FactId("hit-likely")], Verdict.REFUSED, note="another band")
    assert done.value.count == 1
    assert listings(listed) == {SALT}
    assert state(listed, HARBOUR) is InclusionState.NOTHING_REPORTED
    assert works.count_works(listed.console, WorksQuery())[WorkFilter.FINDINGS] == 1
    group = list_hits(listed.console, work=HARBOUR)[0]
    (row,) = group.lists[0].rows
    assert row.verdict is Verdict.REFUSED
    assert "not this one" in row.words
    assert "another band" in row.words
    assert group.best is MatchBand.CHECK


def test_a_confirmed_row_says_in_a_dataset_and_who_confirmed_it(listed: Desk) -> None:
    answer_hits(listed.console, [FactId("hit-check")], Verdict.CONFIRMED)
    assert state(listed, HARBOUR) is InclusionState.IN_DATASET
    found = inclusions.list_inclusions(listed.console, work=HARBOUR)
    assert not works.summaries_of(listed.console, HARBOUR)[0].reported, "a listing is no report of use"
    confirmed = next(row for row in found if row.state is InclusionState.IN_DATASET)
    assert confirmed.dataset == "Other Songs"
    assert "confirmed on 1 June 2025" in confirmed.evidence.checked_how
    (finding,) = [f for f in attention.findings(listed.console) if f.work == HARBOUR]
    assert "2 public datasets" in finding.title.text


def test_refused_alike_is_refused_in_every_list_also_in_one_that_comes_later(listed: Desk) -> None:
    done = answer_hits(listed.console, [FactId("hit-key")], Verdict.REFUSED, alike=True)
    assert done.value.count == 2
    assert listings(listed) == {HARBOUR}
    group = list_hits(listed.console, work=SALT)[0]
    assert group.open == 0
    assert all(row.everywhere for each in group.lists for row in each.rows)
    answer_hits(listed.console, [FactId("hit-key")], Verdict.CONFIRMED, alike=True)
    assert {row.verdict for each in list_hits(listed.console, work=SALT)[0].lists for row in each.rows} == {
        Verdict.CONFIRMED
    }


def test_an_answer_about_one_list_leaves_the_other(listed: Desk) -> None:
    answer_hits(listed.console, [FactId("hit-key")], Verdict.REFUSED)
    assert listings(listed) == {SALT, HARBOUR}
    (row,) = [r for r in inclusions.list_inclusions(listed.console, work=SALT) if r.is_listing]
    assert row.dataset == "Other Songs"


def test_an_answer_is_taken_back_also_one_about_every_list(listed: Desk) -> None:
    before = list_hits(listed.console)
    answer_hits(listed.console, [FactId("hit-key")], Verdict.REFUSED, alike=True)
    done = answer_hits(listed.console, [FactId("hit-elsewhere")], None)
    assert done.value.words == "The answer about 2 rows is taken back."
    assert list_hits(listed.console) == before
    assert listings(listed) == {SALT, HARBOUR}


def test_a_row_named_twice_is_counted_once_and_nothing_is_taken_back_twice(listed: Desk) -> None:
    twice = [FactId("hit-key"), FactId("hit-key")]
    done = answer_hits(listed.console, twice, Verdict.CONFIRMED).value
    assert done.count == 1
    assert done.words.startswith("1 row means your work")
    assert answer_hits(listed.console, twice, None).value.count == 1
    nothing = answer_hits(listed.console, twice, None).value
    assert (nothing.count, nothing.words) == (0, "None of these rows had an answer.")


def test_answers_stay_after_a_restart_and_after_everything_was_fetched_anew(listed: Desk) -> None:
    answer_hits(listed.console, [FactId("hit-likely"), FactId("hit-check")], Verdict.REFUSED)
    listed.console.store.close()
    for path in listed.profile.folder.root.glob("mirror.db*"):
        path.unlink()
    listed.console = listed.profile.console()
    listed.sync()
    assert listings(listed) == {SALT}
    assert [g.work for g in list_hits(listed.console, open_only=True)] == [SALT]


def test_only_rows_of_lists_can_be_answered(listed: Desk) -> None:
    for id in ("inc-mara", "nothing"):
        with pytest.raises(UnknownThing):
            answer_hits(listed.console, [FactId(id)], Verdict.REFUSED)


def test_a_hit_that_was_kept_before_rows_were_told_apart_is_like_one_by_title(tmp_path: Path) -> None:
    old = hit("hit-old", work=HARBOUR)
    old = replace(old, evidence=Evidence("open.csv", words="Harbour Lights,Mara"))
    rows = [*LISTS, (Kind.INCLUSION, old)]
    with a_desk(tmp_path / "old", rows=rows) as desk:
        (group,) = list_hits(desk.console)
        assert (group.best, group.lists[0].rows[0].row.title) == (MatchBand.KEY, "Harbour Lights,Mara")
        answer_hits(desk.console, [FactId("hit-old")], Verdict.REFUSED)
        assert listings(desk) == set()


def test_the_card_of_a_list_counts_what_counts(listed: Desk) -> None:
    open_songs, other = lists.list_cards(listed.console)
    assert (open_songs.works, open_songs.hits, open_songs.open) == (2, 2, 2)
    assert [model.name for model in open_songs.documented] == ["Sketch"]
    assert (other.works, other.hits, other.open) == (1, 2, 2)
    answer_hits(listed.console, [FactId("hit-check")], Verdict.CONFIRMED)
    assert lists.list_card(listed.console, OTHER).works == 2
    answer_hits(listed.console, [FactId("hit-key")], Verdict.REFUSED)
    card = lists.list_card(listed.console, OPEN)
    assert (card.works, card.hits, card.open) == (1, 2, 1)


def test_a_report_holds_what_counts_and_no_note(listed: Desk, tmp_path: Path) -> None:
    answer_hits(listed.console, [FactId("hit-likely")], Verdict.REFUSED, note="a private thought")
    path = tmp_path / "r.acreport"
    create(listed.console, path, MARA)
    tables = look_into(open_report(path)).tables
    assert tables is not None
    assert {row.work for row in tables.places} == {SALT}
    with zipfile.ZipFile(path) as package:
        assert all(b"a private thought" not in package.read(name) for name in package.namelist())


def test_a_row_that_bears_the_identifier_and_another_title_says_so(tmp_path: Path) -> None:
    def named(name: str, title: str, band: MatchBand = MatchBand.IDENTIFIER) -> InclusionStatement:
        said = hit(name, band, work=HARBOUR, key=name)
        row = replace(row_of(said), title=title)
        return replace(said, evidence=replace(said.evidence, listed=row))

    said = [
        named("other", "Completely Else"),
        named("same", "HARBOUR LIGHTS (Live)"),
        named("none", ""),
        named("by-title", "Completely Else", MatchBand.KEY),
    ]
    with a_desk(tmp_path / "named", rows=[*LISTS, *((Kind.INCLUSION, each) for each in said)]) as desk:
        (group,) = list_hits(desk.console)
        words = {row.statement: row.words for each in group.lists for row in each.rows}
    assert "The titles differ: the row says “Completely Else”." in words[FactId("other")]
    assert sum("titles differ" in each for each in words.values()) == 1


def test_words_of_every_band_are_told(listed: Desk) -> None:
    assert set(hits.BAND) == set(MatchBand)
