"""How marks in audio files look and read in the window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from artist_console.commands.mark_sources import KnownBy, PlannedMark
from artist_console.domain import words
from artist_console.domain.mark_words import entry_words
from artist_console.domain.marks import MarkEntry, MarkState
from artist_console.domain.uses import Use
from artist_console.ui.figures import Figures
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue


def state_chip(state: MarkState) -> ChipValue:
    return {
        MarkState.TRUSTED: ChipValue(ChipMeaning.UNCHANGED, say("mark", "Intact")),
        MarkState.INTACT: ChipValue(ChipMeaning.SIGNER_NOT_KNOWN, say("mark", "Intact, signer not known")),
        MarkState.CHANGED: ChipValue(
            ChipMeaning.CHANGED_AFTER_SIGNING, say("mark", "Changed after it was marked")
        ),
        MarkState.BROKEN: ChipValue(ChipMeaning.DOES_NOT_ADD_UP, say("mark", "Damaged")),
        MarkState.NONE: ChipValue(ChipMeaning.NOT_LICENSED, say("mark", "No mark")),
    }[state]


def entry_lines(entries: Iterable[MarkEntry]) -> str:
    """What a mark states, a line each."""
    return "\n".join(sentence(entry_words(entry)) for entry in entries)


def known_by_words(planned: PlannedMark) -> str:
    """Which work a file is taken for, and how that was told."""
    title = isolate(planned.work_title)
    match planned.known_by:
        case KnownBy.CHOSEN:
            return say("mark", "{work}, as you said", work=title)
        case KnownBy.TAG:
            return say("mark", "{work}, by the ISRC in its tags", work=title)
        case KnownBy.NAME:
            return say("mark", "{work}, by the ISRC in its name", work=title)
        case KnownBy.NOTHING:
            return say("mark", "No work is told by it: by what you said of all your music")


def own_facts(own: Mapping[str, str], figures: Figures) -> Iterable[tuple[str, str]]:
    """What this application writes beside a mark, in words; whatever else stands there is shown as it is."""
    names = {
        "artist": say("mark", "Artist"),
        "standing": say("mark", "Standing, as stated"),
        "refused": say("mark", "Refused"),
        "stated_on": say("mark", "Stated on"),
        "says": say("mark", "Says"),
    }
    for key, value in sorted(own.items()):
        yield names.get(key, isolate(key)), _own_value(key, value, figures)


def _own_value(key: str, value: str, figures: Figures) -> str:
    if key == "refused":
        uses = {use.value: domain_words(words.USE[use][0]) for use in Use}
        return ", ".join(uses.get(each.strip(), each.strip()) for each in value.split(","))
    if key == "stated_on":
        try:
            return figures.day(date.fromisoformat(value))
        except ValueError:
            return value
    return value
