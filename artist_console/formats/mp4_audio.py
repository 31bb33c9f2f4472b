"""The audio of an MP4 file by its sample tables (ISO/IEC 14496-12): which bytes are decoded, in which order.

Writing into such a file moves its media and changes the tables; the bytes that the tables point to are what
must stay.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .audio_tags import Tags

_MOST_BOXES = 10_000
_MOST_MOOV_BYTES = 20_000_000  # samples of 29 hours; pictures stand in it as well
_DEEPEST = 6
_HOLD_OTHERS = (b"mdia", b"minf", b"stbl")
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


class NotMp4Audio(ValueError):
    """Not MP4 with audio that can be followed, or a damaged one. `str()` says which, as a sentence."""


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int  # of what is inside
    end: int


def mp4_audio(file: BinaryIO, size: int, *, hashed: bool = True) -> str:
    """SHA-256 of the descriptions and samples of all tracks, as hex; empty where not `hashed`.

    Raises NotMp4Audio, also where samples that the tables name are not there.
    """
    digest = hashlib.sha256() if hashed else None
    moov = next((box for box in _boxes(file, 0, size) if box.name == b"moov"), None)
    if moov is None or moov.end - moov.start > _MOST_MOOV_BYTES:
        raise NotMp4Audio("The file is damaged: it says nowhere what is in it.")
    tracks = [box for box in _boxes(file, moov.start, moov.end) if box.name == b"trak"]
    sounds = 0
    for track in tracks:
        tables = {box.name: box for box in _inner(file, track)}
        handler = _bytes(file, tables.get(b"hdlr"))[8:12]
        if handler == b"vide":
            raise NotMp4Audio("It is a video. Audio files are marked here.")
        if digest is not None:
            digest.update(_bytes(file, tables.get(b"stsd")))
        for offset, length in _runs(file, tables):
            sounds += handler == b"soun" and length > 0
            _hash(file, offset, length, size, digest)
    if not sounds or any(box.name == b"mvex" for box in _boxes(file, moov.start, moov.end)):
        raise NotMp4Audio("There is no audio in it, or it comes in pieces (fragmented), as streams do.")
    return digest.hexdigest() if digest is not None else ""


def mp4_tags(file: BinaryIO, size: int) -> Tags:
    """What stands beside the tracks, as one line a box; the mark itself is left out."""
    moov = next((box for box in _boxes(file, 0, size) if box.name == b"moov"), None)
    inside = [] if moov is None else list(_boxes(file, moov.start, moov.end))
    beside = [box for box in inside if box.name in (b"udta", b"meta", b"mvhd")]
    beside += [box for box in _boxes(file, 0, size) if box.name == b"uuid" and not _is_mark(file, box)]
    return Tags(
        others=tuple(f"{box.name!r} {hashlib.sha256(_bytes(file, box)).hexdigest()}" for box in beside)
    )


def _is_mark(file: BinaryIO, box: _Box) -> bool:
    file.seek(box.start)
    return file.read(16) == _C2PA


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        length, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if length == 1:
            length, head = struct.unpack(">Q", file.read(8))[0], 16
        elif length == 0:
            length = end - start
        if length < head or start + length > end:
            raise NotMp4Audio("The file is damaged or ends early: a part of it is missing.")
        yield _Box(name, start + head, start + length)
        start += length
    raise NotMp4Audio("The file is damaged: it has more parts than a file has.")


def _inner(file: BinaryIO, box: _Box, depth: int = 0) -> Iterator[_Box]:
    """The boxes of a track at every level that holds tables."""
    if depth == _DEEPEST:
        raise NotMp4Audio("The file is damaged: its parts are nested too deeply.")
    for each in _boxes(file, box.start, box.end):
        yield each
        if each.name in _HOLD_OTHERS:
            yield from _inner(file, each, depth + 1)


def _bytes(file: BinaryIO, box: _Box | None) -> bytes:
    if box is None:
        return b""
    if box.end - box.start > _MOST_MOOV_BYTES:
        raise NotMp4Audio("The file is damaged: a table of it is larger than tables are.")
    file.seek(box.start)
    return file.read(box.end - box.start)


def _runs(file: BinaryIO, tables: dict[bytes, _Box]) -> Iterator[tuple[int, int]]:
    """Offset and length of each chunk of samples, in the order in which they are decoded."""
    if b"co64" in tables:
        offsets = _numbers(_bytes(file, tables[b"co64"]), "Q")
    else:
        offsets = _numbers(_bytes(file, tables.get(b"stco")), "I")
    per_chunk = _numbers(_bytes(file, tables.get(b"stsc")), "III")
    sized = _bytes(file, tables.get(b"stsz"))
    if len(sized) < 12:
        return
    same, count = struct.unpack(">II", sized[4:12])
    sizes = () if same else struct.unpack(f">{count}I", sized[12 : 12 + 4 * count])
    sample, row, held = 0, -1, 0
    for n, offset in enumerate(offsets, start=1):
        while 3 * (row + 1) < len(per_chunk) and per_chunk[3 * (row + 1)] <= n:
            row += 1
            held = per_chunk[3 * row + 1]
        until = min(sample + held, count)
        length = same * (until - sample) if same else sum(sizes[sample:until])
        sample = until
        yield offset, length


def _numbers(table: bytes, form: str) -> tuple[int, ...]:
    """The rows of a table behind its version and count."""
    if len(table) < 8:
        return ()
    count = struct.unpack(">I", table[4:8])[0]
    width = struct.calcsize(">" + form)
    if 8 + count * width > len(table):
        raise NotMp4Audio("The file is damaged: a table of it ends early.")
    return struct.unpack(">" + form * count, table[8 : 8 + count * width])


def _hash(file: BinaryIO, offset: int, length: int, size: int, digest: hashlib._Hash | None) -> None:
    if offset + length > size:
        raise NotMp4Audio("The file is damaged or ends early: a part of its audio is missing.")
    if digest is None:
        return
    file.seek(offset)
    while length > 0:
        part = file.read(min(1 << 20, length))
        digest.update(part)
        length -= len(part)
