"""Accounts that speak for an organisation, and the keys that the host knows to be an organisation's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId, PartyId
from artist_console.formats.signatures import PublicKey, base64url, read_base64url

from .stamps import moment, stamp
from .tables import organisation_accounts, organisation_keys


@dataclass(frozen=True, slots=True)
class OrganisationKey:
    party: PartyId
    key: PublicKey
    added_at: datetime
    until: datetime | None  # what it signs from then on is not the organisation's


def bind(connection: Connection, account: AccountId, party: PartyId) -> None:
    """From now on the account speaks for this organisation, and for no other."""
    connection.execute(organisation_accounts.delete().where(organisation_accounts.c.account == account))
    connection.execute(organisation_accounts.insert().values(account=account, party=party))


def spoken_for(connection: Connection, account: str) -> PartyId | None:
    """The organisation that an account speaks for."""
    query = sa.select(organisation_accounts.c.party).where(organisation_accounts.c.account == account)
    found: str | None = connection.execute(query).scalar()
    return None if found is None else PartyId(found)


def add_key(connection: Connection, party: PartyId, key: PublicKey, now: datetime) -> None:
    """A key that is good from now on. One that was ended counts again."""
    same = (organisation_keys.c.party == party) & (organisation_keys.c.kid == key.kid)
    connection.execute(organisation_keys.delete().where(same))
    connection.execute(
        organisation_keys.insert().values(
            party=party, kid=key.kid, x=base64url(key.raw), added_at=stamp(now), until=None
        )
    )


def end_key(connection: Connection, party: PartyId, kid: str, now: datetime) -> bool:
    """Whether there was such a key that was still good."""
    same = (organisation_keys.c.party == party) & (organisation_keys.c.kid == kid)
    ended = connection.execute(
        organisation_keys.update().where(same, organisation_keys.c.until.is_(None)).values(until=stamp(now))
    )
    return bool(ended.rowcount)


def keys_of(connection: Connection, party: PartyId) -> tuple[OrganisationKey, ...]:
    """All that were ever known, by thumbprint."""
    query = sa.select(organisation_keys).where(organisation_keys.c.party == party)
    return tuple(_key(row) for row in connection.execute(query.order_by(organisation_keys.c.kid)))


def good_keys(connection: Connection, kid: str) -> tuple[OrganisationKey, ...]:
    """Whose key a thumbprint names now; several organisations may share one."""
    query = sa.select(organisation_keys).where(
        organisation_keys.c.kid == kid, organisation_keys.c.until.is_(None)
    )
    return tuple(_key(row) for row in connection.execute(query.order_by(organisation_keys.c.party)))


def _key(row: sa.Row[tuple[object, ...]]) -> OrganisationKey:
    return OrganisationKey(
        PartyId(row.party),
        PublicKey(read_base64url(row.x)),
        moment(row.added_at),
        None if row.until is None else moment(row.until),
    )
