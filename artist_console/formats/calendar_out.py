"""A calendar of whole days as a file that any calendar program takes in (RFC 5545), by `icalendar`.

The same event has the same UID in every file, and a later file has the higher SEQUENCE: taken in again, it is
brought up to date and not doubled. The library folds the lines and escapes the texts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from artist_console import __version__

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
REMIND_DAYS = (7, 1)  # before the day
_IDS = uuid.UUID("5b1ea4ce-9d5a-5f0e-8d3f-6c7a2a0f3c11")  # of this program's events; never changed
_COUNT_FROM = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One event of a whole day. `id` is the same for the same thing; it leaves only as a hash."""

    id: str
    on: date
    title: str
    words: str
    category: str
    remind: bool = True


def write_calendar(name: str, days: Iterable[CalendarDay], at: datetime) -> bytes:
    """The file, as of `at` (aware). Raises nothing: signs that a calendar cannot hold are left out."""
    # Late: loads dateutil and its zones, which nothing but this needs.
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", f"-//Artist Console//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # Of a name that the library does not know it escapes nothing by itself.
    calendar.add("x-wr-calname", vText(plain(name)))
    for day in days:
        calendar.add_component(_event(day, at.astimezone(UTC).replace(microsecond=0)))
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _event(day: CalendarDay, at: datetime) -> Event:
    # Late, as above.
    from icalendar import Alarm, vDatetime
    from icalendar import Event as NewEvent

    event = NewEvent()
    event.add("uid", uid_of(day.id))
    # Not by `add`, which asks for the zones of the computer: Windows has none of its own.
    event["dtstamp"] = event["last-modified"] = vDatetime(at)
    # In minutes: it has to grow from one file to the next, and to stay below 2**31.
    event.add("sequence", max(0, int((at - _COUNT_FROM).total_seconds() // 60)))
    event.add("dtstart", day.on)  # a date without a time: VALUE=DATE
    event.add("summary", plain(day.title))
    event.add("description", plain(day.words))
    event.add("categories", [plain(day.category)])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # a day to remember, not one that is taken
    for before in REMIND_DAYS if day.remind else ():
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", plain(day.title))
        alarm.add("trigger", timedelta(days=-before))
        event.add_component(alarm)
    return event


def uid_of(id: str) -> str:
    """The UID of an event: a UUID, which says nothing of what it is about (RFC 7986, 5.3)."""
    return str(uuid.uuid5(_IDS, id))


def plain(text: str) -> str:
    """Without control signs, which RFC 5545 has no place for, and in signs that can be written down."""
    kept = "".join(each for each in text if each == "\n" or (each >= " " and each != "\x7f"))
    return kept.encode("utf-8", "replace").decode("utf-8")
