"""Every endpoint below /v1 asks for a token.

Which account it is goes into `request.user`, which of its devices into `request.auth` ("" for the token that
an embedded service keeps in memory).
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from anyio import to_thread
from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from artist_console.domain.ids import AccountId
from artist_console.formats.wire import ProblemType

from .refusals import Refused
from .service import Service
from .storage import accounts

# Where a service signs people in, see sign_in/: that is what brings a token.
OPEN_PATHS = ("^/oauth/", r"^/\.well-known/oauth-authorization-server$")
CODE_LIFE = timedelta(hours=1)
INVITATION_LIFE = timedelta(days=7)
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 200

# Without letters and digits that look alike, so that a code can be read out and typed.
_CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 20  # 100 bits
_GROUP = 5


class TokenMiddleware(AbstractAuthenticationMiddleware):
    """Answers 401 or 403 before anything else is looked at."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        service: Service = connection.app.state.service
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
            raise Refused(ProblemType.NOT_SIGNED_IN, 401)
        holder = await to_thread.run_sync(service.holder_of, token)
        if holder is None:
            raise Refused(ProblemType.NOT_SIGNED_IN, 401, "The sign-in is not known here or has ended.")
        if holder.revoked:
            words = "Somebody took this device off the list of those that may act for the account."
            raise Refused(ProblemType.DEVICE_REVOKED, 403, words)
        return AuthenticationResult(user=holder.account, auth=holder.device)


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_code() -> str:
    """A code that can be read out and typed, and not be guessed."""
    signs = "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH))
    return "-".join(signs[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def read_code(typed: str) -> str:
    """A code as it is kept, however its groups and capitals were typed."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return "-".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def issue_code(service: Service, account: AccountId, life: timedelta = CODE_LIFE) -> str:
    """A code that signs one device in, or sets a first password: once, within the hour."""
    code = new_code()
    with service.database.writing() as connection:
        accounts.add_code(connection, code, account, service.clock() + life)
    return code
