"""Cases as they are kept in the profile, and what is added to them: nothing of a case is ever overwritten.

Whoever adds says which works' rows can be others by it; they and the list of what waits follow at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from artist_console.domain.cases import Case, CaseEvent
from artist_console.domain.ids import WorkId
from artist_console.domain.letters import Letter

from . import private, projection
from .case_reading import all, get
from .opening import Store
from .private import PrivateKind

__all__ = ["add", "all", "get", "open_cases"]


def open_cases(store: Store, cases: Sequence[Case], at: datetime, today: date) -> None:
    """Keep new cases; all of one artist or none of them, and the list of what waits follows.

    A case that is here already is left as it is: its history is only added to.
    """
    here = {case.id for case in all(store)}
    for artist in sorted({case.artist for case in cases}):
        new = [case for case in cases if case.artist == artist and case.id not in here]
        if new:
            version = private.version(store)
            private.put(store, PrivateKind.CASE, artist, new, at)
            change = projection.PrivateChange(version, frozenset(), frozenset([artist]))
            projection.refresh_rows_after(store, today, change)


def add(
    store: Store,
    id: str,
    events: Sequence[CaseEvent],
    at: datetime,
    today: date,
    *,
    letters: Sequence[Letter] = (),
    works: frozenset[WorkId] = frozenset(),
    owner: str | None = None,
) -> Case | None:
    """Add events (and letters) to a case, once each; None where it is not here.

    `works`: those whose rows can be others by it.
    """

    def added(case: Case) -> Case:
        known = {event.id for event in case.events}
        here = {letter.id for letter in case.letters}
        return replace(
            case,
            events=(*case.events, *(event for event in events if event.id not in known)),
            letters=(*case.letters, *(letter for letter in letters if letter.id not in here)),
            owner=case.owner if owner is None else owner,
        )

    version = private.version(store)
    case = private.amend(store, PrivateKind.CASE, id, Case, added, at)
    if case is not None:
        change = projection.PrivateChange(version, works, frozenset([case.artist]))
        projection.refresh_rows_after(store, today, change)
    return case
