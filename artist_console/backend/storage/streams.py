"""Streams of pushed decisions and what became of every item, kept for ever: a resend gets the same answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId, DecisionId
from artist_console.formats.wire import ItemOutcome, decode, encode

from .tables import decisions, stream_items, streams

_SLICE = 5_000


@dataclass(frozen=True, slots=True)
class RecordedItem:
    digest: str
    outcome: ItemOutcome


def next_seq(connection: Connection, account: AccountId, stream: str) -> int:
    """The sequence number that the stream goes on with; 1 for one that is not known yet."""
    query = sa.select(streams.c.next_seq).where(streams.c.account == account, streams.c.stream == stream)
    return int(connection.execute(query).scalar() or 1)


def advance(connection: Connection, account: AccountId, stream: str, to: int) -> None:
    raised = connection.execute(
        streams.update().where(streams.c.account == account, streams.c.stream == stream).values(next_seq=to)
    )
    if not raised.rowcount:
        connection.execute(streams.insert().values(account=account, stream=stream, next_seq=to))


def items(
    connection: Connection, account: AccountId, stream: str, first: int, last: int
) -> dict[int, RecordedItem]:
    """What is recorded of the places from `first` to `last`."""
    query = sa.select(stream_items.c.seq, stream_items.c.digest, stream_items.c.outcome).where(
        stream_items.c.account == account,
        stream_items.c.stream == stream,
        stream_items.c.seq >= first,
        stream_items.c.seq <= last,
    )
    return {
        seq: RecordedItem(digest, decode(ItemOutcome, body))
        for seq, digest, body in connection.execute(query)
    }


def record(
    connection: Connection,
    account: AccountId,
    stream: str,
    done: Sequence[tuple[str, Decision, ItemOutcome]],
) -> None:
    """Record (digest, decision, outcome) of items; the first word on a decision stays its own."""
    connection.execute(
        stream_items.insert(),
        [
            {
                "account": account,
                "stream": stream,
                "seq": outcome.seq,
                "digest": digest,
                "decision": decision.id,
                "act": decision.act,
                "outcome": encode(outcome),
            }
            for digest, decision, outcome in done
        ],
    )
    known = recorded(connection, [decision.id for _, decision, _ in done])
    fresh = [
        {
            "id": decision.id,
            "account": account,
            "artist": decision.register.artist,
            "digest": digest,
            "outcome": encode(outcome),
        }
        for digest, decision, outcome in done
        if decision.id not in known
    ]
    if fresh:
        connection.execute(decisions.insert(), fresh)


def recorded(connection: Connection, ids: Sequence[str]) -> dict[str, RecordedItem]:
    """What became of decisions that are known here, whichever stream brought them."""
    found: dict[str, RecordedItem] = {}
    for at in range(0, len(ids), _SLICE):
        query = sa.select(decisions.c.id, decisions.c.digest, decisions.c.outcome).where(
            decisions.c.id.in_(ids[at : at + _SLICE])
        )
        for id, digest, body in connection.execute(query):
            found[id] = RecordedItem(digest, decode(ItemOutcome, body))
    return found


def brought_by(
    connection: Connection, account: AccountId, stream: str, ids: Collection[str]
) -> frozenset[DecisionId]:
    """Those of the decisions that this stream brought."""
    ordered = sorted(ids)
    brought: set[DecisionId] = set()
    for at in range(0, len(ordered), _SLICE):
        query = sa.select(stream_items.c.decision).where(
            stream_items.c.account == account,
            stream_items.c.stream == stream,
            stream_items.c.decision.in_(ordered[at : at + _SLICE]),
        )
        brought |= {DecisionId(id) for id in connection.execute(query).scalars()}
    return frozenset(brought)


def knows_act(connection: Connection, account: AccountId, stream: str, act: str, before: int) -> bool:
    """Whether an item of the act came at an earlier place: then it did not travel whole."""
    query = (
        sa.select(stream_items.c.seq)
        .where(
            stream_items.c.act == act,
            stream_items.c.account == account,
            stream_items.c.stream == stream,
            stream_items.c.seq < before,
        )
        .limit(1)
    )
    return connection.execute(query).scalar() is not None
