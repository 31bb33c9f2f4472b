"""Where a hosted service listens: with TLS of its own, behind a proxy, or for this computer only."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from artist_console.domain.problems import InputProblem, SetupProblem

from .tls import Certificate, Renewing, read_certificate, who_else_reads

_HSTS = (b"strict-transport-security", b"max-age=31536000")
_ONLY_BY_PROXY = b"This service answers through its proxy only.\n"
_ONLY_BY_TLS = b"This service is reached by https only.\n"


class NotInTheOpen(SetupProblem):
    title_template = "Without TLS the service listens on this computer only, not on {host}"
    advice_template = (
        "Give it a certificate with --certificate and --key,"
        " or name the proxy with TLS in front of it with --behind-proxy ADDRESS"
    )


class HalfACertificate(InputProblem):
    title_template = "A certificate and its key belong together"
    advice_template = "Give both, --certificate FILE and --key FILE"


class TwoDoors(InputProblem):
    title_template = "The service has a certificate of its own or stands behind a proxy, not both"
    advice_template = "Give --certificate and --key, or --behind-proxy"


class NoAddress(InputProblem):
    title_template = "{text} is not the address of a proxy"
    advice_template = "Give an IP address such as 10.0.0.2, or a network such as 10.0.0.0/24"


@dataclass(frozen=True, slots=True)
class Door:
    """Where to listen, as somebody asked for it."""

    host: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: str = ""
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door that may be opened so."""

    host: str
    port: int
    renewing: Renewing | None  # the certificate, where the service has TLS of its own
    proxy: ipaddress.IPv4Network | ipaddress.IPv6Network | None

    @property
    def scheme(self) -> str:
        return "https" if self.renewing is not None else "http"

    def guard(self, app: ASGIApp) -> ASGIApp:
        """The application with what the door adds."""
        if self.renewing is None and self.proxy is None:
            return app
        return _Guard(app, self.proxy)


def open_door(door: Door, now: datetime, say: Callable[[str], None]) -> OpenDoor:
    """Check a door before anything is bound. Raises SetupProblem, InputProblem, FileProblem."""
    if (door.certificate is None) != (door.key is None):
        raise HalfACertificate
    if door.certificate is not None and door.behind_proxy:
        raise TwoDoors
    proxy = _network(door.behind_proxy) if door.behind_proxy else None
    if door.certificate is None or door.key is None:
        if proxy is None and not is_loopback_host(door.host):
            raise NotInTheOpen(host=door.host)
        return OpenDoor(door.host, door.port, None, proxy)
    certificate = read_certificate(door.certificate, door.key, now)
    for line in (certificate.words(now), who_else_reads(door.key), _other_name(certificate, door)):
        if line:
            say(line)
    return OpenDoor(door.host, door.port, Renewing(certificate, say), None)


def _other_name(certificate: Certificate, door: Door) -> str:
    host = urlsplit(door.public_url).hostname if door.public_url else None
    if host is None or certificate.bears(host):
        return ""
    return f"The certificate is not made for {host}: clients that ask for that name do not trust it."


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise NoAddress(text=text) from error


def is_loopback_host(host: str) -> bool:
    """Whether every address that the name has on this computer is one that no other computer reaches."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(ipaddress.ip_address(address[0]).is_loopback for *_, address in found)


class _Guard:
    """Behind a proxy, answers nobody else; with TLS, tells browsers to stay with it."""

    def __init__(self, app: ASGIApp, proxy: ipaddress.IPv4Network | ipaddress.IPv6Network | None) -> None:
        self._app = app
        self._proxy = proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        if self._proxy is not None:
            came_from = _peer(scope)
            if came_from is None or came_from not in self._proxy:
                await _refuse(send, _ONLY_BY_PROXY)
                return
            _believe_proxy(scope)
            if scope["scheme"] != "https":
                await _refuse(send, _ONLY_BY_TLS)
                return

        async def with_hsts(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], _HSTS]
            await send(message)

        await self._app(scope, receive, with_hsts)


def _peer(scope: Scope) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    client = scope.get("client")
    try:
        return ipaddress.ip_address(client[0]) if client else None
    except ValueError:
        return None


def _believe_proxy(scope: Scope) -> None:
    """What the proxy says of the one who asks: the last address is the one that it saw itself."""
    said = {name: value.decode("latin-1") for name, value in scope["headers"]}
    scheme = said.get(b"x-forwarded-proto", "").strip().lower()
    scope["scheme"] = "https" if scheme == "https" else "http"
    last = said.get(b"x-forwarded-for", "").rsplit(",", maxsplit=1)[-1].strip()
    with suppress(ValueError):  # the proxy does not say
        scope["client"] = (str(ipaddress.ip_address(last)), 0)


async def _refuse(send: Send, words: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": words, "more_body": False})
