"""The table answers every cell as the rule does, whatever was said, and asks it once for works alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.decisions import Decision, EntryKind
from artist_console.domain.ids import ReleaseId, WorkId
from artist_console.domain.permission import Question, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.registers import ALL_MY_WORKS, Conditions, Stance
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Release, ReleaseTrack, Work

from .world import (
    MARA,
    NOW,
    PROGRAMME,
    RECORDING,
    SONG,
    World,
    at,
    control,
    release_subject,
    work_subject,
    world,
)

TWIN, TWINS_RELEASE = WorkId("twin"), ReleaseId("twins-release")
USES = (Use.TRAIN_GENERATIVE, Use.GEN_STEMS, Use.GEN_COVER)


def with_a_twin() -> World:
    """A second recording of the same song that differs from the first in nothing but its name and release."""
    made = world()
    made.works.append(
        Work(
            TWIN,
            WorkKind.RECORDING,
            "Salt Lines (Live)",
            (MARA,),
            relations=(Relation(RelationKind.EMBODIES, SONG),),
        )
    )
    made.stakeholders.append(replace(made.stakeholders[0], subject=TWIN))
    made.controls.append(control(MARA, TWIN, Right.MASTER))
    made.releases.append(Release(TWINS_RELEASE, "Live", (MARA,), tracks=(ReleaseTrack(TWIN, 1),)))
    return made


acts = st.lists(
    st.tuples(
        st.sampled_from(Stance),
        st.sampled_from(["recording", "twin", "both", "song", "release", "live", "all"]),
        st.sampled_from([None, Family.TRAINING, Family.GENERATION, *USES]),
        st.booleans(),  # a refusal keeps what was allowed; an allow ends; a decision is only proposed
    ),
    max_size=9,
)


def _say(made: World, what: list[tuple[Stance, str, Use | Family | None, bool]]) -> None:
    allowed: list[Decision] = []
    for stance, where, use, more in what:
        subjects = {
            "recording": [work_subject(RECORDING)],
            "twin": [work_subject(TWIN)],
            "both": [work_subject(RECORDING), work_subject(TWIN)],
            "song": [work_subject(SONG)],
            "release": [release_subject()],
            "live": [release_subject(TWINS_RELEASE)],
            "all": [ALL_MY_WORKS],
        }[where]
        for subject in subjects:
            if stance is Stance.ALLOW:
                one = subject if where in ("recording", "twin", "both", "song") else work_subject(TWIN)
                cell = use if isinstance(use, Use) else Use.GEN_STEMS
                until = Conditions(until=date(2025, 6, 1)) if more else Conditions()
                allowed.append(made.allow(one, cell, conditions=until))
            elif stance is Stance.REFUSE:
                made.refuse(subject, use, keeps=[d.id for d in allowed] if more else ())
            else:
                made.clear(subject, use, kind=EntryKind.PROPOSAL if more else EntryKind.DECISION)


@given(acts, st.integers(0, 400))
def test_whatever_was_said_the_table_answers_as_the_rule(
    what: list[tuple[Stance, str, Use | Family | None, bool]], day: int
) -> None:
    made = with_a_twin()
    _say(made, what)
    book = made.book()
    table = OutcomeTable(book, NOW)

    for here in (table, table.at(at(day))):
        instant = NOW if here is table else at(day)
        for work in (RECORDING, TWIN, SONG):
            for use in USES:
                asked = permission(Question(MARA, work_subject(work), PROGRAMME, use, instant), book)
                assert here.outcome(MARA, work, PROGRAMME, use) == (asked.answer.kind, asked.outcome)


def test_works_about_which_the_same_was_said_are_one_class() -> None:
    made = with_a_twin()
    made.allow(work_subject(RECORDING), day=5)
    made.allow(work_subject(TWIN), day=5)

    table = OutcomeTable(made.book(), NOW)

    assert table.one_of_each([RECORDING, TWIN]) == (TWIN,)


def test_a_wider_answer_between_two_like_ones_tells_the_works_apart() -> None:
    made = with_a_twin()
    made.allow(work_subject(RECORDING), day=5)
    made.refuse(day=5)
    made.allow(work_subject(TWIN), day=5)

    table = OutcomeTable(made.book(), NOW)

    assert len(table.one_of_each([RECORDING, TWIN])) == 2


def test_an_unreleased_work_is_no_class_with_a_released_one() -> None:
    made = with_a_twin()
    made.works[:] = [replace(w, unreleased=True) if w.id == TWIN else w for w in made.works]
    table = OutcomeTable(made.book(), NOW)
    assert len(table.one_of_each([RECORDING, TWIN])) == 2


def test_a_song_that_was_merged_is_asked_by_itself() -> None:
    made = with_a_twin()
    made.works[:] = [replace(w, merged_ids=(WorkId("old"),)) if w.id == SONG else w for w in made.works]

    assert len(OutcomeTable(made.book(), NOW).one_of_each([RECORDING, TWIN])) == 2
