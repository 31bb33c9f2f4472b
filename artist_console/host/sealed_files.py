"""Files sealed in pieces, so that none is held whole: AES-256-GCM, written piece by piece, read anywhere.

    "acsealed" · 16 random bytes (its id) · pieces · closing note, once the file is complete

A piece is a nonce, at most PIECE_BYTES closed up, and the tag. The key is the file's own, derived from its
id; each piece is bound to its place. The closing note binds length and SHA-256 of the whole: a file that was
cut, or that another was put in the place of, is told. A last piece that is not full is closed up anew when
the file grows.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from artist_console.domain.problems import FileProblem

from .subkeys import subkey

PIECE_BYTES = 256 * 1024
MAGIC = b"acsealed"
_ID_BYTES = 16
_HEAD_BYTES = len(MAGIC) + _ID_BYTES
_NONCE_BYTES, _TAG_BYTES = 12, 16
_AROUND = _NONCE_BYTES + _TAG_BYTES
_STORED_BYTES = PIECE_BYTES + _AROUND
_NOTE_BYTES = 40  # length in 8 bytes, then the SHA-256
_STORED_NOTE_BYTES = _NOTE_BYTES + _AROUND
_END = b"end"


class SealBroken(FileProblem):
    title_template = "The kept file {name} is damaged, or was sealed with other keys"
    advice_template = "Put it back from your backup, or import the original again"


class NoRoom(FileProblem):
    title_template = "There is not enough room on the disk for {name}: {needed} are needed, {free} are free"
    advice_template = "Make room, then bring it in again; nothing of it was taken over"


@dataclass(frozen=True, slots=True)
class Closing:
    """What the closing note of a complete file says."""

    size: int
    sha256: str


class SealedFile:
    """One file. `key` is 32 bytes from which the key of each file is derived."""

    __slots__ = ("_cipher", "_id", "path")

    def __init__(self, path: Path, key: bytes) -> None:
        """Raises SealBroken for what is no such file, FileProblem where it cannot be read."""
        # Late: the library of ciphers takes longer to load than the databases take to open.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.path = path
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD_BYTES)
        except OSError as error:
            raise _unreadable(path, error) from error
        if len(head) != _HEAD_BYTES or not head.startswith(MAGIC):
            raise SealBroken(name=path.name)
        self._id = head[len(MAGIC) :]
        self._cipher = AESGCM(subkey(key, f"file/{self._id.hex()}"))

    @classmethod
    def new(cls, path: Path, key: bytes) -> SealedFile:
        """An empty one. Raises FileProblem."""
        try:
            descriptor = os.open(
                path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
            with open(descriptor, "wb") as file:
                file.write(MAGIC + secrets.token_bytes(_ID_BYTES))
        except OSError as error:
            raise _unwritten(path, error) from error
        return cls(path, key)

    def length(self) -> int:
        """How much stands in it, by the size of the file; a last piece that was cut counts for nothing."""
        try:
            full, rest = divmod(self.path.stat().st_size - _HEAD_BYTES, _STORED_BYTES)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        return full * PIECE_BYTES + max(0, rest - _AROUND)

    def sound_length(self) -> int:
        """The same where an end may have come in the middle of writing: a broken last piece is dropped."""
        length = self.length()
        if length:
            try:
                with self.path.open("rb") as file:
                    self.piece(file, (length - 1) // PIECE_BYTES, (length - 1) % PIECE_BYTES + 1)
            except SealBroken:
                length = (length - 1) // PIECE_BYTES * PIECE_BYTES
                self._cut(length)
        return length

    def append(self, data: bytes) -> int:
        """Add to the end; gives the new length. Raises FileProblem: then a whole number of pieces stands."""
        length = self.length()
        place, partial = divmod(length, PIECE_BYTES)
        try:
            with self.path.open("r+b") as file:
                if partial:
                    data = self.piece(file, place, partial) + data
                file.seek(_HEAD_BYTES + place * _STORED_BYTES)
                for at in range(0, len(data), PIECE_BYTES):
                    file.write(self._closed(data[at : at + PIECE_BYTES], self._bound(place)))
                    place += 1
                file.truncate()
        except OSError as error:
            self._cut(length // PIECE_BYTES * PIECE_BYTES)
            raise _unwritten(self.path, error) from error
        return self.length()

    def close_up(self, closing: Closing) -> None:
        """Add the closing note, durably. The same again changes nothing. Raises FileProblem."""
        note = closing.size.to_bytes(8, "big") + bytes.fromhex(closing.sha256)
        try:
            with self.path.open("r+b") as file:
                file.seek(_end_of(closing.size))
                file.write(self._closed(note, self._id + _END))
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritten(self.path, error) from error

    def closing(self) -> Closing:
        """What the closing note says. Raises SealBroken where there is none that fits."""
        try:
            with self.path.open("rb") as file:
                stored = os.fstat(file.fileno()).st_size
                file.seek(max(0, stored - _STORED_NOTE_BYTES))
                note = self._opened(file.read(_STORED_NOTE_BYTES), self._id + _END)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        found = Closing(int.from_bytes(note[:8], "big"), note[8:].hex())
        if len(note) != _NOTE_BYTES or stored != _end_of(found.size) + _STORED_NOTE_BYTES:
            raise SealBroken(name=self.path.name)
        return found

    def open(self, size: int) -> BinaryIO:
        """Its content, `size` bytes of it, to be read anywhere. Reading raises SealBroken."""
        try:
            return io.BufferedReader(_Reading(self, size, self.path.open("rb")))
        except OSError as error:
            raise _unreadable(self.path, error) from error

    def piece(self, file: BinaryIO, place: int, length: int) -> bytes:
        """One piece of so much content, as it was before it was closed up. Raises SealBroken."""
        file.seek(_HEAD_BYTES + place * _STORED_BYTES)
        return self._opened(file.read(length + _AROUND), self._bound(place))

    def _bound(self, place: int) -> bytes:
        return self._id + place.to_bytes(8, "big")

    def _closed(self, data: bytes, bound: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, data, bound)

    def _opened(self, stored: bytes, bound: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag  # late, as above

        try:
            return self._cipher.decrypt(stored[:_NONCE_BYTES], stored[_NONCE_BYTES:], bound)
        except (InvalidTag, ValueError):
            raise SealBroken(name=self.path.name) from None

    def _cut(self, length: int) -> None:
        """Leave the pieces up to a length that ends one of them; where that fails, reading tells it."""
        try:
            os.truncate(self.path, _HEAD_BYTES + length // PIECE_BYTES * _STORED_BYTES)
        except OSError as error:
            raise _unwritten(self.path, error) from error


class _Reading(io.RawIOBase):
    """The content of a sealed file; the piece that was read last is kept open."""

    def __init__(self, sealed: SealedFile, size: int, file: BinaryIO) -> None:
        self._sealed = sealed
        self._size = size
        self._file = file
        self._at = 0
        self._place = -1
        self._piece = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("a place before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, of which this is one
        if self._at >= self._size:
            return 0
        place, within = divmod(self._at, PIECE_BYTES)
        if place != self._place:
            due = min(PIECE_BYTES, self._size - place * PIECE_BYTES)
            self._piece = self._sealed.piece(self._file, place, due)
            self._place = place
        part = self._piece[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._file.close()
        super().close()


def sha256_of(file: BinaryIO, step: int = 1024 * 1024) -> str:
    """The hash of what is left to read."""
    found = hashlib.sha256()
    while part := file.read(step):
        found.update(part)
    return found.hexdigest()


def _end_of(size: int) -> int:
    """Where the pieces of so much content end in the file."""
    full, rest = divmod(size, PIECE_BYTES)
    return _HEAD_BYTES + full * _STORED_BYTES + (rest + _AROUND if rest else 0)


def stored_size(size: int) -> int:
    """What a file of this size takes up on the disk, closing note included."""
    return _end_of(size) + _STORED_NOTE_BYTES


def _unwritten(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        "The file could not be put by: {reason}",
        "Check that the disk has room, then bring it in again; nothing of it was taken over",
        name=path.name,
        reason=error.strerror or type(error).__name__,
    )


def _unreadable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        "{name} could not be read: {reason}",
        "Check that it is a file and that you may open it",
        name=path.name,
        reason=error.strerror or type(error).__name__,
    )
