"""The messages of signing in (OAuth 2.1): what is asked of an authorization server, and what it may answer.

oauthlib writes and reads them. Which address a message goes to is decided here alone: all of them have to be
those of the service that the person named.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from oauthlib.oauth2 import Client, DeviceClient, OAuth2Error, WebApplicationClient

from artist_console.formats import encoding, sign_in_wire, wire
from artist_console.formats.sign_in_wire import CLIENT_ID, METADATA_PATH, ServerMetadata
from artist_console.host.secret_text import SecretText

from .answered import Answered
from .connection import Connection
from .problems import Nonsense, NotFound
from .refusals import check_kind, refuse, words
from .sign_in_problems import DeviceRevoked, NoSignInThere, OtherIssuer, WayNotOffered
from .tokens import Granted

_VERIFIER_SIGNS = 64
_LONGEST_TOKEN = 4_096
_REFUSALS = frozenset({400, 401})  # RFC 6749, 5.2
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class TokenError:
    """The server gives no token: one of its words, such as `invalid_grant` or `slow_down`."""

    error: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """A secret that proves later who asked first (PKCE, RFC 7636)."""

    verifier: SecretText
    challenge: str


def new_challenge() -> Challenge:
    client = WebApplicationClient(CLIENT_ID)
    verifier = client.create_code_verifier(_VERIFIER_SIGNS)
    return Challenge(SecretText(verifier), client.create_code_challenge(verifier, "S256"))


class AuthorizationServer:
    """The sign-in of one service. It is asked where its parts are when that is first needed."""

    def __init__(self, line: Connection, found: ServerMetadata | None = None) -> None:
        self._line, self._found = line, found

    @property
    def host(self) -> str:
        return self._line.host

    def metadata(self) -> ServerMetadata:
        """Raises NetworkProblem: nobody there, no such service, or one that says it is another."""
        if self._found is None:
            self._found = self._ask_metadata()
        return self._found

    def need(self, grant: str) -> None:
        """Raises WayNotOffered where the server does not know this way."""
        if grant not in self.metadata().grant_types_supported:
            raise WayNotOffered(host=self.host)

    # -- the browser

    def page(self, redirect: str, state: SecretText, challenge: Challenge, device_name: str) -> str:
        """The address that the browser opens."""
        address = self.metadata().authorization_endpoint
        # oauthlib writes for https alone. What is not https here is this computer itself.
        scheme, _, rest = address.partition("://")
        written: str = WebApplicationClient(CLIENT_ID).prepare_request_uri(
            f"https://{rest}",
            redirect_uri=redirect,
            state=state.reveal(),
            code_challenge=challenge.challenge,
            code_challenge_method="S256",
            device_name=device_name,
        )
        return scheme + written.removeprefix("https")

    def redeem(self, code: SecretText, redirect: str, challenge: Challenge) -> Granted | TokenError:
        client = WebApplicationClient(CLIENT_ID)
        body = SecretText(
            client.prepare_request_body(
                code=code.reveal(), redirect_uri=redirect, code_verifier=challenge.verifier.reveal()
            )
        )
        return self._tokens(client, body)

    # -- another device

    def begin_on_another_device(self, device_name: str) -> sign_in_wire.DeviceAuthorization:
        """Raises NetworkProblem."""
        self.need(sign_in_wire.DEVICE_CODE)
        body = _form(client_id=CLIENT_ID, device_name=device_name)
        answered = self._post(self.metadata().device_authorization_endpoint, body)
        if not answered.good:
            refuse(self.host, answered)
        begun = self._decoded(sign_in_wire.DeviceAuthorization, answered)
        for page in (begun.verification_uri, begun.verification_uri_complete):
            if page:
                self._need_own(page)
        return begun

    def ask_for_device(self, device_code: SecretText) -> Granted | TokenError:
        client = DeviceClient(CLIENT_ID)
        body = SecretText(client.prepare_request_body(device_code.reveal(), include_client_id=True))
        return self._tokens(client, body)

    # -- a code that was handed out

    def trade(self, code: SecretText, device_name: str) -> Granted | TokenError:
        self.need(sign_in_wire.ONE_TIME_CODE)
        body = _form(
            grant_type=sign_in_wire.ONE_TIME_CODE,
            client_id=CLIENT_ID,
            code=code.reveal(),
            device_name=device_name,
        )
        return self._tokens(WebApplicationClient(CLIENT_ID), body)

    # -- afterwards

    def refresh(self, token: SecretText) -> Granted | TokenError:
        client = WebApplicationClient(CLIENT_ID)
        body = SecretText(client.prepare_refresh_body(refresh_token=token.reveal(), client_id=CLIENT_ID))
        return self._tokens(client, body, former=token)

    def revoke(self, token: SecretText) -> None:
        """Have the sign-in that a refresh token belongs to ended (RFC 7009). Raises NetworkProblem."""
        hint = sign_in_wire.REFRESH_TOKEN
        body = _form(token=token.reveal(), token_type_hint=hint, client_id=CLIENT_ID)
        answered = self._post(self.metadata().revocation_endpoint, body)
        if not answered.good and answered.status not in _REFUSALS:
            refuse(self.host, answered)

    # -- how it is done

    def _ask_metadata(self) -> ServerMetadata:
        # RFC 8414, 3.1: before the path of the issuer, where it has one.
        path = urlsplit(self._line.address).path
        try:
            answered = self._line.ask("GET", METADATA_PATH + path, headers=_ACCEPT, from_root=True)
            if not answered.good:
                refuse(self.host, answered)
            found = self._decoded(ServerMetadata, answered)
        except (Nonsense, NotFound) as problem:
            raise NoSignInThere(host=self.host) from problem
        if found.issuer.rstrip("/") != self._line.address:
            raise OtherIssuer(host=self.host, said=words(found.issuer))
        for endpoint in (
            found.authorization_endpoint,
            found.token_endpoint,
            found.device_authorization_endpoint,
            found.revocation_endpoint,
        ):
            self._need_own(endpoint)
        return found

    def _need_own(self, address: str) -> None:
        """What is secret goes to the service that the person named, and its pages are shown, no other's."""
        if not address.startswith(self._line.origin + "/"):
            raise Nonsense(host=self.host, what="it leads to another address")

    def _post(self, address: str, body: SecretText) -> Answered:
        path = address.removeprefix(self._line.origin)
        headers = {**_ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
        return self._line.ask("POST", path, body=body, headers=headers, from_root=True)

    def _tokens(
        self, client: Client, body: SecretText, former: SecretText | None = None
    ) -> Granted | TokenError:
        """Raises NetworkProblem, and DeviceRevoked where this computer was signed out from elsewhere."""
        answered = self._post(self.metadata().token_endpoint, body)
        if answered.status in _REFUSALS and answered.kind == "application/json":
            self._stop_if_revoked(answered)
        elif not answered.good:
            refuse(self.host, answered)
        reply = self._decoded(sign_in_wire.TokenReply, answered) if answered.good else None
        try:
            client.parse_request_body_response(self._text(answered))
        except OAuth2Error as error:
            return TokenError(words(str(error.error)))
        if reply is None or reply.token_type.lower() != "bearer":
            raise self._senseless()
        refresh = SecretText(reply.refresh_token) if reply.refresh_token else former
        longest = max(len(reply.access_token), len(reply.refresh_token))
        if not reply.access_token or refresh is None or longest > _LONGEST_TOKEN:
            raise self._senseless()
        return Granted(SecretText(reply.access_token), reply.expires_in, refresh, reply.account, reply.device)

    def _stop_if_revoked(self, answered: Answered) -> None:
        told = self._decoded(sign_in_wire.OAuthError, answered)
        revoked = wire.ProblemType.DEVICE_REVOKED
        if told.problem in (revoked.value, wire.problem_uri(revoked)):
            raise DeviceRevoked(host=self.host)

    def _text(self, answered: Answered) -> str:
        """A JSON object as text: oauthlib would also take a form in its place."""
        check_kind(self.host, answered, "application/json")
        try:
            found = json.loads(answered.content)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, Mapping):
            raise self._senseless()
        return json.dumps(found)

    def _decoded(self, message: type[M], answered: Answered) -> M:
        check_kind(self.host, answered, "application/json")
        try:
            return encoding.decode(message, answered.content)
        except encoding.MalformedMessage:
            told = self._senseless()
        raise told  # not chained: what could not be read may hold a token

    def _senseless(self) -> Nonsense:
        return Nonsense(host=self.host, what="it is not the answer to what was asked")


def _form(**fields: str) -> SecretText:
    return SecretText(urlencode(fields))


_ACCEPT = {"Accept": "application/json"}
