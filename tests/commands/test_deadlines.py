"""Deadlines of a real profile: the same facts as what waits, and those of contracts beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from artist_console.commands import attention, contracts
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.deadlines import (
    DeadlineKind,
    calendar,
    dates_not_known,
    list_deadlines,
    save_calendar,
)
from artist_console.commands.removals import RemovalStep, list_removals, mark_removal
from artist_console.domain.cases import EventKind
from artist_console.domain.ids import FactId
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.programmes import Request, Silence
from artist_console.domain.registers import Conditions
from artist_console.domain.uses import Use
from artist_console.domain.waiting import WaitingKind
from artist_console.formats.kinds import Kind
from artist_console.ui.places import place_of
from tests.backend.world import MARA, OPERATOR, PROGRAMME, SALT, START, TERMS, a_mandate, mandate_step
from tests.commands.case_world import a_case, an_event, keep_cases
from tests.commands.desks import Desk, a_desk, a_wish, an_allow
from tests.commands.listed_world import BIG, LISTS, SET, stated
from tests.ui.sample_profile import make_sample, open_folder

ASKED = Request(
    FactId("r-1"), OPERATOR, PROGRAMME, TERMS, MARA, (SALT,), (Use.TRAIN_GENERATIVE,), START,
    Silence.NOTHING_ALLOWED, date(2025, 6, 20),
)  # fmt: skip
TEXT = ContractText(
    other_side="harmonia", kind="distributor", hold="exercises", rights=("master",), signed_on="2019-03-03",
    objection_days="60", audit_months="24", reversion_on="2026-01-01", rerecording_until="2027-01-01",
)  # fmt: skip


def kinds(desk: Desk) -> dict[DeadlineKind, date]:
    return {each.kind: each.on for each in list_deadlines(desk.console)}


def test_all_that_has_a_day_stands_in_one_list(tmp_path: Path) -> None:
    rows = [(Kind.REQUEST, ASKED), *LISTS, (Kind.INCLUSION, stated("b", InclusionState.TRAINED, model=BIG))]
    held = mandate_step(a_mandate(until=date(2026, 5, 1)))
    with a_desk(tmp_path / "p", held, rows=rows) as desk:
        contracts.save_contract(desk.console, MARA, TEXT)
        until = date(2026, 3, 1)
        decide(desk.console, [an_allow(use=Use.GEN_COVER, conditions=Conditions(until=until))])
        decide(desk.console, [a_wish(use=Use.GEN_REMIX)])
        desk.sync()
        assert kinds(desk) == {
            DeadlineKind.REQUEST: date(2025, 6, 20),
            DeadlineKind.STATEMENT_OBJECTION: date(2025, 7, 1),
            DeadlineKind.RIGHTS_BACK: date(2026, 1, 1),
            DeadlineKind.YES_ENDS: until,
            DeadlineKind.MANDATE_ENDS: date(2026, 5, 1),
            DeadlineKind.RERECORDING: date(2027, 1, 1),
            DeadlineKind.AUDIT: date(2027, 5, 2),
        }
        rows_ = list_deadlines(desk.console)
        assert [row.on for row in rows_] == sorted(row.on for row in rows_)
        assert {row.artist_name for row in rows_} == {"Mara Quist"}
        assert all(row.silence.text and row.title.text and "/" in row.target for row in rows_)
        assert list_deadlines(desk.console, MARA, date(2025, 7, 1)) == rows_[:2]
        assert not dates_not_known(desk.console)


def test_a_removal_that_is_not_answered_is_overdue_and_comes_first(tmp_path: Path) -> None:
    rows = [*LISTS, (Kind.INCLUSION, stated("s", InclusionState.IN_DATASET, dataset=SET))]
    with a_desk(tmp_path / "p", rows=rows) as desk:
        decide(desk.console, [a_wish()])
        desk.sync()
        case = list_removals(desk.console)[0]
        mark_removal(desk.console, case.id, RemovalStep.REQUESTED, desk.console.today)
        desk.clock.now += timedelta(days=40)
        first = list_deadlines(desk.console)[0]
        assert (first.kind, first.overdue_days) == (DeadlineKind.REMOVAL, 10)
        assert first.on == list_removals(desk.console)[0].deadline


def test_an_answer_that_ends_soon_is_told_once_and_as_it_waits(mara: Desk) -> None:
    until = date(2025, 7, 1)
    decide(mara.console, [an_allow(use=Use.GEN_COVER, conditions=Conditions(until=until))])
    mara.sync()
    ending = [w for w in attention.waiting(mara.console) if w.kind is WaitingKind.EXPIRING]
    (found,) = [d for d in list_deadlines(mara.console) if d.kind is DeadlineKind.YES_ENDS]
    assert found.on == ending[0].deadline
    assert found.title.text == "Your yes for Harmonia 2 ends: Salt Lines"
    assert found.target == f"ending/{ending[0].target}"
    mara.clock.now += timedelta(days=31)  # the day after
    attention.bring_up_to_date(mara.console)
    mara.sync()
    (over,) = [d for d in list_deadlines(mara.console) if d.kind is DeadlineKind.YES_ENDS]
    assert (over.id, over.on, over.overdue_days) == (found.id, until, 1)
    assert over.title.text == "Your yes for Harmonia 2 has ended: Salt Lines"


def test_days_that_are_not_known_are_told_and_not_listed(mara: Desk) -> None:
    assert DeadlineKind.STATEMENT_OBJECTION not in kinds(mara)
    told = dates_not_known(mara.console)
    assert any(each.words.text.startswith("Harmonia: until when one can object") for each in told)


def test_a_contract_that_says_nothing_of_objecting_still_tells_how_long_the_books_are_open(
    mara: Desk,
) -> None:
    contracts.save_contract(mara.console, MARA, replace(TEXT, objection_days=""))
    assert DeadlineKind.STATEMENT_OBJECTION not in kinds(mara)
    assert kinds(mara)[DeadlineKind.AUDIT] == date(2027, 5, 2)


def test_the_calendar_holds_each_deadline_and_says_nothing_in_one_for_others(
    mara: Desk, tmp_path: Path
) -> None:
    contracts.save_contract(mara.console, MARA, TEXT)
    rows = list_deadlines(mara.console)
    path = save_calendar(mara.console, tmp_path / "d.ics", MARA)
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [row.on for row in rows]
    assert [str(event["summary"]) for event in events] == [f"Mara Quist: {row.title.text}" for row in rows]
    for event, row in zip(events, rows, strict=True):
        assert row.silence.text in str(event["description"])
    shared = calendar(mara.console, without_titles=True)
    for word in (b"Mara", b"Harmonia", b"Salt"):
        assert word not in shared
    others = Calendar.from_ical(shared).walk("VEVENT")
    assert [event["uid"] for event in others] == [event["uid"] for event in events]


def test_a_calendar_that_is_taken_in_again_updates_its_events(mara: Desk) -> None:
    contracts.save_contract(mara.console, MARA, TEXT)
    before = Calendar.from_ical(calendar(mara.console)).walk("VEVENT")
    mara.clock.now += timedelta(days=1)
    after = Calendar.from_ical(calendar(mara.console)).walk("VEVENT")
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert all(int(a["sequence"]) > int(b["sequence"]) for a, b in zip(after, before, strict=True))


def test_a_letter_that_was_sent_gives_the_day_an_answer_is_due_and_a_noted_day_takes_its_place(
    mara: Desk,
) -> None:
    keep_cases(mara, a_case("k-1"))
    (due,) = [d for d in list_deadlines(mara.console) if d.target == "case/k-1"]
    assert (due.kind, due.on) == (DeadlineKind.LETTER_ANSWER, date(2025, 6, 11))
    noted = an_event("e-9", EventKind.NEXT_DATE, date(2025, 6, 1), until=date(2025, 9, 1))
    keep_cases(mara, a_case("k-2", noted))
    (later,) = [d for d in list_deadlines(mara.console) if d.target == "case/k-2"]
    assert (later.kind, later.on) == (DeadlineKind.FOLLOW_UP, date(2025, 9, 1))
    mara.clock.now += timedelta(days=20)
    first = next(d for d in list_deadlines(mara.console, MARA) if d.target == "case/k-1")
    assert first.overdue_days == 10


@pytest.mark.usefixtures("qapp")
def test_the_sample_has_deadlines_of_many_kinds_and_each_leads_somewhere(tmp_path: Path) -> None:
    make_sample(tmp_path / "sample")
    with open_folder(tmp_path / "sample") as profile:
        console = profile.console()
        try:
            rows = list_deadlines(console)
            assert len({row.kind for row in rows}) >= 4
            assert all(place_of(row.target) is not None for row in rows)
            assert all(place_of(each.target) is not None for each in dates_not_known(console))
            waiting = {(w.target, w.deadline) for w in attention.waiting(console) if w.deadline is not None}
            asked = [row for row in rows if row.kind is DeadlineKind.REQUEST]
            assert asked
            assert all((row.target.partition("/")[2], row.on) in waiting for row in asked)
            assert len(Calendar.from_ical(calendar(console)).walk("VEVENT")) == len(rows)
        finally:
            console.store.close()
