"""Who signs marks: certificates and private key together, as PEM, checked to fit and to be valid now.

The key is read with its passphrase and stays an object of `cryptography`: it is never written out, and no
text of it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from .certificate_chain import (
    CertificateProblem,
    check_days,
    check_leaf,
    check_order,
    name_of,
    read_certificates,
)

_LEAST_RSA_BITS = 2048
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "es256": hashes.SHA256(),
    "es384": hashes.SHA384(),
    "es512": hashes.SHA512(),
}
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class MarkSigner:
    """Certificates and key that fit together and can be used now."""

    algorithm: str  # es256, es384, es512, ed25519, ps256
    chain_pem: bytes  # leaf first
    name: str  # of the leaf
    sha256: str  # of the leaf, as hex
    until: datetime
    key: PrivateKey = field(repr=False, compare=False)

    def sign(self, data: bytes) -> bytes:
        """A signature as COSE spells it: of an elliptic curve both numbers, each as wide as the curve."""
        match self.key:
            case ed25519.Ed25519PrivateKey():
                return self.key.sign(data)
            case ec.EllipticCurvePrivateKey():
                r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(_HASHES[self.algorithm])))
                width = (self.key.curve.key_size + 7) // 8
                return r.to_bytes(width, "big") + s.to_bytes(width, "big")
            case rsa.RSAPrivateKey():
                digest = hashes.SHA256()
                return self.key.sign(data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)


def read_signer(chain: bytes, key: bytes, ask_passphrase: Callable[[], str], at: datetime) -> MarkSigner:
    """Certificates and key as PEM, checked against each other and this instant. Raises CertificateProblem.

    The passphrase is asked for only where the key is behind one.
    """
    certificates = read_certificates(chain)
    leaf = certificates[0]
    check_leaf(leaf)
    check_order(certificates)
    for certificate in certificates:
        check_days(certificate, at)
    private = _key(key, ask_passphrase)
    if _public_bytes(private.public_key()) != _public_bytes(leaf.public_key()):
        raise CertificateProblem(
            "The private key does not belong to the certificate of {name}",
            "Choose the key that this certificate was issued for",
            name=name_of(leaf),
        )
    return MarkSigner(
        _algorithm(private),
        b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates),
        name_of(leaf),
        leaf.fingerprint(hashes.SHA256()).hex(),
        leaf.not_valid_after_utc,
        private,
    )


def _key(pem: bytes, ask_passphrase: Callable[[], str]) -> PrivateKey:
    word: bytes | None = None
    if b"ENCRYPTED" in pem:
        word = ask_passphrase().encode()
    try:
        found = serialization.load_pem_private_key(pem, word or None)
    except (ValueError, TypeError) as error:
        if word is not None:
            # Not chained: nothing of the passphrase may travel with an error.
            raise CertificateProblem(
                "This passphrase does not open the private key",
                "Check capitals and the layout of the keyboard, then start again; no file was touched",
            ) from None
        raise CertificateProblem(
            "The file of the private key could not be read",
            "It holds one key as PEM: lines between BEGIN PRIVATE KEY and END PRIVATE KEY",
        ) from error
    except UnsupportedAlgorithm as error:
        raise _not_a_key() from error
    if not isinstance(found, PrivateKey):
        raise _not_a_key()
    return found


def _not_a_key() -> CertificateProblem:
    return CertificateProblem(
        "The private key is of a kind that marks cannot be signed with",
        "Use a key on the curves P-256, P-384, P-521 or Ed25519, or RSA from {bits} bits",
        bits=_LEAST_RSA_BITS,
    )


def _algorithm(key: PrivateKey) -> str:
    match key:
        case ed25519.Ed25519PrivateKey():
            return "ed25519"
        case ec.EllipticCurvePrivateKey():
            if key.curve.name not in _CURVES:
                raise _not_a_key()
            return _CURVES[key.curve.name]
        case rsa.RSAPrivateKey():
            if key.key_size < _LEAST_RSA_BITS:
                raise _not_a_key()
            return "ps256"


def _public_bytes(key: object) -> bytes:
    encode = getattr(key, "public_bytes", None)
    if encode is None:
        raise _not_a_key()
    return bytes(encode(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))
