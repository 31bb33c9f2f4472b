"""Imported files as they came, sealed (see `host.sealed_files`), found by their hash."""

from __future__ import annotations

import hashlib
import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from artist_console.domain.problems import FileProblem

from .files import flush_folder, read_bounded, read_start
from .sealed_files import MAGIC, Closing, SealBroken, SealedFile, sha256_of
from .subkeys import subkey

_ENDING = ".sealed"
_STEP_BYTES = 1024 * 1024
_FORMER_MOST_BYTES = 1_000_000_000
_FORMER_NONCE_BYTES = 12
_HASH = re.compile(r"[0-9a-f]{64}")

__all__ = ["KeptFiles", "SealBroken"]


@dataclass(frozen=True)
class KeptFiles:
    """One folder of sealed files. `key` is 32 bytes from which the key of each file is derived."""

    folder: Path
    key: bytes = field(repr=False)

    def keep(self, sha256: str, content: bytes | BinaryIO) -> Path | None:
        """Seal a file and write it; None where it is here already. Raises FileProblem."""
        path = self._path(sha256)
        if path.exists():
            return None
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        size = 0
        try:
            sealed = SealedFile.new(part, self.key)
            while data := source.read(_STEP_BYTES):
                size = sealed.append(data)
            sealed.close_up(Closing(size, sha256))
            os.replace(part, path)
            flush_folder(self.folder)
        except OSError as error:
            raise _unkept(path, error) from error
        finally:
            part.unlink(missing_ok=True)
        return path

    def take_in(self, sealed: SealedFile, closing: Closing) -> Path | None:
        """Keep a file that is sealed already, by moving it; None where it is here. Raises FileProblem."""
        path = self._path(closing.sha256)
        sealed.close_up(closing)
        try:
            if path.exists():
                sealed.path.unlink()
                return None
            os.replace(sealed.path, path)
            flush_folder(self.folder)
        except OSError as error:
            raise _unkept(path, error) from error
        return path

    def has(self, sha256: str) -> bool:
        return self._path(sha256).exists()

    def size(self, sha256: str) -> int:
        """Raises SealBroken, FileProblem."""
        return self._closing(sha256).size

    def open(self, sha256: str) -> BinaryIO:
        """A file as it came, to be read in pieces. Raises SealBroken, FileProblem, reading too."""
        path = self._path(sha256)
        if not read_start(path, len(MAGIC)).startswith(MAGIC):
            return io.BytesIO(self._former(sha256))
        return SealedFile(path, self.key).open(self._closing(sha256).size)

    def read(self, sha256: str) -> bytes:
        """A small file as it came. Raises SealBroken, FileProblem."""
        with self.open(sha256) as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise SealBroken(name=self._path(sha256).name)
        return data

    def seal_former(self) -> int:
        """Seal what a former version kept open, and take the open file away; gives how many there were."""
        found = [each for each in self.folder.glob("*") if _HASH.fullmatch(each.name)]
        for path in found:
            with path.open("rb") as file:
                sha256 = sha256_of(file)
                file.seek(0)
                self.keep(sha256, file)
            path.unlink()
        return len(found)

    def _closing(self, sha256: str) -> Closing:
        path = self._path(sha256)
        if not read_start(path, len(MAGIC)).startswith(MAGIC):
            return Closing(len(self._former(sha256)), sha256)
        closing = SealedFile(path, self.key).closing()
        if closing.sha256 != sha256:
            raise SealBroken(name=path.name)
        return closing

    def _path(self, sha256: str) -> Path:
        return self.folder / f"{sha256}{_ENDING}"

    def _former(self, sha256: str) -> bytes:
        """A file as earlier versions sealed it: nonce and all of it in one piece."""
        # Late: the library of ciphers takes longer to load than the databases take to open.
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        path = self._path(sha256)
        sealed = read_bounded(path, _FORMER_MOST_BYTES)
        nonce, closed = sealed[:_FORMER_NONCE_BYTES], sealed[_FORMER_NONCE_BYTES:]
        try:
            return AESGCM(subkey(self.key, sha256)).decrypt(nonce, closed, sha256.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(name=path.name) from None


def _unkept(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        "{name} could not be written: {reason}",
        "Check that the folder exists, that you may write there, and that the disk has room",
        name=str(path),
        reason=error.strerror or type(error).__name__,
    )
