"""Opens the service over a folder: its records in SQLite there, or in PostgreSQL, its keys always there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from time import monotonic, sleep

from artist_console.domain.problems import SetupProblem
from artist_console.formats.receipts import SignerRole
from artist_console.host.lock import ProfileInUse, hold_profile
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import ensure_key, open_secrets
from artist_console.host.subkeys import subkey

from .embedded import system_clock
from .service import Clock, Service, make_service
from .storage import settings
from .storage.database import Database, open_database
from .storage.dsn import Dsn

_PATIENCE_S = 10.0  # services that start at the same time take turns
_SIGNER = "signer"


class OtherKeys(SetupProblem):
    title_template = "The keys in {folder} are not those that sign in the database {name}"
    advice_template = (
        "Copy keys.json, or the keyring's entry, from the computer that serves it; with other keys"
        " nobody could check its receipts"
    )


@contextmanager
def opened(
    folder: ProfileFolder,
    dsn: Dsn | None,
    *,
    host_name: str,
    clock: Clock = system_clock,
    warn: Callable[[str], None],
) -> Iterator[Service]:
    """The service for as long as the block runs. Without a DSN the folder is held by this process alone.

    Raises StorageProblem, SetupProblem.
    """
    with hold_profile(folder.lock) if dsn is None else nullcontext():
        if dsn is None:
            service = open_service(folder, host_name=host_name, clock=clock)
        else:
            service = _open_hosted(folder, dsn, host_name=host_name, clock=clock, warn=warn)
        try:
            yield service
        finally:
            service.close()


def open_service(folder: ProfileFolder, *, host_name: str, clock: Clock = system_clock) -> Service:
    """The service over the folder's database, with the keys of `host.secrets`; `close` it at the end."""
    secrets = open_secrets(folder)
    new = not folder.backend.exists()
    data_key = ensure_key(secrets, "data", new_profile=new)
    signing_key = ensure_key(secrets, "signing", new_profile=new)
    database = open_database(folder.backend, subkey(data_key, "backend"))
    return _make(database, signing_key, folder, host_name, clock)


def _open_hosted(
    folder: ProfileFolder, dsn: Dsn, *, host_name: str, clock: Clock, warn: Callable[[str], None]
) -> Service:
    # Late: the driver is an extra, which a service over a folder does without.
    from .storage.postgresql import open_hosted
    from .storage.preparing import may_change_ledgers

    database = open_hosted(dsn)
    try:
        with database.reading() as connection:
            new = settings.value(connection, _SIGNER) is None
            mighty = may_change_ledgers(connection)
        if mighty:
            warn(
                f"The account of this service may change what is recorded in {database.name}."
                " Give it one that may not: artist-console backend prepare --role NAME"
            )
        with _turn(folder):
            signing_key = ensure_key(open_secrets(folder), "signing", new_profile=new)
    except BaseException:
        database.close()
        raise
    service = _make(database, signing_key, folder, host_name, clock)
    try:
        _check_signer(service, folder)
    except BaseException:
        service.close()
        raise
    return service


def _make(
    database: Database, signing_key: bytes, folder: ProfileFolder, host_name: str, clock: Clock
) -> Service:
    try:
        return make_service(
            database,
            signing_key,
            host_name=host_name,
            role=SignerRole.HOSTED_SERVICE,
            clock=clock,
            keep_files_in=folder.imports,
        )
    except BaseException:
        database.close()
        raise


def _check_signer(service: Service, folder: ProfileFolder) -> None:
    """Every process on a database signs with one key. Raises OtherKeys."""
    ours = service.signer.key.public.kid
    with service.database.writing() as connection:
        known = settings.value(connection, _SIGNER)
        if known is None:
            settings.keep(connection, _SIGNER, ours)
        elif known != ours:
            raise OtherKeys(folder=str(folder.root), name=service.database.name)


@contextmanager
def _turn(folder: ProfileFolder) -> Iterator[None]:
    """The folder's lock for a moment: two processes that start at once make one key, not two."""
    until = monotonic() + _PATIENCE_S
    while True:
        try:
            lock = hold_profile(folder.lock)
            break
        except ProfileInUse:
            if monotonic() > until:
                raise
            sleep(0.05)
    with lock:
        yield
