"""The allocation loses and invents nothing, whatever the pools, weights, splits, letters, terms and order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.allocation import Allocator, Facts, LineAllocation, Standing, standing_of
from artist_console.domain.allocation_splits import LeftReason, Share, shares_of
from artist_console.domain.directions import Direction
from artist_console.domain.ids import FactId, PartyId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.parties import Stakeholder
from artist_console.domain.parties import Standing as PartyStanding
from artist_console.domain.pay_terms import PayRate, PayTerms, RightPart
from artist_console.domain.periods import Period
from artist_console.domain.statements import Line, LineKind, Making, StatementLevel, exact_sum
from artist_console.domain.step_chains import chain_fault
from artist_console.domain.territories import Territories
from artist_console.domain.uses import Right, Use

from .allocation_world import GROSS, ISSUER, OTHER, PEOPLE, RECORDED, RECORDING, SONG, WORKS, World, worlds

ADA, BEN, CLEO, DORA = PEOPLE
MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)


def allocated(world: World, decimals: int = 12) -> list[LineAllocation]:
    allocator = Allocator(world.facts, decimals)
    return [allocator.allocate(line) for line in world.lines]


@given(worlds(), st.integers(0, 18))
@settings(max_examples=60)
def test_nothing_is_lost_and_nothing_invented(world: World, decimals: int) -> None:
    for line, found in zip(world.lines, allocated(world, decimals), strict=True):
        assert found.total == line.amount
        pieces = len(found.parts) + len(found.left) + 1
        unit = Decimal(1).scaleb(-max(decimals, -int(line.amount.as_tuple().exponent)))
        assert abs(found.rounding) <= unit / 2 * pieces
        sides = {amount > 0 for amount in _amounts(found) if amount}
        assert len(sides) <= 1
        if sides:
            assert sides == {line.amount > 0}


@given(worlds(), st.integers(0, 18))
@settings(max_examples=60)
def test_every_chain_of_steps_multiplies_out_and_makings_lead_to_their_line(
    world: World, decimals: int
) -> None:
    for line, found in zip(world.lines, allocated(world, decimals), strict=True):
        for part in found.parts:
            assert chain_fault(part.steps, part.amount) is None
            factors = [s for s in part.steps if s.kind in (StepKind.SPLIT, StepKind.DIRECTION)]
            assert all(s.part is not None and s.whole is not None and s.part <= s.whole for s in factors)
            if part.making is not None:
                assert part.making.amount() == part.amount
                assert line.making is not None
                assert part.making.pool == line.making.pool


@given(worlds(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_what_is_put_in_changes_nothing(world: World, random: Random) -> None:
    facts = world.facts
    shuffled = replace(
        facts,
        stakeholders={key: tuple(_mixed(rows, random)) for key, rows in facts.stakeholders.items()},
        directions=tuple(_mixed(facts.directions, random)),
        terms=tuple(_mixed(facts.terms, random)),
        works=dict(_mixed(tuple(facts.works.items()), random)),
    )
    places = _mixed(tuple(range(len(world.lines))), random)
    allocator = Allocator(shuffled)
    found = {place: allocator.allocate(world.lines[place]) for place in places}
    assert [found[place] for place in range(len(world.lines))] == allocated(world)


@given(worlds())
@settings(max_examples=60)
def test_each_holders_share_is_the_line_times_rate_times_split_however_letters_pass_it_on(
    world: World,
) -> None:
    """Against a naive reckoning of the simplest case, with nothing of the allocation's own but its facts."""
    facts = replace(world.facts, level=StatementLevel.LICENSOR_GROSS, payees=None)
    for given_line in world.lines:
        above = replace(given_line, right=Right.MASTER, work=RECORDING, territory="")
        found = Allocator(facts, 18).allocate(above)
        held = [
            row
            for row in facts.stakeholders.get(RECORDING, ())
            if row.right is Right.MASTER and (row.period.until is None or above.month <= row.period.until)
        ]
        total = sum(row.share_bp or 0 for row in held)
        if not total or any(row.disputed for row in held) or abs(total - 10_000) > 6:
            continue
        due: dict[PartyId, Fraction] = {}
        for row in held:
            due[row.party] = (
                due.get(row.party, Fraction(0)) + Fraction(above.amount) * (row.share_bp or 0) / total
            )
        for party, whole in due.items():
            rates = {terms.payee: terms for terms in facts.terms}
            terms = rates.get(party) or rates.get(None)
            own = [part for part in found.parts if (part.directed_by or part.payee) == party]
            if terms is None or not own:
                assert not own
                continue
            rate_ = max(terms.rates, key=lambda each: each.right is not None).rate
            got = sum((Fraction(part.amount) for part in own), Fraction(0))
            assert abs(got - whole * Fraction(rate_)) <= Fraction(len(own), 10**18)


T = TypeVar("T")


def _amounts(found: LineAllocation) -> list[Decimal]:
    return [*(p.amount for p in found.parts), *(each.amount for each in found.left), found.kept]


def _mixed(given: tuple[T, ...], random: Random) -> list[T]:
    mixed = list(given)
    random.shuffle(mixed)
    return mixed


# -- one by one


def holder(party: PartyId, share: int | None, right: Right = Right.MASTER, **more: object) -> Stakeholder:
    row = Stakeholder(
        FactId(f"{party}-{right.value}-{share}"),
        party,
        RECORDING,
        right,
        PartyStanding.SHARES,
        RECORDED,
        share,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def line(amount: str = "100", **more: object) -> Line:
    row = Line(GROSS, 1, LineKind.USAGE_GENERATION, Decimal(amount), "EUR", MARCH, RECORDING)
    return replace(row, **more)  # type: ignore[arg-type]


def rate(value: str, payee: PartyId | None = None, **more: object) -> PayTerms:
    row = PayTerms(FactId(f"terms-{payee}"), ISSUER, payee, RECORDED, (PayRate(Decimal(value)),))
    return replace(row, **more)  # type: ignore[arg-type]


def facts(
    *holders: Stakeholder,
    level: StatementLevel = StatementLevel.LICENSOR_GROSS,
    letters: tuple[Direction, ...] = (),
    terms: tuple[PayTerms, ...] | None = None,
    payees: frozenset[PartyId] | None = None,
) -> Facts:
    by_subject: dict[str, tuple[Stakeholder, ...]] = {}
    for row in holders:
        by_subject[row.subject] = (*by_subject.get(row.subject, ()), row)
    given = terms if terms is not None else (rate("1"),)
    return Facts(ISSUER, level, WORKS, by_subject, letters, given, payees=payees)


def paid(found: LineAllocation) -> dict[PartyId, Decimal]:
    return {payee: exact_sum(p.amount for p in found.parts if p.payee == payee) for payee in PEOPLE} | {
        part.payee: part.amount for part in found.parts if part.payee not in PEOPLE
    }


HALVES = (holder(ADA, 5_000), holder(BEN, 5_000))


def test_a_gross_line_is_paid_by_each_ones_rate_and_the_issuer_keeps_the_rest() -> None:
    terms = (rate("0.2"), rate("0.5", BEN))
    found = Allocator(facts(*HALVES, terms=terms)).allocate(line())
    assert [paid(found)[ADA], paid(found)[BEN], found.kept] == [Decimal(n) for n in (10, 25, 65)]
    assert [step.kind for step in found.parts[0].steps] == [StepKind.LINE, StepKind.RATE, StepKind.SPLIT]


def test_the_narrowest_rate_counts() -> None:
    wide = PayRate(Decimal("0.1"))
    by_use = PayRate(Decimal("0.2"), use=Use.GEN_REMIX)
    by_right = PayRate(Decimal("0.3"), right=Right.MASTER)
    allocator = Allocator(facts(holder(ADA, 10_000), terms=(rate("1", rates=(wide, by_right, by_use)),)))
    assert paid(allocator.allocate(line(use=Use.GEN_REMIX)))[ADA] == 20
    assert paid(allocator.allocate(line()))[ADA] == 30


def test_a_pool_line_follows_from_pool_weight_and_rate_to_the_share_with_every_step() -> None:
    making = Making(Decimal("1000"), Decimal(1), Decimal(3), Decimal("0.5"), 10_000, 6)
    above = line(str(making.amount()), making=making, right=Right.MASTER)
    found = Allocator(facts(*HALVES, level=StatementLevel.POOL, terms=())).allocate(above)
    assert [(s.kind, s.amount) for s in found.parts[0].steps][-2:] == [
        (StepKind.ROUNDING, Decimal("166.666667")),
        (StepKind.SPLIT, Decimal("83.3333335")),
    ]
    assert found.parts[0].amount == Decimal("83.3333335")
    assert found.kept == 0


def test_where_no_agreement_says_a_rate_nothing_is_paid() -> None:
    for level in (StatementLevel.POOL, StatementLevel.LICENSOR_GROSS):
        found = Allocator(facts(*HALVES, level=level, terms=())).allocate(line(right=Right.MASTER))
        assert {each.reason for each in found.left} == {LeftReason.NO_RATE}
        assert exact_sum(each.amount for each in found.left) == 100
        assert not found.parts


def test_an_operators_line_divides_between_recording_and_song_only_as_its_agreement_says() -> None:
    split = (holder(ADA, 10_000), holder(BEN, 10_000, Right.COMPOSITION, subject=SONG))
    above = line(use=Use.TRAIN_GENERATIVE)
    unknown = Allocator(facts(*split, level=StatementLevel.POOL)).allocate(above)
    assert [(each.reason, each.amount) for each in unknown.left] == [
        (LeftReason.NO_RIGHT_PARTS, Decimal(100))
    ]
    parts = (RightPart(Right.MASTER, Decimal("0.8")), RightPart(Right.COMPOSITION, Decimal("0.2")))
    known = facts(*split, level=StatementLevel.POOL, terms=(rate("1", right_parts=parts),))
    found = Allocator(known).allocate(above)
    assert paid(found)[ADA] == 80
    assert paid(found)[BEN] == 10  # the recording is of two songs; nobody's share of the other is known
    assert [(each.reason, each.amount) for each in found.left] == [(LeftReason.NO_SPLIT, Decimal(10))]


def test_the_split_in_force_in_the_month_of_use_counts() -> None:
    before = holder(ADA, 10_000, period=Period(None, date(2025, 3, 31)))
    after = holder(BEN, 10_000, period=Period(APRIL))
    allocator = Allocator(facts(before, after))
    assert paid(allocator.allocate(line()))[ADA] == 100
    assert paid(allocator.allocate(line(month=APRIL)))[BEN] == 100
    # A correction of March that is told in April is for those who had March.
    assert paid(allocator.allocate(line(month=APRIL), used_in=MARCH))[ADA] == 100


def test_a_split_that_misses_the_whole_by_more_than_the_tolerance_is_held() -> None:
    near = Allocator(facts(holder(ADA, 5_000), holder(BEN, 4_994))).allocate(line())
    assert paid(near)[ADA] + paid(near)[BEN] + near.rounding == 100
    assert paid(near)[ADA] > 50
    far = Allocator(facts(holder(ADA, 5_000), holder(BEN, 4_993))).allocate(line())
    assert [(each.reason, each.amount) for each in far.left] == [(LeftReason.SPLIT_TOTAL, Decimal(100))]
    disputed = Allocator(facts(holder(ADA, 5_000), holder(BEN, 5_000, disputed=True))).allocate(line())
    assert [(each.reason, each.amount) for each in disputed.left] == [
        (LeftReason.DISPUTED_SPLIT, Decimal(100))
    ]
    assert standing_of(LeftReason.DISPUTED_SPLIT) is Standing.HELD
    assert standing_of(LeftReason.NO_SPLIT) is Standing.UNATTRIBUTED


def test_a_share_for_some_places_is_not_a_share_of_a_line_without_a_place() -> None:
    here = holder(ADA, 10_000, territories=Territories(("SE",)))
    allocator = Allocator(facts(here))
    assert paid(allocator.allocate(line(territory="SE")))[ADA] == 100
    assert allocator.allocate(line()).left[0].reason is LeftReason.NO_SPLIT


def test_who_alone_controls_a_right_without_a_stated_share_has_all_of_it() -> None:
    alone = holder(ADA, None, standing=PartyStanding.CONTROLS)
    assert shares_of([alone], Right.MASTER, MARCH, None) == (Share(ADA, 10_000, 10_000),)
    two = holder(BEN, None, standing=PartyStanding.CONTROLS)
    assert shares_of([alone, two], Right.MASTER, MARCH, None) is LeftReason.NO_SPLIT
    assert shares_of([holder(ADA, None)], Right.MASTER, MARCH, None) is LeftReason.NO_SPLIT


def letter(share: int, payee: PartyId = CLEO, by: PartyId = ADA, **more: object) -> Direction:
    row = Direction(FactId(f"letter-{by}-{payee}-{share}"), by, payee, share, RECORDED)
    return replace(row, **more)  # type: ignore[arg-type]


def test_a_letter_of_direction_passes_on_a_share_of_a_share() -> None:
    found = Allocator(facts(*HALVES, letters=(letter(2_500),))).allocate(line())
    assert [str(paid(found)[each]) for each in (ADA, BEN, CLEO)] == ["37.5", "50", "12.5"]
    directed = next(part for part in found.parts if part.payee == CLEO)
    assert directed.directed_by == ADA
    assert directed.steps[-1].kind is StepKind.DIRECTION


def test_letters_do_not_pass_on_what_came_by_a_letter() -> None:
    circle = (letter(10_000, BEN, ADA), letter(10_000, ADA, BEN))
    found = Allocator(facts(*HALVES, letters=circle)).allocate(line())
    assert len(found.parts) == 2
    assert paid(found)[ADA] == paid(found)[BEN] == 50


def test_letters_that_pass_on_more_than_all_hold_the_share() -> None:
    letters = (letter(6_000), letter(5_000, DORA))
    found = Allocator(facts(*HALVES, letters=letters)).allocate(line())
    assert [(each.reason, each.amount) for each in found.left] == [(LeftReason.DIRECTIONS_TOTAL, Decimal(50))]
    assert paid(found)[BEN] == 50


@pytest.mark.parametrize(
    "more",
    [
        {"payer": "Somebody else"},
        {"work": OTHER},
        {"right": Right.COMPOSITION},
        {"period": Period(APRIL)},
        {"period": Period(None, date(2025, 2, 28))},
    ],
)
def test_a_letter_about_something_else_changes_nothing(more: dict[str, Any]) -> None:
    found = Allocator(facts(*HALVES, letters=(replace(letter(2_500), **more),))).allocate(line())
    assert paid(found)[ADA] == 50


def test_what_is_for_others_is_told_as_one_amount_each_and_not_paid() -> None:
    found = Allocator(facts(*HALVES, payees=frozenset({ADA}))).allocate(line())
    assert paid(found)[ADA] == 50
    assert [(each.reason, each.amount) for each in found.left] == [(LeftReason.OTHERS, Decimal(50))]


def test_a_line_without_a_work_or_a_song_is_unattributed_with_the_reason() -> None:
    allocator = Allocator(facts(*HALVES))
    assert allocator.allocate(line(work=None)).left[0].reason is LeftReason.NO_WORK
    found = allocator.allocate(line(work=OTHER, right=Right.COMPOSITION))
    assert found.left[0].reason is LeftReason.NO_SONG


# -- chains


def test_a_chain_is_told_wrong_where_it_first_goes_wrong() -> None:
    pool = Step(StepKind.POOL, Decimal(100))
    half = Step(StepKind.RATE, Decimal(50), Decimal(1), Decimal(2))
    third = Step(StepKind.SPLIT, Decimal("16." + "6" * 38), Decimal(1), Decimal(3))
    end = Step(StepKind.ROUNDING, Decimal("16.67"))
    assert chain_fault((pool, half, third, end), Decimal("16.67")) is None
    fault = chain_fault((pool, replace(half, amount=Decimal(51)), third, end), Decimal("16.67"))
    assert fault is not None
    assert (fault.place, fault.difference) == (1, Decimal(1))
    fault = chain_fault((pool, half, third, replace(end, amount=Decimal("16.68"))), Decimal("16.68"))
    assert fault is not None
    assert fault.place == 3
    fault = chain_fault((pool, half), Decimal("50.01"))
    assert fault is not None
    assert (fault.place, fault.difference) == (2, Decimal("0.01"))
    for broken in ((), (half,), (pool, pool), (pool, replace(half, whole=Decimal(0)))):
        assert chain_fault(broken, Decimal(100)) is not None
