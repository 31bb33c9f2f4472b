"""Keys of DKIM signatures as they stand in a name server (RFC 6376, 3.6), read from a text."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

MOST_KEYS = 20
_RSA_BITS = range(1024, 8193)
_MOST_EXPONENT = 2**33
_NAMED = re.compile(r"([a-z0-9._-]+)\._domainkey\.([a-z0-9.-]+?)\.?(?=[\s\"]|$)", re.IGNORECASE)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


@dataclass(frozen=True, slots=True)
class Key:
    """A key record as it stands in a name server; without selector and domain it is for any signature."""

    record: str
    selector: str = ""
    domain: str = ""

    def is_for(self, selector: str, domain: str) -> bool:
        return not self.domain or (self.selector, self.domain) == (selector.lower(), domain.lower())


def read_keys(text: str) -> tuple[Key, ...]:
    """The key records in a text: bare, or lines "selector._domainkey.domain TXT …", quoted or not."""
    found: list[Key] = []
    for piece in _pieces(text[:200_000]):
        record = _record(piece)
        if record:
            named = _NAMED.search(piece.split('"', 1)[0])
            selector, domain = (named[1].lower(), named[2].lower()) if named else ("", "")
            found.append(Key(record, selector, domain))
    return tuple(dict.fromkeys(found))[:MOST_KEYS]


def _pieces(text: str) -> Iterator[str]:
    """One piece per record: a line that names a key begins a new one."""
    piece: list[str] = []
    for line in text.splitlines():
        if _NAMED.search(line) and any(part.strip() for part in piece):
            yield "\n".join(piece)
            piece = []
        piece.append(line)
    yield "\n".join(piece)


def _record(piece: str) -> str:
    quoted = _QUOTED.findall(piece)
    text = ("".join(quoted) if quoted else piece).replace("\\", "")
    start = re.search(r"\b(?:v\s*=\s*DKIM1|k\s*=|p\s*=)", text, re.IGNORECASE)
    if start is None:
        return ""
    record = re.sub(r"[\s()]+", "", text[start.start() :])
    return record if re.search(r"(?:^|;)p=", record) else ""


class Ed25519:
    """Stands in for the key of a library that is not installed; keeps the result, since it may not raise."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key
        self.fits = False

    def verify(self, digest: bytes, signature: bytes) -> None:
        try:
            self._key.verify(signature, digest)
        except InvalidSignature:
            self.fits = False
        else:
            self.fits = True


def open_key(record: str) -> tuple[Any, int, bytes]:
    """The key as the library takes it, its size in bits, and its kind. Raises ValueError and the like."""
    tags = _tags(record)
    if tags.get(b"v", b"DKIM1") != b"DKIM1" or not tags[b"p"]:
        raise ValueError("no key")
    if b"sha256" not in tags.get(b"h", b"sha256").split(b":"):
        raise ValueError("not for this hash")
    if not {b"*", b"email"} & set(tags.get(b"s", b"*").split(b":")):
        raise ValueError("not for mail")
    body = base64.b64decode(re.sub(rb"\s+", b"", tags[b"p"]), validate=True)
    if tags.get(b"k", b"rsa") == b"ed25519":
        return Ed25519(Ed25519PublicKey.from_public_bytes(body)), 256, b"ed25519"
    if tags.get(b"k", b"rsa") != b"rsa":
        raise ValueError("unknown kind")
    key = load_der_public_key(body)
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not RSA")
    numbers = key.public_numbers()
    if key.key_size not in _RSA_BITS or not 3 <= numbers.e < _MOST_EXPONENT:
        raise ValueError("too short, or too odd")
    return {"modulus": numbers.n, "publicExponent": numbers.e}, key.key_size, b"rsa"


def _tags(record: str) -> dict[bytes, bytes]:
    pairs = (part.partition("=") for part in record.split(";") if part.strip())
    return {name.strip().encode("ascii"): value.strip().encode("ascii") for name, _, value in pairs}
