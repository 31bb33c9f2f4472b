"""What a file that somebody hands in is, from its content alone, and reading whatever holds a catalogue."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from artist_console.domain.problems import InputProblem

from .catalogue_columns import columns_of, is_catalogue_header, is_spotify_header
from .catalogue_table import read_catalogue_table
from .cwr import is_cwr, read_cwr
from .dataset_list import FIELDS as LIST_FIELDS
from .dataset_list import is_list_header
from .ern import is_ern, read_ern
from .incoming import ReadCatalogue
from .musicbrainz import read_musicbrainz
from .musicbrainz_json import is_musicbrainz, seems_musicbrainz
from .statement_look import look_at_statement
from .statement_table import find_layout, read_statement_catalogue
from .statement_zip import choice_in
from .table_columns import find_header, match_columns
from .tables import decode, not_a_table, read_table, unpack

# What lists of recordings carry that a catalogue does not, and the other way round.
_OF_LISTS = ("url", "licence", "id")
_OF_CATALOGUES = (
    "version",
    "featured",
    "upc",
    "label",
    "released",
    "position",
    "kind",
    "iswc",
    "writers",
    "unreleased",
)
_DSR = "statement:dsr"


def recognise(data: bytes, file_name: str) -> str:
    """ern, cwr, musicbrainz, catalogue, spotify_songs, dataset_list or statement:<layout>.

    Empty for a readable file of no known kind. Raises InputProblem when it is damaged or too large.
    """
    choice = choice_in(io.BytesIO(data), file_name)
    if choice.is_dsr_set:
        return _DSR
    if choice.name:
        return f"statement:{look_at_statement(data, file_name, is_whole=True).layout}"
    unpacked = unpack(data, file_name)
    if unpacked.data[:4] != b"PK\x03\x04":
        if is_ern(unpacked.data):
            return "ern"
        start = decode(unpacked.data, file_name).text.lstrip()[:400]
        if is_cwr(start):
            return "cwr"
        if start[:1] in ("{", "["):
            return "musicbrainz" if is_musicbrainz(unpacked.data) else "dataset_list"
        kind = not_a_table(start)
        if kind:
            return {"dsr": _DSR, "cwr": "cwr"}.get(kind, "")
    return _kind_of(read_table(data, file_name).rows)


def _kind_of(rows: Sequence[Sequence[str]]) -> str:
    layout = find_layout(rows)
    if layout and layout != "table":
        return f"statement:{layout}"
    if find_header(rows, is_spotify_header) is not None:
        return "spotify_songs"
    if layout:
        return f"statement:{layout}"
    header = find_header(rows, is_list_header)
    if header is None:
        return ""
    as_list = match_columns(rows[header], LIST_FIELDS)
    as_catalogue = columns_of(rows[header])
    if not is_catalogue_header(rows[header]):
        return "dataset_list"
    of_lists = sum(as_list.has(name) for name in _OF_LISTS)
    of_catalogues = sum(as_catalogue.has(name) for name in _OF_CATALOGUES)
    return "dataset_list" if of_lists > of_catalogues else "catalogue"


def read_catalogue(
    data: bytes, file_name: str, artist: str = "", columns: Mapping[str, str] = MappingProxyType({})
) -> ReadCatalogue:
    """Read whatever holds a catalogue: DDEX message, registration, answer of MusicBrainz, table, statement.

    `artist` is for files that name none, `columns` for tables that do not say what stands where, see
    `read_catalogue_table`.
    Raises InputProblem when the file cannot be used.
    """
    kind = recognise(data, file_name)
    if kind == "ern":
        return read_ern(data, file_name)
    if kind == "cwr":
        return read_cwr(data, file_name)
    if kind == "musicbrainz":
        return read_musicbrainz(data, file_name)
    if kind.startswith("statement:"):
        return read_statement_catalogue(data, file_name)
    if kind == "dataset_list" and (unpacked := unpack(data, file_name)).data.lstrip()[:1] in (b"{", b"["):
        if unpacked.data.lstrip()[:1] == b"{" and seems_musicbrainz(unpacked.data):
            return read_musicbrainz(data, file_name)  # says what is missing
        raise InputProblem(
            "“{file}” is a list in JSON, not a catalogue",
            "Import it as a dataset list, or save your catalogue as CSV.",
            file=file_name,
        )
    return read_catalogue_table(data, file_name, artist, columns)
