"""Everything about signing in as routes. A hosted service offers them; an embedded one knows its person."""

from __future__ import annotations

from litestar import Router
from litestar.di import Provide

from . import endpoints
from .browser import browser_router
from .desk import SignInDesk


def sign_in_router(desk: SignInDesk) -> Router:
    """To be given to `create_app`."""

    def the_desk() -> SignInDesk:
        return desk

    return Router(
        "/",
        route_handlers=[
            endpoints.server_metadata,
            endpoints.token,
            endpoints.device_authorization,
            endpoints.revoke,
            browser_router(),
        ],
        dependencies={"desk": Provide(the_desk, sync_to_thread=False)},
    )
