"""The address of one's own site, as somebody types it: host and path, always https but on this computer."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from .problems import InputProblem

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
# Servers, rules for paths and browsers spell all other signs in ways of their own.
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]*)+")


class NotASite(InputProblem):
    title_template = "“{text}” is no address of a site"
    advice_template = "Write it as in a browser, such as https://music.example"


class NotHttps(InputProblem):
    title_template = "“{text}” is not reached over https, so anybody on the way could change what it says"
    advice_template = "Ask whoever runs the site for https, then give the address with https://"


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """`origin` is scheme, host and port; `path` begins with a slash, "/" for the whole site."""

    origin: str
    host: str
    path: str = "/"

    def at(self, path: str) -> str:
        return self.origin + path

    @property
    def whole(self) -> bool:
        return self.path == "/"


def read_address(text: str) -> SiteAddress:
    """Raises NotASite or NotHttps."""
    typed = text.strip()
    shown = typed[:200]
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise NotASite(text=shown) from error
    if parts.username is not None or parts.scheme not in ("http", "https") or len(typed.split()) != 1:
        raise NotASite(text=shown)
    here = _is_here(host)
    if not here and "." not in host:
        raise NotASite(text=shown)
    if parts.scheme == "http" and not here:
        raise NotHttps(text=shown)
    name = f"[{host}]" if ":" in host else host
    origin = f"{parts.scheme}://{name}{f':{port}' if port else ''}"
    return SiteAddress(origin, host, _path(parts.path, shown))


def _host(name: str) -> str:
    """In the letters of the name service. Raises ValueError."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    host = name.rstrip(".").encode("idna").decode("ascii").lower()
    if not _HOST.fullmatch(host):
        raise ValueError(name)
    return host


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _path(path: str, shown: str) -> str:
    if not path:
        return "/"
    if not _PATH.fullmatch(path) or "/../" in f"{path}/":
        raise NotASite(
            "The path in “{text}” has signs that servers and rules for paths read in different ways",
            "Name a folder of the site by letters, digits, dots, dashes and slashes",
            text=shown,
        )
    return path


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one, but for a "www." before one of them."""
    return one.removeprefix("www.") == other.removeprefix("www.")
