"""A waterfall leads from pools to what is due, and adds up to the last digit whatever the lines say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.ids import ProgrammeId, StatementId, WorkId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.statements import Line, LineKind, Making, exact_sum
from artist_console.domain.waterfall import (
    StepForm,
    Waterfall,
    WaterfallSum,
    waterfall_of_line,
    waterfalls,
)

_POOL = Making(Decimal(1000), Decimal(30), Decimal(300), Decimal("0.5"), 2_500, 2)


def a_line(number: int = 1, **more: object) -> Line:
    fields: dict[str, object] = {
        "kind": LineKind.POOL_SUBSCRIPTION,
        "amount": Decimal("12.50"),
        "currency": "EUR",
        "month": date(2026, 7, 1),
        "work": WorkId("salt"),
        "programme": ProgrammeId("harmonia"),
    }
    return Line(StatementId("one"), number, **(fields | more))  # type: ignore[arg-type]


def holds(found: Waterfall) -> None:
    """Each step leads from the one before it to the next, and all of them to the net."""
    now = Decimal(0)
    for step in found.steps:
        match step.kind:
            case StepForm.START:
                assert step.amount == step.after
                now = step.after
            case StepForm.TOTAL:
                assert step.amount == step.after == now
            case StepForm.UP | StepForm.DOWN:
                now = exact_sum((now, step.amount))
                assert (step.amount < 0) is (step.kind is StepForm.DOWN)
                assert step.after == now
    assert now == found.net == found.steps[-1].amount


_amounts = st.decimals(-(10**9), 10**9, places=18)
_positive = st.decimals(Decimal("0.000001"), 10**9, places=6)
_makings = st.builds(
    Making,
    pool=st.decimals(0, 10**9, places=12),
    weight=_positive,
    total_weight=_positive,
    rate=st.decimals(0, 1, places=6),
    share_bp=st.integers(0, 10_000),
    decimals=st.integers(0, 18),
)
_steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(StepKind),
        st.decimals(-(10**9), 10**9, places=30),
        st.none() | _positive,
        st.none() | _positive,
        st.sampled_from(("", "Agreement", "Letter")),
    ),
    max_size=5,
).map(tuple)
_lines = st.lists(
    st.builds(
        lambda number, kind, amount, making, steps, work, above: a_line(
            number, kind=kind, amount=amount, making=making, steps=steps, work=work, allocated_from=above
        ),
        st.integers(1, 10),
        st.sampled_from(LineKind),
        _amounts,
        st.none() | _makings,
        _steps,
        st.sampled_from((None, WorkId("salt"), WorkId("norrsken"))),
        st.none() | st.integers(1, 3),
    ),
    min_size=1,
    max_size=12,
)


@given(_lines)
def test_whatever_the_lines_say_the_steps_lead_to_their_sum(lines: list[Line]) -> None:
    (found,) = waterfalls(lines)
    holds(found)
    assert found.net == exact_sum(line.amount for line in lines)
    assert found.lines == len(lines)


@given(_lines)
def test_one_line_leads_to_its_amount(lines: list[Line]) -> None:
    found = waterfall_of_line(lines[0])
    holds(found)
    assert found.net == lines[0].amount


@given(st.lists(_makings, min_size=1, max_size=6))
def test_lines_that_follow_from_their_pools_leave_nothing_unexplained(makings: list[Making]) -> None:
    lines = [a_line(n, making=each, amount=each.amount()) for n, each in enumerate(makings)]
    (found,) = waterfalls(lines)
    holds(found)
    assert found.exact
    assert found.words == ()
    assert all(step.key != "difference" for step in found.steps)


def test_a_line_goes_from_pool_by_weight_rate_and_share_to_its_amount() -> None:
    found = waterfall_of_line(a_line(making=_POOL))
    assert [(step.key.split("-")[0], step.amount, step.after) for step in found.steps] == [
        ("pool", Decimal(1000), Decimal(1000)),
        ("weight", Decimal(-900), Decimal(100)),
        ("rate", Decimal("-50.0"), Decimal("50.0")),
        ("split", Decimal("-37.5"), Decimal("12.5")),
        ("net", Decimal("12.50"), Decimal("12.50")),
    ]
    assert found.exact


def test_a_pool_that_two_works_are_paid_from_is_counted_once() -> None:
    other = a_line(2, making=_POOL, work=WorkId("norrsken"))
    (found,) = waterfalls([a_line(making=_POOL), other])
    assert found.steps[0].amount == 1000
    assert [step.amount for step in found.steps if step.key == "weight"] == [Decimal(-800)]
    assert found.net == 25


def test_the_pools_of_two_months_are_both_counted() -> None:
    later = a_line(2, making=_POOL, month=date(2026, 8, 1))
    (found,) = waterfalls([a_line(making=_POOL), later])
    assert found.steps[0].amount == 2000
    assert found.steps[0].words.text == "Pools that it was paid from (2)"


def test_two_rights_of_one_line_above_share_what_came_before_they_parted() -> None:
    above = Step(StepKind.LINE, Decimal(100), source="Line 7")

    def part(number: int, percent: int, kept: int) -> Line:
        right = Step(StepKind.RIGHT, Decimal(percent), Decimal(percent), Decimal(100))
        split = Step(StepKind.SPLIT, Decimal(kept), Decimal(kept), Decimal(percent))
        return a_line(number, amount=Decimal(kept), steps=(above, right, split), allocated_from=7)

    (found,) = waterfalls([part(1, 60, 30), part(2, 40, 10)])
    assert [(step.key, step.amount) for step in found.steps] == [
        ("above", Decimal(100)),
        ("split", Decimal(-60)),
        ("net", Decimal(40)),
    ]
    assert found.exact


def test_what_does_not_follow_stands_by_itself() -> None:
    found = waterfall_of_line(a_line(making=_POOL, amount=Decimal("11.00")))
    assert not found.exact
    (odd,) = [step for step in found.steps if step.key == "difference"]
    assert odd.amount == Decimal("-1.50")
    assert "differs" in found.words[1].text


def test_money_of_other_natures_and_what_is_taken_stand_in_steps_of_their_own() -> None:
    lines = [
        a_line(1, making=_POOL),
        a_line(2, kind=LineKind.FEE_TRAINING, amount=Decimal(5)),
        a_line(3, kind=LineKind.TAX_WITHHELD, amount=Decimal("-1.75")),
        a_line(4, kind=LineKind.OTHER, amount=Decimal(9), making=_POOL),
    ]
    (found,) = waterfalls(lines)
    holds(found)
    assert [step.key for step in found.steps][-5:] == [
        "from_pools",
        "fee.training",
        "other",
        "tax.withheld",
        "net",
    ]
    assert found.net == Decimal("24.75")
    assert "3 of 4 lines" in found.words[0].text


def test_currencies_are_never_added_together() -> None:
    found = waterfalls([a_line(1), a_line(2, currency="USD", amount=Decimal(3))])
    assert [(each.currency, each.net) for each in found] == [("EUR", Decimal("12.50")), ("USD", Decimal(3))]
    with pytest.raises(ValueError, match="USD is not EUR"):
        WaterfallSum("EUR").add(a_line(currency="USD"))
