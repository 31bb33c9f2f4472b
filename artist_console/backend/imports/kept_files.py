"""Imported files as they came, sealed: AES-256-GCM under a key of each file's own, found by its hash."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from artist_console.domain.problems import FileProblem
from artist_console.host.files import read_bounded, write_atomic
from artist_console.host.subkeys import subkey

_NONCE_BYTES = 12
_ENDING = ".sealed"
_MOST_BYTES = 1_000_000_000
_HASH = re.compile(r"[0-9a-f]{64}")


class SealBroken(FileProblem):
    title_template = "The kept file {name} is damaged, or was sealed with other keys"
    advice_template = "Put it back from your backup, or import the original again"


@dataclass(frozen=True)
class KeptFiles:
    """One folder of sealed files. `key` is 32 bytes from which the key of each file is derived."""

    folder: Path
    key: bytes = field(repr=False)

    def keep(self, sha256: str, data: bytes) -> Path | None:
        """Seal a file and write it; None where it is here already. Raises FileProblem."""
        path = self._path(sha256)
        if path.exists():
            return None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, self._sealed(sha256, data))
        return path

    def read(self, sha256: str) -> bytes:
        """A file as it came. Raises SealBroken, FileProblem."""
        # Late, as in `_sealed`.
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        path = self._path(sha256)
        sealed = read_bounded(path, _MOST_BYTES)
        nonce, closed = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            data = AESGCM(subkey(self.key, sha256)).decrypt(nonce, closed, sha256.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(name=path.name) from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SealBroken(name=path.name)
        return data

    def seal_former(self) -> int:
        """Seal what a former version kept open, and take the open file away; gives how many there were."""
        found = [each for each in self.folder.glob("*") if _HASH.fullmatch(each.name)]
        for path in found:
            data = read_bounded(path, _MOST_BYTES)
            self.keep(hashlib.sha256(data).hexdigest(), data)
            path.unlink()
        return len(found)

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}{_ENDING}"

    def _sealed(self, sha256: str, data: bytes) -> bytes:
        # Late: the library of ciphers takes longer to load than the databases take to open.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(subkey(self.key, sha256)).encrypt(nonce, data, sha256.encode())
