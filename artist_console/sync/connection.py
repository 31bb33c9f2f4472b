"""The line to one service: the only module that speaks HTTP. Always verified, never redirected, bounded.

It knows no message. What is asked goes out as it is; what comes back is its status, head and body within
limits, or one problem. No problem is chained to the error it came from: that one holds the request with its
token.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from http.cookiejar import DefaultCookiePolicy
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.auth import AuthBase

from artist_console.host.secret_text import SecretText

from .answered import Answered
from .interruptible import InterruptibleAdapter
from .problems import (
    CertificateExpired,
    CertificateOfAnother,
    EndedEarly,
    LeadsNowhere,
    NotSecure,
    NotUnpacked,
    TooLarge,
    TooSlow,
    Unreachable,
)
from .refusals import words
from .sign_in_problems import CertificatesUnreadable, ProxyRefused

CONNECT_S = 5.0
SILENCE_S = 30.0  # longest pause within an answer
WHOLE_S = 120.0  # longest answer, however it trickles in
MAX_ANSWER_BYTES = 64 * 1024 * 1024
MAX_PROBLEM_BYTES = 64 * 1024
_CHUNK_BYTES = 64 * 1024
Session = requests.Session

# OpenSSL's numbers for why a certificate was refused (x509_vfy.h).
_NOT_YET, _RUN_OUT, _OTHER_HOST = 9, 10, frozenset({62, 64})

# The first that is set counts. A list that is named so takes the place of the computer's own.
_CERTIFICATE_SETTINGS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")


class _Bearer(AuthBase):
    """Set as authentication, so that no .netrc of the computer takes its place; of None it would."""

    def __init__(self, token: SecretText | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        return request


class _Verified(InterruptibleAdapter):
    """Verifies with the certificates that this computer trusts, whatever `verify` says."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        return super().proxy_manager_for(
            proxy, **more, ssl_context=self._context, proxy_ssl_context=self._context
        )

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        host, pool = super().build_connection_pool_key_attributes(request, True, cert)
        return host, {**pool, "ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        # Not that of requests, which adds the list that it brings along to those that the context trusts.
        conn.cert_reqs = "CERT_REQUIRED"


class Connection:
    """One service.

    Raises Unreachable for an address that is none, NotSecure for one that would show the token on its way.
    """

    def __init__(
        self,
        address: str,
        *,
        session: requests.Session | None = None,
        silence_s: float = SILENCE_S,
        whole_s: float = WHOLE_S,
        limit_bytes: int = MAX_ANSWER_BYTES,
        keeps_start: bool = False,
    ) -> None:
        """`keeps_start`: of an answer beyond the limit its start is given, rather than a problem."""
        self.address = address.rstrip("/")
        host, secure = _address(self.address)
        parts = urlsplit(self.address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        if not secure and not is_loopback(host):
            raise NotSecure(host=host)
        self._silence_s, self._whole_s = silence_s, whole_s
        self._limit_bytes, self._keeps_start = limit_bytes, keeps_start
        self._session = session or _new_session()
        # Nothing but the token says who asks, and it goes where it is sent.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        if secure:
            self._session.mount("https://", _Verified(_trusted_here()))
        if is_loopback(host):
            self._session.trust_env = False  # a proxy of the environment would be asked for this computer
        self.named = parts.netloc  # as it is shown before anything is sent
        self.host = "The service on this computer" if is_loopback(host) else host

    def __repr__(self) -> str:
        return f"Connection({self.address!r})"

    def close(self) -> None:
        """Drop the connections, for good. From another thread it ends at once a call that waits."""
        for adapter in self._session.adapters.values():
            if isinstance(adapter, InterruptibleAdapter):
                adapter.interrupt()
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] = MappingProxyType({}),
        body: bytes | SecretText | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
        token: SecretText | None = None,
        patience_s: float = 0.0,
        from_root: bool = False,
    ) -> Answered:
        """Ask once. Raises Unreachable, NotSecure, ProxyRefused or Nonsense.

        `from_root`: the path is that of the host, not one below the address.
        """
        told: Exception
        try:
            answer = self._session.request(
                method,
                (self.origin if from_root else self.address) + path,
                params=query,
                data=body.reveal().encode() if isinstance(body, SecretText) else body,
                headers=headers,
                auth=_Bearer(token),
                timeout=(CONNECT_S, self._silence_s + patience_s),
                allow_redirects=False,
                stream=True,
            )
            with answer:
                return self._read(answer, self._whole_s + patience_s)
        except requests.exceptions.SSLError as error:
            told = _not_secure(error)(host=self.host)
        except requests.exceptions.ProxyError:
            told = ProxyRefused(host=self.host)
        except requests.exceptions.ContentDecodingError:
            told = NotUnpacked(host=self.host, what="it cannot be unpacked")
        except requests.exceptions.ChunkedEncodingError:
            told = EndedEarly(host=self.host)
        except requests.exceptions.Timeout:
            told = TooSlow(host=self.host)
        except (requests.RequestException, UnicodeError):
            # UnicodeError: a host of the address that no name service could take.
            told = Unreachable(host=self.host)
        except ValueError:
            # What reads the address of a redirect does not catch it, though it is not followed.
            told = LeadsNowhere(host=self.host, what="it leads to something that is no address")
        # Outside of the handlers: inside, the error would come along, and the request with it.
        raise told

    def _read(self, answer: requests.Response, whole_s: float) -> Answered:
        """The answer with its body, within its limits of size and time."""
        head = Answered(answer.status_code, answer.headers, b"")
        limit = self._limit_bytes if head.good else min(MAX_PROBLEM_BYTES, self._limit_bytes)
        declared = answer.headers.get("Content-Length", "")
        if declared.isdecimal() and int(declared) > limit and not self._keeps_start:
            raise TooLarge(host=self.host, what="it is far too large")
        ends = time.monotonic() + whole_s
        parts, size = [], 0
        for part in _chunks(answer):
            size += len(part)
            if size > limit and not self._keeps_start:
                raise TooLarge(host=self.host, what="it is far too large")
            if time.monotonic() > ends:
                raise TooSlow(host=self.host)
            parts.append(part)
            if size > limit:
                break
        return replace(head, content=b"".join(parts)[:limit])


def _new_session() -> requests.Session:
    session = requests.Session()
    session.mount("http://", InterruptibleAdapter())
    return session


def _chunks(answer: requests.Response) -> Iterator[bytes]:
    chunks: Iterator[bytes] = answer.iter_content(_CHUNK_BYTES)
    return chunks


def _not_secure(error: BaseException) -> type[NotSecure]:
    """Why a line was not secure, as far as the error beneath tells: its numbers are those of OpenSSL."""
    seen: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting and len(seen) < 20:
        found = waiting.pop()
        if not isinstance(found, BaseException) or found in seen:
            continue
        seen.append(found)
        if isinstance(found, ssl.SSLCertVerificationError):
            code = getattr(found, "verify_code", 0)
            if code in (_NOT_YET, _RUN_OUT):
                return CertificateExpired
            return CertificateOfAnother if code in _OTHER_HOST else NotSecure
        waiting += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
    return NotSecure


def _trusted_here() -> ssl.SSLContext:
    """What verifies: the certificates of the system, or those that the environment names instead."""
    for variable in _CERTIFICATE_SETTINGS:
        path = os.environ.get(variable)
        if not path:
            continue
        folder = os.path.isdir(path)
        try:
            return ssl.create_default_context(
                cafile=None if folder else path, capath=path if folder else None
            )
        except (OSError, ssl.SSLError) as error:
            raise CertificatesUnreadable(name=path, variable=variable) from error
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _address(url: str) -> tuple[str, bool]:
    """The host of an address and whether the way to it is encrypted. Raises Unreachable."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # both are checked when they are asked for
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise Unreachable("{host} is no address of a service", "Check the address", host=words(url))
    return host, parts.scheme == "https"


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
