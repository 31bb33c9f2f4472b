"""Which values a kind of letter can hold: those that it has to, and those that it may."""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.letter_templates import template_of
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letter_needs import MADE_HERE
from artist_console.domain.letter_templates import Placeholder


@dataclass(frozen=True, slots=True)
class AskedValues:
    """In the order of `Placeholder`, without what follows from who writes to whom about which works."""

    needed: tuple[Placeholder, ...]
    possible: tuple[Placeholder, ...]


def asked_values(kind: LetterKind) -> AskedValues:
    """What a person can give for a letter of this kind. Raises NoTemplate, BadTemplate."""
    template = template_of(kind)
    texts = [*template.subject.values(), *(text for part in template.parts for text in part.text.values())]
    used = frozenset(each for text in texts for each in text.placeholders)
    needed = tuple(each for each in Placeholder if each in template.needs and each not in MADE_HERE)
    possible = tuple(
        each for each in Placeholder if each in used and each not in MADE_HERE and each not in needed
    )
    return AskedValues(needed, possible)
