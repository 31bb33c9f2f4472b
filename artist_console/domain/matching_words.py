"""Texts made comparable, and the words that decide: versions, guests, generic titles, names kept whole.

The words are data (resources/data/match_words.json) and are handed in as `MatchWords`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anyascii import anyascii

# Signs that stand for an apostrophe, among them accents typed alone. Dropped before they are split.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻ`´′＇ʹ"), None)
# Marks above this belong to the letters of Indic, Thai, kana and other scripts and carry meaning.
_LAST_ACCENT = 0x08FF
_ACCENTS_ABOVE = ((0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F))


class _WordsOnly(dict[int, int]):
    """Translation table: letters, numbers and their marks stay, all else becomes a space."""

    def __missing__(self, point: int) -> int:
        keep = unicodedata.category(chr(point))[0] in "LNM"
        self[point] = point if keep else 0x20
        return self[point]


class _NoAccents(dict[int, int | None]):
    """Translation table: accents go, all else stays."""

    def __missing__(self, point: int) -> int | None:
        self[point] = None if _is_accent(point) else point
        return self[point]


def _is_accent(point: int) -> bool:
    char = chr(point)
    if not unicodedata.combining(char) and unicodedata.category(char) != "Mn":
        return False
    return point <= _LAST_ACCENT or any(low <= point <= high for low, high in _ACCENTS_ABOVE)


_words_only = _WordsOnly()
_no_accents = _NoAccents()


def fold(text: str) -> str:
    """Lower case without accents and apostrophes, compatibility forms resolved. Idempotent."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).translate(_APOSTROPHES).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).translate(_no_accents))


def tokens_of(folded: str) -> list[str]:
    """The words of a folded text; "&" is "and"."""
    if "&" in folded:
        folded = folded.replace("&", " and ")
    return folded.translate(_words_only).split()


def artist_key(name: str) -> str:
    """What spellings of one name have in common; a leading "the" is none of it."""
    folded = fold(name)
    tokens = tokens_of(folded.replace("+", " and "))
    if not tokens:
        return "".join(folded.split())
    return " ".join(tokens[1:] if tokens[0] == "the" and len(tokens) > 1 else tokens)


def in_latin(key: str) -> str:
    """The key in Latin letters; the same where it has no others, or no letters at all."""
    if key.isascii():
        return key
    return " ".join(tokens_of(fold(anyascii(key)))) or key


@dataclass(frozen=True, slots=True)
class VersionWords:
    """One kind of version: phrases that stand alone, begin or end a bracket, and what they say."""

    name: str
    alone: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    other_recording: bool  # live, remix, acoustic ...: the same song, another recording


@dataclass(frozen=True, slots=True)
class MatchWords:
    versions: tuple[VersionWords, ...]
    featuring: frozenset[str]
    featuring_outside: re.Pattern[str]
    no_guest: frozenset[str]
    producing: frozenset[str]
    counting: Mapping[str, str]
    generic_titles: frozenset[str]
    no_artist: frozenset[str]
    protected: frozenset[str]
    other_recording: frozenset[str]  # names of the kinds of version that mean another recording


def match_words(table: Mapping[str, Any]) -> MatchWords:
    """The words from the parsed resource data/match_words.json."""

    def phrases(listed: Iterable[str]) -> tuple[str, ...]:
        return tuple(" ".join(tokens_of(fold(each))) for each in listed)

    versions = tuple(
        VersionWords(
            name,
            frozenset(phrases(words["alone"])),
            phrases(words["starts"]),
            phrases(words["ends"]),
            words["recording"] == "another",
        )
        for name, words in table["versions"].items()
    )
    outside = "|".join(map(re.escape, table["featuring_outside_brackets"]))
    return MatchWords(
        versions,
        frozenset(phrases(table["featuring"])),
        re.compile(rf"\s[(\[]?(?:{outside})(?:\.\s*|\s+)(?P<guests>\S.*)$", re.IGNORECASE),
        frozenset(phrases(table["no_guest_after_with"])),
        frozenset(phrases(table["producing"])),
        dict(table["counting_words"]),
        frozenset(phrases(table["generic_titles"])),
        frozenset(phrases(table["no_artist"])),
        frozenset(artist_key(name) for name in table["protected_artists"]),
        frozenset(kind.name for kind in versions if kind.other_recording),
    )
