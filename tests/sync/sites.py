"""A web site for tests: real HTTP on this computer, with or without TLS, with an answer for each path."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .certificates import Pair
from .servers import _request, http

NOT_FOUND = http(b"gone", status="404 Not Found", kind="text/plain")
_END_S = 10


class WebSite:
    """Answers with the raw bytes for a path; for another path with 404. Keeps what was asked."""

    def __init__(self, answers: Mapping[str, bytes], pair: Pair | None = None, hang: bool = False) -> None:
        self.asked: list[str] = []
        self.heads: list[bytes] = []
        self.answers = dict(answers)
        self._hang = hang
        self._ends = threading.Event()
        self._context: ssl.SSLContext | None = None
        if pair is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(pair.certificate, pair.key)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        scheme = "https" if pair is not None else "http"
        self.origin = f"{scheme}://127.0.0.1:{self.port}"
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
            if self._context is None:
                self._answer(line)
                return
            with self._context.wrap_socket(line, server_side=True) as inside:
                self._answer(inside)

    def _answer(self, line: socket.socket) -> None:
        head = _request(line)
        if not head:
            return
        path = head.split(b" ")[1].decode()
        self.asked.append(path)
        self.heads.append(head)
        line.sendall(self.answers.get(path, NOT_FOUND))
        if self._hang:
            self._ends.wait(_END_S)

    def stop(self) -> None:
        self._ends.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(_END_S)


@contextmanager
def a_site(
    answers: Mapping[str, bytes], pair: Pair | None = None, *, hang: bool = False
) -> Iterator[WebSite]:
    site = WebSite(answers, pair, hang)
    try:
        yield site
    finally:
        site.stop()
