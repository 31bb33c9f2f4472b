"""From what a person types to what it names: works, releases, artists, programmes and uses.

An id counts first, then an identifier in any spelling, then a name or title, whole before in part. What
fits several things is told with the first of them, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from artist_console.commands import artists, lineage, lists, programmes, works
from artist_console.commands.artists import ArtistRow
from artist_console.commands.console import Console
from artist_console.commands.history import HistoryRow, history
from artist_console.commands.lists import ListCard
from artist_console.commands.programmes import ProgrammeRow
from artist_console.commands.releases import list_releases
from artist_console.domain.ids import ArtistId, ModelVersionId
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import UseScope
from artist_console.domain.uses import Family, Use, uses_of
from artist_console.domain.work_rows import WorksQuery, WorkSummary
from artist_console.domain.works import Release

T = TypeVar("T")
Id = TypeVar("Id", bound=str)
_SHOWN = 5
_LEAST_OF_AN_ID = 4


class SeveralFit(InputProblem):
    title_template = "“{text}” fits several {things}: {which}"
    advice_template = "Name one by its id or identifier"


def _bare(text: str) -> str:
    """Without the dashes, dots and spaces that identifiers are printed with."""
    return "".join(character for character in text if character.isalnum()).upper()


def _one(found: Sequence[T], text: str, thing: str, things: str, name: Callable[[T], str], advice: str) -> T:
    if not found:
        raise UnknownThing("No {thing} “{text}” is known here", advice, thing=thing, text=text)
    if len(found) > 1:
        which = "; ".join(name(each) for each in found[:_SHOWN])
        more = len(found) - _SHOWN
        raise SeveralFit(text=text, things=things, which=which + (f" and {more} more" if more > 0 else ""))
    return found[0]


def _first_that_fit(*attempts: Iterable[T]) -> tuple[T, ...]:
    return next((found for attempt in attempts if (found := tuple(attempt))), ())


def one_of(names: Sequence[str], text: str, thing: str, things: str, advice: str) -> str:
    """The name that was typed, whole or in part."""
    wanted = text.casefold()
    found = _first_that_fit(
        (name for name in names if name.casefold() == wanted),
        (name for name in names if wanted in name.casefold()),
    )
    return _one(found, text, thing, things, lambda name: name, advice)


def artist(console: Console, text: str | None) -> ArtistId | None:
    """The artist named; None where none is."""
    return None if text is None else _artist(console, text).id


def known_artist(console: Console, text: str | None) -> ArtistId | None:
    """The artist with exactly this id or name; None where there is none yet."""
    wanted = (text or "").casefold()
    rows = artists.list_artists(console) if wanted else ()
    found = [row.id for row in rows if row.id == text or row.name.casefold() == wanted]
    return found[0] if len(found) == 1 else None


def the_artist(console: Console, text: str | None) -> ArtistRow:
    """The artist named, or the only one that this account may decide for."""
    if text is not None:
        return _artist(console, text)
    rows = artists.list_artists(console)
    own = [row for row in rows if row.mandate is None] if len(rows) > 1 else rows
    if len(own) == 1:
        return own[0]
    if not rows:
        raise UnknownThing("No artist is known here yet", "Import a catalogue first, or sync")
    raise InputProblem(
        "There are several artists here: {which}",
        "Say whose answer it is with --artist",
        which=", ".join(row.name for row in rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else ""),
    )


def _artist(console: Console, text: str) -> ArtistRow:
    rows = artists.list_artists(console)
    wanted = text.casefold()
    found = _first_that_fit(
        (row for row in rows if row.id == text),
        (row for row in rows if row.name.casefold() == wanted),
        (row for row in rows if wanted in row.name.casefold()),
    )
    advice = "See the names with: artist-console artists list"
    return _one(found, text, "artist", "artists", lambda row: f"{row.name} ({row.id})", advice)


def work(console: Console, text: str, artist: ArtistId | None = None) -> WorkSummary:
    """One work, by id, ISRC or ISWC in any spelling, or title."""
    rows = works.find_works(console, WorksQuery(artist=artist, text=text, limit=500)).rows
    by_id = works.summaries_of(console, text, artist)
    wanted = text.casefold()
    found = _first_that_fit(
        by_id,
        (row for row in rows if row.identifier and row.identifier == _bare(text)),
        (row for row in rows if f"{row.title} ({row.version})".casefold() == wanted),
        (row for row in rows if row.title.casefold() == wanted),
        rows,
    )
    once = tuple({row.work: row for row in found}.values())
    advice = "Look it up with: artist-console works list TEXT"

    def named(row: WorkSummary) -> str:
        version = f" ({row.version})" if row.version else ""
        return f"{row.title}{version} {row.identifier or row.work}"

    return _one(once, text, "work", "works", named, advice)


def release(console: Console, text: str, artist: ArtistId | None = None) -> Release:
    rows = list_releases(console, artist)
    wanted = text.casefold()
    found = _first_that_fit(
        (row for row in rows if row.id == text),
        (row for row in rows if row.upc and row.upc == _bare(text).zfill(14)),
        (row for row in rows if row.title.casefold() == wanted),
        (row for row in rows if wanted in row.title.casefold()),
    )
    advice = "Check the title; a release is known once a catalogue names it"
    return _one(found, text, "release", "releases", lambda row: f"{row.title} ({row.upc or row.id})", advice)


def programme(console: Console, text: str) -> ProgrammeRow:
    rows = programmes.list_programmes(console)
    wanted = text.casefold()
    found = _first_that_fit(
        (row for row in rows if row.programme.id == text),
        (row for row in rows if row.programme.name.casefold() == wanted),
        (row for row in rows if wanted in row.programme.name.casefold()),
    )
    advice = "See the names with: artist-console programmes list"
    return _one(
        found,
        text,
        "programme",
        "programmes",
        lambda row: f"{row.programme.name} ({row.programme.id})",
        advice,
    )


def model(console: Console, text: str) -> ModelVersionId:
    """A model version, by id or by name and version."""
    rows = lineage.known_models(console)
    names = {row.id: f"{row.name} {row.version}".strip() for row in rows}
    wanted = text.casefold()
    found = _first_that_fit(
        (row for row in rows if row.id == text),
        (row for row in rows if names[row.id].casefold() == wanted),
        (row for row in rows if wanted in names[row.id].casefold()),
    )
    advice = "A model is known once its operator has reported it"
    return _one(found, text, "model", "models", lambda row: f"{names[row.id]} ({row.id})", advice).id


def ending_in(ids: Sequence[Id], text: str, thing: str, things: str, command: str) -> Id:
    """One of these ids, by itself or by the last signs of it."""
    wanted = text.strip()
    found = _first_that_fit(
        (id for id in ids if id == wanted),
        (id for id in dict.fromkeys(ids) if len(wanted) >= _LEAST_OF_AN_ID and id.endswith(wanted)),
    )
    return _one(found, text, thing, things, str, f"See: artist-console {command}")


def public_list(console: Console, text: str) -> ListCard:
    """One public list: by its id or the last signs of it, or by its name. Several lists may bear one name."""
    cards = lists.list_cards(console)
    wanted = text.strip()
    folded = wanted.casefold()
    found = _first_that_fit(
        (card for card in cards if card.dataset.id == wanted),
        (card for card in cards if name_of_list(card).casefold() == folded),
        (card for card in cards if len(wanted) >= _LEAST_OF_AN_ID and card.dataset.id.endswith(wanted)),
        (card for card in cards if folded in name_of_list(card).casefold()),
    )

    def named(card: ListCard) -> str:
        return f"{name_of_list(card)} ({card.dataset.id})"

    return _one(found, text, "list", "lists", named, "See: artist-console lists")


def name_of_list(card: ListCard) -> str:
    return f"{card.dataset.name} {card.dataset.version}".strip()


def decision(console: Console, text: str) -> HistoryRow:
    """One decision: by its id, by the last signs of it as lists show them, or "latest"."""
    rows = history(console, limit=None)
    wanted = text.strip().casefold()
    found = _first_that_fit(
        (row for row in rows if row.decision == text),
        rows[:1] if wanted == "latest" else (),
        (row for row in rows if len(wanted) >= _LEAST_OF_AN_ID and row.decision.casefold().endswith(wanted)),
    )
    advice = "See them with: artist-console decisions list"
    return _one(found, text, "decision", "decisions", lambda row: str(row.decision), advice)


def use(text: str) -> Use:
    """One use by its key."""
    family = _family(text)
    if family is not None:
        raise InputProblem(
            "“{text}” is a family of uses, and this is about one use",
            "Name one of: {uses}",
            text=text,
            uses=", ".join(each.value for each in uses_of(family)),
        )
    try:
        return Use(text.strip().lower())
    except ValueError as error:
        raise _no_use(text) from error


def use_scope(text: str | None) -> UseScope:
    """A use, a family, or (None, "any", "all") every use."""
    if text is None or text.lower() in ("any", "all"):
        return UseScope.of(None)
    family = _family(text)
    return UseScope.of(family if family is not None else use(text))


def _family(text: str) -> Family | None:
    key = text.strip().lower().replace("-", "_")
    return next((family for family in Family if family.value == key), None)


def _no_use(text: str) -> UnknownThing:
    return UnknownThing(
        "There is no use or family called “{text}”",
        "Families: {families}. Uses: {uses}",
        text=text,
        families=", ".join(family.value for family in Family),
        uses=", ".join(each.value for each in Use),
    )
