"""Keyring backends in memory, as keyring defines them: one works, each of the others fails in its way."""

from __future__ import annotations

import threading

import keyring.errors
from keyring.backend import KeyringBackend


class MemoryKeyring(KeyringBackend):
    """Works; `locked` makes it fail from then on, as when a person locks the session's keyring."""

    priority: float = 5

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False
        self.threads: set[int] = set()
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it without annotations

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.entries[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.entries.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("no such entry")

    def _check(self) -> None:
        self.threads.add(threading.get_ident())
        if self.locked:
            raise keyring.errors.KeyringLocked("the collection is locked")


class HangingKeyring(MemoryKeyring):
    """Answers only once `release` is set; counts how often it was asked."""

    def __init__(self) -> None:
        self.release = threading.Event()
        self.times_asked = 0
        super().__init__()

    def _check(self) -> None:
        self.times_asked += 1
        self.release.wait()


class ForgetfulKeyring(MemoryKeyring):
    """Takes every entry and keeps none, as keyring's own null backend does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class OpenKeyring(MemoryKeyring):
    """Works, but says of itself that it is not fit for use, as files without encryption do."""

    priority = 0.5


class OtherKeyring(MemoryKeyring):
    """Works, and is another one."""


class LockedKeyring(MemoryKeyring):
    """Locked, and nobody unlocks it."""

    def _check(self) -> None:
        raise keyring.errors.KeyringLocked("Failed to unlock the collection!")


class PromptDismissedException(Exception):
    """Named as the one that SecretStorage raises when the person closes the question of the keyring."""


class DenyingKeyring(MemoryKeyring):
    """The person said no when the keyring asked."""

    def _check(self) -> None:
        try:
            raise PromptDismissedException("Prompt dismissed.")
        except PromptDismissedException as error:
            raise keyring.errors.InitError("Failed to create the collection") from error


class GoneKeyring(MemoryKeyring):
    """Its service has ended."""

    def _check(self) -> None:
        raise ConnectionResetError(104, "Connection reset by peer")


class StrangeKeyring(MemoryKeyring):
    """Fails in a way that nobody has foreseen, and says too much."""

    MESSAGE = "cannot store AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    def _check(self) -> None:
        raise RuntimeError(self.MESSAGE)
