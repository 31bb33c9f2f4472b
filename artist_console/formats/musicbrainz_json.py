"""The shape of what the MusicBrainz web service answers: what it is about, and its values read with care.

Anything may stand anywhere in a file from a stranger; what has not the type that it should have is not there.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

MOST_BYTES = 50_000_000  # an answer of the service has less than one; anything larger is something else
_MARKS = (b'"artist-credit"', b'"sort-name"', b'"iswcs"', b'"isrcs"', b'"release-group"')
_MBID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LISTS = ("recordings", "releases", "works", "artists")

Value: TypeAlias = object
Entity: TypeAlias = "dict[str, Value]"


def seems_musicbrainz(data: bytes) -> bool:
    """Whether JSON speaks the words of the service, whatever it is about."""
    return any(mark in data[:MOST_BYTES] for mark in (*_MARKS, b"musicbrainz.org"))


def is_musicbrainz(data: bytes) -> bool:
    """Whether a file is an answer of the service about what can stand in a catalogue."""
    if len(data) > MOST_BYTES or not any(mark in data for mark in _MARKS):
        return False
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and bool(kind_of(found))


def kind_of(found: Entity) -> str:
    """recording, release, work, artist, or the name of a list of them; empty for anything else."""
    if not mbid_of(found):
        lists = [name for name in LISTS if isinstance(found.get(name), list)]
        entities = [each for name in lists for each in entities_of(found, name)]
        return lists[0] if entities and all(mbid_of(each) for each in entities) else ""
    if "sort-name" in found and "name" in found:
        return "artist" if "label-code" not in found else ""
    if "title" not in found or "primary-type" in found:
        return ""
    if "media" in found or "barcode" in found or "packaging" in found:
        return "release"
    if "artist-credit" in found or "isrcs" in found or "video" in found or "length" in found:
        return "recording"
    return "work" if "iswcs" in found or "languages" in found or "attributes" in found else ""


def text_of(entity: Entity, key: str) -> str:
    value = entity.get(key)
    return _whole(" ".join(value.split())) if isinstance(value, str) else ""


def texts_of(entity: Entity, key: str) -> tuple[str, ...]:
    value = entity.get(key)
    return tuple(_whole(each) for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _whole(text: str) -> str:
    """JSON may escape half a character, which no file and no database can hold."""
    return text.encode("utf-8", "replace").decode()


def entities_of(entity: Entity, key: str) -> list[Entity]:
    value = entity.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def entity_of(entity: Entity, key: str) -> Entity:
    value = entity.get(key)
    return value if isinstance(value, dict) else {}


def mbid_of(entity: Entity) -> str:
    id = text_of(entity, "id").lower()
    return id if _MBID.fullmatch(id) else ""
