"""Servers that answer what a service never should: raw bytes on a socket of this computer."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Answering:
    """Answers every connection with the same bytes, and keeps what was asked."""

    def __init__(self, answer: bytes, *, then_hang: bool = False) -> None:
        self.asked: list[bytes] = []
        self._answer = answer
        self._then_hang = then_hang
        self._ends = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._ends.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                self._answer_one(connection)

    def _answer_one(self, connection: socket.socket) -> None:
        try:
            self.asked.append(_request(connection))
            connection.sendall(self._answer)
            if self._then_hang:
                self._ends.wait(10)
            else:
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
        except OSError:
            pass  # the client has heard enough

    def stop(self) -> None:
        self._ends.set()
        with contextlib.suppress(OSError):  # not on every system for a socket that listens
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)


def _request(connection: socket.socket) -> bytes:
    """The head of a request, and as much of the body as it declares."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(65536)
        if not part:
            return read
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [
        line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    ]
    while lengths and len(body) < int(lengths[0]):
        part = connection.recv(65536)
        if not part:
            break
        body += part
    return head + b"\r\n\r\n" + body


@contextmanager
def answering(answer: bytes, *, then_hang: bool = False) -> Iterator[Answering]:
    server = Answering(answer, then_hang=then_hang)
    try:
        yield server
    finally:
        server.stop()


def http(
    body: bytes, *, status: str = "200 OK", kind: str = "application/json", headers: tuple[str, ...] = ()
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def problem(kind: str, status: int, title: str = "Title", detail: str = "") -> bytes:
    body = (
        f'{{"type": "urn:artist-console:problem:{kind}", "title": "{title}", "status": {status},'
        f' "detail": "{detail}"}}'
    )
    return http(body.encode(), status=f"{status} X", kind="application/problem+json")
