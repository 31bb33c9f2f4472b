"""Where a case stands on a day, worked out from its events alone.

The day of each event counts, not the order in which the events were recorded: who notes on Friday what was
sent on Monday gets the same standing. Only closing and taking up again go by when they were recorded, since
whoever closes a case closes what is in it then.

A mistake is told by another event of the same kind that names the former in `of`; without a content of its
own (SENT without `how`, REPLY without a file, OUTCOME without an outcome) it takes the former back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from .cases import REPLY_PATIENCE_DAYS, Case, CaseEvent, CaseStanding, CaseState, EventKind
from .letters import Letter

# What opens a closed case again, beside saying so: nothing that comes in may pass unseen.
_OPENS = frozenset({EventKind.REPLY, EventKind.DRAFTED, EventKind.REOPENED})

_EXCHANGED = frozenset({EventKind.SENT, EventKind.REPLY, EventKind.OUTCOME})


def standing(case: Case, today: date) -> CaseStanding:
    """Where the case stands on `today`."""
    events = in_force(case)
    noted = _noted(case.events)
    state, since, waiting_for = _state(case, events)
    if state is CaseState.CLOSED:
        return CaseStanding(state, since, None, False, None, None)
    due = noted if noted is not None else _due(case, waiting_for)
    overdue = (today - due).days if due is not None and due < today else None
    unanswered = max((today - waiting_for.on).days, 0) if waiting_for is not None else None
    return CaseStanding(state, since, due, noted is not None, overdue, unanswered)


def in_force(case: Case) -> tuple[CaseEvent, ...]:
    """The events that count, by their day: without those put right or taken back, and what takes back.

    An outcome goes with the reply that it came of.
    """
    events = {event.id: event for event in case.events}
    after = _put_right(case)
    counted = [event for event in case.events if event.id not in after and not takes_back(event)]
    return tuple(
        sorted((event for event in counted if not _rests_on_nothing(event, events, after)), key=_by_day)
    )


def current(case: Case, id: str) -> CaseEvent | None:
    """The event as it was put right last; None where it was taken back or is not there."""
    return _current({event.id: event for event in case.events}, _put_right(case), id)


def _put_right(case: Case) -> Mapping[str, str]:
    """Ids of events with the one that was recorded last in their place."""
    kinds: dict[str, EventKind] = {}
    after: dict[str, str] = {}
    for event in sorted(case.events, key=_recorded):
        if event.of and kinds.get(event.of) is event.kind:
            after[event.of] = event.id
        kinds[event.id] = event.kind
    return after


def _current(events: Mapping[str, CaseEvent], after: Mapping[str, str], id: str) -> CaseEvent | None:
    while id in after:
        id = after[id]
    event = events.get(id)
    return None if event is None or takes_back(event) else event


def _rests_on_nothing(event: CaseEvent, events: Mapping[str, CaseEvent], after: Mapping[str, str]) -> bool:
    """Whether it is an outcome of a reply that was taken back."""
    if event.kind is not EventKind.OUTCOME:
        return False
    reply = _first_named(event, events)
    return reply in events and _current(events, after, reply) is None


def takes_back(event: CaseEvent) -> bool:
    """Whether it only says that an earlier event was a mistake."""
    if not event.of:
        return False
    match event.kind:
        case EventKind.SENT:
            return event.how is None
        case EventKind.REPLY:
            return event.file is None
        case EventKind.OUTCOME:
            return event.outcome is None
        case _:
            return False


def reply_of(case: Case, outcome: CaseEvent) -> str:
    """The id of the reply that an outcome came of, through what it corrects; empty where it came of none."""
    return _first_named(outcome, {event.id: event for event in case.events})


def open_replies(case: Case) -> tuple[CaseEvent, ...]:
    """Replies of which nobody has recorded what follows, oldest first."""
    return _open(case, in_force(case))


def letters_sent(case: Case) -> frozenset[str]:
    """The ids of the letters that were sent, as far as is noted."""
    return frozenset(event.letter for event in in_force(case) if event.kind is EventKind.SENT)


def _recorded(event: CaseEvent) -> datetime:
    """Of the same instant the order in which they are kept counts: sorting is stable."""
    return event.at


def _by_day(event: CaseEvent) -> tuple[date, datetime]:
    return (event.on, event.at)


def _first_named(event: CaseEvent, events: Mapping[str, CaseEvent]) -> str:
    seen: set[str] = set()
    while event.of and event.of not in seen:
        seen.add(event.of)
        named = events.get(event.of)
        if named is None or named.kind is not event.kind:
            return event.of
        event = named
    return ""


def _state(case: Case, events: tuple[CaseEvent, ...]) -> tuple[CaseState, date, CaseEvent | None]:
    """State, since when, and the sending that waits for an answer where one does."""
    closed = _closed(case.events, events)
    if closed is not None:
        return CaseState.CLOSED, closed.on, None
    unread = _open(case, events)
    if unread:
        return CaseState.ANSWERED, unread[0].on, None
    exchanged = [event for event in events if event.kind in _EXCHANGED]
    if exchanged:
        last = exchanged[-1]
        is_sent = last.kind is EventKind.SENT
        return (CaseState.SENT if is_sent else CaseState.OPEN), last.on, last if is_sent else None
    drafted = [event.on for event in events if event.kind is EventKind.DRAFTED]
    return CaseState.DRAFTED, min(drafted, default=case.opened_at.date()), None


def _closed(recorded: Iterable[CaseEvent], events: Iterable[CaseEvent]) -> CaseEvent | None:
    """The closing that holds: nothing that opens a case again was recorded after it."""
    counted = {event.id for event in events}
    last: CaseEvent | None = None
    for event in sorted(recorded, key=_recorded):
        if event.kind is EventKind.CLOSED:
            last = event
        elif event.kind in _OPENS and event.id in counted and not event.of:
            last = None
    return last


def _open(case: Case, events: tuple[CaseEvent, ...]) -> tuple[CaseEvent, ...]:
    every = {event.id: event for event in case.events}
    settled = {_first_named(event, every) for event in events if event.kind is EventKind.OUTCOME}
    # An outcome speaks of a reply also where the reply's file was put right afterwards.
    return tuple(
        event for event in events if event.kind is EventKind.REPLY and not settled & _all_named(event, every)
    )


def _all_named(event: CaseEvent, events: Mapping[str, CaseEvent]) -> set[str]:
    """The event and all that it corrects."""
    found = {event.id}
    while event.of and event.of not in found and event.of in events:
        found.add(event.of)
        event = events[event.of]
    return found


def _noted(events: Iterable[CaseEvent]) -> date | None:
    """What was noted last, whatever the day of it."""
    dates = sorted((event for event in events if event.kind is EventKind.NEXT_DATE), key=_recorded)
    return dates[-1].until if dates else None


def _due(case: Case, sent: CaseEvent | None) -> date | None:
    """The day that the letter itself names, where it lies after it was sent; else after some patience."""
    if sent is None:
        return None
    letter = _letter(case, sent.letter)
    asked = letter.reply_by if letter is not None else None
    return asked if asked is not None and asked > sent.on else sent.on + timedelta(days=REPLY_PATIENCE_DAYS)


def _letter(case: Case, id: str) -> Letter | None:
    return next((letter for letter in case.letters if letter.id == id), None)
