"""Keys derived by name from the one data key of a profile (HKDF with SHA-256, RFC 5869)."""

from __future__ import annotations

import hashlib
import hmac

KEY_BYTES = 32

# Part of every derivation, so that the same data key used elsewhere gives other keys. Never changes.
_CONTEXT = b"artist-console/1/"


def subkey(data_key: bytes, name: str) -> bytes:
    """The 32-byte key called `name` ("journal", "mirror", ...): the same for ever for the same data key."""
    if len(data_key) != KEY_BYTES:
        raise ValueError(f"a data key has {KEY_BYTES} bytes, not {len(data_key)}")
    # The two steps of RFC 5869 for one block of output. No salt, which stands for zeros: the data key is
    # uniformly random already (3.1). By hand, because a library of ciphers takes longer to load than the
    # databases take to open; a test compares the two.
    extracted = hmac.digest(bytes(hashlib.sha256().digest_size), data_key, "sha256")
    return hmac.digest(extracted, _CONTEXT + name.encode() + b"\x01", "sha256")
