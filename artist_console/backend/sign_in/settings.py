"""What a host sets about signing in: the public address, and an OpenID Connect issuer outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from artist_console.domain.problems import SetupProblem
from artist_console.host.files import read_bounded

from .addresses import is_loopback

_MOST_SECRET_BYTES = 4_096
_PREFIX = "ARTIST_CONSOLE_OIDC_"


@dataclass(frozen=True, slots=True)
class OutsideIssuer:
    """An OpenID Connect issuer that people may sign in with, or (`only`) have to."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str  # for people
    only: bool = False


@dataclass(frozen=True, slots=True)
class SignInSettings:
    public_url: str = ""  # empty: the address by which a browser asks
    outside: OutsideIssuer | None = None


def read_settings(environment: Mapping[str, str], public_url: str = "") -> SignInSettings:
    """The settings as a host gives them, see docs/api.md. Raises SetupProblem, FileProblem."""
    if public_url:
        public_url = _checked_url(public_url, "--public-url")
    return SignInSettings(public_url, _outside(environment))


def _outside(environment: Mapping[str, str]) -> OutsideIssuer | None:
    issuer = environment.get(f"{_PREFIX}ISSUER", "")
    if not issuer:
        return None
    # As written: a trailing slash is part of the name that the issuer signs.
    _checked_url(issuer, f"{_PREFIX}ISSUER")
    client_id = environment.get(f"{_PREFIX}CLIENT_ID", "")
    secret = environment.get(f"{_PREFIX}CLIENT_SECRET", "")
    file = environment.get(f"{_PREFIX}CLIENT_SECRET_FILE", "")
    if file:
        secret = read_bounded(Path(file), _MOST_SECRET_BYTES).decode("utf-8", "replace").strip()
    if not client_id or not secret:
        raise SetupProblem(
            "The issuer {issuer} is named without what signs this service in there",
            f"Set {_PREFIX}CLIENT_ID, and {_PREFIX}CLIENT_SECRET or {_PREFIX}CLIENT_SECRET_FILE",
            issuer=issuer,
        )
    name = environment.get(f"{_PREFIX}NAME", "") or urlsplit(issuer).hostname or issuer
    only = environment.get(f"{_PREFIX}ONLY", "").lower() in ("1", "yes", "true", "on")
    return OutsideIssuer(issuer, client_id, secret, name, only)


def _checked_url(url: str, where: str) -> str:
    parts = urlsplit(url)
    secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if not secure or not parts.netloc or parts.query or parts.fragment or parts.username is not None:
        raise SetupProblem(
            "{where} is no address that people can sign in at: {url}",
            "Give an https address without query, such as https://console.example.org",
            where=where,
            url=url,
        )
    return url.rstrip("/")
