"""Names in a delivered artist field: taken apart, and compared as sets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from .matching_words import MatchWords, artist_key, in_latin

_MOST_PARTS_OF_A_NAME = 8
_SEPARATOR = re.compile(
    r"\s*(?:[;/|、&+,×]|\s(?:x|and|feat\.?|ft\.?|featuring|vs\.?|with)(?=\s))\s*",
    re.IGNORECASE,
)
_BRACKETED_GUEST = re.compile(r"[(\[]\s*((?:feat|ft|featuring|with)\b[^)\]]*)[)\]]?", re.IGNORECASE)
# A name without any of these is one name as it stands.
_MAY_BE_SEVERAL = re.compile(r"[;/|&+,(\[]|\s(?:x|and|feat|ft|featuring|vs|with)\b", re.IGNORECASE)


def split_artists(text: str, words: MatchWords) -> tuple[str, ...]:
    """The names in a delivered artist field, in order; names on the protected list stay whole."""
    if text.isascii() and not _MAY_BE_SEVERAL.search(text):
        name = " ".join(text.split())
        return (name,) if name else ()
    text = _BRACKETED_GUEST.sub(r" \1 ", text)
    text = " ".join(unicodedata.normalize("NFC", text).replace("，", ",").replace("＆", "&").split())
    parts: list[tuple[int, int]] = []
    start = 0
    for gap in _SEPARATOR.finditer(text):
        parts.append((start, gap.start()))
        start = gap.end()
    parts.append((start, len(text)))
    names = []
    first = 0
    while first < len(parts):
        last = next(
            (
                last
                for last in range(min(len(parts), first + _MOST_PARTS_OF_A_NAME) - 1, first, -1)
                if artist_key(text[parts[first][0] : parts[last][1]]) in words.protected
            ),
            first,
        )
        names.append(text[parts[first][0] : parts[last][1]].strip())
        first = last + 1
    return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class Artists:
    """The names of one side, as keys."""

    each: frozenset[str]  # of these one in common is enough under the same title
    together: frozenset[str]  # all of them, in Latin letters
    count: int  # how many they are: a name and its other spellings are one


def artists_of(delivered: Iterable[str], words: MatchWords, count: int | None = None) -> Artists:
    """Who is named; nobody for "Various Artists", "unknown" and the like.

    `count` is how many artists they are; None where each name is another one.
    """
    together: set[str] = set()
    each: set[str] = set()
    for text in delivered:
        names = split_artists(text, words)
        keys = {artist_key(name) for name in names} - words.no_artist
        together |= keys
        each |= keys
        if names != (text,):  # the whole may be one name after all
            each |= {artist_key(text)} - words.no_artist
    latin = frozenset(map(in_latin, together))
    return Artists(frozenset((*each, *map(in_latin, each))), latin, len(latin) if count is None else count)


def artists_agree(ours: Artists, theirs: Artists, generic: bool) -> bool:
    """Whether one is named on both sides; under a generic title, whether all are."""
    if generic:  # "Intro" by one of two artists is too little
        return (
            bool(theirs.together) and theirs.together <= ours.together and len(theirs.together) >= ours.count
        )
    return not ours.each.isdisjoint(theirs.each)
