"""The one client: Artist Console itself, a public one (RFC 6749, 2.1) that listens on this computer."""

from __future__ import annotations

import re

from artist_console.formats.sign_in_wire import (
    AUTHORIZATION_CODE,
    CLIENT_ID,
    DEVICE_CODE,
    ONE_TIME_CODE,
    REDIRECT_PATH,
    REFRESH_TOKEN,
)

GRANTS = (AUTHORIZATION_CODE, REFRESH_TOKEN, DEVICE_CODE, ONE_TIME_CODE)

# RFC 8252, 7.3: the literal address, whatever port was free. "localhost" may be somebody else's.
_REDIRECT = re.compile(
    rf"http://(?P<host>127\.0\.0\.1|\[::1\]):(?P<port>[1-9][0-9]{{0,4}}){re.escape(REDIRECT_PATH)}", re.ASCII
)
_HIGHEST_PORT = 65_535


def is_redirect(uri: str) -> bool:
    """Whether an answer may be sent there; compared as it is written, nothing is made normal first."""
    found = _REDIRECT.fullmatch(uri)
    return found is not None and int(found["port"]) <= _HIGHEST_PORT


class Client:
    """What Authlib asks a client; see its ClientMixin."""

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """There are no scopes: a device may do what its account may."""
        return None if scope else ""

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return is_redirect(redirect_uri)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "none"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in GRANTS


THE_CLIENT = Client()
