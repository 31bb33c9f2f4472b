"""Whose profile this is and where its exchange stands: account and epoch (precious), cursor (droppable)."""

from __future__ import annotations

from datetime import datetime

from artist_console.formats.wire import Account, decode, encode

from .opening import Part, Store
from .problems import AnotherAccount

_PRECIOUS = frozenset({"account", "epoch", "backend"})


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


def epoch(store: Store) -> str | None:
    """The epoch of the backend that the current stream is sent to."""
    return _get(store, "epoch")


def cursor(store: Store) -> str | None:
    """Where the feed goes on; None: a snapshot is needed."""
    return _get(store, "cursor")


def snapshot_next(store: Store) -> str | None:
    """Where a snapshot that was interrupted goes on."""
    return _get(store, "snapshot_next")


def mirror_epoch(store: Store) -> str | None:
    """The epoch that the rows of the mirror are of."""
    return _get(store, "mirror_epoch")


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
