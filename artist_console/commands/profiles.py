"""A profile: folder, lock, log, keys, store and, where it is its own service, the embedded backend.

Commands may not know the backend, so what starts it is handed in. A profile is one backend and one account.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Protocol, Self

from artist_console.commands.console import Console
from artist_console.commands.documented_sources import documented_sources
from artist_console.commands.ids import new_uuid7
from artist_console.commands.service import KnownService, SignInPlace, forget_token, known_service
from artist_console.domain.problems import SetupProblem
from artist_console.host.fetched_files import FetchedFiles
from artist_console.host.lock import ProfileLock, hold_profile
from artist_console.host.logs import start_log, stop_log
from artist_console.host.passphrase import AskPassphrase
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import (
    DEADLINE_S,
    KeyMissing,
    NewKeys,
    Place,
    ensure_key,
    open_secrets,
    remember_keyring,
)
from artist_console.host.subkeys import subkey
from artist_console.store.checking import check_store
from artist_console.store.opening import Store, open_store

if TYPE_CHECKING:
    # What speaks HTTP is handed in, so that it is loaded when it is needed and not before the first paint.
    from artist_console.formats.signatures import SigningKey
    from artist_console.sync.api import Api
    from artist_console.sync.tokens import KeptSignIn

logger = logging.getLogger(__name__)

# The first two are the names that `backend serve` uses for the folder that it serves.
_DATA_KEY, _RECEIPT_KEY, REPORT_KEY = "data", "signing", "report"
KEY_NAMES = (_DATA_KEY, _RECEIPT_KEY, REPORT_KEY)
# In `signers.json` while a key is being replaced; as plain text nothing else in it can be spelled like that.
_REPLACING = b'"replacing": true'


def utc_now() -> datetime:
    return datetime.now(UTC)


class NoProfile(SetupProblem):
    """A folder that should hold a profile does not."""

    title_template = "There is no profile in {folder}"
    advice_template = "Bring in a catalogue with: artist-console import catalogue FILE, or check --data"


class RunningBackend(Protocol):
    """A backend that serves this process on the loopback interface."""

    @property
    def base_url(self) -> str: ...
    @property
    def token(self) -> str: ...
    def stop(self) -> None: ...


class StartBackend(Protocol):
    """Starts the embedded backend on its database; `data_key` opens it, `signing_key` signs receipts."""

    def __call__(self, database: Path, data_key: bytes, signing_key: bytes) -> RunningBackend: ...


class ConnectTo(Protocol):
    """Makes what speaks to a backend: with a token, or with what a sign-in left, which is renewed."""

    def __call__(self, base_url: str, token: str | KeptSignIn) -> Api: ...


@dataclass(frozen=True)
class Outside:
    """What a profile cannot make by itself: handed in by the composition root."""

    start_backend: StartBackend
    connect_to: ConnectTo
    clock: Callable[[], datetime] = utc_now
    new_id: Callable[[], str] = new_uuid7


@dataclass(frozen=True, repr=False)
class ProfileKeys:
    """The secrets of a profile, 32 bytes each. Never printed."""

    data: bytes
    receipt: bytes  # signs receipts of the embedded backend
    report: bytes  # signs reports
    kept_in: Place

    @property
    def backend(self) -> bytes:
        """Opens the database of the private service."""
        return subkey(self.data, "backend")

    def kept(self, place: Place) -> ProfileKeys:
        """The same keys, in another place from now on."""
        return replace(self, kept_in=place)

    @property
    def by_name(self) -> dict[str, bytes]:
        """As they are kept."""
        return dict(zip(KEY_NAMES, (self.data, self.receipt, self.report), strict=True))


@dataclass
class Profile:
    """An open profile. Give it to a `with` block, or call `close`."""

    folder: ProfileFolder
    keys: ProfileKeys
    outside: Outside
    lock: ProfileLock
    log: logging.Handler
    closed: bool = False
    backend: RunningBackend | None = None
    api: Api | None = field(default=None, repr=False)
    signed_in: SignInPlace | None = None  # to the hosted service, once it was asked for

    def console(self) -> Console:
        """A console for the calling thread. Close its store on that thread."""
        return Console(
            self.open_store(),
            self.api,
            self.outside.clock,
            self.outside.new_id,
            self.folder,
            self.load_signing_key,
        )

    def load_signing_key(self) -> SigningKey:
        """What signs the reports of this profile, known from then on to checks of reports."""
        return _own_key(self.folder, self.keys.report, "reports", self.outside.clock())

    def open_store(self) -> Store:
        store = open_store(
            self.folder.journal,
            self.folder.mirror,
            subkey(self.keys.data, "journal"),
            subkey(self.keys.data, "mirror"),
            files=FetchedFiles(self.folder.statements, subkey(self.keys.data, "statements")),
        )
        store.known_sources = documented_sources
        return store

    @property
    def has_private_service(self) -> bool:
        """Whether this profile is its own service."""
        return self.folder.backend.exists()

    def connect(self) -> Api | None:
        """What commands talk to: the private service, started by this, or the hosted one; else None."""
        if self.api is None and self.has_private_service:
            self.keep_here()
        elif self.api is None and (known := known_service(self.folder)) is not None:
            self.api = self.outside.connect_to(known.address, self.sign_in_place(known))
        return self.api

    def sign_in_place(self, known: KnownService) -> SignInPlace:
        """Where the sign-in to the hosted service of this profile is kept."""
        if self.signed_in is None or self.signed_in.address != known.address:
            self.signed_in = SignInPlace(self.folder, known.address, known.kept_in)
        return self.signed_in

    def keep_here(self) -> Api:
        """Start the private service of this profile; at the first time, set it up."""
        if self.api is None:
            _own_key(self.folder, self.keys.receipt, "receipts", self.outside.clock())
            self.backend = self.outside.start_backend(
                self.folder.backend, self.keys.backend, self.keys.receipt
            )
            self.api = self.outside.connect_to(self.backend.base_url, self.backend.token)
        return self.api

    def disconnect(self) -> None:
        """Stop the service, if it runs. Consoles that were made while it ran no longer reach it."""
        if self.api is not None:
            self.api.close()
        if self.backend is not None:
            self.backend.stop()
        self.api = self.backend = None

    def close(self) -> None:
        """Stop the service, release the profile and end the log. Again: nothing."""
        if self.closed:
            return
        self.closed = True
        self.disconnect()
        self.lock.release()
        stop_log(self.log)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_profile(
    folder: ProfileFolder,
    outside: Outside,
    *,
    may_be_new: bool,
    new_keys: NewKeys | None = None,
    passphrase: AskPassphrase | None = None,
    keyring_deadline_s: float = DEADLINE_S,
) -> Profile:
    """Take a profile for this process.

    `new_keys` says where the keys of a new one go, and `passphrase` is asked where they are behind one;
    without it the environment and the terminal are. A keyring is waited for as long as `keyring_deadline_s`.

    Raises NoProfile for a folder without one unless it `may_be_new`, ProfileInUse while another process has
    it, KeyMissing where its files are there and the key is not: nothing is overwritten then. PlaceNotChosen
    for a new one without `new_keys` on a computer without a keyring that works. StorageProblem for a
    journal that cannot be opened or, after an unclean end, is not sound; it is left as it is.
    """
    if not may_be_new and not is_profile(folder):
        raise NoProfile(folder=str(folder.root))
    folder.create()
    lock = hold_profile(folder.lock)
    try:
        log = start_log(folder.log)
        try:
            keys = _keys_of(folder, new_keys, passphrase, keyring_deadline_s)
            _introduce_own_keys(folder, keys, outside.clock())
            _check_store(folder, keys)
        except BaseException:
            stop_log(log)
            raise
    except BaseException:
        lock.release()
        raise
    logger.info("profile opened, keys in the %s", keys.kept_in)
    return Profile(folder, keys, outside, lock, log)


def _check_store(folder: ProfileFolder, keys: ProfileKeys) -> None:
    """Before a window is there: what is told now can be answered by a recovery code, or by starting anew."""
    found = check_store(
        folder.journal, folder.mirror, subkey(keys.data, "journal"), subkey(keys.data, "mirror")
    )
    if found.ended_badly:
        logger.warning("the last end was not clean; the databases were checked")
    if found.mirror_dropped:
        logger.warning("what the service said was damaged and is fetched again")


def is_profile(folder: ProfileFolder) -> bool:
    """Whether the folder holds a profile already."""
    return folder.keys.exists() or folder.journal.exists() or folder.backend.exists()


def _keys_of(
    folder: ProfileFolder, new_keys: NewKeys | None, passphrase: AskPassphrase | None, deadline_s: float
) -> ProfileKeys:
    has_data = folder.journal.exists() or folder.backend.exists()
    if has_data and not folder.keys.exists():
        raise KeyMissing(place="file keys.json")
    secrets = open_secrets(folder, choice=new_keys, passphrase=passphrase, deadline_s=deadline_s)

    # A folder that was only served so far has no key for reports; what that key signed is not lost with it.
    may_lack = {REPORT_KEY} if not folder.journal.exists() else set()

    def key(name: str) -> bytes:
        return ensure_key(secrets, name, new_profile=not has_data or name in may_lack)

    keys = ProfileKeys(key(_DATA_KEY), key(_RECEIPT_KEY), key(REPORT_KEY), secrets.where())
    remember_keyring(folder, secrets)
    if folder.signers.exists() and _REPLACING in folder.signers.read_bytes():
        # Late: only after an end in the middle of replacing a key.
        from artist_console.commands.own_keys import go_on

        return replace(keys, report=go_on(folder, secrets, REPORT_KEY, keys.data) or keys.report)
    return keys


def _introduce_own_keys(folder: ProfileFolder, keys: ProfileKeys, now: datetime) -> None:
    """Make the own public keys known to checks of reports and receipts, in a profile that is new.

    Later each key is introduced with its first use: what a public key is worked out with takes longer to load
    than all else that is needed here, and the first paint waits for this.
    """
    if not folder.signers.exists():
        _own_key(folder, keys.report, "reports", now)
        _own_key(folder, keys.receipt, "receipts", now)


def _own_key(
    folder: ProfileFolder, raw: bytes, signs: Literal["reports", "receipts"], now: datetime
) -> SigningKey:
    # Late: nothing is signed or checked before the first paint.
    from artist_console.commands.own_keys import own_key

    return own_key(folder, raw, signs, now)


def forget_keys(folder: ProfileFolder) -> None:
    """Take the keys of a profile out of the keyring or its file: for one that is about to be removed."""
    secrets = open_secrets(folder)
    if secrets.where() != "passphrase":  # what is behind one goes with the folder, and nobody has to type it
        for name in KEY_NAMES:
            secrets.forget(name)
    forget_token(folder)
