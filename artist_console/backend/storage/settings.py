"""The few values that a database keeps about itself: its epoch, its key for cursors, its owner."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from . import devices
from .tables import meta

_CURSOR_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Identity:
    epoch: str  # a new one after every restore
    cursor_key: bytes

    def __repr__(self) -> str:
        return f"Identity(epoch={self.epoch!r})"


def identity(connection: Connection) -> Identity:
    """Who this database is; made at its first opening. Inside a writing transaction."""
    epoch = value(connection, "epoch")
    key = value(connection, "cursor_key")
    if epoch is None or key is None:
        epoch, key = str(uuid.uuid4()), secrets.token_hex(_CURSOR_KEY_BYTES)
        keep(connection, "epoch", epoch)
        keep(connection, "cursor_key", key)
    return Identity(epoch, bytes.fromhex(key))


def need_client(connection: Connection, version: str) -> None:
    """From now on the service takes nothing from an application older than this version; empty: from any."""
    keep(connection, "minimum_client", version)


def minimum_client(connection: Connection) -> str:
    """The oldest application that anything is taken from; empty where any will do."""
    return value(connection, "minimum_client") or ""


def begin_epoch(connection: Connection) -> str:
    """A new epoch, after the database was restored or imported over: cursors and sign-ins become invalid."""
    epoch = str(uuid.uuid4())
    keep(connection, "epoch", epoch)
    keep(connection, "cursor_key", secrets.token_hex(_CURSOR_KEY_BYTES))
    devices.forget_all(connection)
    return epoch


def value(connection: Connection, name: str) -> str | None:
    found: str | None = connection.execute(sa.select(meta.c.value).where(meta.c.name == name)).scalar()
    return found


def keep(connection: Connection, name: str, value: str) -> None:
    connection.execute(meta.delete().where(meta.c.name == name))
    connection.execute(meta.insert().values(name=name, value=value))
