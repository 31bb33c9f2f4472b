"""Lineage, timelines and removals of works through the real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from artist_console.commands import attention, removals, works
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.contracts import save_contract
from artist_console.commands.hits import Verdict, answer_hits
from artist_console.commands.lineage import EdgeKind, NodeKind, lineage, models_trained_on
from artist_console.commands.removals import (
    NotADay,
    NotADeadline,
    NotAStep,
    RemovalStep,
    UnknownCase,
    list_removals,
    mark_removal,
    unmark_removal,
)
from artist_console.commands.timeline import EventKind, timeline_of_model, timeline_of_work
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import FactId, ModelVersionId, WorkId
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.problems import UnknownThing
from artist_console.domain.waiting import WaitingKind
from artist_console.domain.work_rows import WorksQuery
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, HARBOUR, MARA, SALT, work_subject
from tests.commands.desks import Desk, a_desk, a_wish
from tests.commands.listed_world import BIG, FED, HITS, LISTS, OPEN, SET, SMALL, TUNED, stated

ROWS = [
    *LISTS,
    *HITS,
    (Kind.INCLUSION, stated("in-set", InclusionState.IN_DATASET, dataset=SET)),
    (Kind.INCLUSION, stated("in-big", InclusionState.TRAINED, model=BIG)),
    (Kind.INCLUSION, stated("absent", InclusionState.ATTESTED_ABSENT, model=SMALL, work=HARBOUR)),
]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as desk:
        yield desk


def test_a_work_is_followed_into_models_and_what_descends_from_them(there: Desk) -> None:
    found = lineage(there.console, SALT)
    assert (found.nodes[0].kind, found.nodes[0].title) == (NodeKind.WORK, "Salt Lines")
    kinds = {(edge.source, edge.target): edge.relation for edge in found.edges}
    assert kinds[SALT, OPEN] is EdgeKind.LISTED_IN
    assert kinds[SALT, SET] is EdgeKind.IN_DATASET
    assert kinds[SET, BIG] is EdgeKind.TRAINED_ON
    assert kinds[SALT, BIG] is EdgeKind.USED_IN
    assert kinds[BIG, TUNED] is EdgeKind.FINE_TUNE
    assert kinds[TUNED, SMALL] is EdgeKind.DISTILLATION
    assert kinds[SMALL, FED] is EdgeKind.SYNTHETIC_DATA
    (documented,) = [edge for edge in found.edges if edge.relation is EdgeKind.DOCUMENTED]
    assert documented.source == OPEN
    assert "publicly documented as trained on this list, says https://example.org/sketch" in documented.words
    stated_ones = {node.id for node in found.nodes if node.stated}
    assert stated_ones >= {SALT, SET, BIG}
    assert not stated_ones & {TUNED, SMALL, FED, documented.target}
    assert models_trained_on(there.console, SALT) == (BIG, TUNED, SMALL, FED)
    assert models_trained_on(there.console, HARBOUR) == ()
    with pytest.raises(UnknownThing):
        lineage(there.console, WorkId("nothing"))


def test_a_refused_row_leads_nowhere(there: Desk) -> None:
    answer_hits(there.console, [FactId("hit-key")], Verdict.REFUSED, alike=True)
    assert OPEN not in {node.id for node in lineage(there.console, SALT).nodes}


@pytest.mark.parametrize("model", [BIG, TUNED, SMALL, FED])
def test_works_are_found_by_a_model_that_was_trained_on_them(there: Desk, model: ModelVersionId) -> None:
    page = works.find_works(there.console, WorksQuery(model=model))
    assert [row.work for row in page.rows] == [SALT]
    assert works.find_works(there.console, WorksQuery(model=ModelVersionId("nothing"))).total == 0


def test_the_timeline_of_a_work_is_newest_first_and_says_who_says_what(there: Desk) -> None:
    decide(there.console, [a_wish(subject=work_subject(SALT))])
    (case,) = [c for c in list_removals(there.console, work=SALT) if c.model == BIG]
    mark_removal(there.console, case.id, RemovalStep.REQUESTED, there.console.today, "by letter")
    events = timeline_of_work(there.console, SALT)
    assert [event.day for event in events] == sorted((event.day for event in events), reverse=True)
    kinds = {event.kind for event in events}
    assert kinds >= {
        EventKind.DECISION,
        EventKind.STATEMENT,
        EventKind.LISTED,
        EventKind.MODEL,
        EventKind.REMOVAL,
    }
    (removal,) = [event for event in events if event.kind is EventKind.REMOVAL]
    assert "by letter" in removal.words
    assert removal.by == "You"
    trained = next(event for event in events if event.ref == "inclusion/in-big")
    assert "Big 1" in trained.words
    of_model = timeline_of_model(there.console, BIG)
    assert {event.kind for event in of_model} == {EventKind.MODEL, EventKind.STATEMENT, EventKind.REMOVAL}
    with pytest.raises(UnknownThing):
        timeline_of_model(there.console, ModelVersionId("nothing"))


def test_a_refusal_on_a_work_that_is_there_opens_a_case_and_nothing_else_does(there: Desk) -> None:
    assert list_removals(there.console) == ()
    decide(there.console, [a_wish(subject=work_subject(SALT))])
    cases = list_removals(there.console)
    assert {(case.dataset, case.model, case.step) for case in cases} == {
        (SET, None, RemovalStep.OPEN),
        (None, BIG, RemovalStep.OPEN),
    }
    (model,) = [case for case in cases if case.model == BIG]
    assert (model.place, model.operator, model.refused_on) == ("Big 1", "Harmonia", there.console.today)
    assert any("does not un-train" in words for words in model.words)


def test_notes_of_the_person_move_a_case_and_are_taken_back(there: Desk) -> None:
    decide(there.console, [a_wish(subject=work_subject(SALT))])
    id = next(case.id for case in list_removals(there.console) if case.dataset == SET)
    today = there.console.today
    asked = mark_removal(there.console, id, RemovalStep.REQUESTED, today - timedelta(days=10), "letter").value
    assert (asked.step, asked.deadline) == (RemovalStep.REQUESTED, today + timedelta(days=20))
    assert any("No time is promised" in words for words in asked.words)
    waits = [
        item for item in attention.waiting(there.console) if item.kind is WaitingKind.REMOVAL_UNCONFIRMED
    ]
    assert [item.work for item in waits] == [SALT]
    promised = mark_removal(
        there.console, id, RemovalStep.ACKNOWLEDGED, today - timedelta(days=8), "", today - timedelta(days=1)
    ).value
    assert (promised.overdue_days, promised.step) == (1, RemovalStep.ACKNOWLEDGED)
    overdue = [f for f in attention.findings(there.console) if f.kind is FindingKind.REMOVAL_OVERDUE]
    assert [f.work for f in overdue] == [SALT]
    told = mark_removal(there.console, id, RemovalStep.REMOVED, today, "by mail").value
    assert (told.step, told.overdue_days) == (RemovalStep.REMOVED, None)
    assert any("what you noted" in words for words in told.words)
    assert not [f for f in attention.findings(there.console) if f.kind is FindingKind.REMOVAL_OVERDUE]
    mistake = told.history[-1].id
    back = unmark_removal(there.console, id, mistake).value
    assert back.step is RemovalStep.ACKNOWLEDGED
    there.reopen()
    (kept,) = [case for case in list_removals(there.console, work=SALT) if case.id == id]
    assert kept == back


def test_what_cannot_be_noted_is_told(there: Desk) -> None:
    decide(there.console, [a_wish(subject=work_subject(SALT))])
    id = list_removals(there.console)[0].id
    today = there.console.today
    with pytest.raises(UnknownCase):
        mark_removal(there.console, "nothing", RemovalStep.REQUESTED, today)
    with pytest.raises(NotADay):
        mark_removal(there.console, id, RemovalStep.REQUESTED, today + timedelta(days=1))
    with pytest.raises(NotADay):
        mark_removal(there.console, id, RemovalStep.REQUESTED, date.min)
    with pytest.raises(NotADeadline, match="An answer cannot be due on"):
        mark_removal(there.console, id, RemovalStep.REQUESTED, today, deadline=today - timedelta(days=1))
    with pytest.raises(NotAStep):
        mark_removal(there.console, id, RemovalStep.OPEN, today)
    with pytest.raises(UnknownThing):
        unmark_removal(there.console, id, "in-set")
    assert removals.list_removals(there.console)[0].history == list_removals(there.console)[0].history


def test_days_pass_and_a_case_is_overdue(there: Desk) -> None:
    decide(there.console, [a_wish(subject=work_subject(SALT))])
    id = next(case.id for case in list_removals(there.console) if case.dataset == SET)
    mark_removal(there.console, id, RemovalStep.REQUESTED, there.console.today)
    there.clock.now += 40 * DAY
    there.sync()
    case = list_removals(there.console)[0]
    assert (case.id, case.overdue_days) == (id, 10)


def test_a_case_says_what_the_artists_own_contract_promises(there: Desk) -> None:
    text = ContractText(
        other_side="Fieldnote",
        kind="label",
        hold="exclusive",
        rights=("master",),
        ai_clause="approval",
        ai_words="Only with the artist's approval.",
        signed_on="2019-03-03",
        how_a_yes_is_withdrawn="By letter, for new versions",
    )
    save_contract(there.console, MARA, text)
    decide(there.console, [a_wish(subject=work_subject(SALT))])
    (case,) = [each for each in list_removals(there.console) if each.model == BIG]
    assert (
        "Your contract with Fieldnote says of taking a yes back: “By letter, for new versions”" in case.words
    )
