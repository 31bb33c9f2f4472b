"""Secrets in the computer's keyring: asked in a thread of its own, within a deadline."""

from __future__ import annotations

import base64
import binascii
import queue
import secrets
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from artist_console.host.key_record import Place
from artist_console.host.keyring_troubles import (
    KeyringAbsent,
    KeyringChanged,
    KeyringHangs,
    KeyringState,
    KeysUnreachable,
    SecretTooLong,
    trouble_of,
)
from artist_console.host.subkeys import KEY_BYTES

if TYPE_CHECKING:
    import keyring.backend

T = TypeVar("T")

# A keyring may ask the person for its password in a window of its own, so this is a person's time, not a
# computer's. A service that hangs costs it once: what has not answered is not asked again.
DEADLINE_S = 30.0

# Windows holds 1,280 UTF-16 characters in an entry; longer ones fail there only, so they fail everywhere.
LONGEST_ENTRY = 1280

# keyring's own mark of a backend that is fit for use. The "fail" backend has 0, "null" has -1, and files
# without encryption have 0.5: keys.json says openly what it is, so it is preferred to those.
_FIT_PRIORITY = 1


class KeyringSecrets:
    """Secrets in the computer's keyring, one entry each, under a service name of this profile alone."""

    def __init__(
        self,
        backend: keyring.backend.KeyringBackend | None,
        service: str,
        deadline_s: float = DEADLINE_S,
        *,
        made_with: str = "",
    ) -> None:
        """`made_with` is the name of the backend that the secrets were put into, where that is known."""
        self._backend = backend
        self.service = service
        self._made_with = made_with
        self._deadline_s = deadline_s
        self._gave_up = False

    def get(self, name: str) -> bytes | None:
        """None where a keyring that is fit for use and the right one does not have it."""
        text = self._call(lambda ring: ring.get_password(self.service, name))
        if text is None:
            self._check_backend()
            return None
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            return None  # somebody else's entry: not chained, since it may quote what was stored

    def put(self, name: str, secret: bytes) -> None:
        text = base64.b64encode(secret).decode()
        if len(text) > LONGEST_ENTRY:
            raise SecretTooLong(length=len(text), most=LONGEST_ENTRY)
        self._call(lambda ring: ring.set_password(self.service, name, text))

    def forget(self, name: str) -> None:
        if self.get(name) is not None:
            self._call(lambda ring: ring.delete_password(self.service, name))

    def where(self) -> Place:
        return "keyring"

    def backend_name(self) -> str:
        """Which of the keyrings that a computer may have this is."""
        return self._call(_name_of)

    def try_out(self) -> KeyringState:
        """Whether the keyring is fit for use and gives back what it was given; leaves nothing in it."""
        sample = secrets.token_bytes(KEY_BYTES)
        try:
            if not self._call(_is_fit):
                return KeyringState.ABSENT
            self.put("trial", sample)
            kept = self.get("trial") == sample
            self.forget("trial")
        except KeysUnreachable as trouble:
            return trouble.state
        return KeyringState.WORKS if kept else KeyringState.FORGETS

    def _check_backend(self) -> None:
        """A value that is not there may be in a keyring that is not asked any more."""
        if not self._call(_is_fit):
            raise KeyringAbsent
        present = self._call(_name_of)
        if self._made_with and present != self._made_with:
            raise KeyringChanged(former=_in_words(self._made_with), present=_in_words(present))

    def _call(self, ask: Callable[[keyring.backend.KeyringBackend], T]) -> T:
        """Ask the keyring in a thread of its own, for at most the deadline."""
        if self._gave_up:
            raise KeyringHangs(seconds=round(self._deadline_s))
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
        except queue.Empty:
            self._gave_up = True
            raise KeyringHangs(seconds=round(self._deadline_s)) from None
        if isinstance(answer, tuple):
            return answer[0]
        if isinstance(answer, Exception):
            # Not chained: the message of such an error may quote what was stored.
            raise trouble_of(answer) from None
        raise answer


def _is_fit(ring: keyring.backend.KeyringBackend) -> bool:
    return ring.priority >= _FIT_PRIORITY


def _name_of(ring: keyring.backend.KeyringBackend) -> str:
    return f"{type(ring).__module__}.{type(ring).__qualname__}"


def _in_words(name: str) -> str:
    """keyring.backends.SecretService.Keyring is "SecretService" to a person."""
    parts = name.split(".")
    return parts[-2] if len(parts) > 1 and parts[-1] == "Keyring" else parts[-1]
