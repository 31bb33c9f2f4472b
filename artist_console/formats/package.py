"""A zip of named files that has exactly one spelling: what the container of a report is made of.

Files are stored as they are, one behind the other without gaps; the directory repeats them in the same
order; nothing is hidden in fields, comments or behind the end. Any program opens it, and this reader is
stricter than any program. Everything is read and written in steps from files that can be seeked: a large
table is never in memory as a whole. What stands wrong in a container is told, not raised.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from typing import BinaryIO, cast

MAX_PACKAGE_BYTES = 1024 * 1024 * 1024
MAX_FILES = 1_000
STEP_BYTES = 1024 * 1024
_WINDOW_BYTES = 256 * 1024

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}(\.[a-z0-9]{1,8})?", re.ASCII)
_DEVICE_NAMES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE | re.ASCII)
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _STORED, _NO_FLAGS = 20, 0, 0
_MIDNIGHT, _FIRST_DAY = 0, 0x0021  # 1 January 1980: the same input gives the same bytes
_MAX_NAME_BYTES = 255  # of a name that is looked at at all
_MOST_DERAILED = 100  # places at which a damaged file is picked up again, so that the search ends


class PackageFault(Enum):
    """What is wrong with a container."""

    NOT_A_PACKAGE = "not_a_package"
    TOO_LARGE = "too_large"  # by its size or the number of its files
    ENDS_EARLY = "ends_early"
    ODD_NAME = "odd_name"
    NAME_TWICE = "name_twice"
    FILE_DAMAGED = "file_damaged"  # packed in another way, or its sizes contradict each other
    NOT_AS_WRITTEN = "not_as_written"  # something stands where nothing should, or differs


class PackageDamaged(ValueError):
    """A file of the container is not what its header says. `str()` says which, and what."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one file lies in the container, as its header says; `at`: of its first byte."""

    name: str
    at: int
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Package:
    """What could be read of a container. No fault: around its files it is exactly what `write_package` makes.

    Whether the files are what their headers say, `digest_of` and `read_entry` find out.
    """

    entries: tuple[Entry, ...]
    faults: tuple[tuple[PackageFault, str], ...]  # with the name of the file where one is concerned
    size: int

    def entry(self, name: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.name == name), None)


@dataclass(frozen=True, slots=True)
class Digest:
    """SHA-256 (hex) of a file of the container, and whether its CRC is the one of its header."""

    sha256: str
    crc_holds: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A file that is to be written; `opened` gives its content from the beginning, to be closed after."""

    name: str
    size: int
    crc: int
    opened: Callable[[], BinaryIO]

    @classmethod
    def of(cls, name: str, content: bytes) -> Member:
        return cls(name, len(content), zlib.crc32(content), lambda: io.BytesIO(content))

    @classmethod
    def copied(cls, source: BinaryIO, entry: Entry, name: str = "") -> Member:
        """A file of another container as it stands there, which has to stay open."""
        return cls(name or entry.name, entry.size, entry.crc, lambda: open_entry(source, entry))


def is_plain_name(name: str) -> bool:
    """A name that is a file's name on every system, and nothing else: no folder, device or hidden file."""
    return _NAME.fullmatch(name) is not None and _DEVICE_NAMES.fullmatch(name) is None


# Writing


def write_package(out: BinaryIO, members: Iterable[Member]) -> None:
    """Write the container of these files, in this order; `out` is written from its beginning to its end.

    Raises ValueError where a name is not plain or stands twice, where there is too much, or where the content
    of a file is not what was said of it; what was written until then is no container.
    """
    entries: list[Entry] = []
    taken: set[str] = set()
    at, around = 0, _END.size
    for member in members:
        if not is_plain_name(member.name):
            raise ValueError(f"{member.name!r} is no plain name")
        if member.name.lower() in taken:
            raise ValueError(f"{member.name} stands twice")
        taken.add(member.name.lower())
        entry = Entry(member.name, at + _LOCAL.size + len(member.name), member.size, member.crc)
        entries.append(entry)
        around += _CENTRAL.size + len(member.name)
        if len(entries) > MAX_FILES or entry.at + entry.size + around > MAX_PACKAGE_BYTES:
            raise ValueError("it is more than a package can be")
        out.write(_local_header(entry))
        with member.opened() as content:
            _copy(content, entry, out)
        at = entry.at + entry.size
    out.write(_directory(entries))


def _copy(content: BinaryIO, entry: Entry, out: BinaryIO) -> None:
    size = crc = 0
    while step := content.read(STEP_BYTES):
        size += len(step)
        if size > entry.size:
            break
        crc = zlib.crc32(step, crc)
        out.write(step)
    if (size, crc) != (entry.size, entry.crc):
        raise ValueError(f"{entry.name} changed while it was written")


def _local_header(entry: Entry) -> bytes:
    name = entry.name.encode("latin-1")
    return _LOCAL.pack(_LOCAL_MARK, _VERSION, *_stamp(entry), len(name), 0) + name


def _directory(entries: Iterable[Entry]) -> bytes:
    """The directory of these files, and the end."""
    lines = bytearray()
    count = at = 0
    for entry in entries:
        name = entry.name.encode("latin-1")
        line = _CENTRAL.pack(
            _CENTRAL_MARK, _VERSION, _VERSION, *_stamp(entry), len(name), 0, 0, 0, 0, 0,
            entry.at - len(name) - _LOCAL.size,
        )  # fmt: skip
        lines += line + name
        count, at = count + 1, entry.at + entry.size
    return bytes(lines) + _END.pack(_END_MARK, 0, 0, count, count, len(lines), at, 0)


def _stamp(entry: Entry) -> tuple[int, ...]:
    return (_NO_FLAGS, _STORED, _MIDNIGHT, _FIRST_DAY, entry.crc, entry.size, entry.size)


# Reading


@dataclass(frozen=True, slots=True)
class _Found:
    """One local header as it stands, and whether it is the one that would be written."""

    entry: Entry
    is_stored: bool
    as_written: bool


def read_package(
    source: BinaryIO, *, most_bytes: int = MAX_PACKAGE_BYTES, most_files: int = MAX_FILES
) -> Package:
    """Read the headers of a container under limits; see `Package.faults` for what is wrong with it.

    Raises OSError where the file cannot be read, and nothing for what it holds.
    """
    size = source.seek(0, io.SEEK_END)
    if size > most_bytes:
        return Package((), ((PackageFault.TOO_LARGE, ""),), size)
    found, derailed = _headers(source, size, most_files)
    if not found:
        return Package((), ((PackageFault.NOT_A_PACKAGE, ""),), size)
    if len(found) > most_files:
        return Package((), ((PackageFault.TOO_LARGE, ""),), size)
    faults: list[tuple[PackageFault, str]] = []
    frame = _fault_of_frame(source, size, found, derailed)
    if frame is not None:
        faults.append((frame, ""))
    entries: dict[str, Entry] = {}
    taken: set[str] = set()
    for each in found:
        entry = each.entry
        if not is_plain_name(entry.name):
            faults.append((PackageFault.ODD_NAME, ""))
        elif entry.name.lower() in taken:
            faults.append((PackageFault.NAME_TWICE, entry.name))
            entries.pop(entry.name.lower(), None)  # which of the two is meant cannot be said
        else:
            taken.add(entry.name.lower())
            if each.is_stored:
                entries[entry.name.lower()] = entry
            else:
                faults.append((PackageFault.FILE_DAMAGED, entry.name))
    return Package(tuple(entries.values()), tuple(faults), size)


def _fault_of_frame(source: BinaryIO, size: int, found: list[_Found], derailed: bool) -> PackageFault | None:
    """Whether everything but the files' own bytes is what `write_package` writes around them."""
    directory = _directory(each.entry for each in found)
    last = found[-1].entry
    directory_at = last.at + last.size
    as_written = not derailed and all(each.as_written for each in found)
    is_whole = as_written and size == directory_at + len(directory)
    if is_whole and _read_at(source, directory_at, len(directory)) == directory:
        return None
    has_its_end = _read_at(source, max(size - _END.size, 0), _END.size).startswith(_END_MARK)
    if not has_its_end and (derailed or size < directory_at + len(directory)):
        return PackageFault.ENDS_EARLY
    return PackageFault.NOT_AS_WRITTEN


def _headers(source: BinaryIO, size: int, most_files: int) -> tuple[list[_Found], bool]:
    """The local headers one behind the other, and whether something stood between or cut one short.

    After something that is no header the search goes on at the next mark, so that the rest can be shown. It
    begins behind the header before, which may lie about its size.
    """
    found: list[_Found] = []
    derailed = 0
    at, looked_at = 0, -1
    while len(found) <= most_files and derailed <= _MOST_DERAILED:
        start = _read_at(source, at, _LOCAL.size + _MAX_NAME_BYTES)
        header = _header_in(start, at, size)
        if header is not None:
            found.append(header)
            looked_at, at = at, header.entry.at + header.entry.size
            continue
        if start.startswith(_CENTRAL_MARK):
            return found, derailed > 0
        derailed += 1
        at = looked_at = _next_mark(source, looked_at + 1)
        if at < 0:
            break
    return found, derailed > 0


def _header_in(start: bytes, at: int, size: int) -> _Found | None:
    if not start.startswith(_LOCAL_MARK) or len(start) < _LOCAL.size:
        return None
    _, _, _, method, _, _, crc, packed_size, claimed, name_size, extra_size = _LOCAL.unpack_from(start)
    content_at = at + _LOCAL.size + name_size + extra_size
    if name_size > _MAX_NAME_BYTES or content_at + packed_size > size:
        return None
    name = start[_LOCAL.size : _LOCAL.size + name_size].decode("latin-1")
    entry = Entry(name, content_at, packed_size, crc)
    is_stored = method == _STORED and packed_size == claimed
    return _Found(entry, is_stored, start.startswith(_local_header(entry)) and extra_size == 0)


def _next_mark(source: BinaryIO, at: int) -> int:
    """Where the next mark of a local header stands, from a place on; -1: nowhere."""
    overlap = len(_LOCAL_MARK) - 1
    while True:
        step = _read_at(source, at, STEP_BYTES)
        place = step.find(_LOCAL_MARK)
        if place >= 0:
            return at + place
        if len(step) <= overlap:
            return -1
        at += len(step) - overlap


def read_entry(source: BinaryIO, entry: Entry, limit: int) -> bytes:
    """The whole of a file of at most `limit` bytes. Raises PackageDamaged, also where it is larger."""
    if entry.size > limit:
        raise PackageDamaged(f"{entry.name} is larger than such a file can be")
    content = _read_at(source, entry.at, entry.size)
    if len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise PackageDamaged(f"{entry.name} is not what its header says")
    return content


def digest_of(source: BinaryIO, entry: Entry, progress: Callable[[int], None] | None = None) -> Digest:
    """Hash a file in steps; `progress` is told how many bytes each step had."""
    sha256 = hashlib.sha256()
    size = crc = 0
    for step in steps_of(source, entry):
        sha256.update(step)
        crc = zlib.crc32(step, crc)
        size += len(step)
        if progress is not None:
            progress(len(step))
    return Digest(sha256.hexdigest(), (size, crc) == (entry.size, entry.crc))


def steps_of(source: BinaryIO, entry: Entry) -> Iterator[bytes]:
    """The bytes of a file, a step at a time."""
    at, end = entry.at, entry.at + entry.size
    while at < end:
        step = _read_at(source, at, min(STEP_BYTES, end - at))
        if not step:
            return
        at += len(step)
        yield step


def open_entry(source: BinaryIO, entry: Entry) -> BinaryIO:
    """A window on a file of the container, with a place of its own; closing it leaves the container open."""
    return cast(BinaryIO, io.BufferedReader(_Window(source, entry), _WINDOW_BYTES))


# Several windows, also of several threads, share the one place of the file that they look at.
_READING = Lock()


def _read_at(source: BinaryIO, at: int, size: int) -> bytes:
    """Up to `size` bytes from a place on; less only at the end of the file."""
    with _READING:
        source.seek(at)
        return source.read(size)


class _Window(io.RawIOBase):
    def __init__(self, source: BinaryIO, entry: Entry) -> None:
        self._source, self._entry = source, entry
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._entry.size}[whence]
        if start + offset < 0:
            raise ValueError("a place before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        size = max(min(len(view), self._entry.size - self._at), 0)
        step = _read_at(self._source, self._entry.at + self._at, size) if size else b""
        view[: len(step)] = step
        self._at += len(step)
        return len(step)
