"""Acoustic fingerprints (Chromaprint) and content codes (ISCC, ISO 24138): read, written out, compared.

A Chromaprint is a row of 32-bit numbers, about eight for each second. It comes as numbers, or as the text
that `fpcalc` writes: a count, then for each number the places of the bits that differ from the one before, in
three bits each, with five more for far ones. Two are compared by the part of bits that differ where they lie
best on one another; the threshold was measured on altered copies (0.055 at most) and other songs (0.369 at
least), all of them synthetic.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

SAME_UNTIL = 0.15  # part of bits that differ
_SECONDS_EACH = 0.1238
_LEAST = 40  # numbers, about 5 s: what is shorter says too little
_MOST = 60_000  # two hours
_NUMBERS = re.compile(r"[\[\s]*-?\d+(?:\s*,\s*-?\d+)+[\]\s]*")
_ENCODED = re.compile(r"[A-Za-z0-9_+/-]{7,}=*")
_BITS, _FAR_BITS, _FAR = 3, 5, 7
_ISCC = re.compile(r"(?:ISCC:)?([A-Z2-7]{16,120})", re.IGNORECASE)
_AUDIO_UNIT = (2, 2)  # main type content, subtype audio
_LEAST_OVERLAP = 0.5  # of the shorter one


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two fingerprints lie on one another best."""

    differs: float  # part of the bits, 0 to 1; other music comes to about 0.4
    seconds: float  # that were compared
    shifted_s: float  # by which the second begins later

    @property
    def same(self) -> bool:
        return self.differs <= SAME_UNTIL


def read_chromaprint(text: str) -> tuple[int, ...] | None:
    """The numbers of a fingerprint, from either form; None where it is none."""
    text = text.strip()
    if _NUMBERS.fullmatch(text):
        numbers = tuple(int(each) & 0xFFFFFFFF for each in re.findall(r"-?\d{1,20}", text))
        return numbers if len(numbers) <= _MOST else None
    if not _ENCODED.fullmatch(text):
        return None
    bare = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        data = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return None
    return _unpacked(data)


def _unpacked(data: bytes) -> tuple[int, ...] | None:
    if len(data) < 5:
        return None
    count = int.from_bytes(data[1:4], "big")
    if not 0 < count <= _MOST:
        return None
    places: list[int] = []
    ended = 0
    at = 0
    whole = int.from_bytes(data[4:], "little")
    length = 8 * (len(data) - 4)
    while ended < count:
        if at + _BITS > length:
            return None
        place = whole >> at & (1 << _BITS) - 1
        at += _BITS
        places.append(place)
        ended += place == 0
    at = -(-at // 8) * 8  # far ones begin at a byte
    for n, place in enumerate(places):
        if place == _FAR:
            if at + _FAR_BITS > length:
                return None
            places[n] += whole >> at & (1 << _FAR_BITS) - 1
            at += _FAR_BITS
    numbers: list[int] = []
    value = bit = 0
    for place in places:
        if place:
            bit += place
            if bit > 32:
                return None
            value |= 1 << bit - 1
        else:
            numbers.append(value ^ (numbers[-1] if numbers else 0))
            value = bit = 0
    return tuple(numbers)


def compare(one: Sequence[int], other: Sequence[int]) -> Likeness | None:
    """Slide one over the other; None where one is too short to say anything."""
    shorter = min(len(one), len(other))
    if shorter < _LEAST:
        return None
    least = max(_LEAST, int(shorter * _LEAST_OVERLAP))
    a, b = _as_bits(one), _as_bits(other)
    best: tuple[float, int, int] | None = None
    for shift in range(least - len(other), len(one) - least + 1):
        start = max(0, shift)
        overlap = min(len(one), len(other) + shift) - start
        mask = (1 << 32 * overlap) - 1
        apart = (a >> 32 * start & mask) ^ (b >> 32 * max(0, -shift) & mask)
        rate = apart.bit_count() / (32 * overlap)
        if best is None or rate < best[0]:
            best = rate, overlap, shift
    if best is None:
        return None
    return Likeness(best[0], round(best[1] * _SECONDS_EACH, 1), round(best[2] * _SECONDS_EACH, 1))


def _as_bits(numbers: Sequence[int]) -> int:
    return int.from_bytes(b"".join(each.to_bytes(4, "little") for each in numbers), "little")


@dataclass(frozen=True, slots=True)
class IsccUnit:
    """One part of a content code: its kind and its bits."""

    kind: tuple[int, int]
    bits: int
    length: int

    @property
    def is_audio(self) -> bool:
        return self.kind == _AUDIO_UNIT


def read_iscc_unit(text: str) -> IsccUnit | None:
    """A single unit, such as an audio code; None for a composite code and for what is no code."""
    found = _ISCC.fullmatch(text.strip())
    if found is None:
        return None
    code = found[1].upper()
    try:
        data = base64.b32decode(code + "=" * (-len(code) % 8))
    except binascii.Error:
        return None
    nibbles = [nibble for byte in data[:2] for nibble in (byte >> 4, byte & 15)]
    # A nibble from 8 on has its value go on in the next; no unit in use needs that.
    if any(nibble & 8 for nibble in nibbles) or nibbles[2] != 0:
        return None
    main, sub, _, size = nibbles
    length = (size + 1) * 32
    body = data[2:]
    if main == 5 or len(body) * 8 != length:  # 5 is the composite code
        return None
    return IsccUnit((main, sub), int.from_bytes(body, "big"), length)


def compare_iscc(one: IsccUnit, other: IsccUnit) -> float | None:
    """Part of the bits that differ; None where they are of other kinds or lengths."""
    if one.kind != other.kind:
        return None
    length = min(one.length, other.length)
    apart = (one.bits >> one.length - length) ^ (other.bits >> other.length - length)
    return apart.bit_count() / length
