"""Removals by rule: what is noted never hides a case, and an answer ends the waiting."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import DatasetVersionId, FactId, PartyId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    Evidence,
    InclusionStatement,
    Whereabouts,
    fold_statements,
)
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.periods import Recorded
from artist_console.domain.removal_steps import (
    REMOVAL_PATIENCE_DAYS,
    SETTLED,
    WAITS,
    Progress,
    RemovalMark,
    RemovalStep,
    case_id,
    due,
    progress,
    stated_days,
)

MARA, WORK, SET = PartyId("mara"), WorkId("work"), DatasetVersionId("set")
FIRST = date(2025, 1, 1)


def said(
    state: InclusionState, day: int, grade: EvidenceGrade = EvidenceGrade.OPERATOR_STATED
) -> InclusionStatement:
    return InclusionStatement(
        FactId(f"{state.value}-{day}-{grade.value}"),
        WORK,
        Asset.MASTER,
        state,
        FIRST + timedelta(days=day),
        Basis.UNDECLARED,
        "Harmonia",
        grade,
        Evidence("manifest"),
        Recorded(datetime(2025, 1, 2, tzinfo=UTC)),
        dataset=SET,
    )


def place(*statements: InclusionStatement) -> Whereabouts:
    (found,) = fold_statements(statements)
    return found


ID = case_id(MARA, WORK, said(InclusionState.IN_DATASET, 0))


def mark(step: RemovalStep, day: int, deadline: int | None = None) -> RemovalMark:
    until = FIRST + timedelta(days=deadline) if deadline is not None else None
    return RemovalMark(
        f"m-{step.value}-{day}-{deadline}", ID, MARA, step, FIRST + timedelta(days=day), "", until
    )


def follow(at: Whereabouts, *marks: RemovalMark) -> Progress:
    found = progress(ID, MARA, at, marks)
    assert found is not None
    return found


steps = st.sampled_from([step for step in RemovalStep if step is not RemovalStep.OPEN])
marks = st.lists(
    st.builds(mark, steps, st.integers(0, 60), st.none() | st.integers(60, 90)), max_size=5, unique=True
)
places = st.lists(
    st.builds(
        said,
        st.sampled_from(InclusionState),
        st.integers(0, 60),
        st.sampled_from(
            [EvidenceGrade.OPERATOR_STATED, EvidenceGrade.LICENSOR_STATED, EvidenceGrade.INFERRED]
        ),
    ),
    min_size=1,
    max_size=5,
    unique=True,
).map(lambda each: place(*each))


@given(places, marks, marks)
def test_a_note_never_makes_a_case_go_away_or_come_about(
    at: Whereabouts, some: list[RemovalMark], more: list[RemovalMark]
) -> None:
    assert (progress(ID, MARA, at, some) is None) is (progress(ID, MARA, at, [*some, *more]) is None)


@given(places, marks, st.randoms())
def test_the_order_of_notes_says_nothing(at: Whereabouts, some: list[RemovalMark], chance: object) -> None:
    mixed = list(some)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert progress(ID, MARA, at, mixed) == progress(ID, MARA, at, some)


@given(places, marks, steps)
def test_the_last_word_is_the_step_and_an_answer_ends_the_waiting(
    at: Whereabouts, some: list[RemovalMark], step: RemovalStep
) -> None:
    found = progress(ID, MARA, at, [*some, mark(step, 99)])
    if found is None:
        return
    assert (found.step, found.since) == (step, FIRST + timedelta(days=99))
    assert (due(found, None) is None) is (step not in WAITS)


@given(places, marks, st.none() | st.integers(1, 60))
def test_an_answer_is_due_only_where_somebody_asked_and_never_before_that(
    at: Whereabouts, some: list[RemovalMark], days: int | None
) -> None:
    found = progress(ID, MARA, at, some)
    until = due(found, days) if found is not None else None
    if found is None or until is None:
        return
    assert found.step in WAITS
    assert found.asked_on is not None
    assert found.promised is not None or until == found.asked_on + timedelta(
        days=days or REMOVAL_PATIENCE_DAYS
    )


@given(places, marks)
def test_settled_is_said_only_by_a_statement_or_a_note_that_says_so(
    at: Whereabouts, some: list[RemovalMark]
) -> None:
    found = progress(ID, MARA, at, some)
    if found is not None and found.step in SETTLED:
        last = [m for m in found.history if m.step is found.step and m.on == found.since]
        assert last
        later = found.history[found.history.index(last[-1]) :]
        assert RemovalStep.OPEN not in {m.step for m in later}, "nobody says that it is there since"


def test_a_case_goes_from_open_to_asked_to_removed_and_opens_again() -> None:
    there = said(InclusionState.IN_DATASET, 0)
    assert follow(place(there)).step is RemovalStep.OPEN
    asked = follow(place(there), mark(RemovalStep.REQUESTED, 5))
    assert (asked.step, due(asked, None)) == (RemovalStep.REQUESTED, FIRST + timedelta(days=35))
    assert due(asked, 14) == FIRST + timedelta(days=19)
    still = follow(place(there, said(InclusionState.IN_DATASET, 9)), mark(RemovalStep.REQUESTED, 5))
    assert still.step is RemovalStep.REQUESTED, "that it is still there is what one would expect"
    removed = (there, said(InclusionState.REMOVED, 20))
    assert follow(place(*removed), mark(RemovalStep.REQUESTED, 5)).step is RemovalStep.REMOVED
    again = follow(place(*removed, said(InclusionState.IN_DATASET, 30)), mark(RemovalStep.REQUESTED, 5))
    assert (again.step, again.asked_on) == (RemovalStep.OPEN, None)


@given(steps)
def test_what_is_noted_on_the_day_of_a_statement_counts(step: RemovalStep) -> None:
    for state in (InclusionState.IN_DATASET, InclusionState.REMOVED, InclusionState.REMOVAL_REFUSED):
        found = follow(place(said(state, 5)), mark(step, 5))
        assert (found.step, found.since) == (step, FIRST + timedelta(days=5))
        assert found.history[-1].step is step


def test_statements_that_contradict_each_other_leave_a_case_open() -> None:
    for both in (
        (said(InclusionState.IN_DATASET, 5), said(InclusionState.REMOVED, 5)),
        (said(InclusionState.REMOVED, 5), said(InclusionState.IN_DATASET, 5)),
    ):
        assert follow(place(*both)).step is RemovalStep.OPEN


@pytest.mark.parametrize(
    "grade", [EvidenceGrade.PUBLIC_DATASET, EvidenceGrade.INFERRED, EvidenceGrade.SELF_REPORTED]
)
def test_weaker_evidence_than_a_licensors_word_makes_no_case(grade: EvidenceGrade) -> None:
    assert progress(ID, MARA, place(said(InclusionState.TRAINED, 0, grade)), ()) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("We take works out within 14 days of a request.", 14),
        ("Within 6 weeks.", 42),
        ("within 2 months", 60),
        ("A yes can be withdrawn at any time.", None),
        ("within 14 days, or within 30 days by letter", None),
        ("within 0 days", None),
        ("within 9999 months", None),
        ("", None),
    ],
)
def test_a_time_is_read_from_terms_only_where_they_name_just_one(text: str, days: int | None) -> None:
    assert stated_days(text) == days


@given(st.text(max_size=200))
def test_any_text_of_terms_can_be_read(text: str) -> None:
    found = stated_days(text)
    assert found is None or 0 < found <= 3_650
