"""The book of facts that an account may read: its rows and the ledgers in its reach, for the permission rule.

What the rule answers here is what it answers for a client that has mirrored the same rows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Any

from sqlalchemy.engine import Connection

from artist_console.domain.facts import FactBook
from artist_console.formats.fact_kinds import FACT_KINDS
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import PAGE_ROWS, Row, decode_row

from .storage import ledgers, rows
from .storage.accounts import Scope

_BOOKS = 4  # kept at once


class Books:
    """Books of facts by what is in reach, each kept until anything changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[frozenset[str], tuple[int, FactBook]] = OrderedDict()

    def book(self, connection: Connection, scope: Scope) -> FactBook:
        """What the account of this scope may read, as of this transaction."""
        position = rows.position(connection)
        with self._lock:
            kept = self._kept.get(scope.keys)
            if kept is not None and kept[0] == position:
                self._kept.move_to_end(scope.keys)
                return kept[1]
        made = _book(connection, scope)
        with self._lock:
            self._kept[scope.keys] = (position, made)
            self._kept.move_to_end(scope.keys)
            while len(self._kept) > _BOOKS:
                self._kept.popitem(last=False)
        return made


def _book(connection: Connection, scope: Scope) -> FactBook:
    found: dict[str, Any] = {name: _all(connection, kind, scope) for name, kind in FACT_KINDS.items()}
    artists = {*scope.own, *(mandate.artist for mandate in scope.mandates)}
    return FactBook.of(
        **found,
        ledgers={
            artist: ledgers.all_entries(connection, artist)
            for artist in sorted(artists)
            if scope.sees_works_of(artist)
        },
    )


def _all(connection: Connection, kind: Kind, scope: Scope) -> Iterator[Row]:
    """In the order of their ids, as a client reads its mirror."""
    bodies: dict[str, bytes] = {}
    after = 0
    while True:
        page = rows.listed(connection, kind, scope.keys, after, PAGE_ROWS)
        bodies.update((row.id, row.body) for row in page if row.body is not None)
        if len(page) < PAGE_ROWS:
            return (decode_row(kind, bodies[id]) for id in sorted(bodies))
        after = page[-1].number
