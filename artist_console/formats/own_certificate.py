"""A certificate of one's own for marks, for those who have none: a root that signs once, and a leaf under it.

The key of the root is thrown away after it has signed, so that nothing else can ever be signed with it; a
later certificate has a root of its own. Elsewhere such a root is not known, and what it signed shows as
intact but not trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_DAYS = 730
LONGEST_NAME = 64  # characters, the limit of a common name in X.520
UNTRUSTED = (
    "A root that one made oneself is known to nobody else: elsewhere the mark shows as intact, but not as"
    " trusted. Whoever is given the file of the root, and believes that it is yours, can check it."
)


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """As PEM: what the files hold. The key is behind a passphrase."""

    root_pem: bytes
    chain_pem: bytes  # leaf, then root
    key_pem: bytes = field(repr=False)
    until: datetime = field(kw_only=True)


def make_certificate(name: str, passphrase: str, at: datetime) -> OwnCertificate:
    """A fresh root and leaf on P-256 for a name of 1 to 64 characters."""
    root_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    until = at + timedelta(days=VALID_DAYS)
    authority = _named(name, "root for marks in audio files")
    root = (
        _builder(authority, authority, root_key.public_key(), at, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        _builder(_named(name), authority, leaf_key.public_key(), at, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .sign(root_key, hashes.SHA256())
    )
    root_pem, leaf_pem = (each.public_bytes(serialization.Encoding.PEM) for each in (root, leaf))
    key_pem = leaf_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    return OwnCertificate(root_pem, leaf_pem + root_pem, key_pem, until=until)


def _named(name: str, unit: str = "") -> x509.Name:
    # C2PA shows the organisation as who issued the mark, so both fields hold the name.
    parts = [
        x509.NameAttribute(NameOID.COMMON_NAME, name),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
    ]
    if unit:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return x509.Name(parts)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        # A clock that is a little behind shall not find it "not yet valid".
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
