"""Whose profile this is and where its exchange stands: account and epoch (precious), cursor (droppable)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from artist_console.formats.accounts import Account
from artist_console.formats.encoding import decode, encode

from .opening import Part, Store
from .problems import AnotherAccount

_PRECIOUS = frozenset({"account", "epoch", "backend", "restored"})


def _get(store: Store, name: str) -> str | None:
    table = "main.profile" if name in _PRECIOUS else "mirror.meta"
    value: str | None = store.value(f"SELECT value FROM {table} WHERE name = :name", {"name": name})
    return value


def put(store: Store, name: str, value: str | None) -> None:
    """Set or (None) remove one value, inside a transaction of the caller."""
    table = "main.profile" if name in _PRECIOUS else "mirror.meta"
    if value is None:
        store.run(f"DELETE FROM {table} WHERE name = :name", {"name": name})
    else:
        store.run(
            f"INSERT INTO {table} (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            {"name": name, "value": value},
        )


def account(store: Store) -> Account | None:
    """The account this profile was bound to, as last heard."""
    body = _get(store, "account")
    return decode(Account, body.encode()) if body is not None else None


def bind(store: Store, found: Account) -> bool:
    """Bind the profile to an account; gives whether anything about it is new.

    Raises AnotherAccount when the profile belongs to another: its queue is never sent by this one.
    """
    bound = account(store)
    if bound is not None and bound.id != found.id:
        raise AnotherAccount()
    if bound == found:
        return False
    with store.transaction(Part.JOURNAL):
        put(store, "account", encode(found).decode())
    return True


def backend(store: Store) -> str | None:
    """The address of the hosted service that this profile signed in to."""
    return _get(store, "backend")


def epoch(store: Store) -> str | None:
    """The epoch of the backend that the current stream is sent to."""
    return _get(store, "epoch")


def cursor(store: Store) -> str | None:
    """Where the feed goes on; None: a snapshot is needed."""
    return _get(store, "cursor")


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """How far the feed was read, and of which epoch."""

    cursor: str | None
    epoch: str | None


def feed_place(store: Store) -> FeedPlace:
    return FeedPlace(cursor(store), epoch(store))


def snapshot_next(store: Store) -> str | None:
    """Where a snapshot that was interrupted goes on."""
    return _get(store, "snapshot_next")


def mirror_epoch(store: Store) -> str | None:
    """The epoch that the rows of the mirror are of."""
    return _get(store, "mirror_epoch")


@dataclass(frozen=True, slots=True)
class LastRound:
    """How the last sync rounds went. `problem` is empty when the last one came through."""

    last_sync: datetime | None
    problem: str
    problem_kind: str  # name of the class of the problem
    failures: int  # in a row
    next_try: datetime | None


def last_round(store: Store) -> LastRound:
    """How the last sync rounds went, for the status in the corner."""
    next_try = _get(store, "next_try")
    return LastRound(
        last_sync(store),
        _get(store, "problem") or "",
        _get(store, "problem_kind") or "",
        int(_get(store, "failures") or 0),
        datetime.fromisoformat(next_try) if next_try else None,
    )


def note_success(store: Store, at: datetime) -> None:
    """A round came through."""
    with store.transaction(Part.MIRROR):
        put(store, "last_sync", at.isoformat())
        for name in ("problem", "problem_kind", "failures", "next_try"):
            put(store, name, None)


def note_failure(store: Store, problem: str, kind: str, next_try: datetime | None) -> None:
    """A round did not come through; what waits is kept."""
    with store.transaction(Part.MIRROR):
        put(store, "problem", problem)
        put(store, "problem_kind", kind)
        put(store, "failures", str(int(_get(store, "failures") or 0) + 1))
        put(store, "next_try", next_try.isoformat() if next_try else None)


def text(store: Store, name: str) -> str | None:
    """One value as it was put."""
    return _get(store, name)


def agreed_at(store: Store) -> datetime | None:
    """When the registers here and those of the service were last found to be the same."""
    value = _get(store, "agreed_at")
    return datetime.fromisoformat(value) if value is not None else None


def clock_offset_s(store: Store) -> int:
    """How far the service's clock was ahead of this computer's in the last round, in seconds."""
    return int(_get(store, "clock_offset_s") or 0)


def last_sync(store: Store) -> datetime | None:
    """When a sync round last came through."""
    value = _get(store, "last_sync")
    return datetime.fromisoformat(value) if value is not None else None


def last_visit(store: Store) -> datetime | None:
    """When a person last looked at what has changed."""
    value = _get(store, "last_visit")
    return datetime.fromisoformat(value) if value is not None else None


def note_visit(store: Store, at: datetime) -> None:
    with store.transaction(Part.MIRROR):
        put(store, "last_visit", at.isoformat())
