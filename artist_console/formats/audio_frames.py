"""Whether the audio of an MP3 or FLAC file is all there, told by its frames without decoding them.

Sources: ISO/IEC 11172-3 and 13818-3 (frames of layer III), the Xing and Info head of encoders, RFC 9639
(FLAC).
"""

from __future__ import annotations

from typing import BinaryIO

_WINDOW = 1 << 20
_LOST_AT_MOST = 1 << 16  # bytes between two frames after which nothing is searched any more
_FEWEST_FRAMES = 2
_SYNC = b"\xff\xe0"  # of a frame; with two more bytes it tells its length
_TAGS_BEHIND = (b"APETAGEX", b"LYRICSBEGIN", b"TAG+")
_KBIT_V1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBIT_V2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATE = (44_100, 48_000, 32_000)
_LARGEST_FLAC_FRAME = 1 << 20  # where the stream does not say: 16 MB is allowed, encoders stay below 100 kB


class NotWhole(ValueError):
    """Frames are missing or damaged. `str()` says which, as a part of a sentence."""


def is_mp3_frame(head: bytes) -> bool:
    """Whether these four bytes begin a frame of MPEG layer III with a rate and bits that exist."""
    return (
        len(head) == 4
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[1] & 0x18 != 0x08
        and head[2] & 0xF0 not in (0x00, 0xF0)
        and head[2] & 0x0C != 0x0C
    )


def check_mp3(file: BinaryIO, begin: int, end: int) -> None:
    """Walk the frames between two places of a file. Raises NotWhole.

    A damaged place in the middle is passed over as players do; an end within a frame, or fewer frames than
    the encoder counted, is a file that was cut.
    """
    sight = _Sight(file, end)
    place, frames, counted = begin, 0, None
    while place + 4 <= end:
        head = sight.bytes(place, 4)
        if not is_mp3_frame(head):
            again = _next_mp3_frame(sight, place, end)
            if again is None:
                break
            place = again
            continue
        length = _mp3_length(head)
        if place + length > end:
            raise NotWhole("its last frame is cut off")
        if frames == 0:
            counted = _frames_counted(sight.bytes(place, min(length, 192)))
        frames += 1
        place += length
    if 0 < end - place < len(_SYNC) + 2 and sight.bytes(place, 1) == _SYNC[:1]:
        raise NotWhole("its last frame is cut off")
    if frames < _FEWEST_FRAMES:
        raise NotWhole("there is no audio behind its first frame")
    # The frame that counts the others is none of them.
    if counted is not None and frames - 1 < counted:
        raise NotWhole(f"{frames - 1} of its {counted} frames are there")


def check_flac(file: BinaryIO, begin: int, end: int, stream: bytes) -> None:
    """Find the last frame and look whether it is whole and the last one. Raises NotWhole.

    `stream` is the body of STREAMINFO (34 bytes); `begin` is where the first frame stands.
    """
    block, largest = int.from_bytes(stream[:2], "big"), int.from_bytes(stream[7:10], "big")
    samples = int.from_bytes(stream[13:18], "big") & 0xFFFFFFFFF
    room = min(end - begin, 2 * (largest or _LARGEST_FLAC_FRAME) + 16)
    file.seek(end - room)
    tail = file.read(room)
    for place in range(len(tail) - 8, -1, -1):
        if tail[place] != 0xFF or tail[place + 1] not in (0xF8, 0xF9):
            continue
        reached = _flac_frame_end(tail[place:], block)
        if reached is not None and _crc16(tail[place:-2]) == int.from_bytes(tail[-2:], "big"):
            if samples and reached != samples:
                raise NotWhole(f"{reached} of its {samples} samples are there")
            return
    raise NotWhole("its last frame is cut off")


class _Sight:
    """Bytes of a file by their place, read in large pieces."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self._file, self._end = file, end
        self._from, self._held = 0, b""

    def bytes(self, place: int, count: int) -> bytes:
        if not self._from <= place or place + count > self._from + len(self._held):
            self._file.seek(place)
            self._from, self._held = place, self._file.read(min(_WINDOW, self._end - place))
        at = place - self._from
        return self._held[at : at + count]


def _next_mp3_frame(sight: _Sight, place: int, end: int) -> int | None:
    """The next place at which two frames follow each other; None where only tags or nothing is left."""
    if sight.bytes(place, 11).startswith(_TAGS_BEHIND):
        return None
    for at in range(place + 1, min(place + _LOST_AT_MOST, end - 4)):
        head = sight.bytes(at, 4)
        if head[0] == 0xFF and is_mp3_frame(head):
            behind = at + _mp3_length(head)
            if behind + 4 <= end and is_mp3_frame(sight.bytes(behind, 4)):
                return at
    return None


def _mp3_length(head: bytes) -> int:
    """Bytes of a frame, its head with them."""
    version = head[1] & 0x18  # 0x18: MPEG 1, 0x10: 2, 0x00: 2.5
    first = version == 0x18
    kbit = (_KBIT_V1 if first else _KBIT_V2)[head[2] >> 4]
    rate = _RATE[head[2] >> 2 & 3] >> {0x18: 0, 0x10: 1, 0x00: 2}[version]
    return (144 if first else 72) * kbit * 1000 // rate + (head[2] >> 1 & 1)


def _frames_counted(frame: bytes) -> int | None:
    """How many frames the encoder wrote behind this one; None where it did not say."""
    for mark in (b"Xing", b"Info"):
        at = frame.find(mark, 4, 64)
        if at > 0 and len(frame) >= at + 12 and frame[at + 7] & 1:
            return int.from_bytes(frame[at + 8 : at + 12], "big")
    return None


def _flac_frame_end(frame: bytes, block: int) -> int | None:
    """The sample behind the frame that begins here; None where no head of a frame stands here."""
    number, at = _coded_number(frame, 4)
    if number is None:
        return None
    size_code = frame[2] >> 4
    if size_code == 0:
        return None
    if size_code == 6:
        size, at = frame[at] + 1, at + 1
    elif size_code == 7:
        size, at = int.from_bytes(frame[at : at + 2], "big") + 1, at + 2
    elif size_code == 1:
        size = 192
    elif size_code <= 5:
        size = 576 << (size_code - 2)
    else:
        size = 256 << (size_code - 8)
    at += {12: 1, 13: 2, 14: 2}.get(frame[2] & 0x0F, 0)
    if at >= len(frame) or _crc8(frame[:at]) != frame[at]:
        return None
    first = number if frame[1] & 1 else number * block
    return first + size


def _coded_number(frame: bytes, at: int) -> tuple[int | None, int]:
    """The number of a frame, coded as UTF-8 codes letters but up to 36 bits, and the place behind it."""
    if at >= len(frame):
        return None, at
    lead = frame[at]
    if lead < 0x80:
        return lead, at + 1
    more = 0
    while more < 7 and lead & (0x80 >> more):
        more += 1
    if more < 2 or at + more > len(frame):
        return None, at
    number = lead & (0x7F >> more)
    for byte in frame[at + 1 : at + more]:
        if byte & 0xC0 != 0x80:
            return None, at
        number = number << 6 | byte & 0x3F
    return number, at + more


def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    top, mask = 1 << (bits - 1), (1 << bits) - 1
    rows = []
    for byte in range(256):
        value = byte << (bits - 8)
        for _ in range(8):
            value = (value << 1 ^ polynomial) & mask if value & top else value << 1 & mask
        rows.append(value)
    return tuple(rows)


_CRC8, _CRC16 = _table(0x07, 8), _table(0x8005, 16)


def _crc8(data: bytes) -> int:
    value = 0
    for byte in data:
        value = _CRC8[value ^ byte]
    return value


def _crc16(data: bytes) -> int:
    value = 0
    for byte in data:
        value = value << 8 & 0xFFFF ^ _CRC16[value >> 8 ^ byte]
    return value
