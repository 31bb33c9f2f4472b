"""The authorization server of one request: Authlib's, inside one writing transaction.

Grants and endpoints find here the connection, the time and the name of the issuer; the tokens that they give
out are made here alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidClientError,
    InvalidRequestError,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc8628 import DeviceAuthorizationEndpoint
from authlib.oauth2.rfc9207 import IssuerParameter
from sqlalchemy.engine import Connection

from artist_console.backend.storage import devices, sign_ins
from artist_console.formats.sign_in_wire import CLIENT_ID, DEVICE_PAGE_PATH, ONE_TIME_CODE, REFRESH_TOKEN

from .client import THE_CLIENT, Client
from .forms import Form
from .grants import CodeGrant, DeviceGrant, GoodRefresh, OneTimeCodeGrant, RefreshGrant, S256Only

# Without vowels: no words come about, and no letter looks like a digit. RFC 8628, 6.1.
_USER_SIGNS = "BCDFGHJKLMNPQRSTVWXZ"
_USER_GROUP = 4
_DEVICE_BYTES = 32
# RFC 6749, 3.2.1: a public client has to name itself where a code was issued to it.
_MAY_BE_UNNAMED = frozenset({REFRESH_TOKEN, ONE_TIME_CODE})


class Hidden(dict[str, Any]):
    """An answer with secrets in it. The library logs what it issues: this shows no value."""

    def __repr__(self) -> str:
        return f"Hidden({sorted(self)})"


class Request(OAuth2Request):  # type: ignore[misc]  # Authlib brings no types
    """A request as Authlib reads it."""

    def __init__(self, method: str, form: Form, headers: Mapping[str, str], issuer: str) -> None:
        super().__init__(method, f"{issuer}/oauth", headers=headers)
        self.payload = BasicOAuth2Payload(Hidden(form.values))

    @property
    def form(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.payload.data
        return found


@dataclass
class Reply:
    """What Authlib answers. `location` is the name under which it adds the issuer (RFC 9207)."""

    status: int
    body: Mapping[str, Any] = field(repr=False)
    location: str = field(default="", repr=False)


class _Issuer(IssuerParameter):  # type: ignore[misc]
    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer


class Server(AuthorizationServer):  # type: ignore[misc]
    """Lives as long as the transaction that it is given."""

    def __init__(self, connection: Connection, issuer: str, now: datetime, new_id: Callable[[], str]) -> None:
        super().__init__()
        self.connection = connection
        self.issuer = issuer
        self.now = now
        self.device_name = ""
        self.issued: devices.Issued | None = None
        self._new_id = new_id
        self.register_client_auth_method("none", _the_client)
        self.register_token_generator("default", lambda **_: Hidden())
        self.register_grant(CodeGrant, [S256Only(required=True)])
        self.register_grant(RefreshGrant)
        self.register_grant(DeviceGrant)
        self.register_grant(OneTimeCodeGrant)
        self.register_endpoint(_DeviceEndpoint)
        self.register_endpoint(_Revocation)
        _Issuer(issuer)(self)

    def query_client(self, client_id: str) -> Client | None:
        return THE_CLIENT if client_id == CLIENT_ID else None

    def create_oauth2_request(self, request: Request) -> Request:
        return request

    def create_token_response(self, request: Request) -> Reply:
        if not request.payload.grant_type:
            # The library takes a grant that is not named for one that it does not know.
            missing = InvalidRequestError("Missing 'grant_type' in request.")
            found: Reply = self.handle_error_response(request, missing)
        else:
            found = super().create_token_response(request)
        return found

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens."""

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Reply:
        location = next((value for name, value in headers if name == "Location"), "")
        return Reply(status, body or {}, location)

    def save_token(self, token: Hidden, request: Request) -> None:
        """Make the tokens, and keep what is to be kept of them."""
        former = request.refresh_token
        if isinstance(former, GoodRefresh):
            self.issued = devices.go_on(self.connection, former.token, former.judged, self.now)
        else:
            name = self.device_name.strip()
            self.issued = devices.sign_in(self.connection, self._new_id(), request.user, name, self.now)
        token.update(
            access_token=self.issued.access_token,
            token_type="Bearer",
            expires_in=int(devices.ACCESS_LIFE.total_seconds()),
            refresh_token=self.issued.refresh_token,
            account=self.issued.account,
            device=self.issued.device,
        )


def _the_client(query_client: Callable[[str], Client | None], request: Request) -> Client:
    """A public client proves nothing: whoever brings a secret takes this for another server."""
    if "authorization" in request.headers:
        raise InvalidClientError("This client has no secret.", status_code=401)
    asked = request.payload.data
    if "client_secret" in asked or "client_assertion" in asked:
        raise InvalidClientError("This client has no secret.")
    unnamed = asked.get("grant_type") in _MAY_BE_UNNAMED or "token" in asked
    client = query_client(asked.get("client_id") or (CLIENT_ID if unnamed else ""))
    if client is None:
        raise InvalidClientError("The client is not known here.")
    return client


class _DeviceEndpoint(DeviceAuthorizationEndpoint):  # type: ignore[misc]
    """RFC 8628, 3.1 and 3.2."""

    CLIENT_AUTH_METHODS = ["none"]  # noqa: RUF012  # as the library declares it
    EXPIRES_IN = int(sign_ins.DEVICE_CODE_LIFE.total_seconds())
    INTERVAL = sign_ins.POLL_EVERY_S

    def create_endpoint_response(self, request: Request) -> Any:
        self._name = request.payload.data.get("device_name", "").strip()
        status, body, headers = super().create_endpoint_response(request)
        return status, Hidden(body), headers

    def generate_user_code(self) -> str:
        return new_user_code()

    def generate_device_code(self) -> str:
        return secrets.token_urlsafe(_DEVICE_BYTES)

    def get_verification_uri(self) -> str:
        return f"{self.server.issuer}{DEVICE_PAGE_PATH}"

    def save_device_credential(self, client_id: str, scope: str | None, data: Mapping[str, Any]) -> None:
        sign_ins.add_device_code(
            self.server.connection,
            data["device_code"],
            read_user_code(data["user_code"]),
            self._name,
            self.server.now,
        )


def new_user_code() -> str:
    """A code of 34 bits that can be read out: BCDF-GHJK."""
    signs = [secrets.choice(_USER_SIGNS) for _ in range(2 * _USER_GROUP)]
    return f"{''.join(signs[:_USER_GROUP])}-{''.join(signs[_USER_GROUP:])}"


def read_user_code(typed: str) -> str:
    """A user code as it is kept, however it was typed."""
    return "".join(sign for sign in typed.upper() if sign in _USER_SIGNS)


class _Revocation(RevocationEndpoint):  # type: ignore[misc]
    """RFC 7009. Both kinds of tokens end the sign-in of their device."""

    CLIENT_AUTH_METHODS = ["none"]  # noqa: RUF012  # as the library declares it

    def check_params(self, request: Request, client: Client) -> None:
        """A hint of the kind is only one (2.1): a wrong one does no harm."""
        if "token" not in request.form:
            raise InvalidRequestError("Missing 'token' in request.")

    def query_token(self, token: str, hint: str | None) -> _OfDevice | None:
        device = devices.device_of_any(self.server.connection, token)
        return None if device is None else _OfDevice(device)

    def revoke_token(self, token: _OfDevice, request: Request) -> None:
        devices.revoke(self.server.connection, token.device, self.server.now)


@dataclass(frozen=True, slots=True)
class _OfDevice:
    device: str

    def check_client(self, client: Client) -> bool:
        return True
