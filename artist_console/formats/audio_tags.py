"""The tags of an audio file, as far as they tell whether they are still the same: texts, and what else is.

Sources: id3.org (ID3v2.3, 2.4), RFC 9639 (FLAC), the Vorbis comment header.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

_MOST_FRAMES = 2_000
_C2PA = (b"application/c2pa", b"application/x-c2pa-manifest-store")
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
# Version 2.4 has one frame for what had several in 2.3; a program may take the one for the other.
_SAME = {"TYER": "TDRC", "TORY": "TDOR", "TRDA": "TDRC"}


@dataclass(frozen=True, slots=True)
class Tags:
    """Texts by the name of their frame or field, and a line for everything else."""

    texts: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()

    def with_more(self, more: Tags) -> Tags:
        return Tags(self.texts + more.texts, self.others + more.others)

    def with_other(self, line: str) -> Tags:
        return replace(self, others=(*self.others, line))

    def same_as(self, other: Tags) -> bool:
        """Whether both hold the same, in whatever order."""
        return sorted(self.texts) == sorted(other.texts) and sorted(self.others) == sorted(other.others)


def id3_tags(tag: bytes) -> Tags:
    """The frames of an ID3v2 tag, but for a mark of C2PA; empty where there is none."""
    if tag[:3] != b"ID3" or len(tag) < 10 or tag[3] not in (3, 4):
        return Tags() if not tag or tag[:3] != b"ID3" else Tags(others=("ID3v2.2",))
    texts, others = [], []
    position, end = 10, min(len(tag), 10 + _synchsafe(tag[6:10]))
    if tag[5] & 0x40:
        position += _size(tag[10:14], tag[3]) + (4 if tag[3] == 3 else 0)
    for _ in range(_MOST_FRAMES):
        head = tag[position : position + 10]
        if len(head) < 10 or position + 10 > end or not head[:4].isalnum():
            break
        length = _size(head[4:8], tag[3])
        body = tag[position + 10 : min(position + 10 + length, end)]
        name = head[:4].decode("ascii")
        if name.startswith("T") and name != "TXXX" and body:
            texts.append((_SAME.get(name, name), _text(body)))
        elif not (name == "GEOB" and body[1:].startswith(_C2PA)):
            # Their bytes may be spelled otherwise by another version; that they are there is what is kept.
            others.append(name)
        position += 10 + length
    return Tags(tuple(texts), tuple(others))


def flac_tags(kind: int, body: bytes) -> Tags:
    """One block of a FLAC file's description."""
    if kind == 1:
        return Tags()  # padding
    if kind != 4:
        return Tags(others=(f"block {kind} {hashlib.sha256(body).hexdigest()}",))
    texts = []
    length = int.from_bytes(body[:4], "little")
    position = 4 + length
    count = int.from_bytes(body[position : position + 4], "little")
    position += 4
    for _ in range(min(count, _MOST_FRAMES)):
        length = int.from_bytes(body[position : position + 4], "little")
        said = body[position + 4 : position + 4 + length].decode("utf-8", "replace")
        name, _, text = said.partition("=")
        texts.append((name.upper(), text))
        position += 4 + length
    return Tags(tuple(texts))


def _text(body: bytes) -> str:
    encoding = _ENCODINGS[body[0]] if body[0] < len(_ENCODINGS) else "latin-1"
    return body[1:].decode(encoding, "replace").rstrip("\0").replace("\0", " / ").strip("\ufeff")


def _size(four: bytes, version: int) -> int:
    return _synchsafe(four) if version == 4 else int.from_bytes(four, "big")


def _synchsafe(four: bytes) -> int:
    return (four[0] & 0x7F) << 21 | (four[1] & 0x7F) << 14 | (four[2] & 0x7F) << 7 | (four[3] & 0x7F)
