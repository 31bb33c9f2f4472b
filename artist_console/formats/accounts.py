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
