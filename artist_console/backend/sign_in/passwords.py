"""Passwords as argon2id, by the low-memory measure of RFC 9106; at most two are worked on at a time."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from artist_console.backend.storage.credentials import folded

SHORTEST = 12
LONGEST = 200
_AT_ONCE = 2  # 64 MiB each
_WAIT_S = 10.0


class Busy(Exception):
    """Too many passwords are being checked; try again in a moment."""


class Passwords:
    """Makes and checks hashes. Both take long on purpose: never inside a transaction."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._nobodys = self._hasher.hash("nobody has this password")

    def hashed(self, password: str) -> str:
        """Raises Busy."""
        with self._place():
            return self._hasher.hash(_normal(password))

    def fits(self, password: str, known: str | None) -> bool:
        """Whether it is the password; takes as long where there is none to compare with. Raises Busy."""
        if len(password) > LONGEST:
            return False
        with self._place():
            try:
                self._hasher.verify(known or self._nobodys, _normal(password))
            except (VerificationError, InvalidHashError):
                return False
        return known is not None

    def is_of_former_measure(self, known: str) -> bool:
        return self._hasher.check_needs_rehash(known)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=_WAIT_S):
            raise Busy
        try:
            yield
        finally:
            self._places.release()


def _normal(password: str) -> str:
    """The same letters on every keyboard (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


def what_is_wrong(password: str, again: str, name: str) -> str:
    """A sentence; empty where the password can be taken."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if folded(password) == folded(name) or len(set(password)) < 4:
        return "This password is too easy to guess."
    if password != again:
        return "The two passwords differ."
    return ""
