"""Which column of a dataset list holds what: told by its name, or said by a person.

A table without a header has its columns named by hand; whether its first row is a header or a recording is
told by what stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from artist_console.domain.problems import ColumnsUnknown

from .table_columns import Columns, fold_header, match_columns, quoted, shown_to_a_person
from .table_first_row import FirstRow, first_row

# Field -> names of its column, best first, folded.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": (
        *("title", "track title", "track name", "song title", "song name", "recording title"),
        *("track", "song", "recording", "name"),
    ),
    "artist": (
        *("artist", "artist name", "track artist", "display artist", "artists", "artist names", "artist s"),
        *("author", "performer", "creator", "band", "singer", "musician", "uploader", "username"),
    ),
    "both": ("artist title", "artist and title", "artist track", "artist song"),
    "isrc": ("isrc", "isrc code", "recording isrc"),
    "mbid": (
        *("musicbrainz id", "mbid", "musicbrainz recording id", "recording mbid", "musicbrainz track id"),
        *("musicbrainz recordingid", "mb recording id", "musicbrainz", "track mbid", "mb id"),
    ),
    "youtube": (
        *("youtube id", "ytid", "youtube video id", "yt id", "youtube video", "video id", "youtube"),
        *("youtube link", "youtube url"),
    ),
    "spotify": (
        *("spotify id", "spotify track id", "spotify uri", "spotify track uri", "track uri", "spotify url"),
        *("spotify link", "spotify"),
    ),
    "deezer": ("deezer id", "deezer track id", "dzr id", "deezer url", "deezer"),
    "apple_music": ("apple music id", "apple id", "itunes id", "itunes track id", "apple music url"),
    "acoustid": ("acoustid", "acoustid id", "acoust id"),
    "url": (
        *("url", "link", "track url", "source url", "permalink", "uri", "webpage url", "audio url"),
        *("download url", "page url", "source"),
    ),
    "licence": (
        *("licence", "license", "licence url", "license url", "license title", "license name"),
        *("track license", "rights"),
    ),
    "id": (
        *("id", "track id", "song id", "recording id", "uid", "index", "file", "filename", "file name"),
        *("clip id", "audio id"),
    ),
    "release": ("release", "release title", "album", "album title", "album name", "collection"),
    "duration": (
        *("duration", "duration s", "duration sec", "duration seconds", "duration in seconds"),
        *("song duration", "track duration", "length", "track length"),
    ),
    "duration_ms": ("duration ms", "track duration ms", "length ms", "duration in ms"),
    "publisher": ("publisher", "label", "record label", "label name"),
}
# What tells the sound itself, or the file; only comparing a file with a list looks at it.
AUDIO_FIELDS: Mapping[str, tuple[str, ...]] = {
    "chromaprint": ("chromaprint", "fingerprint", "audio fingerprint", "acoustid fingerprint"),
    "iscc": ("iscc", "iscc code", "iscc audio", "audio code"),
    "sha256": ("sha256", "sha 256", "sha256 hash", "file sha256", "audio sha256"),
    "md5": ("md5", "md5 hash", "file md5", "audio md5"),
}
ALL_FIELDS = {**FIELDS, **AUDIO_FIELDS}
IDS = ("mbid", "youtube", "spotify", "deezer", "apple_music", "acoustid")
# Names that are those of an id beyond doubt: a list of nothing else is one.
_BY_ID_ALONE = frozenset({"ytid", "youtube id", "mbid", "musicbrainz recording id", "spotify track id"})
# The table of playlists of Spotify for Artists: its titles and authors are those of playlists.
_OF_PLAYLISTS = frozenset({"listeners", "streams", "date added"})
_HEADER_NAMES = frozenset(name for names in FIELDS.values() for name in names)


def is_list_header(names: Sequence[str]) -> bool:
    """Whether column names belong to a list that can be read."""
    folded = {fold_header(name) for name in names}
    if folded >= _OF_PLAYLISTS:
        return False
    found = match_columns(names, FIELDS)
    known = found.has("both") or found.has("isrc") or (found.has("title") and found.has("artist"))
    return known or bool(folded & _BY_ID_ALONE)


def is_audio_list_header(names: Sequence[str]) -> bool:
    """The same, or that of a list of fingerprints or hashes alone, for comparing an audio file with."""
    return is_list_header(names) or bool(match_columns(names, AUDIO_FIELDS).places)


def list_columns(names: Sequence[str], said: Mapping[str, str]) -> Columns:
    """Where the fields stand; `said` gives fields the columns that a person named."""
    own = {field: names.index(name) for field, name in said.items() if field in ALL_FIELDS and name in names}
    free = ["" if place in own.values() else name for place, name in enumerate(names)]
    # Two names may not claim one meaning: a person who says where the artist is means it.
    wanted = {field: spellings for field, spellings in ALL_FIELDS.items() if field not in own}
    return Columns(tuple(names), {**match_columns(free, wanted).places, **own})


def says_enough(said: Mapping[str, str], names: Iterable[str]) -> bool:
    """Whether all columns that a person named are among these."""
    wanted = {name for field, name in said.items() if field in ALL_FIELDS}
    return bool(wanted) and wanted <= set(names)


def first_row_of(rows: Sequence[Sequence[str]], columns: Columns, said: Mapping[str, str]) -> FirstRow:
    """What the first of these is, whose cells a person gave as names of columns."""
    is_known = bool({fold_header(name) for name in rows[0]} & _HEADER_NAMES)
    places = [columns.places[field] for field in said if field in columns.places]
    return first_row(rows[0], rows[1:], places, is_known)


def columns_unknown(file_name: str, rows: Sequence[Sequence[str]]) -> ColumnsUnknown:
    """Of a table, given its first rows."""
    names, below = shown_to_a_person(rows)
    known = match_columns(names, FIELDS)
    return ColumnsUnknown(
        "“{file}” does not say which column holds the title and which the artist (found: {found})",
        "Say which they are (by command: --column title=NAME --column artist=NAME), or write “title” and"
        " “artist” above them in the file and try again",
        names,
        rows=below,
        recognised={field: names[place] for field, place in known.places.items()},
        file=file_name,
        found=quoted(names) or "nothing",
    )
