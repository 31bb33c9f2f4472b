"""A zip of named files that has exactly one spelling: what the container of a report is made of.

Any program opens it; this reader is stricter than any program. Files stand one behind the other without
gaps, the directory repeats them in the same order, nothing is hidden in fields, comments or behind the end.
`read_package` never raises: it keeps what it can read and says what is wrong. Nothing touches a disk.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

MAX_PACKAGE_BYTES = 256 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024  # of all files together, as declared
MAX_FILES = 64
MAX_RATIO = 200  # beyond, a file is stored as it is; a file that claims more is not unpacked
RATIO_FLOOR_BYTES = 64 * 1024  # small files may shrink as they like

STORED, DEFLATED = 0, 8
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}(\.[a-z0-9]{1,8})?", re.ASCII)
_DEVICE_NAMES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE | re.ASCII)
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION = 20  # of the zip format: stored and deflated
_MIDNIGHT, _FIRST_DAY = 0, 0x0021  # 1 January 1980: the same input gives the same bytes


class PackageFault(Enum):
    """What is wrong with a container."""

    NOT_A_PACKAGE = "not_a_package"
    TOO_LARGE = "too_large"  # by its size, the number of its files, or what they claim to unpack to
    ENDS_EARLY = "ends_early"
    ODD_NAME = "odd_name"
    NAME_TWICE = "name_twice"
    FILE_DAMAGED = "file_damaged"  # does not unpack to what its header says
    NOT_AS_WRITTEN = "not_as_written"  # something stands where nothing should, or differs


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file with the bytes that stand for it in the container."""

    name: str
    content: bytes
    packed: bytes
    method: int


@dataclass(frozen=True, slots=True)
class Package:
    """What could be read of a container. No fault: it is exactly what `write_package` makes."""

    files: tuple[PackedFile, ...]
    faults: tuple[tuple[PackageFault, str], ...]  # with the name of the file where one is concerned

    def file(self, name: str) -> PackedFile | None:
        return next((file for file in self.files if file.name == name), None)


def is_plain_name(name: str) -> bool:
    """A name that is a file's name on every system, and nothing else: no folder, device or hidden file."""
    return _NAME.fullmatch(name) is not None and _DEVICE_NAMES.fullmatch(name) is None


def pack(name: str, content: bytes, *, plain: bool = False) -> PackedFile:
    """Deflate a file where that helps; `plain` keeps it readable in the container's own bytes."""
    if not plain:
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflater.compress(content) + deflater.flush()
        if len(packed) < len(content) and not _shrinks_too_much(len(packed), len(content)):
            return PackedFile(name, content, packed, DEFLATED)
    return PackedFile(name, content, content, STORED)


def _shrinks_too_much(packed: int, unpacked: int) -> bool:
    return unpacked > RATIO_FLOOR_BYTES and unpacked > packed * MAX_RATIO


def write_package(files: Iterable[PackedFile]) -> bytes:
    """The container of these files, in this order."""
    return _assembled(
        (_Header(f.name, f.method, zlib.crc32(f.content), 0, len(f.packed), len(f.content)), f.packed)
        for f in files
    )


@dataclass(frozen=True, slots=True)
class _Header:
    """One local header as it stands, before anything of its file is unpacked."""

    name: str
    method: int
    crc: int
    packed_at: int
    packed_size: int
    size: int


def _assembled(files: Iterable[tuple[_Header, bytes]]) -> bytes:
    body = bytearray()
    directory = bytearray()
    count = 0
    for header, packed in files:
        name = header.name.encode("latin-1")
        stamp = (0, header.method, _MIDNIGHT, _FIRST_DAY, header.crc, header.packed_size, header.size)
        directory += _CENTRAL.pack(
            _CENTRAL_MARK, _VERSION, _VERSION, *stamp, len(name), 0, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += _LOCAL.pack(_LOCAL_MARK, _VERSION, *stamp, len(name), 0) + name + packed
        count += 1
    end = _END.pack(_END_MARK, 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + end)


def read_package(data: bytes) -> Package:
    """Read a container under limits; see `Package.faults` for what is wrong with it."""
    if len(data) > MAX_PACKAGE_BYTES:
        return Package((), ((PackageFault.TOO_LARGE, ""),))
    headers, derailed = _headers(data)
    if not headers:
        return Package((), ((PackageFault.NOT_A_PACKAGE, ""),))
    if len(headers) > MAX_FILES:
        return Package((), ((PackageFault.TOO_LARGE, ""),))
    faults: list[tuple[PackageFault, str]] = []
    frame = _fault_of_frame(data, headers, derailed)
    if frame is not None:
        faults.append((frame, ""))
    if sum(header.size for header in headers) > MAX_UNPACKED_BYTES:
        return Package((), tuple(faults) or ((PackageFault.TOO_LARGE, ""),))
    files: dict[str, PackedFile] = {}
    taken: set[str] = set()
    for header in headers:
        if not is_plain_name(header.name):
            faults.append((PackageFault.ODD_NAME, ""))
        elif header.name.lower() in taken:
            faults.append((PackageFault.NAME_TWICE, header.name))
            files.pop(header.name, None)  # which of the two is meant cannot be said
        else:
            taken.add(header.name.lower())
            file = _unpacked(data, header)
            if isinstance(file, PackageFault):
                faults.append((file, header.name))
            else:
                files[header.name] = file
    return Package(tuple(files.values()), tuple(faults))


def _fault_of_frame(data: bytes, headers: list[_Header], derailed: bool) -> PackageFault | None:
    """Whether everything but the files' own bytes is what `write_package` writes around them."""
    rebuilt = _assembled((h, data[h.packed_at : h.packed_at + h.packed_size]) for h in headers)
    if not derailed and rebuilt == data:
        return None
    has_its_end = data[-_END.size :].startswith(_END_MARK)
    if not has_its_end and (derailed or len(data) < len(rebuilt)):
        return PackageFault.ENDS_EARLY
    return PackageFault.NOT_AS_WRITTEN


def _headers(data: bytes) -> tuple[list[_Header], bool]:
    """The local headers one behind the other, and whether something stood between or cut one short.

    After something that is no header the search goes on at the next mark, so that the rest can be shown.
    """
    found: list[_Header] = []
    derailed = False
    at = 0
    while len(found) <= MAX_FILES:
        header = _header_at(data, at)
        if header is not None:
            found.append(header)
            at = header.packed_at + header.packed_size
            continue
        if data[at : at + 4] == _CENTRAL_MARK:
            return found, derailed
        derailed = True
        at = data.find(_LOCAL_MARK, at + 1)
        if at < 0:
            return found, True
    return found, True


def _header_at(data: bytes, at: int) -> _Header | None:
    if data[at : at + 4] != _LOCAL_MARK or len(data) < at + _LOCAL.size:
        return None
    _, _, _, method, _, _, crc, packed_size, size, name_size, extra_size = _LOCAL.unpack_from(data, at)
    name_at = at + _LOCAL.size
    packed_at = name_at + name_size + extra_size
    if packed_at + packed_size > len(data):
        return None
    name = data[name_at : name_at + name_size].decode("latin-1")
    return _Header(name, method, crc, packed_at, packed_size, size)


def _unpacked(data: bytes, header: _Header) -> PackedFile | PackageFault:
    packed = data[header.packed_at : header.packed_at + header.packed_size]
    if header.method == STORED:
        content = packed
    elif header.method == DEFLATED:
        if _shrinks_too_much(len(packed), header.size):
            return PackageFault.TOO_LARGE
        inflated = _inflated(packed, header.size)
        if inflated is None:
            return PackageFault.FILE_DAMAGED
        content = inflated
    else:
        return PackageFault.FILE_DAMAGED
    if len(content) != header.size or zlib.crc32(content) != header.crc:
        return PackageFault.FILE_DAMAGED
    return PackedFile(header.name, content, packed, header.method)


def _inflated(packed: bytes, size: int) -> bytes | None:
    """At most one byte more than declared is ever made; the stream must end exactly at its end."""
    inflater = zlib.decompressobj(-15)
    try:
        content = inflater.decompress(packed, size + 1)
    except zlib.error:
        return None
    if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
        return None
    return content
