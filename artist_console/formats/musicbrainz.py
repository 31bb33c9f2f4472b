"""Answers of the MusicBrainz web service in JSON (ws/2) -> rows of a catalogue.

Look-ups, browse and search results of recordings, releases, works and artists; what was asked for with `inc=`
is read where it is there. The shape is that of musicbrainz.org/doc/MusicBrainz_API. Areas, genres, votes and
covers are left alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from artist_console.domain.identifiers import Read, read_ipi_name, read_isni, read_isrc, read_iswc, read_upc
from artist_console.domain.problems import InputProblem
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import WorkIdentifier

from .incoming import CatalogueRow, Credit, ReadCatalogue, RowNote, Severity, SongRow, Writer
from .musicbrainz_json import (
    LISTS,
    MOST_BYTES,
    Entity,
    Value,
    entities_of,
    entity_of,
    kind_of,
    mbid_of,
    text_of,
    texts_of,
)
from .table_cells import read_date
from .tables import decode, unpack

_VARIOUS = "89ad4ac3-39f7-470e-963a-56509c546377"
_COLLECTIONS = ("compilation", "dj-mix", "mixtape/street")
_FEATURING = re.compile(r"\b(?:feat|ft|featuring|with)\b\.?", re.IGNORECASE)
# What a comment on a recording says where it is another recording than the one everybody knows.
_VERSION = re.compile(
    r"\b(?:live|remix|edit|acoustic|demo|instrumental|a cappella|karaoke|remaster|remastered|extended|radio"
    r"|dub)\b",
    re.IGNORECASE,
)
# What somebody is called in a passport is nobody's business here, and a hint is half a name.
_NO_SPELLINGS = ("Legal name", "Search hint")
_WRITING = {
    "writer": "writer",
    "composer": "composer",
    "lyricist": "lyricist",
    "librettist": "lyricist",
    "translator": "translator",
    "arranger": "arranger",
    "orchestrator": "arranger",
    "revised by": "adapter",
    "reconstructed by": "adapter",
}


def read_musicbrainz(data: bytes, file_name: str) -> ReadCatalogue:
    """Read an answer; a recording that stands on several releases has a row for each.

    Raises InputProblem when it is no such answer, or holds nothing that can be taken over.
    """
    unpacked = unpack(data, file_name)
    text = decode(unpacked.data[: MOST_BYTES + 1], file_name).text
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputProblem(
            "“{file}” is not whole JSON, so nothing of it was used",
            "It may end early: fetch it from MusicBrainz again.",
            file=file_name,
        ) from error
    if isinstance(found, dict) and text_of(found, "error"):
        raise InputProblem(
            "“{file}” holds no data: MusicBrainz answered “{answer}”",
            "Look at the address that was asked, and fetch it again.",
            file=file_name,
            answer=text_of(found, "error")[:120],
        )
    kind = kind_of(found) if isinstance(found, dict) else ""
    if not kind:
        raise InputProblem(
            "“{file}” is JSON, but no answer of MusicBrainz about recordings, releases, works or artists",
            "Fetch https://musicbrainz.org/ws/2/recording/… with fmt=json, or save your catalogue as CSV.",
            file=file_name,
        )
    reading = _Reading()
    reading.read(kind, found)
    if not reading.rows:
        raise InputProblem(
            "“{file}” tells of no recording and no work",
            "Ask MusicBrainz for them, too: add inc=recordings or inc=works to the address.",
            file=file_name,
        )
    return ReadCatalogue(
        f"musicbrainz-{kind}",
        tuple(reading.rows),
        tuple(reading.notes),
        unpacked.sha256,
        sender="MusicBrainz",
        # A search finds anybody's.
        names_own=kind not in LISTS or "created" not in found,
    )


def _named(entity: Entity) -> tuple[WorkIdentifier, ...]:
    id = mbid_of(entity)
    return (WorkIdentifier("mbid", id, "MusicBrainz"),) if id else ()


@dataclass(frozen=True, slots=True)
class _Credited:
    """Who made something, as printed."""

    main: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _On:
    """The release that a row stands on."""

    title: str = ""
    artists: tuple[str, ...] = ()
    kind: str = ""
    upc: str = ""
    label: str = ""
    released_on: date | None = None


@dataclass(slots=True)
class _Reading:
    rows: list[CatalogueRow] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)

    def read(self, kind: str, found: Entity) -> None:
        match kind:
            case "recording":
                self._recording(found)
            case "release":
                self._release(found)
            case "work":
                self._work(found)
            case "artist":
                self._artist(found)
            case _:
                for name in LISTS:
                    for each in entities_of(found, name):
                        self.read(name.removesuffix("s"), each)

    @property
    def _place(self) -> int:
        """Answers have no lines; rows are numbered as they come."""
        return len(self.rows) + 1

    def _value(self, name: str, read: Read) -> str:
        if read.reason or read.warning:
            self.notes.append(RowNote(self._place, name, read.reason or read.warning, Severity.WARNING))
        return read.value

    # -- what an answer is about

    def _artist(self, found: Entity) -> None:
        """What an artist's look-up holds; recordings that name nobody are theirs."""
        credit = _credited([{"name": found.get("name"), "artist": found}])
        for each in entities_of(found, "recordings"):
            self._recording(each, credit)
        for each in entities_of(found, "releases"):
            if entities_of(each, "media"):
                self._release(each, credit)
        for each in entities_of(found, "works"):
            self._work(each)
        for relation in entities_of(found, "relations"):
            if relation.get("target-type") == "recording" and entity_of(relation, "recording"):
                self._recording(entity_of(relation, "recording"))
            elif relation.get("target-type") == "work" and text_of(relation, "type") in _WRITING:
                writer = _writer(found, text_of(relation, "type"))
                self._work(entity_of(relation, "work"), (writer,), credit.identifiers)

    def _recording(self, found: Entity, by: _Credited = _Credited()) -> None:
        releases = [
            each
            for each in entities_of(found, "releases")
            if text_of(each, "status") in ("", "Official") and not _is_of_various(each)
        ]
        for release in releases or [{}]:
            on = self._on(release)
            tracks = [t for m in entities_of(release, "media") for t in entities_of(m, "tracks")]
            tracks += [t for m in entities_of(release, "media") for t in entities_of(m, "track")]
            self._take(found, by, on, (), _position(tracks[0]) if len(tracks) == 1 else None)

    def _release(self, found: Entity, by: _Credited = _Credited()) -> None:
        on = self._on(found)
        credit = _credited(entities_of(found, "artist-credit"))
        credit = credit if credit.main else by
        before = 0  # tracks on the discs before
        for medium in entities_of(found, "media"):
            tracks = entities_of(medium, "tracks")
            for track in tracks:
                recording = entity_of(track, "recording")
                own = _credited(entities_of(track, "artist-credit"))
                place = _position(track)
                title = text_of(track, "title")
                self._take(
                    recording or track,
                    own if own.main else credit,
                    on,
                    (title,) if title else (),
                    before + place if place else None,
                    named=bool(recording),
                )
            before += len(tracks)

    def _take(
        self,
        found: Entity,
        by: _Credited,
        on: _On,
        titles: tuple[str, ...],
        position: int | None,
        named: bool = True,
    ) -> None:
        """A row for one recording on one release. `by` holds where the recording itself names nobody."""
        title = text_of(found, "title")
        own = _credited(entities_of(found, "artist-credit"))
        credit = own if own.main else by
        if not title:
            what = "A recording without a title; left out."
            self.notes.append(RowNote(self._place, "title", what, Severity.REJECTED))
            return
        codes = [self._value("isrcs", read_isrc(code)) for code in texts_of(found, "isrcs")]
        codes = [code for code in codes if code]
        songs, people = self._songs(found)
        self.rows.append(
            CatalogueRow(
                row=self._place,
                kind=WorkKind.RECORDING,
                title=title,
                artists=credit.main,
                version=_version(text_of(found, "disambiguation")),
                featured=credit.featured,
                identifier=codes[0] if codes else "",
                release_title=on.title,
                release_artists=on.artists,
                release_kind=on.kind,
                upc=on.upc,
                label=on.label,
                duration_s=_seconds(found.get("length")),
                year=_year(text_of(found, "first-release-date")),
                released_on=on.released_on,
                position=position,
                aliases=_other_titles(found, title, titles),
                artist_aliases=credit.spellings,
                songs=songs,
                credits=_credits(found),
                other_identifiers=(
                    *(_named(found) if named else ()),
                    *(WorkIdentifier("isrc", code) for code in dict.fromkeys(codes[1:])),
                ),
                artist_identifiers=tuple(dict.fromkeys((*credit.identifiers, *people))),
            )
        )

    def _work(
        self,
        found: Entity,
        writers: tuple[Writer, ...] = (),
        people: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        song, named = self._song(found)
        if song is None:
            return
        song = SongRow(
            song.title, song.iswc, tuple(dict.fromkeys((*song.writers, *writers))), song.other_identifiers
        )
        self.rows.append(
            CatalogueRow(
                row=self._place,
                kind=WorkKind.COMPOSITION,
                title=song.title,
                artists=(),
                identifier=song.iswc,
                aliases=_other_titles(found, song.title),
                songs=(song,),
                other_identifiers=song.other_identifiers,
                artist_identifiers=tuple(dict.fromkeys((*named, *people))),
            )
        )
        for relation in entities_of(found, "relations"):
            recording = entity_of(relation, "recording")
            if text_of(relation, "type") == "performance" and entities_of(recording, "artist-credit"):
                self._recording({**recording, "relations": [{"type": "performance", "work": found}]})

    # -- songs and people

    def _songs(self, found: Entity) -> tuple[tuple[SongRow, ...], tuple[tuple[str, str, str], ...]]:
        songs, people = [], []
        for relation in entities_of(found, "relations"):
            if text_of(relation, "type") == "performance" and entity_of(relation, "work"):
                song, named = self._song(entity_of(relation, "work"))
                if song is not None and song not in songs:
                    songs.append(song)
                    people += named
        return tuple(songs), tuple(people)

    def _song(self, found: Entity) -> tuple[SongRow | None, list[tuple[str, str, str]]]:
        title = text_of(found, "title")
        if not title:
            return None, []
        codes = [self._value("iswcs", read_iswc(code)) for code in texts_of(found, "iswcs")]
        codes = [code for code in codes if code]
        writers, people = [], list[tuple[str, str, str]]()
        for relation in entities_of(found, "relations"):
            role, artist = text_of(relation, "type"), entity_of(relation, "artist")
            if role in _WRITING and text_of(artist, "name"):
                writers.append(_writer(artist, role))
                people += _codes_of(artist, text_of(artist, "name"))
        identifiers = (*_named(found), *(WorkIdentifier("iswc", c) for c in dict.fromkeys(codes[1:])))
        song = SongRow(title, codes[0] if codes else "", tuple(dict.fromkeys(writers)), identifiers)
        return song, people

    def _on(self, release: Entity) -> _On:
        if not release:
            return _On()
        group = entity_of(release, "release-group")
        kind = text_of(group, "primary-type").lower()
        if {"compilation", "dj-mix", "mixtape/street"} & {
            t.lower() for t in texts_of(group, "secondary-types")
        }:
            kind = "collection"
        labels = [text_of(entity_of(info, "label"), "name") for info in entities_of(release, "label-info")]
        return _On(
            text_of(release, "title"),
            _credited(entities_of(release, "artist-credit")).main,
            kind if kind in ("album", "single", "ep", "collection") else "",
            self._value("barcode", read_upc(text_of(release, "barcode"))),
            next(filter(None, labels), ""),
            read_date(text_of(release, "date")).value,
        )


def _credited(credits: list[Entity]) -> _Credited:
    main: list[str] = []
    featured: list[str] = []
    spellings: list[tuple[str, str]] = []
    identifiers: list[tuple[str, str, str]] = []
    guests = False
    for credit in credits:
        artist = entity_of(credit, "artist")
        name = text_of(credit, "name") or text_of(artist, "name")
        if name and mbid_of(artist) != _VARIOUS:
            (featured if guests else main).append(name)
            spellings += [(name, other) for other in _spellings(artist) if other != name]
            identifiers += _codes_of(artist, name)
        joined = credit.get("joinphrase")
        guests = guests or bool(isinstance(joined, str) and main and _FEATURING.search(joined))
    return _Credited(
        tuple(dict.fromkeys(main)),
        tuple(dict.fromkeys(featured)),
        tuple(dict.fromkeys(spellings)),
        tuple(dict.fromkeys(identifiers)),
    )


def _spellings(artist: Entity) -> Iterator[str]:
    """Other names of an artist: as registered, per language, and in Latin letters."""
    aliases = [a for a in entities_of(artist, "aliases") if text_of(a, "type") not in _NO_SPELLINGS]
    for entry in (artist, *aliases):
        if text_of(entry, "name"):
            yield text_of(entry, "name")
        latin = _unsorted(text_of(entry, "sort-name"))
        if latin and not _is_latin(text_of(entry, "name")) and _is_latin(latin):
            yield latin


def _unsorted(name: str) -> str:
    """ "Tchaikovsky, Pyotr Ilyich" is filed under T; empty where it cannot be told how it is said."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 else name if len(parts) == 1 else ""


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha())


def _codes_of(artist: Entity, name: str) -> list[tuple[str, str, str]]:
    found = [(name, "mbid", mbid_of(artist))]
    found += [(name, "isni", read_isni(code).value) for code in texts_of(artist, "isnis")]
    found += [(name, "ipi", read_ipi_name(code).value) for code in texts_of(artist, "ipis")]
    return [each for each in found if each[2]]


def _writer(artist: Entity, role: str) -> Writer:
    ipis = [read_ipi_name(code).value for code in texts_of(artist, "ipis")]
    return Writer(text_of(artist, "name"), _WRITING[role], next(filter(None, ipis), ""))


def _credits(found: Entity) -> tuple[Credit, ...]:
    """Who else took part, with the instrument or voice where it is said."""
    credits = []
    for relation in entities_of(found, "relations"):
        name = text_of(relation, "target-credit") or text_of(entity_of(relation, "artist"), "name")
        if relation.get("target-type") == "artist" and name:
            what = ("instrument", "vocal")
            of = texts_of(relation, "attributes") if text_of(relation, "type") in what else ()
            role = re.sub(r"[^a-z0-9]+", "_", (of[0] if of else text_of(relation, "type")).lower()).strip("_")
            credits.append(Credit(name, role or "contributor"))
    return tuple(dict.fromkeys(credits))


def _other_titles(found: Entity, title: str, more: tuple[str, ...] = ()) -> tuple[str, ...]:
    names = [*more, *(text_of(alias, "name") for alias in entities_of(found, "aliases"))]
    return tuple(name for name in dict.fromkeys(names) if name and name != title)


def _version(comment: str) -> str:
    """Comments tell things of one name apart; some of them say that it is another version."""
    return comment if _VERSION.search(comment) and "original" not in comment.lower() else ""


def _is_of_various(release: Entity) -> bool:
    return any(
        mbid_of(entity_of(credit, "artist")) == _VARIOUS for credit in entities_of(release, "artist-credit")
    )


def _position(track: Entity) -> int | None:
    place = track.get("position")
    return place if isinstance(place, int) and not isinstance(place, bool) and 0 < place < 10_000 else None


def _seconds(length: Value) -> Decimal | None:
    """Milliseconds; a recording does not last two weeks."""
    usable = isinstance(length, int) and not isinstance(length, bool) and 0 < length < 14 * 86_400_000
    return Decimal(length) / 1000 if usable and isinstance(length, int) else None


def _year(text: str) -> int | None:
    return int(text[:4]) if re.match(r"(?:18|19|20)\d{2}(?:-|$)", text, re.ASCII) else None
