"""A look at one's own site: the few addresses that speak to machines, within limits, and nothing else.

A redirect is told, and followed once where it stays on the site or goes to its "www." name. Trouble is part
of the answer: a site that answers badly is what somebody wants to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from artist_console.domain.problems import NetworkProblem
from artist_console.domain.site_address import SiteAddress, same_site
from artist_console.domain.site_checks import SiteAnswer, Trouble

from .answered import Answered
from .connection import Connection
from .problems import (
    CertificateExpired,
    CertificateOfAnother,
    EndedEarly,
    LeadsNowhere,
    NotSecure,
    NotUnpacked,
    TooSlow,
)
from .sign_in_problems import ProxyRefused

TDMREP_PATH, ROBOTS_PATH = "/.well-known/tdmrep.json", "/robots.txt"
FILE_BYTES = 100_000
PAGE_BYTES = 400_000  # of a page the start is enough: what speaks to machines stands in its head
SILENCE_S, WHOLE_S = 10.0, 20.0
_MOST_HEADERS, _MOST_OF_A_HEADER = 100, 4_000

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUS: Mapping[int, Trouble] = MappingProxyType(
    {
        401: Trouble.REFUSED,
        403: Trouble.REFUSED,
        404: Trouble.NOT_FOUND,
        410: Trouble.NOT_FOUND,
        429: Trouble.REFUSED,
        451: Trouble.REFUSED,
    }
)
# The first that fits.
_TROUBLES: tuple[tuple[type[NetworkProblem], Trouble], ...] = (
    (CertificateExpired, Trouble.CERTIFICATE_EXPIRED),
    (CertificateOfAnother, Trouble.CERTIFICATE_OF_ANOTHER),
    (ProxyRefused, Trouble.PROXY),
    (NotSecure, Trouble.NOT_SECURE),
    (NotUnpacked, Trouble.NOT_UNPACKED),
    (LeadsNowhere, Trouble.LEADS_NOWHERE),
    (EndedEarly, Trouble.ENDED_EARLY),
    (TooSlow, Trouble.TOO_SLOW),
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One thing that is asked for, and how much of it is read. A page may be cut, a file may not."""

    path: str
    asked: str
    limit_bytes: int
    may_be_cut: bool
    silence_s: float
    whole_s: float


def look_at(
    address: SiteAddress, *, silence_s: float = SILENCE_S, whole_s: float = WHOLE_S
) -> tuple[SiteAnswer, ...]:
    """What the site answers for tdmrep.json, robots.txt and its page, in this order.

    Raises no NetworkProblem: what went wrong stands in the answer.
    """
    wanted = (
        (TDMREP_PATH, FILE_BYTES, False),
        (ROBOTS_PATH, FILE_BYTES, False),
        (address.path, PAGE_BYTES, True),
    )
    return tuple(
        _ask(_Wanted(path, address.at(path), limit, may_be_cut, silence_s, whole_s))
        for path, limit, may_be_cut in wanted
    )


def _ask(wanted: _Wanted) -> SiteAnswer:
    first = _once(wanted, wanted.asked)
    if not first.leads_to or first.trouble is not None:
        return first
    second = _once(wanted, first.leads_to)
    if second.leads_to:
        return replace(second, answered=first.leads_to, body=b"", trouble=Trouble.LEADS_ON)
    return replace(second, leads_to=first.leads_to)


def _once(wanted: _Wanted, address: str) -> SiteAnswer:
    parts = urlsplit(address)
    inner = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection: Connection | None = None
    try:
        connection = Connection(
            f"{parts.scheme}://{parts.netloc}",
            silence_s=wanted.silence_s,
            whole_s=wanted.whole_s,
            limit_bytes=wanted.limit_bytes + 1,
            keeps_start=True,
        )
        answer = connection.ask("GET", inner, headers=_ASKING)
    except NetworkProblem as problem:
        return SiteAnswer(wanted.path, wanted.asked, address, trouble=_trouble_of(problem))
    finally:
        if connection is not None:
            connection.close()
    return _answer(wanted, address, answer)


# Plain, so that nothing has to be unpacked; who packs it all the same is read within the same limits.
_ASKING = MappingProxyType(
    {"User-Agent": "artist-console (check of an own site)", "Accept-Encoding": "identity", "Accept": "*/*"}
)


def _trouble_of(problem: NetworkProblem) -> Trouble:
    return next((trouble for kind, trouble in _TROUBLES if isinstance(problem, kind)), Trouble.UNREACHABLE)


def _answer(wanted: _Wanted, address: str, answer: Answered) -> SiteAnswer:
    headers = tuple(
        (name[:_MOST_OF_A_HEADER], value[:_MOST_OF_A_HEADER])
        for name, value in [*answer.headers.items()][:_MOST_HEADERS]
    )
    trouble = _STATUS.get(answer.status)
    leads_to = ""
    if answer.status in _REDIRECTS:
        leads_to, trouble = _leads(address, answer.headers.get("Location", ""))
    elif trouble is None and answer.status >= 500:
        trouble = Trouble.SERVER_ERROR
    elif trouble is None and answer.status != 200:
        trouble = Trouble.OTHER_STATUS
    elif trouble is None and len(answer.content) > wanted.limit_bytes and not wanted.may_be_cut:
        trouble = Trouble.TOO_LARGE
    body = answer.content[: wanted.limit_bytes]
    return SiteAnswer(wanted.path, wanted.asked, address, leads_to, answer.status, headers, body, trouble)


def _leads(address: str, location: str) -> tuple[str, Trouble | None]:
    """Where a redirect leads, and whether that is still the site."""
    try:
        target = urljoin(address, location.strip())
        there, here = urlsplit(target), urlsplit(address)
        if not location.strip() or there.scheme not in ("http", "https") or not there.hostname:
            return "", Trouble.LEADS_NOWHERE
        stays = (
            there.scheme in ("https", here.scheme)
            and there.username is None
            and same_site(there.hostname, here.hostname or "")
            and _port(there.scheme, there.port) == _port(here.scheme, here.port)
        )
    except ValueError:
        return "", Trouble.LEADS_NOWHERE
    return (target, None) if stays else (target[:_MOST_OF_A_HEADER], Trouble.LEADS_ELSEWHERE)


def _port(scheme: str, port: int | None) -> int | None:
    return port if port is not None else {"https": 443, "http": 80}.get(scheme)
