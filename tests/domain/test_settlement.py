"""Deductions in their declared order: nothing is lost or taken twice, and a correction names its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.directions import Direction, overlap
from artist_console.domain.ids import FactId, MandateId, PartyId, StatementId, WorkId
from artist_console.domain.pay_terms import PayRate, PayTerms, RightPart, pay_terms_fault, terms_on
from artist_console.domain.periods import Period
from artist_console.domain.reallocation import correction, standing
from artist_console.domain.settlement import ORDER, Carried, HeldReserve, net_of, settle
from artist_console.domain.statements import Line, LineKind, exact_sum
from artist_console.domain.step_chains import chain_fault
from artist_console.domain.uses import Right

from .allocation_world import ISSUER, PEOPLE, RECORDED, amounts, parts_of_one

ADA = PEOPLE[0]
EARLIER = StatementId("earlier")


def terms(**more: object) -> PayTerms:
    return replace(PayTerms(FactId("terms"), ISSUER, ADA, RECORDED), **more)  # type: ignore[arg-type]


MANY = st.builds(
    terms,
    recoupable=st.sampled_from((Decimal(0), Decimal("120.55"), Decimal(10**6))),
    currency=st.sampled_from(("EUR", "USD")),
    recouped_share=parts_of_one(),
    reserve_rate=parts_of_one(),
    reserve_periods=st.just(2),
    commission_rate=parts_of_one(),
    tax_rate=parts_of_one(),
)
CARRIED = st.builds(
    Carried,
    amounts().map(abs),
    st.lists(
        st.builds(HeldReserve, amounts().map(lambda a: abs(a) + 1), st.integers(1, 99), st.just(EARLIER)),
        max_size=3,
        unique_by=lambda held: held.line,
    ).map(tuple),
)


@given(amounts(), st.none() | MANY, CARRIED, st.booleans())
def test_deductions_keep_their_order_and_never_take_more_than_there_is(
    earned: Decimal, agreed: PayTerms | None, carried: Carried, due: bool
) -> None:
    found = settle(earned, "EUR", agreed, carried, commission_due=due)
    assert [each.kind for each in found] == sorted((each.kind for each in found), key=ORDER.index)
    left = earned
    for each in found:
        assert chain_fault(each.steps, each.amount) is None
        if each.kind is not LineKind.RESERVE_RELEASED:
            assert each.amount < 0
            assert -each.amount <= left
        left = exact_sum((left, each.amount))
    assert left == net_of(earned, found)
    assert left >= min(earned, Decimal(0))
    released = exact_sum(each.amount for each in found if each.kind is LineKind.RESERVE_RELEASED)
    assert released == exact_sum(held.amount for held in carried.due)
    recouped = -exact_sum(each.amount for each in found if each.kind is LineKind.RECOUPMENT)
    if agreed is not None:
        assert recouped <= max(agreed.recoupable - carried.recouped, Decimal(0))
    assert found == settle(
        earned, "EUR", agreed, Carried(carried.recouped, carried.due[::-1]), commission_due=due
    )


def test_each_deduction_is_taken_from_what_those_before_it_left() -> None:
    agreed = terms(
        recoupable=Decimal(40), currency="EUR", reserve_rate=Decimal("0.1"), reserve_periods=2,
        commission_rate=Decimal("0.2"), tax_rate=Decimal("0.25"),
    )  # fmt: skip
    carried = Carried(Decimal(10), (HeldReserve(Decimal(7), 3, EARLIER),))
    found = settle(Decimal("100.001"), "EUR", agreed, carried)
    assert [(each.kind, each.amount) for each in found] == [
        (LineKind.RECOUPMENT, Decimal(-30)),
        (LineKind.RESERVE_HELD, Decimal("-7.00")),
        (LineKind.RESERVE_RELEASED, Decimal(7)),
        (LineKind.COMMISSION, Decimal("-14.00")),
        (LineKind.TAX_WITHHELD, Decimal("-14.00")),
    ]
    assert net_of(Decimal("100.001"), found) == Decimal("42.001")


def test_an_advance_in_another_currency_is_not_set_against_these_earnings() -> None:
    agreed = terms(recoupable=Decimal(40), currency="USD")
    assert settle(Decimal(100), "EUR", agreed, Carried()) == ()


def test_a_commission_is_due_only_while_its_mandate_is_in_force() -> None:
    agreed = terms(commission_rate=Decimal("0.2"), commission_mandate=MandateId("m"))
    assert settle(Decimal(100), "EUR", agreed, Carried(), commission_due=False) == ()


# -- terms


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"issuer": " "}, "issues"),
        ({"rates": (PayRate(Decimal("1.01")),)}, "rate"),
        ({"rates": (PayRate(Decimal("NaN")),)}, "rate"),
        ({"rates": (PayRate(Decimal(1)), PayRate(Decimal(0)))}, "Two rates"),
        ({"right_parts": (RightPart(Right.MASTER, Decimal(1)),)}, "everybody"),
        ({"payee": None, "right_parts": (RightPart(Right.MASTER, Decimal("0.5")),)}, "come to 0.5"),
        ({"payee": None, "right_parts": (RightPart(Right.MASTER, Decimal("0.5")),) * 2}, "twice"),
        ({"payee": None, "tax_rate": Decimal("0.1")}, "payee"),
        ({"recoupable": Decimal(-1)}, "recouped"),
        ({"recoupable": Decimal(1)}, "currency"),
        ({"reserve_rate": Decimal("0.1")}, "periods"),
        ({"reserve_rate": Decimal("0.1"), "reserve_periods": 61}, "periods"),
        ({"commission_rate": Decimal("0.1")}, "commission"),
        ({"commission_rate": Decimal("0.1"), "commission_to": ADA}, "commission"),
        ({"period": Period(date(2025, 2, 1), date(2025, 1, 1))}, "last day"),
        ({"id": FactId("new"), "period": Period(date(2030, 1, 1))}, "already"),
    ],
)
def test_terms_that_cannot_be_paid_by_are_told(wrong: dict[str, object], word: str) -> None:
    fault = pay_terms_fault(terms(**wrong), [terms()])
    assert fault is not None
    assert word in fault.text


def test_terms_that_end_before_the_next_begin_stand_beside_each_other() -> None:
    first = terms(period=Period(None, date(2025, 3, 31)))
    second = terms(id=FactId("second"), period=Period(date(2025, 4, 1)))
    assert pay_terms_fault(second, [first]) is None
    assert terms_on([second, first], "fieldnote  RECORDS", ADA, date(2025, 3, 31)) == first
    assert terms_on([second, first], ISSUER, ADA, date(2025, 4, 1)) == second
    assert terms_on([first], ISSUER, ADA, date(2025, 4, 1)) is None
    assert terms_on([first, second], ISSUER, None, date(2025, 4, 1)) is None


def test_letters_that_may_hold_at_once_are_counted_together() -> None:
    def letter(id: str, share: int, **more: object) -> Direction:
        row = Direction(FactId(id), ADA, PartyId("producer"), share, RECORDED)
        return replace(row, **more)  # type: ignore[arg-type]

    new = letter("new", 6_000, work=WorkId("w"), right=Right.MASTER, payer=ISSUER)
    beside = letter("a", 3_000)
    apart = [
        letter("b", 9_000, work=WorkId("x")),
        letter("c", 9_000, right=Right.COMPOSITION),
        letter("d", 9_000, payer="Somebody else"),
        letter("e", 9_000, directed_by=PEOPLE[1]),
        letter("new", 9_000),
    ]
    assert overlap(new, [beside, *apart]) == 9_000
    ended = letter("f", 9_000, period=Period(None, date(2025, 1, 31)))
    assert overlap(replace(new, period=Period(date(2025, 2, 1))), [ended]) == 6_000


# -- corrections


def net_line(number: int, amount: str, statement: str = "net", **more: object) -> Line:
    row = Line(
        StatementId(statement), number, LineKind.USAGE_GENERATION, Decimal(amount), "EUR", date(2025, 3, 1),
        WorkId("w"), allocated_from=1,
    )  # fmt: skip
    return replace(row, **more)  # type: ignore[arg-type]


def taking_back(line: Line, number: int, statement: str = "second") -> Line:
    return replace(
        line, statement=StatementId(statement), number=number, kind=LineKind.REVERSAL, amount=-line.amount,
        corrects=line.number, corrects_statement=line.statement,
    )  # fmt: skip


def test_what_stays_the_same_is_left_alone() -> None:
    lines = [net_line(1, "5"), net_line(2, "5"), net_line(3, "7", right=Right.MASTER)]
    found = correction(lines, [replace(line, number=0) for line in reversed(lines)])
    assert (found.reversed, found.added) == ((), ())


def test_a_line_that_no_longer_holds_is_reversed_and_the_new_one_names_it() -> None:
    old, new = net_line(1, "5"), net_line(0, "4")
    found = correction([old], [new])
    assert (found.reversed, found.added) == ((old,), ((new, old),))
    assert correction([old], []).reversed == (old,)
    assert correction([], [new]).added == ((new, None),)


@given(st.lists(st.lists(st.integers(1, 3), max_size=4), min_size=1, max_size=5))
def test_corrections_one_after_the_other_always_come_to_what_holds_now(rounds: list[list[int]]) -> None:
    kept: list[Line] = []
    for at, wanted in enumerate(rounds):
        lines = [net_line(0, str(amount)) for amount in wanted]
        found = correction(kept, lines)
        name = f"s{at}"
        numbered = [taking_back(line, n, name) for n, line in enumerate(found.reversed, 1)]
        numbered += [
            replace(line, statement=StatementId(name), number=n)
            for n, (line, _) in enumerate(found.added, len(numbered) + 1)
        ]
        kept += numbered
        assert sorted(line.amount for line in standing(kept)) == sorted(line.amount for line in lines)
        assert exact_sum(line.amount for line in kept) == sum(wanted)
        assert correction(kept, lines).added == ()
