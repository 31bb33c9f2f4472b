"""Sums of money: exact, per currency, and every line in exactly one step of its flow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.earnings import (
    SumBy,
    earned_by_work,
    flows,
    month_sums,
    paid_uses,
    totals_of,
    twelve_months_to,
)
from artist_console.domain.ids import PartyId, ProgrammeId, StatementId, WorkId
from artist_console.domain.statements import (
    Line,
    LineKind,
    MoneyNature,
    Statement,
    StatementSource,
    exact_sum,
    is_earned,
)

STATEMENT, MARA = StatementId("s"), PartyId("mara")
SALT, HARMONIA = WorkId("salt-lines"), ProgrammeId("harmonia")
NOVEMBER = date(2025, 11, 1)


def line(
    kind: LineKind, amount: str, *, month: date = NOVEMBER, currency: str = "EUR", **more: object
) -> Line:
    return Line(STATEMENT, 1, kind, Decimal(amount), currency, month, **more)  # type: ignore[arg-type]


def statement(paid: str | None, currency: str = "EUR", id: str = "s") -> Statement:
    return Statement(
        StatementId(id),
        "Fieldnote",
        MARA,
        NOVEMBER,
        date(2025, 11, 30),
        currency,
        1,
        None,
        StatementSource.API,
        date(2025, 12, 10),
        "",
        paid=None if paid is None else Decimal(paid),
    )


amounts = st.decimals(
    min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=18, allow_nan=False, allow_infinity=False
)
lines = st.lists(
    st.builds(
        lambda kind, amount, currency, month: Line(
            STATEMENT, 1, kind, amount, currency, date(2025, month, 1), SALT, HARMONIA
        ),
        st.sampled_from(LineKind),
        amounts,
        st.sampled_from(["EUR", "GBP", "JPY"]),
        st.integers(1, 12),
    ),
    max_size=40,
)


def test_money_goes_from_earned_over_advance_and_reserve_to_paid() -> None:
    held = [
        line(LineKind.POOL_SUBSCRIPTION, "100.10"),
        line(LineKind.RECOUPMENT, "-40"),
        line(LineKind.RESERVE_HELD, "-8"),
        line(LineKind.RESERVE_RELEASED, "3"),
        line(LineKind.COMMISSION, "-15"),
        line(LineKind.OTHER, "7"),
    ]

    (flow,) = flows([statement("47.10")], held)

    assert (flow.earned, flow.other) == (Decimal("100.10"), Decimal(7))
    assert (flow.set_against, flow.held, flow.deducted) == (Decimal(40), Decimal(5), Decimal(15))
    assert (flow.payable, flow.paid, flow.still_to_come) == (
        Decimal("47.10"),
        Decimal("47.10"),
        Decimal("0.00"),
    )


def test_other_income_is_never_counted_as_ai_income() -> None:
    held = [line(LineKind.OTHER, "900", work=SALT)]

    assert totals_of(held) == ()
    assert month_sums(held, SumBy.KIND) == ()
    assert earned_by_work(held, NOVEMBER, NOVEMBER) == {}
    assert paid_uses([statement(None)], held) == ()


def test_an_advance_is_not_earned() -> None:
    (flow,) = flows([], [line(LineKind.ADVANCE, "9000")])

    assert (flow.earned, flow.advanced, flow.payable) == (Decimal(0), Decimal(9000), Decimal(9000))


def test_a_payment_without_lines_is_shown_in_its_currency() -> None:
    (flow,) = flows([statement("12.50", "GBP")], [])

    assert (flow.currency, flow.paid, flow.payable) == ("GBP", Decimal("12.50"), Decimal(0))


def test_counted_and_estimated_money_of_one_month_stay_apart() -> None:
    held = [
        line(LineKind.USAGE_GENERATION, "2", programme=HARMONIA),
        line(LineKind.USAGE_OUTPUT_ATTRIBUTED, "3", programme=HARMONIA),
    ]

    sums = month_sums(held, SumBy.PROGRAMME)

    assert {(each.key, each.nature, each.amount) for each in sums} == {
        (HARMONIA, MoneyNature.COUNTED, Decimal(2)),
        (HARMONIA, MoneyNature.ESTIMATED, Decimal(3)),
    }


def test_twelve_months_end_with_the_month_of_the_day() -> None:
    assert twelve_months_to(date(2025, 11, 18)) == date(2024, 12, 1)
    assert twelve_months_to(date(2025, 12, 31)) == date(2025, 1, 1)
    assert twelve_months_to(date(2025, 1, 1)) == date(2024, 2, 1)


def test_lines_outside_the_months_are_left_out_of_what_a_work_earned() -> None:
    held = [
        line(LineKind.FEE_TRAINING, "1", work=SALT, month=date(2024, 11, 1)),
        line(LineKind.FEE_TRAINING, "2", work=SALT, month=date(2024, 12, 1)),
        line(LineKind.FEE_TRAINING, "4", month=NOVEMBER),
    ]

    assert earned_by_work(held, date(2024, 12, 1), NOVEMBER) == {SALT: (("EUR", Decimal(2)),)}


def test_paid_uses_say_from_when_until_when_and_where() -> None:
    held = [
        line(LineKind.USAGE_GENERATION, "1", work=SALT, programme=HARMONIA, territory="SE"),
        line(
            LineKind.USAGE_GENERATION,
            "1",
            work=SALT,
            programme=HARMONIA,
            territory="DE",
            month=date(2025, 3, 1),
        ),
    ]

    (use,) = paid_uses([statement(None)], held)

    assert (use.artist, use.work, use.programme) == (MARA, SALT, HARMONIA)
    assert (use.first_month, use.last_month) == (date(2025, 3, 1), NOVEMBER)
    assert use.territories == ("DE", "SE")


@given(lines)
def test_every_line_is_in_exactly_one_step_of_its_flow(held: list[Line]) -> None:
    for flow in flows([], held):
        into = exact_sum((flow.earned, flow.other, flow.advanced, flow.unattributed))
        off = exact_sum((flow.set_against, flow.held, flow.deducted))
        total = exact_sum(each.amount for each in held if each.currency == flow.currency)
        assert exact_sum((into, -off)) == flow.payable == total


@given(lines)
def test_sums_by_month_by_work_and_in_all_agree_to_the_last_digit(held: list[Line]) -> None:
    totals = dict(totals_of(held))
    by_work = dict(earned_by_work(held, date(2025, 1, 1), date(2025, 12, 1)).get(SALT, ()))

    assert totals == by_work
    for by in SumBy:
        for currency, total in totals.items():
            months = [each.amount for each in month_sums(held, by) if each.currency == currency]
            assert exact_sum(months) == total


@given(lines, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_sum(held: list[Line], random: object) -> None:
    shuffled = list(held)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert flows([], shuffled) == flows([], held)
    assert month_sums(shuffled, SumBy.KIND) == month_sums(held, SumBy.KIND)


@given(st.sampled_from(LineKind))
def test_each_kind_of_line_has_a_step(kind: LineKind) -> None:
    (flow,) = flows([], [line(kind, "5")])

    assert flow.payable == Decimal(5)
    assert (flow.earned == Decimal(5)) is is_earned(kind)
