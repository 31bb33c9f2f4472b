"""Devices: each is one family of refresh tokens that takes turns (OAuth 2.1, 4.3.1), and its access tokens.

A refresh token is "<family>.<secret>". Good are the token that was used last and those issued for it, until
one of these is used: then that one is the last, and all others are over. So a reply may be lost, and the
same request may arrive twice. Any other token of the family is a replay: somebody else holds a copy, and
nobody can tell who; the device is signed out. That needs no memory of former tokens: who knows the family
once held one.

Every function here runs inside a writing transaction of the caller, which alone puts races in order.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId

from .hashes import sha256_of
from .sign_in_tables import access_tokens, devices, refresh_tokens
from .stamps import moment, stamp

ACCESS_LIFE = timedelta(minutes=10)
REFRESH_LIFE = timedelta(days=90)  # since it was last used
_SECRET_BYTES = 32
_FAMILY_BYTES = 16
_MOST_SUCCESSORS = 64  # that wait at once for one of them to be used


@dataclass(frozen=True, slots=True)
class Issued:
    """What a device is given. The tokens are nowhere else."""

    device: str
    account: AccountId
    access_token: str
    refresh_token: str

    def __repr__(self) -> str:
        return f"Issued(device={self.device!r})"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a token."""

    account: AccountId
    device: str
    revoked: bool


class Refresh(Enum):
    """What a refresh token is worth."""

    GOOD = "good"
    UNKNOWN = "unknown"
    OVER = "over"  # not used for too long
    REVOKED = "revoked"
    REPLAYED = "replayed"  # which revokes the family


@dataclass(frozen=True, slots=True)
class Judged:
    worth: Refresh
    device: str = ""
    account: AccountId | None = None
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    id: str
    name: str
    signed_in_at: datetime
    seen_at: datetime


def sign_in(connection: Connection, id: str, account: AccountId, name: str, now: datetime) -> Issued:
    """A new device, with its first tokens."""
    family = secrets.token_urlsafe(_FAMILY_BYTES)
    connection.execute(
        devices.insert().values(
            id=id,
            account=account,
            name=name,
            family_sha256=sha256_of(family),
            signed_in_at=stamp(now),
            seen_at=stamp(now),
            expires_at=stamp(now + REFRESH_LIFE),
        )
    )
    refresh_token = _add_refresh(connection, id, family, 1)
    return Issued(id, account, add_access(connection, id, now, ACCESS_LIFE), refresh_token)


def judge(connection: Connection, refresh_token: str, now: datetime) -> Judged:
    """What a refresh token is worth now. A replay revokes its device here and now."""
    family = _by_family(connection, refresh_token)
    if family is None:
        return Judged(Refresh.UNKNOWN)
    if family.revoked:
        return Judged(Refresh.REVOKED, family.device, family.account)
    generation = connection.execute(
        sa.select(refresh_tokens.c.generation).where(
            refresh_tokens.c.sha256 == sha256_of(refresh_token), refresh_tokens.c.device == family.device
        )
    ).scalar()
    if generation is None:
        if not _any_refresh(connection, family.device):  # forgotten with a restore, see `forget_all`
            return Judged(Refresh.OVER, family.device, family.account)
        revoke(connection, family.device, now)
        return Judged(Refresh.REPLAYED, family.device, family.account)
    if family.expires_at <= now:
        return Judged(Refresh.OVER, family.device, family.account)
    return Judged(Refresh.GOOD, family.device, family.account, generation)


def go_on(connection: Connection, refresh_token: str, judged: Judged, now: datetime) -> Issued:
    """The next tokens for a refresh token that was judged good in the same transaction."""
    if judged.worth is not Refresh.GOOD or judged.account is None:
        raise ValueError("only a good refresh token goes on")
    device, used = judged.device, judged.generation
    family, _, _ = refresh_token.partition(".")
    connection.execute(
        refresh_tokens.delete().where(
            refresh_tokens.c.device == device,
            sa.or_(
                refresh_tokens.c.generation < used,
                sa.and_(
                    refresh_tokens.c.generation == used,
                    refresh_tokens.c.sha256 != sha256_of(refresh_token),
                ),
            ),
        )
    )
    connection.execute(
        devices.update()
        .where(devices.c.id == device)
        .values(seen_at=stamp(now), expires_at=stamp(now + REFRESH_LIFE))
    )
    following = _add_refresh(connection, device, family, used + 1)
    _drop_oldest_successors(connection, device, used + 1)
    _drop_old_access(connection, device, now)
    return Issued(device, judged.account, add_access(connection, device, now, ACCESS_LIFE), following)


def add_access(connection: Connection, device: str, now: datetime, life: timedelta) -> str:
    token = secrets.token_urlsafe(_SECRET_BYTES)
    connection.execute(
        access_tokens.insert().values(sha256=sha256_of(token), device=device, expires_at=stamp(now + life))
    )
    return token


def holder_of(connection: Connection, access_token: str, now: datetime) -> Holder | None:
    """Whose token it is. None: unknown, or over. Of a device that was revoked it is told also later."""
    found = connection.execute(
        sa.select(devices.c.id, devices.c.account, devices.c.revoked_at, access_tokens.c.expires_at)
        .join_from(access_tokens, devices, access_tokens.c.device == devices.c.id)
        .where(access_tokens.c.sha256 == sha256_of(access_token))
    ).one_or_none()
    if found is None:
        return None
    revoked = found.revoked_at is not None
    if not revoked and moment(found.expires_at) <= now:
        return None
    return Holder(AccountId(found.account), found.id, revoked)


def device_of_any(connection: Connection, token: str) -> str | None:
    """The device that a token of either kind belongs to, good or not."""
    family = _by_family(connection, token)
    if family is not None:
        return family.device
    found: str | None = connection.execute(
        sa.select(access_tokens.c.device).where(access_tokens.c.sha256 == sha256_of(token))
    ).scalar()
    return found


def revoke(connection: Connection, id: str, now: datetime) -> None:
    """The device is signed out: nothing of its family is good any more. Idempotent."""
    connection.execute(
        devices.update()
        .where(devices.c.id == id, devices.c.revoked_at.is_(None))
        .values(revoked_at=stamp(now))
    )
    connection.execute(refresh_tokens.delete().where(refresh_tokens.c.device == id))


def forget_all(connection: Connection) -> None:
    """Every device signs in again, and none is accused: after a restore its tokens would look like replays.

    A copy does not know either which devices were revoked after it was made; none of them comes back with it.
    """
    connection.execute(access_tokens.delete())
    connection.execute(refresh_tokens.delete())


def _any_refresh(connection: Connection, device: str) -> bool:
    query = sa.select(refresh_tokens.c.device).where(refresh_tokens.c.device == device).limit(1)
    return connection.execute(query).scalar() is not None


def revoke_all(connection: Connection, account: str, now: datetime) -> int:
    """Sign every device of an account out; how many that were."""
    found = [device.id for device in listed(connection, account, now)]
    for id in found:
        revoke(connection, id, now)
    return len(found)


def listed(connection: Connection, account: str, now: datetime) -> tuple[Listed, ...]:
    """The devices that may act for the account, the newest first."""
    query = (
        sa.select(devices)
        .where(
            devices.c.account == account,
            devices.c.revoked_at.is_(None),
            devices.c.expires_at > stamp(now),
        )
        .order_by(devices.c.signed_in_at.desc(), devices.c.id)
    )
    return tuple(
        Listed(row.id, row.name, moment(row.signed_in_at), moment(row.seen_at))
        for row in connection.execute(query)
    )


def any_device(connection: Connection) -> bool:
    """Whether any device has ever signed in."""
    return connection.execute(sa.select(devices.c.id).limit(1)).scalar() is not None


@dataclass(frozen=True, slots=True)
class _Family:
    device: str
    account: AccountId
    expires_at: datetime
    revoked: bool


def _by_family(connection: Connection, refresh_token: str) -> _Family | None:
    family, point, _ = refresh_token.partition(".")
    if not point:
        return None
    query = sa.select(devices.c.id, devices.c.account, devices.c.expires_at, devices.c.revoked_at)
    found = connection.execute(query.where(devices.c.family_sha256 == sha256_of(family))).one_or_none()
    if found is None:
        return None
    return _Family(found.id, AccountId(found.account), moment(found.expires_at), found.revoked_at is not None)


def _add_refresh(connection: Connection, device: str, family: str, generation: int) -> str:
    token = f"{family}.{secrets.token_urlsafe(_SECRET_BYTES)}"
    highest = sa.select(sa.func.max(refresh_tokens.c.number)).where(refresh_tokens.c.device == device)
    number = (connection.execute(highest).scalar() or 0) + 1
    connection.execute(
        refresh_tokens.insert().values(
            sha256=sha256_of(token), device=device, generation=generation, number=number
        )
    )
    return token


def _drop_oldest_successors(connection: Connection, device: str, generation: int) -> None:
    """A client whose replies are all lost asks for ever: what waits stays bounded."""
    query = (
        sa.select(refresh_tokens.c.sha256)
        .where(refresh_tokens.c.device == device, refresh_tokens.c.generation == generation)
        .order_by(refresh_tokens.c.number.desc())
        .offset(_MOST_SUCCESSORS)
    )
    for sha256 in connection.execute(query).scalars().all():
        connection.execute(refresh_tokens.delete().where(refresh_tokens.c.sha256 == sha256))


def _drop_old_access(connection: Connection, device: str, now: datetime) -> None:
    connection.execute(
        access_tokens.delete().where(
            access_tokens.c.device == device, access_tokens.c.expires_at <= stamp(now)
        )
    )
