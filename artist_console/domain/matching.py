"""Compare titles and artists of a catalogue with rows of a list, statement or manifest.

Follows the measured order of normalisation: fold, take versions and featured artists out of the title,
compare artists as sets, transliterate last as an extra key, and keep numbers significant (Roman as Arabic).
Only an identifier names a recording. Equal keys say "listed" and leave open which recording it is.

The words that decide are data (resources/data/match_words.json), handed in as `MatchWords`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from anyascii import anyascii

from .ids import WorkId

# Signs that stand for an apostrophe, among them accents typed alone. Dropped before they are split.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻ`´′＇ʹ"), None)
# Marks above this belong to the letters of Indic, Thai, kana and other scripts and carry meaning.
_LAST_ACCENT = 0x08FF
_ACCENTS_ABOVE = ((0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F))
_YEAR_OR_NUMBER = re.compile(r"(?:19|20)?[0-9]{2}|[0-9]+(?:st|nd|rd|th)")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_LONGEST_TITLE = 1_000  # longer ones are descriptions, not titles with versions
_MOST_PARTS_OF_A_NAME = 8
_BRACKETS = re.compile(r"[(\[{【〔〈《「『]([^()\[\]{}【】〔〕〈〉《》「」『』]*)[)\]}】〕〉》」』]")
_DASH = re.compile(r"\s+[-–—~]\s+")
_SEPARATOR = re.compile(
    r"\s*(?:[;/|、&+,×]|\s(?:x|and|feat\.?|ft\.?|featuring|vs\.?|with)(?=\s))\s*",
    re.IGNORECASE,
)
_BRACKETED_GUEST = re.compile(r"[(\[]\s*((?:feat|ft|featuring|with)\b[^)\]]*)[)\]]?", re.IGNORECASE)


class _WordsOnly(dict[int, int]):
    """Translation table: letters, numbers and their marks stay, all else becomes a space."""

    def __missing__(self, point: int) -> int:
        keep = unicodedata.category(chr(point))[0] in "LNM"
        self[point] = point if keep else 0x20
        return self[point]


_words_only = _WordsOnly()


def _is_accent(char: str) -> bool:
    if not unicodedata.combining(char) and unicodedata.category(char) != "Mn":
        return False
    point = ord(char)
    return point <= _LAST_ACCENT or any(low <= point <= high for low, high in _ACCENTS_ABOVE)


def fold(text: str) -> str:
    """Lower case without accents and apostrophes, compatibility forms resolved. Idempotent."""
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not _is_accent(char))
    return unicodedata.normalize("NFC", text)


def _tokens(folded: str) -> list[str]:
    return folded.replace("&", " and ").translate(_words_only).split()


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


def match_words(table: Mapping[str, Any]) -> MatchWords:
    """The words from the parsed resource data/match_words.json."""

    def phrases(listed: Iterable[str]) -> tuple[str, ...]:
        return tuple(" ".join(_tokens(fold(each))) for each in listed)

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
        frozenset(_artist_key(name) for name in table["protected_artists"]),
    )


# Titles


@dataclass(frozen=True, slots=True)
class SplitTitle:
    """A delivered title taken apart: what names the song, which version, who is featured."""

    title: str
    version: str = ""
    featured: tuple[str, ...] = ()


def split_title(delivered: str, words: MatchWords) -> SplitTitle:
    """Take versions and featured artists off a title; a title that is nothing else stays whole."""
    text = " ".join(unicodedata.normalize("NFC", delivered).split())
    if len(text) > _LONGEST_TITLE:
        return SplitTitle(text)
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
        tokens = _tokens(fold(inner))
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
        rest = rest[: rest.rindex(parts[-1])].rstrip(" -–—~")
    rest = " ".join(rest.split())
    if not _tokens(fold(rest)):
        return SplitTitle(text)
    return SplitTitle(rest, ", ".join(versions), tuple(dict.fromkeys(featured)))


def _guests(inner: str, words: MatchWords) -> str:
    """The names after "feat." in a bracket; empty where it says something else."""
    first, _, rest = inner.partition(" ")
    if "." in first and not rest:
        first, _, rest = inner.partition(".")
    word = fold(first.rstrip(".:"))
    tokens = _tokens(fold(rest))
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
        tokens = [token for token in _tokens(fold(part)) if not _YEAR_OR_NUMBER.fullmatch(token)]
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
    tokens = _tokens(folded)
    if not tokens:  # "???" and "÷" are titles too
        return "".join(folded.split())
    key = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        glued = re.fullmatch(r"([^\W\d]+)([0-9]+)", token)
        if glued and glued[1] in words.counting:
            key += [words.counting[glued[1]], glued[2]]
        elif token in words.counting and _number(after, counted=True):
            key.append(words.counting[token])
        else:
            key.append(_number(token, counted=bool(place) and tokens[place - 1] in words.counting) or token)
    return " ".join(key)


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
    return tuple(token for token in key.split() if any(char.isdigit() for char in token))


# Artists


def _artist_key(name: str) -> str:
    folded = fold(name)
    tokens = _tokens(folded.replace("+", " and "))
    if not tokens:
        return "".join(folded.split())
    return " ".join(tokens[1:] if tokens[0] == "the" and len(tokens) > 1 else tokens)


def split_artists(text: str, words: MatchWords) -> tuple[str, ...]:
    """The names in a delivered artist field, in order; names on the protected list stay whole."""
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
                if _artist_key(text[parts[first][0] : parts[last][1]]) in words.protected
            ),
            first,
        )
        names.append(text[parts[first][0] : parts[last][1]].strip())
        first = last + 1
    return tuple(dict.fromkeys(name for name in names if name))


@dataclass(frozen=True, slots=True)
class _Artists:
    each: frozenset[str]  # of these one in common is enough under the same title
    together: frozenset[str]  # exactly these


def _artists(delivered: Sequence[str], words: MatchWords) -> _Artists:
    together = frozenset(
        key
        for text in delivered
        for name in split_artists(text, words)
        if (key := _artist_key(name)) not in words.no_artist
    )
    whole = {key for text in delivered if (key := _artist_key(text)) not in words.no_artist}
    each = together | whole
    return _Artists(each | {_ascii(key) for key in each}, together)


def _ascii(key: str) -> str:
    """The key in Latin letters; the same where it has no others, or no letters at all."""
    if key.isascii():
        return key
    return " ".join(_tokens(fold(anyascii(key)))) or key


# Matching


class MatchKind(Enum):
    IDENTIFIER = "identifier"
    KEY = "key"  # the same title and artist: listed, but which recording is not known


class SameVersion(Enum):
    """Whether both sides speak of the same version."""

    YES = "yes"
    NO = "no"  # the same song, another recording
    NOT_STATED = "not_stated"  # one side does not say, or not exactly enough


class Listed(Protocol):
    """A row of a list: title and artist as delivered, identifier in canonical form or empty."""

    @property
    def title(self) -> str: ...
    @property
    def artist(self) -> str: ...
    @property
    def identifier(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Matchable:
    """A work of the catalogue as far as matching needs it."""

    work: WorkId
    title: str
    artists: tuple[str, ...]  # main artists, their aliases and spellings in other scripts
    version: str = ""
    aliases: tuple[str, ...] = ()
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """One work that a row may speak of; without an identifier it is for a person to confirm."""

    work: WorkId
    kind: MatchKind
    version: SameVersion
    other_identifier: bool = False  # both sides carry an identifier, and they differ

    @property
    def words(self) -> str:
        if self.kind is MatchKind.IDENTIFIER:
            return "listed: this recording, by its identifier"
        if self.other_identifier:
            return "listed: the song, under the identifier of another recording"
        if self.version is SameVersion.NO:
            return "listed: the song, as another version; which recording is not known"
        return "listed: which recording is not known"


@dataclass(frozen=True, slots=True)
class _Version:
    """What a title says of its version: its words, and those of its kinds that mean another recording."""

    words: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    work: Matchable
    artists: _Artists
    version: _Version


class MatchIndex:
    """A catalogue prepared once for matching many rows."""

    def __init__(self, works: Iterable[Matchable], words: MatchWords) -> None:
        self._words = words
        self._other_recording = frozenset(kind.name for kind in words.versions if kind.other_recording)
        self._by_identifier: dict[str, list[_Entry]] = {}
        self._by_title: dict[str, list[_Entry]] = {}
        for work in works:
            self._add(work)

    def _add(self, work: Matchable) -> None:
        artists = _artists(work.artists, self._words)
        splits = [split_title(title, self._words) for title in (work.title, *work.aliases)]
        keys = {key for split in splits for key in self._title_keys(split)}
        said = ", ".join(filter(None, dict.fromkeys((work.version, *(split.version for split in splits)))))
        entry = _Entry(work, artists, self._version(said))
        for key in keys:
            self._by_title.setdefault(key, []).append(entry)
        if work.identifier:
            self._by_identifier.setdefault(work.identifier, []).append(entry)

    def _title_keys(self, split: SplitTitle) -> set[str]:
        key = title_key(split.title, self._words)
        return {key, _ascii(key)} - {""}

    def _version(self, text: str) -> _Version:
        return _Version(
            frozenset(_tokens(fold(text))), version_kinds(text, self._words) & self._other_recording
        )

    def match(self, row: Listed) -> tuple[Match, ...]:
        """The works that a row may speak of: by identifier first, then by equal title and artist."""
        split = split_title(row.title, self._words)
        theirs = self._version(split.version)
        found: dict[WorkId, Match] = {}
        for entry in self._by_identifier.get(row.identifier, ()) if row.identifier else ():
            version = _same_version(entry.version, theirs)
            found.setdefault(entry.work.work, Match(entry.work.work, MatchKind.IDENTIFIER, version))
        keys = self._title_keys(split)
        candidates = [entry for key in sorted(keys) for entry in self._by_title.get(key, ())]
        if candidates:
            artists = _artists((row.artist,), self._words)
            generic = bool(keys & self._words.generic_titles)
            for entry in candidates:
                if entry.work.work not in found and _artists_agree(entry.artists, artists, generic):
                    found[entry.work.work] = Match(
                        entry.work.work,
                        MatchKind.KEY,
                        _same_version(entry.version, theirs),
                        _of_one_kind(row.identifier, entry.work.identifier),
                    )
        return tuple(found.values())


def _artists_agree(ours: _Artists, theirs: _Artists, generic: bool) -> bool:
    if generic:  # "Intro" by one of two artists is too little
        return bool(ours.together) and ours.together == theirs.together
    return bool(ours.each & theirs.each)


def _of_one_kind(one: str, other: str) -> bool:
    """Whether both are ISRCs or both ISWCs, which differ in length; one of each is no contradiction."""
    return bool(one) and len(one) == len(other)


def _same_version(ours: _Version, theirs: _Version) -> SameVersion:
    if ours.kinds != theirs.kinds:
        return SameVersion.NO
    if ours.words == theirs.words:
        return SameVersion.YES if ours.words else SameVersion.NOT_STATED
    # "Harbour Remix" and "Pier Remix" are two; a bare "Remix" may be either of them.
    named_apart = ours.kinds and ours.words - theirs.words and theirs.words - ours.words
    return SameVersion.NO if named_apart else SameVersion.NOT_STATED
