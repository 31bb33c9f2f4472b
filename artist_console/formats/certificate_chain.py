"""The certificates that a mark is signed under, checked before the first file is touched.

What is asked of them is what C2PA asks of a signer: a leaf of its own under an authority, for signatures,
with a purpose that C2PA knows. Each fault is one sentence with its way out.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem

MAX_BYTES = 1_000_000  # of a file of certificates, or of a key
_MOST_CERTIFICATES = 10
# What the specification of C2PA and the settings of its library take for signing.
_PURPOSES = frozenset(
    {
        ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string,
        "1.3.6.1.5.5.7.3.36",  # signing of documents, RFC 9336
        "1.3.6.1.4.1.311.76.59.1.9",  # signing with C2PA, Microsoft
        "1.3.6.1.4.1.62558.2.1",  # signing of claims, C2PA
    }
)
_ANY_PURPOSE = "2.5.29.37.0"
Extension = TypeVar("Extension", bound=x509.ExtensionType)


class CertificateProblem(InputProblem):
    """The certificates or the key cannot be used for marks; one sentence says why."""


def name_of(certificate: x509.Certificate) -> str:
    """The name of whom a certificate is for; the whole subject where it has no common name."""
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string() or "somebody without a name"


def read_certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file, in its order, at least one. Raises CertificateProblem."""
    if b"PRIVATE KEY-----" in pem and b"BEGIN CERTIFICATE" not in pem:
        raise CertificateProblem(
            "That file holds a private key where the certificates are expected",
            "Name the file of the certificates, and the key with its own option",
        )
    try:
        found = x509.load_pem_x509_certificates(pem)
        for each in found:
            _read_through(each)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CertificateProblem(
            "The file of certificates could not be read",
            "It holds PEM, lines between BEGIN CERTIFICATE and END CERTIFICATE, your own first",
        ) from error
    if len(found) > _MOST_CERTIFICATES:
        raise CertificateProblem(
            "The file holds {n} certificates; a chain has at most {most}",
            "Keep your own certificate and those that it was issued under",
            n=len(found),
            most=_MOST_CERTIFICATES,
        )
    return tuple(found)


def _read_through(certificate: x509.Certificate) -> None:
    """The library reads names, keys and days only when they are asked for, and finds their faults then."""
    for name in (certificate.subject, certificate.issuer):
        name.rfc4514_string()
    certificate.public_key()
    _ = certificate.signature_hash_algorithm
    _ = (certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def check_leaf(leaf: x509.Certificate) -> None:
    """Whether it can sign content at all. Raises CertificateProblem."""
    name = name_of(leaf)
    if leaf.issuer == leaf.subject:
        raise CertificateProblem(
            "The certificate of {name} is signed by itself, and marks need one under an authority",
            "Put your own certificate first and the authority's behind it; or make both with: artist-console"
            " mark certificate",
            name=name,
        )
    basic = _extension(leaf, x509.BasicConstraints)
    if basic is not None and basic.ca:
        raise CertificateProblem(
            "The first certificate, of {name}, is that of an authority",
            "Put your own certificate first and those of authorities behind it",
            name=name,
        )
    usage = _extension(leaf, x509.KeyUsage)
    if usage is None or not usage.digital_signature:
        raise CertificateProblem(
            "The certificate of {name} is not for digital signatures",
            "Ask whoever issues it for one whose key usage names digitalSignature",
            name=name,
        )
    purposes = _extension(leaf, x509.ExtendedKeyUsage)
    named = frozenset(oid.dotted_string for oid in purposes) if purposes is not None else frozenset()
    if not named & _PURPOSES or _ANY_PURPOSE in named:
        raise CertificateProblem(
            "The certificate of {name} is for another purpose than signing content",
            "Ask for one for e-mail protection, signing of documents, or C2PA; one of a web site does not do",
            name=name,
        )
    weak = leaf.signature_hash_algorithm
    if isinstance(weak, hashes.SHA1 | hashes.MD5):
        raise CertificateProblem(
            "The certificate of {name} is signed in a way that is no longer trusted ({how})",
            "Ask for one that is signed with SHA-256",
            name=name,
            how=weak.name.upper(),
        )


def check_order(certificates: tuple[x509.Certificate, ...]) -> None:
    """Whether each was issued by the next. Raises CertificateProblem."""
    for certificate, above in pairwise(certificates):
        try:
            certificate.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
            raise CertificateProblem(
                "The certificates are not in order: that of {name} was not issued by {above}",
                "Put your own first, then the one it was issued by, and so on",
                name=name_of(certificate),
                above=name_of(above),
            ) from error


def check_days(certificate: x509.Certificate, at: datetime) -> None:
    """Whether it is valid at an instant. Raises CertificateProblem."""
    name = name_of(certificate)
    if at > certificate.not_valid_after_utc:
        raise CertificateProblem(
            "The certificate of {name} ended on {day}",
            "Get a new one from whoever issued it; files that were marked before stay as they are",
            name=name,
            day=day_in_words(certificate.not_valid_after_utc),
        )
    if at < certificate.not_valid_before_utc:
        raise CertificateProblem(
            "The certificate of {name} is valid only from {day}",
            "Wait until then, and check the date of this computer",
            name=name,
            day=day_in_words(certificate.not_valid_before_utc),
        )


def _extension(certificate: x509.Certificate, kind: type[Extension]) -> Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except (x509.ExtensionNotFound, ValueError):
        return None
