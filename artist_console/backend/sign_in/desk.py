"""What signing in needs beside the service, and the endpoints that programs talk to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from litestar.di import NamedDependency

from artist_console.backend.service import Service
from artist_console.formats.sign_in_wire import (
    AUTHORIZE_PATH,
    DEVICE_AUTHORIZATION_PATH,
    REVOKE_PATH,
    TOKEN_PATH,
    ServerMetadata,
)

from .client import GRANTS
from .forms import Form
from .outside import OutsideClient
from .passwords import Passwords
from .server import Reply, Request, Server
from .settings import SignInSettings


@dataclass(frozen=True)
class SignInDesk:
    service: Service
    settings: SignInSettings
    passwords: Passwords = field(default_factory=Passwords)
    outside: OutsideClient | None = None

    def token(self, form: Form, headers: Mapping[str, str], issuer: str) -> Reply:
        """Trade a code or a refresh token for tokens. Races end in the order of the transactions."""
        return self._answer(form, headers, issuer, lambda server, asked: server.create_token_response(asked))

    def device_authorization(self, form: Form, headers: Mapping[str, str], issuer: str) -> Reply:
        return self._answer(
            form,
            headers,
            issuer,
            lambda server, asked: server.create_endpoint_response("device_authorization", asked),
        )

    def revoke(self, form: Form, headers: Mapping[str, str], issuer: str) -> Reply:
        return self._answer(
            form, headers, issuer, lambda server, asked: server.create_endpoint_response("revocation", asked)
        )

    def _answer(
        self,
        form: Form,
        headers: Mapping[str, str],
        issuer: str,
        answer: Callable[[Server, Request], Any],
    ) -> Reply:
        service = self.service
        with service.database.writing() as connection:
            # An error is an answer, too: what it changed, such as a family that was revoked, is kept.
            server = Server(connection, issuer, service.clock(), service.new_id)
            found: Reply = answer(server, Request("POST", form, headers, issuer))
        return found


def make_desk(service: Service, settings: SignInSettings, passwords: Passwords | None = None) -> SignInDesk:
    outside = OutsideClient(settings.outside) if settings.outside is not None else None
    return SignInDesk(service, settings, passwords or Passwords(), outside)


def metadata(issuer: str, service_name: str) -> ServerMetadata:
    return ServerMetadata(
        issuer=issuer,
        authorization_endpoint=f"{issuer}{AUTHORIZE_PATH}",
        token_endpoint=f"{issuer}{TOKEN_PATH}",
        device_authorization_endpoint=f"{issuer}{DEVICE_AUTHORIZATION_PATH}",
        revocation_endpoint=f"{issuer}{REVOKE_PATH}",
        response_types_supported=["code"],
        grant_types_supported=list(GRANTS),
        code_challenge_methods_supported=["S256"],
        token_endpoint_auth_methods_supported=["none"],
        revocation_endpoint_auth_methods_supported=["none"],
        authorization_response_iss_parameter_supported=True,
        service_name=service_name,
    )


# What a handler declares to be given the desk.
TheDesk = NamedDependency[SignInDesk]
