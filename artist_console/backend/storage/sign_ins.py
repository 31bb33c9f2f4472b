"""Codes on their way to becoming a device: authorization codes, and those of devices without a browser.

Both are used once. Every function runs inside a writing transaction of the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId

from . import devices
from .hashes import sha256_of
from .sign_in_tables import authorization_codes, device_codes
from .stamps import moment, stamp

CODE_LIFE = timedelta(seconds=60)
DEVICE_CODE_LIFE = timedelta(minutes=10)
POLL_EVERY_S = 5
_SLOWER_BY_S = 5  # RFC 8628, 3.5
_KEPT_AFTER = timedelta(days=1)  # so that a second use is still known as one


@dataclass(frozen=True, slots=True)
class AuthorizationCode:
    """What an authorization code stands for; the names are those that Authlib asks for."""

    account: AccountId
    redirect_uri: str
    code_challenge: str
    device_name: str
    code_challenge_method: str = "S256"

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return ""


def add_authorization_code(
    connection: Connection, code: str, stands_for: AuthorizationCode, now: datetime
) -> None:
    connection.execute(
        authorization_codes.delete().where(authorization_codes.c.expires_at <= stamp(now - _KEPT_AFTER))
    )
    connection.execute(
        authorization_codes.insert().values(
            sha256=sha256_of(code),
            account=stands_for.account,
            redirect_uri=stands_for.redirect_uri,
            challenge=stands_for.code_challenge,
            device_name=stands_for.device_name,
            expires_at=stamp(now + CODE_LIFE),
        )
    )


def authorization_code(connection: Connection, code: str, now: datetime) -> AuthorizationCode | None:
    """None: unknown, over, or used. A second use revokes what the first gave: one of the two is a thief's."""
    query = sa.select(authorization_codes).where(authorization_codes.c.sha256 == sha256_of(code))
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    if found.used_at is not None:
        if found.device is not None:
            devices.revoke(connection, found.device, now)
        return None
    if moment(found.expires_at) <= now:
        return None
    return AuthorizationCode(AccountId(found.account), found.redirect_uri, found.challenge, found.device_name)


def use_authorization_code(connection: Connection, code: str, now: datetime, device: str | None) -> None:
    """It is used: for this device, or for nothing, where what came with it was wrong."""
    connection.execute(
        authorization_codes.update()
        .where(authorization_codes.c.sha256 == sha256_of(code), authorization_codes.c.used_at.is_(None))
        .values(used_at=stamp(now), device=device)
    )


class Waiting(Enum):
    """How far a device is that waits for somebody with a browser."""

    WAITING = "waiting"
    ALLOWED = "allowed"
    DENIED = "denied"
    USED = "used"


@dataclass(frozen=True, slots=True)
class DeviceCode:
    sha256: str
    device_name: str
    state: Waiting
    account: AccountId | None
    interval_s: int
    asked_at: datetime | None
    expires_at: datetime


def add_device_code(
    connection: Connection, code: str, user_code: str, device_name: str, now: datetime
) -> None:
    connection.execute(device_codes.delete().where(device_codes.c.expires_at <= stamp(now - _KEPT_AFTER)))
    connection.execute(
        device_codes.insert().values(
            sha256=sha256_of(code),
            user_code_sha256=sha256_of(user_code),
            device_name=device_name,
            state=Waiting.WAITING.value,
            interval_s=POLL_EVERY_S,
            expires_at=stamp(now + DEVICE_CODE_LIFE),
        )
    )


def device_code(connection: Connection, code: str) -> DeviceCode | None:
    query = sa.select(device_codes).where(device_codes.c.sha256 == sha256_of(code))
    found = connection.execute(query).one_or_none()
    return None if found is None else _device_code(found)


def waiting_device(connection: Connection, user_code: str, now: datetime) -> DeviceCode | None:
    """The device that waits for this user code; None: none does."""
    query = sa.select(device_codes).where(
        device_codes.c.user_code_sha256 == sha256_of(user_code),
        device_codes.c.state == Waiting.WAITING.value,
        device_codes.c.expires_at > stamp(now),
    )
    found = connection.execute(query).one_or_none()
    return None if found is None else _device_code(found)


def _device_code(found: Any) -> DeviceCode:
    return DeviceCode(
        found.sha256,
        found.device_name,
        Waiting(found.state),
        AccountId(found.account) if found.account is not None else None,
        int(found.interval_s),
        moment(found.asked_at) if found.asked_at is not None else None,
        moment(found.expires_at),
    )


def asked_too_soon(connection: Connection, waiting: DeviceCode, now: datetime) -> bool:
    """Note that the device asked. Too soon: it has to wait longer from now on, each time."""
    soon = waiting.asked_at is not None and now < waiting.asked_at + timedelta(seconds=waiting.interval_s)
    connection.execute(
        device_codes.update()
        .where(device_codes.c.sha256 == waiting.sha256)
        .values(asked_at=stamp(now), interval_s=waiting.interval_s + (_SLOWER_BY_S if soon else 0))
    )
    return soon


def answer_device(
    connection: Connection, sha256: str, account: AccountId, now: datetime, *, allowed: bool
) -> bool:
    """Somebody says yes or no to a device that waits; False: it waits no longer."""
    changed = connection.execute(
        device_codes.update()
        .where(
            device_codes.c.sha256 == sha256,
            device_codes.c.state == Waiting.WAITING.value,
            device_codes.c.expires_at > stamp(now),
        )
        .values(state=(Waiting.ALLOWED if allowed else Waiting.DENIED).value, account=account)
    )
    return changed.rowcount == 1


def use_device_code(connection: Connection, sha256: str) -> None:
    connection.execute(
        device_codes.update().where(device_codes.c.sha256 == sha256).values(state=Waiting.USED.value)
    )
