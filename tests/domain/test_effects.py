"""What answers would touch is counted from facts, and names nobody who does not share the name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.effects import Touched, effects, reported
from artist_console.domain.ids import DatasetVersionId, FactId, ModelVersionId, PartyId, WorkId
from artist_console.domain.inclusion import Asset, Basis, Evidence, InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.parties import NEEDED, Standing
from artist_console.domain.permission import Question, permission
from artist_console.domain.registers import ANY_USE, UseScope
from artist_console.domain.uses import Family, Right, Use

from .test_permission_properties import CELLS, worlds
from .world import (
    LABEL,
    MARA,
    NOW,
    OLA,
    OTHER_PROGRAMME,
    OTHER_RECORDING,
    PROGRAMME,
    RECORDING,
    SINCE,
    SONG,
    World,
    stake,
    world,
)


def statement(
    state: InclusionState, work: WorkId = RECORDING, *, use: Use | None = None, as_of: date = date(2025, 3, 1)
) -> InclusionStatement:
    model = state in (InclusionState.TRAINED, InclusionState.TRAINED_BEFORE_REFUSAL)
    return InclusionStatement(
        FactId(f"{work}-{state.value}-{as_of}"),
        work,
        Asset.MASTER,
        state,
        as_of,
        Basis.OPT_IN,
        "Harmonia Lab",
        EvidenceGrade.OPERATOR_STATED,
        Evidence("Record"),
        SINCE,
        dataset=None if model else DatasetVersionId("songs-3"),
        model=ModelVersionId("model-2") if model else None,
        programme=PROGRAMME,
        use=use,
    )


def a_no(made: World, *works: WorkId, use: UseScope = ANY_USE, programme: str | None = PROGRAMME) -> Touched:
    found = tuple(work for work in made.works if work.id in works)
    return Touched(MARA, found, programme, use)  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(worlds(), st.sampled_from(CELLS))
def test_everybody_who_is_needed_for_a_cell_is_among_those_concerned(made: World, cell: tuple) -> None:  # type: ignore[type-arg]
    subject, programme, use = cell
    book = made.book()
    found = effects(
        [Touched(MARA, (book.works[WorkId(subject.id)],), programme, UseScope.of(use))], book, NOW
    )
    # Whom a licensor only promised to ask has no say of their own.
    holding = {(row.party, row.right, row.subject) for row in made.stakeholders if row.standing in NEEDED}
    needed = {
        each.party
        for each in permission(Question(MARA, subject, programme, use, NOW), book).needed
        if each.party != MARA and (each.party, each.right, each.carrier) in holding
    }
    assert needed <= {each.party for each in found.concerned}


def test_people_who_do_not_share_are_one_nameless_group() -> None:
    made = world()
    for number in range(3):
        made.stakeholders.append(
            stake(PartyId(f"somebody-{number}"), RECORDING, Right.MASTER, Standing.APPROVES, None)
        )
    made.parties += [
        replace(made.parties[0], id=PartyId(f"somebody-{number}"), name=f"Canary {number}", is_artist=True)
        for number in range(3)
    ]
    found = effects([a_no(made, RECORDING)], made.book(), NOW)
    assert [each.party for each in found.concerned] == [None]
    assert "Canary" not in repr(found)


def test_who_is_in_reach_and_every_organisation_stands_by_name_with_its_works() -> None:
    made = world()
    made.stakeholders = [
        stake(LABEL, RECORDING, Right.MASTER, Standing.CONTROLS, 10_000),
        stake(LABEL, OTHER_RECORDING, Right.MASTER, Standing.CONTROLS, 10_000),
        stake(OLA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000),
        stake(MARA, SONG, Right.COMPOSITION, Standing.SHARES, 4_000),
    ]
    found = effects([a_no(made, RECORDING, OTHER_RECORDING)], made.book(), NOW)
    assert [(each.party, each.works) for each in found.concerned] == [(LABEL, 2), (OLA, 1)]
    assert found.unclear_splits == 1, "the song's shares come to 90 %"
    assert (found.recordings, found.songs) == (2, 0)


def test_what_is_reported_is_to_be_removed_or_stays_by_its_latest_state() -> None:
    made = world()
    said = [
        statement(InclusionState.DELIVERED, as_of=date(2025, 1, 1)),
        statement(InclusionState.IN_DATASET),
        statement(InclusionState.TRAINED),
        statement(InclusionState.REMOVED, OTHER_RECORDING),
    ]
    found = reported([a_no(made, RECORDING, OTHER_RECORDING)], made.book(), said)
    assert [(each.state, each.works) for each in found.to_be_removed] == [(InclusionState.IN_DATASET, 1)]
    assert [(each.model, each.works) for each in found.stays] == [("model-2", 1)]


def test_only_what_the_answer_is_about_counts() -> None:
    made = world()
    said = [statement(InclusionState.IN_DATASET, use=Use.RESEARCH_MIR)]
    training = UseScope.of(Family.TRAINING)
    assert reported([a_no(made, RECORDING, use=training)], made.book(), said).to_be_removed == ()
    elsewhere = a_no(made, RECORDING, programme=OTHER_PROGRAMME)
    assert reported([elsewhere], made.book(), said).to_be_removed == ()
    everywhere = a_no(made, RECORDING, programme=None)
    assert len(reported([everywhere], made.book(), said).to_be_removed) == 1
    assert effects([everywhere], made.book(), NOW).programmes == ()


def test_what_was_said_of_a_merged_work_is_said_of_the_one_it_was_merged_into() -> None:
    made = world()
    gone = WorkId("gone")
    made.works[0] = replace(made.works[0], merged_ids=(gone,))
    found = reported([a_no(made, RECORDING)], made.book(), [statement(InclusionState.SCHEDULED, gone)])
    assert [each.works for each in found.to_be_removed] == [1]
