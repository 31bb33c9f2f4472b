"""What the backend sent, read without the rules of the domain: marks, rows of one kind, and the few words
of a row that a list shows. The works table is painted from here; `mirror` has the whole book of facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from artist_console.domain.ids import PartyId, ProgrammeId
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind

from .opening import Store

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ArtistCard:
    """What a list shows of an artist."""

    id: PartyId
    name: str
    label: str  # may be empty
    self_declared: bool


def versions(store: Store) -> dict[str, int]:
    """How often the rows of each kind have changed: what caches are compared with."""
    return dict(store.rows("SELECT kind, number FROM mirror.version"))


def is_empty(store: Store) -> bool:
    """Whether nothing has been heard yet."""
    return store.row("SELECT 1 FROM mirror.row LIMIT 1") is None


def rows_of(store: Store, kind: Kind, read: Callable[[bytes], Row]) -> tuple[Row, ...]:
    """All rows of a kind, in the order of their ids; kept until one of them changes."""
    mark = versions(store).get(kind.value, 0)
    kept = store.cached(f"rows of {kind.value}", mark)
    if kept is not None:
        return cast("tuple[Row, ...]", kept)
    found = tuple(
        read(body)
        for (body,) in store.rows(
            "SELECT body FROM mirror.row WHERE kind = :kind ORDER BY id", {"kind": kind.value}
        )
    )
    return store.keep(f"rows of {kind.value}", mark, found)


def artists(store: Store, ids: Sequence[str]) -> tuple[ArtistCard, ...]:
    """The artists of these ids as far as they are here."""
    # A blob would be taken for SQLite's own binary form of JSON.
    rows = store.rows(
        "SELECT id, said ->> 'name', coalesce(said ->> 'label', ''), coalesce(said ->> 'self_declared', 0)"
        " FROM (SELECT id, CAST(body AS TEXT) AS said FROM mirror.row"
        " WHERE kind = :kind AND id IN (SELECT value FROM json_each(:ids)))",
        {"kind": Kind.PARTY.value, "ids": encode(list(ids)).decode()},
    )
    return tuple(
        ArtistCard(PartyId(id), name, label, bool(self_declared)) for id, name, label, self_declared in rows
    )


def programmes(store: Store) -> tuple[tuple[ProgrammeId, str], ...]:
    """Id and name of every programme that is here."""
    rows = store.rows(
        "SELECT id, CAST(body AS TEXT) ->> 'name' FROM mirror.row WHERE kind = :kind",
        {"kind": Kind.PROGRAMME.value},
    )
    return tuple((ProgrammeId(id), name) for id, name in rows)
