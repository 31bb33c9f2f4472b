"""Real servers behind TLS, and a real forward proxy that leads to them under any name."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .certificates import Pair
from .servers import _request

_END_S = 10


class _Listening:
    """Accepts on a port of this computer until it is stopped."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._take, args=(line,), daemon=True).start()

    def _take(self, line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            line.settimeout(_END_S)
            self.answer(line)

    def answer(self, line: socket.socket) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(_END_S)


class Secure(_Listening):
    """Answers every request with the same bytes, behind TLS."""

    def __init__(self, pair: Pair, answer: bytes, newest: ssl.TLSVersion | None = None) -> None:
        self._answer = answer
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(pair.certificate, pair.key)
        if newest is not None:
            self._context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            self._context.maximum_version = newest
            self._context.set_ciphers("ALL:@SECLEVEL=0")
        super().__init__()

    def answer(self, line: socket.socket) -> None:
        with self._context.wrap_socket(line, server_side=True) as inside:
            self.asked.append(_request(inside))
            inside.sendall(self._answer)


class Plain(_Listening):
    """Answers before anything is asked, without TLS."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        super().__init__()

    def answer(self, line: socket.socket) -> None:
        line.sendall(self._answer)


class Proxy(_Listening):
    """CONNECT to any name leads to one port of this computer; `refuses` answers 407 to all."""

    def __init__(self, to_port: int, refuses: bool = False) -> None:
        self._to_port, self._refuses = to_port, refuses
        super().__init__()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, line: socket.socket) -> None:
        self.asked.append(_request(line))
        if self._refuses:
            line.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self._to_port), timeout=_END_S) as there:
            line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            _pass_on(line, there)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    while True:
        ready, _, _ = select.select([one, other], [], [], _END_S)
        if not ready:
            return
        for line in ready:
            part = line.recv(65536)
            if not part:
                return
            (other if line is one else one).sendall(part)


@contextmanager
def secure(pair: Pair, answer: bytes, newest: ssl.TLSVersion | None = None) -> Iterator[Secure]:
    server = Secure(pair, answer, newest)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def plain(answer: bytes) -> Iterator[Plain]:
    server = Plain(answer)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def proxy(to_port: int, *, refuses: bool = False) -> Iterator[Proxy]:
    it = Proxy(to_port, refuses)
    try:
        yield it
    finally:
        it.stop()
