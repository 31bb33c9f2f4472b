"""The endpoints that programs talk to: metadata, tokens, codes of devices, revocation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import RawBody

from artist_console.formats.encoding import encode
from artist_console.formats.sign_in_wire import (
    DEVICE_AUTHORIZATION_PATH,
    METADATA_PATH,
    REVOKE_PATH,
    TOKEN_PATH,
    OAuthError,
    ServerMetadata,
)

from .addresses import NotReachable, issuer_of
from .desk import SignInDesk, TheDesk, metadata
from .forms import MAX_FORM_BYTES, BadForm, read_form
from .server import Reply

AnyRequest = Request[Any, Any, Any]
_NO_TLS = "This service signs nobody in under this address: it needs https, or the loopback address."


@get(METADATA_PATH, sync_to_thread=False, include_in_schema=False)
def server_metadata(request: AnyRequest, desk: TheDesk) -> Response[bytes]:
    try:
        found: ServerMetadata | OAuthError = metadata(
            issuer_of(request, desk.settings.public_url), desk.service.signer.name
        )
    except NotReachable:
        return _json(OAuthError("invalid_request", _NO_TLS), 400)
    return _json(found, 200)


@post(TOKEN_PATH, sync_to_thread=True, include_in_schema=False, request_max_body_size=MAX_FORM_BYTES)
def token(request: AnyRequest, desk: TheDesk, body: RawBody) -> Response[bytes]:
    return _answered(request, body, desk, desk.token)


@post(
    DEVICE_AUTHORIZATION_PATH,
    sync_to_thread=True,
    include_in_schema=False,
    request_max_body_size=MAX_FORM_BYTES,
)
def device_authorization(request: AnyRequest, desk: TheDesk, body: RawBody) -> Response[bytes]:
    return _answered(request, body, desk, desk.device_authorization)


@post(REVOKE_PATH, sync_to_thread=True, include_in_schema=False, request_max_body_size=MAX_FORM_BYTES)
def revoke(request: AnyRequest, desk: TheDesk, body: RawBody) -> Response[bytes]:
    return _answered(request, body, desk, desk.revoke)


def _answered(
    request: AnyRequest, body: bytes, desk: SignInDesk, answer: Callable[..., Reply]
) -> Response[bytes]:
    try:
        issuer = issuer_of(request, desk.settings.public_url)
        form = read_form(request.headers.get("content-type", ""), body)
    except NotReachable:
        return _json(OAuthError("invalid_request", _NO_TLS), 400)
    except BadForm as error:
        return _json(OAuthError("invalid_request", str(error)), 400)
    reply = answer(form, dict(request.headers), issuer)
    headers = {"WWW-Authenticate": "Basic"} if reply.status == 401 else {}
    return Response(
        encode(dict(reply.body)), status_code=reply.status, media_type="application/json", headers=headers
    )


def _json(message: ServerMetadata | OAuthError, status: int) -> Response[bytes]:
    return Response(encode(message), status_code=status, media_type="application/json")
