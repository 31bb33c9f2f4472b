"""Mails that are really signed: by dkimpy, with keys made for the run."""

from __future__ import annotations

import base64

import dkim
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

DOMAIN, SELECTOR = "harmonia.example", "sel1"
HEADERS = (b"from", b"to", b"subject", b"date", b"message-id")
MAIL = (
    b"From: Harmonia Rights <rights@harmonia.example>\r\n"
    b"To: mara@example.org\r\n"
    b"Subject: Re: Our recordings\r\n"
    b"Date: Mon, 26 May 2025 10:00:00 +0200\r\n"
    b"Message-ID: <answer-1@harmonia.example>\r\n"
    b"\r\n"
    b"Salt Lines is in our dataset Nordic 3.\r\n"
)


def rsa_key(bits: int = 2048) -> RSAPrivateKey:
    return generate_private_key(65537, bits)


def record(key: RSAPrivateKey | Ed25519PrivateKey) -> str:
    """The record as it stands in a name server."""
    if isinstance(key, Ed25519PrivateKey):
        raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


def signed(
    key: RSAPrivateKey | Ed25519PrivateKey,
    mail: bytes = MAIL,
    *,
    domain: str = DOMAIN,
    headers: tuple[bytes, ...] = HEADERS,
    algorithm: bytes = b"",
    canonical: tuple[bytes, bytes] = (b"relaxed", b"relaxed"),
    length: bool = False,
    more: tuple[tuple[bytes, bytes], ...] = (),
) -> bytes:
    """The mail with a signature before it. `more`: tags that dkimpy does not write, such as x=."""
    signer = _Signer(mail, signature_algorithm=algorithm or _algorithm(key))
    signer.more = more
    signer.key = key
    header: bytes = signer.sign(  # type: ignore[no-untyped-call]
        SELECTOR.encode(),
        domain.encode(),
        b"",
        canonicalize=canonical,
        include_headers=headers,
        length=length,
    )
    return header + mail


def _algorithm(key: RSAPrivateKey | Ed25519PrivateKey) -> bytes:
    return b"ed25519-sha256" if isinstance(key, Ed25519PrivateKey) else b"rsa-sha256"


class _Signer(dkim.DKIM):  # type: ignore[misc]
    """dkimpy with keys of `cryptography`, and tags of one's own."""

    more: tuple[tuple[bytes, bytes], ...] = ()
    key: RSAPrivateKey | Ed25519PrivateKey

    def sign(self, selector, domain, privkey, **more):  # type: ignore[no-untyped-def]
        former = dkim.parse_pem_private_key, getattr(dkim, "nacl", None)
        dkim.parse_pem_private_key = lambda _: None
        dkim.nacl = _Nacl
        try:
            return super().sign(selector, domain, privkey, **more)
        finally:
            dkim.parse_pem_private_key = former[0]
            if former[1] is None:
                del dkim.nacl
            else:
                dkim.nacl = former[1]

    def gen_header(self, fields, include_headers, canon_policy, header_name, pk, standardize=False):  # type: ignore[no-untyped-def]
        fields = [*fields[:-1], *self.more, fields[-1]]
        fields = [f for f in fields if not (f[0] == b"i" and f[1] == b"@")]
        if isinstance(self.key, Ed25519PrivateKey):
            pk = _Raw(self.key)
        else:
            numbers = self.key.private_numbers()
            pk = {
                "modulus": numbers.public_numbers.n, "publicExponent": numbers.public_numbers.e,
                "privateExponent": numbers.d, "prime1": numbers.p, "prime2": numbers.q,
                "exponent1": numbers.dmp1, "exponent2": numbers.dmq1, "coefficient": numbers.iqmp,
            }  # fmt: skip
        return super().gen_header(fields, include_headers, canon_policy, header_name, pk, standardize)


class _Raw:
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def sign(self, digest: bytes) -> _Raw:
        self.signature = self._key.sign(digest)
        return self


class _Nacl:
    """In the place of a library that is not installed; the key comes in `gen_header`."""

    class signing:
        @staticmethod
        def SigningKey(_: bytes, encoder: object) -> None:
            return None

    class encoding:
        Base64Encoder = None

    class exceptions:
        ValueError = ValueError
