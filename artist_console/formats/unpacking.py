"""A packed or plain file as a stream of what is in it, read once from its beginning, in bounded memory.

Told by the first bytes: gzip, and a zip with one table, are undone under a limit of their whole and of how
much they may grow. The hash is of the file as it came, and complete when the stream was read to its end.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO

from artist_console.domain.problems import InputProblem

from .tables import MAX_RATIO, RATIO_FREE_BYTES, is_table_in_zip, is_workbook

HEAD_BYTES = 1 << 20  # in which a file shows what it is
MOST_UNPACKED = 16_000_000_000  # a list of ten million rows has one to three thousand million bytes
_CHUNK = 1 << 18
_PACKED_PROBLEMS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class _Hashed(io.RawIOBase):
    """A file read from its beginning to its end, hashed and counted on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer)  # type: ignore[arg-type]
        filled = 0
        while filled < len(into) and (data := self._file.read(len(into) - filled)):
            into[filled : filled + len(data)] = data
            self._hash.update(data)
            filled += len(data)
        self.count += filled
        return filled

    def read_rest(self) -> str:
        """The hash of the whole file, whatever of it was left unread."""
        while data := self._file.read(_CHUNK):
            self._hash.update(data)
            self.count += len(data)
        return self._hash.hexdigest()


class _Unpacked(io.RawIOBase):
    """What a packed file holds; more than the limits, and damage, are an InputProblem."""

    def __init__(self, inner: io.BufferedIOBase, packed: Callable[[], int], file_name: str) -> None:
        self._inner = inner
        self._packed = packed
        self._file_name = file_name
        self._count = 0
        self.hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        into = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._inner.read(len(into))
        except _PACKED_PROBLEMS as error:
            raise damaged(self._file_name) from error
        into[: len(data)] = data
        self.hash.update(data)
        self._count += len(data)
        grown = self._count > RATIO_FREE_BYTES and self._count > MAX_RATIO * max(self._packed(), 1)
        if grown or self._count > MOST_UNPACKED:
            raise _grows(self._file_name)
        return len(data)


class OpenedFile:
    """The stream and what is known of the file: `sha256` once it was read to its end."""

    def __init__(self, file: BinaryIO, file_name: str) -> None:
        """Raises InputProblem where it is empty, or a zip with no table or with several."""
        self.file_name = file_name
        self.size = file.seek(0, io.SEEK_END)
        file.seek(0)
        start = b""
        while len(start) < 4 and (more := file.read(4 - len(start))):
            start += more
        file.seek(0)
        if not start:
            raise InputProblem("“{file}” is empty", "Ask for the file again.", file=file_name)
        self.workbook = False
        self._hashed = _Hashed(file)
        self._zip: BinaryIO | None = None
        self._sha256 = ""
        self._unpacked: _Unpacked | None = None
        self.stream: io.BufferedReader
        if start == b"PK\x03\x04":
            self._sha256 = self._hashed.read_rest()  # a zip is read from its end, so it is hashed by itself
            file.seek(0)
            self.workbook = is_workbook(file)
            file.seek(0)
            self._zip = file
            if self.workbook:
                self.stream = io.BufferedReader(_Hashed(file), HEAD_BYTES)
            else:
                inner = _one_table(file, file_name)
                self._unpacked = _Unpacked(inner, lambda: self.size, file_name)
                self.stream = io.BufferedReader(self._unpacked, HEAD_BYTES)
        elif start[:2] == b"\x1f\x8b":
            # Reads member after member and compares the checksum and length at the end of each.
            self._unpacked = _Unpacked(
                gzip.GzipFile(fileobj=io.BufferedReader(self._hashed, _CHUNK)),
                lambda: self._hashed.count,
                file_name,
            )
            self.stream = io.BufferedReader(self._unpacked, HEAD_BYTES)
        else:
            self.stream = io.BufferedReader(self._hashed, HEAD_BYTES)

    @property
    def bytes_read(self) -> int:
        """Of the file as it came; of a zip where it is being read."""
        return self._hashed.count if self._zip is None else min(self._zip.tell(), self.size)

    def sha256(self) -> str:
        """Of the file as it came. Reads what nobody wanted; after that the file may be closed."""
        if not self._sha256:
            self._sha256 = self._hashed.read_rest()
        return self._sha256

    def content_sha256(self) -> str:
        """Of what the file holds when it is unpacked. Reads what nobody wanted; see `sha256`."""
        if self._unpacked is None:
            return self.sha256()
        while self.stream.read(_CHUNK):
            pass
        return self._unpacked.hash.hexdigest()


class OpenedPart:
    """One of several tables in a zip, as a stream under the same limits. Raises InputProblem."""

    workbook = False

    def __init__(self, file: BinaryIO, file_name: str, name: str) -> None:
        self.file_name = file_name
        self.name = name
        self.stream: io.BufferedReader
        try:
            archive = zipfile.ZipFile(file)
            entry = archive.getinfo(name)
            inner: io.BufferedIOBase = archive.open(entry)  # type: ignore[assignment]
        except (KeyError, *_PACKED_PROBLEMS) as error:
            raise damaged(file_name) from error
        _check_size(entry, file_name)
        if name.lower().endswith(".gz"):
            inner = gzip.GzipFile(fileobj=inner)
        self._file = file
        self._sha256 = ""
        self.size = file.seek(0, io.SEEK_END)
        self.stream = io.BufferedReader(_Unpacked(inner, lambda: self.size, file_name), HEAD_BYTES)

    @property
    def bytes_read(self) -> int:
        """Of the zip, where it is being read."""
        return min(self._file.tell(), self.size)

    def sha256(self) -> str:
        """Of the zip as it came. Reads it from its beginning: after the part was read."""
        if not self._sha256:
            self._file.seek(0)
            self._sha256 = _Hashed(self._file).read_rest()
        return self._sha256


def tables_in_zip(file: BinaryIO, file_name: str) -> tuple[str, ...]:
    """The names of the tables in a zip, in its order; empty for what is no zip. Raises InputProblem."""
    file.seek(0)
    is_zip = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    if not is_zip or is_workbook(file):
        return ()
    try:
        with zipfile.ZipFile(file) as archive:
            names = [entry.filename for entry in archive.infolist()]
    except _PACKED_PROBLEMS as error:
        raise damaged(file_name) from error
    return tuple(name for name in names if is_table_in_zip(name) or is_table_in_zip(name.removesuffix(".gz")))


def damaged(file_name: str) -> InputProblem:
    return InputProblem(
        "“{file}” is damaged or ends early, so nothing of it was used",
        "Download the file again or ask the sender for a new copy.",
        file=file_name,
    )


def _check_size(entry: zipfile.ZipInfo, file_name: str) -> None:
    """By what the zip states, so that nothing of a bomb is unpacked; no more than stated ever comes out."""
    grown = entry.file_size > RATIO_FREE_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    if grown or entry.file_size > MOST_UNPACKED:
        raise _grows(file_name)


def _grows(file_name: str) -> InputProblem:
    return InputProblem(
        "“{file}” grows far beyond what such a list can hold when it is unpacked",
        "Unpack it yourself, look at it, and import what is in it.",
        file=file_name,
    )


def _one_table(file: BinaryIO, file_name: str) -> io.BufferedIOBase:
    try:
        archive = zipfile.ZipFile(file)
        inside = [entry for entry in archive.infolist() if is_table_in_zip(entry.filename)]
        if len(inside) == 1:
            _check_size(inside[0], file_name)
            return archive.open(inside[0])  # type: ignore[return-value]
    except _PACKED_PROBLEMS as error:
        raise damaged(file_name) from error
    raise InputProblem(
        "“{file}” holds {count} tables",
        "Unpack it and import the files in it one by one.",
        file=file_name,
        count=len(inside),
    )
