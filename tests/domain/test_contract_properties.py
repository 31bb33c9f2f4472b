"""A contract is never a yes: properties over random worlds, ledgers and contracts."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.contracts import AiClause, Contract, ContractKind, Hold, Owned, Owner, Ownership
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import FactId, PartyId
from artist_console.domain.outcomes import PERMISSIVENESS, PermissionOutcome
from artist_console.domain.parties import NEEDED, Standing
from artist_console.domain.periods import Period
from artist_console.domain.permission import Question, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.registers import Stance
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Right, Use, rights_touched

from .contract_world import a_contract, over, rows
from .test_permission_properties import CELLS, USES, outcomes, worlds
from .world import (
    LABEL,
    MARA,
    NOW,
    OTHER_RECORDING,
    PROGRAMME,
    PUBLISHER,
    RECORDING,
    SINCE,
    SONG,
    World,
    work_subject,
)

WISHES = (AiClause.NONE, AiClause.CONSULT, AiClause.BLANKET)
days = st.sampled_from([None, date(2019, 3, 3), date(2025, 6, 1), date(2026, 1, 1)])
lands = st.sampled_from([Territories(), Territories(("SE",)), Territories(("DE", "US"))])


@st.composite
def contracts(draw: st.DrawFn, id: str = "c1", clauses: tuple[AiClause, ...] = tuple(AiClause)) -> Contract:
    hold = draw(st.sampled_from([h for h in Hold if h is not Hold.SHARES]))
    more: dict[str, Any] = {
        "hold": hold,
        "kind": draw(st.sampled_from(list(ContractKind))),
        "rights": tuple(draw(st.lists(st.sampled_from(list(Right)), min_size=1, unique=True))),
        "counterparty": draw(st.sampled_from([LABEL, PUBLISHER, None])),
        "counterparty_name": "Somebody",
        "territories": draw(lands),
        "signed_on": draw(days),
        "period": Period(None, draw(days)),
        "reversion_on": draw(days),
        "works": draw(st.sampled_from([(), (RECORDING,), (SONG,)])),
    }
    return a_contract(draw(st.sampled_from(clauses)), id, **more)


@st.composite
def ownerships(draw: st.DrawFn, id: str = "o1") -> Ownership:
    owner = draw(st.sampled_from(list(Owner)))
    share = draw(st.sampled_from([2_500, 5_000])) if owner is Owner.SHARED else None
    return Ownership(FactId(id), MARA, draw(st.sampled_from(list(Owned))), owner, SINCE, share)


def said_yes(made: World) -> bool:
    return any(e.decision and e.decision.stance is Stance.ALLOW for e in made.entries[MARA])


def outcomes_of(book: FactBook, artist: PartyId | None, place: str | None) -> dict[Any, PermissionOutcome]:
    return {cell: permission(Question(artist, *cell, NOW, place), book).outcome for cell in CELLS}


@settings(max_examples=200, deadline=None)
@given(
    worlds(), st.lists(contracts(), max_size=1), contracts("c2"), ownerships(), st.sampled_from([MARA, None])
)
def test_nothing_that_was_signed_or_said_makes_a_use_allowed_to_which_the_artist_said_no_yes(
    made: World, signed: list[Contract], more: Contract, said: Ownership, asked: PartyId | None
) -> None:
    if said_yes(made):
        made.entries[MARA] = [
            e for e in made.entries[MARA] if e.decision and e.decision.stance is not Stance.ALLOW
        ]
    before = outcomes(made, asked, "US")
    after = outcomes_of(over(made.book(), [*signed, more], [said]), asked, "US")
    for cell, outcome in after.items():
        assert PERMISSIVENESS[outcome] <= PERMISSIVENESS[before[cell]], cell


@settings(max_examples=200, deadline=None)
@given(worlds(), contracts(clauses=WISHES), st.sampled_from([MARA, None]), st.sampled_from(["SE", "US"]))
def test_a_contract_that_leaves_a_wish_permits_no_more_of_a_song_that_the_artist_held(
    made: World, contract: Contract, asked: PartyId | None, place: str
) -> None:
    made.stakeholders = [
        row for row in made.stakeholders if row.subject == SONG and row.territories == Territories()
    ]
    held = {row.right for row in made.stakeholders if row.party == MARA}
    cells = [c for c in CELLS if c[0] == work_subject(SONG) and _rights(c[2]) <= held]
    before = outcomes(made, asked, place)
    after = outcomes_of(over(made.book(), [contract]), asked, place)
    for cell in cells:
        assert PERMISSIVENESS[after[cell]] <= PERMISSIVENESS[before[cell]], cell


@settings(max_examples=200, deadline=None)
@given(worlds(), contracts(clauses=WISHES), st.sampled_from([MARA, None]), st.sampled_from(["SE", "US"]))
def test_a_contract_that_leaves_a_wish_permits_no_more_of_a_recording_that_the_artist_held(
    made: World, contract: Contract, asked: PartyId | None, place: str
) -> None:
    made.stakeholders = [row for row in made.stakeholders if row.territories == Territories()]
    held = {row.right for row in made.stakeholders if row.party == MARA and row.standing in NEEDED}
    cells = [c for c in CELLS if c[0] == work_subject(RECORDING) and rights_touched(c[2]) <= held]
    before = outcomes(made, asked, place)
    after = outcomes_of(over(made.book(), [contract]), asked, place)
    for cell in cells:
        assert PERMISSIVENESS[after[cell]] <= PERMISSIVENESS[before[cell]], cell


def _rights(use: Use) -> set[Right]:
    return {Right.LYRICS} if use is Use.TRAIN_LYRICS else {Right.COMPOSITION}


@settings(max_examples=200, deadline=None)
@given(worlds(), contracts(clauses=WISHES))
def test_a_wish_is_never_drawn_as_a_power(made: World, contract: Contract) -> None:
    """Where and while it holds, the artist has no row with power on what it grants."""
    for row in rows(made.book(), [contract]):
        holds = contract.holds
        if row.party != MARA or not (holds.contains(NOW) and row.period.contains(NOW)):
            continue
        if (
            contract.standing is not None
            and row.territories.covers("SE")
            and contract.territories.covers("SE")
        ):
            assert row.standing not in NEEDED
            assert row.standing in (Standing.WISH, Standing.THROUGH_BODY)


@settings(max_examples=100, deadline=None)
@given(
    worlds(),
    st.tuples(contracts("c1"), contracts("c2"), contracts("c3")),
    ownerships("o1"),
    ownerships("o2"),
    st.randoms(use_true_random=False),
)
def test_the_order_of_contracts_is_irrelevant(
    made: World,
    signed: tuple[Contract, ...],
    one: Ownership,
    two: Ownership,
    order: random.Random,
) -> None:
    shuffled = list(signed)
    order.shuffle(shuffled)
    book = made.book()
    first, second = rows(book, signed, [one, two]), rows(book, shuffled, [two, one])
    assert sorted(first, key=lambda row: row.id) == sorted(second, key=lambda row: row.id)
    for use in USES:
        question = Question(MARA, work_subject(RECORDING), None, use, NOW)
        assert permission(question, over(book, signed)) == permission(question, over(book, shuffled))


@settings(max_examples=150, deadline=None)
@given(worlds(), st.tuples(contracts("c1"), contracts("c2")), ownerships(), st.sampled_from([MARA, None]))
def test_many_cells_asked_at_once_have_the_outcomes_of_each(
    made: World, signed: tuple[Contract, ...], said: Ownership, asked: PartyId | None
) -> None:
    book = over(made.book(), signed, [said])
    table = OutcomeTable(book, NOW)
    for work in (RECORDING, OTHER_RECORDING, SONG):
        for use in USES:
            alone = permission(Question(asked, work_subject(work), PROGRAMME, use, NOW), book)
            assert table.outcome(asked, work, PROGRAMME, use) == (alone.answer.kind, alone.outcome)


@settings(max_examples=200, deadline=None)
@given(worlds(), st.tuples(contracts("c1"), contracts("c2")), ownerships(), lands, days)
def test_on_each_right_the_artist_has_one_standing_in_one_place_on_one_day(
    made: World, signed: tuple[Contract, ...], said: Ownership, land: Territories, day: date | None
) -> None:
    book = made.book()
    found = [row for row in rows(book, signed, [said]) if row.party == MARA]
    place = land.codes[0] if land != Territories() else "NO"
    now = NOW if day is None else NOW.replace(year=day.year, month=day.month, day=day.day)
    there: dict[tuple[str, Right], int] = {}
    for row in found:
        if row.territories.covers(place) and row.period.contains(now):
            there[row.subject, row.right] = there.get((row.subject, row.right), 0) + 1
    assert all(count == 1 for count in there.values())
