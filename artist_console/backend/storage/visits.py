"""Visits of browsers between the first page of a sign-in and its end, and tries that failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId
from artist_console.formats.encoding import decode, encode

from .hashes import sha256_of
from .sign_in_tables import tries, visits
from .stamps import moment, stamp

VISIT_LIFE = timedelta(minutes=10)
MOST_VISITS = 60  # of one address at a time
_FORGOTTEN_AFTER = timedelta(hours=1)


class Purpose(Enum):
    """What a browser came for."""

    AUTHORIZE = "authorize"
    DEVICE = "device"
    ACCOUNT = "account"


class Stage(Enum):
    """Which page comes next."""

    USER_CODE = "user-code"
    SIGN_IN = "sign-in"
    SECOND_STEP = "second-step"
    INVITATION = "invitation"
    CONSENT = "consent"
    ACCOUNT = "account"


class Asked(msgspec.Struct, frozen=True):
    """What the visit began with and has gathered."""

    redirect_uri: str = ""
    state: str = ""
    challenge: str = ""
    device_name: str = ""
    device_code: str = ""  # its hash
    user_code: str = ""  # as it was typed, to be compared
    issuer: str = ""  # an identity outside that no account has yet
    subject: str = ""
    new_second_step: str = ""  # sealed, until its first code confirms it


@dataclass(frozen=True, slots=True)
class Visit:
    id: str
    browser_sha256: str
    purpose: Purpose
    stage: Stage
    asked: Asked
    account: AccountId | None
    expires_at: datetime

    def at(self, stage: Stage, **more: AccountId | Asked | None) -> Visit:
        return replace(self, stage=stage, **more)  # type: ignore[arg-type]


def begin(connection: Connection, visit: Visit, address: str, now: datetime) -> bool:
    """Keep a new visit; False: the address has too many already."""
    connection.execute(visits.delete().where(visits.c.expires_at <= stamp(now)))
    address_sha256 = sha256_of(address)
    query = sa.select(sa.func.count()).where(visits.c.address_sha256 == address_sha256)
    if (connection.execute(query).scalar() or 0) >= MOST_VISITS:
        return False
    connection.execute(
        visits.insert().values(
            id=visit.id,
            browser_sha256=visit.browser_sha256,
            purpose=visit.purpose.value,
            address_sha256=address_sha256,
            expires_at=stamp(visit.expires_at),
            **_changing(visit),
        )
    )
    return True


def _changing(visit: Visit) -> dict[str, str | bytes | None]:
    return {"stage": visit.stage.value, "asked": encode(visit.asked), "account": visit.account}


def find(connection: Connection, id: str, now: datetime) -> Visit | None:
    """None: there is none, or its time is over."""
    query = sa.select(visits).where(visits.c.id == id, visits.c.expires_at > stamp(now))
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    return Visit(
        found.id,
        found.browser_sha256,
        Purpose(found.purpose),
        Stage(found.stage),
        decode(Asked, found.asked),
        AccountId(found.account) if found.account is not None else None,
        moment(found.expires_at),
    )


def keep(connection: Connection, visit: Visit) -> None:
    connection.execute(visits.update().where(visits.c.id == visit.id).values(**_changing(visit)))


def end(connection: Connection, visit: Visit) -> None:
    connection.execute(visits.delete().where(visits.c.id == visit.id))


@dataclass(frozen=True, slots=True)
class Tried:
    """Tries about one thing that failed since the last success."""

    failed: int = 0
    last_at: datetime | None = None
    wait_until: datetime | None = None


def tried(connection: Connection, key: str) -> Tried:
    found = connection.execute(sa.select(tries).where(tries.c.key_sha256 == sha256_of(key))).one_or_none()
    if found is None:
        return Tried()
    return Tried(int(found.failed), moment(found.last_at), moment(found.wait_until))


def keep_tried(connection: Connection, key: str, now: Tried, at: datetime) -> None:
    forget(connection, key)
    connection.execute(tries.delete().where(tries.c.last_at <= stamp(at - _FORGOTTEN_AFTER)))
    connection.execute(
        tries.insert().values(
            key_sha256=sha256_of(key),
            failed=now.failed,
            last_at=stamp(now.last_at or at),
            wait_until=stamp(now.wait_until or at),
        )
    )


def forget(connection: Connection, key: str) -> None:
    connection.execute(tries.delete().where(tries.c.key_sha256 == sha256_of(key)))
