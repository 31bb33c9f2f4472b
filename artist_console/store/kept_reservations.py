"""Reservations and checks of sites of this profile: private objects that no fact rests on.

They are read as they are kept now: `private.all` keeps its answer until a fact changes, and these are none.
"""

from __future__ import annotations

from typing import TypeVar

from artist_console.domain.reservations import Reservation
from artist_console.domain.site_checks import KeptCheck
from artist_console.formats.encoding import decode

from .opening import Store
from .private import PrivateKind

Item = TypeVar("Item")


def reservations(store: Store) -> tuple[Reservation, ...]:
    """Oldest first."""
    return tuple(sorted(_all(store, PrivateKind.RESERVATION, Reservation), key=lambda r: r.recorded_at))


def checks(store: Store) -> tuple[KeptCheck, ...]:
    """Oldest first."""
    return tuple(sorted(_all(store, PrivateKind.SITE_CHECK, KeptCheck), key=lambda check: check.at))


def _all(store: Store, kind: PrivateKind, read: type[Item]) -> tuple[Item, ...]:
    rows = store.rows("SELECT body FROM main.private WHERE kind = :kind ORDER BY id", {"kind": kind.value})
    return tuple(decode(read, body) for (body,) in rows)
