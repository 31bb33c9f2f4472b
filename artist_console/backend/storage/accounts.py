"""Accounts, the artists they are or act for, and the one-time codes that let somebody in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.backend.reach import EVERYBODY, account_key, artist_key
from artist_console.domain.ids import AccountId, ArtistId, MandateId
from artist_console.domain.mandates import Mandate, Power
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import decode_row

from .hashes import sha256_of
from .tables import accounts, codes, mandates, own_artists


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an account is and acts for at one moment, and the keys that follow."""

    account: AccountId
    own: frozenset[ArtistId]
    mandates: tuple[Mandate, ...]  # in force
    keys: frozenset[str]

    def sees_works_of(self, artist: str) -> bool:
        return artist_key(artist) in self.keys


def add_account(connection: Connection, id: AccountId, name: str) -> None:
    connection.execute(accounts.insert().values(id=id, name=name))


def account_name(connection: Connection, id: str) -> str | None:
    """None: there is no such account."""
    found: str | None = connection.execute(sa.select(accounts.c.name).where(accounts.c.id == id)).scalar()
    return found


def own_artist(connection: Connection, account: AccountId, artist: ArtistId) -> None:
    """From now on the account is this artist. Idempotent."""
    if artist not in owned(connection, account):
        connection.execute(own_artists.insert().values(account=account, artist=artist))


def owned(connection: Connection, account: str) -> frozenset[ArtistId]:
    query = sa.select(own_artists.c.artist).where(own_artists.c.account == account)
    return frozenset(ArtistId(id) for id in connection.execute(query).scalars())


def accounts_of(connection: Connection, artist: str) -> frozenset[AccountId]:
    """The accounts that are the artist."""
    query = sa.select(own_artists.c.account).where(own_artists.c.artist == artist)
    return frozenset(AccountId(id) for id in connection.execute(query).scalars())


def keep_mandate(connection: Connection, mandate: Mandate) -> None:
    """Write a mandate, or what it has become."""
    connection.execute(mandates.delete().where(mandates.c.id == mandate.id))
    connection.execute(
        mandates.insert().values(
            id=mandate.id, artist=mandate.artist, holder=mandate.holder, body=encode(mandate)
        )
    )


def mandate(connection: Connection, id: MandateId | str) -> Mandate | None:
    body = connection.execute(sa.select(mandates.c.body).where(mandates.c.id == id)).scalar()
    return None if body is None else decode_row(Kind.MANDATE, body)


def mandates_held(connection: Connection, holder: str, artist: str | None = None) -> tuple[Mandate, ...]:
    """In force or not, by id."""
    query = sa.select(mandates.c.body).where(mandates.c.holder == holder).order_by(mandates.c.id)
    if artist is not None:
        query = query.where(mandates.c.artist == artist)
    return tuple(decode_row(Kind.MANDATE, body) for body in connection.execute(query).scalars())


def scope_of(connection: Connection, account: AccountId, now: datetime) -> Scope:
    own = owned(connection, account)
    held = tuple(m for m in mandates_held(connection, account) if m.is_in_force(now))
    keys = {EVERYBODY, account_key(account)}
    keys |= {artist_key(artist, power) for artist in own for power in (None, *Power)}
    keys |= {artist_key(m.artist, power) for m in held for power in m.powers}
    return Scope(account, own, held, frozenset(keys))


# -- signing in


def add_code(connection: Connection, code: str, account: AccountId, expires_at: datetime) -> None:
    connection.execute(
        codes.insert().values(code_sha256=sha256_of(code), account=account, expires_at=expires_at.isoformat())
    )


def holder_of_code(connection: Connection, code: str, now: datetime) -> AccountId | None:
    """The account that a code lets in; None: unknown, used or expired, and nothing says which."""
    query = sa.select(codes.c.account, codes.c.expires_at, codes.c.used_at).where(
        codes.c.code_sha256 == sha256_of(code)
    )
    found = connection.execute(query).one_or_none()
    if found is None or found.used_at is not None or datetime.fromisoformat(found.expires_at) <= now:
        return None
    return AccountId(found.account)


def use_code(connection: Connection, code: str, now: datetime) -> AccountId | None:
    """The same, once."""
    account = holder_of_code(connection, code, now)
    if account is not None:
        connection.execute(
            codes.update().where(codes.c.code_sha256 == sha256_of(code)).values(used_at=now.isoformat())
        )
    return account
