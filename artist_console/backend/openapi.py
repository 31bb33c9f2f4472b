"""The contract as an OpenAPI 3.1 document, generated from the handlers and the shapes of `formats.wire`."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from artist_console import __version__


def openapi_config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Artist Console",
        version=__version__,
        description="Where works are in AI programmes, what was answered, what was earned, with proof.",
        components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
        security=[{"token": []}],
        render_plugins=[],
        path="/unused",
    )


def document_handler() -> HTTPRouteHandler:
    @get("/openapi.json", sync_to_thread=True, include_in_schema=False)
    def openapi(request: Request[Any, Any, Any]) -> dict[str, Any]:
        return request.app.openapi_schema.to_schema()

    return openapi
