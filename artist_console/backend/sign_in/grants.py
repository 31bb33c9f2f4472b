"""The four ways to a token, on Authlib's grant classes, with what differs here.

Three defaults of the library are overridden: a challenge is demanded at the first step already and only S256
counts; a device code is consumed by its use; redirect addresses are matched by `client.is_redirect`. What is
read and written goes through the one transaction that the server of this request holds.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError, OAuth2Error
from authlib.oauth2.rfc6749.grants import (
    AuthorizationCodeGrant,
    BaseGrant,
    RefreshTokenGrant,
    TokenEndpointMixin,
)
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc8628 import DeviceCodeGrant

from artist_console.backend.authentication import read_code
from artist_console.backend.storage import accounts, devices, sign_ins
from artist_console.backend.storage.devices import Judged, Refresh
from artist_console.backend.storage.sign_ins import AuthorizationCode, DeviceCode, Waiting
from artist_console.domain.ids import AccountId
from artist_console.formats.sign_in_wire import ONE_TIME_CODE
from artist_console.formats.wire import ProblemType, problem_uri

from .client import THE_CLIENT

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)  # 32 bytes as base64url
_CODE_BYTES = 32
_OPEN = ["none"]


class DeviceRevoked(InvalidGrantError):  # type: ignore[misc]  # Authlib brings no types
    """The sign-in was ended from elsewhere: whoever holds a token of the family is told so."""

    description = "This device was signed out."

    def get_body(self) -> list[tuple[str, str]]:
        return [*super().get_body(), ("problem", problem_uri(ProblemType.DEVICE_REVOKED))]


class S256Only(CodeChallenge):  # type: ignore[misc]
    """PKCE as OAuth 2.1 has it: nobody comes without, and a plain challenge protects nothing."""

    DEFAULT_CODE_CHALLENGE_METHOD = "S256"
    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012  # as the library declares it

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
            raise InvalidRequestError("A 'code_challenge' of 43 characters is needed.")
        if asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("The 'code_challenge_method' has to be S256.")
        if not asked.get("state"):
            raise InvalidRequestError("A 'state' is needed.")


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """RFC 6749, 4.1. Whatever is wrong beside a genuine code uses the code up: it is in wrong hands."""

    TOKEN_ENDPOINT_AUTH_METHODS = _OPEN
    _known = ""

    def generate_authorization_code(self) -> str:
        return secrets.token_urlsafe(_CODE_BYTES)

    def save_authorization_code(self, code: str, request: Any) -> None:
        asked = request.payload.data
        stands_for = AuthorizationCode(
            request.user, asked["redirect_uri"], asked["code_challenge"], asked.get("device_name", "")
        )
        sign_ins.add_authorization_code(self.server.connection, code, stands_for, self.server.now)

    def query_authorization_code(self, code: str, client: Any) -> AuthorizationCode | None:
        found = sign_ins.authorization_code(self.server.connection, code, self.server.now)
        if found is not None:
            self._known = code
            self.server.device_name = found.device_name
        return found

    def validate_token_request(self) -> None:
        try:
            super().validate_token_request()
        except OAuth2Error:
            if self._known:
                sign_ins.use_authorization_code(self.server.connection, self._known, self.server.now, None)
            raise

    def authenticate_user(self, authorization_code: AuthorizationCode) -> AccountId:
        return authorization_code.account

    def delete_authorization_code(self, authorization_code: AuthorizationCode) -> None:
        connection, now = self.server.connection, self.server.now
        sign_ins.use_authorization_code(connection, self._known, now, self.server.issued.device)


class GoodRefresh:
    """A refresh token that was judged good, as Authlib asks for it."""

    def __init__(self, token: str, judged: Judged) -> None:
        self.token = token
        self.judged = judged

    def check_client(self, client: Any) -> bool:
        return True

    def get_scope(self) -> str:
        return ""


class RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    """RFC 6749, 6; how tokens take turns is in `storage.devices`."""

    TOKEN_ENDPOINT_AUTH_METHODS = _OPEN
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> GoodRefresh:
        judged = devices.judge(self.server.connection, refresh_token, self.server.now)
        if judged.worth in (Refresh.REVOKED, Refresh.REPLAYED):
            raise DeviceRevoked
        if judged.worth is Refresh.OVER:
            raise InvalidGrantError("The sign-in has run out.")
        if judged.worth is Refresh.UNKNOWN:
            raise InvalidGrantError("The refresh token is not known here.")
        return GoodRefresh(refresh_token, judged)

    def authenticate_user(self, refresh_token: GoodRefresh) -> AccountId | None:
        return refresh_token.judged.account

    def revoke_old_credential(self, refresh_token: GoodRefresh) -> None:
        """Not yet: the former token stays good until its successor is used."""


class WaitingDevice:
    """A device code as Authlib asks for it. The user code itself is known to nobody here."""

    def __init__(self, code: DeviceCode, *, over: bool) -> None:
        self.code = code
        self._over = over

    def get_client_id(self) -> str:
        return THE_CLIENT.get_client_id()

    def get_scope(self) -> str:
        return ""

    def get_user_code(self) -> str:
        return self.code.sha256

    def is_expired(self) -> bool:
        return self._over


class DeviceGrant(DeviceCodeGrant):  # type: ignore[misc]
    """RFC 8628, 3.4."""

    TOKEN_ENDPOINT_AUTH_METHODS = _OPEN

    def query_device_credential(self, device_code: str) -> WaitingDevice:
        found = sign_ins.device_code(self.server.connection, device_code)
        if found is None or found.state is Waiting.USED:
            raise InvalidGrantError("The device code is not known, or was used already.")
        self._asking = WaitingDevice(found, over=found.expires_at <= self.server.now)
        return self._asking

    def query_user_grant(self, user_code: str) -> tuple[AccountId | None, bool] | None:
        found = self._asking.code
        if found.state is Waiting.WAITING:
            return None
        return found.account, found.state is Waiting.ALLOWED

    def should_slow_down(self, credential: WaitingDevice) -> bool:
        return sign_ins.asked_too_soon(self.server.connection, credential.code, self.server.now)

    def create_token_response(self) -> Any:
        code: DeviceCode = self.request.credential.code
        self.server.device_name = code.device_name
        sign_ins.use_device_code(self.server.connection, code.sha256)
        return super().create_token_response()


class OneTimeCodeGrant(BaseGrant, TokenEndpointMixin):  # type: ignore[misc]
    """Our own: a code that the host handed out signs a device in, once."""

    GRANT_TYPE = ONE_TIME_CODE
    TOKEN_ENDPOINT_AUTH_METHODS = _OPEN

    def validate_token_request(self) -> None:
        self.request.client = self.authenticate_token_endpoint_client()
        code = self.request.form.get("code")
        if not code:
            raise InvalidRequestError("Missing 'code' in request.")
        account = accounts.use_code(self.server.connection, read_code(code), self.server.now)
        if account is None:
            raise InvalidGrantError("The code is not known, was used already, or has run out.")
        self.request.user = account

    def create_token_response(self) -> Any:
        self.server.device_name = self.request.form.get("device_name", "")
        token = self.generate_token(user=self.request.user)
        self.save_token(token)
        return 200, token, self.TOKEN_RESPONSE_HEADER
