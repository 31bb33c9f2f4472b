"""Public lists of what a dataset holds: CSV, TSV, XLSX, JSON or JSON Lines, packed or not -> rows.

Any list whose columns name titles and artists is read; columns are recognised by their names. Rows are kept
as delivered, as evidence. Whether a row speaks of a work is for `domain.matching`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from artist_console.domain.identifiers import read_isrc
from artist_console.domain.problems import InputProblem

from .incoming import DatasetRow, ReadDatasetList, RowNote, Severity
from .table_columns import find_header, first_full_row, fold_header, match_columns, quoted
from .tables import MAX_ROWS, decode, read_table, unpack

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
    "url": (
        "url",
        "link",
        "track url",
        "source url",
        "permalink",
        "uri",
        "youtube url",
        "webpage url",
        "source",
    ),
    "licence": (
        "licence",
        "license",
        "licence url",
        "license url",
        "license title",
        "license name",
        "rights",
    ),
    "id": (
        "id",
        "track id",
        "song id",
        "recording id",
        "uid",
        "ytid",
        "index",
        "file",
        "filename",
        "file name",
    ),
    "release": ("release", "release title", "album", "album title", "album name", "collection"),
}
_LISTS_IN_JSON = ("tracks", "songs", "recordings", "data", "rows", "items", "results", "entries")
# The table of playlists of Spotify for Artists: its titles and authors are those of playlists.
_OF_PLAYLISTS = frozenset({"listeners", "streams", "date added"})
_LONGEST_WORDS = 4_000  # characters of a row kept as evidence; longer ones hold lyrics or descriptions


def is_list_header(names: Sequence[str]) -> bool:
    """Whether column names belong to a list that can be read."""
    if {fold_header(name) for name in names} >= _OF_PLAYLISTS:
        return False
    found = match_columns(names, FIELDS)
    return found.has("both") or found.has("isrc") or (found.has("title") and found.has("artist"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row before it is judged: its number, the text of each field, the row as delivered."""

    number: int
    fields: Mapping[str, str]
    words: str


def read_dataset_list(data: bytes, file_name: str) -> ReadDatasetList:
    """Read a list; rows that name nothing are noted and left out.

    Raises InputProblem when the file cannot be used as a list.
    """
    unpacked = unpack(data, file_name)
    start = unpacked.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return _read_json(unpacked.data, file_name, unpacked.sha256)
    return _read_rows(data, file_name)


def _read_rows(data: bytes, file_name: str) -> ReadDatasetList:
    table = read_table(data, file_name)
    place = find_header(table.rows, is_list_header)
    if place is None:
        raise _no_columns(file_name, first_full_row(table.rows))
    columns = match_columns(table.rows[place], FIELDS)
    entries = [
        _Entry(
            number,
            {field: columns.cell(cells, field) for field in columns.places},
            _as_delivered(cells, table.delimiter or ","),
        )
        for number, cells in enumerate(table.rows[place + 1 :], place + 2)
        if any(cells)
    ]
    names = {field: columns.name(field) for field in columns.places}
    layout = {"": "xlsx", "\t": "tsv"}.get(table.delimiter, "csv")
    rows, notes = _judge(entries, names)
    return ReadDatasetList(layout, rows, notes, table.sha256, len(entries), columns.names, table.warnings)


def _as_delivered(cells: Sequence[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow(cells)
    return line.getvalue()[:_LONGEST_WORDS]


def _read_json(data: bytes, file_name: str, sha256: str) -> ReadDatasetList:
    decoded = decode(data, file_name)
    objects, layout, notes = _objects(decoded.text, file_name)
    names: dict[str, None] = {}
    for _, each in objects:
        names.update(dict.fromkeys(each))
    columns = match_columns(tuple(names), FIELDS)
    if not is_list_header(columns.names):
        raise _no_columns(file_name, columns.names)
    keys = {field: columns.names[place] for field, place in columns.places.items()}
    entries = [
        _Entry(
            number,
            {field: _text(each.get(key)) for field, key in keys.items()},
            _encodable(json.dumps(each, ensure_ascii=False)[:_LONGEST_WORDS]),
        )
        for number, each in objects
    ]
    rows, more = _judge(entries, keys)
    count = len(entries) + len(notes)
    return ReadDatasetList(layout, rows, (*notes, *more), sha256, count, columns.names, decoded.warnings)


_Objects = list[tuple[int, dict[str, Any]]]


def _objects(text: str, file_name: str) -> tuple[_Objects, str, list[RowNote]]:
    """Numbered objects of JSON or JSON Lines, and notes on lines that are none."""
    notes: list[RowNote] = []
    try:
        whole = _parse(text)
    except ValueError as error:
        lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        objects: _Objects = []
        for number, line in lines:
            try:
                each = _parse(line)
            except ValueError:
                each = None
            if isinstance(each, dict):
                objects.append((number, each))
            else:
                what = "The line is not a JSON object."
                notes.append(RowNote(number, "", what, Severity.REJECTED))
        # One broken document has no lines that stand by themselves.
        if not objects or (len(objects) < len(notes)):
            where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "its depth"
            raise InputProblem(
                "“{file}” is not valid JSON ({where})",
                "Download the file again or ask the sender for a new copy.",
                file=file_name,
                where=where,
            ) from error
        return objects, "jsonl", notes
    listed = _list_in(whole)
    if listed is None:
        raise InputProblem(
            "“{file}” holds no list of titles",
            "Choose the file that lists the recordings of the dataset.",
            file=file_name,
        )
    _check_count(len(listed), file_name)
    for number, each in enumerate(listed, 1):
        if not isinstance(each, dict):
            notes.append(RowNote(number, "", "The entry is not a JSON object.", Severity.REJECTED))
    return [(n, each) for n, each in enumerate(listed, 1) if isinstance(each, dict)], "json", notes


def _parse(text: str) -> Any:
    """JSON with numbers as their text, so that none is changed. Raises ValueError, also for depth."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _list_in(whole: Any) -> list[Any] | None:
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        lists = [whole[name] for name in _LISTS_IN_JSON if isinstance(whole.get(name), list)]
        if lists:
            return list(lists[0])
        if is_list_header(tuple(whole)):
            return [whole]
        # {"4850": {"title": ...}, ...}: the key is the list's own number.
        if whole and all(isinstance(value, dict) for value in whole.values()):
            return [{"id": key, **value} for key, value in whole.items()]
    return None


def _text(value: Any) -> str:
    """The text of a JSON value: a name inside an object, several names joined."""
    if isinstance(value, str):
        return _encodable(value).strip()
    if isinstance(value, dict):
        return next((_text(value[key]) for key in ("name", "title") if key in value), "")
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(each) for each in value[:50] if not isinstance(each, list))))
    return ""


def _encodable(text: str) -> str:
    """JSON may escape half a character, which no file and no database can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _judge(
    entries: Sequence[_Entry], names: Mapping[str, str]
) -> tuple[tuple[DatasetRow, ...], tuple[RowNote, ...]]:
    underscores = _writes_underscores(entries)
    rows: list[DatasetRow] = []
    notes: list[RowNote] = []
    for entry in entries:
        row, found = _row_of(entry, names, underscores)
        notes += found
        if row is not None:
            rows.append(row)
    return tuple(rows), tuple(notes)


def _row_of(
    entry: _Entry, names: Mapping[str, str], underscores: bool
) -> tuple[DatasetRow | None, list[RowNote]]:
    notes: list[RowNote] = []
    field = entry.fields.get
    title, artist = field("title", ""), field("artist", "")
    if not (title and artist) and field("both", ""):
        artist, title = _split_both(field("both", ""))
    if underscores:
        title, artist = (" ".join(text.replace("_", " ").split()) for text in (title, artist))
    isrc = read_isrc(field("isrc", ""))
    if isrc.reason:
        notes.append(RowNote(entry.number, names.get("isrc", ""), isrc.reason, Severity.WARNING))
    if not isrc.value and not (title and artist):
        lacks = "title and artist" if not (title or artist) else "a title" if artist else "an artist"
        notes.append(
            RowNote(entry.number, "", f"The row lacks {lacks} and has no identifier.", Severity.REJECTED)
        )
        return None, notes
    row = DatasetRow(
        entry.number,
        title,
        artist,
        isrc.value,
        _address(field("url", "")),
        field("licence", ""),
        entry.words,
        field("id", ""),
        field("release", ""),
    )
    return row, notes


def _address(text: str) -> str:
    """Only what is an address: columns called "source" often hold a name."""
    return text if re.match(r"[a-z][a-z0-9+.-]*:|www\.", text, re.IGNORECASE) else ""


def _split_both(text: str) -> tuple[str, str]:
    for dash in (" - ", " – ", " — "):
        artist, found, title = text.partition(dash)
        if found:
            return artist.strip(), title.strip()
    return "", text.strip()


def _writes_underscores(entries: Iterable[_Entry]) -> bool:
    """Whether a list writes "For_God_And_Country": no text with a space anywhere, many with underscores."""
    titles = [
        text for entry in entries for name in ("title", "artist") if (text := entry.fields.get(name, ""))
    ]
    return (
        bool(titles)
        and not any(" " in text for text in titles)
        and sum("_" in text for text in titles) * 4 > len(titles)
    )


def _check_count(count: int, file_name: str) -> None:
    if count > MAX_ROWS:
        raise InputProblem(
            "“{file}” has more than {limit} rows",
            "Split it into smaller files and import them one by one.",
            file=file_name,
            limit=f"{MAX_ROWS:,}",
        )


def _no_columns(file_name: str, names: Sequence[str]) -> InputProblem:
    return InputProblem(
        "“{file}” does not say which column holds the title and which the artist (found: {found})",
        "Name the columns “title” and “artist” in the first row, or add an “isrc” column.",
        file=file_name,
        found=quoted(names) or "nothing",
    )
