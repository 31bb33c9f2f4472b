"""Hashes of the subtrees of every ledger, and signed heads: both are only ever added to.

The hashes of the ledgers that are there already are worked out here, from their entries as they stand.
"""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy.engine import Connection

from artist_console.formats.canonical import canonical_bytes

revision = "0004"
down_revision: str | None = "0003"

_KEYS = {
    "ledger_nodes": ("artist", "level", "place"),
    "signed_heads": ("epoch", "artist", "size"),
}
_AT_ONCE = 1_000

_ledger = sa.table("ledger", sa.column("artist"), sa.column("n"), sa.column("body"))
_nodes = sa.table(
    "ledger_nodes", sa.column("artist"), sa.column("level"), sa.column("place"), sa.column("hash")
)


def upgrade(op: Operations) -> None:
    op.create_table(
        "ledger_nodes",
        sa.Column("artist", sa.Text, primary_key=True),
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "signed_heads",
        sa.Column("epoch", sa.Text, primary_key=True),
        sa.Column("artist", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("jws", sa.Text, nullable=False),
    )
    _fill(op.get_bind())
    for table, key in _KEYS.items():
        if op.get_bind().dialect.name == "sqlite":
            _guard_sqlite(op, table, key)
        else:
            _guard_postgresql(op, table)


def _fill(connection: Connection) -> None:
    artists = connection.execute(sa.select(_ledger.c.artist).distinct()).scalars().all()
    for artist in artists:
        peaks: list[bytes] = []
        after = 0
        while True:
            query = (
                sa.select(_ledger.c.n, _ledger.c.body)
                .where(_ledger.c.artist == artist, _ledger.c.n > after)
                .order_by(_ledger.c.n)
                .limit(_AT_ONCE)
            )
            entries = connection.execute(query).all()
            if not entries:
                break
            fresh = [row for n, body in entries for row in _whole(artist, n, bytes(body), peaks)]
            connection.execute(_nodes.insert(), fresh)
            after = entries[-1].n


def _whole(artist: str, n: int, body: bytes, peaks: list[bytes]) -> list[dict[str, object]]:
    """The subtrees that entry `n` makes whole; the peaks of the tree change with it (RFC 9162, 2.1.1)."""
    plain = json.loads(body)
    del plain["head"]
    top = hashlib.sha256(b"\x00" + canonical_bytes(plain)).digest()
    level, place = 0, n - 1
    made: list[dict[str, object]] = [{"artist": artist, "level": level, "place": place, "hash": top}]
    while place & 1:
        top = hashlib.sha256(b"\x01" + peaks.pop() + top).digest()
        level, place = level + 1, place >> 1
        made.append({"artist": artist, "level": level, "place": place, "hash": top})
    peaks.append(top)
    return made


def _guard_sqlite(op: Operations, table: str, key: tuple[str, ...]) -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    taken = " AND ".join(f"{column} = NEW.{column}" for column in key)
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _guard_postgresql(op: Operations, table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION artist_console_append_only()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
