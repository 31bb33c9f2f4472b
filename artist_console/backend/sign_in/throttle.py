"""Wrong tries are slowed down, and nobody is locked out: the wait has a longest, and an hour forgets.

A try is booked before its answer is known, so that many at once count as many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from artist_console.backend.storage import visits
from artist_console.backend.storage.visits import Tried

_FORGOTTEN_AFTER = timedelta(hours=1)
_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` wrong tries each further one waits twice as long, from a second up to `longest`."""

    free: int
    longest: timedelta


PAIR = Limit(5, timedelta(minutes=15))  # one account from one address: somebody who guesses
ACCOUNT = Limit(20, timedelta(minutes=1))  # an account from everywhere: its own person has to come through
ADDRESS = Limit(30, timedelta(minutes=5))  # an address for all accounts: may be a whole house


@dataclass(frozen=True, slots=True)
class Counted:
    key: str
    limit: Limit
    forgotten: bool  # by a success; what counts for all accounts is only taken back by one


def about_account(what: str, account: str, address: str) -> tuple[Counted, ...]:
    """What a try for an account counts as; an account that does not exist counts like one that does."""
    return (
        Counted(f"{what}/pair/{account}/{address}", PAIR, forgotten=True),
        Counted(f"{what}/account/{account}", ACCOUNT, forgotten=True),
        Counted(f"{what}/address/{address}", ADDRESS, forgotten=False),
    )


def about_address(what: str, address: str) -> tuple[Counted, ...]:
    return (Counted(f"{what}/address/{address}", PAIR, forgotten=False),)


def after_failure(tried: Tried, limit: Limit, now: datetime) -> Tried:
    """What is known after one more wrong try."""
    failed = tried.failed + 1
    over = failed - limit.free
    wait = timedelta(0) if over <= 0 else min(timedelta(seconds=2 ** min(over, _DOUBLINGS)), limit.longest)
    return Tried(failed, now, now + wait)


def known(connection: Connection, key: str, now: datetime) -> Tried:
    tried = visits.tried(connection, key)
    forgotten = tried.last_at is not None and tried.last_at + _FORGOTTEN_AFTER <= now
    return Tried() if forgotten else tried


def book(connection: Connection, counted: tuple[Counted, ...], now: datetime) -> timedelta | None:
    """Count one try as wrong until it proves right. A wait instead: it may not be made yet."""
    found = [known(connection, each.key, now) for each in counted]
    waits = [tried.wait_until - now for tried in found if tried.wait_until and tried.wait_until > now]
    if waits:
        return max(waits)
    for each, tried in zip(counted, found, strict=True):
        visits.keep_tried(connection, each.key, after_failure(tried, each.limit, now), now)
    return None


def was_right(connection: Connection, counted: tuple[Counted, ...], now: datetime) -> None:
    """The try that was booked last was right."""
    for each in counted:
        tried = known(connection, each.key, now)
        if each.forgotten or tried.failed <= 1:
            visits.forget(connection, each.key)
        else:
            visits.keep_tried(connection, each.key, Tried(tried.failed - 1, tried.last_at, now), now)
