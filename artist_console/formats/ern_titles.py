"""Titles and artists' names of a DDEX message: the one that is shown, and other spellings as aliases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from .ern_elements import Children, default_first, distinct, spaced, text, value_of
from .ern_parties import NOBODY, Artists, Part, Parties
from .ern_xml import Element

# Titles that are about the same recording. Others name the song, a whole group of tracks, or a mistake.
_SAME = frozenset(
    {
        "",
        "AbbreviatedDisplayTitle",
        "AlternativeTitle",
        "DisplayTitle",
        "FormalTitle",
        "OriginalTitle",
        "SearchTitle",
        "TitleWithoutPunctuation",
        "TranslatedTitle",
        "TransliteratedTitle",
    }
)
_SHOWN = frozenset({"", "DisplayTitle"})
_FURTHER = ("FormalTitle", "AdditionalTitle")
# Types of version that say nothing of how it sounds.
_PLAIN = frozenset({"AlbumVersion", "SingleVersion", "StereoVersion", "UserDefined", ""})


class Titles(NamedTuple):
    title: str = ""
    version: str = ""
    aliases: tuple[str, ...] = ()


def read_titles(found: Children, details: Sequence[Children] = ()) -> Titles:
    """The title without its version, and every other spelling of it. Of `details` the first one holds."""
    composed = default_first(found.get("DisplayTitle", ()))
    others: list[Element] = []
    if details:
        here = details[0].get("Title", ())
        composed = [*composed, *default_first([title for title in here if _type_of(title) in _SHOWN])]
        others = [title for title in here if _type_of(title) not in _SHOWN]
    others += found.get("ReferenceTitle", ())
    for elsewhere in details[1:]:
        others += elsewhere.get("Title", ())
    spellings = [_text_of(title) for title in composed]
    if others:
        spellings += _same(others)
    spellings += [text(each) for each in default_first(found.get("DisplayTitleText", ()))]
    for name in _FURTHER:
        if name in found:
            spellings += _same(found[name])
    spellings = distinct(spellings)
    if not spellings:
        return Titles()
    return Titles(spellings[0], _version(composed, found), tuple(spellings[1:]))


def _same(titles: Sequence[Element]) -> list[str]:
    return [_text_of(title) for title in titles if _type_of(title) in _SAME]


def _type_of(title: Element) -> str:
    return title.get("TitleType") or ""


def _text_of(title: Element) -> str:
    for child in title:
        if child.tag == "TitleText":
            return text(child)
    return ""


def _version(composed: Sequence[Element], found: Children) -> str:
    """What stands under the title; else the type of the version, where it says how it sounds."""
    if composed and len(composed[0]) > 1 and _text_of(composed[0]):
        under = ", ".join(distinct(text(child) for child in composed[0] if child.tag == "SubTitle"))
        if under:
            return under
    if "VersionType" not in found:
        return ""
    kinds = [value_of(each) for each in found["VersionType"]]
    return ", ".join(spaced(kind).removesuffix(" Version") for kind in kinds if kind not in _PLAIN)


def shown_artists(holders: Sequence[Children], parties: Parties) -> Artists:
    """The artists of a recording or release, as the first holder that has some names them.

    Later ones, of other territories, only add spellings.
    """
    if len(holders) == 1 and len(holders[0].get("DisplayArtistName", ())) < 2:
        # As most: nothing to put together.
        people = parties.people(holders[0].get("DisplayArtist", ()))
        artists = parties.artists(people)
        if artists.main:
            return artists
    listed = [parties.people(holder["DisplayArtist"]) for holder in holders if "DisplayArtist" in holder]
    artists = parties.artists(listed[0] if listed else NOBODY)
    names = distinct(_names_of(holders))
    others = [pair for later in listed[1:] for pair in _same_in_other_words(listed[0].parts, later.parts)]
    if names and not artists.main:
        artists = replace(artists, main=(names[0],))
    if names and artists.main == (names[0],) and not artists.featured:
        # One artist alone: the name as printed is theirs in every script.
        others += [(names[0], other) for other in names[1:]]
    others = [pair for pair in others if pair not in artists.aliases]
    if not others:
        return artists
    return replace(artists, aliases=(*artists.aliases, *dict.fromkeys(others)))


def _same_in_other_words(parts: Sequence[Part], later: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Names under which another territory lists the same people, told by order, roles and numbers."""
    if [part.roles for part in parts] != [part.roles for part in later]:
        return
    for part, other in zip(parts, later, strict=True):
        if part.party.codes and other.party.codes and set(part.party.codes).isdisjoint(other.party.codes):
            continue
        for name in (other.party.name, *other.party.aliases):
            if name != part.party.name:
                yield part.party.name, name


def _names_of(holders: Sequence[Children]) -> Iterator[str]:
    for holder in holders:
        yield from (text(each) for each in default_first(holder.get("DisplayArtistName", ())))
