"""How reservations and checks of a site look and read in the window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from artist_console.commands.reservations import CheckRow
from artist_console.domain import words
from artist_console.domain.reservation_words import MANNER, PLACE, VERDICT
from artist_console.domain.reservations import Manner
from artist_console.domain.signal_terms import SIGNALS, TERMS, Signal, keys_for
from artist_console.domain.site_checks import Place, Verdict
from artist_console.domain.site_plan import Category
from artist_console.domain.uses import Use
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.chips import ChipMeaning, ChipValue

_MEANING = {
    Verdict.AS_WRITTEN: ChipMeaning.ADDS_UP,
    Verdict.DIFFERS: ChipMeaning.DOES_NOT_ADD_UP,
    Verdict.SAYS_MORE: ChipMeaning.DOES_NOT_ADD_UP,
    Verdict.MISSING: ChipMeaning.ASKED,
    Verdict.NOTHING: ChipMeaning.NOT_LICENSED,
    Verdict.CANNOT_TELL: ChipMeaning.NOT_CHECKED,
    Verdict.TOLD: ChipMeaning.NOT_CHECKED,
}
# A file is another one, and is judged otherwise: both are told by its name.
_PATHS = {"/.well-known/tdmrep.json": Place.TDMREP, "/robots.txt": Place.ROBOTS}


def verdict_chip(verdict: Verdict) -> ChipValue:
    return ChipValue(_MEANING[verdict], domain_words(VERDICT[verdict]))


def place_words(place: Place) -> str:
    return domain_words(PLACE[place])


def manner_words(manner: Manner) -> str:
    return domain_words(MANNER[manner])


def use_words(use: Use) -> str:
    return domain_words(words.USE[use][0])


def changed_words(row: CheckRow) -> str:
    """What is otherwise than at the check before it of the same site."""
    if row.first:
        return say("reservation", "The first check of this site")
    if not row.changed:
        return say("reservation", "As at the check before")
    places = {place.value: place_words(place) for place in Place}
    places |= {path: place_words(place) for path, place in _PATHS.items()}
    places[row.check.path] = say("reservation", "the page")
    named = ", ".join(dict.fromkeys(places.get(each, isolate(each)) for each in row.changed))
    return say("reservation", "Otherwise than at the check before: {what}", what=named)


@dataclass(frozen=True, slots=True)
class UseLine:
    """Uses that the files speak of in the same way."""

    uses: tuple[Use, ...]
    says: tuple[str, ...]  # as machines read it, with the signal's name; empty: nothing
    cannot: str  # a sentence; empty where nothing is lost


def use_lines(refused: Iterable[Use], categories: Iterable[Category]) -> tuple[UseLine, ...]:
    """What the files say of each refused use; uses of the same fate stand in one line."""
    reserved = {(each.term.signal, each.term.key) for each in categories if each.reserved}
    found: dict[tuple[tuple[str, ...], str], list[Use]] = {}
    for use in refused:
        said = tuple(
            say("reservation", "{key} ({signal})", key=isolate(key), signal=SIGNALS[signal].name)
            for signal in (Signal.TDMREP, Signal.AIPREF, Signal.ROBOTS)
            for key in keys_for(use, signal)
            if (signal, key) in reserved
        )
        found.setdefault((said, TERMS[use].cannot), []).append(use)
    return tuple(UseLine(tuple(uses), said, cannot) for (said, cannot), uses in found.items())


def never_said(shown: Iterable[Use]) -> tuple[Use, ...]:
    """The uses that no signal of a site has a word for, without those that are shown one by one."""
    without = set(shown)
    signals = (Signal.TDMREP, Signal.AIPREF, Signal.ROBOTS)
    return tuple(
        use for use in Use if use not in without and not any(keys_for(use, signal) for signal in signals)
    )


def left_out_words(category: Category) -> str:
    """Why a term of a signal is not said."""
    missing = ", ".join(use_words(use) for use in category.missing or category.term.meant)
    return say(
        "reservation",
        "{what} ({signal}) is left out: not refused for all works on the site: {uses}",
        what=domain_words(category.term.name),
        signal=SIGNALS[category.term.signal].name,
        uses=missing,
    )
