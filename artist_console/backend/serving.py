"""Serves an application on a bound socket in a thread of its own, and stops it cleanly."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable

import uvicorn
from litestar import Litestar
from litestar.types import ASGIApp

from artist_console.domain.problems import SetupProblem

_LOOPBACK = "127.0.0.1"
_STOP_WITHIN_S = 3


class _Server(uvicorn.Server):
    """Says when it serves, instead of being asked over and over."""

    def __init__(self, config: uvicorn.Config, tls: ssl.SSLContext | None) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        config.load()
        config.ssl = tls  # ours: uvicorn's own knows no lowest version, and no renewal

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.ready.set()


class Serving:
    """An application that is being served, until `stop`."""

    def __init__(
        self,
        app: Litestar,
        host: str = _LOOPBACK,
        port: int = 0,
        *,
        guard: Callable[[ASGIApp], ASGIApp] | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Returns once it serves; port 0 takes a free one. Raises SetupProblem where that cannot be."""
        self._socket = _bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        self.base_url = f"{'http' if tls is None else 'https'}://{shown}:{self.port}"
        self._app = app
        self._server = _Server(
            uvicorn.Config(
                guard(app) if guard is not None else app,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=True,
                proxy_headers=False,  # else any program on this computer could say who is asking
                timeout_graceful_shutdown=_STOP_WITHIN_S,
            ),
            tls,
        )
        self._thread = threading.Thread(target=self._run, name="backend")
        self._thread.start()
        self._server.ready.wait()
        if not self._server.started:
            self.stop()
            raise SetupProblem("The service could not be started", "Look into the log of the program")

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._server.ready.set()
            self._socket.close()

    async def _serve(self) -> None:
        await self._server.serve(sockets=[self._socket])
        # Clients that left without saying so under TLS: their connections would stay for half a minute.
        for connection in tuple(self._server.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        for _ in range(3):  # until what was asked of the loop is done
            await asyncio.sleep(0)

    def stop(self) -> None:
        """Stop serving and wait for it. May be called twice."""
        service = self._app.state.service
        service.hub.let_go()  # long polls would hold the end up
        self._server.should_exit = True
        self._thread.join()


def _bound(host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio switches Nagle off; else each answer waits 40 ms for a delayed ACK.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise SetupProblem(
            "The service cannot listen on {host}, port {port}: {reason}",
            "Choose another port with --port",
            host=host,
            port=port,
            reason=error.strerror or type(error).__name__,
        ) from error
    return bound
