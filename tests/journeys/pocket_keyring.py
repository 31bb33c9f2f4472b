"""A keyring for the processes of one test: a plug-in of `keyring` with its entries in a file of the test."""

from __future__ import annotations

import json
import os
from pathlib import Path

import keyring.errors
from keyring.backend import KeyringBackend

PLACE = "POCKET_KEYRING"  # names the file
ENVIRONMENT = "PYTHON_KEYRING_BACKEND"
NAME = f"{__name__}.PocketKeyring"


class PocketKeyring(KeyringBackend):
    """Works as long as its file can be written."""

    priority: float = 5

    def get_password(self, service: str, username: str) -> str | None:
        return self._entries().get(f"{service}\n{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._entries() | {f"{service}\n{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service}\n{username}", None) is None:
            raise keyring.errors.PasswordDeleteError("no such entry")
        self._write(entries)

    def _entries(self) -> dict[str, str]:
        place = Path(os.environ[PLACE])
        found: dict[str, str] = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
        return found

    def _write(self, entries: dict[str, str]) -> None:
        Path(os.environ[PLACE]).write_text(json.dumps(entries), encoding="utf-8")
