"""Where fields come from, and where sources do not agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.provenance import as_of, disagreements, origins, shares_text, source_of
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import AiPart, RegisteredShare, SaidField, SourceNote, Work

WORK = Work(
    WorkId("w"), WorkKind.RECORDING, "Low Tide", (PartyId("mira"),), identifier="AA6Q72600001", year=2026
)


def note(source: str, *said: tuple[str, str], row: int = 2) -> SourceNote:
    return SourceNote(source, row, said=tuple(SaidField(field, value) for field, value in said))


def of(*notes: SourceNote, work: Work = WORK) -> list[tuple[str, list[str]]]:
    found = disagreements(replace(work, sources=notes))
    return [(each.field, [saying.value for saying in each.sayings]) for each in found]


def test_what_is_shown_names_the_file_and_row_that_say_it() -> None:
    shown = replace(
        WORK, sources=(note("a.csv", ("title", "Low Tide"), row=7), note("b.xml", ("year", "2026")))
    )
    assert [(each.field, each.value, each.place) for each in origins(shown)] == [
        ("title", "Low Tide", "a.csv, row 7"),
        ("year", "2026", "b.xml, row 2"),
    ]
    assert origins(WORK) == ()


def test_one_source_agrees_with_itself_whatever_it_says() -> None:
    assert (
        of(note("a", ("title", "Low Tide"), ("title", "Ebb"), ("release", "One"), ("release", "Two"))) == []
    )


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "Low Tide", "LOW  TIDE!"),
        ("title", "Café", "cafe"),
        ("duration_s", "200", "202"),
        ("artists", "Mira Sand; Jo Low", "JO LOW; Mira Sand"),
        ("writers", "MIRA SAND", "Jo Low; Mira Sand"),
        ("release", "One", "Two"),
        ("label", "Fieldnote", "Other"),
    ],
)
def test_the_same_in_other_words_is_no_disagreement(field: str, one: str, other: str) -> None:
    assert of(note("a", (field, one)), note("b", (field, other))) == []


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("title", "Low Tide", "High Tide"),
        ("title", "!", "?"),
        ("duration_s", "200", "203"),
        ("duration_s", "200", "long"),
        ("artists", "Mira Sand", "Mira Sand; Jo Low"),
        ("writers", "Mira Sand; Ola", "Mira Sand; Jo Low"),
        ("year", "2025", "2026"),
        ("identifier", "AA6Q72600001", "AA6Q72600002"),
        ("contains_ai", "none", "partly"),
    ],
)
def test_what_differs_is_told_with_its_sources(field: str, one: str, other: str) -> None:
    notes = (note("a", (field, one)), note("b", (field, other)), note("c", (field, one)))
    (found,) = disagreements(replace(WORK, sources=notes))
    assert found.field == field
    assert {saying.value: saying.sources for saying in found.sayings} == {one: ("a", "c"), other: ("b",)}


def test_what_is_shown_stands_first() -> None:
    (found,) = disagreements(
        replace(WORK, sources=(note("a", ("year", "2025")), note("b", ("year", "2026"))))
    )
    assert [(s.value, s.shown) for s in found.sayings] == [("2026", True), ("2025", False)]


def test_a_title_in_another_script_that_one_source_knows_is_no_disagreement() -> None:
    both = note("a", ("title", "Low Tide"), ("alias", "引き潮"))
    assert of(both, note("b", ("title", "引き潮"))) == []
    assert of(note("a", ("title", "Low Tide")), note("b", ("title", "引き潮"))) != []


def test_the_latest_source_that_says_what_is_shown_is_its_source() -> None:
    work = replace(
        WORK,
        sources=(
            note("a", ("title", "Low Tide"), ("year", "2026"), row=7),
            note("b", ("title", "LOW TIDE"), ("year", "2025")),
            note("c", ("label", "Fieldnote")),
        ),
    )
    for field, source in (
        ("title", "b"),
        ("year", "a"),
        ("label", "c"),
        ("duration_s", None),
        ("version", None),
    ):
        found = source_of(work, field)
        assert (found.source if found is not None else None) == source
    found = source_of(work, "year")
    assert found is not None
    assert found.row == 7


def test_the_day_of_a_source_is_what_it_says_of_itself() -> None:
    assert as_of(note("a", ("as_of", "2026-03-01"))) == date(2026, 3, 1)
    assert as_of(note("a", ("as_of", "soon"))) is None
    assert as_of(note("a")) is None


def test_other_fields_of_a_work_have_their_source_too() -> None:
    shares = (RegisteredShare("A", "writer", "", 5_000, None, 2_525),)
    assert shares_text(shares) == "A 50/-/25.25"
    work = replace(WORK, shares=shares, contains_ai=AiPart.ALL, duration_s=Decimal(200), unreleased=True)
    said = (("shares", "A 50/-/25.25"), ("contains_ai", "all"), ("duration_s", "201"), ("unreleased", "yes"))
    for pair in said:
        found = source_of(replace(work, sources=(note("a", pair),)), pair[0])
        assert found is not None
        assert source_of(replace(work, sources=(note("a", (pair[0], "else")),)), pair[0]) is None


VALUES = st.sampled_from(("2024", "2025", "2026"))


@given(st.lists(st.tuples(st.sampled_from("abcd"), VALUES), max_size=6))
def test_sources_disagree_exactly_where_their_values_differ(said: list[tuple[str, str]]) -> None:
    notes = [note(source, ("year", value)) for source, value in dict(said).items()]
    found = of(*notes)
    values = set(dict(said).values())
    assert bool(found) == (len(values) > 1)
    assert {value for _, told in found for value in told} == (values if len(values) > 1 else set())


def test_a_field_of_a_later_row_has_that_row() -> None:
    said = (SaidField("title", "Low Tide"), SaidField("year", "2026", 9))
    work = replace(WORK, sources=(SourceNote("a", 2, said=said), note("b", ("year", "2025"), row=4)))
    for field, row in (("title", 2), ("year", 9)):
        found = source_of(work, field)
        assert found is not None
        assert (found.source, found.row) == ("a", row)
    (year,) = disagreements(work)
    assert [(saying.sources, saying.rows) for saying in year.sayings] == [(("a",), (9,)), (("b",), (4,))]
