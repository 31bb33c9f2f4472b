"""Where a file of lines grows before it is published: in memory while it is small, then sealed on the disk.

The key is made for the one file and forgotten with it: what a process leaves behind opens for nobody.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from artist_console.domain.problems import FileProblem
from artist_console.host.sealed_files import PIECE_BYTES, SealedFile

_IN_MEMORY_BYTES = 4 * 1024 * 1024


class Staging(io.RawIOBase):
    """Written once from its beginning, then read. Close it: nothing of it stays."""

    def __init__(self, in_memory: int = _IN_MEMORY_BYTES) -> None:
        super().__init__()
        self._most = max(in_memory, PIECE_BYTES)
        self._waiting = bytearray()
        self._folder: Path | None = None
        self._sealed: SealedFile | None = None
        self._hash = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        """Of what was written so far."""
        return self._hash.hexdigest()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Raises FileProblem where the disk is full."""
        self._hash.update(data)
        self._waiting += data
        self.size += len(data)
        if len(self._waiting) > self._most:
            whole = len(self._waiting) // PIECE_BYTES * PIECE_BYTES
            self._file().append(bytes(self._waiting[:whole]))
            del self._waiting[:whole]
        return len(data)

    def written(self) -> BinaryIO:
        """All of it, from its beginning, to be read anywhere. Nothing is to be written any more."""
        if self._sealed is None:
            return io.BytesIO(bytes(self._waiting))
        if self._waiting:
            self._sealed.append(bytes(self._waiting))
            self._waiting.clear()
        return self._sealed.open(self.size)

    def close(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = self._sealed = None
        self._waiting.clear()
        super().close()

    def _file(self) -> SealedFile:
        if self._sealed is None:
            try:
                self._folder = Path(tempfile.mkdtemp(prefix="artist-console-"))
            except OSError as error:
                raise FileProblem(
                    "The lines could not be put by: {reason}",
                    "Check the folder for temporary files; nothing was taken over",
                    reason=os.strerror(error.errno or 0),
                ) from error
            self._sealed = SealedFile.new(self._folder / "lines", secrets.token_bytes(32))
        return self._sealed
