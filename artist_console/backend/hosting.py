"""What a host does with the accounts of a service, beside the service or while it does not run.

It works on the database alone: a service that runs sees each change with its next request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId, ArtistId, PartyId
from artist_console.domain.parties import OrganisationRole, Party, PartyKind
from artist_console.domain.problems import InputProblem, SetupProblem, UnknownThing
from artist_console.formats.hosted_accounts import HostedAccount, Invitation
from artist_console.formats.kinds import Kind
from artist_console.formats.signatures import NotAKey, PublicKey
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import ensure_key, open_secrets
from artist_console.host.subkeys import subkey

from .authentication import INVITATION_LIFE, new_code
from .embedded import system_clock
from .service import Clock, NewId, random_id
from .storage import accounts, credentials, devices, organisations, rows
from .storage.credentials import AccountEntry, folded
from .storage.database import Database, open_database
from .storage.dsn import Dsn, dsn_given


class NoService(SetupProblem):
    title_template = "There is no service in {name}"
    advice_template = "Name its folder with --data, or make one: backend serve"


class AccountExists(InputProblem):
    title_template = "There is an account called {name} already"
    advice_template = "Choose another name; to let the same person in again: backend accounts invite"


class NameNeeded(InputProblem):
    title_template = "An account needs a name of at most {most} characters"
    advice_template = "Give a name that its person knows"


class UnknownAccount(UnknownThing):
    title_template = "No account is called {name}"
    advice_template = "See: backend accounts list"


class SeveralAccounts(UnknownThing):
    title_template = "Several accounts are called {name}"
    advice_template = "Give the id of one of them: backend accounts list"


class NoOrganisation(UnknownThing):
    title_template = "No organisation is called {name}"
    advice_template = "Look at the name again; to make it known here, say its role with --role"


class NotAPublicKey(InputProblem):
    title_template = "That is no public key of an organisation: {reason}"
    advice_template = "Ask it for its Ed25519 key as a JWK file (kty OKP, crv Ed25519, x)"


class NoSuchKey(UnknownThing):
    title_template = "{name} has no key {kid} that is still good"
    advice_template = "Look at the thumbprint again"


class SeveralArtists(UnknownThing):
    title_template = "Several artists are called {name}"
    advice_template = "Give the id of one of them: {ids}"


_LONGEST_NAME = 200


@contextmanager
def open_accounts(folder: ProfileFolder, address: str | None) -> Iterator[AccountDesk]:
    """The accounts of the service in a folder, or in the database at an address (or in the environment's).

    Raises NoService, StorageProblem, SetupProblem, InputProblem.
    """
    dsn = dsn_given(address)
    database = _in_folder(folder) if dsn is None else _at(dsn)
    try:
        yield AccountDesk(database)
    finally:
        database.close()


def _in_folder(folder: ProfileFolder) -> Database:
    if not folder.backend.exists():
        raise NoService(name=str(folder.root))
    data_key = ensure_key(open_secrets(folder), "data", new_profile=False)
    return open_database(folder.backend, subkey(data_key, "backend"))


def _at(dsn: Dsn) -> Database:
    # Late: the driver is an extra, which a service over a folder does without.
    from .storage.postgresql import open_hosted

    return open_hosted(dsn)


@dataclass(frozen=True)
class AccountDesk:
    database: Database
    clock: Clock = system_clock
    new_id: NewId = random_id

    def listed(self) -> tuple[HostedAccount, ...]:
        """By name."""
        with self.database.reading() as connection:
            return tuple(self._seen(connection, entry) for entry in credentials.all_accounts(connection))

    def add(
        self,
        name: str,
        artists: Sequence[str],
        organisation: str | None = None,
        role: OrganisationRole | None = None,
    ) -> Invitation:
        """An account that is these artists, by name or id (a new name becomes one), and its invitation.

        With `organisation`, one that speaks for it; a new name becomes one, with `role`.
        """
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME:
            raise NameNeeded(most=_LONGEST_NAME)
        with self.database.writing() as connection:
            if any(folded(entry.name) == folded(name) for entry in credentials.all_accounts(connection)):
                raise AccountExists(name=name)
            account = AccountId(self.new_id())
            accounts.add_account(connection, account, name)
            for artist in artists:
                accounts.own_artist(connection, account, self._artist(connection, artist))
            if organisation is not None:
                party = self._organisation(connection, organisation, role or OrganisationRole.OPERATOR)
                organisations.bind(connection, account, party.id)
            return self._invited(connection, account)

    def add_key(
        self, organisation: str, jwk: Mapping[str, Any], role: OrganisationRole | None = None
    ) -> tuple[str, PublicKey]:
        """A public key is this organisation's from now on; a new name becomes one with a role.

        Raises NoOrganisation, NotAPublicKey.
        """
        try:
            key = PublicKey.from_jwk(jwk)
        except NotAKey as error:
            raise NotAPublicKey(reason=str(error)) from error
        with self.database.writing() as connection:
            party = self._organisation(connection, organisation, role)
            organisations.add_key(connection, party.id, key, self.clock())
        return party.name, key

    def end_key(self, organisation: str, kid: str) -> str:
        """What this key signs is the organisation's no more. Raises NoOrganisation, NoSuchKey."""
        with self.database.writing() as connection:
            party = self._organisation(connection, organisation, None)
            if not organisations.end_key(connection, party.id, kid, self.clock()):
                raise NoSuchKey(name=party.name, kid=kid)
        return party.name

    def invite(self, name: str, *, without_second_step: bool) -> Invitation:
        """A new invitation; former ones are good no more. The second step stays unless it is taken off."""
        with self.database.writing() as connection:
            entry = self._named(connection, name)
            credentials.drop_open_codes(connection, entry.id, self.clock())
            if without_second_step:
                credentials.set_second_step(connection, entry.id, None, None)
            return self._invited(connection, entry.id)

    def revoke_devices(self, name: str) -> tuple[HostedAccount, int]:
        """Sign every device of the account out; how many that were."""
        with self.database.writing() as connection:
            entry = self._named(connection, name)
            count = devices.revoke_all(connection, entry.id, self.clock())
            return self._seen(connection, entry), count

    def _invited(self, connection: Connection, account: AccountId) -> Invitation:
        code, until = new_code(), self.clock() + INVITATION_LIFE
        accounts.add_code(connection, code, account, until)
        entry = next(each for each in credentials.all_accounts(connection) if each.id == account)
        return Invitation(self._seen(connection, entry), until, code)

    def _named(self, connection: Connection, name: str) -> AccountEntry:
        entries = credentials.all_accounts(connection)
        found = [entry for entry in entries if entry.id == name] or [
            entry for entry in entries if folded(entry.name) == folded(name)
        ]
        if len(found) > 1:
            raise SeveralAccounts(name=name)
        if not found:
            raise UnknownAccount(name=name)
        return found[0]

    def _artist(self, connection: Connection, name: str) -> ArtistId:
        known: list[Party] = [party for party in rows.all_of(connection, Kind.PARTY) if party.is_artist]
        found = [party for party in known if party.id == name] or [
            party for party in known if folded(party.name) == folded(name)
        ]
        if len(found) > 1:
            raise SeveralArtists(name=name, ids=", ".join(party.id for party in found))
        if found:
            return found[0].id
        party = Party(PartyId(self.new_id()), " ".join(name.split()), PartyKind.PERSON, is_artist=True)
        rows.put(connection, [(Kind.PARTY, party)])
        return party.id

    def _organisation(self, connection: Connection, name: str, role: OrganisationRole | None) -> Party:
        """By id or name; a new name becomes one where there is a role for it."""
        kind = PartyKind.ORGANISATION
        known = [p for p in rows.each_of(connection, Kind.PARTY) if p.kind is kind and not p.self_declared]
        found: list[Party] = [p for p in known if p.id == name] or [
            p for p in known if folded(name) in {folded(n) for n in (p.name, *p.aliases)}
        ]
        if len(found) > 1:
            raise SeveralArtists(
                "Several organisations are called {name}", name=name, ids=", ".join(p.id for p in found)
            )
        if not found and role is None:
            raise NoOrganisation(name=name)
        made = Party(PartyId(self.new_id()), " ".join(name.split()), kind, roles=(role,) if role else ())
        party = found[0] if found else made
        if role is not None and role not in party.roles:
            party = replace(party, roles=(*party.roles, role))
        rows.put(connection, [(Kind.PARTY, party)])
        return party

    def _seen(self, connection: Connection, entry: AccountEntry) -> HostedAccount:
        own = accounts.owned(connection, entry.id)
        names = rows.some_of(connection, Kind.PARTY, own)
        return HostedAccount(
            entry.id,
            entry.name,
            tuple(sorted(names[artist].name for artist in own if artist in names)),
            entry.has_password,
            entry.has_second_step,
            entry.outside,
            len(devices.listed(connection, entry.id, self.clock())),
            self._spoken_for(connection, entry.id),
        )

    def _spoken_for(self, connection: Connection, account: AccountId) -> str:
        party = organisations.spoken_for(connection, account)
        known = rows.some_of(connection, Kind.PARTY, [] if party is None else [party])
        return "".join(row.name for row in known.values())
