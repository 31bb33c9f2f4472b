"""Identifiers and normalised names by which rows are found again: what keeps an import from doubling them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from .tables import lookup

_SLICE = 5_000


def find(connection: Connection, owner: str, keys: Sequence[str]) -> dict[str, str]:
    """Ids by key, for the keys that are known to this owner."""
    found: dict[str, str] = {}
    for at in range(0, len(keys), _SLICE):
        query = sa.select(lookup.c.key, lookup.c.id).where(
            lookup.c.owner == owner, lookup.c.key.in_(keys[at : at + _SLICE])
        )
        found |= {row.key: row.id for row in connection.execute(query)}
    return found


def keep(connection: Connection, owner: str, ids: Mapping[str, str]) -> None:
    """From now on these keys lead to these ids."""
    if not ids:
        return
    known = find(connection, owner, list(ids))
    for key, id in ids.items():
        if key in known and known[key] != id:
            connection.execute(
                lookup.update().where(lookup.c.owner == owner, lookup.c.key == key).values(id=id)
            )
    fresh = [{"owner": owner, "key": key, "id": id} for key, id in ids.items() if key not in known]
    if fresh:
        connection.execute(lookup.insert(), fresh)
