"""Three ways to sign in to a service: in the browser here, on another device, with a code handed out.

Each waits for a person and can be stopped. None of them keeps or changes anything: they give what was
granted.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from artist_console.formats.sign_in_wire import ServerMetadata
from artist_console.host.secret_text import SecretText

from .api import Api
from .cancelling import Cancellation
from .connection import Connection
from .oauth import AuthorizationServer, TokenError, new_challenge
from .problems import CodeNotGood, SignInAgain, Unreachable
from .redirect import Awaited, Confirmed, Redirect, Refused
from .refusals import words
from .sign_in_problems import (
    NoBrowser,
    NoPortForBrowser,
    SignInDenied,
    SignInFailed,
    SignInRanOut,
)
from .tokens import Granted, KeptSignIn, RenewedTokens

__all__ = [
    "AskOnAnotherDevice",
    "AuthorizationServer",
    "Connection",
    "in_browser",
    "on_another_device",
    "reach",
    "tokens_of",
    "with_code",
    "words",
]

BROWSER_WITHIN_S = 600.0
_STATE_BYTES = 32
_SLOWER_S = 5  # RFC 8628, 3.5
_SLOWEST_S = 60.0


@dataclass(frozen=True, slots=True)
class AskOnAnotherDevice:
    """What the person types there, and where."""

    code: str
    page: str
    page_with_code: str  # for a link or a QR code; may be empty
    within: timedelta


def in_browser(
    server: AuthorizationServer,
    device_name: str,
    open_browser: Callable[[str], bool],
    waiting: Callable[[str], None],
    cancel: Cancellation,
    *,
    within_s: float = BROWSER_WITHIN_S,
) -> Granted:
    """Sign in in the browser of this computer.

    `waiting` is told the address once the browser was opened, so that it can be shown where none came up.
    Raises NetworkProblem, AuthorityProblem, NoBrowser, NoPortForBrowser or SignInStopped.
    """
    metadata = server.metadata()
    state, challenge = SecretText(secrets.token_urlsafe(_STATE_BYTES)), new_challenge()
    try:
        redirect = Redirect()
    except OSError as fault:
        raise NoPortForBrowser from fault
    with redirect:
        page = server.page(redirect.uri, state, challenge, device_name)
        cancel.check()
        if not open_browser(page):
            raise NoBrowser
        waiting(page)
        found = redirect.wait(Awaited(state, metadata.issuer), cancel, within_s)
    match found:
        case None:
            raise SignInRanOut(host=server.host)
        case Refused("access_denied"):
            raise SignInDenied(host=server.host)
        case Refused(error):
            raise SignInFailed(host=server.host, error=_word(error))
        case Confirmed(code):
            granted = server.redeem(code, redirect.uri, challenge)
    if isinstance(granted, TokenError):
        raise SignInFailed(host=server.host, error=granted.error)
    return granted


def on_another_device(
    server: AuthorizationServer,
    device_name: str,
    show: Callable[[AskOnAnotherDevice], None],
    cancel: Cancellation,
    *,
    wait: Callable[[float], None] | None = None,
    clock_s: Callable[[], float] = time.monotonic,
) -> Granted:
    """Sign in by a code that the person types on another device (RFC 8628).

    Raises NetworkProblem, AuthorityProblem or SignInStopped. A line that fails for a while ends nothing.
    """
    wait = wait or cancel.wait
    begun = server.begin_on_another_device(device_name)
    code = SecretText(begun.device_code)
    ends = clock_s() + begun.expires_in
    show(
        AskOnAnotherDevice(
            begun.user_code,
            begun.verification_uri,
            begun.verification_uri_complete,
            timedelta(seconds=max(0, begun.expires_in)),
        )
    )
    pause = float(min(max(begun.interval, 1), _SLOWEST_S))
    while clock_s() < ends:
        wait(pause)
        cancel.check()
        try:
            found = server.ask_for_device(code)
        except Unreachable:
            pause = min(pause * 2, _SLOWEST_S)
            continue
        match found:
            case Granted():
                return found
            case TokenError("authorization_pending"):
                pass
            case TokenError("slow_down"):
                pause = min(pause + _SLOWER_S, _SLOWEST_S)
            case TokenError("access_denied"):
                raise SignInDenied(host=server.host)
            case TokenError("expired_token"):
                break
            case TokenError(error):
                raise SignInFailed(host=server.host, error=error)
    raise SignInRanOut(host=server.host)


def with_code(server: AuthorizationServer, code: str, device_name: str) -> Granted:
    """Sign in with a one-time code. Raises CodeNotGood, NetworkProblem."""
    found = server.trade(SecretText(code), device_name)
    match found:
        case Granted():
            return found
        case TokenError("invalid_grant"):
            raise CodeNotGood(host=server.host)
        case TokenError(error):
            raise SignInFailed(host=server.host, error=error)


def reach(address: str, kept: KeptSignIn, first: Granted | None = None) -> Api:
    """What speaks to a service with a sign-in that is kept; nothing is asked before it is needed."""
    return Api(address, tokens_of(address, kept, first))


class Refreshing:
    """Renews by a refresh token, each time on a line of its own: ten minutes lie between two."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._found: ServerMetadata | None = None
        self._line: Connection | None = None

    def refresh(self, token: SecretText) -> Granted:
        """Raises SignInAgain where the token is no longer good, DeviceRevoked, NetworkProblem."""
        with contextlib.closing(Connection(self._address)) as line:
            self._line = line
            server = AuthorizationServer(line, self._found)
            found = server.refresh(token)
            self._found = server.metadata()
        if isinstance(found, TokenError):
            raise SignInAgain(host=line.host)
        return found

    def stop(self) -> None:
        """From any thread: a renewal that is going on ends, as if its reply had been lost."""
        if self._line is not None:
            self._line.close()


def tokens_of(address: str, kept: KeptSignIn, first: Granted | None = None) -> RenewedTokens:
    """The tokens of a sign-in that is kept; nothing is asked before one is needed."""
    with contextlib.closing(Connection(address)) as line:
        host = line.host
    renewing = Refreshing(address)
    return RenewedTokens(host, renewing.refresh, kept, first=first, stop=renewing.stop)


def _word(error: str) -> str:
    """An error word that came through the browser, as one plain line."""
    return "".join(sign for sign in error if sign.isascii() and (sign.isalnum() or sign in "_-"))[:60]
