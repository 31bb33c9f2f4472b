"""Who is signed in, as the backend says it: read before anything else of a profile."""

from __future__ import annotations

import msgspec

from artist_console.domain.mandates import Mandate

from .kinds import API_VERSION


class RosterArtist(msgspec.Struct, frozen=True):
    """An artist the account can act for; `mandate` None: the account is the artist."""

    artist: str
    name: str
    mandate: Mandate | None = None


class Account(msgspec.Struct, frozen=True):
    id: str
    name: str
    artists: list[RosterArtist]
    host: str  # who runs this backend
    api_version: str = API_VERSION
    minimum_client: str = ""  # the oldest version of the application that it takes anything from


def is_older(version: str, than: str) -> bool:
    """Whether one version comes before another, by the numbers in front ("0.2.1"); what is no number is 0."""
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")[:3]
    found = [int(part) if part.isascii() and part.isdecimal() and len(part) < 10 else 0 for part in parts]
    return tuple(found + [0] * (3 - len(found)))
