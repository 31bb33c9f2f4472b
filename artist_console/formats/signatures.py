"""Ed25519 keys and compact signatures (RFC 8032, 7515, 8037, 7638): text is trusted only after a check here.

`read_jws` gives an `UnverifiedJws`; `check_signature` gives a `VerifiedJws` or says why not. One algorithm
(EdDSA), one spelling of every part, sizes limited before anything is decoded. Where keys are kept is the
business of `host`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from .canonical import NotCanonical, canonical_bytes, canonical_sha256

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
MAX_HEADER_BYTES = 2048
MAX_NAME_CHARS = 200  # of a signer, as it names itself
MAX_PAYLOAD_BYTES = 64 * 1024

_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_KNOWN_HEADER_NAMES = frozenset({"alg", "kid", "typ", "cty"})
_NAMED_HEADER_NAMES = frozenset({"alg", "jwk", "kid", "typ"})

# Edwards25519: y coordinates of the points of order 1, 2, 4 and 8. For such a key one signature fits many
# messages, and the library does not refuse them.
_P = 2**255 - 19
_SMALL_ORDER_Y = frozenset(
    {
        0,
        1,
        _P - 1,
        int.from_bytes(
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
        ),
        int.from_bytes(
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
        )
        & (2**255 - 1),
    }
)


class NotAKey(ValueError):
    """Bytes or a JWK that are no usable Ed25519 public key. `str()` says why."""


class MalformedSignature(ValueError):
    """Text that is not a compact signature as written here. `str()` says where."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 public key: 32 bytes, checked to be a proper one."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise NotAKey("an Ed25519 public key has 32 bytes")
        y = int.from_bytes(self.raw, "little") & (2**255 - 1)
        if y >= _P or y in _SMALL_ORDER_Y:
            raise NotAKey("this key would accept one signature for many messages")

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> PublicKey:
        """Read an RFC 8037 JWK of a public key; other members (kid, use, alg) are left alone.

        Raises NotAKey, also for a JWK that holds the private part: a file with one must not be passed on.
        """
        if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
            raise NotAKey("the key is not an Ed25519 key (kty OKP, crv Ed25519)")
        if "d" in jwk:
            raise NotAKey("this is a private key; only the public one belongs here")
        x = jwk.get("x")
        if not isinstance(x, str):
            raise NotAKey("the key has no x")
        try:
            return cls(read_base64url(x))
        except MalformedSignature as error:
            raise NotAKey(str(error)) from error

    def jwk(self) -> dict[str, str]:
        """The members that RFC 7638 hashes, and nothing else."""
        return {"crv": "Ed25519", "kty": "OKP", "x": base64url(self.raw)}

    @property
    def kid(self) -> str:
        """The RFC 7638 thumbprint: base64url of SHA-256 over the canonical JWK."""
        return base64url(bytes.fromhex(canonical_sha256(self.jwk())))

    @property
    def fingerprint(self) -> str:
        """The first 128 bits of the thumbprint for people to compare: eight groups of four hex digits."""
        digits = canonical_sha256(self.jwk())[:32]
        return " ".join(digits[at : at + 4] for at in range(0, 32, 4))

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this key made this signature over exactly this message."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        # Late: nothing is checked before the first paint, which should not wait for the library.
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """An Ed25519 private key. Its bytes come from `host` and are never given back or printed."""

    __slots__ = ("_key", "public")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise NotAKey("an Ed25519 private key has 32 bytes")
        # Late: nothing is signed before the first paint, which should not wait for the library.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key: Ed25519PrivateKey = Ed25519PrivateKey.from_private_bytes(raw)
        self.public = PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def __repr__(self) -> str:
        return f"SigningKey(kid={self.public.kid!r})"

    def __reduce__(self) -> str:
        raise TypeError("a private key is not copied or pickled")


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A signer that the person trusts: the name is the one the person knows them by."""

    key: PublicKey
    name: str
    introduced_by: str = ""
    replaced: date | None = None  # the day on which its holder went over to another key
    revoked: tuple[date, str] | None = None  # the day on which it stopped being trusted, and why


@dataclass(frozen=True, slots=True)
class UnverifiedJws:
    """A well-formed compact signature that nobody has checked yet."""

    kid: str  # as claimed; empty when the header names none
    typ: str
    payload: bytes
    signature: bytes
    signed_bytes: bytes  # header, dot, payload as they were sent


@dataclass(frozen=True, slots=True)
class NamedJws:
    """A signature that brings its own key and the name that the signer goes by. Nobody has checked it yet."""

    jws: UnverifiedJws
    key: PublicKey  # its thumbprint is the `kid` that the header names
    name: str  # the signer's own word, which proves nothing


@dataclass(frozen=True, slots=True)
class VerifiedJws:
    """A payload, and the key that signed exactly these bytes."""

    payload: bytes
    typ: str
    key: PublicKey


class SignatureFault(Enum):
    """Why a signature vouches for nothing."""

    KEY_NOT_KNOWN = "key_not_known"
    DOES_NOT_MATCH = "does_not_match"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def read_base64url(text: str) -> bytes:
    """Decode the one spelling that `base64url` gives: no padding, no other signs, no loose bits.

    Raises MalformedSignature.
    """
    if not _BASE64URL.fullmatch(text) or len(text) % 4 == 1:
        raise MalformedSignature("a part is not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64url(data) != text:
        raise MalformedSignature("a part is not the one spelling of its bytes")
    return data


def sign_jws(payload: bytes, key: SigningKey, typ: str = "") -> str:
    """A compact JWS: header, payload and signature, apart by dots."""
    header = _header(key, typ)
    body = base64url(payload)
    return f"{header}.{body}.{_signed(header, body, key)}"


def sign_detached(payload: bytes, key: SigningKey, typ: str = "") -> str:
    """The same with the payload left out (RFC 7515, appendix F): it stands in a file of its own."""
    header = _header(key, typ)
    return f"{header}..{_signed(header, base64url(payload), key)}"


def sign_named(payload: bytes, key: SigningKey, typ: str, name: str) -> str:
    """A detached signature that brings the public key and a name along, in `jwk` of its header.

    RFC 7517, section 4, lets a key have further members: `name` is one. A long name is cut.
    """
    header = {
        "alg": "EdDSA",
        "jwk": key.public.jwk() | {"name": name[:MAX_NAME_CHARS]},
        "kid": key.public.kid,
        "typ": typ,
    }
    encoded = base64url(canonical_bytes(header))
    return f"{encoded}..{_signed(encoded, base64url(payload), key)}"


def _header(key: SigningKey, typ: str) -> str:
    header = {"alg": "EdDSA", "kid": key.public.kid} | ({"typ": typ} if typ else {})
    return base64url(canonical_bytes(header))


def _signed(header: str, body: str, key: SigningKey) -> str:
    return base64url(key.sign(f"{header}.{body}".encode("ascii")))


def read_jws(text: str, limit_bytes: int = MAX_PAYLOAD_BYTES) -> UnverifiedJws:
    """Read a compact JWS whose payload has at most `limit_bytes`. Raises MalformedSignature."""
    header, body, signature = _three_parts(text, _encoded_length(limit_bytes))
    if not body:
        raise MalformedSignature("the payload is missing")
    return _unverified(header, body, read_base64url(body), signature)


def read_detached(text: str, payload: bytes) -> UnverifiedJws:
    """Read a JWS whose payload stands elsewhere. Raises MalformedSignature."""
    header, _, signature = _three_parts(text, 0)
    return _unverified(header, base64url(payload), payload, signature)


def read_named(text: str, payload: bytes) -> NamedJws:
    """Read what `sign_named` gives, in its one spelling. Raises MalformedSignature."""
    header, _, signature = _three_parts(text, 0)
    spelled = read_base64url(header)
    names = _json_object(spelled)
    if set(names) != _NAMED_HEADER_NAMES or names["alg"] != "EdDSA":
        raise MalformedSignature("the header does not hold what it should")
    jwk, kid, typ = names["jwk"], names["kid"], names["typ"]
    if not isinstance(kid, str) or not isinstance(typ, str) or not isinstance(jwk, dict):
        raise MalformedSignature("the header does not hold what it should")
    name = jwk.get("name")
    if set(jwk) != {"crv", "kty", "x", "name"} or not isinstance(name, str) or len(name) > MAX_NAME_CHARS:
        raise MalformedSignature("the key does not hold what it should")
    try:
        key = PublicKey.from_jwk(jwk)
        if canonical_bytes(names) != spelled:
            raise MalformedSignature("the header is not in its one spelling")
    except (NotAKey, NotCanonical) as error:
        raise MalformedSignature(str(error)) from error
    if key.kid != kid:
        raise MalformedSignature("the key is not the one that the header names")
    seal = read_base64url(signature)
    if len(seal) != SIGNATURE_BYTES:
        raise MalformedSignature("an Ed25519 signature has 64 bytes")
    signed = f"{header}.{base64url(payload)}".encode("ascii")
    return NamedJws(UnverifiedJws(kid, typ, payload, seal, signed), key, name)


def _three_parts(text: str, limit_chars: int) -> tuple[str, str, str]:
    longest = _encoded_length(MAX_HEADER_BYTES) + limit_chars + _encoded_length(SIGNATURE_BYTES) + 2
    if len(text) > longest:
        raise MalformedSignature("it is longer than such a signature can be")
    parts = text.split(".")
    if len(parts) != 3:
        raise MalformedSignature("it does not have three parts")
    header, body, signature = parts
    if len(header) > _encoded_length(MAX_HEADER_BYTES):
        raise MalformedSignature("the header is too long")
    if len(body) > limit_chars:
        raise MalformedSignature("the payload is too long" if limit_chars else "the payload stands elsewhere")
    return header, body, signature


def _encoded_length(size_bytes: int) -> int:
    return -(-size_bytes * 4 // 3)


def _unverified(header: str, body: str, payload: bytes, signature: str) -> UnverifiedJws:
    names = _read_header(read_base64url(header))
    seal = read_base64url(signature)
    if len(seal) != SIGNATURE_BYTES:
        raise MalformedSignature("an Ed25519 signature has 64 bytes")
    return UnverifiedJws(
        names.get("kid", ""), names.get("typ", ""), payload, seal, f"{header}.{body}".encode("ascii")
    )


def _read_header(data: bytes) -> dict[str, str]:
    """Only what is understood: a member that is not known here could change what the signature means."""
    header = _json_object(data)
    if header.get("alg") != "EdDSA":
        raise MalformedSignature("the header does not name EdDSA")
    odd = sorted(set(header) - _KNOWN_HEADER_NAMES)
    if odd:
        raise MalformedSignature("the header holds a member that is not understood")
    if not all(isinstance(value, str) for value in header.values()):
        raise MalformedSignature("a member of the header is not text")
    return header


def _json_object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise MalformedSignature("the header is not a JSON object") from error
    if not isinstance(found, dict):
        raise MalformedSignature("the header is not a JSON object")
    return found


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)


def check_signature(jws: UnverifiedJws, keys: Mapping[str, PublicKey]) -> VerifiedJws | SignatureFault:
    """Check against the key that the header names, out of `keys` by thumbprint."""
    key = keys.get(jws.kid)
    if key is None or key.kid != jws.kid:
        return SignatureFault.KEY_NOT_KNOWN
    return check_with(jws, key)


def check_with(jws: UnverifiedJws, key: PublicKey) -> VerifiedJws | SignatureFault:
    """Check against one key, whatever the header names."""
    if not key.verifies(jws.signature, jws.signed_bytes):
        return SignatureFault.DOES_NOT_MATCH
    return VerifiedJws(jws.payload, jws.typ, key)


def by_kid(keys: tuple[PublicKey, ...]) -> dict[str, PublicKey]:
    return {key.kid: key for key in keys}


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
