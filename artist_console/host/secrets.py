"""The data key and the signing keys of a profile, by name: in a keyring, behind a passphrase, or in a file.

`keys.json` of the profile records which of them it is. Where the keys of a new profile go is settled once:
into a keyring that works, else where the person chose. A keyring that fails is a problem to be told, never a
reason to put keys anywhere else or to start with new ones: the old ones open what is already there.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from artist_console.domain.problems import SetupProblem
from artist_console.host.key_record import (
    BehindPassphrase,
    InFile,
    InKeyring,
    KeysUnreadable,
    Place,
    read_record,
    write_record,
)
from artist_console.host.keyring_troubles import KeyringForbidden, KeyringState, KeysUnreachable
from artist_console.host.keyrings import DEADLINE_S, KeyringSecrets
from artist_console.host.passphrase import (
    AskPassphrase,
    PassphraseSecrets,
    close_up,
    given_passphrase,
    new_passphrase,
)
from artist_console.host.paths import ProfileFolder
from artist_console.host.subkeys import KEY_BYTES

if TYPE_CHECKING:
    import keyring.backend

__all__ = [
    "DEADLINE_S",
    "FileSecrets",
    "KeyMissing",
    "KeyPlaces",
    "KeyringSecrets",
    "KeysUnreachable",
    "KeysUnreadable",
    "NewKeys",
    "Place",
    "PlaceNotChosen",
    "SecretStore",
    "ensure_key",
    "key_places",
    "open_secrets",
    "put_into",
    "remember_keyring",
]

_OFF = "ARTIST_CONSOLE_KEYRING"


class SecretStore(Protocol):
    """Secrets of one profile by name. Every call may raise SetupProblem where they cannot be reached."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, secret: bytes) -> None: ...
    def forget(self, name: str) -> None: ...
    def where(self) -> Place: ...


class NewKeys(Enum):
    """Where the keys of a new profile go."""

    KEYRING = "keyring"  # and nowhere else
    PASSPHRASE = "passphrase"
    FILE = "file"
    # For what holds no secrets of anybody: the sample music, and the profile that the self-test throws away.
    KEYRING_OR_FILE = "keyring or file"


class KeyMissing(SetupProblem):
    """A key that this profile was made with is not where it should be."""

    title_template = "The key that opens this profile is missing from the {place}"
    advice_template = (
        "Enter your recovery code, or put the key back from your backup. The files of the profile were left"
        " as they are"
    )


class PlaceNotChosen(SetupProblem):
    """A new profile on a computer without a keyring that works."""

    title_template = "{why}, so you choose where the keys of this new profile are kept"
    advice_template = (
        "Choose once, with the same --data: artist-console keys move --to passphrase, or --to file. On a"
        " server, ARTIST_CONSOLE_KEYRING=off chooses the file"
    )


_WHY = {
    KeyringState.WORKS: "A keyring works here",
    KeyringState.ABSENT: "No keyring works on this computer",
    KeyringState.FORBIDDEN: "ARTIST_CONSOLE_KEYRING=off forbids the keyring",
    KeyringState.LOCKED: "The keyring of this computer is locked",
    KeyringState.DENIED: "The keyring of this computer did not let Artist Console in",
    KeyringState.HANGS: "The keyring of this computer does not answer",
    KeyringState.FORGETS: "The keyring of this computer does not keep what it is given",
    KeyringState.FAILS: "The keyring of this computer does not work",
}


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """What is possible on this computer. A passphrase and a file always are."""

    keyring: KeyringState
    keyring_name: str  # which one; empty where none answers

    @property
    def why_no_keyring(self) -> str:
        """What is wrong with the keyring, without a full stop."""
        return _WHY[self.keyring]


def key_places(
    *,
    backend: keyring.backend.KeyringBackend | None = None,
    deadline_s: float = DEADLINE_S,
    environ: Mapping[str, str] = os.environ,
) -> KeyPlaces:
    """Try the keyring of this computer. Not for the interface thread: it may wait for `deadline_s`."""
    if _is_off(environ):
        return KeyPlaces(KeyringState.FORBIDDEN, "")
    trial = _new_keyring(backend, deadline_s)
    state = trial.try_out()
    return KeyPlaces(state, trial.backend_name() if state is KeyringState.WORKS else "")


def open_secrets(
    folder: ProfileFolder,
    *,
    choice: NewKeys | None = None,
    passphrase: AskPassphrase | None = None,
    backend: keyring.backend.KeyringBackend | None = None,
    deadline_s: float = DEADLINE_S,
    environ: Mapping[str, str] = os.environ,
) -> SecretStore:
    """Open the secrets of a profile; of a new one, settle where they are kept.

    `passphrase` is asked when a secret behind one is first wanted, or a new one is to be set; without it the
    environment and the terminal are. `backend` stands in for the keyring of the computer. Not for the
    interface thread: it may wait for `deadline_s`. Raises KeysUnreadable or KeysUnreachable for a profile
    that exists already, PlaceNotChosen for a new one without `choice` where no keyring works.
    """
    record = read_record(folder.keys)
    match record:
        case InFile():
            return FileSecrets(folder.keys)
        case BehindPassphrase():
            return PassphraseSecrets(folder.keys, passphrase or (lambda: given_passphrase(environ)))
        case InKeyring(service, made_with):
            if _is_off(environ):
                raise KeyringForbidden
            return KeyringSecrets(backend, service, deadline_s, made_with=made_with)
    return put_into(
        folder, {}, choice, passphrase=passphrase, backend=backend, deadline_s=deadline_s, environ=environ
    )


def put_into(
    folder: ProfileFolder,
    keys: Mapping[str, bytes],
    choice: NewKeys | None,
    *,
    passphrase: AskPassphrase | None = None,
    backend: keyring.backend.KeyringBackend | None = None,
    deadline_s: float = DEADLINE_S,
    environ: Mapping[str, str] = os.environ,
) -> SecretStore:
    """Put keys into a place, read them back, and only then let keys.json say that they are there.

    Whatever fails before that leaves keys.json, and so the former place, as it was. Raises as `open_secrets`.
    """
    if choice is None and _is_off(environ):
        choice = NewKeys.FILE
    if choice is NewKeys.PASSPHRASE:
        word = (passphrase or (lambda: new_passphrase(environ)))()
        write_record(folder.keys, close_up(keys, word))
        return PassphraseSecrets(folder.keys, lambda: word)
    if choice is NewKeys.FILE or (choice is NewKeys.KEYRING_OR_FILE and _is_off(environ)):
        write_record(folder.keys, InFile(dict(keys)))
        return FileSecrets(folder.keys)
    if _is_off(environ):
        raise KeyringForbidden
    ring = _new_keyring(backend, deadline_s)
    state = ring.try_out()
    if state is KeyringState.WORKS:
        for name, key in keys.items():
            ring.put(name, key)
        if all(ring.get(name) == key for name, key in keys.items()):
            made_with = ring.backend_name()
            write_record(folder.keys, InKeyring(ring.service, made_with))
            return KeyringSecrets(backend, ring.service, deadline_s, made_with=made_with)
        state = KeyringState.FORGETS
    if choice is NewKeys.KEYRING_OR_FILE:
        write_record(folder.keys, InFile(dict(keys)))
        return FileSecrets(folder.keys)
    raise PlaceNotChosen(why=_WHY[state])


def remember_keyring(folder: ProfileFolder, store: SecretStore) -> None:
    """Note which keyring gave the keys: the one to look for when another one answers some day."""
    record = read_record(folder.keys)
    if isinstance(store, KeyringSecrets) and isinstance(record, InKeyring):
        present = store.backend_name()
        if record.backend != present:
            write_record(folder.keys, InKeyring(record.service, present))


def ensure_key(store: SecretStore, name: str, *, new_profile: bool) -> bytes:
    """The 32-byte key called `name`; made, kept and read back where `new_profile` says that none can exist.

    Raises KeyMissing where one should exist: a fresh key would not open what the old one closed.
    """
    key = store.get(name)
    if key is None and new_profile:
        store.put(name, secrets.token_bytes(KEY_BYTES))
        key = store.get(name)
    if key is None or len(key) != KEY_BYTES:
        raise KeyMissing(place="keyring" if store.where() == "keyring" else "file keys.json")
    return key


@dataclass(frozen=True, slots=True)
class FileSecrets:
    """Secrets in keys.json, mode 0600."""

    path: Path

    def get(self, name: str) -> bytes | None:
        return self._keys().get(name)

    def put(self, name: str, secret: bytes) -> None:
        write_record(self.path, InFile(self._keys() | {name: secret}))

    def forget(self, name: str) -> None:
        write_record(self.path, InFile({k: v for k, v in self._keys().items() if k != name}))

    def where(self) -> Place:
        return "file"

    def _keys(self) -> dict[str, bytes]:
        record = read_record(self.path)
        if not isinstance(record, InFile):
            raise KeysUnreadable(name=str(self.path))  # it was there when the profile was opened
        return record.keys


def _new_keyring(backend: keyring.backend.KeyringBackend | None, deadline_s: float) -> KeyringSecrets:
    """Under a service name that was never used: what is put there overwrites nothing."""
    return KeyringSecrets(backend, f"Artist Console {secrets.token_hex(8)}", deadline_s)


def _is_off(environ: Mapping[str, str]) -> bool:
    return environ.get(_OFF, "").lower() == "off"
