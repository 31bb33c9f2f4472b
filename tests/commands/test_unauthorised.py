"""What a former holder of a mandate decided is told to the artist, who makes it their own or leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.backend.seed import Act
from artist_console.commands import unauthorised
from artist_console.commands.attention import waiting
from artist_console.commands.consent import decide
from artist_console.commands.unauthorised import AnsweredAlready
from artist_console.domain.decisions import Decision
from artist_console.domain.registers import Conditions, Stance
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.store import mirror
from tests.backend.world import DAY, MANAGER, MARA, START, a_mandate, an_allow, mandate_step
from tests.commands.desks import Desk, a_desk

UNTIL = (START - 3 * DAY).date()


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Desk]:
    """A manager whose mandate had ended sent a yes with a condition."""
    yes = an_allow(by=MANAGER, id="late", conditions=Conditions(no_style_prompts=True))
    mandate = a_mandate(until=UNTIL)
    with a_desk(tmp_path / "mara", mandate_step(mandate), Act(MANAGER, START - DAY / 2, (yes,))) as desk:
        yield desk


def waits(desk: Desk) -> list[WaitingItem]:
    return [item for item in waiting(desk.console) if item.kind is WaitingKind.UNAUTHORISED]


def said(desk: Desk) -> list[Decision]:
    return [each.decision for each in mirror.facts(desk.console.store, desk.console.clock()).said[MARA]]


def test_it_waits_for_the_artist_and_applies_nowhere(told: Desk) -> None:
    (item,) = waits(told)
    (view,) = unauthorised.unauthorised(told.console)
    assert item.target == view.ids[0] == "late"
    assert view.sent_by == "Manager"
    assert "No mandate" in view.why
    assert said(told) == []


def test_adopted_it_is_an_answer_of_the_artists_own_and_waits_no_more(told: Desk) -> None:
    view = unauthorised.one(told.console, unauthorised.unauthorised(told.console)[0].ids[0])
    told.clock.now += DAY
    (made,) = decide(told.console, view.wishes).value
    told.sync()
    assert made.id != "late"
    assert (made.stance, made.made_by, made.mandate) == (Stance.ALLOW, told.console.account.id, None)  # type: ignore[union-attr]
    assert made.conditions.no_style_prompts
    assert said(told) == [made]
    assert waits(told) == []
    with pytest.raises(AnsweredAlready):
        unauthorised.one(told.console, view.ids[0])


def test_left_it_waits_no_more_also_after_everything_was_fetched_anew(told: Desk) -> None:
    (view,) = unauthorised.unauthorised(told.console)
    unauthorised.leave(told.console, view)
    assert waits(told) == []
    told.console.store.close()
    for path in told.profile.folder.root.glob("mirror.db*"):
        path.unlink()
    told.console = told.profile.console()
    told.sync()
    assert waits(told) == []
    assert unauthorised.unauthorised(told.console) == ()
    assert said(told) == []
