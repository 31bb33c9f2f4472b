"""Findings that somebody has put aside, with the note; kept in the profile alone."""

from __future__ import annotations

from collections.abc import Mapping

from artist_console.domain.finding_dismissed import Dismissal

from . import private
from .opening import Store
from .private import PrivateKind


def dismissals(store: Store) -> Mapping[str, Dismissal]:
    """By the id of the finding. Whether one still holds is for the finding as it stands now."""
    return {each.id: each for each in private.all(store, PrivateKind.DISMISSED, Dismissal)}
