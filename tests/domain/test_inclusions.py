"""What holds of statements about one place: the graver of two of one day, and never a guess first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import DatasetVersionId, FactId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    Evidence,
    InclusionStatement,
    Whereabouts,
    fold_statements,
    of_a_title,
)
from artist_console.domain.inclusion_states import STRENGTH, EvidenceGrade, InclusionState
from artist_console.domain.periods import Recorded
from artist_console.domain.work_words import stated_words

FIRST = datetime(2025, 1, 2, 12, tzinfo=UTC)


def said(
    state: InclusionState, *, day: int = 0, recorded: int = 0, title: InclusionState | None = None
) -> InclusionStatement:
    return InclusionStatement(
        FactId(f"{state.value}-{day}-{recorded}-{title}"),
        WorkId("work"),
        Asset.MASTER,
        state,
        date(2025, 1, 1) + timedelta(days=day),
        Basis.UNDECLARED,
        "Harmonia",
        EvidenceGrade.OPERATOR_SIGNED,
        Evidence("manifest"),
        Recorded(FIRST + timedelta(days=recorded)),
        dataset=DatasetVersionId("set"),
        of_a_title=title,
    )


def guess(state: InclusionState, *, day: int = 0) -> InclusionStatement:
    return said(of_a_title(state), day=day, title=state)


def folded(*statements: InclusionStatement) -> Whereabouts:
    (place,) = fold_statements(statements)
    return place


@pytest.mark.parametrize("later", [InclusionState.REMOVED, InclusionState.IN_DATASET])
def test_a_later_file_of_the_same_day_hides_nothing(later: InclusionState) -> None:
    earlier = ({InclusionState.REMOVED, InclusionState.IN_DATASET} - {later}).pop()
    place = folded(said(earlier), said(later, recorded=1))
    assert place.current.state is InclusionState.IN_DATASET
    assert [each.state for each in place.contradicted_by] == [InclusionState.REMOVED]


@given(st.lists(st.tuples(st.sampled_from(InclusionState), st.integers(0, 5)), min_size=1, max_size=6))
def test_of_one_day_and_grade_the_gravest_leads_whatever_came_first(
    states: list[tuple[InclusionState, int]],
) -> None:
    place = folded(*(said(state, recorded=came) for state, came in states))
    kinds = {state for state, _ in states}
    assert place.current.state is next(state for state in STRENGTH if state in kinds)
    assert {each.state for each in place.contradicted_by} == kinds - {place.current.state}


def test_a_later_day_counts_whatever_it_says() -> None:
    place = folded(said(InclusionState.TRAINED), said(InclusionState.REMOVED, day=1))
    assert (place.current.state, place.contradicted_by) == (InclusionState.REMOVED, ())


@given(st.sampled_from(InclusionState), st.integers(0, 9))
def test_what_is_said_of_a_title_never_stands_before_what_is_said_of_the_recording(
    state: InclusionState, day: int
) -> None:
    sure = said(InclusionState.TRAINED_BEFORE_REFUSAL)
    place = folded(sure, guess(state, day=day))
    assert (place.current, place.contradicted_by) == (sure, ())
    assert len(place.history) == 2


@pytest.mark.parametrize(
    ("state", "follows"),
    [
        (InclusionState.REMOVED, InclusionState.NOTHING_REPORTED),
        (InclusionState.ATTESTED_ABSENT, InclusionState.NOTHING_REPORTED),
        (InclusionState.RETRAINED_WITHOUT, InclusionState.NOTHING_REPORTED),
        (InclusionState.TRAINED, InclusionState.SUSPECTED),
    ],
)
def test_a_title_that_is_said_not_to_be_there_is_no_suspicion(
    state: InclusionState, follows: InclusionState
) -> None:
    assert folded(guess(state)).current.state is follows


def test_what_is_said_of_a_title_is_told_as_that() -> None:
    shown = stated_words(InclusionState.NOTHING_REPORTED, "Harmonia", InclusionState.REMOVED)
    assert shown.text == "Harmonia says: removed; which recording is meant is not known"
    plain = said(InclusionState.REMOVED)
    assert stated_words(plain.state, plain.stated_by, plain.of_a_title).text == "Harmonia says: removed"
    for state in InclusionState:
        assert stated_words(InclusionState.SUSPECTED, "Harmonia", state).text.startswith("Harmonia says: ")
