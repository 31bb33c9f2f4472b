"""What counts of hits in public lists, by rule: whatever is answered, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId, PartyId, WorkId
from artist_console.domain.inclusion import (
    Asset,
    Basis,
    DatasetVersion,
    Evidence,
    InclusionStatement,
    ListedRow,
    MatchBand,
    contradict,
    fold_statements,
    strongest,
)
from artist_console.domain.inclusion_states import STRENGTH, EvidenceGrade, InclusionState
from artist_console.domain.match_answers import (
    NO_ANSWERS,
    Answers,
    MatchAnswer,
    Verdict,
    answer_id,
    edition_of,
    is_hit,
    row_of,
    what_counts,
)
from artist_console.domain.periods import Recorded

ARTIST = PartyId("mara")
WORKS = (WorkId("one"), WorkId("two"))
LISTS = (DatasetVersionId("a"), DatasetVersionId("b"))
START = datetime(2025, 1, 1, tzinfo=UTC)


def said(
    name: str,
    state: InclusionState = InclusionState.SUSPECTED,
    *,
    work: WorkId = WORKS[0],
    dataset: DatasetVersionId | None = LISTS[0],
    model: ModelVersionId | None = None,
    grade: EvidenceGrade = EvidenceGrade.PUBLIC_DATASET,
    row: ListedRow | None = None,
    on: int = 1,
) -> InclusionStatement:
    return InclusionStatement(
        FactId(name),
        work,
        Asset.MASTER,
        state,
        date(2025, 1, on),
        Basis.UNDECLARED,
        "Somebody",
        grade,
        Evidence("a.csv", words="Low Tide,Mira", listed=row),
        Recorded(START),
        dataset=dataset if model is None else None,
        model=model,
    )


def hit(name: str, band: MatchBand = MatchBand.KEY, key: str = "k", **more: object) -> InclusionStatement:
    return said(name, row=ListedRow("Low Tide", "Mira", band, key), **more)  # type: ignore[arg-type]


def answer(
    verdict: Verdict,
    work: WorkId = WORKS[0],
    key: str = "k",
    dataset: DatasetVersionId | None = LISTS[0],
    minute: int = 0,
) -> MatchAnswer:
    at = START + timedelta(minutes=minute)
    return MatchAnswer(answer_id(work, key, dataset), ARTIST, work, key, verdict, at, dataset)


keys = st.sampled_from(["k", "l"])
hits = st.builds(
    lambda n, band, key, work, dataset, on: hit(f"hit-{n}", band, key, work=work, dataset=dataset, on=on),
    st.integers(0, 50),
    st.sampled_from(MatchBand),
    keys,
    st.sampled_from(WORKS),
    st.sampled_from(LISTS),
    st.integers(1, 3),
)
statements = st.builds(
    lambda n, state, work, place, grade, on: said(
        f"said-{n}", state, work=work, dataset=place, grade=grade, on=on
    ),
    st.integers(0, 50),
    st.sampled_from(InclusionState),
    st.sampled_from(WORKS),
    st.sampled_from(LISTS),
    st.sampled_from(
        [EvidenceGrade.OPERATOR_STATED, EvidenceGrade.LICENSOR_STATED, EvidenceGrade.OPERATOR_SIGNED]
    ),
    st.integers(1, 3),
)
rows = st.lists(hits | statements, max_size=12, unique_by=lambda s: s.id)
answers = st.builds(
    answer,
    st.sampled_from(Verdict),
    st.sampled_from(WORKS),
    keys,
    st.sampled_from([*LISTS, None]),
    st.integers(0, 9),
)
given_answers = st.lists(answers, max_size=6, unique_by=lambda a: a.id)


def state_of(work: WorkId, said: list[InclusionStatement], given: list[MatchAnswer]) -> InclusionState:
    counted = what_counts(said, Answers.of(given))
    return strongest(place for place in fold_statements(counted) if place.current.work == work)


@given(rows, given_answers, answers)
def test_a_refusal_more_never_makes_a_state_stronger(
    said: list[InclusionStatement], given: list[MatchAnswer], more: MatchAnswer
) -> None:
    refusal = replace(more, verdict=Verdict.REFUSED, answered_at=START + timedelta(days=1))
    after = [each for each in given if each.id != refusal.id] + [refusal]
    for work in WORKS:
        before = STRENGTH.index(state_of(work, said, given))
        assert STRENGTH.index(state_of(work, said, after)) >= before


@given(rows, given_answers, st.randoms())
def test_the_order_of_answers_and_of_rows_says_nothing(
    said: list[InclusionStatement], given: list[MatchAnswer], chance: object
) -> None:
    mixed, others = list(said), list(given)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]
    one = {each.id: each for each in what_counts(said, Answers.of(given))}
    other = {each.id: each for each in what_counts(mixed, Answers.of(others))}
    assert one == other
    assert fold_statements(one.values()) == fold_statements(other.values())


@given(rows, given_answers)
def test_what_somebody_states_is_never_touched_by_an_answer(
    said: list[InclusionStatement], given: list[MatchAnswer]
) -> None:
    counted = list(what_counts(said, Answers.of(given)))
    assert [each for each in counted if not is_hit(each)] == [each for each in said if not is_hit(each)]
    assert {each.grade for each in counted} <= {each.grade for each in said}


@given(rows, given_answers)
def test_an_answer_about_one_work_leaves_the_other(
    said: list[InclusionStatement], given: list[MatchAnswer]
) -> None:
    mine = [each for each in given if each.work == WORKS[0]]
    assert state_of(WORKS[1], said, mine) is state_of(WORKS[1], said, [])


@given(st.lists(hits, max_size=8, unique_by=lambda s: s.id))
def test_without_an_answer_everything_counts_but_what_has_to_be_looked_at(
    said: list[InclusionStatement],
) -> None:
    counted = list(what_counts(said, NO_ANSWERS))
    assert counted == [each for each in said if row_of(each).band is not MatchBand.CHECK]


def test_a_confirmed_row_is_in_the_dataset_on_the_grade_of_a_list_and_says_who_confirmed_it() -> None:
    (counted,) = what_counts([hit("h", MatchBand.CHECK)], Answers.of([answer(Verdict.CONFIRMED)]))
    assert (counted.state, counted.grade) == (InclusionState.IN_DATASET, EvidenceGrade.PUBLIC_DATASET)
    assert "1 January 2025" in counted.evidence.checked_how


def test_the_later_answer_counts_whether_about_one_list_or_all() -> None:
    wide = answer(Verdict.REFUSED, dataset=None, minute=1)
    narrow = answer(Verdict.CONFIRMED, minute=2)
    here, there = hit("here"), hit("there", dataset=LISTS[1])
    (counted,) = what_counts([here, there], Answers.of([wide, narrow]))
    assert (counted.id, counted.state) == ("here", InclusionState.IN_DATASET)
    later = replace(wide, answered_at=START + timedelta(minutes=3))
    assert not list(what_counts([here, there], Answers.of([later, narrow])))


def test_an_answer_about_one_edition_of_a_list_is_about_the_others() -> None:
    first, second = (
        DatasetVersion(id, "Open Songs", version, "Cadence") for id, version in zip(LISTS, "12", strict=True)
    )
    assert edition_of(first) == edition_of(second)
    assert edition_of(replace(first, known_as="open-songs")) == edition_of(
        replace(second, name="Songs", known_as="open-songs")
    )
    assert edition_of(first) != edition_of(replace(second, publisher="Somebody else"))
    editions = {each.id: edition_of(each) for each in (first, second)}
    refused = [answer(Verdict.REFUSED)]
    rows = [hit("one"), hit("two", dataset=LISTS[1])]
    assert not list(what_counts(rows, Answers.of(refused, {}, editions)))
    assert [each.id for each in what_counts(rows, Answers.of(refused))] == ["two"]


def test_answers_follow_a_work_that_was_merged() -> None:
    homes = {WORKS[0]: WORKS[1]}
    refused = Answers.of([answer(Verdict.REFUSED)], homes)
    assert not list(what_counts([hit("old"), hit("new", work=WORKS[1])], refused))


def test_an_older_hit_is_one_by_title_and_has_a_key_of_its_own() -> None:
    one, other = said("one"), said("other")
    assert row_of(one).band is MatchBand.KEY
    assert row_of(one).key != row_of(other).key
    (counted,) = what_counts([one], NO_ANSWERS)
    assert counted.evidence.listed == row_of(one)


@given(st.text(max_size=4), st.text(max_size=4), st.text(max_size=4), st.text(max_size=4))
def test_different_things_have_different_answers(a: str, b: str, c: str, d: str) -> None:
    same = (a, b) == (c, d)
    assert (answer_id(WorkId(a), b, None) == answer_id(WorkId(c), d, None)) is same


# -- grades stand apart


def test_rows_of_a_list_never_cover_what_is_stated_of_the_same_place() -> None:
    places = fold_statements(
        [
            said("stated", InclusionState.ATTESTED_ABSENT, grade=EvidenceGrade.OPERATOR_STATED, on=1),
            hit("row", on=9),
        ]
    )
    assert [(p.current.id, p.is_listing, p.contradicted_by) for p in places] == [
        ("stated", False, ()),
        ("row", True, ()),
    ]


def test_a_confirmed_row_and_not_included_on_the_same_day_are_a_contradiction_on_both_sides() -> None:
    absent = said("stated", InclusionState.ATTESTED_ABSENT, grade=EvidenceGrade.OPERATOR_STATED)
    (row,) = what_counts([hit("row")], Answers.of([answer(Verdict.CONFIRMED)]))
    stated, listed = fold_statements([absent, row])
    assert [each.id for each in stated.contradicted_by] == ["row"]
    assert [each.id for each in listed.contradicted_by] == ["stated"]
    assert {stated.current.grade, listed.current.grade} == {
        EvidenceGrade.OPERATOR_STATED,
        EvidenceGrade.PUBLIC_DATASET,
    }


def test_two_who_cannot_both_be_right_are_told_across_grades_and_no_grade_is_lifted() -> None:
    there = said("there", InclusionState.IN_DATASET, grade=EvidenceGrade.LICENSOR_STATED)
    gone = said("gone", InclusionState.REMOVED, grade=EvidenceGrade.OPERATOR_STATED)
    (place,) = fold_statements([gone, there])
    assert place.current == gone
    assert place.contradicted_by == (there,)
    (later,) = fold_statements([replace(there, as_of=date(2025, 1, 2)), gone])
    assert later.contradicted_by == (), "what came later may have come about"


def test_the_surest_row_of_a_list_speaks_for_the_others() -> None:
    (place,) = fold_statements([hit("z", MatchBand.LIKELY), hit("a", MatchBand.IDENTIFIER), hit("m")])
    assert place.current.id == "a"
    assert len(place.history) == 3
    assert place.contradicted_by == ()


@given(st.sampled_from(InclusionState), st.sampled_from(InclusionState))
def test_contradiction_has_no_direction_and_nothing_contradicts_itself(
    one: InclusionState, other: InclusionState
) -> None:
    assert contradict(one, other) is contradict(other, one)
    assert not contradict(one, one)
