"""Catalogues in table form -> rows of works: our own documented CSV and the song list of Spotify for Artists.

The header of our own CSV is described in docs/formats/catalogue-csv.md. Titles and ISRCs of a statement file
are read by statement_table. A wrong check digit is told and the value kept; a wrong ISRC is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from artist_console.domain.identifiers import Read, read_ipi_name, read_isrc, read_iswc, read_upc
from artist_console.domain.problems import ColumnsUnknown
from artist_console.domain.work_kinds import WorkKind

from .incoming import CatalogueRow, Credit, ReadCatalogue, RowNote, Severity, SongRow, Writer
from .table_cells import read_count, read_date, read_duration
from .table_columns import Columns, find_header, fold_header, match_columns, quoted, shown_to_a_person
from .tables import Table, read_table

CATALOGUE_CSV = "catalogue-csv"
SPOTIFY_SONGS = "spotify-songs"

# Field -> names of its column, folded; accents and spaces are free. The first of each is the one that the
# documentation names, then what exports of distributors, stores and taggers write, then other languages.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": (
        *(
            "title",
            "track title",
            "song title",
            "track name",
            "song",
            "track",
            "recording title",
            "song name",
        ),
        *("recording name", "asset title", "resource title", "name"),
        *("titel", "songtitel", "tracktitel", "titre", "titre du morceau", "titre de la piste", "morceau"),
        *("titulo", "titulo de la cancion", "titulo del tema", "cancion", "nombre de la cancion"),
        *("titulo da faixa", "titulo da musica", "nome da faixa", "faixa", "titolo"),
    ),
    "artist": (
        *("artist", "artists", "main artist", "artist name", "display artist", "track artist", "performer"),
        *("artist name s", "artist names", "artist s", "main artist s", "main artists", "primary artist"),
        *("primary artist s", "primary artists", "track artists", "track artist s", "band", "band name"),
        *("kunstler", "kunstlername", "hauptkunstler", "interpret", "interpreten", "artiste", "artistes"),
        *("artiste principal", "nom de l artiste", "interprete", "interpretes", "artista", "artistas"),
        *("artista principal", "nombre del artista", "nome do artista"),
    ),
    "version": ("version", "subtitle", "mix", "title version", "version title", "remix", "track version"),
    "featured": (
        *("featured", "featuring", "featured artist", "featured artists", "featured artist s", "feat"),
        *("featuring artist", "featuring artists", "featuring artist s"),
    ),
    "isrc": (
        *("isrc", "isrc code", "track isrc", "recording isrc", "asset isrc", "isrc number", "codigo isrc"),
        *("code isrc", "isrc nummer"),
    ),
    "release": (
        *("release", "release title", "album", "album title", "product", "product title", "album name"),
        *("release name", "albumtitel", "titre de l album", "titulo del album", "nombre del album"),
        *("titulo do album", "nome do album"),
    ),
    "release artist": (
        *("release artist", "album artist", "product artist", "album artists", "album artist name s"),
        *("release artists",),
    ),
    "release kind": ("release kind", "release type", "product type", "album type"),
    "upc": (
        *("upc", "ean", "upc ean", "barcode", "icpn", "gtin", "upc code", "ean upc", "album upc"),
        *("release upc", "product upc"),
    ),
    "label": ("label", "label name", "record label", "sello", "gravadora"),
    "released": (
        *("released", "release date", "released on", "date released", "original release date"),
        *("album release date", "veroffentlichungsdatum", "date de sortie", "fecha de lanzamiento"),
        *("data de lancamento", "original date", "date"),
    ),
    "duration": (
        *("duration", "length", "time", "track length", "duration s", "track duration"),
        *("dauer", "lange", "duree", "duracion", "duracao"),
    ),
    "duration in ms": ("duration ms", "track duration ms", "length ms"),
    "year": ("year", "p year", "recording year", "year of recording", "jahr", "annee", "ano"),
    "position": ("position", "track number", "track no", "no", "track position", "sequence"),
    "kind": ("kind", "type", "work kind"),
    "iswc": ("iswc", "iswc code"),
    "song": ("work title", "song name", "composition", "composition title"),
    "writers": (
        *("writers", "writer", "songwriters", "songwriter", "composers", "composer", "authors"),
        *("songwriter s", "composer s"),
    ),
    "aliases": ("aliases", "other titles", "alternative titles", "alias"),
    "credits": ("credits", "contributors"),
    "unreleased": ("unreleased", "not released"),
}
# What tells a list of works without artists from any other table with titles.
_OF_WORKS = ("isrc", "iswc", "upc", "release", "released", "duration", "duration in ms")
# "Artist Name(s)": all names stand in one cell, the main artist first.
_MARKED_SEVERAL = re.compile(r"\(s\)\s*$", re.IGNORECASE)
_SONG_WORDS = frozenset({"song", "composition", "work", "musical work", "iswc"})
_RECORDING_WORDS = frozenset({"recording", "track", "sound recording", "master", "isrc", ""})
_YES = frozenset({"yes", "y", "true", "1", "x", "unreleased"})
_NO = frozenset({"no", "n", "false", "0", "released"})
_SPOTIFY_HEADER = ("song", "listeners", "streams", "saves", "release date")
# "Mira Sand (composer, 50 %, IPI 00008715000)"
_WRITER = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<about>[^()]*)\))?")
_NO_ARTIST = "The list names no artist; say whose songs these are."
_LONGEST_NAME = 400  # with what stands in brackets after it
_SHARE = re.compile(r"(?P<whole>\d{1,3})(?:[.,](?P<part>\d{1,2}))?\s*%")


def is_spotify_header(names: Sequence[str]) -> bool:
    """Whether column names are those of Spotify's song list; columns that Spotify adds do no harm."""
    folded = {fold_header(name) for name in names}
    return folded >= set(_SPOTIFY_HEADER) and not is_catalogue_header(names)


def is_catalogue_header(names: Sequence[str]) -> bool:
    """Whether column names hold what a catalogue needs: title and artist."""
    found = columns_of(names)
    return found.has("title") and found.has("artist")


def _is_header_without_artist(names: Sequence[str]) -> bool:
    found = columns_of(names)
    return found.has("title") and any(found.has(field) for field in _OF_WORKS)


def columns_of(names: Sequence[str], said: Mapping[str, str] = MappingProxyType({})) -> Columns:
    """Where the fields of a catalogue stand; `said` gives fields the columns that a person named."""
    own = {field: names.index(name) for field, name in said.items() if field in FIELDS and name in names}
    free = ["" if place in own.values() else _bare(name) for place, name in enumerate(names)]
    wanted = {field: spellings for field, spellings in _BARE_FIELDS.items() if field not in own}
    found = match_columns(free, wanted)
    return Columns(tuple(names), {**found.places, **own})


def _bare(name: str) -> str:
    """ "Track Name", "track_name", "TrackName" and "Titre" with or without its accents are each one name."""
    parts = unicodedata.normalize("NFKD", fold_header(name))
    return "".join(char for char in parts if not unicodedata.combining(char) and char != " ")


_BARE_FIELDS = {field: tuple(_bare(name) for name in names) for field, names in FIELDS.items()}


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
        place = find_header(table.rows, lambda names: set(columns.values()) <= set(names))
        if place is not None:
            return _read_own(table, place, artist, columns)
    place = find_header(table.rows, is_spotify_header)
    if place is not None:
        return _read_spotify(table, place, artist)
    place = find_header(table.rows, is_catalogue_header)
    if place is None:
        place = find_header(table.rows, _is_header_without_artist)
    if place is None:
        names, below = shown_to_a_person(table.rows)
        known = columns_of(names)
        raise ColumnsUnknown(
            "“{file}” does not say which column holds the titles and which the artists. Its columns: {found}",
            "Say which they are, or write “title” and “artist” above them in the file and try again",
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
    columns = columns_of(table.rows[place], said)
    reading = _Reading(columns, artist)
    rows = [
        row
        for number, cells in enumerate(table.rows[place + 1 :], place + 2)
        if any(cell.strip() for cell in cells) and (row := reading.row(number, cells)) is not None
    ]
    warnings = table.warnings
    if not columns.has("artist") and not artist.strip():
        warnings = (*warnings, _NO_ARTIST)
    if columns.unused():
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
            songs=self._songs(
                number, cell("song") or cell("title"), iswc, cell("writers"), is_song, bool(cell("song"))
            ),
            credits=_credits(cell("credits")),
            unreleased=self._unreleased(number, cell("unreleased")),
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
    columns = match_columns(table.rows[place], {name: (name,) for name in _SPOTIFY_HEADER})
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
