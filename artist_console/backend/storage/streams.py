"""Streams of pushed decisions and what became of every item, kept for ever: a resend gets the same answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId, DecisionId
from artist_console.formats.encoding import decode, encode
from artist_console.formats.wire import ItemOutcome

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


def note_clock(connection: Connection, account: AccountId, stream: str, offset_s: int) -> None:
    """How far the sender's clock was ahead when it last sent. Nothing is ordered by it."""
    connection.execute(
        streams.update()
        .where(streams.c.account == account, streams.c.stream == stream)
        .values(clock_offset_s=offset_s)
    )


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
    known: Collection[str],
) -> None:
    """Record (digest, decision, outcome) of items. The first word on a decision stays: `known` has theirs."""
    if not done:
        return
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
    fresh = {
        decision.id: {
            "id": decision.id,
            "account": account,
            "artist": decision.register.artist,
            "digest": digest,
            "outcome": encode(outcome),
        }
        for digest, decision, outcome in reversed(done)
        if decision.id not in known
    }
    if fresh:
        connection.execute(decisions.insert(), list(fresh.values()))


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


def brought(connection: Connection, account: AccountId, stream: str, decision: DecisionId) -> bool:
    """Whether this stream brought the decision."""
    query = (
        sa.select(stream_items.c.seq)
        .where(
            stream_items.c.decision == decision,
            stream_items.c.account == account,
            stream_items.c.stream == stream,
        )
        .limit(1)
    )
    return connection.execute(query).scalar() is not None


def known_acts(
    connection: Connection, account: AccountId, stream: str, acts: Collection[str]
) -> frozenset[str]:
    """Those of the acts of which an item came before: they did not travel whole."""
    found: set[str] = set()
    ordered = sorted(acts)
    for at in range(0, len(ordered), _SLICE):
        query = sa.select(stream_items.c.act).where(
            stream_items.c.act.in_(ordered[at : at + _SLICE]),
            stream_items.c.account == account,
            stream_items.c.stream == stream,
        )
        found |= set(connection.execute(query).scalars())
    return frozenset(found)
