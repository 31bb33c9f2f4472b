"""The contract as an OpenAPI 3.1 document, generated from the handlers and the shapes of `formats.wire`."""

from __future__ import annotations

from typing import Any

from litestar import Litestar, Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.serialization import decode_json, encode_json, get_serializer

from artist_console import __version__

_PROBLEM = {
    "description": "A problem (RFC 9457).",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status"],
                "properties": {
                    "type": {"type": "string", "pattern": "^urn:artist-console:problem:"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "expected_seq": {"type": "integer"},
                },
            }
        }
    },
}


def openapi_config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Artist Console",
        version=__version__,
        description="Where works are in AI programmes, what was answered, what was earned, with proof.",
        components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
        security=[{"token": []}],
        render_plugins=[],
        path="/schema",
    )


def document_of(app: Litestar) -> dict[str, Any]:
    """The document of an application: what the framework gives, with our problems."""
    document: dict[str, Any] = app.openapi_schema.to_schema()
    for item in document["paths"].values():
        for method, operation in item.items():
            if method not in ("get", "post", "put", "delete"):
                continue
            # The framework documents its own form of errors; here they are problems.
            kept = {code: answer for code, answer in operation["responses"].items() if code.startswith("2")}
            operation["responses"] = {**kept, "default": _PROBLEM}
    plain: dict[str, Any] = decode_json(encode_json(document, get_serializer()))
    return plain


def document_handler() -> HTTPRouteHandler:
    @get("/openapi.json", sync_to_thread=True, include_in_schema=False)
    def openapi(request: Request[Any, Any, Any]) -> dict[str, Any]:
        return document_of(request.app)

    return openapi
