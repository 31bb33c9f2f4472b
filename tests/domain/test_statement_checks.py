"""Checks of a statement: each says what first does not add up, and by how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import PartyId, StatementId, WorkId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.statement_checks import (
    Beside,
    SealState,
    check,
    check_figures,
    figures_of,
)
from artist_console.domain.statements import (
    Check,
    CheckResult,
    Line,
    LineKind,
    Making,
    Statement,
    StatementSource,
    exact_sum,
)
from artist_console.domain.uses import Right

ID = StatementId("july")
MAKING = Making(Decimal("148000.00"), Decimal(1930), Decimal(46_210_337), Decimal("0.35"), 2_500, 6)
WRONG, RIGHT = CheckResult.DOES_NOT_ADD_UP, CheckResult.ADDS_UP


def a_line(number: int = 1, amount: str = "2.50", **more: object) -> Line:
    fields: dict[str, object] = {
        "kind": LineKind.FEE_TRAINING,
        "amount": Decimal(amount),
        "currency": "EUR",
        "month": date(2026, 7, 1),
    }
    return Line(ID, number, **(fields | more))  # type: ignore[arg-type]


def a_statement(lines: list[Line], **more: object) -> Statement:
    fields: dict[str, object] = {
        "line_count": len(lines),
        "declared_total": exact_sum(line.amount for line in lines),
        "source": StatementSource.API,
        "received_on": date(2026, 8, 20),
        "sha256": "ab" * 32,
        "currency": "EUR",
        "period_from": date(2026, 7, 1),
        "period_until": date(2026, 7, 31),
    }
    return Statement(ID, "Fieldnote Records", PartyId("mara"), **(fields | more))  # type: ignore[arg-type]


def of(name: str, statement: Statement, lines: list[Line], beside: Beside = Beside()) -> Check:  # noqa: B008
    return next(each for each in check(statement, lines, beside).checks if each.name == name)


# What is here


def test_a_statement_without_lines_is_not_checked() -> None:
    found = check(a_statement([], line_count=4), [])
    assert found.result is CheckResult.NOT_CHECKED


def test_lines_that_are_missing_are_told() -> None:
    lines = [a_line(1)]
    found = of("count", a_statement(lines, line_count=3), lines)
    assert (found.result, found.words) == (WRONG, "1 of 3 lines are here.")


def test_rows_that_were_left_out_make_every_total_partial() -> None:
    lines = [a_line(1)]
    found = of("left_out", a_statement(lines, rows_left_out=12), lines)
    assert found.result is CheckResult.PART_CANNOT_BE_CHECKED
    assert found.words.startswith("12 rows")
    assert all(each.name != "left_out" for each in check(a_statement(lines), lines).checks)


def test_the_first_line_in_another_currency_is_named() -> None:
    lines = [a_line(1), a_line(4, currency="USD"), a_line(5, currency="GBP")]
    found = of("currency", a_statement(lines), lines)
    assert (found.result, found.line) == (WRONG, 4)


def test_a_currency_that_was_no_money_then_is_told() -> None:
    lines = [a_line(1, currency="BGN")]
    assert of("currency", a_statement(lines, currency="BGN"), lines).result is WRONG
    then = a_statement(lines, currency="BGN", period_from=date(2025, 7, 1), period_until=date(2025, 7, 31))
    assert of("currency", then, lines).result is RIGHT


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"period_until": date(2026, 6, 1)}, "before it begins"),
        ({"received_on": date(2026, 6, 30)}, "after the statement was received"),
        ({"period_from": date(2026, 6, 1), "period_until": date(2026, 6, 30)}, "after the period"),
        ({"received_on": date(2026, 12, 1)}, "has not come yet"),
    ],
)
def test_days_that_cannot_be_are_told(more: dict[str, object], words: str) -> None:
    lines = [a_line(1)]
    found = of("period", a_statement(lines, **more), lines, Beside(today=date(2026, 11, 29)))
    assert found.result is WRONG
    assert words in found.words


# Totals and balances


def test_the_total_is_off_by_its_exact_difference() -> None:
    lines = [a_line(1, "0.000000000000000001"), a_line(2, "3")]
    found = of("total", a_statement(lines, declared_total=Decimal(3)), lines)
    assert (found.result, found.difference) == (WRONG, Decimal("-0.000000000000000001"))
    assert of("total", a_statement(lines, declared_total=None), lines).result is (
        CheckResult.PART_CANNOT_BE_CHECKED
    )


def test_balances_lead_from_opening_to_closing() -> None:
    lines = [a_line(1, "5")]
    fields: dict[str, object] = {"opening_balance": Decimal(2), "paid": Decimal(6)}
    assert of("balance", a_statement(lines, closing_balance=Decimal(1), **fields), lines).result is RIGHT
    off = of("balance", a_statement(lines, closing_balance=Decimal("1.01"), **fields), lines)
    assert (off.result, off.difference) == (WRONG, Decimal("0.01"))


def test_a_statement_goes_on_from_the_latest_before_it() -> None:
    lines = [a_line(1)]
    may = a_statement(lines, closing_balance=Decimal(9))
    may = replace(may, id=StatementId("may"), period_from=date(2026, 5, 1), period_until=date(2026, 5, 31))
    june = replace(
        may,
        id=StatementId("june"),
        period_from=date(2026, 6, 1),
        period_until=date(2026, 6, 30),
        closing_balance=Decimal(4),
    )
    other = replace(june, id=StatementId("other"), issuer="Meridian", closing_balance=Decimal(70))
    july = a_statement(lines, opening_balance=Decimal("4.50"), closing_balance=Decimal(7))
    found = of("chain", july, lines, Beside((may, june, other, july)))
    assert (found.result, found.difference, found.other) == (WRONG, Decimal("0.50"), StatementId("june"))
    went_on = replace(july, opening_balance=Decimal(4))
    assert of("chain", went_on, lines, Beside((may, june, went_on))).result is RIGHT
    assert of("chain", july, lines, Beside((other, july))).result is CheckResult.NOT_CHECKED


# How lines were made


def test_a_line_that_does_not_follow_from_its_making_is_named_with_the_difference() -> None:
    good = a_line(1, str(MAKING.amount()), making=MAKING, kind=LineKind.POOL_SUBSCRIPTION)
    bad = replace(good, number=2, amount=good.amount + Decimal("0.000001"), work=WorkId("other"))
    found = of("making", a_statement([good, bad]), [good, bad])
    assert (found.result, found.line, found.difference) == (WRONG, 2, Decimal("0.000001"))
    assert of("making", a_statement([good]), [good]).result is RIGHT


def test_a_total_weight_of_zero_is_told() -> None:
    line = a_line(1, making=replace(MAKING, total_weight=Decimal(0)))
    assert "total weight of zero" in of("making", a_statement([line]), [line]).words


def steps(*amounts: str) -> tuple[Step, ...]:
    pool, weight, rate, rounded = map(Decimal, amounts)
    return (
        Step(StepKind.POOL, pool),
        Step(StepKind.WEIGHT, weight, Decimal(1), Decimal(3)),
        Step(StepKind.RATE, rate, Decimal("0.5"), Decimal(1)),
        Step(StepKind.ROUNDING, rounded),
    )


def test_steps_are_followed_exactly_in_the_digits_that_they_state() -> None:
    line = a_line(1, "16.67", steps=steps("100", "33.33", "16.6667", "16.67"))
    assert of("making", a_statement([line]), [line]).result is RIGHT


@pytest.mark.parametrize(
    ("amounts", "amount", "words"),
    [
        (("100", "33.34", "16.6667", "16.67"), "16.67", "weight by total weight"),
        (("100", "33.33", "16.67", "16.67"), "16.67", None),
        (("100", "33.33", "16.66", "16.67"), "16.67", "the rate"),
        (("100", "33.33", "16.6667", "16.60"), "16.60", "the rounding"),
        (("100", "33.33", "16.6667", "16.67"), "16.00", "lead to"),
    ],
)
def test_the_first_step_that_goes_wrong_is_named(
    amounts: tuple[str, ...], amount: str, words: str | None
) -> None:
    line = a_line(1, amount, steps=steps(*amounts))
    found = of("making", a_statement([line]), [line])
    assert found.result is (RIGHT if words is None else WRONG)
    assert words is None or words in found.words


def test_shares_of_one_thing_come_to_no_more_than_all_of_it() -> None:
    making = replace(MAKING, share_bp=6_000)
    lines = [
        a_line(n, str(making.amount()), making=making, work=WorkId("salt"), artist=f"member {n}")
        for n in (1, 2)
    ]
    found = of("shares", a_statement(lines), lines)
    assert (found.result, found.line) == (WRONG, 2)
    assert "120 %" in found.words
    apart = [lines[0], replace(lines[1], work=WorkId("other"))]
    assert of("shares", a_statement(apart), apart).result is RIGHT


def test_a_share_above_all_of_it_is_told() -> None:
    making = replace(MAKING, share_bp=10_001)
    line = a_line(3, str(making.amount()), making=making)
    assert "100.01 %" in of("shares", a_statement([line]), [line]).words


def test_a_share_other_than_the_split_in_force_is_told() -> None:
    split = (Step(StepKind.LINE, Decimal(10)), Step(StepKind.SPLIT, Decimal(4), Decimal(40), Decimal(100)))
    line = a_line(1, "4", steps=split, work=WorkId("salt"), right=Right.MASTER)
    known = Beside(share_of=lambda work, right, month: 5_000)
    found = of("shares", a_statement([line]), [line], known)
    assert found.result is WRONG
    assert found.words.endswith("takes a share of 40 %; the split in force then says 50 %.")
    same = Beside(share_of=lambda work, right, month: 4_000)
    assert of("shares", a_statement([line]), [line], same).result is RIGHT


# What is there twice


def test_a_number_that_stands_twice_is_wrong_and_equal_lines_are_something_to_ask() -> None:
    twice = [a_line(1), a_line(1, "3")]
    assert of("duplicates", a_statement(twice), twice).result is WRONG
    alike = [a_line(1), a_line(2), a_line(3)]
    found = of("duplicates", a_statement(alike), alike)
    assert (found.result, found.line) == (CheckResult.PART_CANNOT_BE_CHECKED, 2)
    assert "1 more" in found.words


def test_the_same_file_twice_and_two_statements_for_one_time_are_told() -> None:
    lines = [a_line(1)]
    one = a_statement(lines)
    same = replace(one, id=StatementId("again"))
    assert of("again", one, lines, Beside((one, same))).result is WRONG
    also = replace(same, sha256="cd" * 32)
    assert of("again", one, lines, Beside((one, also))).result is CheckResult.PART_CANNOT_BE_CHECKED
    later = replace(also, period_from=date(2026, 8, 1), period_until=date(2026, 8, 31))
    assert of("again", one, lines, Beside((one, later))).result is RIGHT


@pytest.mark.parametrize("state", SealState)
def test_only_a_broken_seal_is_held_against_a_statement(state: SealState) -> None:
    lines = [a_line(1, str(MAKING.amount()), making=MAKING)]
    whole = a_statement(lines, opening_balance=Decimal(0), closing_balance=lines[0].amount)
    expected = WRONG if state is SealState.BROKEN else RIGHT
    assert check(whole, lines, Beside(seal=state)).result is expected


# Figures


_lines = st.lists(
    st.builds(
        a_line,
        st.integers(1, 6),
        st.sampled_from(("0", "1.5", "-3.000000000000000007", "12345678901234567890.123456789012345678")),
        currency=st.sampled_from(("EUR", "USD")),
        month=st.sampled_from((date(2026, 7, 1), date(2026, 5, 1))),
        making=st.sampled_from((None, MAKING)),
    ),
    max_size=10,
)


@given(_lines, st.randoms())
def test_figures_do_not_depend_on_the_order_of_lines_but_where_numbers_are_the_same(
    lines: list[Line], chance: object
) -> None:
    numbered = [replace(line, number=place) for place, line in enumerate(lines, 1)]
    shuffled = list(numbered)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    statement = a_statement(numbered)
    assert figures_of(statement, shuffled) == figures_of(statement, numbered)


@given(_lines)
def test_figures_say_what_the_lines_are(lines: list[Line]) -> None:
    statement = a_statement(lines)
    found = figures_of(statement, lines)
    assert found.count == len(lines)
    assert dict(found.totals) == {
        code: exact_sum(line.amount for line in lines if line.currency == code)
        for code in {line.currency for line in lines}
    }
    contents = [replace(line, number=0) for line in lines]
    numbers = sorted(line.number for line in lines)
    assert found.twice_numbered == next((n for n in numbers if numbers.count(n) > 1), None)
    if found.twice_numbered is None:
        assert found.repeated_count == len(contents) - len(set(contents))
    assert check_figures(statement, found) == check(statement, lines)
