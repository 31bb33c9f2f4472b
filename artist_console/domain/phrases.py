"""A sentence as a template with named fields, so that the interface can translate it and fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template in English and the values of its named fields."""

    template: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template.format(**dict(self.fields))


def say(template: str, **fields: str) -> Sentence:
    return Sentence(template, tuple(fields.items()))


def day_in_words(when: date | datetime) -> str:
    """A day with the name of its month: 18 November 2025."""
    day = when.date() if isinstance(when, datetime) else when
    return f"{day.day} {day:%B %Y}"


def period_in_words(since: date, until: date) -> str:
    """August 2026; July to September 2026; December 2025 to February 2026; else both days."""
    if since.day != 1 or (until != date.max and (until + timedelta(days=1)).day != 1):
        return f"{day_in_words(since)} to {day_in_words(until)}"
    if (since.year, since.month) == (until.year, until.month):
        return f"{until:%B %Y}"
    return f"{since:%B} to {until:%B %Y}" if since.year == until.year else f"{since:%B %Y} to {until:%B %Y}"
