"""What a source means: what a person said, then what is documented, then what is likely, else nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import ProgrammeId
from artist_console.domain.line_figures import SourceMeaning
from artist_console.domain.source_names import (
    KnownSource,
    ProgrammeName,
    SourceCertainty,
    SourceName,
    SourceTable,
    fold_source,
    known_sources_of,
)
from artist_console.domain.statements import LineKind
from artist_console.host.resources import resource_bytes

NOW = datetime(2026, 11, 29, tzinfo=UTC)
FAIR = KnownSource(
    ("Fair Model Pool",),
    "Fair Models",
    "Pool",
    SourceCertainty.CERTAIN,
    LineKind.POOL_SUBSCRIPTION,
    "It pays a pool.",
    "https://example.org/",
    date(2026, 11, 29),
)
TUNER = KnownSource(
    ("Tuner",),
    "Tuner",
    "",
    SourceCertainty.LIKELY,
    None,
    "It makes music.",
    "https://x.org",
    date(2026, 1, 1),
)
POOL = ProgrammeName(ProgrammeId("p1"), "Pool", "Fair Models")
HARMONIA = ProgrammeName(ProgrammeId("p2"), "Harmonia", "Harmonia Lab", ("Harmonia GmbH",))


def said(source: str, kind: LineKind | None, programme: str | None = None) -> SourceName:
    return SourceName(fold_source(source), source, kind, ProgrammeId(programme) if programme else None, NOW)


def test_an_unknown_name_stays_other_income() -> None:
    found = SourceTable((), (FAIR, TUNER), (POOL,)).read("Spotify")
    assert (found.certainty, found.meaning) == (SourceCertainty.UNKNOWN, None)


def test_a_certain_name_counts_as_what_is_documented_in_the_programme_that_is_here() -> None:
    found = SourceTable((), (FAIR,), (POOL, HARMONIA)).read("FAIR MODEL POOL")
    assert found.meaning == SourceMeaning("FAIR MODEL POOL", ProgrammeId("p1"), LineKind.POOL_SUBSCRIPTION)


@pytest.mark.parametrize("name", ["tuner", "Harmonia", "Harmonia GmbH"])
def test_a_likely_name_counts_for_nothing_until_somebody_has_said_so(name: str) -> None:
    found = SourceTable((), (TUNER,), (HARMONIA,)).read(name)
    assert (found.certainty, found.meaning) == (SourceCertainty.LIKELY, None)
    told = SourceTable((said(name, LineKind.USAGE_GENERATION, "p2"),), (TUNER,), (HARMONIA,)).read(name)
    assert told.meaning == SourceMeaning(name, ProgrammeId("p2"), LineKind.USAGE_GENERATION)


def test_a_likely_name_counts_for_nothing_even_where_it_is_documented_what_it_would_pay_for() -> None:
    documented = replace(TUNER, kind=LineKind.USAGE_GENERATION)
    found = SourceTable((), (documented,), ()).read("Tuner")
    assert (found.kind, found.meaning) == (LineKind.USAGE_GENERATION, None)


def test_what_a_person_says_is_no_income_from_ai_is_none_whatever_is_documented() -> None:
    found = SourceTable((said("Fair Model Pool", None),), (FAIR,), (POOL,)).read("Fair Model Pool")
    assert (found.certainty, found.meaning) == (SourceCertainty.SAID, None)


def test_an_operator_with_several_programmes_leaves_open_which() -> None:
    other = ProgrammeName(ProgrammeId("p3"), "Harmonia Research", "Harmonia Lab")
    found = SourceTable((), (), (HARMONIA, other)).read("Harmonia Lab")
    assert (found.certainty, found.programme) == (SourceCertainty.LIKELY, None)


@given(st.text(max_size=30))
def test_case_marks_and_punctuation_make_no_other_name(name: str) -> None:
    folded = fold_source(name)
    assert fold_source(folded) == folded
    assert fold_source(f"  {name}. ") == folded


def test_what_ships_names_a_page_and_a_day_and_counts_only_what_is_documented() -> None:
    known = known_sources_of(json.loads(resource_bytes("data/ai_sources.json")))
    names = [fold_source(name) for each in known for name in each.names]
    assert len(names) == len(set(names))
    for each in known:
        assert each.source.startswith("https://")
        assert each.says
        assert (each.certainty is SourceCertainty.CERTAIN) is (each.kind is not None)


def test_a_table_that_calls_certain_what_is_not_documented_is_refused() -> None:
    row = {
        "names": ["X"],
        "operator": "X",
        "programme": "",
        "certainty": "certain",
        "kind": "",
        "says": "",
        "source": "https://x.org",
        "checked_on": "2026-11-29",
    }
    with pytest.raises(ValueError, match="not documented"):
        known_sources_of({"sources": [row]})
    with pytest.raises(ValueError, match="no income"):
        known_sources_of({"sources": [row | {"kind": "tax.withheld"}]})
