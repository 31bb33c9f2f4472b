"""Puts the service together: routes below /v1, who may enter, and how trouble is answered."""

from __future__ import annotations

from anyio import to_thread
from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware

from artist_console.domain.problems import Problem
from artist_console.formats.kinds import API_VERSION

from . import answers
from .allocation_asking import allocating_router
from .authentication import OPEN_PATHS, TokenMiddleware
from .deciding import deciding_router
from .devices import devices_router
from .digests import register_digests
from .document import document_handler, openapi_config
from .heads import heads_router
from .importing import importing_router
from .imports.uploads import drop_what_is_over
from .pay_setup import pay_setup_router
from .reading import reading_router
from .refusals import Refused
from .service import Service
from .setting_up import setting_up_router
from .statement_reading import statement_reading_router
from .uploading import uploading_router

MAX_BODY_BYTES = 1024 * 1024  # where a handler does not say otherwise


def create_app(service: Service, sign_in_pages: Router | None = None) -> Litestar:
    """The ASGI application over a service that is open already; closing it is the caller's.

    `sign_in_pages` is what a hosted service signs people in with (`sign_in.routes`). An embedded one has
    none: it knows its one person by a token in memory.
    """

    def the_service() -> Service:
        return service

    async def start() -> None:
        service.hub.open()
        await to_thread.run_sync(drop_what_is_over, service.database, service.arriving, service.clock())

    async def stop() -> None:
        service.hub.close()

    def configure(config: AppConfig) -> AppConfig:
        config.state.service = service
        return config

    open_paths = list(OPEN_PATHS) if sign_in_pages is not None else None
    return Litestar(
        route_handlers=[
            Router(
                f"/{API_VERSION}",
                route_handlers=[
                    devices_router(),
                    reading_router(),
                    statement_reading_router(),
                    register_digests,
                    heads_router(),
                    deciding_router(),
                    importing_router(),
                    uploading_router(),
                    setting_up_router(),
                    pay_setup_router(),
                    allocating_router(),
                    document_handler(),
                ],
            ),
            *([sign_in_pages] if sign_in_pages is not None else []),
        ],
        middleware=[DefineMiddleware(TokenMiddleware, exclude=open_paths)],
        dependencies={"service": Provide(the_service, sync_to_thread=False)},
        exception_handlers={
            Refused: answers.answer_refused,
            Problem: answers.answer_problem,
            HTTPException: answers.answer_http,
            RecursionError: answers.answer_too_deep,
            Exception: answers.answer_fault,
        },
        before_send=[answers.add_headers(service.identity.epoch)],
        on_startup=[start],
        on_shutdown=[stop],
        on_app_init=[configure],
        openapi_config=openapi_config(),
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,  # logs go where the program sends them
        debug=False,
    )
