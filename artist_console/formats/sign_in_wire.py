"""What travels when a device signs in: OAuth 2.0 answers (RFC 6749, 8414, 8628) and the list of devices."""

from __future__ import annotations

from datetime import datetime

import msgspec

CLIENT_ID = "artist-console"
REDIRECT_PATH = "/signed-in"  # on 127.0.0.1 or [::1], any port
METADATA_PATH = "/.well-known/oauth-authorization-server"
AUTHORIZE_PATH = "/oauth/authorize"
TOKEN_PATH = "/oauth/token"
DEVICE_AUTHORIZATION_PATH = "/oauth/device_authorization"
REVOKE_PATH = "/oauth/revoke"
DEVICE_PAGE_PATH = "/oauth/device"

AUTHORIZATION_CODE = "authorization_code"
REFRESH_TOKEN = "refresh_token"
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
ONE_TIME_CODE = "urn:artist-console:grant:one-time-code"

MAX_DEVICE_NAME = 200


class ServerMetadata(msgspec.Struct, frozen=True):
    """Where to sign in (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    device_authorization_endpoint: str
    revocation_endpoint: str
    response_types_supported: list[str]
    grant_types_supported: list[str]
    code_challenge_methods_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    revocation_endpoint_auth_methods_supported: list[str] = []
    authorization_response_iss_parameter_supported: bool = False
    service_name: str = ""  # of our own: who runs it, shown before anybody connects (RFC 8414 allows more)


class TokenReply(msgspec.Struct, frozen=True):
    """A device is signed in, or its sign-in goes on. Every refresh token is good for one successor."""

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str
    account: str
    device: str

    def __repr__(self) -> str:
        return f"TokenReply(device={self.device!r})"


class OAuthError(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 6749, 5.2. `problem` is a problem type of ours where the device was signed out from elsewhere."""

    error: str
    error_description: str = ""
    problem: str = ""


class DeviceAuthorization(msgspec.Struct, frozen=True):
    """RFC 8628, 3.2: what to show, and how often to ask for the token."""

    device_code: str
    user_code: str
    verification_uri: str
    verification_uri_complete: str
    expires_in: int
    interval: int

    def __repr__(self) -> str:
        return f"DeviceAuthorization({self.verification_uri!r})"


class DeviceInfo(msgspec.Struct, frozen=True):
    """One device that may act for the account."""

    id: str
    name: str
    signed_in_at: datetime
    seen_at: datetime
    this_one: bool = False  # the one that asks


class Devices(msgspec.Struct, frozen=True):
    """Those whose sign-in has neither ended nor been taken back, the newest first."""

    devices: list[DeviceInfo]
