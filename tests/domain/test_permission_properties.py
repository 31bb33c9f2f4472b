"""The properties that PRODUCT demands of the permission rule, over random worlds and ledgers."""

from __future__ import annotations

import copy
import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.decisions import AnswerKind, EntryKind
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.outcomes import PERMISSIVENESS, PermissionOutcome
from artist_console.domain.parties import NEEDED, Standing
from artist_console.domain.permission import Question, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import ApprovalClause, Attestation, ListOf
from artist_console.domain.registers import ALL_MY_WORKS, Conditions, Stance, Subject
from artist_console.domain.territories import Territories
from artist_console.domain.trace import FactKind
from artist_console.domain.uses import Family, Right, Use

from .world import (
    LABEL,
    MARA,
    NOW,
    OLA,
    OPERATOR,
    OTHER_PROGRAMME,
    OTHER_RECORDING,
    PROGRAMME,
    RECORDING,
    SINCE,
    SONG,
    World,
    agreement,
    control,
    release_subject,
    stake,
    work_subject,
    world,
)

SONG_RIGHTS = (Right.COMPOSITION, Right.LYRICS)
USES = (Use.TRAIN_GENERATIVE, Use.TRAIN_LYRICS, Use.GEN_REMIX, Use.TRAIN_VOICE)
SUBJECTS = (
    ALL_MY_WORKS,
    release_subject(),
    work_subject(RECORDING),
    work_subject(SONG),
    work_subject(OTHER_RECORDING),
)
CELLS = [
    (subject, programme, use)
    for subject in SUBJECTS[2:]
    for programme in (PROGRAMME, OTHER_PROGRAMME)
    for use in USES
]


def _add_standings(made: World, draw: st.DrawFn) -> None:
    made.stakeholders.clear()
    for subject, right in ((RECORDING, Right.MASTER), (SONG, Right.COMPOSITION), (SONG, Right.LYRICS)):
        for who in draw(st.lists(st.sampled_from([MARA, OLA, LABEL]), max_size=2, unique=True)):
            standing = draw(st.sampled_from(list(Standing)))
            share = draw(st.sampled_from([None, 5_000, 10_000]))
            places = draw(st.sampled_from([Territories(), Territories(("SE",))]))
            disputed = draw(st.integers(0, 9)) == 0
            made.stakeholders.append(
                stake(who, subject, right, standing, share, territories=places, disputed=disputed)
            )


def _add_licences(made: World, draw: st.DrawFn) -> None:
    taken: list[ApprovalClause] = []
    if draw(st.booleans()):
        made.controls[0] = control(LABEL, RECORDING, Right.MASTER)
        taken.append(draw(st.sampled_from(list(ApprovalClause))))
        made.agreements.append(
            agreement(
                LABEL,
                (Right.MASTER,),
                taken[0],
                object_until=date(2025, 1, draw(st.integers(2, 28))),
            )
        )
    if draw(st.booleans()):
        made.controls[1:] = [control(LABEL, SONG, right) for right in SONG_RIGHTS]
        clause = draw(st.sampled_from([c for c in ApprovalClause if c not in taken]))
        made.agreements.append(
            agreement(LABEL, SONG_RIGHTS, clause, object_until=date(2025, 1, draw(st.integers(2, 28))))
        )
    if draw(st.integers(0, 3)) == 0:
        made.agreements.pop(0)
    if draw(st.booleans()):
        made.attestations.append(
            Attestation(
                made.stakeholders[0].id if made.stakeholders else made.controls[0].id,
                PROGRAMME,
                ListOf.AGREEMENTS,
                OPERATOR,
                date(2025, 5, 1),
                SINCE,
            )
        )
    if draw(st.integers(0, 3)) == 0:
        made.terms[0] = replace(made.terms[0], honours_every_refusal=True)


def _add_decision(made: World, draw: st.DrawFn) -> None:
    artist = draw(st.sampled_from([MARA, OLA]))
    stance = draw(st.sampled_from([Stance.ALLOW, Stance.ALLOW, Stance.REFUSE, Stance.CLEAR]))
    if stance is Stance.ALLOW:
        until = draw(st.sampled_from([None, None, date(2025, 6, 1)]))
        made.allow(
            draw(st.sampled_from(SUBJECTS[2:])),
            draw(st.sampled_from(USES)),
            artist=artist,
            conditions=Conditions(until=until),
            kind=draw(st.sampled_from([EntryKind.DECISION, EntryKind.DECISION, EntryKind.PROPOSAL])),
        )
        return
    earlier = [
        e.decision.id for e in made.entries[artist] if e.decision and e.decision.stance is Stance.ALLOW
    ]
    keeps = (
        draw(st.lists(st.sampled_from(earlier), unique=True)) if earlier and stance is Stance.REFUSE else []
    )
    made.say(
        stance,
        draw(st.sampled_from(SUBJECTS)),
        draw(st.sampled_from([None, Family.TRAINING, *USES])),
        artist=artist,
        programme=draw(st.sampled_from([None, PROGRAMME])),
        keeps=keeps,
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    made = world()
    _add_standings(made, draw)
    _add_licences(made, draw)
    for _ in range(draw(st.integers(0, 7))):
        _add_decision(made, draw)
    return made


asked_by = st.sampled_from([MARA, OLA, None])
places = st.sampled_from(["SE", "US"])


def outcomes(
    made: World, artist: PartyId | None, place: str | None
) -> dict[tuple[Subject, ProgrammeId, Use], PermissionOutcome]:
    book = made.book()
    return {
        cell: permission(Question(artist, cell[0], cell[1], cell[2], NOW, place), book).outcome
        for cell in CELLS
    }


@settings(max_examples=150, deadline=None)
@given(worlds(), asked_by, places, st.sampled_from(SUBJECTS), st.sampled_from([None, Family.TRAINING, *USES]))
def test_adding_a_refusal_never_makes_any_outcome_more_permissive(
    made: World, artist: PartyId | None, place: str, subject: Subject, use: Use | Family | None
) -> None:
    before = outcomes(made, artist, place)
    made.refuse(subject, use)
    after = outcomes(made, artist, place)
    for cell, outcome in after.items():
        assert PERMISSIVENESS[outcome] <= PERMISSIVENESS[before[cell]], cell


@settings(max_examples=150, deadline=None)
@given(worlds(), st.sampled_from(SUBJECTS[2:]), st.sampled_from(USES))
def test_adding_an_allow_changes_the_answer_of_its_own_cell_only(
    made: World, subject: Subject, use: Use
) -> None:
    def answers() -> dict[tuple[Subject, ProgrammeId, Use], AnswerKind]:
        book = made.book()
        return {c: permission(Question(MARA, *c, NOW, "US"), book).answer.kind for c in CELLS}

    before, outcome_before = answers(), outcomes(made, MARA, "US")
    made.allow(subject, use)
    after, outcome_after = answers(), outcomes(made, MARA, "US")
    for cell in CELLS:
        if cell != (subject, PROGRAMME, use):
            assert after[cell] is before[cell]
            # A recording's outcome also rests on its song's cell: on nothing else.
            if not (cell[0] == work_subject(RECORDING) and subject == work_subject(SONG)):
                assert outcome_after[cell] is outcome_before[cell]


POWERLESS = tuple(standing for standing in Standing if standing not in NEEDED)


@settings(max_examples=300, deadline=None)
@given(worlds(), st.sampled_from([MARA, None]), places, st.sampled_from(POWERLESS), st.data())
def test_a_standing_that_takes_power_away_never_makes_any_outcome_allowed_that_was_not(
    made: World, artist: PartyId | None, place: str, standing: Standing, data: st.DataObject
) -> None:
    before = outcomes(made, artist, place)
    own = [row for row in made.stakeholders if row.party == MARA]
    less = data.draw(st.sets(st.sampled_from([row.id for row in own]))) if own else set()
    made.stakeholders = [
        replace(row, standing=standing) if row.id in less else row for row in made.stakeholders
    ]
    after = outcomes(made, artist, place)
    for cell, outcome in after.items():
        assert PERMISSIVENESS[outcome] <= PERMISSIVENESS[before[cell]], cell


@settings(max_examples=200, deadline=None)
@given(worlds(), st.sampled_from([MARA, None]), places, st.sampled_from([None, *USES]), st.data())
def test_a_no_about_the_song_never_lets_its_recording_be_drawn_as_allowed(
    made: World, artist: PartyId | None, place: str, use: Use | None, data: st.DataObject
) -> None:
    made.refuse(work_subject(SONG), use)
    for touched in data.draw(st.lists(st.sampled_from(USES[:3]), unique=True)):
        made.allow(work_subject(RECORDING), touched)
    found = outcomes(made, artist, place)
    for (subject, programme, asked), outcome in found.items():
        if subject == work_subject(RECORDING) and programme == PROGRAMME and use in (None, asked):
            assert outcome is not PermissionOutcome.ALLOWED, asked


@settings(max_examples=100, deadline=None)
@given(worlds(), asked_by, places, st.randoms(use_true_random=False))
def test_the_order_of_facts_is_irrelevant(
    made: World, artist: PartyId | None, place: str, order: random.Random
) -> None:
    before = outcomes(made, artist, place)
    for rows in (
        made.parties,
        made.works,
        made.stakeholders,
        made.controls,
        made.agreements,
        *made.entries.values(),
    ):
        order.shuffle(rows)  # type: ignore[arg-type]
    assert outcomes(made, artist, place) == before


@settings(max_examples=150, deadline=None)
@given(worlds(), asked_by, places)
def test_a_right_without_stakeholders_is_never_allowed(
    made: World, artist: PartyId | None, place: str
) -> None:
    made.stakeholders = [row for row in made.stakeholders if row.right is not Right.MASTER]
    found = outcomes(made, artist, place)
    for (subject, _, use), outcome in found.items():
        if subject == work_subject(RECORDING) and use is not Use.TRAIN_LYRICS:
            assert outcome is not PermissionOutcome.ALLOWED


def without(made: World, kind: str, id: str) -> FactBook | None:
    """The same facts less one; None for kinds whose absence is no smaller world (the work itself)."""
    fewer = copy.copy(made)
    match FactKind(kind):
        case FactKind.STAKEHOLDER:
            fewer.stakeholders = [row for row in made.stakeholders if row.id != id]
        case FactKind.CONTROL:
            fewer.controls = [row for row in made.controls if row.id != id]
        case FactKind.AGREEMENT:
            fewer.agreements = [row for row in made.agreements if row.id != id]
        case FactKind.ATTESTATION:
            fewer.attestations = [row for row in made.attestations if row.id != id]
        case FactKind.DECISION:
            fewer.entries = {
                artist: [e for e in entries if e.decision is None or e.decision.id != id]
                for artist, entries in made.entries.items()
            }
        case _:
            return None
    return fewer.book()


def facts_of(made: World) -> list[tuple[str, str]]:
    named: list[tuple[str, str]] = [(FactKind.STAKEHOLDER.value, row.id) for row in made.stakeholders]
    named += [(FactKind.CONTROL.value, row.id) for row in made.controls]
    named += [(FactKind.AGREEMENT.value, row.id) for row in made.agreements]
    named += [
        (FactKind.DECISION.value, e.decision.id)
        for entries in made.entries.values()
        for e in entries
        if e.decision is not None
    ]
    return named


@settings(max_examples=120, deadline=None)
@given(worlds(), asked_by, places, st.sampled_from(CELLS))
def test_a_fact_that_the_trace_does_not_name_does_not_matter(
    made: World, artist: PartyId | None, place: str, cell: tuple[Subject, ProgrammeId, Use]
) -> None:
    question = Question(artist, *cell, NOW, place)
    found = permission(question, made.book())
    used = {(fact.kind, fact.id) for fact in found.facts}
    for kind, id in facts_of(made):
        if (kind, id) not in used:
            fewer = without(made, kind, id)
            assert fewer is not None
            assert permission(question, fewer).outcome is found.outcome, (kind, id)


@settings(max_examples=100, deadline=None)
@given(worlds(), asked_by)
def test_every_step_of_a_trace_is_a_sentence_about_facts_that_were_used(
    made: World, artist: PartyId | None
) -> None:
    for cell in CELLS:
        found = permission(Question(artist, *cell, NOW), made.book())
        used = set(found.facts)
        for step in found.trace:
            assert step.text.endswith(".")
            assert "{" not in step.text
            assert used.issuperset(step.facts), step
        assert found.trace[-1].rule in ("outcome", "8")


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_a_class_of_works_has_the_outcome_of_each_of_its_works(made: World) -> None:
    twin = WorkId("salt-lines-twin")
    made.works.append(replace(made.works[0], id=twin))
    made.stakeholders += [
        replace(row, id=FactId(f"{row.id}-twin"), subject=twin)
        for row in made.stakeholders
        if row.subject == RECORDING
    ]
    made.controls += [
        replace(row, id=FactId(f"{row.id}-twin"), work=twin) for row in made.controls if row.work == RECORDING
    ]
    book = made.book()
    table = OutcomeTable(book, NOW)
    for work in (RECORDING, twin, OTHER_RECORDING, SONG):
        for artist in (MARA, None):
            for use in USES:
                alone = permission(Question(artist, work_subject(work), PROGRAMME, use, NOW), book)
                assert table.outcome(artist, work, PROGRAMME, use) == (alone.answer.kind, alone.outcome)
