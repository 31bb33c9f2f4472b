"""What proofs of ledgers are made from: the hashes of whole subtrees, and the heads that were signed.

Every whole subtree of a ledger's Merkle tree keeps its hash, about two for each entry, written in the
transaction that writes the entry. Any root or path is then worked out from a few dozen rows by key, however
long the ledger is, by whichever process is asked; a cache in memory would first read and hash everything,
again after every start. The hashes follow from the ledger: nobody has to believe them.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Column, Integer, LargeBinary, Table, Text
from sqlalchemy.engine import Connection

from artist_console.formats.merkle import (
    CompactRange,
    Node,
    consistency_nodes,
    inclusion_nodes,
    nodes_needed,
    path_of,
    peaks_of,
)

from .tables import metadata

nodes = Table(
    "ledger_nodes",
    metadata,
    Column("artist", Text, primary_key=True),
    Column("level", Integer, primary_key=True, autoincrement=False),  # 0: over one entry
    Column(
        "place", Integer, primary_key=True, autoincrement=False
    ),  # the subtree's, among those of its level
    Column("hash", LargeBinary, nullable=False),
)

# One for each size of a ledger that was ever asked for, in each epoch: signed once and never again.
signed_heads = Table(
    "signed_heads",
    metadata,
    Column("epoch", Text, primary_key=True),
    Column("artist", Text, primary_key=True),
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("jws", Text, nullable=False),
)


class NodesMissing(RuntimeError):
    """The hashes of a ledger are not those of all its entries: a fault of this program."""


def grow(connection: Connection, artist: str, tree: CompactRange, leaves: Sequence[bytes]) -> CompactRange:
    """Add the leaves (their hashes) of entries that follow; gives the tree with them.

    Inside a writing transaction. `tree` is `range_at` the place before them.
    """
    fresh = []
    for leaf in leaves:
        tree, whole = tree.append(leaf)
        fresh += [{"artist": artist, "level": n.level, "place": n.place, "hash": n.hash} for n in whole]
    connection.execute(nodes.insert(), fresh)
    return tree


def range_at(connection: Connection, artist: str, size: int) -> CompactRange:
    """The tree of the first `size` entries: its root, and all that it needs to grow."""
    wanted = peaks_of(size)
    node = _read(connection, artist, wanted)
    return CompactRange(size, tuple(node(*each) for each in wanted))


def inclusion(connection: Connection, artist: str, n: int, size: int) -> tuple[bytes, ...]:
    """The path from entry `n`, counted from 1, to the root of the first `size` entries."""
    ranges = inclusion_nodes(n - 1, size)
    return path_of(ranges, _read(connection, artist, nodes_needed(ranges)))


def consistency(connection: Connection, artist: str, first: int, second: int) -> tuple[bytes, ...]:
    """The path from the root of the first `first` entries to that of the first `second`."""
    ranges = consistency_nodes(first, second)
    return path_of(ranges, _read(connection, artist, nodes_needed(ranges)))


def _read(connection: Connection, artist: str, wanted: Sequence[tuple[int, int]]) -> Node:
    if not wanted:
        return lambda level, place: b""
    query = sa.select(nodes.c.level, nodes.c.place, nodes.c.hash).where(
        nodes.c.artist == artist, sa.tuple_(nodes.c.level, nodes.c.place).in_(wanted)
    )
    found = {(level, place): bytes(hash) for level, place, hash in connection.execute(query)}
    if len(found) < len(wanted):
        raise NodesMissing(f"{len(wanted) - len(found)} hashes of a ledger are not there")
    return lambda level, place: found[level, place]


def signed(connection: Connection, epoch: str, artist: str, size: int) -> str | None:
    """The signed head of this size in this epoch, where there is one."""
    query = sa.select(signed_heads.c.jws).where(
        signed_heads.c.epoch == epoch, signed_heads.c.artist == artist, signed_heads.c.size == size
    )
    found: str | None = connection.execute(query).scalar()
    return found


def keep(connection: Connection, epoch: str, artist: str, size: int, jws: str) -> None:
    """Keep a head that was just signed. Inside a writing transaction."""
    connection.execute(signed_heads.insert().values(epoch=epoch, artist=artist, size=size, jws=jws))
