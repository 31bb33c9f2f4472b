"""Which values a kind of letter can hold: those that it has to, and those that it may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from artist_console.commands.console import Console
from artist_console.commands.letter_about import about_facts, case_of
from artist_console.commands.letter_templates import letter_words, template_of
from artist_console.commands.letter_values import recorded_texts
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import Language, LetterKind
from artist_console.domain.letter_needs import MADE_HERE
from artist_console.domain.letter_templates import Placeholder
from artist_console.domain.letters import About
from artist_console.domain.phrases import Sentence
from artist_console.store import mirror


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


def known_values(
    console: Console, kind: LetterKind, artists: Sequence[ArtistId], about: About, case: str = ""
) -> frozenset[Placeholder]:
    """What the records give for each of these artists, so that nobody has to write it.

    An artist whose letter cannot be about that counts not: the review tells why. Raises NoTemplate.
    """
    template, words = template_of(kind), letter_words()[Language.EN]
    facts, held = mirror.facts(console.store, console.clock()), case_of(console, case)
    every = frozenset(template.needs)
    known = every
    for artist in artists:
        found = about_facts(console, facts, artist, about, held, template)
        if isinstance(found, Sentence):
            continue
        given = {*recorded_texts(found, words), *found.days}
        given |= {Placeholder.USES} if found.uses else set()
        given |= {Placeholder.ANSWER_UNTIL} if template.reply_days is not None else set()
        known &= given
    return known
