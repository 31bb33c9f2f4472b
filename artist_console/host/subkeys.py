"""Keys derived by name from the one data key of a profile (HKDF with SHA-256, RFC 5869)."""

from __future__ import annotations

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32

# Part of every derivation, so that the same data key used elsewhere gives other keys. Never changes.
_CONTEXT = b"artist-console/1/"


def subkey(data_key: bytes, name: str) -> bytes:
    """The 32-byte key called `name` ("journal", "mirror", ...): the same for ever for the same data key."""
    if len(data_key) != KEY_BYTES:
        raise ValueError(f"a data key has {KEY_BYTES} bytes, not {len(data_key)}")
    # No salt: the data key is uniformly random already (RFC 5869, 3.1).
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_CONTEXT + name.encode()).derive(
        data_key
    )
