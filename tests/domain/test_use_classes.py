"""Many cells judged at once come to what the rule says of each, whatever tells two uses or works apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.facts import FactBook, OthersAnswer, RecordedAnswer
from artist_console.domain.grounds import Ground, Scene
from artist_console.domain.ids import FactId, PartyId, WorkId
from artist_console.domain.parties import Standing
from artist_console.domain.permission import Question, judge, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import AddedRight, Rate
from artist_console.domain.registers import Conditions, PartyStance, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Family, Right, Use

from .test_permission_properties import CELLS, asked_by, worlds
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
    agreement,
    control,
    stake,
    work_subject,
    world,
)

WORKS = (RECORDING, SONG, OTHER_RECORDING)
SCOPES = st.sampled_from([None, *Family, *Use]).map(UseScope.of)


def every_cell_is_as_the_rule_says(book: FactBook, artist: PartyId | None) -> None:
    table = OutcomeTable(book, NOW)
    cells = [(programme, use) for programme in (PROGRAMME, OTHER_PROGRAMME, None) for use in Use]
    for work in WORKS:
        found = table.outcomes(artist, work, cells)
        for (programme, use), result in zip(cells, found, strict=True):
            alone = permission(Question(artist, work_subject(work), programme, use, NOW), book)
            assert result == (alone.answer.kind, alone.outcome), (work, programme, use)


@settings(max_examples=150, deadline=None)
@given(worlds(), asked_by, st.sampled_from([None, "SE", "US"]))
def test_judging_comes_to_what_the_rule_tells(made: World, artist: PartyId | None, place: str | None) -> None:
    book = made.book()
    ground = Ground(book, NOW)
    scenes = {subject: Scene(ground, subject) for subject, _, _ in CELLS}
    for cell in CELLS:
        question = Question(artist, *cell, NOW, place)
        told = permission(question, book)
        assert judge(question, scenes[cell[0]]) == (told.answer.kind, told.outcome)


@st.composite
def uneven_worlds(draw: st.DrawFn) -> World:
    """Worlds in which agreements, terms, records and yeses differ from use to use."""
    made: World = draw(worlds())
    uses = draw(st.lists(st.sampled_from(Use), min_size=1, max_size=12, unique=True))
    if made.agreements:
        limits = draw(st.sampled_from([Territories(), Territories(("SE", "US"))]))
        made.agreements[0] = replace(made.agreements[0], uses=tuple(uses), territories=limits)
    if draw(st.booleans()):
        added = AddedRight(draw(st.sampled_from(Use)), draw(st.sampled_from([Right.LYRICS, Right.MORAL])))
        rates = (Rate(draw(st.sampled_from(uses)), Decimal(2), "EUR", "per work"),)
        made.terms[0] = replace(made.terms[0], adds_rights=(added,), rates=rates)
    for use in draw(st.lists(st.sampled_from(Use), max_size=3)):
        conditions = Conditions(minimum_rate=Decimal(1), rate_currency="EUR")
        made.allow(draw(st.sampled_from([work_subject(work) for work in WORKS])), use, conditions=conditions)
    if draw(st.booleans()):
        person = Subject(SubjectKind.PERSON, MARA)
        made.say(draw(st.sampled_from([Stance.REFUSE, Stance.CLEAR])), person, draw(st.sampled_from(Use)))
    for number in range(draw(st.integers(0, 2))):
        made.recorded_answers.append(
            RecordedAnswer(
                FactId(f"said-{number}"),
                LABEL,
                draw(st.sampled_from(["", *WORKS])),
                draw(st.sampled_from([None, PROGRAMME])),
                draw(SCOPES),
                draw(st.sampled_from(PartyStance)),
                date(2025, 2, 1),
                SINCE,
            )
        )
    return made


@settings(max_examples=100, deadline=None)
@given(uneven_worlds(), asked_by, st.booleans(), st.sampled_from(Use))
def test_every_use_of_every_work_is_answered_as_alone(
    made: World, artist: PartyId | None, agreed: bool, use: Use
) -> None:
    """Also where all that is known of somebody out of reach is whether everyone agreed, for one use."""
    made.entries.pop(OLA)
    told = OthersAnswer(FactId("told"), RECORDING, Right.MASTER, PROGRAMME, use, agreed, SINCE)
    book = replace(made.book(), others={(told.work, told.right, told.programme, told.use): told})
    every_cell_is_as_the_rule_says(book, artist if artist != OLA else MARA)


@settings(max_examples=60, deadline=None)
@given(uneven_worlds(), uneven_worlds(), asked_by)
def test_a_table_like_another_shares_no_more_than_is_alike(
    made: World, other: World, artist: PartyId | None
) -> None:
    """What is said may differ; where the rights differ, too, nothing is shared."""
    book = made.book()
    former = OutcomeTable(book, NOW)
    former.one_of_each(WORKS)
    decided = [e.decision for e in other.entries[MARA] if e.decision is not None]
    for later in (book.with_decisions(decided, NOW), other.book()):
        table = OutcomeTable(later, NOW, former)
        for work in WORKS:
            for use in (Use.TRAIN_GENERATIVE, Use.GEN_REMIX, Use.TRAIN_VOICE):
                alone = permission(Question(artist, work_subject(work), PROGRAMME, use, NOW), later)
                assert table.outcome(artist, work, PROGRAMME, use) == (alone.answer.kind, alone.outcome)


def test_uses_that_nothing_tells_apart_are_one_question() -> None:
    book = world().book()
    table = OutcomeTable(book, NOW)
    scene = Scene(Ground(book, NOW), work_subject(RECORDING))
    alike = table._alike.of(scene, PROGRAMME)  # what is counted is nobody's business but the rule's
    # Recording and song; lyrics; song and lyrics; with the voice; likeness.
    assert len(set(alike.values())) == 5


def test_places_that_no_fact_tells_apart_are_asked_once_and_told_each() -> None:
    made = world()
    made.stakeholders[0] = replace(made.stakeholders[0], territories=Territories(("DE", "NO", "SE")))
    scene = Scene(Ground(made.book(), NOW), work_subject(RECORDING))
    assert scene.places(PROGRAMME) == ((None,), ("DE", "NO", "SE"))

    made.allow_both()
    found = made.ask()
    assert [step.fields[0] for step in found.trace if step.template == "In {place}: {outcome}"] == [
        ("place", "everywhere else"),
        ("place", "DE"),
        ("place", "NO"),
        ("place", "SE"),
    ]


def test_a_share_that_is_recorded_twice_tells_two_works_apart() -> None:
    made = world()
    twin = WorkId("twin")
    made.works.append(replace(made.works[1], id=twin))
    for work, times in ((OTHER_RECORDING, 1), (twin, 2)):
        for number in range(times):
            made.stakeholders.append(
                stake(MARA, work, Right.MASTER, Standing.SHARES, 10_000, note=str(number))
            )
            held = control(MARA, work, Right.MASTER, 5_000)
            made.controls.append(replace(held, id=FactId(f"{held.id}-{number}")))
    table = OutcomeTable(made.book(), NOW)
    assert len(table.one_of_each([OTHER_RECORDING, twin])) == 2


def test_songs_of_different_artists_tell_two_recordings_apart() -> None:
    """A licensor's promise to ask falls to the first artist of the song where nobody holds it."""
    made = world()
    made.stakeholders = [row for row in made.stakeholders if row.subject != SONG]
    other_song, twin = WorkId("other-song"), WorkId("twin")
    made.works.append(replace(made.works[2], id=other_song, artists=(OLA,)))
    embodies = replace(made.works[0].relations[0], work=other_song)
    made.works.append(replace(made.works[0], id=twin, relations=(embodies,)))
    made.stakeholders.append(replace(made.stakeholders[0], subject=twin, id=FactId("twin-master")))
    made.controls += [
        replace(row, id=FactId(f"{row.id}-twin"), work=twin if row.work == RECORDING else other_song)
        for row in made.controls
    ]
    made.agreements[:] = [agreement(MARA, (Right.MASTER, Right.COMPOSITION, Right.LYRICS))]
    made.refuse(artist=OLA)
    made.allow(work_subject(RECORDING))
    book = made.book()

    table = OutcomeTable(book, NOW)

    for work in (RECORDING, twin):
        alone = permission(Question(MARA, work_subject(work), PROGRAMME, Use.TRAIN_GENERATIVE, NOW), book)
        assert table.outcome(MARA, work, PROGRAMME, Use.TRAIN_GENERATIVE)[1] is alone.outcome
    assert len(table.one_of_each([RECORDING, twin])) == 2
