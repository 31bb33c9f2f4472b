"""What stands under "Waiting for you": each kind by example, the order, and that what is answered goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.cases import Case, CaseEvent, EventKind
from artist_console.domain.decisions import Cell, Decision, EntryKind, fold_cell
from artist_console.domain.finding import Finding
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.ids import (
    AccountId,
    ActId,
    DecisionId,
    FactId,
    MandateId,
    ProgrammeId,
    StatementId,
    TermsId,
    WorkId,
)
from artist_console.domain.inclusion import Asset, Basis, Evidence, InclusionStatement
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.periods import Recorded
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.phrases import day_in_words, say
from artist_console.domain.programmes import Request, Silence, TermsVersion
from artist_console.domain.registers import ALL_MY_WORKS, UNCONDITIONAL, Conditions, Stance, Subject
from artist_console.domain.statements import CheckResult, Statement, StatementSource
from artist_console.domain.uses import Family, Use
from artist_console.domain.waiting import WaitingItem, WaitingKind, standing_yeses, waiting

from . import case_world
from .world import (
    MARA,
    NOW,
    OLA,
    OPERATOR,
    PROGRAMME,
    RECORDING,
    SONG,
    TERMS,
    World,
    at,
    release_subject,
    work_subject,
    world,
)

TODAY = NOW.date()


def items(
    made: World,
    *,
    requests: Iterable[Request] = (),
    conflicts: Iterable[Decision] = (),
    findings: Iterable[Finding] = (),
    inclusions: Iterable[InclusionStatement] = (),
    checks: Iterable[tuple[Statement, CheckResult]] = (),
    mandates: Iterable[Mandate] = (),
    let_end: frozenset[DecisionId] = frozenset(),
) -> tuple[WaitingItem, ...]:
    book = made.book()
    table = OutcomeTable(book, NOW)
    return waiting(
        (MARA,), book, table, requests, conflicts, findings, inclusions, checks, mandates, TODAY, let_end
    )


def request(
    answer_in: int | None = 12,
    works: tuple[WorkId, ...] = (RECORDING,),
    silence: Silence = Silence.NOTHING_ALLOWED,
    name: str = "r",
) -> Request:
    until = None if answer_in is None else TODAY + timedelta(days=answer_in)
    uses = (Use.GEN_COVER,)
    return Request(FactId(name), OPERATOR, PROGRAMME, TERMS, MARA, works, uses, at(300), silence, until)


def new_terms(effective: date) -> TermsVersion:
    return TermsVersion(TermsId("terms-2"), PROGRAMME, 2, "Other.", "01", effective, at(250).date())


def a_finding(kind: FindingKind, deadline: date | None = None, since: date = TODAY) -> Finding:
    return Finding(
        kind.value,
        kind,
        MARA,
        RECORDING,
        PROGRAMME,
        since,
        deadline,
        None,
        say("Title"),
        (say("First."),),
        (),
    )


def test_a_request_waits_with_its_deadline_and_what_silence_means() -> None:
    (item,) = items(world(), requests=[request(silence=Silence.TAKEN_AS_YES)])

    assert (item.kind, item.work, item.programme) == (WaitingKind.REQUEST, RECORDING, PROGRAMME)
    assert (item.deadline, item.silence) == (TODAY + timedelta(days=12), Silence.TAKEN_AS_YES)
    assert item.title.text == "Harmonia asks about Salt Lines"


def test_an_answered_request_waits_no_more_whatever_the_answer() -> None:
    yes, no = world(), world()
    yes.allow(None, Use.GEN_COVER)
    no.refuse(work_subject(RECORDING))

    assert items(yes, requests=[request()]) == ()
    assert items(no, requests=[request()]) == ()


def test_a_request_whose_day_has_passed_waits_no_more() -> None:
    assert items(world(), requests=[request(-1)]) == ()
    assert len(items(world(), requests=[request(0)])) == 1
    assert len(items(world(), requests=[request(None)])) == 1


def test_a_request_about_everything_waits_once() -> None:
    (item,) = items(world(), requests=[request(works=())])

    assert (item.work, item.title.text) == (None, "Harmonia asks about all your music")


def test_a_request_to_somebody_else_does_not_wait_here() -> None:
    assert items(world(), requests=[replace(request(), artist=OLA)]) == ()


def test_a_conflict_waits() -> None:
    made = world()
    mine = made.allow()

    (item,) = [i for i in items(made, conflicts=[mine]) if i.kind is WaitingKind.CONFLICT]

    assert (item.target, item.work) == (mine.id, RECORDING)
    assert "a no counts until then" in item.detail.text


def test_new_terms_over_a_yes_wait_once_with_the_day_they_take_effect() -> None:
    made = world()
    made.allow_both()
    made.terms.append(new_terms(TODAY + timedelta(days=26)))

    (item,) = items(made)

    assert (item.kind, item.target, item.deadline) == (
        WaitingKind.NEW_TERMS,
        "terms-2",
        TODAY + timedelta(days=26),
    )
    assert "2 works" in item.detail.text


@given(st.integers(-240, 240))
def test_terms_have_a_deadline_until_they_are_in_force_and_say_so_from_then_on(days: int) -> None:
    made = world()
    made.allow_both()
    effective = TODAY + timedelta(days=days)
    made.terms.append(replace(new_terms(effective), announced_on=min(TODAY, effective)))

    (item,) = items(made)

    assert item.kind is WaitingKind.NEW_TERMS
    if days > 0:
        assert item.deadline == effective
        assert f"takes effect on {day_in_words(effective)}" in item.detail.text
    else:
        assert item.deadline is None
        assert f"in force since {day_in_words(effective)}" in item.detail.text


def test_new_terms_that_were_agreed_to_early_wait_no_more() -> None:
    made = world()
    made.allow()
    made.terms.append(new_terms(TODAY + timedelta(days=26)))
    made.allow(terms=TermsId("terms-2"), day=300)

    assert items(made) == ()


def test_new_terms_concern_nobody_whose_yes_a_wider_no_ended() -> None:
    made = world()
    made.allow()
    made.refuse(release_subject())
    made.terms.append(new_terms(TODAY + timedelta(days=26)))

    assert items(made) == ()


def test_terms_that_are_not_announced_yet_do_not_wait() -> None:
    made = world()
    made.allow()
    made.terms.append(replace(new_terms(TODAY + timedelta(days=90)), announced_on=TODAY + timedelta(days=1)))

    assert items(made) == ()


def test_a_yes_that_ends_soon_waits_with_its_last_day() -> None:
    made = world()
    made.allow(conditions=Conditions(until=TODAY + timedelta(days=24)))

    (item,) = items(made)

    assert (item.kind, item.deadline) == (WaitingKind.EXPIRING, TODAY + timedelta(days=24))
    later = world()
    later.allow(conditions=Conditions(until=TODAY + timedelta(days=61)))
    assert items(later) == ()


def test_a_yes_that_has_ended_waits_without_a_deadline_until_it_is_answered() -> None:
    last = TODAY - timedelta(days=1)
    made = world()
    first = made.allow(conditions=Conditions(until=last))

    (item,) = items(made)

    assert (item.kind, item.deadline, item.since) == (WaitingKind.EXPIRING, None, TODAY)
    assert item.title.text == "Your yes has ended: Salt Lines"
    assert (item.target, item.silence) == (first.id, Silence.NOTHING_ALLOWED)
    for stance in Stance:
        later = Conditions(until=TODAY + timedelta(days=400)) if stance is Stance.ALLOW else UNCONDITIONAL
        again = world()
        again.allow(conditions=Conditions(until=last))
        again.say(
            stance,
            work_subject(RECORDING),
            Use.TRAIN_GENERATIVE,
            programme=PROGRAMME,
            conditions=later,
        )
        assert items(again) == (), f"{stance.value} answers it"


def test_a_yes_waits_on_its_last_day_with_that_deadline() -> None:
    made = world()
    made.allow(conditions=Conditions(until=TODAY))

    (item,) = items(made)

    assert (item.deadline, item.title.text) == (TODAY, "Your yes ends: Salt Lines")


def test_a_yes_that_may_run_out_waits_no_more() -> None:
    made = world()
    first = made.allow(conditions=Conditions(until=TODAY + timedelta(days=3)))
    made.allow(work_subject(SONG), conditions=Conditions(until=TODAY + timedelta(days=3)))

    (item,) = items(made, let_end=frozenset({first.id}))

    assert item.title.text == "Your yes ends: Salt Lines", "the song still asks"
    assert item.target != first.id


def test_new_terms_do_not_ask_about_what_has_ended() -> None:
    made = world()
    made.allow(conditions=Conditions(until=TODAY - timedelta(days=1)))
    made.terms.append(new_terms(TODAY - timedelta(days=5)))

    assert [item.kind for item in items(made)] == [WaitingKind.EXPIRING]


_SUBJECTS = st.sampled_from([work_subject(RECORDING), work_subject(SONG), release_subject(), ALL_MY_WORKS])
_REFUSAL = st.tuples(
    _SUBJECTS,
    st.sampled_from([PROGRAMME, None]),
    st.sampled_from([None, Family.TRAINING, Use.TRAIN_GENERATIVE, Use.GEN_COVER]),
)


@given(st.lists(st.one_of(st.none(), _REFUSAL), max_size=6))
def test_what_a_wider_no_has_ended_does_not_stand(
    steps: list[tuple[Subject, ProgrammeId | None, Family | Use | None] | None],
) -> None:
    """As the fold of the permission rule has it; None is a yes, anything else a refusal."""
    made = world()
    for step in steps:
        if step is None:
            made.allow(conditions=Conditions(until=TODAY))
        else:
            subject, programme, use = step
            made.refuse(subject, use, programme=programme)
    book = made.book()
    cell = Cell(work_subject(RECORDING), PROGRAMME, Use.TRAIN_GENERATIVE, book.memberships.get(RECORDING, ()))
    left = fold_cell(cell, book.said.get(MARA, ()), NOW)

    assert {d.id for d in standing_yeses(MARA, book)} == {a.decision.id for a in left.allows[-1:]}


def test_proposals_of_one_act_wait_as_one_item() -> None:
    made = world()
    first = made.allow(kind=EntryKind.PROPOSAL)
    second = made.allow(work_subject(SONG), kind=EntryKind.PROPOSAL)
    entries = made.entries[MARA]
    for place, entry in enumerate(entries):
        assert entry.decision is not None
        entries[place] = replace(entry, decision=replace(entry.decision, act=ActId("one")))

    (item,) = items(made)

    assert (item.kind, item.target, item.programme) == (WaitingKind.PROPOSAL, first.id, PROGRAMME)
    assert item.title.text == "Proposed: allow 2 works"
    made.enter(MARA, EntryKind.CO_SIGNATURE, at(200), names=first.id)
    made.enter(MARA, EntryKind.PROPOSAL_DECLINED, at(201), names=second.id)
    assert items(made) == ()


def test_findings_wait_except_those_that_only_inform() -> None:
    informing = (FindingKind.LISTED_PUBLICLY, FindingKind.LICENSED_BY_OTHERS)
    findings = [a_finding(kind) for kind in informing]

    assert items(world(), findings=findings) == ()
    (item,) = items(world(), findings=[a_finding(FindingKind.USED_AFTER_REFUSAL)])
    assert (item.kind, item.target, item.detail.text) == (
        WaitingKind.FINDING,
        "used_after_refusal",
        "First.",
    )
    (item,) = items(world(), findings=[a_finding(FindingKind.LICENSED_BY_OTHERS, TODAY)])
    assert item.deadline == TODAY


def test_a_removal_without_confirmation_waits_until_it_is_confirmed() -> None:
    asked = InclusionStatement(
        FactId("asked"),
        RECORDING,
        Asset.MASTER,
        InclusionState.REMOVAL_REQUESTED,
        TODAY - timedelta(days=12),
        Basis.OPT_IN,
        "Harmonia Lab",
        EvidenceGrade.OPERATOR_STATED,
        Evidence("letter"),
        Recorded(NOW),
        programme=PROGRAMME,
    )
    confirmed = replace(asked, id=FactId("done"), state=InclusionState.REMOVED, as_of=TODAY)

    (item,) = items(world(), inclusions=[asked])

    assert (item.kind, item.detail.text) == (
        WaitingKind.REMOVAL_UNCONFIRMED,
        "Asked 12 days ago, Harmonia 2",
    )
    assert items(world(), inclusions=[asked, confirmed]) == ()
    for days, said in ((0, "Asked today, Harmonia 2"), (1, "Asked 1 day ago, Harmonia 2")):
        (item,) = items(world(), inclusions=[replace(asked, as_of=TODAY - timedelta(days=days))])
        assert item.detail.text == said


def statement(received: date) -> Statement:
    return Statement(
        StatementId("s"),
        "Fieldnote",
        MARA,
        date(2025, 8, 1),
        date(2025, 8, 31),
        "EUR",
        1,
        None,
        StatementSource.API,
        received,
        "",
    )


def test_a_statement_that_does_not_add_up_waits_and_one_that_does_not() -> None:
    old, recent = statement(TODAY - timedelta(days=200)), statement(TODAY)

    assert items(world(), checks=[(recent, CheckResult.ADDS_UP)]) == ()
    assert len(items(world(), checks=[(old, CheckResult.DOES_NOT_ADD_UP)])) == 1
    assert len(items(world(), checks=[(recent, CheckResult.PART_CANNOT_BE_CHECKED)])) == 1
    assert items(world(), checks=[(old, CheckResult.PART_CANNOT_BE_CHECKED)]) == ()


def mandate(until: date | None) -> Mandate:
    powers, evidence = (Power.DECIDE,), MandateEvidence.DOCUMENT
    return Mandate(MandateId("m"), MARA, AccountId("a"), powers, evidence, date(2025, 1, 1), until)


def test_a_mandate_waits_for_its_last_sixty_days() -> None:
    (item,) = items(world(), mandates=[mandate(TODAY + timedelta(days=60))])

    assert (item.kind, item.target) == (WaitingKind.MANDATE_ENDS, "m")
    # Silence ends the mandate, not what was decided under it: the sentence says so itself.
    assert (item.silence, item.detail.text[:32]) == (None, "Unless it is extended, it ends o")
    for until in (None, TODAY + timedelta(days=61), TODAY - timedelta(days=1)):
        assert items(world(), mandates=[mandate(until)]) == ()


@given(st.lists(st.one_of(st.none(), st.integers(0, 400)), max_size=8))
def test_the_oldest_deadline_comes_first_and_none_last(days: list[int | None]) -> None:
    requests = [request(each, name=f"r{place}") for place, each in enumerate(days)]

    deadlines = [item.deadline for item in items(world(), requests=requests)]

    assert len(deadlines) == len(days)
    assert deadlines == sorted(deadlines, key=lambda each: each or date.max)


def waiting_cases(*cases: Case, day: int) -> list[WaitingItem]:
    table = OutcomeTable(world().book(), NOW)
    today = case_world.WRITTEN.date() + timedelta(days=day)
    found = waiting((MARA,), world().book(), table, (), (), (), (), (), (), today, cases=cases)
    return [item for item in found if item.kind is WaitingKind.CASE]


def a_case(*events: CaseEvent, **more: Any) -> Case:
    return case_world.a_case(*events, artist=MARA, **more)


def test_a_letter_waits_for_nobody_before_two_weeks_are_over() -> None:
    case = a_case(case_world.drafted(), case_world.sent(day=0))
    assert waiting_cases(case, day=13) == []
    (item,) = waiting_cases(case, day=14)
    assert item.title.text == "Harmonia has not replied: Position to Harmonia"
    assert item.detail.text == "No reply for 14 days. An answer was expected by 15 May 2025."
    assert (item.target, item.work, item.deadline) == ("case/case-1", case_world.SALT, date(2025, 5, 15))
    assert waiting_cases(a_case(case_world.drafted()), day=90) == []


def test_a_letter_that_names_a_day_is_waited_for_until_then() -> None:
    letter = case_world.a_letter(reply_by=date(2025, 5, 31))
    case = a_case(case_world.drafted(), case_world.sent(day=0), letters=(letter,))
    assert waiting_cases(case, day=30) == []
    assert len(waiting_cases(case, day=31)) == 1


def test_a_reply_waits_until_what_follows_is_recorded_and_a_closed_case_never() -> None:
    events = [case_world.drafted(), case_world.sent(), case_world.reply()]
    (item,) = waiting_cases(a_case(*events), day=11)
    assert item.title.text == "Harmonia has replied: Position to Harmonia"
    assert "11 May 2025" in item.detail.text
    assert waiting_cases(a_case(*events, case_world.outcome()), day=60) == []
    closed = case_world.an_event("e-c", EventKind.CLOSED, 12)
    assert waiting_cases(a_case(*events, closed), day=60) == []


def test_a_noted_date_waits_when_it_has_passed() -> None:
    noted = case_world.an_event("e-n", EventKind.NEXT_DATE, 1, until=date(2025, 6, 1))
    case = a_case(case_world.drafted(), case_world.sent(), noted)
    assert waiting_cases(case, day=31) == []
    (item,) = waiting_cases(case, day=32)
    assert item.title.text == "Overdue with Harmonia: Position to Harmonia"


def test_a_case_of_somebody_else_is_not_told() -> None:
    case = case_world.a_case(case_world.reply(), artist=OLA)
    assert waiting_cases(case, day=30) == []
