"""Which column of a catalogue in table form holds what, by the names that people and programs give it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from .table_columns import Columns, fold_header, match_columns

SPOTIFY_HEADER = ("song", "listeners", "streams", "saves", "release date")

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
    "grid": ("grid", "release grid"),
    "mbid": (
        *("mbid", "musicbrainz id", "recording mbid", "musicbrainz recording id", "musicbrainz recordingid"),
        *("musicbrainz trackid", "musicbrainz track id", "work mbid", "musicbrainz work id"),
    ),
    "isni": ("isni", "artist isni"),
    "ipi": ("ipi", "artist ipi", "ipi name number", "ipi number"),
    "ai": ("ai", "contains ai", "ai contribution", "made with ai"),
}
# What tells a list of works without artists from any other table with titles.
_OF_WORKS = ("isrc", "iswc", "upc", "release", "released", "duration", "duration in ms")


def is_spotify_header(names: Sequence[str]) -> bool:
    """Whether column names are those of Spotify's song list; columns that Spotify adds do no harm."""
    folded = {fold_header(name) for name in names}
    return folded >= set(SPOTIFY_HEADER) and not is_catalogue_header(names)


def is_catalogue_header(names: Sequence[str]) -> bool:
    """Whether column names hold what a catalogue needs: title and artist."""
    found = columns_of(names)
    return found.has("title") and found.has("artist")


def is_header_without_artist(names: Sequence[str]) -> bool:
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
