"""Writes what a backend said into the mirror: rows as they are, and the parts of them that queries need.

Only a sync round calls this, inside its transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from artist_console.domain.decisions import EntryReceipt, LedgerEntry
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.mandates import Mandate
from artist_console.domain.parties import Stakeholder
from artist_console.domain.programmes import Control, Request
from artist_console.domain.statements import Statement
from artist_console.domain.unauthorised import Unauthorised
from artist_console.domain.works import Release, Work
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from .opening import Store

Received = tuple[Kind, str, bytes | None]  # kind, id, body; no body: the row is gone or out of reach


def apply(store: Store, received: Iterable[Received]) -> int:
    """Put and remove rows, in the order given; gives how many changed. Raises MalformedMessage."""
    changed = 0
    kinds: set[Kind] = set()
    for kind, id, body in received:
        did = _remove(store, kind, id) if body is None else _put(store, kind, id, body)
        if did:
            kinds.add(kind)
            changed += 1
    for kind in kinds:
        bump(store, kind.value)
    return changed


def bump(store: Store, kind: str) -> None:
    """Tell caches that rows of this kind changed."""
    store.run(
        "INSERT INTO mirror.version (kind, number) VALUES (:kind, 1)"
        " ON CONFLICT (kind) DO UPDATE SET number = number + 1",
        {"kind": kind},
    )


def _put(store: Store, kind: Kind, id: str, body: bytes) -> bool:
    row = decode_row(kind, body)
    known = store.row(
        "SELECT key, body FROM mirror.row WHERE kind = :kind AND id = :id", {"kind": kind.value, "id": id}
    )
    if known is not None and known[1] == body:
        return False
    if known is not None:
        _note(store, kind, id, decode_row(kind, known[1]))
        _forget_parts(store, kind, id, known[0])
        store.run("UPDATE mirror.row SET body = :body WHERE key = :key", {"body": body, "key": known[0]})
        key = known[0]
    else:
        store.run(
            "INSERT INTO mirror.row (kind, id, body) VALUES (:kind, :id, :body)",
            {"kind": kind.value, "id": id, "body": body},
        )
        key = store.connection.last_insert_rowid()
    remember = _PARTS.get(kind)
    if remember is not None:
        remember(store, key, row)
    _note(store, kind, id, row)
    return True


def _remove(store: Store, kind: Kind, id: str) -> bool:
    known = store.row(
        "SELECT key, body FROM mirror.row WHERE kind = :kind AND id = :id", {"kind": kind.value, "id": id}
    )
    if known is None:
        return False
    _note(store, kind, id, decode_row(kind, known[1]))
    _forget_parts(store, kind, id, known[0])
    store.run("DELETE FROM mirror.row WHERE key = :key", {"key": known[0]})
    if kind is Kind.WORK:
        store.run("DELETE FROM mirror.work_summary WHERE work_key = :key", {"key": known[0]})
        store.run("DELETE FROM mirror.text WHERE work_key = :key", {"key": known[0]})
        store.run("DELETE FROM mirror.trigram WHERE rowid = :key", {"key": known[0]})
        store.run("DELETE FROM mirror.gram WHERE rowid = :key", {"key": known[0]})
    return True


def _note(store: Store, kind: Kind, id: str, row: Any) -> None:
    """Leave word for the projection: what changed, and what it is about."""
    for subject in _subjects(kind, row):
        store.run(
            "INSERT INTO mirror.changed (kind, id, subject) VALUES (:kind, :id, :subject)",
            {"kind": kind.value, "id": id, "subject": subject},
        )


def _subjects(kind: Kind, row: Any) -> tuple[str, ...]:
    match row:
        case Work():
            return (row.id,)
        case InclusionStatement() | Control():
            return (row.work,)
        case Stakeholder():
            return (row.subject,)
        case Release():
            return tuple(dict.fromkeys(track.work for track in row.tracks))
        case LedgerEntry():
            return (row.artist,)
        case Statement():
            return (row.payee,)
        case EntryReceipt():
            return ()  # proves what its entry says and changes nothing
        case Mandate() | Request() | Unauthorised():
            return (row.artist,)
        case _:
            return ("",)


def _forget_parts(store: Store, kind: Kind, id: str, key: int) -> None:
    bound = {"key": key, "id": id}
    for sql in _FORGET.get(kind, ()):
        store.run(sql, bound)


_FORGET: dict[Kind, tuple[str, ...]] = {
    Kind.ENTRY: ("DELETE FROM mirror.ledger WHERE key = :key",),
    Kind.WORK: (
        "DELETE FROM mirror.work_artist WHERE work = :id",
        "DELETE FROM mirror.embodies WHERE recording = :id",
        "DELETE FROM mirror.merged WHERE work = :id",
    ),
    Kind.RELEASE: ("DELETE FROM mirror.track WHERE release = :id",),
    Kind.STAKEHOLDER: ("DELETE FROM mirror.holder WHERE key = :key",),
    Kind.INCLUSION: ("DELETE FROM mirror.inclusion WHERE key = :key",),
    Kind.STATEMENT: (
        "DELETE FROM mirror.statement WHERE key = :key",
        "DELETE FROM mirror.fetched WHERE statement = :id",
        "DELETE FROM mirror.roll_up WHERE statement = :id",
        "DELETE FROM mirror.territory_roll_up WHERE statement = :id",
        "DELETE FROM mirror.whole_roll_up WHERE statement = :id",
    ),
}


def _entry_parts(store: Store, key: int, row: LedgerEntry) -> None:
    store.run(
        "INSERT INTO mirror.ledger (artist, n, key, decision) VALUES (:artist, :n, :key, :decision)"
        " ON CONFLICT (artist, n) DO UPDATE SET key = excluded.key, decision = excluded.decision",
        {
            "artist": row.artist,
            "n": row.n,
            "key": key,
            "decision": row.decision.id if row.decision is not None else None,
        },
    )


def _work_parts(store: Store, key: int, row: Work) -> None:
    store.run_many(
        "INSERT INTO mirror.work_artist (artist, work, key) VALUES (:artist, :work, :key)"
        " ON CONFLICT DO NOTHING",
        [{"artist": artist, "work": row.id, "key": key} for artist in row.artists],
    )
    store.run_many(
        "INSERT INTO mirror.embodies (recording, composition) VALUES (:recording, :song)"
        " ON CONFLICT DO NOTHING",
        [{"recording": row.id, "song": song} for song in row.compositions],
    )
    _merged_parts(store, row)


def _merged_parts(store: Store, row: Work) -> None:
    store.run_many(
        "INSERT INTO mirror.merged (gone, work) VALUES (:gone, :work)"
        " ON CONFLICT (gone) DO UPDATE SET work = excluded.work",
        [{"gone": gone, "work": row.id} for gone in row.merged_ids],
    )


def _release_parts(store: Store, key: int, row: Release) -> None:
    store.run_many(
        "INSERT INTO mirror.track (release, work) VALUES (:release, :work) ON CONFLICT DO NOTHING",
        [{"release": row.id, "work": track.work} for track in row.tracks],
    )


def _holder_parts(store: Store, key: int, row: Stakeholder) -> None:
    store.run(
        "INSERT INTO mirror.holder (key, subject, party) VALUES (:key, :subject, :party)",
        {"key": key, "subject": row.subject, "party": row.party},
    )


def _inclusion_parts(store: Store, key: int, row: InclusionStatement) -> None:
    store.run(
        "INSERT INTO mirror.inclusion (key, work, programme) VALUES (:key, :work, :programme)",
        {"key": key, "work": row.work, "programme": row.programme or ""},
    )


def _statement_parts(store: Store, key: int, row: Statement) -> None:
    store.run(
        "INSERT INTO mirror.statement (key, id, payee, period_until, sha256, replaces, lines_sha256, level)"
        " VALUES (:key, :id, :payee, :until, :sha256, :replaces, :lines_sha256, :level)",
        {
            "key": key,
            "id": row.id,
            "payee": row.payee,
            "until": row.period_until.isoformat(),
            "sha256": row.sha256,
            "replaces": row.replaces,
            "lines_sha256": row.lines_sha256,
            "level": row.level.value,
        },
    )


_PARTS: dict[Kind, Callable[[Store, int, Any], None]] = {
    Kind.ENTRY: _entry_parts,
    Kind.WORK: _work_parts,
    Kind.RELEASE: _release_parts,
    Kind.STAKEHOLDER: _holder_parts,
    Kind.INCLUSION: _inclusion_parts,
    Kind.STATEMENT: _statement_parts,
}


def stage(store: Store, received: Iterable[Received]) -> None:
    """Lay rows of a snapshot aside until all of it is here."""
    store.run_many(
        "INSERT INTO mirror.staged (kind, id, body) VALUES (:kind, :id, :body)"
        " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body",
        [{"kind": kind.value, "id": id, "body": body} for kind, id, body in received if body is not None],
    )


def staged(store: Store, kind: Kind) -> list[tuple[str, bytes]]:
    """Id and body of the staged rows of a kind."""
    return store.rows("SELECT id, body FROM mirror.staged WHERE kind = :kind", {"kind": kind.value})


def count_staged(store: Store) -> int:
    number: int = store.value("SELECT count(*) FROM mirror.staged")
    return number


def drop_staged(store: Store) -> None:
    store.run("DELETE FROM mirror.staged")


def swap_staged(store: Store) -> int:
    """Make the staged snapshot what the mirror holds; gives how many rows changed.

    Rows that are the same stay untouched, so that nothing is worked out anew for them.
    """
    gone = store.rows(
        "SELECT kind, id FROM mirror.row r WHERE NOT EXISTS"
        " (SELECT 1 FROM mirror.staged s WHERE s.kind = r.kind AND s.id = r.id)"
    )
    fresh = store.rows(
        "SELECT kind, id, body FROM mirror.staged s WHERE NOT EXISTS"
        " (SELECT 1 FROM mirror.row r WHERE r.kind = s.kind AND r.id = s.id AND r.body = s.body)"
    )
    changed = apply(store, [(Kind(kind), id, None) for kind, id in gone])
    changed += apply(store, [(Kind(kind), id, body) for kind, id, body in fresh])
    drop_staged(store)
    return changed
