"""From when until when a fact holds, by calendar day, and what was known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included; a missing end is open."""

    since: date | None = None
    until: date | None = None

    def contains(self, instant: datetime) -> bool:
        """Whether the day of `instant` (in the zone it carries) lies inside."""
        day = instant.date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Recorded:
    """When a row came to be known here, and which earlier row it corrects."""

    at: datetime
    replaces: str | None = None


PAID_YEARS = range(1900, 2200)  # any other year in a statement is a slip of who wrote it


def last_day_of(month: date) -> date:
    """The last day of the month of a day, of the last month that there is, too."""
    if (month.year, month.month) == (date.max.year, date.max.month):
        return date.max
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


class Dated(Protocol):
    """A row that is corrected by new rows, never changed."""

    @property
    def id(self) -> str: ...
    @property
    def recorded(self) -> Recorded: ...


Row = TypeVar("Row", bound=Dated)


def as_known_on(rows: Iterable[Row], known_on: datetime | None = None) -> tuple[Row, ...]:
    """The rows known at `known_on` (all when None) that no other row known by then corrects."""
    known = [row for row in rows if known_on is None or row.recorded.at <= known_on]
    replaced = {row.recorded.replaces for row in known}
    return tuple(row for row in known if row.id not in replaced)
