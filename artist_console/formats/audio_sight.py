"""What an audio file is, told by its bytes: its kind, a hash of its audio alone, and its tags.

The hash is over what is decoded, so that it is the same before and after something is written into the
container. Sources: RIFF/WAVE, ID3v2.3 and 2.4, RFC 9639 (FLAC); MP4 stands in `mp4_audio`, tags in
`audio_tags`.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from artist_console.domain.marks import AudioKind

from .audio_frames import check_flac, check_mp3, is_mp3_frame
from .audio_tags import Tags, flac_tags, id3_tags
from .mp4_audio import NotMp4Audio, mp4_audio, mp4_tags

# The library holds a file in memory while it writes: 706 MB for one of 212 MB (c2pa-python 0.38.1).
MOST_BYTES = 1_000_000_000
_CHUNK = 1 << 20
_MOST_CHUNKS = 10_000  # of one file; real ones have a dozen
_MOST_TAG_BYTES = 50_000_000  # pictures are in it
_ID3_HEAD = 10
_ID3V1 = 128
Digest: TypeAlias = "hashlib._Hash | None"


class NotAudio(ValueError):
    """Not a file that a mark can be written into, or a damaged one. `str()` says which, as a sentence."""


@dataclass(frozen=True, slots=True)
class AudioSight:
    kind: AudioKind
    audio_sha256: str  # hex; empty where it was not asked for
    tags: Tags

    @property
    def isrc(self) -> str:
        """As the tags have it; empty where they have none."""
        return next((text for name, text in self.tags.texts if name in ("TSRC", "ISRC") and text), "")


def look_at(file: BinaryIO, *, hashed: bool = True) -> AudioSight:
    """Read a file that can be sought; nothing of it but its tags is held in memory. Raises NotAudio.

    Without `hashed` the audio itself is not read, so that a cut of MP3 and FLAC is not seen.
    """
    size = file.seek(0, 2)
    if size == 0:
        raise NotAudio("The file is empty.")
    if size > MOST_BYTES:
        raise NotAudio(f"The file is larger than the {MOST_BYTES // 1_000_000} MB that are marked at most.")
    file.seek(0)
    start = file.read(16)
    try:
        if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
            return _wav(file, size, _digest(hashed))
        if start[4:8] == b"ftyp":
            return AudioSight(AudioKind.M4A, mp4_audio(file, size, hashed=hashed), mp4_tags(file, size))
        return _after_id3(file, size, start, _digest(hashed))
    except (struct.error, IndexError, ValueError) as error:
        if isinstance(error, NotAudio):
            raise
        if isinstance(error, NotMp4Audio):
            raise NotAudio(str(error)) from error
        raise NotAudio(f"The file is damaged or ends early: {error}.") from error


def _after_id3(file: BinaryIO, size: int, start: bytes, digest: Digest) -> AudioSight:
    """FLAC and MP3, which may have ID3 in front."""
    begin, tag = 0, b""
    if start[:3] == b"ID3":
        file.seek(0)
        begin = _ID3_HEAD + _synchsafe(start[6:10]) + (_ID3_HEAD if start[5] & 0x10 else 0)
        if begin > min(size, _MOST_TAG_BYTES):
            raise NotAudio("The file is damaged or ends early: its tags are longer than they can be.")
        tag = file.read(begin)
    file.seek(begin)
    head = file.read(4)
    if head == b"fLaC":
        return _flac(file, size, begin, tag, digest)
    if is_mp3_frame(head):
        return _mp3(file, size, begin, tag, digest)
    raise NotAudio(_what_else(start, head))


def _wav(file: BinaryIO, size: int, digest: Digest) -> AudioSight:
    found, tags = False, Tags()
    position = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            break
        name, length = head[:4], struct.unpack("<I", head[4:])[0]
        if position + 8 + length > size:
            raise NotAudio("The file is damaged or ends early: a part of it is missing at the end.")
        if name in (b"fmt ", b"data"):
            found = found or name == b"data"
            if digest is not None:
                digest.update(name)
            _hash(file, position + 8, length, digest)
        elif name in (b"id3 ", b"ID3 ") and length <= _MOST_TAG_BYTES:
            tags = tags.with_more(id3_tags(file.read(length)))
        elif name != b"C2PA":
            other = hashlib.sha256()
            _hash(file, position + 8, length, other)
            tags = tags.with_other(f"{name!r} {other.hexdigest()}")
        position += 8 + length + (length & 1)
    if not found:
        raise NotAudio("The file is damaged: it is WAV and has no audio in it.")
    return AudioSight(AudioKind.WAV, _hex(digest), tags)


def _flac(file: BinaryIO, size: int, begin: int, tag: bytes, digest: Digest) -> AudioSight:
    tags, stream = id3_tags(tag), b""
    position = begin + 4
    for _ in range(_MOST_CHUNKS):
        file.seek(position)
        head = file.read(4)
        length = int.from_bytes(head[1:4], "big")
        if len(head) < 4 or position + 4 + length > size:
            raise NotAudio("The file is damaged or ends early: a part of it is missing at the end.")
        body = file.read(length)
        if head[0] & 0x7F == 0:
            stream = body
            if digest is not None:
                digest.update(body)  # the stream's own parameters, with the MD5 of what it decodes to
        else:
            tags = tags.with_more(flac_tags(head[0] & 0x7F, body))
        position += 4 + length
        if head[0] & 0x80:
            _hash(file, position, size - position, digest)
            if digest is not None:
                check_flac(file, position, size, stream)
            return AudioSight(AudioKind.FLAC, _hex(digest), tags)
    raise NotAudio("The file is damaged: its description has no end.")


def _mp3(file: BinaryIO, size: int, begin: int, tag: bytes, digest: Digest) -> AudioSight:
    tags = id3_tags(tag)
    end = size
    if size - begin > _ID3V1:
        file.seek(size - _ID3V1)
        tail = file.read(_ID3V1)
        if tail[:3] == b"TAG":
            tags, end = tags.with_other(f"ID3v1 {tail.hex()}"), size - _ID3V1
    _hash(file, begin, end - begin, digest)
    if digest is not None:
        check_mp3(file, begin, end)
    return AudioSight(AudioKind.MP3, _hex(digest), tags)


def _digest(hashed: bool) -> Digest:
    return hashlib.sha256() if hashed else None


def _hex(digest: Digest) -> str:
    return digest.hexdigest() if digest is not None else ""


def _hash(file: BinaryIO, start: int, length: int, digest: Digest) -> None:
    if digest is None:
        return  # that all of it is there is told by its length
    for part in _parts(file, start, length):
        digest.update(part)


def _parts(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length > 0:
        part = file.read(min(_CHUNK, length))
        if not part:
            raise NotAudio("The file is damaged or ends early: a part of it is missing at the end.")
        length -= len(part)
        yield part


def _synchsafe(four: bytes) -> int:
    if any(byte & 0x80 for byte in four):
        raise NotAudio("The file is damaged: the length of its tags is none.")
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]


def _what_else(start: bytes, head: bytes) -> str:
    """A sentence for what is no WAV, MP3, FLAC or M4A, by the first bytes of well-known others."""
    known = {
        b"OggS": "It is Ogg (Vorbis or Opus), which cannot carry a mark.",
        b"FORM": "It is AIFF, which cannot carry a mark. As WAV or FLAC it can.",
        b"RF64": "It is WAV of more than 4 GB (RF64), which cannot carry a mark.",
        b"BW64": "It is WAV of more than 4 GB (BW64), which cannot carry a mark.",
        b"wvpk": "It is WavPack, which cannot carry a mark.",
        b"MAC ": "It is Monkey's Audio, which cannot carry a mark.",
        b"DSD ": "It is DSD, which cannot carry a mark.",
    }
    if start[:4] in known:
        return known[start[:4]]
    if start[:3] == b"ID3" and head[:1] == b"\xff":
        return "It is MPEG audio of another layer than MP3, or damaged."
    return "It is no WAV, MP3, FLAC or M4A file, whatever its name says."
