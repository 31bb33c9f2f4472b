"""One row of a dataset list: what it names, or why it names nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from artist_console.domain.identifiers import read_isrc
from artist_console.domain.matching_identifiers import ids_of_address, read_platform_id

from .dataset_list_columns import AUDIO_FIELDS, IDS
from .incoming import DatasetRow, RowNote, Severity
from .table_cells import read_duration

LONGEST_WORDS = 4_000  # characters of a row kept as evidence; longer ones hold lyrics or descriptions
_LONGEST_FIELD = 4_000
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|www\.", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A recording of more than nine hours is one whose length is told in thousandths.
_SURELY_MS = 32_400


@dataclass(frozen=True, slots=True)
class Entry:
    """One row before it is judged: its number, the text of each field, the row as delivered."""

    number: int
    fields: Mapping[str, str]
    words: str


def row_of(
    entry: Entry, names: Mapping[str, str], underscores: bool
) -> tuple[DatasetRow | None, list[RowNote]]:
    """The row, and what is to be said of it. None: it names nothing. `names` are those of the columns."""
    notes: list[RowNote] = []
    field = {name: text[:_LONGEST_FIELD] for name, text in entry.fields.items() if text}.get
    title, artist = field("title", ""), field("artist", "")
    both = field("both", "")
    if both and not (title and artist):
        artist, title = _split_both(both)
    if underscores:
        title, artist = (" ".join(text.replace("_", " ").split()) for text in (title, artist))
    isrc = ""
    if said := field("isrc", ""):
        read = read_isrc(said)
        isrc = read.value
        if read.reason:
            notes.append(RowNote(entry.number, names.get("isrc", ""), read.reason, Severity.WARNING))
    ids = tuple((kind, id) for kind in IDS if (said := field(kind, "")) and (id := _id_of(kind, said)))
    url = _address(field("url", ""))
    audio = tuple((kind, said) for kind in AUDIO_FIELDS if (said := entry.fields.get(kind, "")))
    if not isrc and not ids and not audio and not (title and artist):
        if url:
            ids = tuple(each for each in ids_of_address(url) if each[0] != "address")
        if not ids:
            lacks = "title and artist" if not (title or artist) else "a title" if artist else "an artist"
            what = f"The row lacks {lacks} and has no identifier."
            return None, [*notes, RowNote(entry.number, "", what, Severity.REJECTED)]
    row = DatasetRow(
        entry.number,
        title,
        artist,
        isrc,
        url,
        field("licence", ""),
        entry.words,
        field("id", "") or next((id for _, id in ids), ""),
        field("release", ""),
        ids,
        _length(field("duration", ""), field("duration_ms", "")),
        field("publisher", ""),
        audio,
    )
    return row, notes


def _id_of(kind: str, text: str) -> str:
    if kind == "acoustid":
        return text.lower() if _UUID.fullmatch(text.lower()) else ""
    return read_platform_id(kind, text)


def _length(text: str, thousandths: str) -> Decimal | None:
    if text:
        seconds = read_duration(text).seconds
        return seconds / 1000 if seconds is not None and seconds > _SURELY_MS else seconds
    seconds = read_duration(thousandths).seconds if thousandths else None
    return seconds / 1000 if seconds is not None else None


def _address(text: str) -> str:
    """Only what is an address: columns called "source" often hold a name."""
    return text if text and _ADDRESS.match(text) else ""


def _split_both(text: str) -> tuple[str, str]:
    for dash in (" - ", " – ", " — "):
        artist, found, title = text.partition(dash)
        if found:
            return artist.strip(), title.strip()
    return "", text.strip()


def writes_underscores(entries: Iterable[Entry]) -> bool:
    """Whether a list writes "For_God_And_Country": no text with a space anywhere, many with underscores."""
    titles = [
        text for entry in entries for name in ("title", "artist") if (text := entry.fields.get(name, ""))
    ]
    return (
        bool(titles)
        and not any(" " in text for text in titles)
        and sum("_" in text for text in titles) * 4 > len(titles)
    )
