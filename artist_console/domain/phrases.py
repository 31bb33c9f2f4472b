"""A sentence as a template with named fields, so that the interface can translate it and fill it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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
