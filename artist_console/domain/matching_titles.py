"""Titles taken apart: what names the song, which version it is, who is featured, and which numbers it has."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .matching_artists import split_artists
from .matching_words import MatchWords, VersionWords, fold, in_latin, tokens_of

_YEAR_OR_NUMBER = re.compile(r"(?:19|20)?[0-9]{2}|[0-9]+(?:st|nd|rd|th)")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_LONGEST_TITLE = 1_000  # longer ones are descriptions, not titles with versions
_BRACKETS = re.compile(r"[(\[{【〔〈《「『]([^()\[\]{}【】〔〕〈〉《》「」『』]*)[)\]}】〕〉》」』]")
_DASHES = "-‐‑‒–—―~"
_DASH = re.compile(rf"\s+[{re.escape(_DASHES)}]\s+")
_FILE_NAME = re.compile(r"\.(?:mp3|wav|flac|ogg|m4a|aiff?|opus|wma)$", re.IGNORECASE)
# A title without any of these, and without the words for guests, has neither version nor guests.
_MAY_HOLD_MORE = re.compile(r"[()\[{]|\s[-~]\s|\.[A-Za-z0-9]{2,4}\s*$")
# A folded title without any of these has no numbers, Roman ones included.
_MAY_COUNT = re.compile(r"[0-9]|\b[ivx]+\b")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"\d+(?:[^\W\d_]\b)?")  # "1b" is not "1c"
_GLUED = re.compile(r"([^\W\d]+)([0-9]+)")
_KEY_LETTERS = frozenset("bcdefgh")  # "a" is an article far more often
_OF_KEYS = {"major": "major", "dur": "major", "minor": "minor", "moll": "minor"} | {
    sign: sign for sign in ("flat", "sharp")
}


@dataclass(frozen=True, slots=True)
class SplitTitle:
    """A delivered title taken apart: what names the song, which version, who is featured."""

    title: str
    version: str = ""
    featured: tuple[str, ...] = ()


def split_title(delivered: str, words: MatchWords) -> SplitTitle:
    """Take versions and featured artists off a title; a title that is nothing else stays whole."""
    plain = delivered.isascii() and not _MAY_HOLD_MORE.search(delivered)
    if plain and not words.featuring_outside.search(delivered):
        return SplitTitle(" ".join(delivered.split()))
    text = " ".join(unicodedata.normalize("NFC", delivered).split())
    if len(text) > _LONGEST_TITLE:
        return SplitTitle(text)
    text = _FILE_NAME.sub("", text) or text
    versions: list[str] = []
    featured: list[str] = []

    def take(bracket: re.Match[str]) -> str:
        inner = bracket[1].strip()
        guests = _guests(inner, words)
        if guests:
            featured.extend(split_artists(guests, words))
            return " "
        if version_kinds(inner, words):
            versions.append(inner)
            return " "
        # "(Prod. Jo Low)" is a credit, no part of the title.
        tokens = tokens_of(fold(inner))
        return " " if tokens and tokens[0] in words.producing else bracket[0]

    rest = _BRACKETS.sub(take, text)
    outside = words.featuring_outside.search(rest)
    if outside is not None:
        guests = outside["guests"]
        tail = _DASH.split(guests, maxsplit=1)  # "Song feat. A - Live"
        featured.extend(split_artists(tail[0].rstrip(" )]"), words))
        rest = rest[: outside.start()] + (f" - {tail[1]}" if len(tail) > 1 else "")
    while True:
        parts = _DASH.split(rest)
        if len(parts) < 2 or not version_kinds(parts[-1], words):
            break
        versions.append(parts[-1].strip())
        rest = rest[: rest.rindex(parts[-1])].rstrip(f" {_DASHES}")
    rest = " ".join(rest.split())
    rest = _FILE_NAME.sub("", rest) or rest
    if not rest.strip(f" {_DASHES}()[]{{}}"):
        return SplitTitle(text)
    return SplitTitle(rest, ", ".join(versions), tuple(dict.fromkeys(featured)))


def _guests(inner: str, words: MatchWords) -> str:
    """The names after "feat." in a bracket; empty where it says something else."""
    first, _, rest = inner.partition(" ")
    if "." in first and not rest:
        first, _, rest = inner.partition(".")
    word = fold(first.rstrip(".:"))
    tokens = tokens_of(fold(rest))
    if word not in words.featuring or not tokens:
        return ""
    if word == "with" and tokens[0] in words.no_guest:
        return ""
    return rest.strip()


def version_kinds(text: str, words: MatchWords) -> frozenset[str]:
    """The kinds of version that a bracket or a tail speaks of; empty where it is no version at all."""
    kinds: set[str] = set()
    placed = False
    for part in re.split(r"[,/;|+]", text):
        tokens = [token for token in tokens_of(fold(part)) if not _YEAR_OR_NUMBER.fullmatch(token)]
        phrase = " ".join(tokens)
        if not phrase:
            continue
        exactly = {kind.name for kind in words.versions if phrase in kind.alone}
        found = exactly or {kind.name for kind in words.versions if _is_version(phrase, kind)}
        if not found and not placed:
            return frozenset()
        placed = placed or _has_start(phrase, words)  # "Live at the Pier, Somewhere": the rest is the place
        kinds |= found
        if not exactly:  # "remastered live version" is live too
            kinds |= {kind.name for kind in words.versions if kind.alone & set(tokens)}
    return frozenset(kinds)


def _has_start(phrase: str, words: MatchWords) -> bool:
    return any(f"{phrase} ".startswith(f"{start} ") for kind in words.versions for start in kind.starts)


def _is_version(phrase: str, kind: VersionWords) -> bool:
    padded = f" {phrase} "
    return any(padded.startswith(f" {start} ") for start in kind.starts) or any(
        padded.endswith(f" {end} ") for end in kind.ends
    )


def title_key(title: str, words: MatchWords) -> str:
    """What two spellings of one title have in common. Give it the title without version and guests."""
    folded = fold(title)
    tokens = tokens_of(folded)
    if not tokens:  # "???" and "÷" are titles too
        return "".join(folded.split())
    plain = " ".join(tokens)
    if folded.isascii() and not _MAY_COUNT.search(plain):
        return plain
    key = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        glued = _GLUED.fullmatch(token)
        if glued and glued[1] in words.counting:
            key += [words.counting[glued[1]], glued[2]]
        elif token in words.counting and _number(after, counted=True):
            key.append(words.counting[token])
        else:
            key.append(_number(token, counted=bool(place) and tokens[place - 1] in words.counting) or token)
    return " ".join(key)


def title_keys(title: str, words: MatchWords) -> tuple[str, ...]:
    """The key of a title, and the one in Latin letters where that is another; none of an empty title."""
    key = title_key(title, words)
    if key.isascii():
        return (key,) if key else ()
    latin = title_key(in_latin(fold(title)), words)
    return (key,) if latin == key else (key, latin)


def _number(token: str, counted: bool) -> str:
    """A number in Arabic digits; empty for other words. One Roman letter counts only after "part", "no"."""
    if token.isdigit():
        return token
    if not token or not _ROMAN.fullmatch(token) or (len(token) == 1 and not counted):
        return ""
    values = [_ROMAN_VALUES[letter] for letter in token]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < after else value for value, after in pairs))


def numbers_in(key: str) -> tuple[str, ...]:
    """The numbers of a title key, in order; titles whose numbers differ are different works."""
    return tuple(_DIGITS.findall(key))


def tells_apart(key: str) -> tuple[str, ...]:
    """What no likeness makes up for: numbers, musical keys ("in D", "A flat major"), a letter at the end."""
    tokens = key.split()
    told = _NUMBERED.findall(key)
    for token in tokens:
        if len(token) == 1 and token in _KEY_LETTERS:
            told.append(token)
        elif token in _OF_KEYS:
            told.append(_OF_KEYS[token])
    last = tokens[-1] if tokens else ""
    if len(last) == 1 and last not in _KEY_LETTERS and not last.isdigit():  # "Theme T" is not "Theme I"
        told.append(last)
    return tuple(told)
