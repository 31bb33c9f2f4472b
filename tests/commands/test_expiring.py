"""A yes with a last day: it is given again for longer, refused, or left to run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from artist_console.commands.attention import waiting
from artist_console.commands.consent import decide
from artist_console.commands.expiring import ending, let_run_out
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import Conditions, Stance
from artist_console.domain.territories import Territories
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.store import mirror
from tests.backend.world import DAY, HARBOUR, MARA
from tests.commands.desks import Desk, an_allow


def what_ends(desk: Desk) -> list[WaitingItem]:
    return [item for item in waiting(desk.console) if item.kind is WaitingKind.EXPIRING]


def said(desk: Desk) -> list[Decision]:
    facts = mirror.facts(desk.console.store, desk.console.clock())
    return [recording.decision for recording in facts.said[MARA]]


def a_yes_until(desk: Desk, days: int) -> tuple[DecisionId, Conditions]:
    conditions = Conditions(
        until=desk.console.today + timedelta(days=days), territories=Territories(("NO", "SE"))
    )
    made = decide(desk.console, [an_allow(conditions=conditions)]).value
    return made[0].id, conditions


def test_a_yes_waits_before_its_end_and_after_it_until_it_is_given_again(mara: Desk) -> None:
    _, conditions = a_yes_until(mara, 10)
    mara.sync()
    (item,) = what_ends(mara)
    assert item.deadline == conditions.until
    mara.clock.now += 11 * DAY
    mara.sync()
    (item,) = what_ends(mara)
    assert item.deadline is None

    view = ending(mara.console, DecisionId(item.target))
    assert view.ended
    wishes = view.renewed(mara.console.today + timedelta(days=365), mara.console.today)
    assert [wish.conditions.territories for wish in wishes] == [conditions.territories], "the same conditions"
    decide(mara.console, wishes)
    assert what_ends(mara) == []
    with pytest.raises(UnknownThing):
        ending(mara.console, DecisionId(item.target))


@pytest.mark.parametrize("stance", [Stance.REFUSE, Stance.CLEAR])
def test_refusing_and_leaving_undecided_both_answer_it(mara: Desk, stance: Stance) -> None:
    id, _ = a_yes_until(mara, 3)
    view = ending(mara.console, id)
    decide(mara.console, view.refusals if stance is Stance.REFUSE else view.clears)
    assert what_ends(mara) == []


def test_letting_it_end_changes_nothing_but_that_it_waits(mara: Desk) -> None:
    id, _ = a_yes_until(mara, 3)
    mara.sync()
    before = said(mara)
    view = ending(mara.console, id)
    let_run_out(mara.console, view.artist, [each.decision.id for each in view.answers])
    assert what_ends(mara) == []
    assert said(mara) == before
    mara.reopen()
    mara.clock.now += 5 * DAY
    mara.sync()
    assert what_ends(mara) == [], "neither after a restart nor once it has ended"


def test_what_ends_on_one_day_is_one_question(mara: Desk) -> None:
    until = Conditions(until=mara.console.today + timedelta(days=5))
    decide(mara.console, [an_allow(conditions=until), an_allow(HARBOUR, conditions=until)])
    (item,) = what_ends(mara)
    view = ending(mara.console, DecisionId(item.target))
    assert len(view.answers) == len(view.refusals) == 2


def test_a_first_day_to_come_stays_when_it_is_given_for_longer(mara: Desk) -> None:
    today = mara.console.today
    to_come = Conditions(since=today + timedelta(days=9), until=today + timedelta(days=20))
    (made,) = decide(mara.console, [an_allow(conditions=to_come)]).value
    (wish,) = ending(mara.console, made.id).renewed(None, today)
    assert wish.conditions == replace(to_come, until=None)
    (past,) = ending(mara.console, made.id).renewed(None, today + timedelta(days=10))
    assert past.conditions.since is None
