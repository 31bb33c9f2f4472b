"""Private objects: what a person keeps in the profile and no service is sent (PRODUCT, "contract").

Kept with the journal, under its key and its durability: they cannot be fetched again from anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol, TypeVar, cast

from artist_console.formats.encoding import decode, encode

from .opening import Part, Store


class PrivateKind(Enum):
    CONTRACT = "contract"
    OWNERSHIP = "ownership"  # what the artist's side says it owns, from the interview
    RECORDED_ANSWER = "recorded_answer"  # what somebody without an account answered
    INTERVIEW = "interview"  # answers given so far in "What is mine to decide?"
    LET_END = "let_end"  # a yes with a last day of which somebody said that it may run out
    LEFT = "left"  # an answer without a mandate that the artist did not make their own
    MATCH_ANSWER = "match_answer"  # whether a row of a public list means a work
    DISMISSED = "dismissed"  # a finding that somebody has put aside
    REMOVAL_MARK = "removal_mark"  # what a person did, or was told, about a removal
    LAYOUT = "layout"  # what the columns of a table are, as somebody said once
    ADDRESSEE = "addressee"  # whom one writes to: added here, or changed from the directory
    CASE = "case"  # what is being done about something, its letters and replies with it
    RESERVATION = "reservation"  # a notice against data mining, with its copy
    SITE_CHECK = "site_check"  # what a site of one's own answered, on a day
    SWITCH = "switch"  # how a switch elsewhere stands, as somebody noted or as was read out
    SENDER = "sender"  # whose letters they are: name, address, e-mail, telephone
    RATE_TABLE = "rate_table"  # rates by which money is converted for reading, its file beside it
    MARK_RUN = "mark_run"  # which audio files were marked, and with what
    SOURCE_NAME = "source_name"  # what a store or service in statements is, as somebody said


# What the rows of works rest on: a change of these is a change of facts, and counted.
_FACTS = frozenset(
    {
        PrivateKind.CONTRACT,
        PrivateKind.OWNERSHIP,
        PrivateKind.RECORDED_ANSWER,
        PrivateKind.MATCH_ANSWER,
        PrivateKind.DISMISSED,
        PrivateKind.REMOVAL_MARK,
        PrivateKind.CASE,
        PrivateKind.SWITCH,
        PrivateKind.SOURCE_NAME,
    }
)


class Kept(Protocol):
    """Anything with an id; `Private` says whose it is."""

    @property
    def id(self) -> str: ...


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file behind a private object, found by the hash of its bytes."""

    sha256: str
    name: str
    size: int  # bytes
    added_at: datetime


def version(store: Store) -> int:
    """How often anything private that is a fact has changed."""
    return cast(int, store.value("SELECT number FROM main.private_version"))


def all(store: Store, kind: PrivateKind, read: type[Item]) -> tuple[Item, ...]:
    """All objects of a kind, in the order of their ids; facts are kept until a fact changes.

    `read` may leave out fields: the permission rule reads of a recorded answer what is a fact.
    """
    if kind not in _FACTS:  # whose changes nothing counts
        return _read_all(store, kind, read)
    mark = version(store)
    name = f"private {kind.value} as {read.__qualname__}"
    kept = store.cached(name, mark)
    if kept is not None:
        return cast("tuple[Item, ...]", kept)
    return store.keep(name, mark, _read_all(store, kind, read))


def _read_all(store: Store, kind: PrivateKind, read: type[Item]) -> tuple[Item, ...]:
    rows = store.rows("SELECT body FROM main.private WHERE kind = :kind ORDER BY id", {"kind": kind.value})
    return tuple(decode(read, body) for (body,) in rows)


def get(store: Store, kind: PrivateKind, id: str, read: type[Item]) -> Item | None:
    """One object as it is kept now; None where it is not here."""
    body = store.value(
        "SELECT body FROM main.private WHERE kind = :kind AND id = :id", {"kind": kind.value, "id": id}
    )
    return decode(read, body) if body is not None else None


@dataclass(frozen=True, slots=True)
class Change:
    """Objects of one kind to keep, each in place of what had its id, and ids to forget."""

    kind: PrivateKind
    keep: Sequence[Kept] = ()
    forget: Sequence[str] = ()


def put(store: Store, kind: PrivateKind, artist: str, items: Sequence[Kept], at: datetime) -> None:
    """Keep these, each in place of what had its kind and id; all or nothing, durable when it returns."""
    exchange(store, artist, [Change(kind, items)], at)


def amend(
    store: Store, kind: PrivateKind, id: str, read: type[Item], change: Callable[[Item], Item], at: datetime
) -> Item | None:
    """Put `change(what is kept now)` in its place, so that no other lane's change is lost; None: not here.

    All or nothing, durable when it returns. What `change` raises leaves everything as it was.
    """
    found = amend_together(store, kind, {id: change}, read, at)
    return found[0] if found is not None else None


def amend_together(
    store: Store,
    kind: PrivateKind,
    changes: Mapping[str, Callable[[Item], Item]],
    read: type[Item],
    at: datetime,
    beside: Sequence[tuple[str, Change]] = (),
) -> tuple[Item, ...] | None:
    """The same for several objects by their ids; None, and nothing is changed, where one is not here.

    `beside`: what else is kept and forgotten in the same transaction, each with whose it is.
    """
    done: list[Item] = []
    with store.transaction(Part.JOURNAL):
        rows = {
            id: store.row(
                "SELECT artist, body FROM main.private WHERE kind = :kind AND id = :id",
                {"kind": kind.value, "id": id},
            )
            for id in changes
        }
        for id, change in changes.items():
            row = rows[id]
            if row is None or None in rows.values():
                return None
            done.append(change(decode(read, row[1])))
            _keep(store, Change(kind, [cast(Kept, done[-1])]), row[0], at)
        for artist, other in beside:
            _keep(store, other, artist, at)
        if kind in _FACTS or any(other.kind in _FACTS for _, other in beside):
            _count_up(store)
    return tuple(done)


def exchange(store: Store, artist: str, changes: Sequence[Change], at: datetime) -> None:
    """Keep and forget objects of several kinds; all or nothing, durable when it returns."""
    with store.transaction(Part.JOURNAL):
        for change in changes:
            _keep(store, change, artist, at)
        if any(change.kind in _FACTS for change in changes):
            _count_up(store)


def _keep(store: Store, change: Change, artist: str, at: datetime) -> None:
    store.run_many(
        "INSERT INTO main.private (kind, id, artist, body, changed_at)"
        " VALUES (:kind, :id, :artist, :body, :at)"
        " ON CONFLICT (kind, id) DO UPDATE SET artist = excluded.artist, body = excluded.body,"
        " changed_at = excluded.changed_at",
        [
            {
                "kind": change.kind.value,
                "id": item.id,
                "artist": artist,
                "body": encode(item),
                "at": at.isoformat(),
            }
            for item in change.keep
        ],
    )
    store.run_many(
        "DELETE FROM main.private WHERE kind = :kind AND id = :id",
        [{"kind": change.kind.value, "id": id} for id in change.forget],
    )


def remove(store: Store, kind: PrivateKind, id: str) -> bool:
    """Forget one; whether it was there. Files that nothing names any more stay until `drop_attachment`."""
    with store.transaction(Part.JOURNAL):
        there = store.row(
            "DELETE FROM main.private WHERE kind = :kind AND id = :id RETURNING id",
            {"kind": kind.value, "id": id},
        )
        _count_up(store)
    return there is not None


def attach(store: Store, name: str, body: bytes, at: datetime) -> Attachment:
    """Keep a file. The same bytes again are the same attachment, under its first name."""
    sha256 = hashlib.sha256(body).hexdigest()
    with store.transaction(Part.JOURNAL):
        store.run(
            "INSERT INTO main.attachment (sha256, name, size, body, added_at)"
            " VALUES (:sha256, :name, :size, :body, :at) ON CONFLICT (sha256) DO NOTHING",
            {"sha256": sha256, "name": name, "size": len(body), "body": body, "at": at.isoformat()},
        )
    found = attachment(store, sha256)
    assert found is not None, "it has just been written"
    return found


def attachment(store: Store, sha256: str) -> Attachment | None:
    """What is known of an attached file; None where it is not here."""
    row = store.row(
        "SELECT sha256, name, size, added_at FROM main.attachment WHERE sha256 = :sha256", {"sha256": sha256}
    )
    return Attachment(row[0], row[1], row[2], datetime.fromisoformat(row[3])) if row is not None else None


def attached_bytes(store: Store, sha256: str) -> bytes | None:
    """The bytes of an attached file."""
    body = store.value("SELECT body FROM main.attachment WHERE sha256 = :sha256", {"sha256": sha256})
    return bytes(body) if body is not None else None


def drop_attachment(store: Store, sha256: str) -> None:
    """Forget a file that no object names any more."""
    with store.transaction(Part.JOURNAL):
        store.run("DELETE FROM main.attachment WHERE sha256 = :sha256", {"sha256": sha256})


def drop_unnamed(store: Store, sha256: str) -> bool:
    """Forget a file if no object names it any more; whether it was forgotten."""
    with store.transaction(Part.JOURNAL):
        named = store.row(
            "SELECT 1 FROM main.private WHERE instr(body, :sha256) > 0 LIMIT 1", {"sha256": sha256.encode()}
        )
        if named is None:
            store.run("DELETE FROM main.attachment WHERE sha256 = :sha256", {"sha256": sha256})
    return named is None


def _count_up(store: Store) -> None:
    store.run("UPDATE main.private_version SET number = number + 1")
