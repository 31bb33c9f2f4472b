"""Of which answers with a last day somebody said that they may run out: they wait no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from artist_console.domain.ids import ArtistId, DecisionId

from .opening import Part, Store
from .private import Change, PrivateKind, exchange


@dataclass(frozen=True, slots=True)
class LetEnd:
    """A decision that may run out. It changes nothing about the decision."""

    id: DecisionId


def note(store: Store, artist: ArtistId, decisions: Sequence[DecisionId], at: datetime) -> None:
    """Keep it, durably; what waits for the artist is worked out anew by the next refresh."""
    exchange(store, artist, [Change(PrivateKind.LET_END, [LetEnd(id) for id in decisions])], at)
    with store.transaction(Part.MIRROR):
        store.run(
            "INSERT INTO mirror.stale (artist) VALUES (:artist) ON CONFLICT DO NOTHING", {"artist": artist}
        )


def noted(store: Store) -> frozenset[DecisionId]:
    rows = store.rows("SELECT id FROM main.private WHERE kind = :kind", {"kind": PrivateKind.LET_END.value})
    return frozenset(DecisionId(id) for (id,) in rows)
