"""The only requests that the service itself makes: to the OpenID Connect issuer that its host named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests

from .addresses import is_loopback

_TIMEOUT_S = (5, 10)
_MOST_BYTES = 512 * 1024
_PIECE = 16 * 1024


class OutsideTrouble(Exception):
    """The issuer does not answer, or not as it should. `str()` says what in a few words, without secrets."""


def fetch(
    url: str, form: Mapping[str, str] | None = None, credentials: tuple[str, str] | None = None
) -> Mapping[str, Any]:
    """A JSON object from an https address (or the loopback one), GET or POST. Raises OutsideTrouble.

    Redirects are not followed: what is asked names where it is, and a secret goes nowhere else.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise OutsideTrouble("an address of the issuer is not https")
    try:
        with (
            requests.Session() as session,
            session.request(
                "GET" if form is None else "POST",
                url,
                data=None if form is None else dict(form),
                auth=credentials or _nobody,
                headers={"Accept": "application/json"},
                timeout=_TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            body = _bounded(answer)
            status = answer.status_code
    except requests.RequestException as error:
        raise OutsideTrouble(f"the issuer cannot be reached ({type(error).__name__})") from None
    if status != 200:
        raise OutsideTrouble(f"the issuer answered with {status}")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise OutsideTrouble("the issuer did not answer with JSON") from None
    if not isinstance(found, dict):
        raise OutsideTrouble("the issuer did not answer with a JSON object")
    return found


def _nobody(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """No credentials, also none from a .netrc of whoever runs this."""
    return request


def _bounded(answer: requests.Response) -> bytes:
    body = b""
    for piece in answer.iter_content(_PIECE):
        body += piece
        if len(body) > _MOST_BYTES:
            raise OutsideTrouble("the issuer answered with too much")
    return body
