"""Small real audio files, and certificates with each fault that a mark refuses."""

from __future__ import annotations

import io
import math
import struct
import wave
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from artist_console.formats.mark_signer import MarkSigner, PrivateKey, read_signer

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "audio"
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
PASSPHRASE = "four words that differ"
RATE = 22_050


def a_wav(seconds: float = 0.6, *, parts: tuple[tuple[bytes, bytes], ...] = ()) -> bytes:
    """A sine of 440 Hz, with further parts (name, content) behind it."""
    n = int(RATE * seconds)
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(
            b"".join(
                struct.pack(
                    "<h", int(9000 * math.sin(2 * math.pi * 440 * i / RATE) * min(1, i / 500, (n - i) / 500))
                )
                for i in range(n)
            )
        )
    more = b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1) for name, body in parts
    )
    whole = made.getvalue() + more
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def audio_files() -> dict[str, bytes]:
    """One small file of each kind, by name."""
    others = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}
    return {"sine.wav": a_wav(parts=((b"LIST", b"INFOINAM\x09\0\0\0Low Tide\0\0"),))} | others


@dataclass
class Made:
    """How a certificate is made; each field is one thing that can be wrong."""

    name: str = "Mira Sand"
    # Wide: the library goes by the clock of the computer, whatever day a test is played on.
    since: datetime = datetime(2020, 1, 1, tzinfo=UTC)
    until: datetime = datetime(2100, 1, 1, tzinfo=UTC)
    root_until: datetime = datetime(2110, 1, 1, tzinfo=UTC)
    self_signed: bool = False
    is_authority: bool = False
    digital_signature: bool = True
    purposes: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.EMAIL_PROTECTION,)
    key: PrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    root_key: PrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def root(self) -> x509.Certificate:
        name = _named("Harbour Root")
        return (
            _builder(name, name, self.root_key, datetime(2019, 1, 1, tzinfo=UTC), self.root_until)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=False, certifies=True), critical=True)
            .sign(self.root_key, _hash(self.root_key))
        )

    @property
    def leaf(self) -> x509.Certificate:
        name = _named(self.name)
        issuer = name if self.self_signed else _named("Harbour Root")
        by = self.key if self.self_signed else self.root_key
        made = _builder(name, issuer, self.key, self.since, self.until)
        made = made.add_extension(x509.BasicConstraints(self.is_authority, None), critical=True)
        made = made.add_extension(_usage(signs=self.digital_signature, certifies=False), critical=True)
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
        if self.purposes:
            made = made.add_extension(x509.ExtendedKeyUsage(self.purposes), critical=False)
        return made.sign(by, _hash(by))

    def chain(self) -> bytes:
        return pem(self.leaf) + (b"" if self.self_signed else pem(self.root))

    def key_pem(self, passphrase: str = "") -> bytes:
        how: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if passphrase:
            how = serialization.BestAvailableEncryption(passphrase.encode())
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)

    def signer(self) -> MarkSigner:
        return read_signer(self.chain(), self.key_pem(), never_asked, NOW)


KEYS: dict[str, PrivateKey] = {
    "es256": ec.generate_private_key(ec.SECP256R1()),
    "es384": ec.generate_private_key(ec.SECP384R1()),
    "es512": ec.generate_private_key(ec.SECP521R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "ps256": rsa.generate_private_key(65537, 2048),
}


def never_asked() -> str:
    raise AssertionError("the key is not behind a passphrase")


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _named(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs: bool, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(signs, not signs, False, False, False, certifies, certifies, False, False)


def _hash(key: PrivateKey) -> hashes.SHA256 | None:
    return None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
