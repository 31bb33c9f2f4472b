"""Compare titles and artists of a catalogue with rows of a list, statement or manifest.

Follows the measured order of normalisation: fold, take versions and featured artists out of the title,
compare artists as sets, transliterate last as an extra key, and keep numbers significant (Roman as Arabic).
Only an identifier names a recording. Equal keys say "listed" and leave open which recording it is. What is
only alike is for lists (`find`), never for money (`match`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Protocol

from .identifiers import PLACEHOLDER_ISWCS
from .ids import WorkId
from .inclusion import MatchBand
from .matching_artists import Artists, artists_agree, artists_of, split_artists
from .matching_identifiers import ADDRESS, DECISIVE, MBID, NAMES, ids_of_address
from .matching_scores import Alikes, likeness
from .matching_titles import SplitTitle, numbers_in, split_title, title_key, title_keys, version_kinds
from .matching_words import MatchWords, artist_key, fold, match_words, tokens_of

__all__ = [
    "Listed",
    "ListedMore",
    "Match",
    "MatchIndex",
    "MatchWords",
    "Matchable",
    "SameVersion",
    "SplitTitle",
    "fold",
    "is_another_title",
    "match_words",
    "numbers_in",
    "row_key",
    "split_artists",
    "split_title",
    "title_key",
    "version_kinds",
]

# Lengths of one recording differ by as much between files; what differs by more is another one.
_SAME_LENGTH_S, _SAME_LENGTH_PART = Decimal(2), Decimal("0.02")
_OTHER_LENGTH_S = Decimal(10)
_IN_TITLE = "title"  # what `Match.by` says where the title names the artist
_KEPT_ARTISTS = 8_192  # texts of artist fields whose names are remembered: lists repeat them


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


class ListedMore(Listed, Protocol):
    """A row that may name a recording by more than its ISRC, and say how long it lasts."""

    @property
    def other_identifiers(self) -> tuple[tuple[str, str], ...]: ...  # (kind, value)
    @property
    def url(self) -> str: ...
    @property
    def duration_s(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Matchable:
    """A work of the catalogue as far as matching needs it."""

    work: WorkId
    title: str
    artists: tuple[str, ...]  # main artists, their aliases and spellings in other scripts
    version: str = ""
    aliases: tuple[str, ...] = ()
    identifier: str = ""
    other_identifiers: tuple[tuple[str, str], ...] = ()  # (kind, value): mbid, youtube, spotify, address ...
    duration_s: Decimal | None = None
    artist_count: int | None = None  # of whom `artists` are the names; None: each name is another artist


@dataclass(frozen=True, slots=True)
class Match:
    """One work that a row may speak of; without an identifier it is for a person to confirm."""

    work: WorkId
    band: MatchBand
    version: SameVersion
    other_identifier: bool = False  # both sides carry an identifier, and they differ
    score: int | None = None  # of what is only alike: the lower of title and artist
    by: str = ""  # kind of the identifier that decided, where it is no ISRC or ISWC; or "title"
    other_title: bool = False  # the identifier is that of the work, the title is quite another

    @property
    def words(self) -> str:
        match self.band:
            case MatchBand.IDENTIFIER:
                said = f"listed: this recording, by its {NAMES.get(self.by, 'identifier')}"
                return f"{said}, though the row gives another title" if self.other_title else said
            case MatchBand.LIKELY:
                said = "likely listed: title and artist are almost the same"
                if self.by == _IN_TITLE:
                    said = "likely listed: the title names the artist, too"
                elif self.score == 100:
                    said = "likely listed: title and artist are the same, the length differs"
                return f"{said}, as another version" if self.version is SameVersion.NO else said
            case MatchBand.CHECK:
                said = "perhaps listed: title and artist are alike"
                return f"{said}, as another version" if self.version is SameVersion.NO else said
        if self.other_identifier:
            return "listed: the song, under the identifier of another recording"
        if self.version is SameVersion.NO:
            return "listed: the song, as another version; which recording is not known"
        return "listed: which recording is not known"


def row_key(title: str, artist: str, identifier: str, words: MatchWords) -> str:
    """What rows that say the same have in common in any list: "title key|artist keys|identifier".

    A version that is another recording stands after the title ("low tide ~live"), so that an answer about
    the one says nothing about the other. Rows of another edition have the same key.
    """
    split = split_title(title, words)
    kinds = version_kinds(split.version, words) & words.other_recording
    names = sorted({artist_key(name) for name in split_artists(artist, words)} - {""})
    key = " ".join([title_key(split.title, words).replace("|", "/"), *(f"~{kind}" for kind in sorted(kinds))])
    return f"{key.strip()}|{','.join(name.replace('|', '/') for name in names)}|{identifier}"


def is_another_title(delivered: str, titles: Iterable[str], words: MatchWords) -> bool:
    """Whether a title is quite another than these; an empty one says nothing."""
    ours = [key for title in titles for key in _keys_of(title, words)]
    return _are_apart(_keys_of(delivered, words), ours)


def _keys_of(title: str, words: MatchWords) -> tuple[str, ...]:
    return title_keys(split_title(title, words).title, words)


def _are_apart(theirs: Sequence[str], ours: Sequence[str]) -> bool:
    """Both sides have a title, and none of the one is alike one of the other or a part of it."""
    pairs = [(one, other) for one in theirs for other in ours]
    return bool(pairs) and not any(
        likeness(one, other) or f" {one} " in f" {other} " or f" {other} " in f" {one} "
        for one, other in pairs
    )


@dataclass(frozen=True, slots=True)
class _Version:
    """What a title says of its version: its words, and those of its kinds that mean another recording."""

    words: frozenset[str]
    kinds: frozenset[str]


_NO_VERSION = _Version(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class _Entry:
    work: Matchable
    keys: tuple[str, ...]  # of the title and its aliases
    artists: Artists
    version: _Version


# Not frozen: one is made for each of millions of rows, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class _Told:
    """What a row says, prepared."""

    keys: tuple[str, ...]
    artists: Artists
    version: _Version
    identifier: str
    mbid: str = ""
    duration_s: Decimal | None = None


class MatchIndex:
    """A catalogue prepared once for matching many rows."""

    def __init__(self, works: Iterable[Matchable], words: MatchWords) -> None:
        self._words = words
        self._entries: list[_Entry] = []
        self._by_identifier: dict[str, list[_Entry]] = {}
        self._by_other: dict[tuple[str, str], list[_Entry]] = {}
        self._by_title: dict[str, list[_Entry]] = {}
        self._names: set[str] = set()
        self._alikes: Alikes | None = None
        self._artists: dict[str, Artists] = {}
        for work in works:
            self._add(work)

    def _add(self, work: Matchable) -> None:
        splits = [split_title(title, self._words) for title in (work.title, *work.aliases)]
        keys = tuple(dict.fromkeys(key for split in splits for key in title_keys(split.title, self._words)))
        said = ", ".join(filter(None, dict.fromkeys((work.version, *(split.version for split in splits)))))
        artists = artists_of(work.artists, self._words, work.artist_count)
        entry = _Entry(work, keys, artists, self._version(said))
        self._entries.append(entry)
        self._names |= artists.each
        for key in keys:
            self._by_title.setdefault(key, []).append(entry)
        further = [value for kind, value in work.other_identifiers if kind in ("isrc", "iswc")]
        for code in dict.fromkeys([work.identifier, *further]):
            if code and code not in PLACEHOLDER_ISWCS:
                self._by_identifier.setdefault(code, []).append(entry)
        for kind, value in work.other_identifiers:
            if kind in DECISIVE or kind == "url":
                for each in [*ids_of_address(value), (ADDRESS if kind == "url" else kind, value)]:
                    self._by_other.setdefault(each, []).append(entry)

    def _version(self, text: str) -> _Version:
        if not text:
            return _NO_VERSION
        kinds = version_kinds(text, self._words) & self._words.other_recording
        return _Version(frozenset(tokens_of(fold(text))), kinds)

    def match(self, row: Listed) -> tuple[Match, ...]:
        """The works that a row may speak of: by identifier first, then by equal title and artist."""
        return self._exact(self._told(row), ())

    def find(self, row: ListedMore) -> tuple[Match, ...]:
        """As `match`, also by platform ids and addresses; where nothing is equal, what is alike.

        Of what is alike only the best is given: several works only where they are equally so.
        """
        told = self._told(row, row)
        found = self._exact(told, self._others_of(row) if self._by_other else ())
        return found or self._alike(told) or self._named_in_title(row, told)

    def _named_in_title(self, row: ListedMore, told: _Told) -> tuple[Match, ...]:
        """ "Mira Sand - Low Tide (Official Video)", by whoever put it there: the title names the artist."""
        before, dash, after = row.title.partition(" - ")
        if not dash:
            return ()
        artists = self._artists_of(before.strip())
        if self._names.isdisjoint(artists.each):
            return ()
        split = split_title(after.strip(), self._words)
        keys = title_keys(split.title, self._words)
        if not self._words.generic_titles.isdisjoint(keys):
            return ()
        meant = replace(told, keys=keys, artists=artists, version=self._version(split.version), identifier="")
        return tuple(
            replace(match, band=MatchBand.LIKELY, score=100, by=_IN_TITLE) for match in self._exact(meant, ())
        )

    def _told(self, row: Listed, more: ListedMore | None = None) -> _Told:
        split = split_title(row.title, self._words)
        others = more.other_identifiers if more else ()
        mbid = next((value for kind, value in others if kind == MBID), "") if others else ""
        return _Told(
            title_keys(split.title, self._words),
            self._artists_of(row.artist),
            self._version(split.version),
            row.identifier,
            mbid,
            more.duration_s if more else None,
        )

    def _artists_of(self, delivered: str) -> Artists:
        known = self._artists.get(delivered)
        if known is None:
            if len(self._artists) >= _KEPT_ARTISTS:
                self._artists.clear()
            known = self._artists[delivered] = artists_of((delivered,), self._words)
        return known

    def _others_of(self, row: ListedMore) -> Sequence[tuple[str, str]]:
        return (*row.other_identifiers, *(ids_of_address(row.url) if row.url else ()))

    def _exact(self, told: _Told, others: Sequence[tuple[str, str]]) -> tuple[Match, ...]:
        found: dict[WorkId, Match] = {}

        def named(entries: Iterable[_Entry], by: str) -> None:
            for entry in entries:
                version = _same_version(entry.version, told.version)
                other = _are_apart(told.keys, entry.keys)
                match = Match(entry.work.work, MatchBand.IDENTIFIER, version, by=by, other_title=other)
                found.setdefault(entry.work.work, match)

        if told.identifier:
            named(self._by_identifier.get(told.identifier, ()), "")
        for each in others:
            named(self._by_other.get(each, ()), each[0])
        generic = not self._words.generic_titles.isdisjoint(told.keys)
        for key in told.keys:
            for entry in self._by_title.get(key, ()):
                if entry.work.work not in found and artists_agree(entry.artists, told.artists, generic):
                    found[entry.work.work] = self._of_equal_keys(entry, told)
        return tuple(found.values())

    def _of_equal_keys(self, entry: _Entry, told: _Told) -> Match:
        other = _of_one_kind(told.identifier, entry.work.identifier) or _mbids_differ(entry.work, told.mbid)
        version = _same_version(entry.version, told.version)
        # A length that does not fit: another recording of the name, or another song.
        doubtful = _same_length(entry.work.duration_s, told.duration_s) is False
        band = MatchBand.LIKELY if doubtful else MatchBand.KEY
        return Match(entry.work.work, band, version, other, 100 if doubtful else None)

    def _alike(self, told: _Told) -> tuple[Match, ...]:
        if not told.keys or not told.artists.each:
            return ()
        if self._alikes is None:
            works = ((entry.keys, entry.artists) for entry in self._entries)
            self._alikes = Alikes(works, self._words.generic_titles)
        found: list[Match] = []
        for like in self._alikes.find(told.keys, told.artists):
            entry = self._entries[like.place]
            version = _same_version(entry.version, told.version)
            band = _band(like.band, version, _same_length(entry.work.duration_s, told.duration_s))
            if band is not None:
                other = _of_one_kind(told.identifier, entry.work.identifier)
                found.append(Match(entry.work.work, band, version, other, like.score))
        best = max((match.score or 0 for match in found), default=0)
        return tuple(match for match in found if match.score == best)


def _band(band: MatchBand, version: SameVersion, same_length: bool | None) -> MatchBand | None:
    """What is only alike, with what version and length say for it or against it; None: too little is left."""
    if same_length is False:
        return MatchBand.CHECK if band is MatchBand.LIKELY else None
    if version is SameVersion.NO:
        return MatchBand.CHECK
    return MatchBand.LIKELY if same_length else band


def _same_length(ours: Decimal | None, theirs: Decimal | None) -> bool | None:
    """Whether two recordings last equally long; None where one does not say, or it is in between."""
    if not ours or not theirs:
        return None
    apart = abs(ours - theirs)
    if apart <= max(_SAME_LENGTH_S, _SAME_LENGTH_PART * max(ours, theirs)):
        return True
    return False if apart > _OTHER_LENGTH_S else None


def _of_one_kind(one: str, other: str) -> bool:
    """Whether both are ISRCs or both ISWCs, which differ in length; one of each is no contradiction."""
    return bool(one) and one != other and len(one) == len(other)


def _mbids_differ(work: Matchable, theirs: str) -> bool:
    ours = [value for kind, value in work.other_identifiers if kind == MBID]
    return bool(theirs and ours) and theirs not in ours


def _same_version(ours: _Version, theirs: _Version) -> SameVersion:
    if ours.kinds != theirs.kinds:
        return SameVersion.NO
    if ours.words == theirs.words:
        return SameVersion.YES if ours.words else SameVersion.NOT_STATED
    # "Harbour Remix" and "Pier Remix" are two; a bare "Remix" may be either of them.
    named_apart = ours.kinds and ours.words - theirs.words and theirs.words - ours.words
    return SameVersion.NO if named_apart else SameVersion.NOT_STATED
