"""Undoing that an event of a case was taken back: it counts again, and the history shows both."""

from __future__ import annotations

from dataclasses import replace

from artist_console.commands.case_ground import changeable, with_event
from artist_console.commands.console import Console, Result
from artist_console.domain.case_standing import current, takes_back
from artist_console.domain.cases import Case
from artist_console.domain.problems import UnknownThing


def put_back(console: Console, case: str, event: str) -> Result[Case]:
    """Have a sending, reply or outcome that was taken back last count again, as it was noted.

    Raises UnknownCase, MayOnlyLook, UnknownThing.
    """
    known = changeable(console, case)
    by_id = {each.id: each for each in known.events}
    was = by_id.get(event)
    taken = next((each for each in reversed(known.events) if each.of == event and takes_back(each)), None)
    if was is None or taken is None or current(known, event) is not None:
        raise UnknownThing(
            "Nothing of {event} was taken back in that case", "See: artist-console case show", event=event
        )
    again = replace(was, id=console.new_id(), at=console.clock(), of=taken.id)
    return with_event(console, known, again)
