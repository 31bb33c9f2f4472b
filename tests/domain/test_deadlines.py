"""Every deadline in one list: which days there are, in what order, and that none is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain import deadline_papers, deadline_training, deadlines
from artist_console.domain.cases import Case, CaseStanding, CaseState
from artist_console.domain.contracts import AiClause, Contract, ContractKind, Hold
from artist_console.domain.deadline_papers import months_after
from artist_console.domain.deadlines import KIND_WORDS, Deadline, DeadlineKind
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import (
    AccountId,
    ArtistId,
    FactId,
    MandateId,
    ModelVersionId,
    ProgrammeId,
    StatementId,
)
from artist_console.domain.inclusion import ModelVersion
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import About
from artist_console.domain.mandates import Mandate, MandateEvidence
from artist_console.domain.parties import Party, PartyKind
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.phrases import say
from artist_console.domain.programmes import Programme
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from tests.backend.world import HARBOUR, MARA, OPERATOR, SALT, statement
from tests.commands.listed_world import SET, stated

TODAY = date(2025, 6, 1)
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
FACTS = FactBook.of(
    parties=[Party(MARA, "Mara Quist", PartyKind.PERSON, is_artist=True)],
    works=[Work(id, WorkKind.RECORDING, id, (MARA,)) for id in (SALT, HARBOUR)],
    ledgers={MARA: ()},
)


def a_deadline(id: str, on: date) -> Deadline:
    return deadlines.a_deadline(
        id, DeadlineKind.REQUEST, on, MARA, FACTS, say("A"), say("B"), f"request/{id}", TODAY
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.dates(date(2020, 1, 1), date(2030, 1, 1)))))
def test_what_has_passed_comes_first_and_each_thing_stands_once(found: list[tuple[int, date]]) -> None:
    rows = deadlines.in_order(a_deadline(str(id), on) for id, on in found)
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    assert {row.id for row in rows} == {f"request/{id}" for id, _ in found}
    assert len(rows) == len({id for id, _ in found})
    for row in rows:
        assert row.overdue_days == ((TODAY - row.on).days if row.on < TODAY else None)
    waits = [row.overdue_days is None for row in rows]
    assert waits == sorted(waits)


def test_every_kind_has_its_words() -> None:
    assert set(KIND_WORDS) == set(DeadlineKind)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 5, 2), 36, date(2028, 5, 2)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def a_contract(**more: object) -> Contract:
    return Contract(
        FactId("c-1"), MARA, ContractKind.LABEL, Hold.OWNS, (Right.MASTER,), AiClause.NONE,
        Recorded(NOW), counterparty_name="Fieldnote", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_days_of_a_contract_are_listed_while_they_are_to_come() -> None:
    signed = a_contract(reversion_on=date(2026, 1, 1), rerecording_until=TODAY)
    found = list(deadline_papers.of_contracts([signed], lambda c: c.counterparty_name, FACTS, TODAY))
    assert [(each.kind, each.on, each.target) for each in found] == [
        (DeadlineKind.RIGHTS_BACK, date(2026, 1, 1), "contract/c-1"),
        (DeadlineKind.RERECORDING, TODAY, "contract/c-1"),
    ]
    gone = a_contract(reversion_on=TODAY - timedelta(days=1))
    assert not list(deadline_papers.of_contracts([gone], lambda c: "", FACTS, TODAY))


def test_an_audit_period_is_counted_from_the_day_of_the_statement() -> None:
    paper = statement(StatementId("st"), MARA)
    (found,) = deadline_papers.audits([(paper, a_contract(audit_months=24))], FACTS, TODAY)
    assert (found.kind, found.on) == (DeadlineKind.AUDIT, date(2027, 5, 2))
    assert not list(deadline_papers.audits([(paper, a_contract(audit_months=0))], FACTS, TODAY))
    assert not list(deadline_papers.audits([(paper, a_contract())], FACTS, TODAY))


def test_a_day_to_object_that_has_passed_stays_only_while_the_statement_waits() -> None:
    paper = statement(StatementId("st"), MARA)
    passed = TODAY - timedelta(days=3)
    assert not list(deadline_papers.objections([(paper, passed)], frozenset(), {}, FACTS, TODAY))
    (found,) = deadline_papers.objections([(paper, passed)], frozenset({"st"}), {}, FACTS, TODAY)
    assert found.overdue_days == 3
    assert found.title.text == "Object to the statement of Harmonia, April 2025"


def test_days_that_no_contract_tells_are_told_once_for_each_issuer() -> None:
    papers = [statement(StatementId(f"st-{n}"), MARA) for n in range(3)]
    (found,) = deadline_papers.objections_not_known(papers, FACTS)
    assert found.words.text.startswith("Harmonia: until when one can object to its 3 statements is not known")
    assert found.target == "statement/st-2"


def test_mandates_that_have_ended_or_were_taken_back_have_no_day() -> None:
    until = date(2026, 3, 1)
    held = Mandate(
        MandateId("m"), MARA, AccountId("a"), (), MandateEvidence.DOCUMENT, date(2025, 1, 1), until,
        holder_name="Rosa",
    )  # fmt: skip
    others = [
        replace(held, revoked_at=NOW - timedelta(days=1)),
        replace(held, until=TODAY - timedelta(days=1)),
        replace(held, until=None),
        replace(held, artist=ArtistId("ola")),
    ]
    found = list(deadlines.of_mandates([held, *others], frozenset([MARA]), FACTS, TODAY))
    assert [(each.on, each.title.text) for each in found] == [(until, "The mandate of Rosa ends")]


def a_case() -> Case:
    return Case(
        "case-1", MARA, LetterKind.POSITION, "No consent", "known/x", "Harmonia", (), About(), (), (), NOW
    )


def test_a_case_gives_the_day_an_answer_is_due_or_the_one_that_was_noted() -> None:
    due = TODAY - timedelta(days=2)
    waits = CaseStanding(CaseState.SENT, TODAY, due, noted=False, overdue_days=2, unanswered_days=16)
    (answer,) = deadlines.of_cases([(a_case(), waits)], FACTS, TODAY)
    assert (answer.kind, answer.overdue_days) == (DeadlineKind.LETTER_ANSWER, 2)
    assert answer.title.text == "Harmonia: answer to your letter “No consent”"
    (noted,) = deadlines.of_cases([(a_case(), replace(waits, noted=True))], FACTS, TODAY)
    assert (noted.kind, noted.target) == (DeadlineKind.FOLLOW_UP, "case/case-1")
    assert not list(deadlines.of_cases([(a_case(), replace(waits, next_on=None))], FACTS, TODAY))


def test_a_programme_that_trains_tells_its_first_and_last_day() -> None:
    period = Period(date(2025, 9, 1), date(2026, 9, 1))
    trains = Programme(ProgrammeId("p"), OPERATOR, "Harbour", uses=(Use.TRAIN_GENERATIVE,), period=period)
    found = list(deadline_training.of_programmes([trains], FACTS, TODAY))
    assert [(each.on, each.artist) for each in found] == [(period.since, None), (period.until, None)]
    covers = replace(trains, uses=(Use.GEN_COVER,))
    assert not list(deadline_training.of_programmes([covers], FACTS, TODAY))
    assert not list(deadline_training.of_programmes([replace(trains, period=Period())], FACTS, TODAY))


COMING = ModelVersion(
    ModelVersionId("coming"), "Harmonia", "3", OPERATOR, trained_on=(SET,), released_on=date(2025, 8, 1)
)


def test_a_model_to_come_out_concerns_those_whose_works_wait_for_it() -> None:
    said = [
        stated("a", InclusionState.SCHEDULED, model=COMING.id),
        stated("b", InclusionState.IN_DATASET, work=HARBOUR, dataset=SET),
    ]
    (found,) = deadline_training.of_models(said, [COMING], frozenset([MARA]), FACTS, TODAY)
    assert (found.on, found.kind) == (date(2025, 8, 1), DeadlineKind.TRAINING)
    assert found.title.text == "Harmonia 3 is to come out; works that wait for it: 2"
    out = replace(COMING, released_on=TODAY - timedelta(days=1))
    assert not list(deadline_training.of_models(said, [out], frozenset([MARA]), FACTS, TODAY))
    removed = [stated("a", InclusionState.REMOVED, dataset=SET)]
    assert not list(deadline_training.of_models(removed, [COMING], frozenset([MARA]), FACTS, TODAY))


def test_a_training_without_a_day_is_told_and_no_day_is_made_up() -> None:
    said = [stated("a", InclusionState.SCHEDULED, dataset=SET)]
    (found,) = deadline_training.not_known(said, {}, {}, frozenset([MARA]), FACTS, TODAY)
    assert found.words.text == (
        "Harmonia says: 1 work is planned for a programme. On which day it trains is not stated."
    )
    dated = [stated("a", InclusionState.SCHEDULED, model=COMING.id)]
    models = {COMING.id: COMING}
    assert not list(deadline_training.not_known(dated, models, {}, frozenset([MARA]), FACTS, TODAY))
