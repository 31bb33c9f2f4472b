"""Payments beside inclusions and permissions: each rule by example, and what none of them may say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.earnings import paid_uses
from artist_console.domain.finding_records import Records
from artist_console.domain.ids import FactId, StatementId, TermsId, WorkId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.parties import GroupRule, Membership, PartyKind
from artist_console.domain.pay_terms import PayRate, PayTerms
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Rate, TermsVersion
from artist_console.domain.reconcile import unmet
from artist_console.domain.registers import Subject
from artist_console.domain.statements import Line, LineKind, Making, Statement, StatementSource
from artist_console.domain.unmet import PaidPart, ReconcileKind, Unmet
from artist_console.domain.unmet_rates import RatedLine
from artist_console.domain.uses import Use

from .test_findings import DATASETS, MODELS, TODAY, day, said
from .world import (
    ALL_MY_WORKS,
    MARA,
    OLA,
    OPERATOR,
    PROGRAMME,
    RECORDING,
    World,
    at,
    release_subject,
    work_subject,
    world,
)

ID = StatementId("s")
ISSUER = "Fieldnote"
MAKING = Making(Decimal(1000), Decimal(3), Decimal(30), Decimal("0.5"), 2_500, 2)


def a_line(number: int = 1, month: date | None = None, **more: Any) -> Line:
    fields: dict[str, Any] = {
        "statement": ID,
        "kind": LineKind.USAGE_GENERATION,
        "amount": Decimal("12.50"),
        "currency": "EUR",
        "month": month or date(2025, 8, 1),
        "work": RECORDING,
        "programme": PROGRAMME,
        "use": Use.TRAIN_GENERATIVE,
    }
    return Line(number=number, **(fields | more))


def a_statement(**more: Any) -> Statement:
    fields: dict[str, Any] = {
        "id": ID,
        "issuer": ISSUER,
        "payee": MARA,
        "period_from": date(2025, 7, 1),
        "period_until": date(2025, 9, 30),
        "currency": "EUR",
        "line_count": 1,
        "declared_total": None,
        "source": StatementSource.API,
        "received_on": date(2025, 10, 20),
        "sha256": "ab" * 32,
    }
    return Statement(**(fields | more))


def part(line: Line) -> PaidPart:
    return PaidPart(
        MARA,
        line.statement,
        line.kind,
        line.month,
        line.currency,
        line.amount,
        1,
        line.work,
        line.programme,
        line.use,
    )


def found(
    there: World,
    lines: Iterable[Line] = (),
    inclusions: Iterable[InclusionStatement] = (),
    statements: Iterable[Statement] | None = None,
    agreed: tuple[PayTerms, ...] = (),
) -> tuple[Unmet, ...]:
    held = tuple(lines)
    papers = tuple(statements) if statements is not None else ((a_statement(),) if held else ())
    records = Records(
        there.book(), inclusions, MODELS, DATASETS, papers, paid_uses(papers, held), (), TODAY, artists=[MARA]
    )
    by_id = {paper.id: paper for paper in papers}
    rated = [RatedLine(by_id[line.statement], line) for line in held]
    return unmet(records, [part(line) for line in held], papers, rated, agreed)


def kinds(rows: Iterable[Unmet]) -> list[ReconcileKind]:
    return [row.kind for row in rows]


# After a refusal


def test_money_for_a_month_after_the_refusal_is_told_and_for_one_before_it_is_not() -> None:
    there = world()
    there.refuse(day=200)  # 20 July 2025
    july, august = a_line(1, date(2025, 7, 1)), a_line(2, date(2025, 8, 1))
    rows = [r for r in found(there, [july, august]) if r.kind is ReconcileKind.PAID_AFTER_REFUSAL]
    assert [(row.since, row.until, row.amount) for row in rows] == [
        (date(2025, 8, 1), date(2025, 8, 1), Decimal("12.50"))
    ]
    assert rows[0].decision
    assert "20 July 2025" in rows[0].words[1].text


def test_a_refusal_that_was_taken_back_later_counted_while_it_stood() -> None:
    there = world()
    there.refuse(day=150)
    there.clear(day=240)
    lines = [a_line(1, date(2025, 8, 1)), a_line(2, date(2025, 10, 1))]
    rows = [r for r in found(there, lines) if r.kind is ReconcileKind.PAID_AFTER_REFUSAL]
    assert [row.until for row in rows] == [date(2025, 8, 1)]


@pytest.mark.parametrize(
    "subject", [ALL_MY_WORKS, release_subject(), work_subject(RECORDING), work_subject(WorkId("former-id"))]
)
def test_a_no_that_covers_the_work_in_any_way_is_held_against_a_payment(subject: Subject) -> None:
    there = world()
    there.works = [
        replace(work, merged_ids=(WorkId("former-id"),)) if work.id == RECORDING else work
        for work in there.works
    ]
    there.refuse(subject, day=10)
    assert ReconcileKind.PAID_AFTER_REFUSAL in kinds(found(there, [a_line()]))


@pytest.mark.parametrize(
    "speaks",
    [
        {"group_rule": GroupRule.ALL, "members": (Membership(OLA),)},
        {"group_rule": GroupRule.NAMED, "group_speaker": OLA},
    ],
)
def test_a_no_of_whoever_speaks_for_the_group_is_held_against_a_payment(speaks: dict[str, Any]) -> None:
    there = world()
    there.parties = [
        replace(party, kind=PartyKind.GROUP, **speaks) if party.id == MARA else party
        for party in there.parties
    ]
    there.clear(day=5)  # the group has a ledger of its own
    assert ReconcileKind.PAID_AFTER_REFUSAL not in kinds(found(there, [a_line()]))
    there.refuse(day=10, artist=OLA)
    assert ReconcileKind.PAID_AFTER_REFUSAL in kinds(found(there, [a_line()]))


def test_what_is_unreleased_is_refused_without_a_word() -> None:
    there = world()
    there.works = [replace(work, unreleased=True) if work.id == RECORDING else work for work in there.works]
    there.clear(day=5)
    assert ReconcileKind.PAID_AFTER_REFUSAL in kinds(found(there, [a_line()]))


@pytest.mark.parametrize("kind", [LineKind.SETTLEMENT, LineKind.BACKPAY, LineKind.EQUITY])
def test_money_that_may_be_for_a_time_before_the_refusal_is_not_held_against_it(kind: LineKind) -> None:
    there = world()
    there.refuse(day=10)
    assert ReconcileKind.PAID_AFTER_REFUSAL not in kinds(found(there, [a_line(kind=kind)]))


def test_a_use_that_is_not_named_is_refused_only_where_all_it_can_be_are() -> None:
    there = world()
    there.refuse(use=Use.TRAIN_GENERATIVE, day=10)
    unnamed = a_line(use=None)
    declared = there.book().programmes[PROGRAMME].uses
    expected = all(use is Use.TRAIN_GENERATIVE for use in declared) and bool(declared)
    assert (ReconcileKind.PAID_AFTER_REFUSAL in kinds(found(there, [unnamed]))) is expected


# Included and paid


def test_included_and_not_paid_is_told_work_by_work_and_only_after_half_a_year() -> None:
    rows = found(world(), inclusions=[said(on=10)])
    assert ReconcileKind.INCLUDED_NOT_PAID in kinds(rows)
    (row,) = [row for row in rows if row.kind is ReconcileKind.INCLUDED_NOT_PAID]
    assert (row.work, row.programme, row.amount) == (RECORDING, PROGRAMME, None)
    assert ReconcileKind.INCLUDED_NOT_PAID not in kinds(found(world(), inclusions=[said(on=300)]))


def test_nothing_is_told_to_be_unpaid_where_money_comes_without_naming_works() -> None:
    rows = found(world(), [a_line(work=None)], [said(on=10)])
    assert ReconcileKind.INCLUDED_NOT_PAID not in kinds(rows)


def test_paid_and_not_included_says_how_much_per_currency() -> None:
    lines = [a_line(1), a_line(2, date(2025, 9, 1)), a_line(3, currency="USD", amount=Decimal(2))]
    rows = [r for r in found(world(), lines) if r.kind is ReconcileKind.PAID_NOT_INCLUDED]
    assert [(row.currency, row.amount) for row in rows] == [("EUR", Decimal("25.00")), ("USD", Decimal(2))]
    assert ReconcileKind.PAID_NOT_INCLUDED not in kinds(found(world(), lines, [said(on=10)]))


# Without a statement


def test_a_programme_that_reports_use_and_that_no_statement_names_is_told() -> None:
    rows = found(world(), inclusions=[said(InclusionState.IN_DATASET, on=10)])
    assert kinds(rows) == [ReconcileKind.USE_WITHOUT_STATEMENT]
    assert rows[0].work == RECORDING
    weak = said(InclusionState.IN_DATASET, on=10, grade=EvidenceGrade.INFERRED)
    assert found(world(), inclusions=[weak]) == ()


def test_a_time_that_an_issuers_statements_leave_out_is_told_where_works_were_in_use() -> None:
    first = a_statement(
        id=StatementId("q1"), period_from=date(2025, 1, 1), period_until=date(2025, 3, 31), sha256="01" * 32
    )
    lines = [a_line()]
    rows = found(world(), lines, [said(on=10)], [first, a_statement()])
    (gap,) = [row for row in rows if row.kind is ReconcileKind.USE_WITHOUT_STATEMENT]
    assert (gap.since, gap.until) == (date(2025, 4, 1), date(2025, 6, 30))
    assert found(world(), statements=[first, a_statement()]) == ()
    between = replace(
        first, id=StatementId("q2"), period_from=date(2025, 4, 1), period_until=date(2025, 6, 30)
    )
    whole = found(world(), lines, [said(on=10)], [first, between, a_statement()])
    assert ReconcileKind.USE_WITHOUT_STATEMENT not in kinds(whole)


def test_statements_that_ended_long_ago_are_told_where_they_came_more_than_once() -> None:
    papers = [
        a_statement(
            id=StatementId(f"m{month}"),
            period_from=date(2024, month, 1),
            period_until=date(2024, month, 28),
            sha256=f"{month:02}" * 32,
        )
        for month in (1, 2)
    ]
    rows = found(world(), inclusions=[said(on=300)], statements=papers)
    assert [(row.since, row.until) for row in rows] == [(date(2024, 2, 29), TODAY)]
    assert found(world(), inclusions=[said(on=300)], statements=papers[:1]) == ()
    assert found(world(), statements=papers) == ()


# Rates


def terms(rate: str, payee: Any = None, **more: Any) -> PayTerms:
    return PayTerms(
        FactId(f"terms-{rate}-{payee}"),
        ISSUER,
        payee,
        Recorded(at(0)),
        rates=(PayRate(Decimal(rate)),),
        source="Contract, clause 9",
        **more,
    )


def test_a_rate_below_what_is_agreed_says_what_it_would_have_been() -> None:
    line = a_line(kind=LineKind.POOL_SUBSCRIPTION, making=MAKING)
    rows = [
        r
        for r in found(world(), [line], agreed=(terms("0.6"),))
        if r.kind is ReconcileKind.RATE_BELOW_AGREEMENT
    ]
    assert [(row.amount, row.expected, row.lines) for row in rows] == [
        (Decimal("12.50"), Decimal("15.00"), (1,))
    ]
    assert "50 %" in rows[0].words[0].text
    assert "clause 9" in rows[0].words[1].text


@pytest.mark.parametrize(
    ("agreed", "is_below"),
    [
        ((terms("0.5"),), False),
        ((terms("0.4"),), False),
        ((terms("0.26", MARA),), True),  # of the payee: stands in the share
        ((terms("0.25", MARA),), False),
        ((), False),
    ],
)
def test_only_a_lower_rate_is_below(agreed: tuple[PayTerms, ...], is_below: bool) -> None:
    line = a_line(kind=LineKind.POOL_SUBSCRIPTION, making=MAKING)
    assert (ReconcileKind.RATE_BELOW_AGREEMENT in kinds(found(world(), [line], agreed=agreed))) is is_below


def test_an_operator_that_pays_less_than_its_terms_offer_for_one_is_told() -> None:
    there = world()
    offered = TermsVersion(
        TermsId("t1"),
        PROGRAMME,
        1,
        "text",
        "cd" * 32,
        effective_from=day(-500),
        announced_on=day(-500),
        rates=(Rate(Use.TRAIN_GENERATIVE, Decimal("0.02"), "EUR", "per generation"),),
    )
    there.terms = [offered]
    name = there.book().parties[OPERATOR].name
    line = a_line(quantity=1_000)
    direct = found(there, [line], statements=[a_statement(issuer=name)])
    (row,) = [row for row in direct if row.kind is ReconcileKind.RATE_BELOW_AGREEMENT]
    assert (row.amount, row.expected) == (Decimal("12.50"), Decimal("20.00"))
    through = found(there, [line])
    assert ReconcileKind.RATE_BELOW_AGREEMENT not in kinds(through)


# All of them


@given(
    st.lists(
        st.builds(
            a_line,
            st.integers(1, 9),
            st.sampled_from([date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)]),
            amount=st.sampled_from([Decimal("1.5"), Decimal("-2"), Decimal("0.000001")]),
            kind=st.sampled_from(LineKind),
            work=st.sampled_from([None, RECORDING, WorkId("unknown")]),
            programme=st.sampled_from([None, PROGRAMME]),
            use=st.sampled_from([None, Use.TRAIN_GENERATIVE, Use.GEN_COVER]),
        ),
        max_size=8,
    ),
    st.booleans(),
)
def test_a_row_never_claims_more_than_was_paid_and_keys_are_unique(lines: list[Line], refused: bool) -> None:
    there = world()
    if refused:
        there.refuse(day=150)
    rows = found(there, lines)
    assert len({row.key for row in rows}) == len(rows)
    assert refused or ReconcileKind.PAID_AFTER_REFUSAL not in kinds(rows)
    amounts = {line.amount for line in lines}
    for row in rows:
        assert row.asked.text
        assert "your" not in row.asked.text.lower().split()
        if row.amount is not None:
            assert amounts
            assert row.amount <= sum((line.amount for line in lines if line.amount > 0), Decimal(0))
    assert found(there, list(reversed(lines))) == rows
