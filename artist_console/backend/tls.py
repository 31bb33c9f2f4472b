"""The certificate and key that a service shows: read, checked, taken up anew when they are renewed."""

from __future__ import annotations

import ssl
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from artist_console.domain.problems import Problem, SetupProblem
from artist_console.host.files import read_bounded

_NEAR = timedelta(days=14)
_MOST_BYTES = 1_000_000


class CertificateUnreadable(SetupProblem):
    title_template = "{name} holds no certificate that can be read"
    advice_template = "Name a PEM file that begins with the certificate of this service"


class KeyUnreadable(SetupProblem):
    title_template = "{name} holds no private key that can be read"
    advice_template = "Name a PEM file with a key that has no passphrase, readable by the service alone"


class KeyOfAnother(SetupProblem):
    title_template = "The key in {key} is not that of the certificate in {certificate}"
    advice_template = "Name the two files that belong together"


class CertificateOver(SetupProblem):
    title_template = "The certificate in {name} is good from {since} until {until}, and not today"
    advice_template = "Renew it; until then no client would trust this service"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and the key that fits it, as files."""

    certificate: Path
    key: Path
    since: datetime
    until: datetime
    names: tuple[str, ...]

    def is_near_its_end(self, now: datetime) -> bool:
        return self.until - now < _NEAR

    def words(self, now: datetime) -> str:
        """One sentence about how long it is good."""
        days = max(0, (self.until - now).days)
        line = f"The certificate is good until {self.until:%Y-%m-%d}, {days} days from now."
        return f"{line} Renew it." if self.is_near_its_end(now) else line

    def bears(self, host: str) -> bool:
        """Whether it was made for this host; one level of `*` is what the web knows."""
        wanted = host.lower().rstrip(".")
        _, _, parent = wanted.partition(".")
        return wanted in self.names or f"*.{parent}" in self.names


def read_certificate(certificate: Path, key: Path, now: datetime) -> Certificate:
    """Read both and check that they fit and are good now. Raises SetupProblem, FileProblem."""
    try:
        found = x509.load_pem_x509_certificates(read_bounded(certificate, _MOST_BYTES))[0]
    except ValueError as error:
        raise CertificateUnreadable(name=str(certificate)) from error
    try:
        private = load_pem_private_key(read_bounded(key, _MOST_BYTES), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnreadable(name=str(key)) from error
    if _spelled(found.public_key()) != _spelled(private.public_key()):
        raise KeyOfAnother(key=str(key), certificate=str(certificate))
    since, until = found.not_valid_before_utc, found.not_valid_after_utc
    if not since <= now < until:
        raise CertificateOver(name=str(certificate), since=since.date(), until=until.date())
    return Certificate(certificate, key, since, until, _names(found))


def _spelled(key: object) -> bytes:
    spelled: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return spelled


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    names = [name.lower() for name in found.get_values_for_type(x509.DNSName)]
    return (*names, *(str(address) for address in found.get_values_for_type(x509.IPAddress)))


def who_else_reads(key: Path) -> str:
    """A sentence where others than the service's account and group can get at the key; else empty."""
    if sys.platform == "win32":
        return ""
    mode = stat.S_IMODE(key.stat().st_mode)
    if mode & 0o027:
        return f"The key in {key} is open to others (mode {mode:04o}). Close it with: chmod 600 {key}"
    return ""


def server_context(certificate: Certificate) -> ssl.SSLContext:
    """TLS 1.2 or newer, with what Python holds for good ciphers. Raises CertificateUnreadable."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.set_alpn_protocols(["http/1.1"])
    _load(context, certificate)
    return context


def _load(context: ssl.SSLContext, certificate: Certificate) -> None:
    try:
        context.load_cert_chain(certificate.certificate, certificate.key)
    except (ssl.SSLError, OSError) as error:
        raise CertificateUnreadable(name=str(certificate.certificate)) from error


class Renewing:
    """Takes up a certificate that was renewed in its place, without a new start."""

    def __init__(self, certificate: Certificate, say: Callable[[str], None]) -> None:
        self.context = server_context(certificate)
        self.certificate = certificate
        self._say = say
        self._seen = self._stamps()
        self._told: datetime | None = None

    def look(self, now: datetime) -> None:
        """To be called every now and then."""
        stamps = self._stamps()
        if stamps != self._seen:
            try:
                renewed = read_certificate(self.certificate.certificate, self.certificate.key, now)
                _load(self.context, renewed)
            except Problem:
                return  # one of the two files may be written and the other not yet: looked at again next time
            self.certificate, self._seen = renewed, stamps
            self._say(f"A renewed certificate was taken up. {renewed.words(now)}")
        elif self.certificate.is_near_its_end(now) and self._is_new_day(now):
            self._told = now
            self._say(self.certificate.words(now))

    def _is_new_day(self, now: datetime) -> bool:
        return self._told is None or now - self._told >= timedelta(days=1)

    def _stamps(self) -> tuple[int, ...]:
        try:
            return tuple(
                path.stat().st_mtime_ns for path in (self.certificate.certificate, self.certificate.key)
            )
        except OSError:  # between two files
            return ()
