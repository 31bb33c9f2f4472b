"""Keys closed up under another key: AES-256-GCM over all of them at once, bound to what is beside them."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from artist_console.host.subkeys import KEY_BYTES

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class DoesNotOpen(Exception):
    """The key is another one, or what was wrapped or what it is bound to was changed."""


def wrap(key: bytes, keys: Mapping[str, bytes], bound_to: bytes) -> bytes:
    """Close up `keys` under a 32-byte `key`, with a new nonce each time. Opens with the same `bound_to`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    content = json.dumps(spelled(keys), sort_keys=True).encode()
    return nonce + _cipher(key).encrypt(nonce, content, bound_to)


def unwrap(key: bytes, wrapped: bytes, bound_to: bytes) -> dict[str, bytes]:
    """The keys as they were. Raises DoesNotOpen; never gives a part of them."""
    # Late, as in `_cipher`.
    from cryptography.exceptions import InvalidTag

    if len(wrapped) < _NONCE_BYTES:
        raise DoesNotOpen
    try:
        content = _cipher(key).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bound_to)
    except InvalidTag:
        raise DoesNotOpen from None
    return read(json.loads(content))


def spelled(keys: Mapping[str, bytes]) -> dict[str, str]:
    """Keys as JSON holds them."""
    return {name: base64.b64encode(key).decode() for name, key in keys.items()}


def read(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Keys as `spelled` wrote them. Raises ValueError, TypeError or AttributeError for anything else."""
    return {str(name): bytes_of(text) for name, text in texts.items()}


def bytes_of(text: str) -> bytes:
    """What base64 holds. Raises ValueError for what is none; the message does not quote it."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a wrapping key has {KEY_BYTES} bytes, not {len(key)}")
    # Late: the library of ciphers takes longer to load than the databases take to open, and only a profile
    # behind a passphrase and a recovery need it before the first paint.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
