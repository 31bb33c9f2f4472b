"""Files that a service gives by their hash, sealed: fetched piece by piece, kept, set aside where damaged.

    <hash>.sealed         complete, durable, and what its name says when it was kept
    .<hash>.arriving      on its way: a fetch that was cut goes on behind what is here
    <hash>.set-aside      damaged; a whole one is fetched in its place

All of it can be fetched again, so whatever nothing names any more is swept.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from artist_console.domain.problems import FileProblem

from .files import flush_folder
from .kept_files import KeptFiles
from .sealed_files import Closing, SealBroken, SealedFile, sha256_of

_NAME = re.compile(r"\.?([0-9a-f]{64})\.(sealed|arriving|set-aside)(\.[0-9a-f]+)?")


@dataclass
class ArrivingFile:
    """A file on its way in. One at a time, by one who writes; what came stays over a cut or an end."""

    _kept: KeptFiles
    _sealed: SealedFile
    sha256: str
    length: int  # how much of it is here

    def append(self, part: bytes) -> None:
        """Add what came next. Raises FileProblem; then what stood before is here."""
        try:
            self.length = self._sealed.append(part)
        except FileProblem:
            self.length = self._sealed.sound_length()
            raise

    def keep(self) -> bool:
        """Keep it, durably, if it is what its hash says; else it is dropped. Raises FileProblem."""
        try:
            with self._sealed.open(self.length) as content:
                fits = sha256_of(content) == self.sha256
        except SealBroken:  # a piece that never got to the disk
            fits = False
        if fits:
            self._kept.take_in(self._sealed, Closing(self.length, self.sha256))
        else:
            self.drop()
        return fits

    def drop(self) -> None:
        """Forget what came of it; the next fetch begins anew."""
        _remove(self._sealed.path)


@dataclass(frozen=True)
class FetchedFiles:
    """One folder of them. `key` is 32 bytes from which the key of each file is derived."""

    folder: Path
    key: bytes = field(repr=False)

    @cached_property
    def _kept(self) -> KeptFiles:
        return KeptFiles(self.folder, self.key)

    def has(self, sha256: str) -> bool:
        return self._kept.has(sha256)

    def open(self, sha256: str) -> BinaryIO:
        """A file as it came, to be read anywhere. Raises SealBroken, FileProblem, reading too."""
        return self._kept.open(sha256)

    def is_whole(self, sha256: str) -> bool:
        """Whether a file is what its name says, read through. Raises FileProblem where it cannot be read."""
        try:
            with self._kept.open(sha256) as content:
                return sha256_of(content) == sha256
        except SealBroken:
            return False

    def arriving(self, sha256: str) -> ArrivingFile:
        """Begin to fetch a file, or go on where the last time ended. Raises FileProblem."""
        self._make_folder()
        path = self.folder / f".{sha256}.arriving"
        if path.exists():
            try:
                sealed = SealedFile(path, self.key)
                return ArrivingFile(self._kept, sealed, sha256, sealed.sound_length())
            except SealBroken:
                _remove(path)
        return ArrivingFile(self._kept, SealedFile.new(path, self.key), sha256, 0)

    def set_aside(self, sha256: str) -> None:
        """Take a damaged file out of the way; one that was set aside before it goes. Raises FileProblem."""
        path = self.folder / f"{sha256}.sealed"
        try:
            os.replace(path, self.folder / f"{sha256}.set-aside")
            flush_folder(self.folder)
        except FileNotFoundError:
            return  # another lane was first
        except OSError as error:
            raise FileProblem(
                "{name} could not be renamed: {reason}",
                "Check that you may write in its folder",
                name=str(path),
                reason=error.strerror or type(error).__name__,
            ) from error

    def sweep(self, named: frozenset[str]) -> int:
        """Remove what no statement names any more; gives how many files went. Nothing may be arriving.

        A file that somebody reads cannot be removed on every system: then the next time.
        """
        gone = 0
        for path in _names_in(self.folder):
            found = _NAME.fullmatch(path.name)
            if found is None:
                continue
            half = found[3] is not None
            if half or found[1] not in named:
                gone += _remove(path)
            elif found[2] == "set-aside" and self.has(found[1]):
                gone += _remove(path)  # a whole one came in its place
        return gone

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise FileProblem(
                "The folder {name} could not be made: {reason}",
                "Check that you may write there",
                name=str(self.folder),
                reason=error.strerror or type(error).__name__,
            ) from error


def _names_in(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:  # not there, or told when something is put into it
        return []


def _remove(path: Path) -> bool:
    with contextlib.suppress(OSError):
        path.unlink()
        return True
    return False
