"""`lists` and `hits list --list`: a list by its name or id, also where two lists bear one name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from artist_console.cli.arguments import parse
from artist_console.cli.hits import run_list, run_lists
from artist_console.cli.lookups import SeveralFit
from artist_console.cli.output import as_json
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.problems import UnknownThing
from artist_console.formats.kinds import Kind
from tests.commands.desks import Desk, a_desk
from tests.commands.listed_world import HITS, LISTS, OTHER, hit

TWIN = DatasetVersionId("list-twin")
OTHER_SONGS = next(row for kind, row in LISTS if kind is Kind.DATASET and row.id == OTHER)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    twin = (Kind.DATASET, replace(OTHER_SONGS, id=TWIN, publisher="Somebody else", rows=13_874))
    of_twin = (Kind.INCLUSION, hit("hit-twin", dataset=TWIN))
    with a_desk(tmp_path / "mara", rows=[*LISTS, *HITS, twin, of_twin]) as made:
        yield made


def lists_of(desk: Desk, dataset: str) -> set[str]:
    """Ids of the lists whose rows are shown."""
    facts: Any = json.loads(as_json(run_list(desk.console, parse(["hits", "list", "--list", dataset])).facts))
    return {each["dataset"] for group in facts["hits"] for each in group["lists"]}


def test_each_of_two_lists_of_one_name_is_reached_by_its_id(desk: Desk) -> None:
    assert lists_of(desk, TWIN) == {TWIN}
    assert lists_of(desk, OTHER) == {OTHER}
    assert lists_of(desk, "list-open") == {"list-open"}
    assert lists_of(desk, "open songs") == {"list-open"}


@pytest.mark.parametrize("typed", ["Other Songs", "other SONGS", "er son"])
def test_a_name_that_two_lists_bear_is_told_with_both_ids(desk: Desk, typed: str) -> None:
    with pytest.raises(SeveralFit, match=r"list-other.*list-twin") as told:
        lists_of(desk, typed)
    assert "by its id" in told.value.sentence


def test_a_list_that_is_not_here_is_told_as_such(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="No list “nowhere”"):
        lists_of(desk, "nowhere")


def test_the_card_counts_rows_in_words(desk: Desk) -> None:
    text = run_lists(desk.console).text
    assert "13,874" in text
    assert "1, by 1 row; 1 without an answer" in text
    assert "by 2 rows" in text
