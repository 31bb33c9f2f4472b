"""Cases as they are kept in the profile, and what is added to them: nothing of a case is ever overwritten.

Whoever adds says which works' rows can be others by it; they and the list of what waits follow at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from artist_console.domain.cases import Case, CaseEvent
from artist_console.domain.ids import WorkId
from artist_console.domain.letters import Letter

from . import private, projection
from .case_reading import all, get
from .opening import Store
from .private import Change, PrivateKind

__all__ = ["Addition", "add", "add_together", "all", "get", "open_cases"]


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


@dataclass(frozen=True, slots=True)
class Addition:
    """What is added to one case."""

    case: str  # id
    events: Sequence[CaseEvent] = ()
    letters: Sequence[Letter] = ()
    owner: str | None = None  # None: as it is


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
    changed = add_together(store, [Addition(id, events, letters, owner)], at, today, works=works)
    return changed[0] if changed is not None else None


def add_together(
    store: Store,
    additions: Sequence[Addition],
    at: datetime,
    today: date,
    *,
    works: frozenset[WorkId] = frozenset(),
    beside: Sequence[tuple[str, Change]] = (),
) -> tuple[Case, ...] | None:
    """Add to several cases, one addition to each, all or nothing; None where one of them is not here.

    `beside`: what follows from it, kept and forgotten together with it, each with whose it is.
    """
    version = private.version(store)
    changes = {each.case: partial(_added, each) for each in additions}
    cases = private.amend_together(store, PrivateKind.CASE, changes, Case, at, beside)
    if cases is not None:
        change = projection.PrivateChange(version, works, frozenset(case.artist for case in cases))
        projection.refresh_rows_after(store, today, change)
    return cases


def _added(addition: Addition, case: Case) -> Case:
    known = {event.id for event in case.events}
    here = {letter.id for letter in case.letters}
    return replace(
        case,
        events=(*case.events, *(event for event in addition.events if event.id not in known)),
        letters=(*case.letters, *(letter for letter in addition.letters if letter.id not in here)),
        owner=case.owner if addition.owner is None else addition.owner,
    )
