"""What is decided is recorded at once, and its rows are worked out for whoever looks first."""

from __future__ import annotations

from artist_console.commands.attention import count_waiting
from artist_console.commands.consent import decide
from artist_console.domain.work_rows import OwnStance
from artist_console.store import projection, works
from tests.backend.world import SALT, work_subject
from tests.commands.desks import Desk, a_wish


def test_the_row_of_a_decision_shows_it_to_who_first_reads_it(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    assert not projection.rows_are_current(mara.console.store, mara.console.today)

    row = works.summary(mara.console.store, SALT)

    assert row is not None
    assert (row.own, row.waiting) == (OwnStance.REFUSE, True)


def test_what_waits_is_worked_out_after_it_as_after_any_decision(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    count_waiting(mara.console)
    assert projection.is_current(mara.console.store, mara.console.today)


def test_after_a_restart_it_is_shown_as_well(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    mara.reopen()
    row = works.summary(mara.console.store, SALT)
    assert row is not None
    assert row.own is OwnStance.REFUSE
