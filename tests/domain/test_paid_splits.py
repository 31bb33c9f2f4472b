"""Who is paid what, said by hand: paid by where no stakeholder's share is known, and at no other time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.allocation import Allocator, Facts, LeftReason
from artist_console.domain.allocation_splits import Share, said_shares
from artist_console.domain.ids import FactId, PartyId, StatementId, WorkId
from artist_console.domain.paid_splits import (
    BY_HAND,
    PaidShare,
    PaidSplit,
    SplitsAfter,
    make_room,
    paid_split_fault,
    split_on,
)
from artist_console.domain.parties import Stakeholder, Standing
from artist_console.domain.pay_terms import PayRate, PayTerms
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.statements import Line, LineKind, StatementLevel
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work

ADA, BEN = PartyId("ada"), PartyId("ben")
W = WorkId("w")
RECORDED = Recorded(datetime(2025, 1, 1, tzinfo=UTC))
MARCH = date(2025, 3, 1)
DAY = date(2025, 1, 1)


def split(*shares: tuple[PartyId, int], id: str = "s", **more: object) -> PaidSplit:
    held = tuple(PaidShare(party, share) for party, share in shares)
    row = PaidSplit(FactId(id), W, Right.MASTER, held, RECORDED)
    return replace(row, **more)  # type: ignore[arg-type]


def holder(party: PartyId, share: int | None, **more: object) -> Stakeholder:
    row = Stakeholder(FactId(f"h-{party}"), party, W, Right.MASTER, Standing.SHARES, RECORDED, share)
    return replace(row, **more)  # type: ignore[arg-type]


def paid(
    *splits: PaidSplit, holders: tuple[Stakeholder, ...] = (), right: Right | None = None
) -> dict[str, Decimal] | LeftReason:
    """What each has of a line of 100, or why nobody has."""
    facts = Facts(
        "Label",
        StatementLevel.LICENSOR_GROSS,
        {W: Work(W, WorkKind.RECORDING, "W", (ADA, BEN))},
        {W: holders},
        terms=(PayTerms(FactId("t"), "Label", None, RECORDED, (PayRate(Decimal(1)),)),),
        paid_splits={W: splits},
    )
    line = Line(StatementId("g"), 1, LineKind.USAGE_GENERATION, Decimal(100), "EUR", MARCH, W, right=right)
    done = Allocator(facts).allocate(line)
    assert done.total == line.amount
    return done.left[0].reason if done.left else {part.payee: part.amount for part in done.parts}


def named(said: PaidSplit) -> str:
    """What a step says that the split comes from."""
    [share] = said_shares([said], Right.MASTER, MARCH)
    assert isinstance(share, Share)
    return share.source


def test_a_split_set_by_hand_is_paid_by_and_named_where_nothing_else_is_known() -> None:
    assert paid(split((ADA, 7_500), (BEN, 2_500))) == {ADA: Decimal(75), BEN: Decimal(25)}
    assert paid() is LeftReason.NO_SPLIT
    assert named(split((ADA, 10_000))) == BY_HAND
    assert named(split((ADA, 10_000), source="Email of May")) == "Email of May"


def test_shares_on_record_win_over_what_was_set_by_hand() -> None:
    said = split((BEN, 10_000))
    assert paid(said, holders=(holder(ADA, 10_000),)) == {ADA: Decimal(100)}
    assert paid(said, holders=(holder(ADA, None, standing=Standing.CONTROLS),)) == {ADA: Decimal(100)}


def test_a_dispute_or_a_wrong_sum_on_record_is_not_settled_by_hand() -> None:
    said = split((BEN, 10_000))
    assert paid(said, holders=(holder(ADA, 10_000, disputed=True),)) is LeftReason.DISPUTED_SPLIT
    assert paid(said, holders=(holder(ADA, 4_000),)) is LeftReason.SPLIT_TOTAL


def test_holders_without_a_stated_share_leave_it_to_what_was_set_by_hand() -> None:
    assert paid(split((BEN, 10_000)), holders=(holder(ADA, None), holder(BEN, None))) == {BEN: Decimal(100)}


def test_shares_that_miss_the_whole_hold_the_line_and_thirds_do_not() -> None:
    assert paid(split((ADA, 9_000))) is LeftReason.SPLIT_TOTAL
    assert paid(split((ADA, 6_666), (BEN, 3_333))) == {
        ADA: Decimal("66.666666666667"),
        BEN: Decimal("33.333333333333"),
    }


def test_a_voice_of_several_is_paid_by_what_was_set_by_hand_alone() -> None:
    said = split((ADA, 5_000), (BEN, 5_000), right=Right.VOICE)
    assert paid(said, right=Right.VOICE) == {ADA: Decimal(50), BEN: Decimal(50)}
    assert paid(right=Right.VOICE) is LeftReason.NO_SPLIT


def test_a_split_counts_in_its_days_alone() -> None:
    until = split((ADA, 10_000), period=Period(None, date(2025, 2, 28)))
    since = split((BEN, 10_000), id="t", period=Period(date(2025, 3, 1)))
    assert paid(until, since) == {BEN: Decimal(100)}
    assert paid(until) is LeftReason.NO_SPLIT


@pytest.mark.parametrize(
    ("wrong", "kind", "word"),
    [
        (split(), WorkKind.RECORDING, "who is paid"),
        (split((ADA, 0)), WorkKind.RECORDING, "above 0"),
        (split((ADA, 10_001)), WorkKind.RECORDING, "at most"),
        (split((ADA, 5_000), (ADA, 5_000)), WorkKind.RECORDING, "twice"),
        (split((ADA, 10_000), right=Right.LYRICS), WorkKind.RECORDING, "name the song"),
        (split((ADA, 10_000)), WorkKind.COMPOSITION, "name the recording"),
        (split((ADA, 10_000), period=Period(MARCH, DAY)), WorkKind.RECORDING, "last day"),
    ],
)
def test_what_cannot_be_kept_is_said(wrong: PaidSplit, kind: WorkKind, word: str) -> None:
    fault = paid_split_fault(wrong, kind)
    assert fault is not None
    assert word in fault.text
    assert paid_split_fault(split((ADA, 9_000)), WorkKind.RECORDING) is None


days = st.integers(0, 400).map(lambda n: DAY + timedelta(days=n))
periods = st.tuples(st.none() | days, st.none() | days).filter(
    lambda pair: None in pair or pair[0] <= pair[1]  # type: ignore[operator]
)


@given(st.lists(periods, max_size=6), days)
def test_splits_of_a_right_never_hold_at_once_and_a_new_one_takes_no_day_silently(
    wished: list[tuple[date | None, date | None]], day: date
) -> None:
    kept: dict[str, PaidSplit] = {}
    for n, (since, until) in enumerate(wished):
        new = split((ADA, 10_000), id=f"s{n}", period=Period(since, until))
        before = split_on(kept.values(), Right.MASTER, day)
        after = make_room(new, kept.values())
        if after.fault is not None:
            assert after == SplitsAfter(fault=after.fault)
            continue
        kept |= {each.id: each for each in after.ended}
        if after.replaced is not None:
            del kept[after.replaced.id]
        kept[new.id] = new
        held = [each for each in kept.values() if split_on([each], Right.MASTER, day) is not None]
        assert len(held) <= 1
        assert held or before is None
