"""Connections whose waiting can be ended from another thread, at once.

Closing a session drops the connections that nobody uses; one that waits for an answer goes on waiting. Here
each connection is known while it is open, and shutting its socket down wakes whoever reads from it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class _Known:
    """The open connections of one adapter."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: set[HTTPConnection] = set()
        self._ended = False

    def add(self, connection: HTTPConnection) -> None:
        with self._lock:
            self._open.add(connection)
            ended = self._ended
        if ended:
            _shut(connection)

    def remove(self, connection: HTTPConnection) -> None:
        with self._lock:
            self._open.discard(connection)

    def end(self) -> None:
        with self._lock:
            self._ended = True
            still_open = tuple(self._open)
        for connection in still_open:
            _shut(connection)


def _shut(connection: HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        # Whoever reads gets an end of file; closing is left to them. It may be gone by now, too.
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


class InterruptibleAdapter(HTTPAdapter):
    """Carries requests as its base does; `interrupt` ends those that wait, and any later one."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self._known = _Known()
        super().__init__(*args, **more)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, **more)
        self._watch(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        return self._watch(super().proxy_manager_for(proxy, **more))

    def interrupt(self) -> None:
        """From any thread; may be called again."""
        self._known.end()

    def _watch(self, manager: Any) -> Any:
        manager.pool_classes_by_scheme = _pools(self._known)
        return manager


def _pools(known: _Known) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            known.add(self)

        def close(self) -> None:
            known.remove(self)
            super().close()

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            known.add(self)

        def close(self) -> None:
            known.remove(self)
            super().close()

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
