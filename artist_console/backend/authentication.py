"""Every endpoint asks for a token, except signing in. Which account it is goes into `request.user`."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from anyio import to_thread
from litestar import post
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.params import JSONBody

from artist_console.domain.ids import AccountId
from artist_console.formats.wire import ProblemType, SignedIn, SignIn

from .refusals import Refused
from .service import Service, TheService
from .storage import accounts

SIGN_IN_PATH = "/v1/sign-in"
TOKEN_LIFE = timedelta(days=90)
CODE_LIFE = timedelta(hours=1)
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 200
_LONGEST_NAME = 200

# Without letters and digits that look alike, so that a code can be read out and typed.
_CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 20  # 100 bits


class TokenMiddleware(AbstractAuthenticationMiddleware):
    """Answers 401 before anything else is looked at."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        service: Service = connection.app.state.service
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
            raise Refused(ProblemType.NOT_SIGNED_IN, 401)
        account = await to_thread.run_sync(service.account_of, token)
        if account is None:
            raise Refused(ProblemType.NOT_SIGNED_IN, 401, "The sign-in is not known here or has ended.")
        return AuthenticationResult(user=account, auth=None)


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def issue_code(service: Service, account: AccountId) -> str:
    """A code that signs one device in, once, within the hour."""
    signs = "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH))
    code = "-".join(signs[at : at + 5] for at in range(0, _CODE_LENGTH, 5))
    with service.database.writing() as connection:
        accounts.add_code(connection, code, account, service.clock() + CODE_LIFE)
    return code


@post("/sign-in", sync_to_thread=True, status_code=200, tags=["account"], summary="Sign a device in")
def sign_in(data: JSONBody[SignIn], service: TheService) -> SignedIn:
    """Trade a one-time device code for a token."""
    now = service.clock()
    token, until = new_token(), now + TOKEN_LIFE
    with service.changing() as connection:
        account = accounts.use_code(connection, data.code.strip().upper(), now)
        if account is None:
            words = "The code is not known, was used already, or has run out. Ask the host for a new one."
            raise Refused(ProblemType.NOT_SIGNED_IN, 401, words)
        name = data.device_name[:_LONGEST_NAME]
        accounts.add_device(connection, service.new_id(), account, name, token, now, until)
    return SignedIn(token, account, until)
