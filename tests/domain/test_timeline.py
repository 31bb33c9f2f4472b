"""Timelines: in order of days whatever comes first, each event once, a listing never as a use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import ModelVersionId, PartyId, ReleaseId
from artist_console.domain.inclusion import DatasetVersion, ModelParent, ModelRelation, ModelVersion
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.removal_steps import RemovalMark, RemovalStep
from artist_console.domain.timeline import (
    EventKind,
    TimelineEvent,
    newest_first,
    of_grants,
    of_list,
    of_marks,
    of_models,
    of_releases,
    of_statements,
)
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import LicensorGrant, Release, Work

from .test_findings import PUBLIC, said
from .world import RECORDING

FIRST = date(2025, 1, 1)

events = st.builds(
    TimelineEvent,
    st.integers(0, 9).map(lambda n: FIRST + timedelta(days=n)),
    st.sampled_from(EventKind),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["X", "Y"]),
    st.none() | st.sampled_from(EvidenceGrade),
    st.just(RECORDING),
    st.sampled_from(["", "inclusion/1", "decision/2"]),
)


@given(st.lists(events, max_size=12), st.randoms())
def test_the_newest_comes_first_and_the_same_event_once(told: list[TimelineEvent], chance: object) -> None:
    found = newest_first(told)
    assert [e.day for e in found] == sorted((e.day for e in found), reverse=True)
    assert set(found) == set(told)
    assert len(found) == len(set(told))
    mixed = [*told, *told]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert newest_first(mixed) == found


def test_a_row_of_a_list_is_a_listing_and_a_report_is_a_statement() -> None:
    row = said(
        InclusionState.SUSPECTED, grade=EvidenceGrade.PUBLIC_DATASET, dataset=PUBLIC, programme=None, use=None
    )
    trained = said(InclusionState.TRAINED)
    first, second = of_statements([row, trained], lambda id: id.upper())
    assert (first.kind, first.words) == (EventKind.LISTED, "Listed publicly: PUBLIC")
    assert (second.kind, second.words) == (EventKind.STATEMENT, "Harmonia Lab says: trained, 1 model: MODEL")
    (titled,) = of_statements([trained], lambda _: "", lambda work: work.title())
    assert "“Salt-Lines”" in titled.words


def test_releases_models_grants_lists_and_notes_have_their_day_and_their_voice() -> None:
    release = Release(
        ReleaseId("r"), "Night Ferry", (), label="Fieldnote", released_on=FIRST, taken_down_on=FIRST
    )
    assert [e.words for e in of_releases(RECORDING, [release])] == [
        "Released: Night Ferry",
        "Taken down: Night Ferry",
    ]
    parent = ModelParent(ModelVersionId("big"), ModelRelation.DISTILLATION)
    small = ModelVersion(
        ModelVersionId("m"), "Small", "2", PartyId("lab"), parents=(parent,), released_on=FIRST
    )
    (model,) = of_models([small], lambda id: id.title(), lambda id: id.title())
    assert (model.words, model.by) == ("Small 2 came out, distilled from Big", "Lab")
    grant = LicensorGrant((Use.TRAIN_GENERATIVE,), "Fieldnote", "Lab", starts_on=FIRST)
    work = Work(
        RECORDING, WorkKind.RECORDING, "Salt Lines", (), grants=(grant, replace(grant, starts_on=None))
    )
    (granted,) = of_grants(work)
    assert granted.words.startswith("Fieldnote grants to Lab: ")
    assert granted.grade is EvidenceGrade.LICENSOR_STATED
    (brought,) = of_list(DatasetVersion(PUBLIC, "Open Songs", "1", "Cadence", public=True, brought_on=FIRST))
    assert brought.words == "The list Open Songs 1 was brought in here"
    noted = RemovalMark("m", "case", PartyId("mara"), RemovalStep.REQUESTED, FIRST, "by letter")
    stated = replace(noted, said_by="Harmonia Lab")
    (note,) = of_marks([noted, stated], "Nordic 3", RECORDING)
    assert (note.words, note.by) == ("Removal asked for, Nordic 3. Note: by letter", "You")
