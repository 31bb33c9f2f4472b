"""What a person noted of removals; kept in the profile alone."""

from __future__ import annotations

from artist_console.domain.removal_steps import RemovalMark

from . import private
from .opening import Store
from .private import PrivateKind


def marks(store: Store) -> tuple[RemovalMark, ...]:
    """All marks, in the order of their ids."""
    return private.all(store, PrivateKind.REMOVAL_MARK, RemovalMark)
