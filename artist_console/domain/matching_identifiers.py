"""Identifiers of platforms and of MusicBrainz, and addresses: one spelling each, so that equal ones meet.

An ISRC or ISWC is read by `domain.identifiers`. What stands here names one upload or one recording of a
database; that two sides name the same one decides, whatever their titles say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import parse_qs, urlsplit

MBID = "mbid"  # MusicBrainz recording (or work)
YOUTUBE = "youtube"
SPOTIFY = "spotify"
DEEZER = "deezer"
APPLE_MUSIC = "apple_music"
ADDRESS = "address"
DECISIVE = frozenset({MBID, YOUTUBE, SPOTIFY, DEEZER, APPLE_MUSIC, ADDRESS})

# What a person reads of them.
NAMES: Mapping[str, str] = {
    MBID: "MusicBrainz id",
    YOUTUBE: "YouTube id",
    SPOTIFY: "Spotify id",
    DEEZER: "Deezer id",
    APPLE_MUSIC: "Apple Music id",
    ADDRESS: "address",
}

_MOST = 2_000  # characters of an address
_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_SPOTIFY_ID = re.compile(r"[A-Za-z0-9]{22}")
_NUMBER = re.compile(r"[0-9]{1,20}")
_SPOTIFY_URI = re.compile(r"spotify:track:([A-Za-z0-9]{22})")
_TRACK_PATH = re.compile(r"(?:/[a-z]{2}(?:-[a-z]{2})?|/intl-[a-z]{2})?/track/([A-Za-z0-9]+)", re.IGNORECASE)
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|v|live)/([A-Za-z0-9_-]{11})")
_RECORDING_PATH = re.compile(r"/(?:recording|work)/([0-9a-fA-F-]{36})")

Ids = tuple[tuple[str, str], ...]


def read_platform_id(kind: str, text: str) -> str:
    """The id in its one spelling, from the bare id or an address that holds it; empty where it is none."""
    text = text.strip()
    if not text or len(text) > _MOST:
        return ""
    if ":" in text or "/" in text:
        return dict(ids_of_address(text)).get(kind, "")
    if kind == MBID:
        found = _UUID.fullmatch(text)
        return _hyphened(text) if found else ""
    form = {YOUTUBE: _YOUTUBE_ID, SPOTIFY: _SPOTIFY_ID, DEEZER: _NUMBER, APPLE_MUSIC: _NUMBER}.get(kind)
    return text if form is not None and form.fullmatch(text) else ""


def ids_of_address(address: str) -> Ids:
    """(kind, id) of every identifier in an address, and the address itself without scheme and the like."""
    address = address.strip()
    if not address or len(address) > _MOST:
        return ()
    uri = _SPOTIFY_URI.fullmatch(address)
    if uri is not None:
        return ((SPOTIFY, uri[1]),)
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ()
    if not host or "." not in host or parts.scheme not in ("", "http", "https"):
        return ()
    whole = f"{host}{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")
    told = next(
        (
            ((kind, id),)
            for end, (kind, read) in _READERS.items()
            if (host == end or host.endswith(f".{end}")) and (id := read(parts.path, parts.query))
        ),
        (),
    )
    # The front page of a host names no recording.
    return (*told, (ADDRESS, whole)) if "/" in whole or "?" in whole else told


def _youtube(path: str, query: str) -> str:
    said = parse_qs(query).get("v", [""])[0]
    if _YOUTUBE_ID.fullmatch(said):
        return said
    found = _YOUTUBE_PATH.match(path)
    return found[1] if found else ""


def _short_youtube(path: str, _: str) -> str:
    id = path.strip("/")
    return id if _YOUTUBE_ID.fullmatch(id) else ""


def _of_form(form: re.Pattern[str]) -> Callable[[str, str], str]:
    def read(path: str, _: str) -> str:
        found = _TRACK_PATH.match(path)
        return found[1] if found and form.fullmatch(found[1]) else ""

    return read


def _apple(_: str, query: str) -> str:
    said = parse_qs(query).get("i", [""])[0]
    return said if _NUMBER.fullmatch(said) else ""


def _musicbrainz(path: str, _: str) -> str:
    found = _RECORDING_PATH.match(path)
    return _hyphened(found[1]) if found and _UUID.fullmatch(found[1]) else ""


def _hyphened(uuid: str) -> str:
    bare = uuid.replace("-", "").lower()
    return f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}"


_READERS: Mapping[str, tuple[str, Callable[[str, str], str]]] = {
    "youtube.com": (YOUTUBE, _youtube),
    "youtu.be": (YOUTUBE, _short_youtube),
    "open.spotify.com": (SPOTIFY, _of_form(_SPOTIFY_ID)),
    "deezer.com": (DEEZER, _of_form(_NUMBER)),
    "music.apple.com": (APPLE_MUSIC, _apple),
    "musicbrainz.org": (MBID, _musicbrainz),
}
