"""Ids, days and chance of the sample world: the same for the same day, wherever and whenever it is made."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid5

_NAMESPACE = UUID("5b0c5c0e-6f6f-5c3a-9d0a-8f1f6f0b7a11")


def ident(kind: str, *parts: str) -> str:
    """A stable id for a thing of the sample world, named by its parts."""
    return str(uuid5(_NAMESPACE, "/".join((kind, *parts))))


def chance(*parts: str) -> Random:
    """Seeded chance for one purpose, so that a change in one place leaves the others as they are."""
    return Random("/".join(parts))


def days_before(today: date, days: int) -> date:
    return today - timedelta(days=days)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A time of a day, in UTC."""
    return datetime.combine(day, time(hour, minute), UTC)


def first_of_month(day: date, back: int = 0) -> date:
    """The first day of the month so many months before the one of `day`."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def last_of_month(first: date) -> date:
    return first_of_month(first, -1) - timedelta(days=1)
