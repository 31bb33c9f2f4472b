"""Files on their way in: sealed in pieces as they come, each going on where it stopped, after a restart too.

They lie beside the kept files, so that one that was taken over is kept by moving it. Without a folder of its
own the service uses a private one that goes with it, and nothing outlives it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from artist_console.domain.problems import FileProblem
from artist_console.host.sealed_files import NoRoom, SealedFile, stored_size

_ENDING = ".arriving"
# For what a file becomes: rows, indexes and the log of the database.
_MARGIN_BYTES = 64 * 1024 * 1024
_MARGIN_SHARE = 4


class Arriving:
    """The folder of files that are not complete, or wait for their job."""

    def __init__(self, folder: Path | None, key: bytes) -> None:
        self._given = folder
        self._private: Path | None = None
        self._key = key
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)

    def check_room(self, size: int, promised: int) -> None:
        """Raise NoRoom where a file of this size would not fit beside what others were promised."""
        needed = stored_size(size) + _MARGIN_BYTES + size // _MARGIN_SHARE
        free = self._free() - promised
        if free < needed:
            raise NoRoom(name="the file", needed=_in_words(needed), free=_in_words(max(0, free)))

    def begin(self, id: str) -> SealedFile:
        """Raises FileProblem."""
        path = self._path(id)
        for again in (True, False):
            try:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                return SealedFile.new(path, self._key)
            except FileProblem:
                # The folder is taken away when it is empty, perhaps just now.
                if not again or path.parent.exists():
                    raise
            except OSError as error:
                raise FileProblem(
                    "The file could not be put by: {reason}",
                    "Check the folder of the service; nothing was taken over",
                    reason=error.strerror or type(error).__name__,
                ) from error
        raise AssertionError("one of the two tries ends it")

    def has(self, id: str) -> bool:
        return self._path(id).exists()

    def file(self, id: str) -> SealedFile:
        """Raises SealBroken, FileProblem."""
        return SealedFile(self._path(id), self._key)

    @contextmanager
    def alone(self, id: str) -> Iterator[bool]:
        """Whether nobody else writes this file now; if so, nobody will inside the block."""
        with self._lock:
            lock = self._locks.setdefault(id, threading.Lock())
        taken = lock.acquire(blocking=False)
        try:
            yield taken
        finally:
            if taken:
                lock.release()

    def drop(self, id: str) -> None:
        """Take a file away; nothing happens where there is none."""
        with suppress(OSError):
            self._path(id).unlink(missing_ok=True)
        with self._lock:
            self._locks.pop(id, None)
        self.tidy()

    def tidy(self) -> None:
        """Take the folder away if it is empty."""
        if self._given is not None:
            with suppress(OSError):
                self._given.rmdir()

    def ids(self) -> tuple[str, ...]:
        """Those that lie here."""
        if self._given is None and self._private is None:
            return ()
        return tuple(path.name.removesuffix(_ENDING) for path in self._folder.glob(f"*{_ENDING}"))

    @property
    def _folder(self) -> Path:
        if self._given is not None:
            return self._given
        with self._lock:
            if self._private is None:
                self._private = Path(tempfile.mkdtemp(prefix="artist-console-"))
            return self._private

    def _path(self, id: str) -> Path:
        return self._folder / f"{id}{_ENDING}"

    def _free(self) -> int:
        folder = self._folder
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        try:
            return shutil.disk_usage(folder).free
        except OSError as error:
            raise FileProblem(
                "The disk of the service cannot be looked at: {reason}",
                "Check its folder; nothing was taken over",
                reason=os.strerror(error.errno or 0),
            ) from error


def _in_words(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1_000_000_000 else f"{-(-size // 1_000_000)} MB"
