"""What the handlers share: database, ledgers, signer, clock, and who is waiting for changes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Event

from litestar.di import NamedDependency
from sqlalchemy.engine import Connection

from artist_console.domain.ids import AccountId
from artist_console.formats.receipts import SignerRole
from artist_console.formats.signatures import SigningKey
from artist_console.host.kept_files import KeptFiles
from artist_console.host.subkeys import subkey

from .facts_in_reach import Books
from .hub import Hub
from .imports.arriving import Arriving
from .imports.jobs import Jobs
from .pushing import Desk
from .signing import Signer
from .statement_files import StatementFiles
from .storage import accounts, devices, settings
from .storage.database import Database
from .storage.hashes import sha256_of
from .storage.ledgers import Ledgers
from .storage.settings import Identity
from .storage.troubles import EpochOver

Clock = Callable[[], datetime]
NewId = Callable[[], str]
_CHANGED = "changed:"  # announced with the process that changed something


def random_id() -> str:
    """128 random bits: nothing can be told from an id, nor guessed."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Service:
    database: Database
    identity: Identity
    signer: Signer
    ledgers: Ledgers
    clock: Clock
    new_id: NewId
    kept: KeptFiles | None  # imported files as they came, sealed
    arriving: Arriving  # files on their way in
    statement_files: StatementFiles  # the lines of statements
    sealing_key: bytes = field(repr=False)  # of what the database holds for signing in and has to read again
    fixed_tokens: dict[str, AccountId] = field(
        default_factory=dict, repr=False
    )  # by their hash, in memory only
    hub: Hub = field(default_factory=Hub)
    over: Event = field(default_factory=Event)  # set when this process has to start anew

    @cached_property
    def jobs(self) -> Jobs:
        """Imports; started with the service, see `make_service`."""
        return Jobs(self.database, self.changing, self.kept, self.arriving, self.new_id, self.statement_files)

    @cached_property
    def books(self) -> Books:
        """What accounts may read, for the permission rule."""
        return Books()

    @property
    def desk(self) -> Desk:
        return Desk(self.ledgers, self.identity.epoch)

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A writing transaction, after which waiting readers are told, those of other processes too."""
        with self.database.writing() as connection:
            if self.database.shared:
                self._check_epoch(connection)
            yield connection
            self.database.announce(connection, f"{_CHANGED}{self.database.process}")
        self.hub.changed()

    def _check_epoch(self, connection: Connection) -> None:
        """Others may have restored the database while this process had no connection to it."""
        if settings.value(connection, "epoch") != self.identity.epoch:
            self.over.set()
            raise EpochOver(name=self.database.name)

    def heard(self, message: str) -> None:
        """What another process on the same database announced; "" where something may have been missed."""
        if message != f"{_CHANGED}{self.database.process}":
            self.hub.changed()
            self.jobs.heard(message)

    def holder_of(self, token: str) -> devices.Holder | None:
        """Whose access token it is; None: nobody's, or no longer."""
        fixed = self.fixed_tokens.get(sha256_of(token))
        if fixed is not None:
            return devices.Holder(fixed, "", revoked=False)
        with self.database.reading() as connection:
            return devices.holder_of(connection, token, self.clock())

    def close(self) -> None:
        """Close what is open. May be called twice."""
        self.jobs.close()
        self.arriving.close()
        self.database.close()


# What a handler declares to be given the service.
TheService = NamedDependency[Service]


def make_service(
    database: Database,
    signing_key: bytes,
    *,
    host_name: str,
    role: SignerRole,
    clock: Clock,
    new_id: NewId = random_id,
    keep_files_in: Path | None = None,
) -> Service:
    """The service over an open database. `signing_key` is 32 raw bytes kept outside of it."""
    with database.writing() as connection:
        identity = settings.identity(connection)
    signer = Signer(SigningKey(signing_key), host_name, role, identity.epoch)
    ledgers = Ledgers(signer.sign)
    database.on_rollback(ledgers.forget)
    sealing = subkey(signing_key, "sign-in")
    of_files = subkey(signing_key, "imports")
    kept = KeptFiles(keep_files_in, of_files) if keep_files_in is not None else None
    if kept is not None:
        kept.seal_former()
    arriving = Arriving(None if keep_files_in is None else keep_files_in / "arriving", of_files)
    files = StatementFiles(signer, subkey(signing_key, "statement-files"))
    with database.writing() as connection:
        files.take_over_rows(connection)
    service = Service(database, identity, signer, ledgers, clock, new_id, kept, arriving, files, sealing)
    _ = service.jobs  # those that a former end interrupted are begun again now, or told as failed
    database.listen(service.heard)
    return service


def ensure_owner(service: Service, name: str) -> AccountId:
    """The account that owns this backend; made at the first start."""
    with service.database.writing() as connection:
        known = settings.value(connection, "owner")
        if known is not None:
            return AccountId(known)
        account = AccountId(service.new_id())
        accounts.add_account(connection, account, name)
        settings.keep(connection, "owner", account)
    return account
