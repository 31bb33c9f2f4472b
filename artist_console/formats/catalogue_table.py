"""Catalogues in table form -> rows of works: our own documented CSV and the song list of Spotify for Artists.

The header of our own CSV is described in docs/formats/catalogue-csv.md. Titles and ISRCs of a statement file
are read by statement_table. A wrong check digit is told and the value kept; a wrong ISRC is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from artist_console.domain.identifiers import (
    Read,
    read_grid,
    read_ipi_name,
    read_isni,
    read_isrc,
    read_iswc,
    read_upc,
)
from artist_console.domain.problems import ColumnsUnknown
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import AiPart, WorkIdentifier

from .catalogue_columns import (
    FIELDS,
    SPOTIFY_HEADER,
    columns_of,
    is_catalogue_header,
    is_header_without_artist,
    is_spotify_header,
)
from .incoming import CatalogueRow, Credit, ReadCatalogue, RowNote, Severity, SongRow, Writer
from .table_cells import read_count, read_date, read_duration
from .table_columns import (
    Columns,
    check_said,
    find_header,
    fold_header,
    match_columns,
    quoted,
    shown_to_a_person,
)
from .table_first_row import LOOKED_AT, FirstRow, first_row, taken_for_header
from .tables import Table, read_table

__all__ = ["CATALOGUE_CSV", "FIELDS", "SPOTIFY_SONGS", "names_in", "read_catalogue_table"]

CATALOGUE_CSV = "catalogue-csv"
SPOTIFY_SONGS = "spotify-songs"

# "Artist Name(s)": all names stand in one cell, the main artist first.
_MARKED_SEVERAL = re.compile(r"\(s\)\s*$", re.IGNORECASE)
_SONG_WORDS = frozenset({"song", "composition", "work", "musical work", "iswc"})
_RECORDING_WORDS = frozenset({"recording", "track", "sound recording", "master", "isrc", ""})
_YES = frozenset({"yes", "y", "true", "1", "x", "unreleased"})
_NO = frozenset({"no", "n", "false", "0", "released"})
_AI = {
    **dict.fromkeys(("none", "no", "n", "0", "false"), AiPart.NONE),
    **dict.fromkeys(("partly", "partial", "partially", "some", "yes", "y", "1", "true"), AiPart.PARTLY),
    **dict.fromkeys(("all", "fully", "whole", "entirely"), AiPart.ALL),
}
_MBID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# "Mira Sand (composer, 50 %, IPI 00008715000)"
_WRITER = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<about>[^()]*)\))?")
_NO_ARTIST = "The list names no artist; say whose songs these are."
_LONGEST_NAME = 400  # with what stands in brackets after it
_SHARE = re.compile(r"(?P<whole>\d{1,3})(?:[.,](?P<part>\d{1,2}))?\s*%")


def read_catalogue_table(
    data: bytes, file_name: str, artist: str = "", columns: Mapping[str, str] = MappingProxyType({})
) -> ReadCatalogue:
    """Read our own CSV (or XLSX), the export of a distributor, store or tagger, or Spotify's song list.

    Some name no artist: `artist` is the one whose list it is. Without it rows have no artists, and the caller
    asks. Elsewhere `artist` fills empty cells. `columns` are fields and the columns that hold them, where a
    person said so.

    Raises ColumnsUnknown when no column holds the titles, InputProblem when the file cannot be used at all.
    """
    table = read_table(data, file_name)
    if columns:
        check_said(columns, table.rows, FIELDS, file_name)
        place = find_header(table.rows, lambda names: set(columns.values()) <= set(names))
        if place is not None:
            return _read_own(table, place, artist, columns)
    place = find_header(table.rows, is_spotify_header)
    if place is not None:
        return _read_spotify(table, place, artist)
    place = find_header(table.rows, is_catalogue_header)
    if place is None:
        place = find_header(table.rows, is_header_without_artist)
    if place is None:
        names, below = shown_to_a_person(table.rows)
        known = columns_of(names)
        raise ColumnsUnknown(
            "“{file}” does not say which column holds the titles and which the artists. Its columns: {found}",
            "Say which they are (by command: --column title=NAME --column artist=NAME), or write “title” and"
            " “artist” above them in the file and try again",
            names,
            rows=below,
            recognised={field: names[place] for field, place in known.places.items()},
            file=file_name,
            found=quoted(names) or "none",
        )
    return _read_own(table, place, artist)


def _read_own(
    table: Table, place: int, artist: str, said: Mapping[str, str] = MappingProxyType({})
) -> ReadCatalogue:
    header = table.rows[place]
    columns = columns_of(header, said)
    warnings = table.warnings
    begin = place + 1
    if said:
        places = [columns.places[field] for field in said if field in columns.places]
        told = first_row(
            header, table.rows[begin : begin + LOOKED_AT], places, bool(columns_of(header).places)
        )
        if told is FirstRow.TAKEN_FOR_HEADER:
            warnings = (*warnings, taken_for_header(header, begin))
        elif told is FirstRow.RECORDING:
            begin = place
    reading = _Reading(columns, artist)
    rows = [
        row
        for number, cells in enumerate(table.rows[begin:], begin + 1)
        if any(cell.strip() for cell in cells) and (row := reading.row(number, cells)) is not None
    ]
    if not columns.has("artist") and not artist.strip():
        warnings = (*warnings, _NO_ARTIST)
    if columns.unused() and begin > place:
        warnings = (*warnings, f"Columns that are not used: {quoted(columns.unused())}.")
    return ReadCatalogue(CATALOGUE_CSV, tuple(rows), tuple(reading.notes), table.sha256, warnings)


@dataclass(slots=True)
class _Reading:
    """One file being read: its columns and the notes so far."""

    columns: Columns
    artist: str
    notes: list[RowNote] = field(default_factory=list)

    def row(self, number: int, cells: Sequence[str]) -> CatalogueRow | None:
        def cell(name: str) -> str:
            return self.columns.cell(cells, name)

        artists, guests = self._artists(cell("artist"))
        kind = self._kind(number, cell("kind"))
        missing = [name for name, there in (("title", cell("title")), ("artist", artists)) if not there]
        if not self.columns.has("artist"):
            missing = [name for name in missing if name != "artist"]  # whose they are is asked once, for all
        if missing or kind is None:
            if missing:
                lacks = " and ".join(f"“{self.columns.name(name)}”" for name in missing)
                self._note(number, missing[0], f"The row has no {lacks}.", Severity.REJECTED)
            return None
        isrc = self._identifier(number, "isrc", read_isrc(cell("isrc")))
        iswc = self._identifier(number, "iswc", read_iswc(cell("iswc")))
        is_song = kind is WorkKind.COMPOSITION
        songs = self._songs(
            number, cell("song") or cell("title"), iswc, cell("writers"), is_song, bool(cell("song"))
        )
        return CatalogueRow(
            row=number,
            kind=kind,
            title=cell("title"),
            artists=artists,
            version=cell("version"),
            featured=tuple(dict.fromkeys((*guests, *names_in(cell("featured"))))),
            identifier=iswc if is_song else isrc,
            release_title=cell("release"),
            release_artists=names_in(cell("release artist")),
            release_kind=_release_kind(cell("release kind")),
            upc=self._identifier(number, "upc", read_upc(cell("upc"))),
            label=cell("label"),
            duration_s=self._duration(number, cell("duration"), cell("duration in ms")),
            year=self._year(number, cell("year")),
            released_on=self._date(number, cell("released")),
            position=self._position(number, cell("position")),
            aliases=names_in(cell("aliases")),
            songs=songs,
            credits=_credits(cell("credits")),
            unreleased=self._unreleased(number, cell("unreleased")),
            contains_ai=self._ai(number, cell("ai")),
            other_identifiers=self._mbid(number, cell("mbid")),
            grid=self._identifier(number, "grid", read_grid(cell("grid"))),
            artist_identifiers=(
                *self._of_artist(number, "isni", read_isni(cell("isni")), artists),
                *self._of_artist(number, "ipi", read_ipi_name(cell("ipi")), artists),
                *((w.name, "ipi", w.ipi) for song in songs for w in song.writers if w.ipi),
            ),
        )

    def _note(self, row: int, name: str, what: str, severity: Severity = Severity.WARNING) -> None:
        self.notes.append(RowNote(row, self.columns.name(name), what, severity))

    def _kind(self, row: int, text: str) -> WorkKind | None:
        word = fold_header(text)
        if word in _RECORDING_WORDS:
            return WorkKind.RECORDING
        if word in _SONG_WORDS:
            return WorkKind.COMPOSITION
        self._note(row, "kind", f"“{text[:40]}” is neither “recording” nor “song”.", Severity.REJECTED)
        return None

    def _identifier(self, row: int, name: str, read: Read) -> str:
        if read.reason or read.warning:
            self._note(row, name, read.reason or read.warning)
        return read.value

    def _of_artist(
        self, row: int, name: str, read: Read, artists: tuple[str, ...]
    ) -> tuple[tuple[str, str, str], ...]:
        """The number of a person or group; beside several names it is nobody's for certain."""
        value = self._identifier(row, name, read)
        if not value:
            return ()
        if len(artists) != 1:
            self._note(row, name, f"{value} is of one artist, and the row names {len(artists)}; left out.")
            return ()
        return ((artists[0], name, value),)

    def _mbid(self, row: int, text: str) -> tuple[WorkIdentifier, ...]:
        id = text.lower().rstrip("/").rsplit("/", 1)[-1]
        if id and not _MBID.fullmatch(id):
            self._note(row, "mbid", f"“{text[:60]}” is not an identifier of MusicBrainz.")
            return ()
        return (WorkIdentifier("mbid", id, "MusicBrainz"),) if id else ()

    def _ai(self, row: int, text: str) -> AiPart | None:
        if not text:
            return None
        part = _AI.get(fold_header(text))
        if part is None:
            self._note(row, "ai", f"“{text[:40]}” is not one of none, partly and all.")
        return part

    def _artists(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Main artists and guests. A store writes all of them into one cell, the main one first."""
        names = names_in(text)
        if names and _MARKED_SEVERAL.search(self.columns.name("artist")):
            names = names if len(names) > 1 else names_in(text.replace(", ", ";"))
            return names[:1], names[1:]
        return names or names_in(self.artist), ()

    def _duration(self, row: int, text: str, in_ms: str) -> Decimal | None:
        if in_ms and not text:
            count = read_count(in_ms)
            text = str(Decimal(count) / 1000) if count is not None else in_ms
        read = read_duration(text)
        if read.reason:
            self._note(row, "duration", read.reason)
        return read.seconds

    def _date(self, row: int, text: str) -> date | None:
        read = read_date(text)
        if text and read.value is None:
            self._note(row, "released", read.reason)
        return read.value

    def _year(self, row: int, text: str) -> int | None:
        if not text:
            return None
        if re.fullmatch(r"(?:18|19|20)\d{2}(?:\.0)?", text, re.ASCII):
            return int(text[:4])
        self._note(row, "year", f"“{text[:40]}” is not a year.")
        return None

    def _position(self, row: int, text: str) -> int | None:
        number = read_count(text) if text else None
        if text and (number is None or not 0 < number < 10_000):
            self._note(row, "position", f"“{text[:40]}” is not a position on a release.")
            return None
        return number

    def _unreleased(self, row: int, text: str) -> bool | None:
        if not text:
            return None
        word = text.casefold()
        if word not in _YES | _NO:
            # The careful reading: an unreleased work is refused for everything and named nowhere.
            self._note(row, "unreleased", f"“{text[:40]}” is neither yes nor no; read as yes.")
            return True
        return word in _YES

    def _songs(
        self, row: int, title: str, iswc: str, writers: str, is_song: bool, named: bool
    ) -> tuple[SongRow, ...]:
        if not (is_song or iswc or writers or named):
            return ()
        return (SongRow(title, iswc, self._writers(row, writers)),)

    def _writers(self, row: int, text: str) -> tuple[Writer, ...]:
        writers = []
        for part in filter(None, (part.strip() for part in text.split(";"))):
            found = _WRITER.fullmatch(part) if len(part) <= _LONGEST_NAME else None
            if found is None:
                self._note(row, "writers", f"“{part[:60]}” is not read: name (role, share %, IPI number).")
                continue
            writers.append(self._writer(row, found["name"].strip(), found["about"] or ""))
        return tuple(writers)

    def _writer(self, row: int, name: str, about: str) -> Writer:
        role, ipi, share = "writer", "", None
        for word in filter(None, (word.strip() for word in re.split(r",(?!\d)", about))):
            portion = _SHARE.fullmatch(word)
            if portion is not None:
                share = int(portion["whole"]) * 100 + int((portion["part"] or "0").ljust(2, "0"))
            elif any(char.isdigit() for char in word):
                ipi = self._identifier(row, "writers", read_ipi_name(word))
            else:
                role = "_".join(fold_header(word).split())
        if share is not None and share > 10_000:
            self._note(row, "writers", f"{name[:40]} cannot hold more than 100 %.")
            share = None
        return Writer(name, role, ipi, share)


def names_in(text: str) -> tuple[str, ...]:
    """Several names in one cell are separated by semicolons; commas and "&" belong to names."""
    return tuple(dict.fromkeys(name for part in text.split(";") if (name := " ".join(part.split()))))


def _credits(text: str) -> tuple[Credit, ...]:
    """ "Ada Pier (producer); Jo Low (mixer)"."""
    credits = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _WRITER.fullmatch(part) if len(part) <= _LONGEST_NAME else None
        name, role = (found["name"], found["about"] or "") if found else (part[:_LONGEST_NAME], "")
        credits.append(Credit(name, "_".join(fold_header(role).split()) or "contributor"))
    return tuple(credits)


def _release_kind(text: str) -> str:
    word = fold_header(text)
    return {"lp": "album", "compilation": "collection", "maxi single": "single"}.get(word, word)


def _read_spotify(table: Table, place: int, artist: str) -> ReadCatalogue:
    columns = match_columns(table.rows[place], {name: (name,) for name in SPOTIFY_HEADER})
    rows: list[CatalogueRow] = []
    notes: list[RowNote] = []
    for number, cells in enumerate(table.rows[place + 1 :], place + 2):
        if not any(cell.strip() for cell in cells):
            continue
        title = columns.cell(cells, "song")
        released = read_date(columns.cell(cells, "release date"))
        if not title:
            notes.append(RowNote(number, "song", "The row has no title.", Severity.REJECTED))
            continue
        if released.value is None and columns.cell(cells, "release date"):
            notes.append(RowNote(number, "release_date", released.reason, Severity.WARNING))
        rows.append(
            CatalogueRow(number, WorkKind.RECORDING, title, names_in(artist), released_on=released.value)
        )
    warnings = table.warnings
    if not artist.strip():
        warnings = (*warnings, _NO_ARTIST)
    return ReadCatalogue(SPOTIFY_SONGS, tuple(rows), tuple(notes), table.sha256, warnings)
