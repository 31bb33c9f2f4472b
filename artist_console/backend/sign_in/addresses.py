"""Under which address this service is asked, and by whom."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from litestar.connection import ASGIConnection

# A name or an address, and a port; nothing that could end in another place of a URL.
_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)


class NotReachable(Exception):
    """Nobody can sign in under the address that was asked: no TLS, or no address at all."""


def is_loopback(host: str) -> bool:
    """Whether a host name stands for this computer alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def issuer_of(connection: ASGIConnection[Any, Any, Any, Any], public_url: str) -> str:
    """The address of this service in its own words. Raises NotReachable.

    Without a public address it is the one that was asked; the scheme is that of the proxy in front, where one
    on this computer says so. http is answered on the loopback address only.
    """
    if public_url:
        return public_url
    host = connection.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise NotReachable
    scheme = connection.scope.get("scheme", "http")
    name = host.rpartition(":")[0] if re.search(r":[0-9]+$", host) else host
    if scheme != "https" and not is_loopback(name):
        raise NotReachable
    return f"{scheme}://{host}"


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request comes from; behind a proxy on this computer, as the proxy says."""
    return connection.client.host if connection.client is not None else ""
