"""Files on their way in: whose they are, what they are to become, and until when they are kept for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId

from .stamps import moment, stamp
from .tables import jobs, uploads

LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class UploadEntry:
    id: str
    account: AccountId
    file_name: str
    size: int
    sha256: str  # as the sender says; empty where it does not
    begun_at: datetime


def add(connection: Connection, entry: UploadEntry) -> None:
    connection.execute(
        uploads.insert().values(
            id=entry.id,
            account=entry.account,
            file_name=entry.file_name,
            size=entry.size,
            sha256=entry.sha256,
            begun_at=stamp(entry.begun_at),
        )
    )


def find(connection: Connection, id: str, account: AccountId | None = None) -> UploadEntry | None:
    """None for unknown ones and those of others alike. Without an account: whoever's it is."""
    query = sa.select(uploads).where(uploads.c.id == id)
    if account is not None:
        query = query.where(uploads.c.account == account)
    row = connection.execute(query).one_or_none()
    return None if row is None else _entry(row)


_TAKEN = sa.exists().where(jobs.c.upload == uploads.c.id)


def open_of(connection: Connection, account: AccountId) -> tuple[UploadEntry, ...]:
    """Those of an account that no job has taken."""
    query = sa.select(uploads).where(uploads.c.account == account, ~_TAKEN).order_by(uploads.c.id)
    return tuple(_entry(row) for row in connection.execute(query))


def all_of(connection: Connection) -> tuple[UploadEntry, ...]:
    query = sa.select(uploads).order_by(uploads.c.id)
    return tuple(_entry(row) for row in connection.execute(query))


def measure(connection: Connection, id: str, size: int, sha256: str) -> None:
    connection.execute(uploads.update().where(uploads.c.id == id).values(size=size, sha256=sha256))


def drop(connection: Connection, id: str) -> None:
    connection.execute(uploads.delete().where(uploads.c.id == id))


def over(connection: Connection, now: datetime) -> tuple[str, ...]:
    """Those that nobody went on with in time, and that no job has taken."""
    query = sa.select(uploads.c.id).where(uploads.c.begun_at <= stamp(now - LIFE), ~_TAKEN)
    return tuple(connection.execute(query.order_by(uploads.c.id)).scalars())


def _entry(row: sa.Row[tuple[object, ...]]) -> UploadEntry:
    return UploadEntry(
        row.id, AccountId(row.account), row.file_name, row.size, row.sha256, moment(row.begun_at)
    )
