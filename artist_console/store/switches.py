"""How switches elsewhere stand, as persons noted and as was read out; kept in the profile alone."""

from __future__ import annotations

from artist_console.domain.switches import SwitchNote

from . import private
from .opening import Store
from .private import PrivateKind


def notes(store: Store) -> tuple[SwitchNote, ...]:
    """All that was ever recorded, in the order in which it was."""
    return private.all(store, PrivateKind.SWITCH, SwitchNote)
