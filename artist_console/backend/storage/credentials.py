"""How people sign in: name and password here, a second step, or who they are at an issuer outside."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId

from .sign_in_tables import credentials, external_identities
from .tables import accounts, codes


@dataclass(frozen=True, slots=True)
class Credentials:
    account: AccountId
    sign_in_name: str
    password: str  # as argon2id
    second_step: bytes | None  # sealed
    step_used: int | None

    def __repr__(self) -> str:
        return f"Credentials(account={self.account!r})"


def folded(name: str) -> str:
    """A name as it is compared: capitals, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def by_name(connection: Connection, name: str) -> Credentials | None:
    return _one(connection, credentials.c.sign_in_name == folded(name))


def of_account(connection: Connection, account: str) -> Credentials | None:
    """None: nobody has set a password for the account."""
    return _one(connection, credentials.c.account == account)


def _one(connection: Connection, which: sa.ColumnElement[bool]) -> Credentials | None:
    found = connection.execute(sa.select(credentials).where(which)).one_or_none()
    if found is None:
        return None
    return Credentials(
        AccountId(found.account), found.sign_in_name, found.password, found.second_step, found.step_used
    )


def set_password(connection: Connection, account: str, name: str, password: str) -> bool:
    """The name to sign in with, and the password as argon2id. False: the name is somebody else's."""
    holder = by_name(connection, name)
    if holder is not None and holder.account != account:
        return False
    if of_account(connection, account) is None:
        connection.execute(
            credentials.insert().values(account=account, sign_in_name=folded(name), password=password)
        )
    else:
        connection.execute(
            credentials.update()
            .where(credentials.c.account == account)
            .values(sign_in_name=folded(name), password=password)
        )
    return True


def renew_hash(connection: Connection, account: str, former: str, password: str) -> None:
    """The same password, hashed by today's measure."""
    connection.execute(
        credentials.update()
        .where(credentials.c.account == account, credentials.c.password == former)
        .values(password=password)
    )


def set_second_step(
    connection: Connection, account: str, sealed: bytes | None, step_used: int | None
) -> None:
    connection.execute(
        credentials.update()
        .where(credentials.c.account == account)
        .values(second_step=sealed, step_used=step_used)
    )


def use_step(connection: Connection, account: str, step: int) -> bool:
    """The code of a time step is good once, and none before it; False: it was used."""
    changed = connection.execute(
        credentials.update()
        .where(
            credentials.c.account == account,
            sa.or_(credentials.c.step_used.is_(None), credentials.c.step_used < step),
        )
        .values(step_used=step)
    )
    return changed.rowcount == 1


def identified(connection: Connection, issuer: str, subject: str) -> AccountId | None:
    """The account of somebody at an issuer outside."""
    found = connection.execute(
        sa.select(external_identities.c.account).where(
            external_identities.c.issuer == issuer, external_identities.c.subject == subject
        )
    ).scalar()
    return None if found is None else AccountId(found)


def identify(connection: Connection, issuer: str, subject: str, account: AccountId) -> None:
    """From now on somebody at an issuer outside is this account."""
    connection.execute(external_identities.insert().values(issuer=issuer, subject=subject, account=account))


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account as its host sees it."""

    id: AccountId
    name: str
    has_password: bool
    has_second_step: bool
    outside: int  # issuers by which it signs in


def all_accounts(connection: Connection) -> tuple[AccountEntry, ...]:
    """By name."""
    outside: dict[str, int] = {}
    for account in connection.execute(sa.select(external_identities.c.account)).scalars():
        outside[account] = outside.get(account, 0) + 1
    query = (
        sa.select(accounts.c.id, accounts.c.name, credentials.c.password, credentials.c.second_step)
        .outerjoin_from(accounts, credentials, credentials.c.account == accounts.c.id)
        .order_by(accounts.c.name, accounts.c.id)
    )
    return tuple(
        AccountEntry(
            AccountId(row.id),
            row.name,
            row.password is not None,
            row.second_step is not None,
            outside.get(row.id, 0),
        )
        for row in connection.execute(query)
    )


def drop_open_codes(connection: Connection, account: str, now: datetime) -> None:
    """A newer invitation takes the place of those that nobody used."""
    connection.execute(
        codes.update()
        .where(codes.c.account == account, codes.c.used_at.is_(None))
        .values(used_at=now.isoformat())
    )
