"""Decisions made here: recorded durably, in order, never changed; outcomes, receipts and pins beside them.

What waits to be sent is what has no outcome in the current stream. Every outcome is final; conflicts and the
like stay visible until the person has dealt with them.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from artist_console.domain.decisions import Decision, Outcome, Pin
from artist_console.domain.ids import ArtistId, DecisionId
from artist_console.domain.registers import Register, Stance
from artist_console.formats import encoding, wire

from . import drafts
from .opening import Part, Store

APPLIED = frozenset({Outcome.ACCEPTED, Outcome.ACCEPTED_OVER, Outcome.DUPLICATE})
NOT_APPLIED = frozenset({Outcome.CONFLICT, Outcome.NOT_AUTHORISED})


class Settled(Enum):
    """How a person dealt with a decision that was not applied."""

    KEPT_MINE = "kept_mine"  # made again, in sight of what is saved
    LEFT = "left"  # what is saved stands


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision of the journal and what became of it. `outcome` None: not delivered yet."""

    place: int
    decision: Decision
    stream: str
    seq: int
    digest: str
    outcome: Outcome | None
    n: int | None  # its place in the artist's ledger
    head: str | None
    words: str  # why it was not applied
    against: DecisionId | None  # the decision that stands against it
    at: datetime | None  # when the outcome arrived
    settled: Settled | None
    parked: str  # why it cannot be sent; empty where it can


@dataclass(frozen=True, slots=True)
class OwnFate:
    """What became of a decision made here, without the decision."""

    artist: ArtistId
    outcome: Outcome | None
    settled: bool
    parked: bool


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """A receipt as it arrived: a compact JWS, with the place in the ledger that came with it."""

    jws: str
    n: int | None
    head: str | None
    at: datetime


_ENTRY = """
  SELECT d.place, d.body, st.id, s.seq, d.digest, o.outcome, o.n, o.head, o.words, o.against, o.at,
    e.how, p.reason
  FROM main.decision d
  JOIN main.sending s ON s.place = d.place
    AND s.stream = (SELECT max(stream) FROM main.sending WHERE place = d.place)
  JOIN main.stream st ON st.number = s.stream
  LEFT JOIN main.outcome o ON o.stream = s.stream AND o.seq = s.seq
  LEFT JOIN main.settled e ON e.place = d.place
  LEFT JOIN main.parked p ON p.place = d.place
"""


def _entry(row: tuple[object, ...]) -> Entry:
    place, body, stream, seq, digest, outcome, n, head, words, against, at, how, parked = row
    assert isinstance(place, int)
    assert isinstance(seq, int)
    assert isinstance(body, bytes)
    return Entry(
        place,
        decision_of(body),
        str(stream),
        seq,
        str(digest),
        Outcome(outcome) if outcome is not None else None,
        n if isinstance(n, int) else None,
        str(head) if head is not None else None,
        str(words or ""),
        DecisionId(str(against)) if against is not None else None,
        datetime.fromisoformat(str(at)) if at is not None else None,
        Settled(how) if how is not None else None,
        str(parked or ""),
    )


@lru_cache(maxsize=2**15)
def decision_of(body: bytes) -> Decision:
    """A decision as the journal keeps it. What waits is read with every new one, so it is read once."""
    return encoding.decode(Decision, body)


def append(store: Store, decisions: Sequence[Decision], *, instead_of: Iterable[Register] = ()) -> None:
    """Record decisions in this order, all or none; durable when it returns. Idempotent.

    Acts follow each other whole, refusals in acts of their own. Choices to review on what is answered now, or
    on one of `instead_of`, are forgotten with it. Raises StorageProblem: then nothing was
    recorded.
    """
    for_act: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    for decision in decisions:
        for_act[decision.act].add((decision.register.artist, decision.stance is Stance.REFUSE))
    assert all(len(kinds) == 1 for kinds in for_act.values()), (
        "an act is of one artist, and either refuses or does not"
    )
    digests = [wire.digest_of(decision) for decision in decisions]
    with store.transaction(Part.JOURNAL):
        known = _digests_here(store, decisions)
        fresh: dict[DecisionId, tuple[Decision, str]] = {}
        for decision, digest in zip(decisions, digests, strict=True):
            former = known.get(decision.id) or (fresh[decision.id][1] if decision.id in fresh else digest)
            assert former == digest, f"decision {decision.id} was recorded with another content"
            if decision.id not in known:
                fresh[decision.id] = (decision, digest)
        _insert(store, list(fresh.values()))
        drafts.drop_answered(store, (*(decision.register for decision in decisions), *instead_of))


def _digests_here(store: Store, decisions: Sequence[Decision]) -> dict[str, str]:
    """The digests of those decisions that are recorded already."""
    ids = encoding.encode([decision.id for decision in decisions]).decode()
    return dict(
        store.rows(
            "SELECT id, digest FROM main.decision WHERE id IN (SELECT value FROM json_each(:ids))",
            {"ids": ids},
        )
    )


def _insert(store: Store, fresh: Sequence[tuple[Decision, str]]) -> None:
    """Decisions with their digests at the end of the journal and of its stream, inside a transaction."""
    if not fresh:
        return
    stream = _current_stream(store)
    place: int = store.value("SELECT coalesce(max(place), 0) FROM main.decision") + 1
    seq = _last_seq(store, stream) + 1
    store.run_many(
        "INSERT INTO main.decision (place, id, artist, act, digest, body) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (place + n, each.id, each.register.artist, each.act, digest, encoding.encode(each))
            for n, (each, digest) in enumerate(fresh)
        ],
    )
    store.run_many(
        "INSERT INTO main.sending (stream, seq, place) VALUES (?, ?, ?)",
        [(stream, seq + n, place + n) for n in range(len(fresh))],
    )


def _last_seq(store: Store, stream: int) -> int:
    last: int | None = store.value(
        "SELECT seq FROM main.sending WHERE stream = :stream ORDER BY place DESC LIMIT 1", {"stream": stream}
    )
    return last if last is not None else 0


def _current_stream(store: Store) -> int:
    number: int | None = store.value("SELECT max(number) FROM main.stream")
    if number is not None:
        return number
    number = _insert_stream(store, "first")
    store.run(
        "INSERT INTO main.pin (stream, artist, n, head)"
        " SELECT :stream, artist, n, head FROM main.pin WHERE stream = 0",
        {"stream": number},
    )
    return number


def _insert_stream(store: Store, reason: str) -> int:
    store.run(
        "INSERT INTO main.stream (id, reason) VALUES (:id, :reason)",
        {"id": uuid.uuid4().hex, "reason": reason},
    )
    number: int = store.value("SELECT max(number) FROM main.stream")
    return number


def continue_in_new_stream(store: Store, reason: str) -> None:
    """Begin a stream with what still waits and can be sent, inside a transaction; pins stay as they are."""
    former = _current_stream(store)
    number = _insert_stream(store, reason)
    bound = {"former": former, "number": number}
    store.run(
        "INSERT INTO main.sending (stream, seq, place)"
        " SELECT :number, row_number() OVER (ORDER BY s.seq), s.place FROM main.sending s"
        " WHERE s.stream = :former AND s.place NOT IN (SELECT place FROM main.parked)"
        " AND NOT EXISTS (SELECT 1 FROM main.outcome o WHERE o.stream = s.stream AND o.seq = s.seq)"
        " ORDER BY s.seq",
        bound,
    )
    store.run(
        "INSERT INTO main.pin (stream, artist, n, head)"
        " SELECT :number, artist, n, head FROM main.pin WHERE stream = :former",
        bound,
    )


def open_stream(store: Store, reason: str) -> None:
    """Begin a stream that sends the whole journal again in its order, inside a transaction of the caller.

    Left out is what the person has dropped after a conflict, or what no backend could read: sending it
    again could bring back an answer that was given up. Pins begin anew.
    """
    number = _insert_stream(store, reason)
    store.run(
        "INSERT INTO main.sending (stream, seq, place)"
        " SELECT :stream, row_number() OVER (ORDER BY place), place FROM main.decision"
        " WHERE place NOT IN (SELECT place FROM main.parked)"
        " AND place NOT IN (SELECT place FROM main.settled) ORDER BY place",
        {"stream": number},
    )


def current_stream_id(store: Store) -> str | None:
    """The id of the stream that is sent from; None before the first decision."""
    found: str | None = store.value("SELECT id FROM main.stream ORDER BY number DESC LIMIT 1")
    return found


# Outcomes come in the order of the stream, so what waits lies behind the last of them.
_PENDING = """
  WHERE s.stream = (SELECT max(number) FROM main.stream) AND o.number IS NULL AND p.place IS NULL
  AND s.place > coalesce((SELECT place FROM main.outcome
    WHERE stream = (SELECT max(number) FROM main.stream) ORDER BY seq DESC LIMIT 1), 0)
"""


def pending(store: Store, limit: int | None = None) -> tuple[Entry, ...]:
    """What waits to be sent, in order."""
    rows = store.rows(f"{_ENTRY}{_PENDING} ORDER BY s.seq LIMIT :limit", {"limit": limit or -1})
    return tuple(_entry(row) for row in rows)


def count_pending(store: Store) -> int:
    number: int = store.value(
        "SELECT count(*) FROM main.sending s"
        " LEFT JOIN main.outcome o ON o.stream = s.stream AND o.seq = s.seq"
        " LEFT JOIN main.parked p ON p.place = s.place" + _PENDING
    )
    return number


def pending_places(store: Store) -> tuple[int, ...]:
    """The places of what waits, in order; the decisions themselves are not read."""
    rows = store.rows(
        "SELECT s.place FROM main.sending s"
        " LEFT JOIN main.outcome o ON o.stream = s.stream AND o.seq = s.seq"
        f" LEFT JOIN main.parked p ON p.place = s.place{_PENDING} ORDER BY s.seq"
    )
    return tuple(place for (place,) in rows)


def sent_again_since(store: Store, stream: int) -> tuple[Entry, ...]:
    """Decisions of this stream that an earlier one had delivered already, each with its last outcome."""
    rows = store.rows(
        f"{_ENTRY} WHERE d.place IN (SELECT place FROM main.sending WHERE stream = :stream)"
        " AND EXISTS (SELECT 1 FROM main.outcome e WHERE e.place = d.place AND e.stream < :stream)"
        " ORDER BY d.place",
        {"stream": stream},
    )
    return tuple(_entry(row) for row in rows)


def is_contradicted(store: Store) -> bool:
    """Whether a ledger holds something made here that the service had not taken, and nobody settled since.

    A service does not change its mind: one that was rewound in silence took a doubled request anew.
    """
    found = store.value(
        "SELECT 1 FROM main.outcome o JOIN main.decision d ON d.place = o.place"
        " JOIN mirror.ledger l ON l.artist = d.artist AND l.decision = d.id"
        " WHERE o.outcome IN ('conflict', 'not_authorised')"
        " AND o.number = (SELECT max(number) FROM main.outcome WHERE place = o.place)"
        " AND o.place NOT IN (SELECT place FROM main.settled) LIMIT 1"
    )
    return found is not None


def undelivered(store: Store, artist: ArtistId | None = None) -> tuple[Decision, ...]:
    """Decisions that no backend has answered, in the order made."""
    return tuple(
        entry.decision
        for entry in pending(store)
        if artist is None or entry.decision.register.artist == artist
    )


def entry(store: Store, decision: DecisionId) -> Entry | None:
    """One decision made here, None when it was not made here."""
    row = store.row(f"{_ENTRY} WHERE d.id = :id", {"id": decision})
    return _entry(row) if row else None


def entries(
    store: Store, artist: ArtistId | None = None, *, offset: int = 0, limit: int = 200
) -> tuple[Entry, ...]:
    """Decisions made here, the latest first."""
    rows = store.rows(
        f"{_ENTRY} WHERE :artist IS NULL OR d.artist = :artist ORDER BY d.place DESC"
        " LIMIT :limit OFFSET :offset",
        {"artist": artist, "limit": limit, "offset": offset},
    )
    return tuple(_entry(row) for row in rows)


def between(store: Store, first: int, last: int) -> tuple[Entry, ...]:
    """Decisions made here, from one place of the journal to another, in order."""
    bound = {"first": first, "last": last}
    rows = store.rows(f"{_ENTRY} WHERE d.place BETWEEN :first AND :last ORDER BY d.place", bound)
    return tuple(_entry(row) for row in rows)


def of_ids(store: Store, ids: Sequence[DecisionId]) -> tuple[Entry, ...]:
    """Decisions made here by their ids, in the order made."""
    wanted = encoding.encode(list(ids)).decode()
    rows = store.rows(
        f"{_ENTRY} WHERE d.id IN (SELECT value FROM json_each(:ids)) ORDER BY d.place", {"ids": wanted}
    )
    return tuple(_entry(row) for row in rows)


def fates(store: Store) -> dict[DecisionId, OwnFate]:
    """What became of every decision made here, in the order made; the decisions themselves are not read."""
    rows = store.rows(
        "SELECT d.id, d.artist, o.outcome, e.place, p.place FROM main.decision d"
        " JOIN main.sending s ON s.place = d.place"
        " AND s.stream = (SELECT max(stream) FROM main.sending WHERE place = d.place)"
        " LEFT JOIN main.outcome o ON o.stream = s.stream AND o.seq = s.seq"
        " LEFT JOIN main.settled e ON e.place = d.place LEFT JOIN main.parked p ON p.place = d.place"
        " ORDER BY d.place"
    )
    return {
        DecisionId(id): OwnFate(
            ArtistId(artist),
            Outcome(outcome) if outcome is not None else None,
            settled is not None,
            parked is not None,
        )
        for id, artist, outcome, settled, parked in rows
    }


def needing_person(store: Store, artist: ArtistId | None = None) -> tuple[Entry, ...]:
    """Conflicts, decisions without authority, proposals, and what no backend could read; oldest first.

    A proposal stays until the ledger shows that the artist signed or declined it.
    """
    rows = store.rows(
        f"{_ENTRY} WHERE (:artist IS NULL OR d.artist = :artist) AND e.place IS NULL"
        " AND (p.place IS NOT NULL OR o.outcome IN ('conflict', 'not_authorised', 'proposed'))"
        " ORDER BY d.place",
        {"artist": artist},
    )
    return tuple(_entry(row) for row in rows)


def settle(store: Store, decision: DecisionId, how: Settled, at: datetime) -> None:
    """Note that the person has dealt with a decision that was not applied. Again: nothing changes."""
    with store.transaction(Part.JOURNAL):
        note_settled(store, decision, how, at)


def note_settled(store: Store, decision: DecisionId, how: Settled, at: datetime) -> None:
    """As `settle`, inside a transaction of the caller."""
    store.run(
        "INSERT INTO main.settled (place, how, at) SELECT place, :how, :at FROM main.decision WHERE id = :id"
        " ON CONFLICT (place) DO NOTHING",
        {"id": decision, "how": how.value, "at": at.isoformat()},
    )


def park(store: Store, places: Iterable[int], reason: str, at: datetime) -> None:
    """Set decisions aside that no backend could read; they are kept and shown. Inside a transaction."""
    store.run_many(
        "INSERT INTO main.parked (place, reason, at) VALUES (:place, :reason, :at) ON CONFLICT DO NOTHING",
        [{"place": place, "reason": reason, "at": at.isoformat()} for place in places],
    )


def record_outcome(
    store: Store,
    sent: Entry,
    outcome: Outcome,
    *,
    n: int | None,
    head: str | None,
    receipt: str | None,
    words: str,
    against: str | None = None,
    at: datetime,
) -> None:
    """Note what became of a decision, inside a transaction of the caller. Again: nothing changes."""
    bound = {
        "stream": store.value("SELECT number FROM main.stream WHERE id = :id", {"id": sent.stream}),
        "seq": sent.seq,
        "place": sent.place,
        "outcome": outcome.value,
        "n": n,
        "head": head,
        "words": words,
        "against": against,
        "at": at.isoformat(),
    }
    known = store.value(
        "SELECT 1 FROM main.outcome WHERE stream = :stream AND seq = :seq",
        {"stream": bound["stream"], "seq": sent.seq},
    )
    if known is None:
        store.run(
            "INSERT INTO main.outcome (stream, seq, place, outcome, n, head, words, against, at)"
            " VALUES (:stream, :seq, :place, :outcome, :n, :head, :words, :against, :at)",
            bound,
        )
    if receipt is not None:
        note_receipt(store, sent.decision.id, receipt, n, head, at)


def note_receipt(
    store: Store, decision: DecisionId, jws: str, n: int | None, head: str | None, at: datetime
) -> None:
    """Keep a receipt of a decision made here, inside a transaction of the caller."""
    store.run(
        "INSERT INTO main.receipt (place, jws, n, head, at)"
        " SELECT place, :jws, :n, :head, :at FROM main.decision d WHERE id = :id"
        " AND NOT EXISTS (SELECT 1 FROM main.receipt r WHERE r.place = d.place AND r.jws = :jws)",
        {"id": decision, "jws": jws, "n": n, "head": head, "at": at.isoformat()},
    )


def receipts(store: Store, decision: DecisionId) -> tuple[StoredReceipt, ...]:
    """The receipts of a decision made here, oldest first; last the one of its place in the ledger of today.

    A service that was restored more than once gives an earlier one again: it proves what stands there now.
    """
    rows = store.rows(
        "SELECT r.jws, r.n, r.head, r.at FROM main.receipt r JOIN main.decision d USING (place)"
        " LEFT JOIN main.outcome o"
        " ON o.number = (SELECT max(number) FROM main.outcome WHERE place = d.place)"
        " WHERE d.id = :id ORDER BY r.n IS o.n AND r.head IS o.head, r.number",
        {"id": decision},
    )
    return tuple(StoredReceipt(jws, n, head, datetime.fromisoformat(at)) for jws, n, head, at in rows)


def pins(store: Store) -> dict[str, Pin]:
    """The highest position and head seen of every ledger, since the current stream began."""
    rows = store.rows(
        "SELECT artist, n, head FROM main.pin"
        " WHERE stream = (SELECT coalesce(max(number), 0) FROM main.stream)"
    )
    return {artist: Pin(n, head) for artist, n, head in rows}


def note_pins(store: Store, seen: Mapping[str, Pin]) -> None:
    """Move pins forward, never back, inside a transaction of the caller."""
    store.run_many(
        "INSERT INTO main.pin (stream, artist, n, head)"
        " VALUES ((SELECT coalesce(max(number), 0) FROM main.stream), :artist, :n, :head)"
        " ON CONFLICT (stream, artist) DO UPDATE SET n = excluded.n, head = excluded.head"
        " WHERE excluded.n > pin.n",
        [{"artist": artist, "n": pin.n, "head": pin.head} for artist, pin in seen.items() if pin.n],
    )


def marks(store: Store) -> tuple[int, int, int]:
    """Counts that grow with every decision, outcome and change of stream: what caches are compared with."""
    found: tuple[int, int, int] = store.row(
        "SELECT coalesce((SELECT max(place) FROM main.decision), 0),"
        " coalesce((SELECT max(number) FROM main.outcome), 0),"
        " coalesce((SELECT max(number) FROM main.stream), 0) + (SELECT count(*) FROM main.parked)"
    )
    return found
