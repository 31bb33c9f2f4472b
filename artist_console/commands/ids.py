"""New ids of decisions and acts: UUID version 7 (RFC 9562), which sort by the time they were made."""

from __future__ import annotations

import secrets
import time
import uuid

_VERSION, _VARIANT = 7, 0b10


def new_uuid7() -> str:
    """A fresh id. Two made in the same millisecond differ by chance; nothing is ordered by them."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | _VERSION << 76
    value = value & ~(0b11 << 62) | _VARIANT << 62
    return str(uuid.UUID(int=value))
