"""What somebody wants to be asked no more about: a yes that may run out, an answer that is left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from artist_console.domain.ids import ArtistId, DecisionId

from .opening import Part, Store
from .private import Change, PrivateKind, exchange


@dataclass(frozen=True, slots=True)
class AskedNoMore:
    """A decision that waits no more. It changes nothing about the decision."""

    id: DecisionId


def note(
    store: Store, kind: PrivateKind, artist: ArtistId, decisions: Sequence[DecisionId], at: datetime
) -> None:
    """Keep it, durably; what waits for the artist is worked out anew by the next refresh."""
    exchange(store, artist, [Change(kind, [AskedNoMore(id) for id in decisions])], at)
    with store.transaction(Part.MIRROR):
        store.run(
            "INSERT INTO mirror.stale (artist) VALUES (:artist) ON CONFLICT DO NOTHING", {"artist": artist}
        )


def noted(store: Store, kind: PrivateKind) -> frozenset[DecisionId]:
    rows = store.rows("SELECT id FROM main.private WHERE kind = :kind", {"kind": kind.value})
    return frozenset(DecisionId(id) for (id,) in rows)
