"""The data key and the signing keys of a profile, by name: in the computer's keyring, or in a file.

`keys.json` of the profile records which of the two it is, once and for all. In a profile with a keyring
it holds the name of the keyring's service and no key; in one without, it holds the keys, readable by this
user only, and `where` says so to whoever asks. A keyring that fails later is a problem to be told, never a
reason to start with new keys: the old ones open what is already there.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import queue
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from artist_console.domain.problems import SetupProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.paths import ProfileFolder
from artist_console.host.subkeys import KEY_BYTES

if TYPE_CHECKING:
    import keyring.backend

Place = Literal["keyring", "file"]
T = TypeVar("T")

# A keyring may ask the person for its password in a window of its own, so this is a person's time, not a
# computer's. A service that hangs costs it once: what has not answered is not asked again.
DEADLINE_S = 30.0

# Windows holds 1,280 UTF-16 characters in an entry; longer ones fail there only, so they fail everywhere.
_LONGEST_ENTRY = 1280

_LIMIT_BYTES = 1_000_000

# keyring's own mark of a backend that is fit for use. The "fail" backend has 0, "null" has -1, and files
# without encryption have 0.5: keys.json says openly what it is, so it is preferred to those.
_FIT_PRIORITY = 1


class SecretStore(Protocol):
    """Secrets of one profile by name. Every call may raise SetupProblem where they cannot be reached."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, secret: bytes) -> None: ...
    def forget(self, name: str) -> None: ...
    def where(self) -> Place: ...


class KeysUnreachable(SetupProblem):
    """The keyring that holds the keys of this profile does not work now."""

    title_template = "The keyring that holds the keys of this profile does not answer"
    advice_template = "Unlock the keyring of your computer and start again; nothing was changed"


class KeysUnreadable(SetupProblem):
    """keys.json is damaged."""

    title_template = "The file of keys {name} cannot be read"
    advice_template = "Put back a copy of it from your backup; without it this profile cannot be opened"


class KeyMissing(SetupProblem):
    """A key that this profile was made with is not where it should be."""

    title_template = "The key that opens this profile is missing from the {place}"
    advice_template = "Put it back from your backup; the files of the profile were left as they are"


def open_secrets(
    folder: ProfileFolder,
    *,
    backend: keyring.backend.KeyringBackend | None = None,
    deadline_s: float = DEADLINE_S,
    environ: Mapping[str, str] = os.environ,
) -> SecretStore:
    """Open the secrets of a profile; at the first time, choose where they are kept.

    `backend` stands in for the keyring of the computer. Not for the interface thread: it may wait for
    `deadline_s`. Raises KeysUnreadable or KeysUnreachable for a profile that exists already.
    """
    refused = environ.get("ARTIST_CONSOLE_KEYRING", "").lower() == "off"
    record = _read_record(folder.keys)
    if record is not None and record.service is None:
        return FileSecrets(folder.keys)
    if record is not None and record.service is not None:
        if refused:
            raise KeysUnreachable(
                "The keys of this profile are in the keyring, which ARTIST_CONSOLE_KEYRING=off forbids",
                "Start again without that setting",
            )
        return KeyringSecrets(backend, record.service, deadline_s)
    if not refused:
        service = f"Artist Console {secrets.token_hex(8)}"
        in_keyring = KeyringSecrets(backend, service, deadline_s)
        if in_keyring.works():
            _write_record(folder.keys, _Record(service, {}))
            return in_keyring
    _write_record(folder.keys, _Record(None, {}))
    return FileSecrets(folder.keys)


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
        _write_record(self.path, _Record(None, self._keys() | {name: secret}))

    def forget(self, name: str) -> None:
        _write_record(self.path, _Record(None, {k: v for k, v in self._keys().items() if k != name}))

    def where(self) -> Place:
        return "file"

    def _keys(self) -> dict[str, bytes]:
        record = _read_record(self.path)
        if record is None:
            raise KeysUnreadable(name=str(self.path))  # it was there when the profile was opened
        return record.keys


class KeyringSecrets:
    """Secrets in the computer's keyring, one entry each, under a service name of this profile alone."""

    def __init__(
        self, backend: keyring.backend.KeyringBackend | None, service: str, deadline_s: float
    ) -> None:
        self._backend = backend
        self._service = service
        self._deadline_s = deadline_s
        self._gave_up = False

    def get(self, name: str) -> bytes | None:
        text = self._call(lambda ring: ring.get_password(self._service, name))
        if text is None:
            return None
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise KeyMissing(place="keyring") from error

    def put(self, name: str, secret: bytes) -> None:
        text = base64.b64encode(secret).decode()
        if len(text) > _LONGEST_ENTRY:
            raise ValueError(f"the secret {name!r} is too long for a keyring entry")
        self._call(lambda ring: ring.set_password(self._service, name, text))

    def forget(self, name: str) -> None:
        if self.get(name) is not None:
            self._call(lambda ring: ring.delete_password(self._service, name))

    def where(self) -> Place:
        return "keyring"

    def works(self) -> bool:
        """Whether the keyring is fit for use and gives back what it was given; leaves nothing in it."""
        sample = secrets.token_bytes(KEY_BYTES)
        try:
            fit = self._call(lambda ring: ring.priority >= _FIT_PRIORITY)
            if not fit:
                return False
            self.put("trial", sample)
            kept = self.get("trial") == sample
            self.forget("trial")
        except (KeysUnreachable, KeyMissing):
            return False
        return kept

    def _call(self, ask: Callable[[keyring.backend.KeyringBackend], T]) -> T:
        """Ask the keyring in a thread of its own, for at most the deadline."""
        if self._gave_up:
            raise KeysUnreachable
        answers: queue.SimpleQueue[tuple[T] | BaseException] = queue.SimpleQueue()

        def ask_and_tell() -> None:
            try:
                # Late: a profile with its keys in a file need not load it before the first paint.
                import keyring

                # Finding the backend talks to the desktop's services already, so it belongs in here.
                answers.put((ask(self._backend or keyring.get_keyring()),))
            except BaseException as error:  # noqa: BLE001 - carried over to the asking thread, all of it
                answers.put(error)

        # A daemon, because a hanging service must not keep the program from ending.
        threading.Thread(target=ask_and_tell, name="keyring", daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline_s)
        except queue.Empty as error:
            self._gave_up = True
            raise KeysUnreachable from error
        if isinstance(answer, tuple):
            return answer[0]
        if isinstance(answer, Exception):
            # Backends let through whatever their service throws (D-Bus, Windows, macOS errors), not only
            # KeyringError. Not chained: such a message may quote what was stored.
            raise KeysUnreachable from None
        raise answer


@dataclass(frozen=True, slots=True)
class _Record:
    """The content of keys.json."""

    service: str | None  # name of the keyring's service; None where the keys are in this file
    keys: dict[str, bytes]

    def __repr__(self) -> str:
        return f"_Record(service={self.service!r}, {len(self.keys)} keys)"


def _read_record(path: Path) -> _Record | None:
    if not path.exists():
        return None
    content = read_bounded(path, _LIMIT_BYTES)
    try:
        record = json.loads(content)
        if record["kept_in"] == "keyring":
            return _Record(str(record["service"]), {})
        if record["kept_in"] == "file":
            keys = {str(name): base64.b64decode(text, validate=True) for name, text in record["keys"].items()}
            return _Record(None, keys)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # Not chained: the message of a JSON error does not quote the text, but that of others may.
        raise KeysUnreadable(name=str(path)) from None
    raise KeysUnreadable(name=str(path))


def _write_record(path: Path, record: _Record) -> None:
    content: dict[str, object]
    if record.service is not None:
        content = {"kept_in": "keyring", "service": record.service}
    else:
        keys = {name: base64.b64encode(secret).decode() for name, secret in record.keys.items()}
        content = {"kept_in": "file", "keys": keys}
    write_atomic(path, json.dumps(content, indent=2, sort_keys=True).encode(), mode=0o600)
