"""Cases as they are kept in the profile: letters, proof, replies. `cases` adds to them."""

from __future__ import annotations

from artist_console.domain.cases import Case

from . import private
from .opening import Store
from .private import PrivateKind


def all(store: Store) -> tuple[Case, ...]:
    """All cases, in the order of their ids."""
    return private.all(store, PrivateKind.CASE, Case)


def get(store: Store, id: str) -> Case | None:
    return private.get(store, PrivateKind.CASE, id, Case)
