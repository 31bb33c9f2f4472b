"""Zips put together by hand, header by header, so that they can say anything."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One entry; what is left at None is as it should be."""

    name: bytes
    content: bytes
    size: int | None = None  # as the headers say
    flags: int = 0
    method: int = 0
    extra: bytes = b""
    attributes: int = 0


def raw_zip(*parts: Part, count: int | None = None, before: bytes = b"", comment: bytes = b"") -> bytes:
    out, listed = before, b""
    for part in parts:
        size = len(part.content) if part.size is None else part.size
        stamp = (20, part.flags, part.method, 0, 0x21, zlib.crc32(part.content), size, size)
        central = (len(part.name), len(part.extra), 0, 0, 0, part.attributes, len(out))
        listed += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, *stamp, *central) + part.name + part.extra
        out += struct.pack("<4sHHHHHIIIHH", b"PK\3\4", *stamp, len(part.name), len(part.extra))
        out += part.name + part.extra + part.content
    said = len(parts) if count is None else count
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, said, said, len(listed), len(out), len(comment))
    return out + listed + end + comment


def packed(**files: bytes) -> bytes:
    """By the library, deflated; `__` in a name is a slash, and `_` a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def named(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def zeros(megabytes: int) -> bytes:
    """Deflated by hand: a gigabyte of zeros never stands in memory."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    step = bytes(1 << 20)
    return b"".join(squeeze.compress(step) for _ in range(megabytes)) + squeeze.flush()
