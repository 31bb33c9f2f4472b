"""The files that go into an evidence bundle: sizes and hashes at once, their bytes when they are written."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Self

from .package import Member
from .signatures import sha256_hex


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file of the bundle; its name is plain (`package.is_plain_name`), `opened` gives its bytes again."""

    name: str
    media_type: str
    size: int
    sha256: str
    crc: int
    opened: Callable[[], BinaryIO]

    @classmethod
    def of(
        cls, name: str, body: bytes, media_type: str, opened: Callable[[], BinaryIO] | None = None
    ) -> Self:
        """A file with this body, which is kept only where nothing else can give it again."""
        again = opened if opened is not None else lambda: io.BytesIO(body)
        return cls(name, media_type, len(body), sha256_hex(body), zlib.crc32(body), again)

    @property
    def member(self) -> Member:
        return Member(self.name, self.size, self.crc, self.opened)
